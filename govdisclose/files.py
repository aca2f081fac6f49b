"""Files by their suffix, read with limits and written whole or not at all."""

from __future__ import annotations

import errno
import os
import re
import tempfile
from collections.abc import Callable, Iterable
from itertools import count
from pathlib import Path
from typing import NamedTuple

from govdisclose import search
from govdisclose.finding import Unusable
from govdisclose.report import Reading, Report, title

LARGEST = 64_000_000
DRAFT = search.DRAFT
NAMELESS = "未命名单位"

_FORBIDDEN = re.compile(r'[\x00-\x1f\x7f/\\:*?"<>|\u200e\u200f\u202a-\u202e\u2066-\u2069]+')
_REASONS = {
    errno.EACCES: "没有权限",
    errno.EPERM: "没有权限",
    errno.EROFS: "磁盘是只读的",
    errno.ENOSPC: "磁盘已满",
    errno.EDQUOT: "磁盘配额已满",
    errno.ENOENT: "没有这个文件夹",
    errno.ENOTDIR: "路径中有一段不是文件夹",
    errno.EISDIR: "这是一个文件夹",
    errno.ENAMETOOLONG: "文件名太长",
    errno.EBUSY: "文件正被别的程序打开，请先关闭",
    errno.ELOOP: "链接绕成了圈",
    errno.EEXIST: "已经有同名的文件",
    errno.EFBIG: "文件超过了系统允许的大小",
    errno.EIO: "磁盘读写出错，请检查磁盘或者换一个位置",
    errno.EINVAL: "系统不接受这个名字，或者这样的读写",
    errno.EILSEQ: "名字里有系统不接受的字符",
    errno.ENOTEMPTY: "文件夹不是空的",
    errno.EMFILE: "打开的文件太多",
    errno.ENFILE: "打开的文件太多",
    errno.ENOMEM: "内存不够",
    errno.EXDEV: "要跨到另一个磁盘",
    errno.ENODEV: "没有这个设备",
    errno.ENXIO: "没有这个设备",
    errno.ETIMEDOUT: "网络文件夹没有回应",
    errno.ESTALE: "网络文件夹断开过，请重新打开",
}
_RESERVED = re.compile(r"(?i)(con|prn|aux|nul|com\d|lpt\d)(?=\.|$)")


def content(path: Path) -> bytes:
    """The bytes of a file; Unusable says why there are none."""
    try:
        if path.is_dir():
            raise Unusable(f"{path}：{closed(path) or '是文件夹，这里要一个文件'}")
        if path.exists() and not path.is_file():
            raise Unusable(f"{path}：是管道或设备，这里要一个文件")
        if path.stat().st_size > LARGEST:
            raise Unusable(f"{path}：文件超过 {LARGEST // 1_000_000} MB，不像是一份报告")
        return path.read_bytes()
    except FileNotFoundError:
        raise Unusable(f"{path}：没有这个文件，请核对路径和文件名") from None
    except PermissionError:
        raise Unusable(f"{path}：没有读取权限") from None
    except OSError as error:
        raise Unusable(f"{path}：读不出，{reason(error)}") from None


def closed(folder: Path) -> str:
    """Why a folder cannot be looked into; empty where it can."""
    try:
        os.scandir(folder).close()
    except OSError as error:
        return f"文件夹打不开，{reason(error)}；里面的文件都没有读"
    return ""


def read(path: Path) -> Reading:
    """The report in a file, by the suffix of its name; what is no other is a draft."""
    data = content(path)
    try:
        return reader(path.suffix.lower())(data)
    except Unusable as error:
        raise Unusable(f"{path}：{error}") from None


def reader(suffix: str) -> Callable[[bytes], Reading]:
    """What reads the files of a suffix."""
    if suffix == ".docx":
        from govdisclose.word import loads
    elif suffix in (".html", ".htm"):
        from govdisclose.html import loads
    elif suffix in (".xlsx", ".xls", ".ods", ".et"):
        from govdisclose.sheet import loads
    elif suffix in (".doc", ".wps"):
        loads = old_word
    else:
        from govdisclose.draft import loads
    return loads


def old_word(data: bytes) -> Reading:
    """The report in an old Word file, by way of LibreOffice."""
    from govdisclose import office, word

    return word.loads(office.convert({"x.doc": data}, "docx")["x.doc"])


class Style(NamedTuple):
    """How a document is to look; what a format does not know it leaves aside.

    ``template`` is an office's own .docx, ``look`` a built-in one, ``fragment``
    a web page without its frame, ``marked`` a draft marked as one.
    """

    template: bytes | None = None
    look: str = "standard"
    fragment: bool = False
    marked: bool = False


def printed(report: Report, suffix: str, style: Style) -> bytes:
    """The document of a report in the format of a suffix."""
    template, look, fragment, marked = style
    if suffix == ".docx":
        from govdisclose import word

        return word.dumps(report, template=template, look=look, marked=marked)
    if suffix == ".html":
        from govdisclose import html

        return html.dumps(report, fragment=fragment, marked=marked).encode()
    if suffix == ".xlsx":
        from govdisclose import excel

        return excel.dumps(report, marked=marked)
    raise Unusable(f"不能生成 {suffix} 文件，可以生成的是 .docx、.html、.xlsx、.pdf")


