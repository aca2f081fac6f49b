"""Tables of findings and shares, as files that Excel and WPS open."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from decimal import Decimal
from io import StringIO

from govdisclose.model.finding import Unusable

ListValue = str | int | Decimal | None
ListRow = Sequence[ListValue]


def dumps(headers: Sequence[str], rows: Iterable[ListRow], suffix: str) -> bytes:
    """A table as a file that Excel and WPS open, by its suffix."""
    if suffix == ".csv":
        return as_csv(headers, rows)
    if suffix == ".xlsx":
        return as_workbook(headers, rows)
    raise Unusable(f"不能写成 {suffix} 文件，可以写成 .xlsx、.csv")


def as_workbook(headers: Sequence[str], rows: Iterable[ListRow]) -> bytes:
    """A table as a sheet with a filter on every column."""
    from govdisclose.formats.excel.workbook import Area, CellStyle, Sheet, Spot, written

    head = CellStyle(bold=True, border=1, bg_color=BAND)
    body = CellStyle(border=1, align="left", valign="top")
    lines = [headers, *rows]
    spots = (
        Spot(row, column, value, body if row else head)
        for row, line in enumerate(lines)
        for column, value in enumerate(line)
    )
    widths = tuple(pixels(cells) for cells in zip(*lines, strict=True))
    area = Area(0, 0, len(lines) - 1, len(headers) - 1)
    page = Sheet("清单", tuple(spots), widths, freeze=(1, 0), pages=0, is_wide=True, filtered=area)
    return written([page], "清单", "")


BAND = "#C6D9F1"


def pixels(cells: Iterable[ListValue]) -> int:
    """The width of a column that shows its longest line, within limits."""
    lines = (line for cell in cells for line in str(cell or "").splitlines())
    longest = max((sum(1 + (c > "\xff") for c in line) for line in lines), default=0)
    return min(max(60, 20 + 8 * longest), 480)


def as_csv(headers: Sequence[str], rows: Iterable[ListRow]) -> bytes:
    """A table with commas; the mark in front tells Excel that it is UTF-8."""
    text = StringIO()
    writer = csv.writer(text)
    writer.writerow(headers)
    writer.writerows([harmless(value) for value in row] for row in rows)
    return text.getvalue().encode("utf-8-sig")


def harmless(value: ListValue) -> ListValue:
    """A value that no spreadsheet takes for a formula."""
    return f"'{value}" if isinstance(value, str) and value[:1] in tuple("=+-@\t\r") else value
