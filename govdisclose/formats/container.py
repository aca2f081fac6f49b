"""A .docx as its parts: packed with fixed times, unpacked within limits."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from io import BytesIO
from struct import unpack_from
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from govdisclose.model import limits
from govdisclose.model.finding import Unusable

EPOCH = (1980, 1, 1, 0, 0, 0)
UNIX = 3
"""What an archive says of the system it was packed on; any reader takes it."""
OLD_WORD = b"\xd0\xcf\x11\xe0"
DAMAGED = "文件已损坏，或者不是 Word 文档（.docx）"
TOO_LARGE = "文件解压后过大，不像一份年度报告，没有读；请确认选对了文件"
TOO_MUCH = "内容过多，不像一份年度报告，没有读；请确认选对了文件"
TABLE = re.compile(rb"<(/?)(?:[\w.-]+:)?tbl(?=[\s>])")
ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def one_line(text: str) -> str:
    """A text in one line, without what no XML can hold."""
    return " ".join(ILLEGAL.sub("", text).split())


@contextmanager
def untrusted(said: str) -> Iterator[None]:
    """Where a file of others is taken apart: whatever is wrong with it, one sentence is said."""
    try:
        yield
    except (Unusable, ImportError):
        raise
    except Exception as why:  # what a damaged part leads to, in any of the libraries, is no bug
        raise Unusable(said) from why


def packed(parts: Mapping[str, str | bytes]) -> bytes:
    """The parts as one file: the same bytes on any day and any system."""
    file = BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            entry = ZipInfo(name, EPOCH)
            entry.compress_type = ZIP_DEFLATED
            entry.create_system = UNIX
            archive.writestr(entry, content)
    return file.getvalue()


def as_packed_on_unix(data: bytes) -> bytes:
    """An archive that another library packed, without the mark of the system it did so on."""
    marked = bytearray(data)
    with ZipFile(BytesIO(data)) as archive:
        at = archive.start_dir
        for _ in archive.infolist():  # each stands in the central directory, in this order
            marked[at + 5] = UNIX
            at += 46 + sum(unpack_from("<3H", data, at + 28))  # its name, extra field, comment
    return bytes(marked)


class Parts(dict[str, bytes]):
    """The parts of an archive by name; to ask for one that is not there is to find it damaged."""

    def __missing__(self, name: str) -> bytes:
        raise BadZipFile(f"no part {name}")


def unpacked(data: bytes) -> dict[str, bytes]:
    """The parts of a file by name; one that is no .docx is unusable."""
    if data.startswith(OLD_WORD):
        raise Unusable("这是旧格式（.doc）或加了密码的文件，请在 Word 或 WPS 中另存为 .docx")
    if len(data) > limits.FILE_BYTES:
        raise Unusable(f"文件超过 {limits.FILE_BYTES // 1_000_000} MB，不像一份年度报告")
    with untrusted(DAMAGED), ZipFile(BytesIO(data)) as archive:
        check_entries(archive)
        return Parts(inflated(archive))


def check_entries(archive: ZipFile) -> None:
    """Refuse an archive that no office program packs, or that says it holds too much."""
    entries = archive.infolist()
    if any(entry.compress_type not in (ZIP_STORED, ZIP_DEFLATED) for entry in entries):
        raise BadZipFile("an unusual compression, which zipfile unpacks without limits")
    total = sum(entry.file_size for entry in entries)
    if len(entries) > limits.ARCHIVE_PARTS or total > limits.UNPACKED_BYTES:
        raise Unusable(TOO_LARGE)


def inflated(archive: ZipFile) -> Iterator[tuple[str, bytes]]:
    """The parts of an archive by name; what it says of their sizes is not believed.

    Read as a whole, a part would be inflated as far as it goes, and then cut to
    the size that it is said to have.
    """
    room = limits.UNPACKED_BYTES
    for entry in archive.infolist():
        with archive.open(entry) as part:
            content = part.read(room + 1)
        room -= len(content)
        if room < 0:
            raise Unusable(TOO_LARGE)
        yield entry.filename, content


def check_markup(page: bytes, most: int = limits.MARKUP) -> None:
    """Refuse XML or HTML of more elements and attributes than a report has."""
    if len(page) > limits.MARKUP_BYTES or page.count(b"<") + page.count(b"=") > most:
        raise Unusable(TOO_MUCH)
    depth = 0
    for table in TABLE.finditer(page):
        depth += -1 if table[1] else 1
        if depth > limits.TABLE_DEPTH:
            raise Unusable(TOO_MUCH)
