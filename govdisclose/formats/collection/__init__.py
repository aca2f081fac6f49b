"""The collection workbook: sent to a bureau, filled in Excel or WPS, and read back."""

from __future__ import annotations

from govdisclose.formats.collection import pages as worksheets
from govdisclose.formats.collection import reader
from govdisclose.formats.excel import reading, workbook
from govdisclose.model.report import Reading, Report


def dumps(report: Report, last: Report | None = None) -> bytes:
    """The workbook as an .xlsx, filled as far as the report is answered.

    Beside it stand last year's figures: those of ``last``, else those that the
    report knows.
    """
    name = report.bureau.name
    pages = worksheets.pages(report, last.figures if last else report.last_year)
    return workbook.written(pages, f"{name}{report.form.title}{worksheets.TITLE}", name)


def read(sheets: list[reading.Texts]) -> Reading:
    """The report in the sheets of a workbook, and what is wrong with it."""
    return reader.read(sheets)


def loads(data: bytes) -> Reading:
    """The report in a workbook as .xlsx, .xls or .ods, and what is wrong with it."""
    return reader.read(reading.read(data))
