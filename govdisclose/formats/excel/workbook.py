"""Describe a workbook as values, and write it as .xlsx."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from datetime import datetime
from decimal import Decimal
from io import BytesIO
from typing import TYPE_CHECKING, NamedTuple

from govdisclose.formats import seal
from govdisclose.formats.container import as_packed_on_unix, one_line, packed, unpacked
from govdisclose.model.finding import Unusable, letters

if TYPE_CHECKING:
    import xlsxwriter
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

LONGEST = 32_767
A4 = 9


class Area(NamedTuple):
    """A rectangle of cells, its last row and column included."""

    top: int
    left: int
    bottom: int
    right: int

    def __str__(self) -> str:
        first, last = name_of(self.top, self.left), name_of(self.bottom, self.right)
        return first if first == last else f"{first}:{last}"


class Formula(NamedTuple):
    """A formula and the value it has now."""

    text: str
    value: str | int


@dataclass(frozen=True)
class CellStyle:
    """How a cell looks, in the words of xlsxwriter; colours are RRGGBB."""

    font_name: str = "宋体"
    font_size: float = 11
    bold: bool = False
    font_color: str = "#000000"
    bg_color: str = "#FFFFFF"
    border: int = 0
    align: str = "center"
    valign: str = "vcenter"
    text_wrap: bool = True
    locked: bool = True
    num_format: str = "General"


class Spot(NamedTuple):
    """What stands in a cell, or in several merged; None is an empty one."""

    row: int
    column: int
    value: str | int | Decimal | Formula | None
    style: CellStyle
    height: int = 1
    width: int = 1


class InputRule(NamedTuple):
    """What may be typed into some cells, and what is said about them.

    ``kind`` is integer, decimal, list or any.
    """

    area: Area
    kind: str
    title: str
    message: str
    least: int = 0
    most: int = 10**12 - 1
    choices: tuple[str, ...] = ()


class Alarm(NamedTuple):
    """A colour for the cells of an area while a formula on the first is true."""

    area: Area
    formula: str
    color: str


class BarChart(NamedTuple):
    """A chart that Excel draws and can edit: bars of some columns by the texts of another.

    ``series`` are named; ``row`` and ``column`` are where its corner stands.
    """

    title: str
    categories: Area
    series: tuple[tuple[str, Area], ...]
    row: int
    column: int
    sheet: str


class Note(NamedTuple):
    """What a cell says when it is pointed at."""

    row: int
    column: int
    text: str


GREYS = ("#A6A6A6", "#44546A", "#7F7F7F", "#D0CECE")
"""Bars that can be told apart also where they are printed in grey."""


@dataclass(frozen=True)
class Sheet:
    """A worksheet; ``pages`` is how many pages high it prints, 0 for any.

    ``head_rows`` and ``head_columns`` are printed on every page, ``hidden``
    columns on none.
    """

    name: str
    spots: tuple[Spot, ...]
    widths: tuple[int, ...] = ()
    heights: dict[int, float] = field(default_factory=dict)
    checks: tuple[InputRule, ...] = ()
    alarms: tuple[Alarm, ...] = ()
    freeze: tuple[int, int] = (0, 0)
    printed: Area | None = None
    pages: int = 1
    is_wide: bool = False
    is_locked: bool = False
    can_grow: bool = False
    filtered: Area | None = None
    charts: tuple[BarChart, ...] = ()
    notes: tuple[Note, ...] = ()
    hidden: tuple[int, ...] = ()
    head_rows: int = 0
    head_columns: int = 0
    pages_wide: int = 1


def name_of(row: int, column: int) -> str:
    """A cell as formulas name it."""
    return f"{letters(column + 1)}{row + 1}"


# Writing


def written(
    sheets: Iterable[Sheet], title: str, author: str, *, made_from: str | None = None
) -> bytes:
    """The sheets as an .xlsx: the same bytes on any day.

    One that is printed from a draft is sealed; ``made_from`` is then the draft's
    SHA-256, "" where it is not known.
    """
    import xlsxwriter

    file = BytesIO()
    base = {"font_name": CellStyle.font_name, "font_size": CellStyle.font_size}
    book = xlsxwriter.Workbook(file, {"in_memory": True, "default_format_properties": base})
    said = {"title": one_line(title), "author": one_line(author)}
    book.set_properties({**said, "created": datetime(1980, 1, 1)})
    if made_from is not None:
        book.set_custom_property(seal.NAME, seal.BLANK, "text")
    formats: dict[tuple[CellStyle, bool], Format] = {}
    for sheet in sheets:
        write(book, sheet, formats)
    book.close()
    if made_from is not None:
        return packed(seal.sealed(unpacked(file.getvalue()), made_from))
    return as_packed_on_unix(file.getvalue())


def write(
    book: xlsxwriter.Workbook, sheet: Sheet, formats: dict[tuple[CellStyle, bool], Format]
) -> None:
    """Add a sheet to a workbook."""
    page = book.add_worksheet(sheet.name)
    set_page(page, sheet)
    for column, width in enumerate(sheet.widths):
        hidden = {"hidden": True} if column in sheet.hidden else {}
        page.set_column_pixels(column, column, width, None, hidden)
    for row, height in sheet.heights.items():
        page.set_row(row, height)
    for spot in sheet.spots:
        quoted = isinstance(spot.value, str) and spot.value.startswith(("=", "+", "-", "@"))
        key = spot.style, quoted
        if key not in formats:
            formats[key] = book.add_format({**asdict(spot.style), "quote_prefix": quoted})
        put(page, spot, formats[key])
    for check in sheet.checks:
        page.data_validation(*check.area, rule(check))
    for alarm in sheet.alarms:
        color = book.add_format({"bg_color": alarm.color})
        page.conditional_format(
            *alarm.area, {"type": "formula", "criteria": alarm.formula, "format": color}
        )
    for chart in sheet.charts:
        add_chart(book, page, chart)
    for note in sheet.notes:
        size = {"x_scale": 2.2, "y_scale": 1 + note.text.count("\n") / 3, "font_size": 10}
        page.write_comment(note.row, note.column, note.text, size)


def add_chart(book: xlsxwriter.Workbook, page: Worksheet, chart: BarChart) -> None:
    """Put a chart on a sheet."""
    drawn = book.add_chart({"type": "bar"})
    area = chart.categories
    for number, (name, values) in enumerate(chart.series):
        drawn.add_series(
            {
                "name": name,
                "categories": [chart.sheet, *area],
                "values": [chart.sheet, *values],
                "fill": {"color": GREYS[number % len(GREYS)]},
                "gap": 60,
            }
        )
    drawn.set_title({"name": chart.title, "name_font": {"size": 12}})
    drawn.set_y_axis({"reverse": True})
    drawn.set_legend({"position": "bottom"})
    count = area.bottom - area.top + 1
    drawn.set_size({"width": 620, "height": max(300, 22 * count * len(chart.series) + 120)})
    page.insert_chart(chart.row, chart.column, drawn, {"description": chart.title})


def set_page(page: Worksheet, sheet: Sheet) -> None:
    """Paper, printed area, frozen panes and protection."""
    page.set_paper(A4)
    page.fit_to_pages(sheet.pages_wide, sheet.pages)
    if sheet.head_rows:
        page.repeat_rows(0, sheet.head_rows - 1)
    if sheet.head_columns:
        page.repeat_columns(0, sheet.head_columns - 1)
    page.set_margins(left=0.6, right=0.6, top=0.7, bottom=0.7)
    page.set_footer("&C&P / &N")
    page.center_horizontally()
    page.hide_gridlines(2)
    if sheet.is_wide:
        page.set_landscape()
    if sheet.printed:
        page.print_area(*sheet.printed)
    if sheet.filtered:
        page.autofilter(*sheet.filtered)
    if any(sheet.freeze):
        page.freeze_panes(*sheet.freeze)
    if sheet.is_locked:
        sizes = {"format_rows": True, "format_columns": True}
        page.protect(options={**sizes, "insert_rows": sheet.can_grow})


def put(page: Worksheet, spot: Spot, style: Format) -> None:
    """Write one cell; what it covers besides is merged with it."""
    row, column, value = spot.row, spot.column, spot.value
    if spot.height > 1 or spot.width > 1:
        bottom, right = row + spot.height - 1, column + spot.width - 1
        page.merge_range(row, column, bottom, right, "", style)
    if isinstance(value, Formula):
        page.write_formula(row, column, value.text, style, value.value)
    elif isinstance(value, str) and value:
        page.write_string(row, column, checked(value), style)
    elif value is None or value == "":
        page.write_blank(row, column, None, style)
    elif is_exact(value):
        page.write_number(row, column, value, style)
    else:
        page.write_string(row, column, format(value, "f"), style)


def is_exact(value: int | Decimal) -> bool:
    """Whether a number cell gives a figure back with all its digits."""
    return isinstance(value, int) or numeral(float(value)) == format(value, "f")


def numeral(value: float) -> str:
    """A number of a cell in plain digits, to the 15 that Excel keeps."""
    text = format(Decimal(format(value, ".15g")), "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def checked(text: str) -> str:
    """A text that a cell holds; one that is too long is unusable."""
    length = len(text.encode("utf-16-le")) // 2  # as Excel counts: an emoji is two
    if length > LONGEST:
        raise Unusable(f"“{text[:12]}…”有 {length} 字，Excel 的一格最多 {LONGEST} 字，请分段")
    return text


def rule(check: InputRule) -> dict[str, object]:
    """A check in the words of xlsxwriter."""
    said = {"input_title": check.title[:32], "input_message": check.message[:255]}
    if check.kind == "any":
        return {"validate": "any", **said}
    if check.kind == "list":
        return {"validate": "list", "source": list(check.choices), **said}
    needed = "填不小于 0 的数" if check.kind == "decimal" else "填不小于 0 的整数"
    return {
        "validate": check.kind,
        "criteria": "between",
        "minimum": check.least,
        "maximum": check.most,
        "error_title": "请核对",
        "error_message": f"这里{needed}，没有发生的填 0。",
        **said,
    }
