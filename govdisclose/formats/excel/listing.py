"""Tables of findings and shares, as files that Excel and WPS open."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from decimal import Decimal
from io import StringIO
from typing import NamedTuple

from govdisclose.model.finding import Unusable
from govdisclose.model.text import wide

ListValue = str | int | Decimal | None
ListRow = Sequence[ListValue]


class Printing(NamedTuple):
    """How a table is set on paper: columns that are not shown, or repeated; pages side by side."""

    hidden: tuple[int, ...] = ()
    head_columns: int = 0
    pages_wide: int = 1


PLAIN = Printing()


def dumps(
    headers: Sequence[str],
    rows: Iterable[ListRow],
    suffix: str,
    printing: Printing = PLAIN,
) -> bytes:
    """A table as a file that Excel and WPS open, by its suffix."""
    if suffix == ".csv":
        return as_csv(headers, rows)
    if suffix == ".xlsx":
        return as_workbook(headers, rows, printing)
    raise Unusable(f"不能写成 {suffix} 文件，可以写成 .xlsx、.csv")


def as_workbook(headers: Sequence[str], rows: Iterable[ListRow], printing: Printing) -> bytes:
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
    page = Sheet(
        "清单",
        tuple(spots),
        widths,
        {number: high(line, widths) for number, line in enumerate(lines) if number},
        freeze=(1, printing.head_columns),
        pages=0,
        is_wide=True,
        filtered=area,
        hidden=printing.hidden,
        head_rows=1,
        head_columns=printing.head_columns,
        pages_wide=printing.pages_wide,
    )
    return written([page], "清单", "")


BAND = "#C6D9F1"


def pixels(cells: Iterable[ListValue]) -> int:
    """The width of a column that shows its longest line, within limits."""
    lines = (line for cell in cells for line in str(cell or "").splitlines())
    longest = max((sum(1 + (c > "\xff") for c in line) for line in lines), default=0)
    return min(max(60, 20 + 8 * longest), 480)


LINE, TALLEST = 15.0, 400.0


def high(line: ListRow, widths: Sequence[int]) -> float:
    """The height of a row that shows all that its cells say, in points."""
    lines = (
        sum(max(1, -(-8 * wide(each) // max(1, width - 10))) for each in str(value).split("\n"))
        for value, width in zip(line, widths, strict=True)
        if value is not None
    )
    return min(TALLEST, LINE * max(lines, default=1) + 3)


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
