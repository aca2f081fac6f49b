"""A paper that is no report as a workbook: its text on the first sheet, each table on its own."""

from __future__ import annotations

import re
from collections.abc import Iterator

from govdisclose.formats.excel.workbook import Area, BarChart, CellStyle, Sheet, Spot, written
from govdisclose.formats.paper import Head, Paper, Rows, is_number

TITLE = CellStyle(font_size=16, bold=True, align="left", text_wrap=False)
HEAD = CellStyle(font_size=12, bold=True, align="left", text_wrap=False)
TEXT = CellStyle(align="left", valign="top")
COLUMN = CellStyle(bold=True, border=1, bg_color="#C6D9F1")
NUMBER = CellStyle(border=1, align="right")
WORDS = CellStyle(border=1, align="left", valign="top")
FILL = "#FFF2B3"
ROOM = 90
MOST_BARS = 40
_FORBIDDEN = re.compile(r"[\[\]:*?/\\']")


def dumps(paper: Paper) -> bytes:
    """The paper as the bytes of an .xlsx: the same for the same paper, always."""
    return written(sheets(paper), paper.title, "")


def sheets(paper: Paper) -> Iterator[Sheet]:
    """The worksheets, no two of one name."""
    spots, seen = [Spot(0, 0, paper.title, TITLE)], {"说明"}
    for block in paper.blocks:
        if not isinstance(block, Rows):
            style = HEAD if isinstance(block, Head) else TEXT
            spots.append(Spot(len(spots), 0, block.text, style))
        else:
            spots.append(Spot(len(spots), 0, f"{block.name}：见同名的工作表", TEXT))
    heights = {s.row: 18.0 * -(-2 * len(str(s.value)) // ROOM) for s in spots if s.style is TEXT}
    yield Sheet("说明", tuple(spots), (640,), heights, pages=0)
    for block in paper.blocks:
        if isinstance(block, Rows) and block.rows:
            yield table(block, sheet_name(block.name, seen))


def sheet_name(name: str, seen: set[str]) -> str:
    """A name that Excel takes and no other sheet has."""
    base = _FORBIDDEN.sub("", name)[:28] or "表"
    number = next(n for n in range(1, 1000) if (base if n == 1 else f"{base}{n}") not in seen)
    found = base if number == 1 else f"{base}{number}"
    seen.add(found)
    return found


def table(block: Rows, name: str) -> Sheet:
    """A table with a filter, and a chart of its bars beside it."""
    spots = [Spot(0, n, head, COLUMN) for n, head in enumerate(block.headers)]
    for at, row in enumerate(block.rows, start=1):
        for n, value in enumerate(row):
            style = WORDS if isinstance(value, str) and not is_number(value) else NUMBER
            if at - 1 in block.marked:
                style = CellStyle(border=1, align=style.align, bg_color=FILL, bold=True)
            spots.append(Spot(at, n, value, style))
    widths = tuple(max(60, min(420, 12 * width)) for width in block.widths)
    last = len(block.rows)
    charts = [chart(block, name)] if block.bars else []
    return Sheet(
        name,
        tuple(spots),
        widths,
        freeze=(1, 1),
        pages=0,
        is_wide=True,
        filtered=Area(0, 0, last, len(block.headers) - 1),
        charts=tuple(charts),
    )


def chart(block: Rows, name: str) -> BarChart:
    """The first rows as bars."""
    last = min(len(block.rows), MOST_BARS)
    return BarChart(
        block.name,
        Area(1, 0, last, 0),
        tuple((block.headers[n], Area(1, n, last, n)) for n in block.bars),
        row=1,
        column=len(block.headers) + 1,
        sheet=name,
    )
