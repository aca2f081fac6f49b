"""What of a returned workbook has not been understood: told, never dropped."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from govdisclose.finding import Finding, Severity
from govdisclose.form import Form, Kind
from govdisclose.frames import MOST_LABEL
from govdisclose.recognize import normal
from govdisclose.report import Report, figure
from govdisclose.seen import LAST_HEAD, Seen, first_in
from govdisclose.tables import BALANCED, DIFFERS, EQUAL, FILLED, MISSING
from govdisclose.worksheets import STATE, pages

COMPUTED = re.compile(
    rf"{STATE}：.*|.*{EQUAL}|{FILLED}|{MISSING}\d+ 格没有填|{BALANCED}|{DIFFERS}-?[\d.]+"
    rf"|{LAST_HEAD.pattern}|=(?:IF\(|').*|#[A-Z0/]+[!?]?",
    re.DOTALL,
)


def findings(form: Form, seen: list[Seen]) -> Iterator[Finding]:
    """A complaint for each row, or whole sheet, of which something was not understood."""
    known = own_words(form)
    for sheet in seen:
        rows = [
            (row, [n for n, text in enumerate(cells) if is_left(sheet, row, n, text, known)])
            for row, cells in enumerate(sheet.whole)
        ]
        left = [(row, columns) for row, columns in rows if columns]
        if left and not sheet.taken:
            yield whole_sheet(sheet, left[0][0], left[0][1][0], known)
            continue
        for row, columns in left:
            yield one_row(sheet, row, columns)


def whole_sheet(sheet: Seen, row: int, column: int, known: frozenset[str]) -> Finding:
    """A complaint that nothing of a sheet was read: an error where it looks like one of ours."""
    ours = any(normal(text) in known - {""} for cells in sheet.whole for text in cells)
    message = f"工作表“{sheet.name}”没有读入：不是收集表的内容"
    if ours:
        message = f"工作表“{sheet.name}”没有读入：像收集表里的一张，但认不出来，或者有两张"
    code, severity = ("D010", Severity.ERROR) if ours else ("D011", Severity.HINT)
    return Finding(code, severity, "", message, sheet.place(row, column))


def one_row(sheet: Seen, row: int, columns: list[int]) -> Finding:
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


def is_left(sheet: Seen, row: int, column: int, text: str, known: frozenset[str]) -> bool:
    """Whether a cell says something that has not been understood."""
    if not text.strip() or (row, column) in sheet.taken or COMPUTED.fullmatch(text.strip()):
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
