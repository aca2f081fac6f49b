"""A worksheet that is being read: what it says, and what of it has been understood."""

from __future__ import annotations

from typing import NamedTuple

from govdisclose.finding import Finding, Place, Severity
from govdisclose.frames import Point
from govdisclose.report import is_unprintable
from govdisclose.tables import LAST, LAST_IN_ROW
from govdisclose.workbook import Texts


class Beside(NamedTuple):
    """Last year's figures in a worksheet: in one row, or from a column on."""

    rows: list[list[str]]
    row: int | None
    column: int

    def text(self, point: Point, left: int) -> str:
        """Last year's figure beside one of this year, whose first column is ``left``."""
        row, column = point
        cells = self.rows[row if self.row is None else self.row]
        if self.row is None:
            column += self.column - left
        return cells[column] if column < len(cells) else ""


class Seen(NamedTuple):
    """A worksheet, and the cells of it that have been understood."""

    name: str
    rows: list[list[str]]
    taken: set[Point]
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
    at = next(((r, c, text) for r, c, text in cells if LAST in text[:6]), None)
    if at is None:
        return Seen(sheet.name, rows, set(), None)
    row, column, text = at
    if text.startswith(LAST_IN_ROW):
        own = [*rows[:row], [], *rows[row + 1 :]]
        return Seen(sheet.name, own, set(), Beside(rows, row, column))
    return Seen(sheet.name, [line[:column] for line in rows], set(), Beside(rows, None, column))


def printable(sheet: Seen, row: int, column: int, path: str, found: Found) -> str:
    """The text of a cell without what no document can hold."""
    text = sheet.text(row, column)
    clean = "".join(sign for sign in text if not is_unprintable(sign))
    if clean != text:
        message = "这一格里有看不见的控制字符，已经去掉，请核对"
        found.add("D009", Severity.HINT, path, message, sheet.place(row, column))
    return clean
