"""Find the figures of a table in a collection sheet by the labels of its rows and columns.

Rows may have been moved and columns shifted; where a label has been changed,
a row or column is known by the place it had among the others.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from itertools import product, zip_longest
from typing import NamedTuple

from govdisclose.formats.labels import carries, normal
from govdisclose.model.form import Address, Item, Section, leaves
from govdisclose.model.grid import Cell, blank, heads_of

GridPoint = tuple[int, int]
MOST_LABEL = 80


class TableFrame(NamedTuple):
    """Where a section's figures stand in a sheet.

    ``moved`` and ``shifted`` are rows and columns known by their place only.
    """

    points: dict[Address, GridPoint]
    moved: dict[int, Address]
    shifted: dict[int, Address]
    score: int


NOWHERE = TableFrame({}, {}, {}, 0)


def frame_of(section: Section, rows: list[list[str]]) -> TableFrame:
    """Where the figures of a section stand in a sheet."""
    ends = endings(section)
    labels = [[label_of(text, ends) for text in cells] for cells in rows]
    grid = blank(section)
    at = {cell.address: cell for cell in grid.cells if cell.address}
    heads = {n for n, cells in enumerate(labels) if is_head(section, cells)}
    wanted = list(lines_of(section, at, heads, labels))
    shift = most_common(row - line.row for line in wanted for row in line.found)
    if shift is None:
        return NOWHERE
    known = {row for line in wanted for row in line.found}
    points: dict[Address, GridPoint] = {}
    moved: dict[int, Address] = {}
    shifted: dict[int, Address] = {}
    score = 0
    for line in wanted:
        expected = line.row + shift
        row = expected if expected in line.found or not line.found else line.found[0]
        if line.found:
            score += 1
        elif row in known | heads or not 0 <= row < len(rows):
            continue
        elif any(map(str.strip, rows[row])):
            moved[row] = line.cells[0]
        above = [cells for n, cells in enumerate(labels[:row]) if n in heads or not line.heads[1:]]
        columns, placed = columns_of(line, above, at)
        points |= {line.cells[n]: (row, column) for n, column in (columns | placed).items()}
        shifted |= {column: line.cells[n] for n, column in placed.items()}
    return TableFrame(points, moved, shifted, score) if 2 * score >= len(wanted) else NOWHERE


@cache
def endings(section: Section) -> frozenset[str]:
    """How the headings of a section end: what ends otherwise is alike to none of them."""
    items = {
        item
        for table in section.tables
        for item in (*leaves(table.columns), *(line.row for line in table.lines))
    }
    return frozenset(normal(text)[-2:] for item in items for text in (item.label, item.brief))


def label_of(text: str, ends: frozenset[str]) -> str:
    """A text as labels are compared, empty where it can be none."""
    label = normal(text) if len(text) < MOST_LABEL else ""
    return label if label[-2:] in ends else ""


class PrintedLine(NamedTuple):
    """A printed line of figures: its row in the grid, and the rows of a sheet that name it."""

    row: int
    heads: tuple[Item, ...]
    cells: tuple[Address, ...]
    found: list[int]


def lines_of(
    section: Section, at: Mapping[Address, Cell], heads: set[int], labels: list[list[str]]
) -> Iterator[PrintedLine]:
    """The lines of figures of a section with the rows of a sheet that carry their labels."""
    for table in section.tables:
        above = leaves(heads_of(table))
        if table.across:
            cells = tuple(cell for line in table.lines for cell in line.cells)
            yield PrintedLine(at[cells[0]].row, above, cells, [max(heads) + 1] if heads else [])
            continue
        for line in table.lines:
            found = [
                row
                for row, texts in enumerate(labels)
                if row not in heads and carries(set(texts), line.row)
            ]
            yield PrintedLine(at[line.cells[0]].row, above, line.cells, found)


def is_head(section: Section, texts: list[str]) -> bool:
    """Whether a row carries two or more column headings."""
    columns = {item for table in section.tables for item in leaves(table.columns)}
    return sum(any(text and carries({text}, item) for text in texts) for item in columns) > 1


def columns_of(
    line: PrintedLine, above: list[list[str]], at: Mapping[Address, Cell]
) -> tuple[dict[int, int], dict[int, int]]:
    """The columns of a line's figures: by their headings, and by the place they had."""
    names = [set(filter(None, texts)) for texts in zip_longest(*above)]
    fits = [[carries(texts, head) for texts in names] for head in line.heads]
    found, other = completed(aligned(fits), fits), completed(turned(fits), fits)
    certain = {n: column for n, column in found.items() if other.get(n) == column}
    shift = most_common(column - at[line.cells[n]].column for n, column in certain.items()) or 0
    places = {n: at[cell].column + shift for n, cell in enumerate(line.cells)}
    unknown = places.keys() - found.keys() - other.keys()
    taken = {*found.values(), *other.values()}
    stub = min(at[cell].column for cell in line.cells)
    free = {n: places[n] for n in sorted(unknown) if places[n] not in taken and places[n] >= stub}
    return certain, free


Fits = list[list[bool]]
"""For each heading, which columns carry it."""


def aligned(fits: Fits) -> dict[int, int]:
    """Headings with their columns, as many as can be in order; the first that will do."""
    width = len(fits[0])
    most = [[0] * (width + 1) for _ in range(len(fits) + 1)]
    for n, m in product(reversed(range(len(fits))), reversed(range(width))):
        most[n][m] = max(most[n + 1][m], most[n][m + 1], most[n + 1][m + 1] + fits[n][m])
    found: dict[int, int] = {}
    n = m = 0
    while n < len(fits) and m < width:
        if fits[n][m] and most[n][m] == most[n + 1][m + 1] + 1:
            found[n] = m
            n, m = n + 1, m + 1
        elif most[n][m] == most[n + 1][m]:
            n += 1
        else:
            m += 1
    return found


def turned(fits: Fits) -> dict[int, int]:
    """Headings with their columns, as many as can be in order; the last that will do."""
    found = aligned([line[::-1] for line in fits[::-1]])
    return {len(fits) - 1 - n: len(fits[0]) - 1 - m for n, m in found.items()}


def completed(found: dict[int, int], fits: Fits) -> dict[int, int]:
    """With the headings that stand out of order, where just one column is left for them."""
    for n, line in enumerate(fits):
        left = [m for m, fit in enumerate(line) if fit and m not in found.values()]
        if n not in found and len(left) == 1:
            found[n] = left[0]
    return found


def most_common(numbers: Iterable[int]) -> int | None:
    """The number that occurs most often, None where there is none."""
    return next((number for number, _ in Counter(numbers).most_common(1)), None)
