"""Files read with limits, and written whole or not at all."""

from __future__ import annotations

import errno
import os
import re
import stat
import sys
import tempfile
from collections.abc import Iterable
from contextlib import suppress
from functools import cache
from hashlib import sha256
from pathlib import Path

from govdisclose.files import search
from govdisclose.formats import loads
from govdisclose.model.finding import Unusable
from govdisclose.model.report import Reading
from govdisclose.model.text import in_one_line

LARGEST = 64_000_000
LONGEST_PATH = 259
ON_WINDOWS = sys.platform == "win32"
TEMPORARY = ".tmp"
_LEFT = re.compile(r"\..+\.(\d{1,9})-\w+\.tmp", re.DOTALL)
DRAFT = search.DRAFT
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


def content(path: Path) -> bytes:
    """The bytes of a file; Unusable says why there are none."""
    if search.names_lines(path):
        raise Unusable(f"{in_one_line(path)}：{search.LINES}")
    try:
        if path.is_dir():
            raise Unusable(f"{path}：{closed(path) or '是文件夹，这里要一个文件'}")
        if path.exists() and not path.is_file():
            raise Unusable(f"{path}：是管道或设备，这里要一个文件")
        if path.stat().st_size > LARGEST:
            raise Unusable(f"{path}：文件超过 {LARGEST // 1_000_000} MB，不像是一份报告")
        return path.read_bytes()
    except FileNotFoundError as error:
        why = reason(error) if is_too_long(path) else "没有这个文件，请核对路径和文件名"
        raise Unusable(f"{path}：{why}") from None
    except PermissionError as error:
        why = reason(error) if ON_WINDOWS else "没有读取权限"
        raise Unusable(f"{path}：{why}") from None
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
    """The report in a file, by its content, whatever it is called."""
    data = content(path)
    try:
        found = loads(data, path.suffix.lower())
        return found._replace(digest=sha256(data).hexdigest())
    except Unusable as error:
        raise Unusable(f"{path}：{error}") from None


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
    path = Path(search.identity(path))
    if is_there(path) and not path.is_file():
        raise Unusable(f"{path}：不是普通文件，没有覆盖；换一个名字")
    if is_there(path) and not mode_of(path) & stat.S_IWUSR:
        raise Unusable(f"{path}：文件是只读的，没有覆盖；在它的属性里去掉“只读”，或者换一个名字")
    sweep(path.parent)
    try:
        handle, name = tempfile.mkstemp(
            dir=path.parent, prefix=f".{path.name[:40]}.{os.getpid()}-", suffix=TEMPORARY
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


@cache
def sweep(folder: Path) -> None:
    """Clear away, once in a run, what saves cut off by ``kill -9`` have left in a folder."""
    with suppress(OSError):
        for name in os.listdir(folder):
            match = _LEFT.fullmatch(name)
            if match and not is_running(int(match[1])):
                with suppress(OSError):
                    (folder / name).unlink()


def is_running(process: int) -> bool:
    """Whether a process lives; Windows itself keeps the files of one that does."""
    if os.name == "nt":
        return process == os.getpid()
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except (OSError, OverflowError):
        return True
    return True


def remove(path: Path) -> None:
    """Take a file away."""
    try:
        path.unlink()
    except OSError as error:
        raise Unusable(f"{path}：删不掉，{reason(error)}") from None


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
    name = error.filename2 or error.filename
    if ON_WINDOWS and isinstance(name, str | os.PathLike):
        if is_too_long(Path(name)):
            return f"路径超过 {LONGEST_PATH} 个字符，Windows 不接受；换一个短些、浅些的文件夹"
        if error.errno == errno.EACCES:  # the one error of Windows for either cause
            return "没有权限，或者文件正被别的程序（Word、WPS、Excel）打开，请先在那里关闭"
    return _REASONS.get(error.errno or 0, f"系统说：{error.strerror or error}")


def is_too_long(path: Path) -> bool:
    """Whether Windows, as it is installed, and Word refuse a path for its length."""
    return ON_WINDOWS and len(os.path.abspath(path)) > LONGEST_PATH


def drafts(paths: Iterable[Path]) -> list[Path]:
    """The draft files that some paths, folders and patterns stand for, each once."""
    return search.found(paths).paths


def is_there(path: Path) -> bool:
    """Whether there is a file; Unusable where the system cannot tell."""
    try:
        return path.exists()
    except OSError as error:
        raise Unusable(f"{path}：{reason(error)}") from None
