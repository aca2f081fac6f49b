"""The tables of a web page, their cells placed as a browser places them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from govdisclose.formats.document import Box, TextTable
from govdisclose.model import limits
from govdisclose.model.finding import Unusable

if TYPE_CHECKING:
    from lxml.html import HtmlElement as Element

LONGEST_CELL = 400  # characters; a table with longer ones is the layout of a page
TOO_LARGE = "网页里的表格过大，不像一份年度报告"
UNSEEN = {"script", "style", "noscript", "template", "head", "select", "button", "svg", "iframe"}
ENDS = frozenset(("br", "p", "div", "li", "h1", "h2", "h3", "h4", "h5", "h6"))
BLANKS = re.compile(r"[ \t\r\n\f]+")
NOTE = re.compile(r"[\d\[\]［］①-⑳*注]+")


def is_hidden(element: Element, classes: frozenset[str] = frozenset()) -> bool:
    """Whether a page says that an element is not shown."""
    style = "".join(element.get("style", "").split()).lower()
    if "display:none" in style or "visibility:hidden" in style or "mso-hide:all" in style:
        return True
    given = element.get("class")
    return element.get("hidden") is not None or (
        bool(classes) and given is not None and not classes.isdisjoint(given.split())
    )


def is_data(table: Element) -> bool:
    """Whether a table holds figures, and not the layout of the page."""
    if next(table.iterdescendants("table"), None) is not None:
        return False
    rows = list(table.iter("tr"))
    if not any(len(row) > 1 for row in rows):
        return False
    if len(rows) == 1 and not any(len(row) > 3 for row in rows):
        return False
    return all(
        len("".join(cell.itertext())) <= LONGEST_CELL
        for row in rows
        for cell in row.iterchildren("td", "th")
    )


def text_table(table: Element, place: str, classes: frozenset[str]) -> TextTable:
    """A table as text; a cell over several places is one."""
    boxes: list[Box] = []
    taken: set[tuple[int, int]] = set()
    lines = [line for line in table.iter("tr") if not is_hidden(line, classes)]
    for row, line in enumerate(lines):
        column = 0
        for cell in line.iterchildren("td", "th"):
            if is_hidden(cell, classes):
                continue
            while (row, column) in taken:
                column += 1
            height = min(span(cell, "rowspan"), len(lines) - row)
            width = span(cell, "colspan")
            if len(taken) + height * width > limits.TABLE_CELLS:
                raise Unusable(TOO_LARGE)
            boxes.append(Box(row, column, height, width, cell_text(cell, classes)))
            taken.update(
                (row + down, column + right) for down in range(height) for right in range(width)
            )
            column += width
    if max((box.column + box.width for box in boxes), default=0) * len(lines) > limits.TABLE_CELLS:
        raise Unusable(TOO_LARGE)
    return TextTable(tuple(boxes), place)


def cell_text(cell: Element, classes: frozenset[str]) -> str:
    """The text of a cell as it is shown, one line for each paragraph, without raised notes."""
    text = "".join(texts(cell, classes))
    lines = (BLANKS.sub(" ", line).strip() for line in text.split("\x00"))
    return "\n".join(line for line in lines if line)


def texts(cell: Element, classes: frozenset[str]) -> Iterator[str]:
    """The texts in a cell; paragraphs are parted by a zero."""
    from lxml import etree

    skipping: Element | None = None
    for event, element in etree.iterwalk(cell, events=("start", "end")):
        if event == "start":
            if skipping is None and element is not cell and is_left_out(element, classes):
                skipping = element
            if skipping is None:
                yield "\x00" if element.tag in ENDS else ""
                yield element.text or ""
        elif skipping is None or skipping is element:
            if skipping is None and element.tag in ENDS:
                yield "\x00"
            skipping = None
            if element is not cell:
                yield element.tail or ""


def is_left_out(element: Element, classes: frozenset[str]) -> bool:
    """Whether the text of an element in a cell is not part of what the cell says."""
    if not isinstance(element.tag, str) or element.tag in UNSEEN or is_hidden(element, classes):
        return True
    return element.tag == "sup" and bool(NOTE.fullmatch("".join(element.itertext()).strip()))


def span(cell: Element, name: str) -> int:
    """How many rows or columns a cell covers."""
    given = cell.get(name, "1").strip()
    return max(1, min(int(given[:9]), limits.TABLE_SPAN)) if given.isdecimal() else 1
