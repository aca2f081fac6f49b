"""Plain lists: rosters of units in, tables of findings and shares out."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from decimal import Decimal
from io import StringIO
from pathlib import Path

from govdisclose import files
from govdisclose.finding import Unusable
from govdisclose.toml import decoded

Value = str | int | Decimal | None
Row = Sequence[Value]

NAME_HEADS = ("单位名称", "单位", "机关名称", "机关", "部门名称", "部门", "名称")


def roster(path: Path) -> tuple[str, ...]:
    """The names in a roster: one a line, or a column of a sheet; each once."""
    rows = rows_of(path)
    names = tuple(dict.fromkeys(name for name in column(rows) if name))
    if not names:
        raise Unusable(f"{path}：名册里没有单位名称；每行写一个，或者写成一列，表头为“单位名称”")
    return names


def rows_of(path: Path) -> list[list[str]]:
    """The rows of a sheet, or the lines of a text without what follows #."""
    data, suffix = files.content(path), path.suffix.lower()
    try:
        if suffix in (".xlsx", ".xls", ".ods"):
            return sheet(data)
        text, _ = decoded(data)
    except Unusable as error:
        raise Unusable(f"{path}：{error}") from None
    if suffix == ".csv":
        return list(csv.reader(StringIO(text)))
    lines = (line.partition("#")[0].strip() for line in text.splitlines())
    return [[line] for line in lines if line]


def sheet(data: bytes) -> list[list[str]]:
    """The rows of the first sheet of a workbook."""
    from govdisclose import workbook

    pages = workbook.read(data)
    return pages[0].rows if pages else []


def column(rows: list[list[str]]) -> list[str]:
    """The column under a heading that means names, else the first one."""
    cells = [[cell.strip() for cell in row] for row in rows]
    for number, row in enumerate(cells[:10]):
        for head in NAME_HEADS:
            if head in row:
                at = row.index(head)
                return [row[at] for row in cells[number + 1 :] if at < len(row)]
    return [row[0] for row in cells if row]


def dumps(headers: Sequence[str], rows: Iterable[Row], suffix: str) -> bytes:
    """A table as a file that Excel and WPS open, by its suffix."""
    if suffix == ".csv":
        return as_csv(headers, rows)
    if suffix == ".xlsx":
        return as_workbook(headers, rows)
    raise Unusable(f"不能写成 {suffix} 文件，可以写成 .xlsx、.csv")


def as_workbook(headers: Sequence[str], rows: Iterable[Row]) -> bytes:
    """A table as a sheet with a filter on every column."""
    from govdisclose.workbook import Area, Sheet, Spot, Style, written

    head = Style(bold=True, border=1, bg_color=BAND)
    body = Style(border=1, align="left", valign="top")
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


def pixels(cells: Iterable[Value]) -> int:
    """The width of a column that shows its longest line, within limits."""
    lines = (line for cell in cells for line in str(cell or "").splitlines())
    longest = max((sum(1 + (c > "\xff") for c in line) for line in lines), default=0)
    return min(max(60, 20 + 8 * longest), 480)


def as_csv(headers: Sequence[str], rows: Iterable[Row]) -> bytes:
    """A table with commas; the mark in front tells Excel that it is UTF-8."""
    text = StringIO()
    writer = csv.writer(text)
    writer.writerow(headers)
    writer.writerows([harmless(value) for value in row] for row in rows)
    return text.getvalue().encode("utf-8-sig")


def harmless(value: Value) -> Value:
    """A value that no spreadsheet takes for a formula."""
    return f"'{value}" if isinstance(value, str) and value[:1] in tuple("=+-@\t\r") else value
