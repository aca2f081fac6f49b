"""The worksheets that a bureau fills in: its particulars, the tables and the texts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, fields, replace
from math import ceil

from govdisclose.formats.collection.layout import HINT, INPUT, NAME, YELLOW, SheetTable
from govdisclose.formats.excel.printout import BAND, HEADING, TALLEST, TEXT_ROOM, TEXTS, room_for
from govdisclose.formats.excel.workbook import (
    Alarm,
    Area,
    CellStyle,
    Formula,
    InputRule,
    Sheet,
    Spot,
)
from govdisclose.formats.look import HEI
from govdisclose.model.figures import Figure
from govdisclose.model.form import Address, Section
from govdisclose.model.report import KINDS, LABELS, PARTICULARS, Bureau, Part, Prose, Report
from govdisclose.model.text import ordinal

SPARE_ROWS = 4
SPARE_PARTS = 2

TITLE = "收集表"
YEAR = "报告年份"
PREAMBLE = "自拟的开头一段（可以不填，不填时按上面的内容自动写）"
STATE = "填写进度"
MADE_FOR = "本表发给"
HOW = (
    "黄色的格子由你填写，填好后变白；灰色的格子由公式算出，不用填。变红的格子有错，请改正。\n"
    "没有发生的填 0，不要空着。填完保存，把本文件发回收集的单位。"
)
HOW_TEXT = "一行写一段；行不够时在下面插入行。小标题可以改，也可以在空着的序号后另写一部分。"
LEAD, WHOLE = "开头一段", "正文"
REST = "随附"
CARRIED, LIMIT = "随草稿带来的内容（不用填）", "要求"
LINE_END = re.compile(r"(?<=.)\n(?=[^\n])", re.DOTALL)
HEADS = ("序号", "小标题", "内容")

TITLE_STYLE = CellStyle(font_name=HEI, font_size=16)
TEXT = replace(INPUT, align="left", valign="top")
EXACT = replace(TEXT, valign="vcenter", num_format="@")
LOCKED = replace(EXACT, locked=True)
ABOVE = replace(NAME, valign="top")


def pages(report: Report, before: Mapping[Address, Figure]) -> Iterator[Sheet]:
    """The worksheets, filled as far as the report is answered."""
    tables = [
        SheetTable(section, report, before) for section in report.form.sections if section.tables
    ]
    yield particulars(report, tables)
    for table in tables:
        yield table.sheet
    yield texts(report)
    rest = list(carried(report))
    if rest:
        spots = [
            Spot(row, column, text, LOCKED)
            for row, line in enumerate(rest, start=1)
            for column, text in enumerate(line)
        ]
        head = Spot(0, 0, CARRIED, HEADING, width=3)
        yield Sheet(REST, (head, *spots), (70, 260, 400), is_locked=True)


# Particulars


def particulars(report: Report, tables: Iterable[SheetTable]) -> Sheet:
    """The first worksheet: how to fill in, the bureau, and how far it has got."""
    spots = [
        Spot(0, 0, report.form.title + TITLE, TITLE_STYLE, width=2),
        Spot(1, 0, report.form.notice, HINT, width=2),
        Spot(2, 0, HOW, HINT, width=2),
    ]
    answers = answers_of(report)
    for row, (label, value) in enumerate(answers.items(), start=3):
        spots += [Spot(row, 0, label, NAME), Spot(row, 1, value, EXACT)]
    for row, table in enumerate(tables, start=4 + len(answers)):
        state = Formula(f"='{table.sheet.name}'!A2", table.state.value)
        spots += [Spot(row, 0, f"{STATE}：{table.sheet.name}", NAME), Spot(row, 1, state, NAME)]
    if whose := made_for(report):
        row = spots[-1].row + 2
        spots += [Spot(row, 0, MADE_FOR, NAME), Spot(row, 1, whose, LOCKED)]
    at = {str(spot.value): Area(spot.row, 1, spot.row, 1) for spot in spots if not spot.column}
    years = report.form.years
    note = f"写四位年份，{years.start} 年起"
    kinds = tuple(KINDS.values())
    return Sheet(
        PARTICULARS,
        tuple(spots),
        (230, 520),
        {0: 36, 2: 36, **dict.fromkeys(range(3, 3 + len(answers)), 24), 2 + len(answers): 120},
        checks=(
            InputRule(at[YEAR], "integer", YEAR, note, years.start, years.stop - 1),
            InputRule(at[LABELS["kind"]], "list", LABELS["kind"], "从列表中选", choices=kinds),
        ),
        alarms=tuple(
            Alarm(area, f"=ISBLANK({area})", YELLOW)
            for label, area in at.items()
            if label in answers and label != PREAMBLE
        ),
        is_locked=True,
    )


def made_for(report: Report) -> str:
    """Whom a sheet is handed out to, and for which year; empty where that is open."""
    year = f"（{report.year}年度）" if report.year else ""
    return report.bureau.name + year if report.bureau.name else ""


def answers_of(report: Report) -> dict[str, str | int | None]:
    """The particulars by their labels, in the order of the interview."""
    bureau = report.bureau
    found: dict[str, str | int | None] = {LABELS["name"]: bureau.name, YEAR: report.year}
    for name in (field.name for field in fields(Bureau) if field.name != "name"):
        value: str = getattr(bureau, name)
        found[LABELS[name]] = KINDS[value] if name == "kind" else value
    return {**found, PREAMBLE: report.preamble}


# Texts


def texts(report: Report) -> Sheet:
    """The sections in sentences, each with what belongs there and room to write."""
    spots = [
        Spot(0, column, head, replace(NAME, align="center")) for column, head in enumerate(HEADS)
    ]
    spots.append(Spot(1, 0, HOW_TEXT, HINT, width=3))
    heights, checks = {1: 22.0}, list[InputRule]()
    for key, section in report.form.prose.items():
        row = max(spot.row + spot.height for spot in spots)
        spots.append(Spot(row, 0, section.label, replace(BAND, bold=True, font_size=12), width=3))
        spots.append(Spot(row + 1, 0, section.note, HINT, width=3))
        heights |= {row: 26.0, row + 1: 34.0}
        notes = {topic.heading or LEAD: topic.note for topic in section.topics if topic.note}
        at = row + 2
        for line in text_rows(section, report.prose[key]):
            high = rows_for(line[2])
            styles = (ABOVE, ABOVE if line[1] in (LEAD, WHOLE) and not line[0] else TEXT, TEXT)
            spots += [Spot(at, n, line[n], styles[n], height=len(high) or 1) for n in range(3)]
            if line[1] in notes:
                area = Area(at, 2, at, 2)
                checks.append(InputRule(area, "any", line[1], notes[line[1]]))
            heights |= dict(enumerate(high, start=at))
            at += len(high) or 1
    return Sheet(
        TEXTS,
        tuple(spots),
        (60, 190, 690),
        heights,
        checks=tuple(checks),
        freeze=(1, 0),
        pages=0,
        is_locked=True,
        can_grow=True,
    )


def rows_for(text: str) -> list[float]:
    """The heights of the rows in which a text is wholly seen, none where any row will do."""
    if len(text) <= TEXT_ROOM and "\n" not in text:
        return []
    height = room_for(text, TEXT.font_size)
    count = ceil(height / TALLEST)
    return [height / count] * count


def text_rows(section: Section, prose: Prose) -> Iterator[tuple[str, str, str]]:
    """Number, heading and a piece of text; rows without a number go on with the text above."""
    yield from roomy("", LEAD if section.parts else WHOLE, prose.lead)
    parts = prose.parts or tuple(Part(heading, "") for heading in section.parts)
    for number, part in enumerate((*parts, *[Part("", "")] * SPARE_PARTS), start=1):
        yield from roomy(f"（{ordinal(number)}）", part.heading, part.text)


def roomy(number: str, heading: str, text: str) -> Iterator[tuple[str, str, str]]:
    """The rows of one text, and some more to write on."""
    pieces = pieces_of(text) or [""]
    yield number, heading, pieces[0]
    for piece in pieces[1:]:
        yield "", "", piece
    yield from [("", "", "")] * SPARE_ROWS


def pieces_of(text: str) -> list[str]:
    """The lines of a text, none of them empty; joined by line ends they are the text."""
    return LINE_END.split(text) if text else []


def carried(report: Report) -> Iterator[tuple[str, ...]]:
    """What a draft knows besides: warnings that have been looked at, and limits."""
    for item in report.acknowledged:
        yield item.rule, item.at, item.reason, *(text for pair in item.figures for text in pair)
    for name, most in asdict(report.limits).items():
        if most is not None:
            yield LIMIT, name, str(most)
