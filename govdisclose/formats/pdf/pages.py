"""The pages of a PDF as lines and tables.

Characters belong to the cell in which their middle lies. A table goes on over
a page where its columns do; a row that the page has cut is joined again where
only the joined label is one of the form.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from io import BytesIO
from itertools import groupby
from statistics import median
from typing import TYPE_CHECKING, Any, NamedTuple

from govdisclose.formats.document import (
    Block,
    Box,
    Paragraph,
    TextTable,
    merged_edges,
    on_common_edges,
)
from govdisclose.formats.headings import is_furniture
from govdisclose.formats.labels import best_of
from govdisclose.model.finding import Unusable
from govdisclose.model.notices import NEWEST

if TYPE_CHECKING:
    from pdfplumber.page import Page
    from pdfplumber.table import Table

POINT = 20  # twips
NEAR = 3.0  # points between two rules that are one
MOST_PAGES = 60
MOST_MARKS = 40_000  # characters and rules of a page
SCAN = "这个 PDF 是扫描的图片，没有文字，读不出；请要 Word、Excel 或网页的原件"
LOCKED = "PDF 加了密码，打不开；请去掉密码，或者要 Word、Excel 或网页的原件"
BLANK = 0.3  # of a character's size, between two words
STEP = 0.6  # of a character's size, by which lines of one height differ
SET_IN = 1.2  # characters by which the first line of a paragraph is set in
SHORT = 2.2  # characters that a line which goes on leaves free at most
BREAK = re.compile(r"[\u2e80-\u9fff\uff00-\uffef“”‘’（）《》、，。；：]")


class Text(NamedTuple):
    """A line of text on a page: where it stands, in points from the left and the top."""

    left: float
    right: float
    top: float
    size: float
    text: str


class Sheet(NamedTuple):
    """A page: its lines and tables by their height, and whether they were pictures."""

    items: list[tuple[float, Text | TextTable]]
    pictures: int


def blocks(data: bytes) -> list[Block]:
    """What stands on the pages of a PDF, in order."""
    import pdfplumber
    from pdfminer.pdfdocument import PDFPasswordIncorrect
    from pdfplumber.utils.exceptions import PdfminerException

    try:
        with pdfplumber.open(BytesIO(data)) as file:
            if len(file.pages) > MOST_PAGES:
                raise Unusable(f"PDF 超过 {MOST_PAGES} 页，不像一份年度报告")
            sheets = [sheet_of(page) for page in file.pages]
    except PdfminerException as why:
        if why.args and isinstance(why.args[0], PDFPasswordIncorrect):
            raise Unusable(LOCKED) from why
        raise
    if not any(sheet.items for sheet in sheets):
        raise Unusable(SCAN)
    return list(assembled(sheets))


def sheet_of(page: Page) -> Sheet:
    """A page as lines and tables."""
    if len(page.chars) + len(page.edges) > MOST_MARKS:
        raise Unusable("PDF 的一页里内容太多，不像一份年度报告")
    chars = [char for char in page.dedupe_chars().chars if char.get("upright", True)]
    items: list[tuple[float, Text | TextTable]] = []
    taken: list[tuple[float, float, float, float]] = []
    for number, found in enumerate(page.find_tables(settings(page)), start=1):
        table = table_of(found, chars, f"第 {page.page_number} 页第 {number} 个表")
        if table is not None:
            taken.append(found.bbox)
            items.append((found.bbox[1], table))
    free = [char for char in chars if not any(is_inside(char, box) for box in taken)]
    items.extend((line.top, line) for line in lines_of(free) if not is_furniture(line.text))
    return Sheet(sorted(items, key=lambda item: item[0]), len(page.images))


def settings(page: Page) -> dict[str, Any]:
    """How tables are looked for: rules that end at the edge of a page are closed."""
    upright = [edge for edge in page.edges if edge["orientation"] == "v"]
    ends = [edge[side] for edge in upright for side in ("top", "bottom")]
    closing = [min(ends), max(ends)] if ends else []
    return {"snap_tolerance": NEAR, "explicit_horizontal_lines": closing}


def is_inside(char: dict[str, Any], box: tuple[float, float, float, float]) -> bool:
    """Whether the middle of a character lies in a rectangle."""
    across, down = (char["x0"] + char["x1"]) / 2, (char["top"] + char["bottom"]) / 2
    return bool(box[0] <= across <= box[2] and box[1] <= down <= box[3])


def table_of(found: Table, chars: Sequence[dict[str, Any]], place: str) -> TextTable | None:
    """A table with its cells along common edges, None where it is a frame around text."""
    across = merged_edges((x for cell in found.cells for x in (cell[0], cell[2])), NEAR)
    down = merged_edges((y for cell in found.cells for y in (cell[1], cell[3])), NEAR)
    if len(across) < 3:
        return None
    boxes = []
    inside = [char for char in chars if is_inside(char, found.bbox)]
    for cell in sorted(found.cells, key=lambda cell: (cell[1], cell[0])):
        left, right = nearest(across, cell[0]), nearest(across, cell[2])
        top, bottom = nearest(down, cell[1]), nearest(down, cell[3])
        own = [char for char in inside if is_inside(char, cell)]
        text = "\n".join(line.text for line in lines_of(own))
        if right > left and bottom > top:
            boxes.append(Box(top, left, bottom - top, right - left, unwrapped(text)))
    return TextTable(tuple(boxes), place, tuple(edge * POINT for edge in across))


def unwrapped(text: str) -> str:
    """The text of a cell, a label that runs over several lines in one."""
    return text.replace("\n", "") if BREAK.search(text) else text


def nearest(edges: Sequence[float], edge: float) -> int:
    """The number of the edge that is nearest to another."""
    return min(range(len(edges)), key=lambda n: abs(edges[n] - edge))


def lines_of(chars: Sequence[dict[str, Any]]) -> Iterator[Text]:
    """Characters as lines, from the top; wide gaps are blanks."""
    rows: list[list[dict[str, Any]]] = []
    for char in sorted(chars, key=lambda char: (char["bottom"], char["x0"])):
        if rows and abs(rows[-1][-1]["bottom"] - char["bottom"]) < STEP * char["size"]:
            rows[-1].append(char)
        else:
            rows.append([char])
    for row in rows:
        row.sort(key=lambda char: char["x0"])
        solid = [char for char in row if char["text"].strip()]
        if not solid:
            continue
        size = median(char["size"] for char in solid)
        text = "".join(spaced(solid))
        yield Text(solid[0]["x0"], solid[-1]["x1"], min(c["top"] for c in solid), size, text)


def spaced(chars: Sequence[dict[str, Any]]) -> Iterator[str]:
    """The characters of a line; blanks only where both sides are Latin or far apart."""
    for before, char in zip([None, *chars], chars, strict=False):
        if before is not None:
            gap = char["x0"] - before["x1"]
            is_latin = before["text"].isascii() and char["text"].isascii()
            if gap > (BLANK if is_latin else 1.5) * char["size"]:
                yield " "
        yield char["text"]


# Pages put together


def assembled(sheets: Sequence[Sheet]) -> Iterator[Block]:
    """The lines of all pages as paragraphs, and their tables joined over pages."""
    items = [(n, item) for n, sheet in enumerate(sheets) for _, item in sheet.items]
    body = [item for _, item in items if isinstance(item, Text)]
    left, right = margins(body)
    for is_text, group in groupby(items, key=lambda pair: isinstance(pair[1], Text)):
        some = [item for _, item in group]
        if is_text:
            yield from paragraphs([t for t in some if isinstance(t, Text)], left, right)
        else:
            yield from joined([t for t in some if isinstance(t, TextTable)])


def margins(lines: Sequence[Text]) -> tuple[float, float]:
    """Where most lines of the text begin and end."""
    if not lines:
        return 0.0, 0.0
    width = max(line.right - line.left for line in lines)
    long = [line for line in lines if line.right - line.left > 0.7 * width] or list(lines)
    return min(line.left for line in long), max(line.right for line in long)


def paragraphs(lines: Sequence[Text], left: float, right: float) -> Iterator[Paragraph]:
    """Lines as paragraphs: one that is set in, or follows a short one, begins a new one."""
    held = ""
    before: Text | None = None
    for line in lines:
        is_set_in = line.left > left + SET_IN * line.size
        ended = before is not None and before.right < right - SHORT * before.size
        if held and (is_set_in or ended):
            yield Paragraph(held)
            held = ""
        is_torn = held[-1:].isascii() and line.text[:1].isascii() and held[-1:].isalpha()
        held += (" " if is_torn else "") + line.text
        before = line
    if held:
        yield Paragraph(held)


def joined(tables: Sequence[TextTable]) -> Iterator[TextTable]:
    """Tables that follow one another, those with the same columns as one."""
    held: TextTable | None = None
    for table in tables:
        if held is not None and goes_on(held, table):
            held = one_of(held, table)
            continue
        if held is not None:
            yield held
        held = table
    if held is not None:
        yield held


def goes_on(upper: TextTable, lower: TextTable) -> bool:
    """Whether a table goes on in another: they are as wide, and on pages of their own."""
    same = (
        abs(upper.edges[0] - lower.edges[0]) < 6 * POINT
        and abs(upper.edges[-1] - lower.edges[-1]) < 6 * POINT
    )
    return same and upper.place.partition("页")[0] != lower.place.partition("页")[0]


def one_of(upper: TextTable, lower: TextTable) -> TextTable:
    """Two pieces of a table as one, a row that the page has cut joined again."""
    upper, lower = on_common_edges([upper, lower])
    cut = is_cut(upper, lower)
    top = upper.height - cut
    boxes = [box._replace(row=box.row + top) for box in lower.boxes]
    if cut:
        last = {box.column: box for box in upper.boxes if box.row + box.height == upper.height}
        first = [box for box in boxes if box.row == top]
        whole = [
            box._replace(text=last[box.column].text + box.text) if box.column in last else box
            for box in first
        ]
        kept = [box for box in upper.boxes if box.row + box.height < upper.height]
        rest = [box for box in boxes if box.row != top]
        tall = [
            box._replace(height=box.height - 1)
            for box in last.values()
            if box.height > 1 and box.column not in {each.column for each in first}
        ]
        return replace(upper, boxes=(*kept, *tall, *whole, *rest))
    return replace(upper, boxes=(*upper.boxes, *boxes))


ITEMS = tuple(line.row for table in NEWEST.tables.values() for line in table.lines)


def is_cut(upper: TextTable, lower: TextTable) -> bool:
    """Whether the last row of one piece and the first of the next are one row."""
    last = [b for b in upper.boxes if b.row + b.height == upper.height and b.height == 1]
    first = {box.column: box for box in lower.boxes if box.row == 0 and box.height == 1}
    for box in last:
        other = first.get(box.column)
        if other and box.text.strip() and other.text.strip():
            whole = best_of(box.text + other.text, ITEMS)
            if whole > max(best_of(box.text, ITEMS), best_of(other.text, ITEMS)):
                return True
    return False
