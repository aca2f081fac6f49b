"""Lay a section's tables out as cells with spans, ready for any writer.

All tables of a section share one grid. A heading spans its leaves; a leaf
reaches down (a column) or to the right (a row) as far as the deepest one, and
the last column of a narrow table takes the room that is left.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import Enum
from functools import cache
from typing import NamedTuple

from govdisclose.model.figures import shown
from govdisclose.model.form import Address, Form, Item, Section, Table, depth, leaves
from govdisclose.model.report import Report


class Role(Enum):
    """What a cell is there for."""

    BAND = "band"
    CORNER = "corner"
    COLUMN = "column"
    ROW = "row"
    FIGURE = "figure"


class Cell(NamedTuple):
    """A rectangle of the grid, from ``row``, ``column`` on, counted from 0."""

    row: int
    column: int
    height: int
    width: int
    text: str
    address: Address | None
    role: Role


@dataclass(frozen=True)
class Grid:
    """Cells that tile ``height`` × ``width``, in order of row and column.

    The first ``heads`` rows are headings.
    """

    height: int
    width: int
    heads: int
    cells: tuple[Cell, ...]


class Span(NamedTuple):
    """Where a heading lies: along the leaves, and down the levels."""

    item: Item
    start: int
    size: int
    level: int
    levels: int


def spread(
    items: tuple[Item, ...], start: int, end: int, level: int, bottom: int
) -> Iterator[Span]:
    """Headings over the leaves from ``start`` to ``end``, the last one stretched."""
    for item in items:
        size = end - start if item is items[-1] else len(item.leaves)
        yield Span(item, start, size, level, 1 if item.items else bottom - level)
        yield from spread(item.items, start, start + size, level + 1, bottom)
        start += size


def graft(rows: tuple[Item, ...], columns: tuple[Item, ...]) -> tuple[Item, ...]:
    """The headings of a table printed across: its columns below each row."""
    return tuple(
        replace(row, items=graft(row.items, columns) if row.items else columns) for row in rows
    )


def heads_of(table: Table) -> tuple[Item, ...]:
    """The headings that stand above a table's figures."""
    return graft(table.rows, table.columns) if table.across else table.columns


def lay_table(table: Table, top: int, stub: int, width: int) -> Iterator[Cell]:
    """The cells of one table, its row headings ``stub`` columns wide."""
    heads = heads_of(table)
    left = 0 if table.across else stub
    if table.band:
        yield Cell(top, 0, 1, width, table.band, None, Role.BAND)
        top += 1
    body = top + depth(heads)
    if left:
        yield Cell(top, 0, body - top, left, table.corner, None, Role.CORNER)
    slots = []
    for span in spread(heads, left, width, top, body):
        yield Cell(
            span.level, span.start, span.levels, span.size, span.item.text, None, Role.COLUMN
        )
        if not span.item.items:
            slots.append((span.start, span.size))
    if left:
        for span in spread(table.rows, body, body + len(table.lines), 0, stub):
            yield Cell(
                span.start, span.level, span.size, span.levels, span.item.text, None, Role.ROW
            )
    lines = [line.cells for line in table.lines]
    rows = [tuple(cell for cells in lines for cell in cells)] if table.across else lines
    for row, cells in enumerate(rows, start=body):
        for (column, size), address in zip(slots, cells, strict=True):
            yield Cell(row, column, 1, size, "", address, Role.FIGURE)


def size_of(table: Table) -> tuple[int, int]:
    """Heading rows and all rows of a table in its grid."""
    heads = bool(table.band) + depth(heads_of(table))
    return heads, heads + (1 if table.across else len(table.lines))


@cache
def blank(section: Section) -> Grid:
    """The grid of a section without its figures."""
    tables = section.tables
    stub = max((depth(table.rows) for table in tables if not table.across), default=0)
    width = max(len(leaves(heads_of(table))) + (0 if table.across else stub) for table in tables)
    cells: list[Cell] = []
    top = 0
    for table in tables:
        cells.extend(lay_table(table, top, stub, width))
        top += size_of(table)[1]
    return Grid(top, width, size_of(tables[0])[0], tuple(sorted(cells, key=lambda c: c[:2])))


@cache
def addresses(section: Section) -> tuple[Address, ...]:
    """The figures in the grid of a section, in the order of its cells."""
    return tuple(cell.address for cell in blank(section).cells if cell.address)


def filled(section: Section, report: Report) -> Grid:
    """The grid of a section with a report's figures."""
    grid = blank(section)
    figures = report.figures
    return replace(
        grid,
        cells=tuple(
            Cell(*cell[:4], shown(figures.get(cell.address)), *cell[5:]) if cell.address else cell
            for cell in grid.cells
        ),
    )


def grids(form: Form) -> Iterator[tuple[Section, Grid]]:
    """The blank grid of each section that has tables."""
    for section in form.sections:
        if section.tables:
            yield section, blank(section)
