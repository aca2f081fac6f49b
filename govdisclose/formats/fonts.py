"""The fonts of a document: which are missing here, and what stands in for them."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Mapping
from functools import lru_cache

from govdisclose.formats.look import FANG, HEI, KAI, SONG, TITLE_SONG

NEAREST: Mapping[str, tuple[str, ...]] = {
    FANG: ("仿宋", "FangSong", "STFangsong", "华文仿宋", "FandolFang", "FandolFang R"),
    KAI: ("楷体", "KaiTi", "STKaiti", "华文楷体", "FandolKai", "AR PL UKai CN"),
    HEI: ("SimHei", "STHeiti", "FandolHei", "WenQuanYi Zen Hei", "Noto Sans CJK SC"),
    SONG: ("SimSun", "STSong", "FandolSong", "AR PL UMing CN", "Noto Serif CJK SC"),
    TITLE_SONG: ("方正小标宋_GBK", "华文中宋", "STZhongsong"),
}
"""What looks most like each font, Chinese all of them, nearest first."""

ANY = (
    "SimSun",
    "宋体",
    "FandolSong",
    "Noto Serif CJK SC",
    "Noto Sans CJK SC",
    "Source Han Serif SC",
)
"""What can be taken for any font; a Japanese one writes some characters otherwise."""

SECONDS = 20


def replacements(present: frozenset[str]) -> dict[str, str]:
    """The nearest Chinese font that is here for each that is not; nothing if none is known."""
    return {
        font: other
        for font, near in NEAREST.items()
        if font not in present
        for other in [next((name for name in (*near, *ANY) if name in present), "")]
        if other
    }


@lru_cache(maxsize=1)
def installed() -> frozenset[str]:
    """The families that fontconfig knows; none where it is not here."""
    if not shutil.which("fc-list"):
        return frozenset()
    try:
        run = subprocess.run(
            ["fc-list", "--format=%{family}\n"], capture_output=True, timeout=SECONDS, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return frozenset()
    lines = run.stdout.decode("utf-8", "replace").splitlines()
    return frozenset(name for line in lines for name in line.split(","))


def notice(present: frozenset[str]) -> str:
    """Which fonts a PDF made here lacks and what it has instead, "" where none or unknown."""
    absent = [font for font in NEAREST if present and font not in present]
    if not absent:
        return ""
    instead = replacements(present)
    told = "、".join(f"{font}（用 {instead.get(font, '别的字体')} 代替）" for font in absent)
    return f"本机没有这些字体：{told}；装上后再生成 PDF，或者在装有它们的电脑上另存"
