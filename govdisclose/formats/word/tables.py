"""Draw the grid of a table as WordprocessingML."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from itertools import accumulate, chain, pairwise
from typing import NamedTuple

from govdisclose.formats.look import CELL_MARGIN, Cells
from govdisclose.formats.word.paragraphs import CHINESE, escaped
from govdisclose.formats.word.template import Template
from govdisclose.model.grid import Cell, Grid, Role

LEFT = '<w:ind w:left="40"/><w:jc w:val="left"/>'
NUMBER = re.compile("（[一二三四五六七八九十]+）|[一二三四五六七八九十]+、")
NARROW = 3
"""A label in a column of fewer characters than this stands one above the other."""

LONG = 14
"""A table of more rows goes on on the next page where it may."""

GROUP_COLUMNS = 2
"""A row whose label begins in one of the first columns begins a group."""


class TableSetting(NamedTuple):
    """How a table is set; lengths in twips, the size of its text in half points."""

    widths: tuple[int, ...]
    height: int
    style: str
    size: int
    labels: str
    band: str


def setting_of(setting: Cells, widths: Iterable[int], base: Template) -> TableSetting:
    """A setting with the styles of a template, as wide as its text."""
    name = setting.style.name
    return TableSetting(
        tuple(scaled(widths, base.width)),
        setting.row,
        base.ids[name],
        base.sizes[name],
        setting.labels,
        base.look.band,
    )


class Outline(NamedTuple):
    """A table but for its figures: what stands around them, how wide each may be.

    Widths are in half points of one digit each, the size of the text likewise.
    """

    around: tuple[str, ...]
    rooms: tuple[int, ...]
    size: int

    def filled(self, figures: Iterable[str]) -> str:
        """The table with its figures, which are given in the order of their cells."""
        runs = (figure_run(*each, self.size) for each in zip(figures, self.rooms, strict=True))
        return "".join(chain.from_iterable(zip(self.around, (*runs, ""), strict=True)))


HOLE = "\0"
"""Where a figure goes; no text of a form has one."""


@lru_cache(maxsize=64)  # the tables of all reports of a form are alike but for their figures
def outline(caption: str, style: str, grid: Grid, frame: TableSetting, flow: bool) -> Outline:
    """A table that a page splits between its bands only, or with ``flow`` its groups."""
    figures = (cell for cell in grid.cells if cell.role is Role.FIGURE)
    rooms = tuple(room_of(width_of(cell, frame)) for cell in figures)
    return Outline(tuple(table(caption, style, grid, frame, flow).split(HOLE)), rooms, frame.size)


def table(caption: str, style: str, grid: Grid, frame: TableSetting, flow: bool) -> str:
    """A table with a hole in place of each figure."""
    ends = group_ends(grid, flow)
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in frame.widths)
    heads = 0 if banded(grid) else grid.heads
    rows = "".join(
        row(cells, number, number < heads, number not in ends, frame)
        for number, cells in enumerate(rows_of(grid))
    )
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="{style}"/>'
        f'<w:tblW w:w="{sum(frame.widths)}" w:type="dxa"/><w:jc w:val="center"/>'
        f'<w:tblLayout w:type="fixed"/><w:tblCaption w:val="{escaped(caption)}"/></w:tblPr>'
        f"<w:tblGrid>{columns}</w:tblGrid>{rows}</w:tbl>"
    )


def banded(grid: Grid) -> bool:
    """Whether a grid has bands; its first heads are then not those of all its rows."""
    return any(cell.role is Role.BAND for cell in grid.cells)


def group_ends(grid: Grid, flow: bool) -> set[int]:
    """The rows after which a page may end: the last of each band, of each group."""
    starts = {cell.row for cell in grid.cells if cell.role is Role.BAND}
    if flow and not starts and grid.height > LONG:
        rows = [cell for cell in grid.cells if cell.role is Role.ROW and cell.row > grid.heads]
        starts = {cell.row for cell in rows if cell.column < GROUP_COLUMNS}
    return {start - 1 for start in starts} | {grid.height - 1}


def scaled(widths: Iterable[int], total: int) -> list[int]:
    """Column widths in proportion, that add up to ``total`` exactly."""
    ends = list(accumulate(widths, initial=0))
    return [
        round(right * total / ends[-1]) - round(left * total / ends[-1])
        for left, right in pairwise(ends)
    ]


def rows_of(grid: Grid) -> list[list[Cell]]:
    """The cells that each row of a grid meets, from left to right."""
    rows: list[list[Cell]] = [[] for _ in range(grid.height)]
    for cell in sorted(grid.cells, key=lambda cell: cell.column):
        for at in range(cell.row, cell.row + cell.height):
            rows[at].append(cell)
    return rows


def row(cells: list[Cell], number: int, is_head: bool, keeps: bool, frame: TableSetting) -> str:
    """A row; one that ``keeps`` stands on one page with the next."""
    header = "<w:tblHeader/>" if is_head else ""
    keep = "<w:keepNext/>" if keeps else ""
    drawn = "".join(cell_xml(cell, number == cell.row, keep, frame) for cell in cells)
    return (
        f'<w:tr><w:trPr><w:cantSplit/><w:trHeight w:val="{frame.height}" w:hRule="atLeast"/>'
        f"{header}</w:trPr>{drawn}</w:tr>"
    )


def width_of(cell: Cell, frame: TableSetting) -> int:
    """How wide a cell is."""
    return sum(frame.widths[cell.column : cell.column + cell.width])


def cell_xml(cell: Cell, first: bool, keep: str, frame: TableSetting) -> str:
    """A cell in its ``first`` row, or empty where it goes on in a row below."""
    width = width_of(cell, frame)
    if cell.role is Role.FIGURE:
        text = HOLE
    else:
        text = run(cell, width, frame.size) if first and cell.text else ""
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{merged(cell, first)}'
        f'{shade(cell, frame)}<w:vAlign w:val="center"/></w:tcPr>'
        f'<w:p><w:pPr><w:pStyle w:val="{frame.style}"/>'
        f"{keep}{placed(cell, width, frame)}</w:pPr>{text}</w:p></w:tc>"
    )


def merged(cell: Cell, first: bool) -> str:
    """How far a cell reaches."""
    span = f'<w:gridSpan w:val="{cell.width}"/>' if cell.width > 1 else ""
    if cell.height == 1:
        return span
    return span + ('<w:vMerge w:val="restart"/>' if first else "<w:vMerge/>")


def shade(cell: Cell, frame: TableSetting) -> str:
    """The colour behind a band."""
    if cell.role is not Role.BAND:
        return ""
    return f'<w:shd w:val="clear" w:color="auto" w:fill="{frame.band}"/>'


def placed(cell: Cell, width: int, frame: TableSetting) -> str:
    """Where the text of a cell stands, unless it is centred."""
    if cell.role is Role.BAND or (cell.role is Role.ROW and frame.labels == "left"):
        return LEFT
    return even(cell.text, width, frame.size) if cell.role is Role.COLUMN else ""


def even(text: str, width: int, size: int) -> str:
    """Indents that make the lines of a heading in a narrow cell equally long."""
    room, character = width - 2 * CELL_MARGIN, size * 10
    lines = -(-len(text) // max(1, room // character))
    spare = room - -(-len(text) // lines) * character
    if lines == 1 or spare < character:
        return ""
    side = (spare - character // 2) // 2
    return f'<w:ind w:left="{side}" w:right="{side}"/>'


def label(cell: Cell, room: int) -> str:
    """The label of a group in a column of ``room`` characters: broken after its number."""
    number = NUMBER.match(cell.text)
    if cell.role is not Role.ROW or cell.height == 1 or len(cell.text) <= room or not number:
        return cell.text
    rest = cell.text[number.end() :]
    lines = -(-len(rest) // max(1, room))
    size = 1 if room < NARROW else -(-len(rest) // lines)
    return "\n".join([number[0], *(rest[at : at + size] for at in range(0, len(rest), size))])


def run(cell: Cell, width: int, size: int) -> str:
    """The text of a heading."""
    text = escaped(label(cell, (width - 2 * CELL_MARGIN) // (size * 10)))
    return f"<w:r><w:rPr>{CHINESE}</w:rPr><w:t>{text}</w:t></w:r>"


def room_of(width: int) -> int:
    """How large a single digit may be in a cell; in half points."""
    return (width - 2 * CELL_MARGIN - 10) // 5


@lru_cache(maxsize=4096)  # most figures of most reports are small
def figure_run(text: str, room: int, size: int) -> str:
    """A figure; one too long for its column in a smaller size."""
    if not text:
        return ""
    fits = room // len(text)
    smaller = f'<w:rPr><w:sz w:val="{fits}"/><w:szCs w:val="{fits}"/></w:rPr>'
    return f"<w:r>{smaller if fits < size else ''}<w:t>{text}</w:t></w:r>"
