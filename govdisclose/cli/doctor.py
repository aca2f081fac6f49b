"""What this computer has that printing needs: fonts, LibreOffice, a terminal, packages."""

from __future__ import annotations

import platform
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator
from contextlib import suppress
from functools import cache
from importlib import metadata
from typing import NamedTuple

from govdisclose.formats import libreoffice as office
from govdisclose.formats.look import FOOTER, HEADER, LOOKS, SUBSTITUTES

ENGLISH = {
    "宋体": "SimSun",
    "黑体": "SimHei",
    "仿宋": "FangSong",
    "楷体": "KaiTi",
    "仿宋_GB2312": "FangSong_GB2312",
    "楷体_GB2312": "KaiTi_GB2312",
    "方正小标宋简体": "FZXiaoBiaoSong-B05S",
    "方正小标宋_GBK": "FZXiaoBiaoSong-B05",
    "华文中宋": "STZhongsong",
}
WINDOWS_FONTS = r"SOFTWARE\Microsoft\Windows NT\CurrentVersion\Fonts"
NARROWEST = 60


class Examined(NamedTuple):
    """One thing looked at: what it is, whether it is as it should be, how it is."""

    topic: str
    name: str
    is_fine: bool
    text: str


def examine() -> tuple[Examined, ...]:
    """Everything looked at: versions, fonts, LibreOffice, terminal."""
    looked = fonts(document_fonts(), installed())
    return (*versions(), *looked, *chinese_fonts(), libreoffice(), terminal())


def versions() -> Iterator[Examined]:
    """Python, this program and the packages it needs."""
    yield Examined("版本", "Python", True, f"{platform.python_version()}，{platform.platform()}")
    yield package("govdisclose", "")
    for requirement in requirements():
        name, _, extra = requirement.partition("; extra == ")
        if extra.strip("'\"") in ("", "pdf"):
            yield package(re.split(r"[<>=!~\[; ]", name)[0], extra)


def requirements() -> list[str]:
    """What this program says it needs; nothing where it runs without being installed."""
    with suppress(metadata.PackageNotFoundError):
        return metadata.requires("govdisclose") or []
    return []


def package(name: str, extra: str) -> Examined:
    """A package and its version; one that an extra brings may be missing."""
    try:
        return Examined("版本", name, True, metadata.version(name))
    except metadata.PackageNotFoundError:
        hint = f"没有安装，读 PDF 时才用：pip install {name}" if extra else "没有安装"
        return Examined("版本", name, bool(extra), hint)


def document_fonts() -> tuple[str, ...]:
    """The fonts that the documents ask for."""
    styles = [style for look in LOOKS.values() for style in (*look.drawn, HEADER, FOOTER)]
    return tuple(dict.fromkeys(font for s in styles for font in (s.font, s.latin)))


def fonts(wanted: Iterable[str], present: frozenset[str]) -> Iterator[Examined]:
    """Each font, or what Word, WPS and LibreOffice put in its place."""
    for font in wanted:
        if has(font, present):
            yield Examined("字体", font, True, "已安装")
        else:
            others = (
                other for other in SUBSTITUTES.get(font, "").split(",") if has(other, present)
            )
            yield Examined("字体", font, False, f"没有安装，{instead(font, next(others, ''))}")


def instead(font: str, other: str) -> str:
    """What a document is shown in where a font is missing."""
    if other:
        return f"Word、WPS 会用“{other}”代替；行数和版面不变，字形略有不同"
    match = matched(font)
    drawn = f"LibreOffice 多半用“{match}”代替；" if match else ""
    return f"{drawn}Word、WPS 会用默认的字体代替：版面不变，字形不同，请到装有它的电脑上打印"


def has(font: str, present: frozenset[str]) -> bool:
    """Whether a font is installed, under its Chinese or its English name."""
    return bool(font) and not present.isdisjoint({font.lower(), ENGLISH.get(font, font).lower()})


def chinese_fonts() -> Iterator[Examined]:
    """Whether there is any Chinese font where LibreOffice asks fontconfig for one."""
    if shutil.which("fc-list") and not fontconfig(
        "fc-list", "--format=%{family}\\n", ":lang=zh-cn"
    ):
        text = "一种也没有，PDF 里显示不出中文：apt install fonts-noto-cjk 或装入单位的字体"
        yield Examined("字体", "中文字体", False, text)


def installed() -> frozenset[str]:
    """The families installed here, in lower case."""
    names = (
        windows_fonts()
        if sys.platform == "win32"
        else fontconfig("fc-list", "--format=%{family}\\n")
    )
    return frozenset(name.strip().lower() for name in names)


def windows_fonts() -> list[str]:
    """The fonts in the registry of Windows, of all users and of this one."""
    names: list[str] = []
    if sys.platform == "win32":
        import winreg

        for root in (winreg.HKEY_LOCAL_MACHINE, winreg.HKEY_CURRENT_USER):
            with suppress(OSError), winreg.OpenKey(root, WINDOWS_FONTS) as key:
                for number in range(winreg.QueryInfoKey(key)[1]):
                    names.extend(named(winreg.EnumValue(key, number)[0]))
    return names


def named(entry: str) -> Iterator[str]:
    """The families of one entry of the registry: ``SimSun & NSimSun (TrueType)``."""
    yield from re.sub(r"\s*\((TrueType|OpenType)\)$", "", entry).split(" & ")


def matched(font: str) -> str:
    """The family that fontconfig puts in a font's place, empty where it is not asked."""
    return next(iter(fontconfig("fc-match", "--format=%{family[0]}", f"{font}:lang=zh-cn")), "")


@cache
def fontconfig(*command: str) -> tuple[str, ...]:
    """The names that a program of fontconfig gives, none where it is missing."""
    if not shutil.which(command[0]):
        return ()
    run = subprocess.run(command, capture_output=True, timeout=30, check=False)
    text = run.stdout.decode("utf-8", "replace")
    return tuple(name for line in text.splitlines() for name in line.split(",") if name)


def libreoffice() -> Examined:
    """Where LibreOffice is."""
    found = office.find()
    return Examined("LibreOffice", "位置", found is not None, str(found or office.MISSING))


def terminal() -> Examined:
    """How wide the terminal is, and whether it can show Chinese."""
    encoding = sys.stdout.encoding or "ascii"
    width = shutil.get_terminal_size().columns
    kind = "" if sys.stdout.isatty() else "（输出没有接在终端上）"
    if not shows_chinese(encoding):
        how = "chcp 65001" if sys.platform == "win32" else "export LANG=C.UTF-8"
        return Examined("终端", encoding, False, f"显示不了中文，请先执行 {how}")
    narrow = "" if width >= NARROWEST else f"，太窄，表格要 {NARROWEST} 列"
    return Examined("终端", encoding, not narrow, f"能显示中文，宽 {width} 列{narrow}{kind}")


def shows_chinese(encoding: str) -> bool:
    """Whether an encoding has Chinese characters."""
    try:
        "报告〔—".encode(encoding)
    except (UnicodeEncodeError, LookupError):
        return False
    return True
