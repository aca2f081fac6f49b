"""A worksheet that is being read: what it says, and what of it has been understood."""

from __future__ import annotations

import re
from typing import NamedTuple

from govdisclose.finding import Finding, Place, Severity
from govdisclose.frames import Point
from govdisclose.report import is_unprintable
from govdisclose.tables import LAST, LAST_IN_ROW
from govdisclose.workbook import Texts

LAST_HEAD = re.compile(rf"(?:{LAST}|{LAST_IN_ROW})(?:（.*）)?")
NARROWEST = 4  # columns that a table has at least


class Beside(NamedTuple):
    """Last year's figures in a worksheet: in one row, or from a column on."""

    row: int | None
    column: int


class Seen(NamedTuple):
    """A worksheet, and the cells of it that have been understood.

    ``rows`` are without last year's figures, ``whole`` is with them; ``heads``
    are the cells above and to the left of figures.
    """

    name: str
    rows: list[list[str]]
    whole: list[list[str]]
    taken: set[Point]
    heads: set[Point]
    beside: Beside | None

    def text(self, row: int, column: int) -> str:
        """The text of a cell, empty outside the sheet."""
        inside = 0 <= row < len(self.rows) and 0 <= column < len(self.rows[row])
        return self.rows[row][column] if inside else ""

    def place(self, row: int, column: int) -> Place:
        """Where a cell stands in the file."""
        return Place(row + 1, column + 1, self.name)


class Found(NamedTuple):
    """What a workbook says, as it is gathered."""

    findings: list[Finding]
    places: dict[str, Place]

    def add(self, code: str, severity: Severity, at: str, message: str, place: Place) -> None:
        """Complain of a cell."""
        self.findings.append(Finding(code, severity, at, message, place))


def looked_at(sheet: Texts) -> Seen:
    """A sheet without last year's figures: the row, or the columns, that are said to be them."""
    rows = sheet.rows
    cells = ((r, c, text) for r, row in enumerate(rows) for c, text in enumerate(row))
    at = next(((r, c, text) for r, c, text in cells if c >= NARROWEST and is_last(text)), None)
    if at is None:
        return Seen(sheet.name, rows, rows, set(), set(), None)
    row, column, text = at
    if text.startswith(LAST_IN_ROW):
        own, beside = [*rows[:row], [], *rows[row + 1 :]], Beside(row, column)
    else:
        own, beside = [line[:column] for line in rows], Beside(None, column)
    return Seen(sheet.name, own, rows, set(), set(), beside)


def is_last(text: str) -> bool:
    """Whether a text is the heading of last year's figures."""
    return LAST_HEAD.fullmatch(text.strip()) is not None


def printable(sheet: Seen, row: int, column: int, path: str, found: Found) -> str:
    """The text of a cell without what no document can hold."""
    text = sheet.text(row, column)
    clean = "".join(sign for sign in text if not is_unprintable(sign))
    if clean != text:
        message = "这一格里有看不见的控制字符，已经去掉，请核对"
        found.add("D009", Severity.HINT, path, message, sheet.place(row, column))
    return clean


def first_in(cells: list[str]) -> str:
    """The first text of a row, empty where there is none."""
    return next(filter(str.strip, cells), "")