def is_anothers(path: Path, report: Report) -> bool:
    """Whether a document that is there is of another report, as its title says."""
    if not path.is_file():
        return False
    from html import escape

    name, data = escape("".join(title(report)), quote=False).encode(), content(path)
    if path.suffix in (".docx", ".xlsx"):
        from govdisclose.package import unpacked

        return name not in unpacked(data).get("docProps/core.xml", b"")
    return path.suffix == ".html" and b"<title" in data and name not in data


def make(folder: Path) -> None:
    """Make a folder where it is not there."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Unusable(f"{folder}：不能用作输出文件夹，{reason(error)}") from None


def save(path: Path, data: bytes) -> None:
    """Write a file whole: what was there stays until the new one is complete.

    A temporary file in the same folder is written, flushed to disk and renamed.
    A link is followed.
    """
    path = Path(os.path.realpath(path))
    if path.exists() and not path.is_file():
        raise Unusable(f"{path}：不是普通文件，没有覆盖；换一个名字")
    try:
        handle, name = tempfile.mkstemp(
            dir=path.parent, prefix=f".{path.name[:40]}.", suffix=".tmp"
        )
    except OSError as error:
        raise Unusable(f"{path}：写不了，{reason(error)}；原来的文件没有动") from None
    except UnicodeEncodeError:
        raise Unusable(
            "系统的编码存不了中文文件名：设置 LANG=C.UTF-8，或者用 -o 写英文名"
        ) from None
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(name, mode_of(path))
        os.replace(name, path)
    except OSError as error:
        raise Unusable(f"{path}：写不了，{reason(error)}；原来的文件没有动") from None
    finally:
        if os.path.exists(name):
            os.unlink(name)


def mode_of(path: Path) -> int:
    """The permissions a file has, or would have if it were made now."""
    try:
        return path.stat().st_mode & 0o777
    except OSError:
        mask = os.umask(0)
        os.umask(mask)
        return 0o666 & ~mask


def reason(error: OSError) -> str:
    """Why the system refused, in Chinese."""
    return _REASONS.get(error.errno or 0, f"系统说：{error.strerror or error}")


def drafts(paths: Iterable[Path]) -> list[Path]:
    """The draft files that some paths, folders and patterns stand for, each once."""
    return search.found(paths).paths


def safe_name(text: str, suffix: str) -> str:
    """A file name that leads out of no folder and that Windows takes, 200 bytes at most."""
    name = _FORBIDDEN.sub("_", text).strip(" .")
    name = _RESERVED.sub(r"_\1", name)
    while len(name.encode()) > 200:
        name = name[:-1]
    return (name or "_") + suffix


def document_name(report: Report, suffix: str) -> str:
    """The name of a report's document: organ, year and kind of report."""
    _, rest = title(report)
    return safe_name(unit_name(report) + rest, suffix)


def draft_name(report: Report) -> str:
    """The name of a new draft: organ and year."""
    year = "" if report.year is None else str(report.year)
    return safe_name(unit_name(report) + year, DRAFT)


def unit_name(report: Report) -> str:
    """The organ as file names have it; one whose name is but signs has another."""
    name = safe_name(report.bureau.name, "")
    return name if any(map(str.isalnum, name)) else NAMELESS


def free(path: Path) -> Path:
    """A name beside one that is taken: -2, -3 and so on before the suffix."""
    numbers = (path.with_stem(f"{path.stem}-{number}") for number in count(2))
    return next(other for other in numbers if not other.exists())


def is_there(path: Path) -> bool:
    """Whether there is a file; Unusable where the system cannot tell."""
    try:
        return path.exists()
    except OSError as error:
        raise Unusable(f"{path}：{reason(error)}") from None


class Keeper:
    """The draft of an interview on disk: each save leaves it complete.

    A file that is not ours, or that somebody else has changed meanwhile, is
    left alone: the draft goes on under a name beside it, and that is told.
    """

    def __init__(self, path: Path | None, source: Path | None, tell: Callable[[str], None]) -> None:
        self.pinned = path
        self.path = source if path == source else None
        self.seen = content(source) if source and path == source else b""
        self.name = ""
        self.tell = tell
        if path and path != source and is_there(path):
            raise Unusable(f"{path}：已经有这个文件；要接着填它，用 --from {path}")

    def save(self, report: Report) -> None:
        """Write the draft; Unusable where the disk refuses."""
        from govdisclose import draft

        data = draft.dumps(report).encode()
        name = draft_name(report)
        target, old = self.pinned or Path(name), self.path
        if old and not self.pinned and name == self.name:
            target = old
        if old and not self.is_ours():
            target = free(target) if target.exists() else target
            self.tell(f"  {old} 被别的程序改动过，没有覆盖；本次的草稿改存为 {target}")
            old = None
        elif target != old and target.exists():
            target = free(target)
            self.tell(f"  已经有同名的草稿，没有覆盖；本次的草稿存为 {target}")
        save(target, data)
        if old and old != target:
            old.unlink(missing_ok=True)
        self.path, self.seen, self.name = target, data, name
        if self.pinned:
            self.pinned = target

    def is_ours(self) -> bool:
        """Whether the draft on disk is what was last read or written here."""
        return self.path is None or not self.path.exists() or content(self.path) == self.seen
