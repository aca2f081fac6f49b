"""Where figures and particulars stand in a collection sheet, and sheets with some marked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from govdisclose.formats.collection import pages as worksheets
from govdisclose.formats.collection.layout import SheetTable
from govdisclose.formats.excel import workbook
from govdisclose.formats.excel.workbook import Note, Sheet, Spot
from govdisclose.model.finding import Place
from govdisclose.model.report import LABELS, PARTICULARS, Report

WRONG = "#FF9999"


def places(report: Report) -> dict[str, Place]:
    """The cell of every figure, row and particular, by its path."""
    found: dict[str, Place] = {}
    for section in report.form.sections:
        if section.tables:
            table = SheetTable(section, report, {})
            for address, (row, column) in table.at.items():
                place = Place(row + 1, column + 1, table.sheet_name)
                found[str(address)] = place
                found.setdefault(f"{address.table}.{address.row}", place)
    labels = {label: f"bureau.{name}" for name, label in LABELS.items()}
    labels |= {worksheets.YEAR: "year", worksheets.PREAMBLE: "preamble.text"}
    for row, label in enumerate(worksheets.answers_of(report), start=3):
        found[labels[label]] = Place(row + 1, 2, PARTICULARS)
    return found


def marked(report: Report, notes: Mapping[str, str]) -> bytes:
    """The sheet of a report in which some cells, by path, are red and say why."""
    at = places(report)
    by_sheet: dict[str, dict[tuple[int, int], str]] = {}
    for path, text in notes.items():
        if path in at:
            line, column, sheet = at[path]
            by_sheet.setdefault(sheet, {})[line - 1, column - 1] = text
    sheets = worksheets.pages(report, report.last_year)
    name = report.bureau.name
    title = f"{name}{report.form.title}{worksheets.TITLE}"
    return workbook.written(with_marks(sheets, by_sheet), title, name)


def with_marks(
    sheets: Iterable[Sheet], by_sheet: Mapping[str, Mapping[tuple[int, int], str]]
) -> Iterator[Sheet]:
    """The worksheets, some of their cells red with a note."""
    for sheet in sheets:
        notes = by_sheet.get(sheet.name, {})
        yield replace(
            sheet,
            spots=tuple(
                red(spot) if (spot.row, spot.column) in notes else spot for spot in sheet.spots
            ),
            notes=tuple(Note(row, column, text) for (row, column), text in notes.items()),
        )


def red(spot: Spot) -> Spot:
    """A cell in red."""
    return spot._replace(style=replace(spot.style, bg_color=WRONG))
