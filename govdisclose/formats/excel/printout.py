"""The report as an Excel workbook to read and print: three tables and the prose."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from itertools import pairwise

from govdisclose.formats import document
from govdisclose.formats.document import FormTable, Paragraph, Title
from govdisclose.formats.excel.workbook import CellStyle, Formula, Sheet, Spot, written
from govdisclose.formats.look import HEI, KAI, MARK, STANDARD
from govdisclose.model.figures import Figure
from govdisclose.model.form import Address, Section
from govdisclose.model.front_matter import title
from govdisclose.model.grid import Cell, Grid, Role, blank
from govdisclose.model.report import Report, Signature
from govdisclose.model.text import is_unprintable

TWIPS = 15  # a pixel
LINE = 1.4  # line height in font sizes
TEXT_ROOM = 47  # characters in a line of prose
MOST_IN_ROW = 25 * TEXT_ROOM  # what the tallest row shows
TALLEST = 409.0  # points
TEXTS = "文字"

HEADING = CellStyle(font_name=HEI, font_size=14)
CELL = CellStyle(font_size=10, border=1)
BAND = CellStyle(font_size=10, border=1, align="left", bg_color=f"#{STANDARD.band}")
LABEL = CellStyle(font_size=10, border=1, align="left")
DRAFT_STYLE = CellStyle(font_name=HEI, font_size=14, font_color="#C00000", align="right")
BODY = CellStyle(font_size=11, align="left", valign="top")
SECTION = CellStyle(font_name=HEI, font_size=12, align="left")
SIGNED = CellStyle(font_size=11, align="right")
PART = CellStyle(font_name=KAI, font_size=12, align="left")

CellValue = str | int | Decimal | Formula | None


def dumps(report: Report, *, marked: bool = False, made_from: str = "") -> bytes:
    """The report as the bytes of an .xlsx: the same for the same report, always."""
    pages = [table(section, report, marked) for section in report.form.sections if section.tables]
    pages.append(prose(report, marked))
    name = report.bureau.name
    return written(pages, "".join(title(report)), name, made_from=made_from)


def sheet_name(section: Section) -> str:
    """The name of a table's worksheet, by the number of its section."""
    return "表" + section.label.partition("、")[0]


def table(section: Section, report: Report, marked: bool) -> Sheet:
    """The table of a section in the official look, on one page."""
    grid = blank(section)
    widths = tuple(width // TWIPS for width in section.widths)
    top = 2 if marked else 1
    spots = [
        *([Spot(0, 0, MARK, DRAFT_STYLE, width=grid.width)] if marked else []),
        Spot(top - 1, 0, section.label, HEADING, width=grid.width),
        *(spot(cell, top, report.figures) for cell in grid.cells),
    ]
    return Sheet(
        sheet_name(section),
        tuple(spots),
        widths,
        {top - 1: 30, **heights(grid, widths, top, CELL.font_size)},
        is_wide=grid.width > 10,
    )


def spot(cell: Cell, top: int, figures: Mapping[Address, Figure]) -> Spot:
    """A cell of a grid, below ``top`` rows."""
    value = figures.get(cell.address) if cell.address else cell.text
    return placed(cell, top, value, style_of(cell))


def placed(cell: Cell, top: int, value: CellValue, style: CellStyle, left: int = 0) -> Spot:
    """A value where a cell of a grid stands."""
    return Spot(top + cell.row, left + cell.column, value, style, cell.height, cell.width)


def style_of(cell: Cell) -> CellStyle:
    """How a heading or a figure looks."""
    if cell.role is Role.BAND:
        return BAND
    return LABEL if cell.role is Role.ROW and cell.height == 1 else CELL


def heights(grid: Grid, widths: tuple[int, ...], top: int, size: float) -> dict[int, float]:
    """The height of each row of a grid, so that its headings fit; in points."""
    found: dict[int, float] = {}
    for cell in grid.cells:
        room = sum(widths[cell.column : cell.column + cell.width]) * 0.75 - 4
        lines = -(-len(cell.text) // max(1, int(room / size)))
        need = max(1, lines) * size * LINE + 6
        rows = range(top + cell.row, top + cell.row + cell.height)
        for row in rows:
            found[row] = max(found.get(row, 0), need / cell.height)
    return found


def prose(report: Report, marked: bool) -> Sheet:
    """Title, preamble and the sections in sentences, one paragraph a row."""
    lines = list(enumerate(prose_lines(report, marked)))
    return Sheet(
        TEXTS,
        tuple(Spot(row, 0, printable(text), style) for row, (text, style) in lines),
        (700,),
        {row: height_of(text, style.font_size) for row, (text, style) in lines},
        pages=0,
    )


def height_of(text: str, size: float) -> float:
    """The height of a row of prose, at most what Excel allows; in points."""
    return min(TALLEST, room_for(text, size))


def room_for(text: str, size: float) -> float:
    """The height in which a text of prose is wholly seen; in points."""
    lines = sum(max(1, -(-len(line) // TEXT_ROOM)) for line in text.split("\n"))
    return lines * size * 1.45 + 5


def prose_lines(report: Report, marked: bool) -> Iterator[tuple[str, CellStyle]]:
    """The rows of the sheet of prose, each with its look; tables have sheets of their own."""
    if marked:
        yield MARK, DRAFT_STYLE
    blocks = [*document.printed(report), None]
    for block, after in pairwise(blocks):
        if isinstance(block, Title):
            yield block.name + block.kind, HEADING
        elif isinstance(block, Signature):
            yield from ((line, SIGNED) for line in (block.unit, block.date) if line)
        elif isinstance(block, Paragraph) and not isinstance(after, FormTable):
            if block.level:
                yield block.text, SECTION if block.level == 1 else PART
            elif block.text:
                yield from body(block.text)


def body(paragraph: str) -> Iterator[tuple[str, CellStyle]]:
    """A paragraph, set in by two characters, in as many rows as show it."""
    whole = "　　" + paragraph
    for start in range(0, len(whole), MOST_IN_ROW):
        yield whole[start : start + MOST_IN_ROW], BODY


def printable(text: str) -> str:
    """A text without what no worksheet can hold."""
    return "".join(sign for sign in text if not is_unprintable(sign))
