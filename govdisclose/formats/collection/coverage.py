"""What of a returned worksheet has been understood; the rest is told."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from govdisclose.formats.collection.frames import MOST_LABEL, GridPoint
from govdisclose.formats.collection.layout import (
    BALANCED,
    DIFFERS,
    EQUAL,
    FILLED,
    LAST,
    LAST_IN_ROW,
    MISSING,
)
from govdisclose.formats.collection.pages import STATE, pages
from govdisclose.formats.excel.reading import Texts
from govdisclose.formats.labels import normal
from govdisclose.model.figures import figure
from govdisclose.model.finding import Finding, Place, Severity
from govdisclose.model.form import Form, Kind, leaves
from govdisclose.model.notices import FORMS
from govdisclose.model.report import Report
from govdisclose.model.text import is_unprintable

LAST_HEAD = re.compile(rf"(?:{LAST}|{LAST_IN_ROW})(?:（.*）)?")
NARROWEST = 4  # columns that a table has at least


class LastYearBlock(NamedTuple):
    """Last year's figures in a worksheet: in one row, or from a column on."""

    row: int | None
    column: int


class ReadSheet(NamedTuple):
    """A worksheet, and the cells of it that have been understood.

    ``rows`` are without last year's figures, ``whole`` is with them; ``heads``
    are the cells above and to the left of figures.
    """

    name: str
    rows: list[list[str]]
    whole: list[list[str]]
    understood: set[GridPoint]
    heads: set[GridPoint]
    beside: LastYearBlock | None

    def text(self, row: int, column: int) -> str:
        """The text of a cell, empty outside the sheet."""
        inside = 0 <= row < len(self.rows) and 0 <= column < len(self.rows[row])
        return self.rows[row][column] if inside else ""

    def place(self, row: int, column: int) -> Place:
        """Where a cell stands in the file."""
        return Place(row + 1, column + 1, self.name)


class SheetContent(NamedTuple):
    """What a workbook says, as it is gathered."""

    findings: list[Finding]
    places: dict[str, Place]

    def add(self, code: str, severity: Severity, at: str, message: str, place: Place) -> None:
        """Complain of a cell."""
        self.findings.append(Finding(code, severity, at, message, place))


def looked_at(sheet: Texts) -> ReadSheet:
    """A sheet without last year's figures, wherever they are said to stand.

    They stand in a row of their own, beside the table, or in a table of their own
    above or below it. A heading alone, over this year's figures, makes none of
    them last year's.
    """
    rows = sheet.rows
    cells = [(r, c, text) for r, row in enumerate(rows) for c, text in enumerate(row)]
    for row, column, text in ((r, c, t) for r, c, t in cells if is_last(t)):
        if text.strip().startswith(LAST_IN_ROW) and column >= NARROWEST:
            own = [*rows[:row], [], *rows[row + 1 :]]
            beside = LastYearBlock(row, column)
            return ReadSheet(sheet.name, own, rows, set(), set(), beside)
        over = rows_over(rows, row)
        if not over and is_beside(rows, row, column):
            own = [line[:column] for line in rows]
            return ReadSheet(sheet.name, own, rows, set(), set(), LastYearBlock(None, column))
        if apart := over or rows_apart(rows, row):
            own = [[] if number in apart else line for number, line in enumerate(rows)]
            passed = {(number, n) for number in apart for n in range(len(rows[number]))}
            return ReadSheet(sheet.name, own, rows, passed, set(), None)
    return ReadSheet(sheet.name, rows, rows, set(), set(), None)


def is_beside(rows: list[list[str]], row: int, column: int) -> bool:
    """Whether what is headed stands to the right of a table: the columns begin there anew."""
    if column < NARROWEST:
        return False
    below = rows[row + 1 :]
    left = {normal(text) for line in below for text in line[:column]}
    right = {normal(text) for line in below for text in line[column:]} & words_of_forms()
    labels = {text for text in right if is_label(text)}
    begins = bool(labels & first_columns())
    return begins or not labels or (labels <= left and len(labels) >= NARROWEST - 1)


def rows_over(rows: list[list[str]], row: int) -> range:
    """The rows of figures without names that were pasted under a heading, over the table."""
    heads = {n: first_columns() & set(map(normal, rows[n])) for n in range(row + 1, len(rows))}
    first = next(filter(None, heads.values()), frozenset())
    found = [n for n, labels in heads.items() if labels & first]
    if len(found) < 2 or any(first_label(line) for line in rows[row : found[1]]):
        return range(0)
    return range(row, found[1] - (found[0] - row - 1))


def rows_apart(rows: list[list[str]], row: int) -> range:
    """The rows of a table of its own under a heading, of which another copy is in the sheet."""
    named = [(n, first_label(line)) for n, line in enumerate(rows)]
    before = {label for n, label in named if n < row and label}
    after = [(n, label) for n, label in named if n > row and label]
    if sum(label in before for _, label in after) >= NARROWEST:
        return range(row, len(rows))
    first: dict[str, int] = {}
    for number, label in after:
        if label in first and len(first) >= NARROWEST:
            return range(row, number - (first[label] - row - 1))
        first.setdefault(label, number)
    return range(0)


