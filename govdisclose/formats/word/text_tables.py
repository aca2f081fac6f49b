"""The tables of a Word document, their cells placed as Word places them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple

from govdisclose.formats.document import Box, TextTable, merged_edges
from govdisclose.formats.word.template import W
from govdisclose.model.finding import Unusable

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

MOST_COLUMNS = 200
MOST_CELLS = 50_000
MOST_PLACES = 500_000  # rows by columns, the empty ones included
TOO_LARGE = "文档里的表格过大，不像一份年度报告"
SAME_WIDTH = 0.03  # by which the rows of a table may differ


class TableCell(NamedTuple):
    """A cell of a row: its first column, columns, width in twips, and text.

    ``goes_on`` tells one that belongs to the cell above.
    """

    start: int
    span: int
    width: int
    text: str
    goes_on: bool


def own(element: Element, *tags: str) -> Iterator[Element]:
    """The elements of some tags inside one, but not in another of its kind."""
    for found in element.iter(*(W + tag for tag in tags)):
        if next(found.iterancestors(element.tag)) is element:
            yield found


def text_table(table: Element, place: str, text_of: Callable[[Element], str]) -> TextTable:
    """A table as text, with the edges of its columns in twips."""
    rows: list[list[TableCell]] = []
    held = 0
    for line in own(table, "tr"):
        cells = list(cells_of(line, text_of))
        held += sum(cell.span for cell in cells)
        if held > MOST_CELLS:
            raise Unusable(TOO_LARGE)
        rows.append(cells)
    given = [number(column, "w") for column in table.iterfind(f"{W}tblGrid/{W}gridCol")]
    edges = tuple(accumulate(given, initial=0))
    ends = {cells[-1].start + cells[-1].span for cells in rows if cells}
    if max(ends, default=0) * len(rows) > MOST_PLACES:
        raise Unusable(TOO_LARGE)
    if ends <= {len(given)}:
        return TextTable(boxes_of(rows), place, edges if all(given) else ())
    placed = by_width(rows)
    if placed:
        return TextTable(boxes_of(placed.rows), place, placed.edges)
    return TextTable(boxes_of(rows), place, exact=len(ends) == 1)


def cells_of(line: Element, text_of: Callable[[Element], str]) -> Iterator[TableCell]:
    """The cells of a row from left to right."""
    start = number(line.find(f"{W}trPr/{W}gridBefore"), "val")
    for cell in own(line, "tc"):
        properties = cell.find(f"{W}tcPr")
        merge = properties.find(f"{W}vMerge") if properties is not None else None
        span = number(cell.find(f"{W}tcPr/{W}gridSpan"), "val") or 1
        width = cell.find(f"{W}tcPr/{W}tcW")
        is_twips = width is not None and width.get(f"{W}type", "dxa") == "dxa"
        yield TableCell(
            start,
            min(span, MOST_COLUMNS),
            number(width, "w") if is_twips else 0,
            "\n".join(filter(None, map(text_of, cell.iter(f"{W}p")))),
            merge is not None and merge.get(f"{W}val", "continue") != "restart",
        )
        start += span


def number(element: Element | None, name: str) -> int:
    """An attribute that is a number, 0 where it is none."""
    text = (element.get(f"{W}{name}") or "") if element is not None else ""
    whole = text.partition(".")[0]
    return int(whole) if whole.isdecimal() and len(whole) < 8 else 0


class ByWidth(NamedTuple):
    """Rows whose cells are counted along the edges that their widths make."""

    rows: list[list[TableCell]]
    edges: tuple[float, ...]


def by_width(rows: list[list[TableCell]]) -> ByWidth | None:
    """Rows whose spans have been lost, placed by the widths of their cells."""
    sums = [sum(cell.width for cell in cells) for cells in rows if cells]
    widest = max(sums, default=0)
    if not widest or any(not cell.width for cells in rows for cell in cells):
        return None
    if any(abs(each - widest) > SAME_WIDTH * widest for each in sums):
        return None
    lefts = [list(accumulate((cell.width for cell in cells), initial=0)) for cells in rows]
    edges = merged_edges(edge for left in lefts for edge in left)
    placed: list[list[TableCell]] = []
    for cells, left in zip(rows, lefts, strict=True):
        at = [min(range(len(edges)), key=lambda n: abs(edges[n] - edge)) for edge in left]
        placed.append(
            [
                cell._replace(start=one, span=max(1, other - one))
                for cell, one, other in zip(cells, at, at[1:], strict=False)
            ]
        )
    return ByWidth(placed, edges)


def boxes_of(rows: list[list[TableCell]]) -> tuple[Box, ...]:
    """The cells of some rows; those that go on below are one."""
    boxes: list[Box] = []
    above: dict[int, int] = {}
    for row, cells in enumerate(rows):
        open_now: dict[int, int] = {}
        for cell in cells:
            held = above.get(cell.start)
            if cell.goes_on and held is not None and boxes[held].width == cell.span:
                boxes[held] = boxes[held]._replace(height=boxes[held].height + 1)
                open_now[cell.start] = held
            else:
                boxes.append(Box(row, cell.start, 1, cell.span, cell.text))
                open_now[cell.start] = len(boxes) - 1
        above = open_now
    return tuple(boxes)
