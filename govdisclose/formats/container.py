"""A .docx as its parts: packed with fixed times, unpacked within limits."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from io import BytesIO
from struct import unpack_from
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from govdisclose.model.finding import Unusable

EPOCH = (1980, 1, 1, 0, 0, 0)
UNIX = 3
"""What an archive says of the system it was packed on; any reader takes it."""
MOST_BYTES = 20_000_000
MOST_UNPACKED = 100_000_000
MOST_PARTS = 2_000

OLD_WORD = b"\xd0\xcf\x11\xe0"
DAMAGED = "文件已损坏，或者不是 Word 文档（.docx）"
ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def one_line(text: str) -> str:
    """A text in one line, without what no XML can hold."""
    return " ".join(ILLEGAL.sub("", text).split())


@contextmanager
def untrusted(said: str) -> Iterator[None]:
    """Where a file of others is taken apart: whatever is wrong with it, one sentence is said."""
    try:
        yield
    except Unusable:
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


def unpacked(data: bytes) -> dict[str, bytes]:
    """The parts of a file by name; one that is no .docx is unusable."""
    if data.startswith(OLD_WORD):
        raise Unusable("这是旧格式（.doc）或加了密码的文件，请在 Word 或 WPS 中另存为 .docx")
    if len(data) > MOST_BYTES:
        raise Unusable(f"文件超过 {MOST_BYTES // 1_000_000} MB，不像一份年度报告")
    with untrusted(DAMAGED), ZipFile(BytesIO(data)) as archive:
        check_entries(archive)
        return {entry.filename: archive.read(entry) for entry in archive.infolist()}


def check_entries(archive: ZipFile) -> None:
    """Refuse an archive that no office program packs, or that unpacks to more than a report."""
    entries = archive.infolist()
    if any(entry.compress_type not in (ZIP_STORED, ZIP_DEFLATED) for entry in entries):
        raise BadZipFile("an unusual compression, which zipfile unpacks without limits")
    if len(entries) > MOST_PARTS or sum(entry.file_size for entry in entries) > MOST_UNPACKED:
        raise Unusable("文件解压后过大，为安全起见不予读取")
