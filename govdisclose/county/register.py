"""The register of a collection: who has answered, when, with what, and what is open.

A workbook that grows with every import: a sheet with a row a unit in the order
of the roster, and one with a row a file. What the office writes under 备注 stays.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import NamedTuple

from govdisclose import rules
from govdisclose.analysis.unit_names import UnitNames
from govdisclose.county.received import ReceivedFile, merged
from govdisclose.county.submissions import State, draft_in
from govdisclose.files import disk, search
from govdisclose.formats.excel import reading
from govdisclose.formats.excel.workbook import Area, CellStyle, Sheet, Spot, written
from govdisclose.model.finding import Severity, Unusable
from govdisclose.model.report import Report
from govdisclose.model.roster import RosterUnit
from govdisclose.model.text import plain, wide

UNITS, FILES = "收报台账", "收到的文件"
NAME, REMARK = "单位", "备注"
UNIT_HEADS = (
    "序号",
    NAME,
    "联系人",
    "电话",
    "状态",
    "最早收到",
    "最近收到",
    "是否逾期",
    "采用的文件",
    "收到的文件",
    "没有采用的原因",
    "读取中的错误",
    "还有的问题",
    REMARK,
)
FILE_HEADS = ("文件", "改动时间", NAME, "结果", "原因", "读取中的错误", "草稿")
REPORTED, UNREAD, ASIDE, MISSING = "已报", "报了，读不出", "报了，放在一边", "未报送"

HEAD = CellStyle(bold=True, border=1, bg_color="#C6D9F1")
BODY = CellStyle(border=1, align="left", valign="top")
OPEN = CellStyle(border=1, align="left", valign="top", bg_color="#FFF2B3")
TITLE = CellStyle(font_size=16, bold=True)
HINT = CellStyle(font_size=10, font_color="#595959", align="left")
WIDTHS = (45, 200, 70, 110, 100, 120, 120, 90, 220, 260, 260, 90, 110, 140)
LINE = 15.0


@dataclass(frozen=True)
class Answer:
    """What a unit has sent: its files, and its draft where there is one."""

    unit: RosterUnit
    files: tuple[ReceivedFile, ...] = ()
    report: Report | None = None

    @property
    def state(self) -> str:
        """Whether it has answered, and whether that could be read."""
        if self.report:
            return REPORTED
        if any(each.state == State.ASIDE.value for each in self.files):
            return ASIDE
        return UNREAD if self.files else MISSING

    @property
    def used(self) -> str:
        """The file that its draft was made from."""
        received = self.report.received if self.report else None
        return received.file if received else ""

    @property
    def days(self) -> list[str]:
        """When its files were sent, the first one first."""
        return sorted(each.day for each in self.files if each.day)

    def late(self, deadline: date | None, today: date) -> str:
        """How late it was, or is."""
        if deadline is None:
            return ""
        first = date.fromisoformat(self.days[0][:10]) if self.days else None
        if first is None:
            return "逾期未报" if today > deadline and self.state == MISSING else ""
        over = (first - deadline).days
        return f"逾期 {over} 天" if over > 0 else "按时"


def answers(
    files: Iterable[ReceivedFile], drafts: Mapping[str, Report], roster: UnitNames
) -> list[Answer]:
    """What each unit has sent, in the order of the roster, those not on it last."""
    by_unit: dict[str, list[ReceivedFile]] = {}
    for each in files:
        by_unit.setdefault(roster.key(each.unit), []).append(each)
    listed = {plain(unit.name): unit for unit in roster.units}
    others = (key for key in [*by_unit, *drafts] if key and key not in listed)
    units = {**listed, **{key: RosterUnit(key) for key in others}}
    return [
        Answer(unit, tuple(by_unit.get(key, ())), drafts.get(key)) for key, unit in units.items()
    ]


def drafts_in(folders: Iterable[Path], roster: UnitNames) -> dict[str, Report]:
    """The reports in the drafts of some folders, by unit; of several years the latest."""
    found: dict[str, Report] = {}
    for folder in folders:
        for path in search.here(folder):
            report = draft_in(disk.content(path))
            key = roster.key(report.bureau.name) if report else ""
            if report and key:
                before = found.get(key)
                if before is None or (before.year or 0) <= (report.year or 0):
                    found[key] = report
    return found


class Made(NamedTuple):
    """A register as a workbook, and in a sentence how many units have answered."""

    data: bytes
    counts: str


def dumps(
    path: Path,
    new: Iterable[ReceivedFile],
    folders: Iterable[Path],
    roster: UnitNames,
    deadline: date | None,
    today: date,
) -> Made:
    """The register at a path with what came in now."""
    known, remarks, old_deadline = loads(path)
    files = merged(known, new)
    deadline = deadline or old_deadline
    found = answers(files, drafts_in(folders, roster), roster)
    pages = [unit_page(found, remarks, deadline, today), file_page(files)]
    return Made(written(pages, UNITS, ""), counted(found))


def counted(found: list[Answer]) -> str:
    """How many units there are in each state."""
    return "，".join(
        f"{state} {count} 个"
        for state in (REPORTED, UNREAD, ASIDE, MISSING)
        if (count := sum(each.state == state for each in found))
    )


# Reading it again


def loads(path: Path) -> tuple[list[ReceivedFile], dict[str, str], date | None]:
    """The files, the remarks by unit, and the deadline that a register holds.

    Unusable where something else stands there.
    """
    if not disk.is_there(path):
        return [], {}, None
    sheets = {sheet.name: sheet.rows for sheet in reading.read(disk.content(path))}
    if UNITS not in sheets or FILES not in sheets:
        raise Unusable(f"{path}：已经有这个文件，不是收报台账，没有覆盖；换一个名字")
    files = [
        ReceivedFile(row[0], row[1], row[2], row[3], row[4], number(row[5]), row[6])
        for row in table(sheets[FILES], FILE_HEADS)
        if row[0]
    ]
    rows = table(sheets[UNITS], (NAME, REMARK))
    remarks = {plain(name): remark for name, remark in rows if name and remark}
    return files, remarks, stated_deadline(sheets[UNITS])


def table(rows: list[list[str]], heads: tuple[str, ...]) -> Iterator[list[str]]:
    """The cells of some columns by their headings, row by row; empty where a column is gone."""
    at = next((n for n, row in enumerate(rows) if heads[0] in row), len(rows))
    columns = {head: rows[at].index(head) for head in heads if at < len(rows) and head in rows[at]}
    for row in rows[at + 1 :]:
        yield [
            row[columns[head]] if head in columns and columns[head] < len(row) else ""
            for head in heads
        ]


def number(text: str) -> int:
    """A count in a cell."""
    return int(text) if text.isdecimal() else 0


DEADLINE = "报送截止："


def stated_deadline(rows: list[list[str]]) -> date | None:
    """The deadline that stands above the table."""
    for cell in (cell for row in rows[:3] for cell in row):
        _, mark, rest = cell.partition(DEADLINE)
        with suppress(ValueError):
            if mark:
                return date.fromisoformat(rest[:10])
    return None


# Drawing it


def unit_page(
    found: list[Answer], remarks: Mapping[str, str], deadline: date | None, today: date
) -> Sheet:
    """A row a unit."""
    rows = [
        [n, *unit_row(each, deadline, today), remarks.get(plain(each.unit.name), "")]
        for n, each in enumerate(found, start=1)
    ]
    until = f"{DEADLINE}{deadline}    " if deadline else ""
    note = f"{until}应报 {len(found)} 个：{counted(found)}。“{REMARK}”一列可以自己写，再收时保留。"
    spots = [
        Spot(0, 0, UNITS, TITLE, width=len(UNIT_HEADS)),
        Spot(1, 0, note, HINT, width=len(UNIT_HEADS)),
        *(Spot(2, n, head, HEAD) for n, head in enumerate(UNIT_HEADS)),
    ]
    heights = {0: 28.0, 1: 20.0}
    for at, (row, each) in enumerate(zip(rows, found, strict=True), start=3):
        style = BODY if each.state == REPORTED else OPEN
        spots += [Spot(at, n, value, style) for n, value in enumerate(row)]
        heights[at] = high(row)
    last = len(rows) + 2
    return Sheet(
        UNITS,
        tuple(spots),
        WIDTHS,
        heights,
        freeze=(3, 2),
        pages=0,
        is_wide=True,
        filtered=Area(2, 0, max(last, 3), len(UNIT_HEADS) - 1),
        printed=Area(0, 0, max(last, 3), len(UNIT_HEADS) - 1),
    )


def unit_row(each: Answer, deadline: date | None, today: date) -> list[str | int]:
    """What the register says of a unit, from its name on."""
    refused = (f for f in each.files if f.reason and f.file != each.used)
    faults = each.report.received.unread if each.report and each.report.received else ()
    return [
        each.unit.name,
        each.unit.contact,
        each.unit.telephone,
        each.state,
        each.days[0] if each.days else "",
        each.days[-1] if each.days else "",
        each.late(deadline, today),
        each.used,
        "\n".join(f.file for f in each.files),
        "\n".join(f"{Path(f.file).name}：{f.reason}" for f in refused),
        f"{len(faults)} 处" if faults else "",
        problems(each.report) if each.report else "",
    ]


def problems(report: Report) -> str:
    """How many findings are open on a draft."""
    found = rules.check(report)
    counts = (
        (severity.label, sum(each.severity is severity for each in found))
        for severity in (Severity.ERROR, Severity.WARNING)
    )
    return "，".join(f"{label} {count} 条" for label, count in counts if count) or "没有"


def file_page(files: Iterable[ReceivedFile]) -> Sheet:
    """A row a file."""
    rows: list[tuple[str | int, ...]] = [
        (f.file, f.date, f.unit, f.state, f.reason, f.faults, f.draft) for f in files
    ]
    widths = (320, 170, 200, 120, 360, 90, 220)
    spots = [Spot(0, n, head, HEAD) for n, head in enumerate(FILE_HEADS)]
    spots += [Spot(at, n, v, BODY) for at, row in enumerate(rows, 1) for n, v in enumerate(row)]
    area = Area(0, 0, max(len(rows), 1), len(FILE_HEADS) - 1)
    return Sheet(FILES, tuple(spots), widths, freeze=(1, 0), pages=0, is_wide=True, filtered=area)


def high(row: Iterable[str | int]) -> float:
    """The height of a row that shows all its lines, in points."""
    room = [width // 7 for width in WIDTHS]
    lines = (
        sum(max(1, -(-wide(line) // most)) for line in str(value).split("\n"))
        for value, most in zip(row, room, strict=False)
    )
    return min(400.0, LINE * max(lines, default=1) + 4)
