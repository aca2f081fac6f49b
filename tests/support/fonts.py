"""Fonts that bear the names a document asks for, so that no engine substitutes any.

The Fandol fonts and Liberation Serif get these names once, in the folder of the
tools; FontTools rewrites nothing but their tables of names.
"""

import os
import shutil
import tempfile
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

from tests.support.ooxml import TOOLS

SOURCES = TOOLS / "fonts"
NAMED = TOOLS / "fonts-named"
LATIN = Path("/usr/share/fonts/truetype/liberation")
ENGLISH, CHINESE = 0x409, 0x804
FAMILY, STYLE, UNIQUE, FULL, POSTSCRIPT = 1, 2, 3, 4, 6
BOLD_WEIGHT, BOLD_SELECTION, REGULAR_SELECTION = 700, 0x20, 0x40


class Font(NamedTuple):
    """A font file and what it is to be called; ``id`` is its PostScript name."""

    source: Path
    family: str
    id: str
    bold: bool = False


FONTS = (
    Font(SOURCES / "FandolFang-Regular.otf", "仿宋_GB2312", "FangSong_GB2312"),
    Font(SOURCES / "FandolKai-Regular.otf", "楷体_GB2312", "KaiTi_GB2312"),
    Font(SOURCES / "FandolHei-Regular.otf", "黑体", "SimHei"),
    Font(SOURCES / "FandolSong-Regular.otf", "宋体", "SimSun"),
    Font(SOURCES / "FandolSong-Bold.otf", "宋体", "SimSun-Bold", bold=True),
    Font(SOURCES / "FandolSong-Regular.otf", "方正小标宋简体", "FZXBSJW"),
    Font(LATIN / "LiberationSerif-Regular.ttf", "Times New Roman", "TimesNewRoman"),
    Font(LATIN / "LiberationSerif-Bold.ttf", "Times New Roman", "TimesNewRoman-Bold", bold=True),
)


def missing() -> list[str]:
    """What is not here that the fonts are made from."""
    files = sorted({font.source.name for font in FONTS if not font.source.exists()})
    return files + ([] if find_spec("fontTools") else ["fontTools"])


def named() -> Path:
    """The folder of the fonts under the document's names, made when first asked for."""
    if not NAMED.exists():
        folder = Path(tempfile.mkdtemp(dir=TOOLS))
        for font in FONTS:
            rename(font, folder / f"{font.id}{font.source.suffix}")
        try:
            os.rename(folder, NAMED)
        except OSError:  # another run of the tests has been quicker
            shutil.rmtree(folder)
    return NAMED


def rename(font: Font, file: Path) -> None:
    """Write a font under another name."""
    from fontTools.ttLib import TTFont

    whole = TTFont(font.source, lazy=True)
    names = whole["name"]
    names.names = []
    style = "Bold" if font.bold else "Regular"
    full = f"{font.family} {style}" if font.bold else font.family
    texts = {FAMILY: font.family, STYLE: style, UNIQUE: font.id, FULL: full, POSTSCRIPT: font.id}
    for number, text in texts.items():
        for language in (ENGLISH, CHINESE):
            names.setName(text, number, 3, 1, language)
    if font.bold:  # the bold Fandol fonts say of themselves that they are regular
        weights = whole["OS/2"]
        weights.usWeightClass = BOLD_WEIGHT
        weights.fsSelection = weights.fsSelection & ~REGULAR_SELECTION | BOLD_SELECTION
        whole["head"].macStyle |= 1
    whole.save(file)


def fontconfig(folder: Path) -> Path:
    """A font set-up for LibreOffice in a folder, in which there are only these fonts."""
    file = folder / "fonts.conf"
    file.write_text(
        '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>'
        f"<dir>{named()}</dir><cachedir>{folder}/fonts</cachedir></fontconfig>",
        "utf-8",
    )
    return file
