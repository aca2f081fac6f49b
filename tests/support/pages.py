"""Documents rendered by LibreOffice or ONLYOFFICE, and what their pages hold.

Lengths are points from the upper left corner, as pdfplumber gives them.
"""

import os
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

import pdfplumber

from govdisclose.model.form import Section
from govdisclose.model.grid import Cell, Grid, Role, filled
from govdisclose.model.notices import NEWEST
from govdisclose.model.report import Report
from tests.support import fonts, onlyoffice

MM = 72 / 25.4
DPI = 300
DARK = 128  # of 255
SAME_LINE = 3  # points


ENGINES = ("libreoffice", "onlyoffice")


def missing(engine: str = "libreoffice") -> str:
    """What is not here that rendering needs, in words; "" where all is here."""
    programs = ["soffice", "pdftotext"] if engine == "libreoffice" else ["pdftotext"]
    absent = [name for name in programs if not shutil.which(name)]
    absent += fonts.missing() + (onlyoffice.missing() if engine == "onlyoffice" else [])
    return f"not here: {', '.join(absent)}" if absent else ""


def render(
    documents: Mapping[str, bytes], folder: Path, engine: str = "libreoffice"
) -> dict[str, Path]:
    """The PDF of each document, all with one start of an engine."""
    files = {f"{name}.docx": data for name, data in documents.items()}
    if engine == "onlyoffice":
        done = onlyoffice.convert(files, "pdf", folder)
        return {name: done[f"{name}.docx"] for name in documents}
    for name, data in files.items():
        (folder / name).write_bytes(data)
    subprocess.run(
        [
            "soffice",
            f"-env:UserInstallation=file://{folder}/profile",
            *("--headless", "--convert-to", "pdf", "--outdir", str(folder)),
            *(str(folder / name) for name in files),
        ],
        env={**os.environ, "FONTCONFIG_FILE": str(fonts.fontconfig(folder))},
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
        return [line_of(chars) for chars in in_lines(outside)]

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


def baseline(char: dict) -> float:
    """Where a character stands, downwards; fonts of one line differ in all else."""
    return -char["matrix"][5]


def in_lines(chars: list[dict]) -> list[list[dict]]:
    """Characters by the lines they stand in, from the top, each from the left."""
    lines: list[list[dict]] = []
    for char in sorted(chars, key=baseline):
        if not lines or baseline(char) - baseline(lines[-1][0]) > SAME_LINE:
            lines.append([])
        lines[-1].append(char)
    return [sorted(line, key=lambda char: char["x0"]) for line in lines]


def ink(page: Page, box: Box) -> Box:
    """What is dark in a box of a page, measured on its picture."""
    image = page.page.to_image(resolution=DPI).original.convert("L")
    scale = DPI / 72
    left, top = round(box.left * scale), round(box.top * scale)
    part = image.crop((left, top, round(box.right * scale), round(box.bottom * scale)))
    dark = part.point(lambda shade: 255 if shade < DARK else 0).getbbox()
    assert dark, f"nothing is drawn in {box}"
    x0, y0, x1, y1 = dark
    return Box((left + x0) / scale, (top + y0) / scale, (left + x1) / scale, (top + y1) / scale)


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


def tables_on(page: Page) -> list[list[Box]]:
    return [cells for cells in page.tables if len(cells) > 1]


def pieces(found: list[Page], report: Report) -> Iterator[tuple[Page, list[Box], Section, Grid]]:
    """Each table that a page shows and what of its grid it holds: all, but of bands some."""
    drawn = iter((page, cells) for page in found for cells in tables_on(page))
    for section in NEWEST.sections:
        rest = filled(section, report).cells if section.tables else ()
        while rest:
            page, cells = next(drawn)
            part, rest = rest[: len(cells)], rest[len(cells) :]
            assert not rest or rest[0].role is Role.BAND
            yield page, cells, section, replace(filled(section, report), cells=part)
    assert not list(drawn)


def faults(page: Page, cells: list[Box], grid: Grid) -> Iterator[str]:
    """Each cell of a table whose text is not as in the grid, whole and inside."""
    if len(cells) != len(grid.cells):
        yield f"{len(cells)} cells instead of {len(grid.cells)}"
    for box, cell in zip(cells, grid.cells, strict=False):
        yield from faults_of(page.inside(box), box, cell)


def faults_of(chars: list[dict], box: Box, cell: Cell) -> Iterator[str]:
    """What is wrong with the text in one cell."""
    lines = in_lines(chars)
    text = "".join(char["text"] for line in lines for char in line)
    if text != "".join(cell.text.split()):
        yield f"{cell}: {text}"
    for char in chars:
        if char["x0"] < box.left or char["x1"] > box.right:
            yield f"{cell}: {char['text']} at {char['x0']:.1f} sticks out of {box}"
        if char["top"] < box.top or char["bottom"] > box.bottom:
            yield f"{cell}: {char['text']} at {char['top']:.1f} is clipped by {box}"
    if cell.address and len(lines) > 1:
        yield f"{cell}: the figure wraps"