@cache
def words_of_forms() -> frozenset[str]:
    """Every text that an empty workbook of any form holds."""
    return frozenset().union(*map(own_words, FORMS.values()))


@cache
def first_columns() -> frozenset[str]:
    """The headings of first columns that no other table has."""
    counts = Counter(
        normal(leaves(table.columns)[0].text)
        for form in FORMS.values()
        for table in form.tables.values()
    )
    return frozenset(label for label, count in counts.items() if count == 1)


@cache
def row_labels() -> frozenset[str]:
    """The headings of rows that no other row has."""
    counts = Counter(
        normal(line.row.text)
        for form in FORMS.values()
        for table in form.tables.values()
        for line in table.lines
    )
    columns = {normal(c.text) for form in FORMS.values() for c in form.columns.values()}
    return frozenset(label for label, n in counts.items() if n == 1 and label not in columns)


def first_label(line: list[str]) -> str:
    """What names a row, empty where nothing does."""
    return next((normal(text) for text in line if normal(text) in row_labels()), "")


def is_label(text: str) -> bool:
    """Whether a text is a heading of the form and not a figure, nor one that is worked out."""
    text = text.strip()
    return len(text) > 1 and not is_figure(text) and not COMPUTED.fullmatch(text)


def is_last(text: str) -> bool:
    """Whether a text is the heading of last year's figures."""
    return LAST_HEAD.fullmatch(text.strip()) is not None


def printable(sheet: ReadSheet, row: int, column: int, path: str, found: SheetContent) -> str:
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


COMPUTED = re.compile(
    rf"{STATE}：.*|.*{EQUAL}|{FILLED}|{MISSING}\d+ 格没有填|{BALANCED}|{DIFFERS}-?[\d.]+"
    rf"|{LAST_HEAD.pattern}|=(?:IF\(|').*|#[A-Z0/]+[!?]?",
    re.DOTALL,
)


def findings(form: Form, seen: list[ReadSheet]) -> Iterator[Finding]:
    """A complaint for each row, or whole sheet, of which something was not understood."""
    known = own_words(form)
    for sheet in seen:
        rows = [
            (row, [n for n, text in enumerate(cells) if is_left(sheet, row, n, text, known)])
            for row, cells in enumerate(sheet.whole)
        ]
        left = [(row, columns) for row, columns in rows if columns]
        if left and not sheet.understood:
            yield whole_sheet(sheet, left[0][0], left[0][1][0], known)
            continue
        for row, columns in left:
            yield one_row(sheet, row, columns)


def whole_sheet(sheet: ReadSheet, row: int, column: int, known: frozenset[str]) -> Finding:
    """A complaint that nothing of a sheet was read: an error where it looks like one of ours."""
    ours = any(normal(text) in known - {""} for cells in sheet.whole for text in cells)
    message = f"工作表“{sheet.name}”没有读入：不是收集表的内容"
    if ours:
        message = f"工作表“{sheet.name}”没有读入：像收集表里的一张，但认不出来，或者有两张"
    code, severity = ("D010", Severity.ERROR) if ours else ("D011", Severity.HINT)
    return Finding(code, severity, "", message, sheet.place(row, column))


def one_row(sheet: ReadSheet, row: int, columns: list[int]) -> Finding:
    """A complaint of some cells of a row: a hint where they are headings, put otherwise."""
    texts = [sheet.whole[row][n].strip() for n in columns]
    said = "、".join(f"“{text[:20]}”" for text in texts[:7])
    place = sheet.place(row, columns[0])
    if all((row, n) in sheet.heads for n in columns) and not any(map(is_figure, texts)):
        message = f"{said}不是表中原有的标题，没有读入"
        return Finding("D011", Severity.HINT, "", message, place)
    message = f"{said}不知道填在哪里，没有读入；请移到该填的格子里，或者删去"
    return Finding("D010", Severity.ERROR, "", message, place)


def is_figure(text: str) -> bool:
    """Whether a text reads as a figure."""
    try:
        return len(text) <= MOST_LABEL and figure(text, Kind.AMOUNT) is not None
    except ValueError:
        return False


def is_left(sheet: ReadSheet, row: int, column: int, text: str, known: frozenset[str]) -> bool:
    """Whether a cell says something that has not been understood."""
    if not text.strip() or (row, column) in sheet.understood or COMPUTED.fullmatch(text.strip()):
        return False
    if text == "0" and ((row, column) in sheet.heads or COMPUTED.match(first_in(sheet.whole[row]))):
        return False  # LibreOffice saves the text of a formula so in an .xls
    return normal(text) not in known or is_figure(text.strip())


@cache
def own_words(form: Form) -> frozenset[str]:
    """Every text that an empty workbook holds, as labels are compared."""
    return frozenset(
        normal(spot.value)
        for page in pages(Report(form=form, year=None), {})
        for spot in page.spots
        if isinstance(spot.value, str)
    ) | {""}
