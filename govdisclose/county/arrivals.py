"""The files that were sent, those in .zip archives among them, each with its bytes.

What cannot be read is an arrival too, with the reason: an office has to know
that a unit has answered, and how it is to answer again.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Iterator
from datetime import datetime
from io import BytesIO
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from govdisclose.files import disk, search
from govdisclose.formats.container import untrusted
from govdisclose.model.finding import Unusable

SUFFIXES = (
    *(".xlsx", ".xls", ".et", ".ods", ".docx", ".docm", ".doc", ".wps", ".rtf", ".odt"),
    *(".html", ".htm", ".shtml", ".mht", ".mhtml", ".pdf"),
)
TEXT = ".txt"
"""A plain text is read where it is named; in a folder it may be anything."""

OTHERS = "不是收集表，也不是 Word、PDF 或网页的报告，没有读；图片要请单位交回收集表或 Word 文件"
ZIP = ".zip"
RETURNED = search.FileKinds((*SUFFIXES, ZIP), OTHERS)

ARCHIVES = {".rar": "RAR 压缩包", ".7z": "7z 压缩包", ".tar": "压缩包", ".gz": "压缩包"}
PICTURES = (".jpg", ".jpeg", ".png", ".bmp", ".gif", ".tif", ".tiff", ".heic", ".webp")
KINDS = {
    **{suffix: f"是{kind}，没有读；先解开，再收里面的文件" for suffix, kind in ARCHIVES.items()},
    **dict.fromkeys(PICTURES, "是图片，数字读不出；请单位交回收集表或 Word 文件"),
    ".eml": "是一封邮件，没有读；先把附件存出来，再收",
    ".msg": "是一封邮件，没有读；先把附件存出来，再收",
}

MOST_MEMBERS = 500
"""Files in an archive; one with more is no set of reports."""

MOST_BYTES = 400_000_000
"""Bytes that an archive may hold when it is unpacked, whatever it says of itself."""

PIECE = 1 << 20
_FOREIGN = ("__MACOSX", ".DS_Store", "Thumbs.db")


class Arrival(NamedTuple):
    """A file that was sent: on disk, or a member of an archive there.

    ``time`` is when it was changed last, in seconds; ``why`` says what keeps it
    from being read.
    """

    path: Path
    member: str = ""
    time: float = 0.0
    data: bytes = b""
    why: str = ""

    @property
    def label(self) -> str:
        """The file as a message names it."""
        return f"{self.path}：{self.member}" if self.member else str(self.path)

    @property
    def name(self) -> PurePosixPath | Path:
        """The name that the unit gave the file."""
        return PurePosixPath(self.member) if self.member else self.path

    @property
    def date(self) -> str:
        """When it was changed last, to be compared as text."""
        return datetime.fromtimestamp(self.time).isoformat(" ") if self.time else ""

    def failed(self, why: str) -> Arrival:
        """The same, with what keeps it from being read."""
        return self._replace(data=b"", why=why)


def files_in(paths: Iterable[Path]) -> search.FoundFiles:
    """The files that paths, folders and patterns stand for; what no unit sent is passed over."""
    found = search.found(paths, RETURNED)
    refused = [each.path for each in found.passed if each.why == OTHERS]
    files = sorted([*found.paths, *refused], key=str)
    return search.FoundFiles(files, [each for each in found.passed if each.why != OTHERS])


def opened(path: Path) -> Iterator[Arrival]:
    """A file, or the members of an archive; what cannot be read with its reason."""
    one = Arrival(path, time=time_of(path))
    suffix = search.suffix_of(path)
    try:
        if suffix not in (*SUFFIXES, TEXT, ZIP, search.DRAFT):
            raise Unusable(KINDS.get(suffix, OTHERS))
        data = disk.content(path)
        if suffix == ZIP:
            yield from members(path, data)
        else:
            yield one._replace(data=data)
    except Unusable as error:
        yield one.failed(str(error).removeprefix(f"{path}："))


def time_of(path: Path) -> float:
    """When a file was changed last, in seconds."""
    try:
        return path.stat().st_mtime
    except OSError:
        return 0.0


# Archives


def members(path: Path, data: bytes) -> Iterator[Arrival]:
    """The files in a .zip; Unusable where it is none, or holds too much."""
    with untrusted("压缩包已损坏，打不开；请单位重新发"):
        archive = zipfile.ZipFile(BytesIO(data))
    with archive:
        infos = [info for info in archive.infolist() if is_file(info)]
        if len(infos) > MOST_MEMBERS:
            raise Unusable(
                f"压缩包里有 {len(infos)} 个文件，超过 {MOST_MEMBERS} 个，没有读；分开收"
            )
        if not infos:
            raise Unusable("压缩包是空的；请单位重新发")
        left = MOST_BYTES
        for info in infos:
            each = member(archive, info, path, left)
            left -= len(each.data)
            yield each


def is_file(info: zipfile.ZipInfo) -> bool:
    """Whether a member is a file that somebody has written."""
    name = PurePosixPath(named(info))
    return not (info.is_dir() or name.name.startswith(("~$", ".")) or set(name.parts) & {*_FOREIGN})


def named(info: zipfile.ZipInfo) -> str:
    """The name of a member; Windows writes it in the code of its country, and does not say so."""
    if info.flag_bits & 0x800:
        return info.filename
    try:
        return info.filename.encode("cp437").decode("gb18030")
    except (UnicodeEncodeError, UnicodeDecodeError):
        return info.filename


def member(archive: zipfile.ZipFile, info: zipfile.ZipInfo, path: Path, room: int) -> Arrival:
    """One member, with no more bytes than there is room for."""
    one = Arrival(path, named(info), seconds(info))
    suffix = PurePosixPath(one.member).suffix.lower()
    if suffix == ZIP:
        return one.failed("是压缩包里的压缩包，没有读；先解开")
    if suffix not in (*SUFFIXES, TEXT):
        return one.failed(KINDS.get(suffix, OTHERS))
    if info.flag_bits & 0x1:
        return one.failed("压缩包有密码，打不开；请单位去掉密码再发")
    try:
        with untrusted("在压缩包里已损坏，解不开；请单位重新发"):
            data = inflated(archive, info, min(room, disk.LARGEST))
    except Unusable as error:
        return one.failed(str(error))
    if data is None:
        return one.failed("解开以后太大，不像是一份报告，没有读")
    return one._replace(data=data)


def inflated(archive: zipfile.ZipFile, info: zipfile.ZipInfo, most: int) -> bytes | None:
    """The bytes of a member, None where they are more than they may be."""
    pieces, count = [], 0
    with archive.open(info) as file:
        while piece := file.read(PIECE):
            count += len(piece)
            if count > most:
                return None
            pieces.append(piece)
    return b"".join(pieces)


def seconds(info: zipfile.ZipInfo) -> float:
    """When a member was changed last, in seconds; 0 where the archive does not say."""
    try:
        return datetime(*info.date_time).timestamp()
    except (ValueError, OverflowError, OSError):
        return 0.0
