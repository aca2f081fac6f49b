"""Documents rendered by LibreOffice with the Fandol fonts, and what their pages hold.

Lengths are points from the upper left corner, as pdfplumber gives them.
"""

import os
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from functools import cached_property
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

import pdfplumber

from govdisclose.model.grid import Cell, Grid
from tests.support.ooxml import TOOLS

FONTS = TOOLS / "fonts"
STAND_INS = {
    "仿宋_GB2312": "FandolFang R",
    "楷体_GB2312": "FandolKai",
    "黑体": "FandolHei",
    "宋体": "FandolSong",
    "方正小标宋简体": "FandolSong",
    "Times New Roman": "Liberation Serif",
}
BOLD = (  # the bold Fandol fonts say of themselves that they are regular
    '<match target="scan"><test name="fullname" compare="contains"><string>Fandol</string></test>'
    '<test name="style"><string>Bold</string></test>'
    '<edit name="weight" mode="assign"><const>bold</const></edit></match>'
)
MM = 72 / 25.4


def missing() -> str:
    """What is not here that rendering needs, in words; "" where all is here."""
    programs = [name for name in ("soffice", "pdftotext") if not shutil.which(name)]
    fonts = [] if (FONTS / "FandolSong-Regular.otf").exists() else ["the Fandol fonts"]
    return ", ".join(programs + fonts) and f"not here: {', '.join(programs + fonts)}"


def fontconfig(folder: Path) -> Path:
    """A font set-up in which each font of the document has its stand-in."""
    matches = "".join(
        f'<match target="pattern"><test name="family"><string>{name}</string></test>'
        f'<edit name="family" mode="assign" binding="strong"><string>{other}</string></edit>'
        "</match>"
        for name, other in STAND_INS.items()
    )
    file = folder / "fonts.conf"
    file.write_text(
        '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>'
        f"<dir>{FONTS}</dir><dir>/usr/share/fonts</dir><cachedir>{folder}/fonts</cachedir>"
        f"{BOLD}{matches}</fontconfig>",
        "utf-8",
    )
    return file


def render(documents: Mapping[str, bytes], folder: Path) -> dict[str, Path]:
    """The PDF of each document, all with one start of LibreOffice."""
    for name, data in documents.items():
        (folder / f"{name}.docx").write_bytes(data)
    subprocess.run(
        [
            "soffice",
            f"-env:UserInstallation=file://{folder}/profile",
            *("--headless", "--convert-to", "pdf", "--outdir", str(folder)),
            *(str(folder / f"{name}.docx") for name in documents),
        ],
        env={**os.environ, "FONTCONFIG_FILE": str(fontconfig(folder))},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        timeout=300,
        check=True,
    )
    return {name: folder / f"{name}.pdf" for name in documents}


def texts(pdf: Path) -> list[list[str]]:
    """The lines of text of each page, without spaces; quicker than measuring."""
    run = subprocess.run(["pdftotext", "-layout", pdf, "-"], capture_output=True, check=True)
    pages = run.stdout.decode().split("\f")[:-1]
    return [["".join(line.split()) for line in page.splitlines() if line.strip()] for page in pages]


class Box(NamedTuple):
    """A rectangle of a page."""

    left: float
    top: float
    right: float
    bottom: float


class Line(NamedTuple):
    """A line of text with its font and size, without its spaces."""

    text: str
    box: Box
    font: str
    size: float


class Page:
    """One page: its lines of text and its tables."""

    def __init__(self, page: pdfplumber.page.Page) -> None:
        """Measure a page of a PDF."""
        self.page = page
        self.size = page.width, page.height
        self.chars = [char for char in page.chars if char["text"].strip()]

    @cached_property
    def lines(self) -> list[Line]:
        """The lines outside tables, from the top."""
        outside = [char for char in self.chars if not self.in_table(char)]
        outside.sort(key=lambda char: (round(char["bottom"]), char["x0"]))
        groups = groupby(outside, key=lambda char: round(char["bottom"]))
        return [line_of(list(chars)) for _, chars in groups]

    @cached_property
    def tables(self) -> list[list[Box]]:
        """The cells of each table, by row and column."""
        return [
            sorted((Box(*cell) for cell in table.cells), key=lambda c: (round(c.top), c.left))
            for table in self.page.find_tables()
        ]

    def in_table(self, char: dict) -> bool:
        """Whether a character stands in a cell of a table."""
        return any(
            cells[0].top < char["top"] < max(cell.bottom for cell in cells) for cells in self.tables
        )

    def inside(self, box: Box) -> list[dict]:
        """The characters whose middle lies in a box."""
        return [
            char
            for char in self.chars
            if box.left < (char["x0"] + char["x1"]) / 2 < box.right
            and box.top < (char["top"] + char["bottom"]) / 2 < box.bottom
        ]


def line_of(chars: list[dict]) -> Line:
    """Characters of one height as a line; its font is that of its Chinese."""
    chinese = [char for char in chars if char["text"] >= "一"] or chars
    fonts = [(char["fontname"].partition("+")[2], round(char["size"], 1)) for char in chinese]
    font, size = max(set(fonts), key=fonts.count)
    box = Box(
        min(char["x0"] for char in chars),
        min(char["top"] for char in chars),
        max(char["x1"] for char in chars),
        max(char["bottom"] for char in chars),
    )
    return Line("".join(char["text"] for char in chars), box, font, size)


def measured(pdf: Path) -> list[Page]:
    """The pages of a PDF."""
    return [Page(page) for page in pdfplumber.open(pdf).pages]


def faults(page: Page, cells: list[Box], grid: Grid) -> Iterator[str]:
    """Each cell of a table whose text is not as in the grid, whole and inside."""
    if len(cells) != len(grid.cells):
        yield f"{len(cells)} cells instead of {len(grid.cells)}"
    for box, cell in zip(cells, grid.cells, strict=False):
        yield from faults_of(page.inside(box), box, cell)


def faults_of(chars: list[dict], box: Box, cell: Cell) -> Iterator[str]:
    """What is wrong with the text in one cell."""
    text = "".join(c["text"] for c in sorted(chars, key=lambda c: (round(c["bottom"]), c["x0"])))
    if text != "".join(cell.text.split()):
        yield f"{cell}: {text}"
    for char in chars:
        if char["x0"] < box.left or char["x1"] > box.right:
            yield f"{cell}: {char['text']} at {char['x0']:.1f} sticks out of {box}"
        if char["top"] < box.top or char["bottom"] > box.bottom:
            yield f"{cell}: {char['text']} at {char['top']:.1f} is clipped by {box}"
    if cell.address and len({round(char["bottom"]) for char in chars}) > 1:
        yield f"{cell}: the figure wraps"
