"""Rosters: the units that owe a report, as offices keep them.

One name a line, or a table with a column of names, wherever it stands, and
beside it short and former names, contacts and telephones by their headings;
titles, numbers, sums and signatures around them are no units, and are told.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from govdisclose.files import disk
from govdisclose.formats.draft.toml import decoded
from govdisclose.model.finding import Severity, Unusable
from govdisclose.model.roster import RosterUnit
from govdisclose.model.text import plain

if TYPE_CHECKING:
    from govdisclose.formats.document import TextTable

WORKBOOKS = (".xlsx", ".xls", ".ods", ".et")
KINDS = "不像一份名册：名册可以是 .txt（一行一个单位）、.csv、.xlsx、.xls、.et、.ods 或者 .docx"
EMPTY = "名册里没有单位名称；每行写一个，或者写成一列，表头为“单位名称”"
MOST_TOLD = 10
DEEPEST = 15
LONGEST = 50

_TASK = "责任|报送|填报|上报|应报|报告|承办|主办|公开|编制|考核|被考核"
_RANK = "各|全部|所属|直属|下属|成员|行政|[省市县区]直|[省市县区]级|[省市县区]"
_UNIT = "单位|机关|机构"
_KIND = "部门|委办局|乡镇|镇街|乡|镇|(?:乡镇|镇)(?:人民)?政府|街道(?:办事处)?"
_ONE = f"(?:{_UNIT}|{_KIND})"
_HEAD = re.compile(
    rf"(?P<task>{_TASK})?(?:{_RANK})?(?P<what>{_ONE}(?:[、/和及与]?(?:{_ONE}|园区|开发区))*)"
    r"(?P<name>名称|全称|名)?"
)
_BRACKETS = re.compile(r"\([^()]*\)")
_DIGITS = r"[\d一二三四五六七八九十百]+"
_NUMBER = re.compile(
    r"(?:[（(]\s*(?:\d{1,4}|[一二三四五六七八九十百]{1,5})\s*[）)][、.．]?"
    r"|(?:\d{1,4}|[一二三四五六七八九十百]{1,5})\s*[、.．)）]"
    r"|\d{1,4}\s+|[\u2460-\u249b]|[-—–•·●▪◆■□*])\s*"
)
_ODD = re.compile(
    rf"[合总小共]\s*计.*|(?:以上)?共\s*{_DIGITS}\s*[家个所].*|{_DIGITS}\s*[家个](?:单位|部门)?"
    r"|.*(?:名册|名单|一览表|清单|登记表|汇总表|统计表|通讯录|说明)|附[件表]\s*\d*|序号|编号|备注|注"
    r"|(?:填表|填报|制表|报送|审核|负责|联系|经办|统计)人.*|\d{4}\s*年.*|第.{1,4}页.*|[以如][上下].*"
)
_NEVER = re.compile("[：:。！!？?；;]")
_LETTERS = re.compile(r"[^\W\d_]")
_BESIDE = {
    "short": re.compile(r"(?:单位|机关|部门|规范化?)?简称"),
    "former": re.compile(r"(?:单位)?(?:曾用名称?|原(?:单位)?名称?|旧名称?|更名前.*|原用名)"),
    "contact": re.compile(
        r"(?:业务|日常|公开)?(?:联系|经办|联络|填报|具体负责)(?:人员?|员)(?:姓名)?"
    ),
    "telephone": re.compile(r"(?:联系|办公|固定|经办人|联系人)?(?:电话|手机)(?:号码?)?|联系方式"),
}
_SEVERAL = re.compile(r"[、，,；;/\s]+")


class RosterReading(NamedTuple):
    """The units, each once; how many each sheet or table gave; what else stood among them."""

    units: tuple[RosterUnit, ...]
    pages: tuple[tuple[str, int], ...] = ()
    odd: tuple[str, ...] = ()
    twice: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """The full names."""
        return tuple(unit.name for unit in self.units)


class RosterPage(NamedTuple):
    """A sheet, a table or a list of lines."""

    name: str
    rows: list[list[str]]


class Heading(NamedTuple):
    """Where the columns of names are headed, and how clearly: from 1 to 5."""

    row: int
    columns: tuple[int, ...]
    rank: int


def read(path: Path) -> RosterReading:
    """The roster in a file; Unusable where no unit is named."""
    columns = [(page.name, listed(page)) for page in chosen(pages_of(path))]
    every = [each for _, units in columns for each in units]
    units: dict[str, RosterUnit] = {}
    for each in every:
        if is_unit(each.name):
            units.setdefault(plain(each.name), each)
    if not units:
        raise Unusable(f"{path}：{EMPTY}")
    counts = Counter(plain(each.name) for each in every)
    return RosterReading(
        tuple(units.values()),
        tuple((name, len(units_in(each.name for each in found))) for name, found in columns),
        tuple(dict.fromkeys(each.name for each in every if not is_unit(each.name))),
        tuple(each.name for unit, each in units.items() if counts[unit] > 1),
    )


def told(path: Path, roster: RosterReading) -> Iterator[str]:
    """What has been read from a roster, in a line or three."""
    pages = "、".join(f"{name} {count} 个" for name, count in roster.pages)
    where = f"（{pages}）" if len(roster.pages) > 1 else ""
    yield f"名册 {path}：{len(roster.units)} 个单位{where}"
    if roster.odd:
        yield f"  不像单位名称，没有算：{some(roster.odd)}"
    if roster.twice:
        yield f"  写了不止一次，只算一个：{some(roster.twice)}"


def some(texts: tuple[str, ...]) -> str:
    """The first of some texts, and how many there are if they are too many."""
    more = f"等 {len(texts)} 处" if len(texts) > MOST_TOLD else ""
    return "、".join(text[:30] for text in texts[:MOST_TOLD]) + more


# Files


def pages_of(path: Path) -> list[RosterPage]:
    """What a file holds as rows of cells."""
    data, suffix = disk.content(path), path.suffix.lower()
    try:
        if suffix in WORKBOOKS:
            from govdisclose.formats.excel import reading

            return [RosterPage(sheet.name, sheet.rows) for sheet in reading.read(data)]
        if suffix == ".docx":
            return list(pages_in(data))
        return [RosterPage("", list(rows_of(text_of(data), suffix)))]
    except Unusable as error:
        raise Unusable(f"{path}：{error}") from None


def pages_in(data: bytes) -> Iterator[RosterPage]:
    """The tables of a Word document, then its paragraphs."""
    from govdisclose.formats.document import Paragraph, TextTable
    from govdisclose.formats.word import reader

    found = reader.read(data)
    tables = [block for block in found if isinstance(block, TextTable)]
    for number, table in enumerate(tables, start=1):
        yield RosterPage(f"第 {number} 个表", list(unmerged(table)))
    lines = [block.text for block in found if isinstance(block, Paragraph)]
    yield RosterPage("正文", [[text] for line in lines for text in line.splitlines()])


def unmerged(table: TextTable) -> Iterator[list[str]]:
    """The rows of a table in which a cell over several rows says its text once."""
    for at, row in enumerate(table.matrix):
        yield [box.text if box and box.row == at else "" for box in row]


def text_of(data: bytes) -> str:
    """A file as text, whatever it may be called."""
    try:
        text, findings = decoded(data)
    except Unusable:
        raise Unusable(KINDS) from None
    if data.startswith(b"%PDF") or any(each.severity is Severity.ERROR for each in findings):
        raise Unusable(KINDS)
    return text


def rows_of(text: str, suffix: str) -> Iterator[list[str]]:
    """The rows of a .csv, or the lines of a text without what follows #."""
    if suffix == ".csv":
        try:
            yield from csv.reader(StringIO(text))
        except csv.Error:
            raise Unusable(KINDS) from None
        return
    for line in text.splitlines():
        yield line.partition("#")[0].split("\t")


# Columns


def chosen(pages: Iterable[RosterPage]) -> list[RosterPage]:
    """The pages that have names under a heading, else the one with most names."""
    pages = [page for page in pages if any(map(is_unit, column(page)))]
    headed = [page for page in pages if heading(page.rows)]
    return headed or sorted(pages, key=lambda page: -len(units_in(column(page))))[:1]


def column(page: RosterPage) -> list[str]:
    """The names below the heading and what stands among them, else the fullest column."""
    return [each.name for each in listed(page)]


def listed(page: RosterPage) -> list[RosterUnit]:
    """The units below the heading, with what is headed beside them; a sum may be among them."""
    head = heading(page.rows)
    if head:
        below = page.rows[head.row + 1 :]
        beside = columns_beside(page.rows[head.row], head.columns)
        return [unit for at in head.columns for unit in units_below(below, at, beside[at])]
    columns = [cells(page.rows, at) for at in range(max(map(len, page.rows), default=0))]
    fullest = max(columns, key=lambda names: len(units_in(names)), default=[])
    return [RosterUnit(name) for name in fullest]


Beside = dict[str, tuple[int, ...]]
"""The columns that say more of a unit, by what they say."""


def columns_beside(row: list[str], names: tuple[int, ...]) -> dict[int, Beside]:
    """For each column of names those that belong to it; of several the first to the first."""
    found = {
        key: [at for at, cell in enumerate(row) if pattern.fullmatch(bare(cell))]
        for key, pattern in _BESIDE.items()
    }
    if len(names) == 1:
        spare = [at for at, cell in enumerate(row) if at not in names and rank_of(cell) == 4]
        found["short"] += spare  # 单位名称 beside 单位全称
        return {names[0]: {key: tuple(columns) for key, columns in found.items()}}
    return {
        at: {key: (cols[n],) for key, cols in found.items() if len(cols) == len(names)}
        for n, at in enumerate(names)
    }


def units_below(rows: list[list[str]], at: int, beside: Beside) -> list[RosterUnit]:
    """The units in a column, each with what its row, and rows without a name below, say beside."""
    units: list[RosterUnit] = []
    for row in rows:
        more = {
            key: tuple(text for n in columns if n < len(row) and (text := one_line(row[n])))
            for key, columns in beside.items()
        }
        name = clean(row[at]) if at < len(row) else ""
        if name:
            units.append(RosterUnit(name))
        if units:
            units[-1] = with_more(units[-1], more)
    return units


def with_more(unit: RosterUnit, more: Mapping[str, tuple[str, ...]]) -> RosterUnit:
    """A unit with what one more row says of it."""
    return unit._replace(
        short=(*unit.short, *names_beside(unit.name, more.get("short", ()))),
        former=(*unit.former, *names_beside(unit.name, more.get("former", ()))),
        contact="、".join(filter(None, (unit.contact, *more.get("contact", ())))),
        telephone="、".join(filter(None, (unit.telephone, *more.get("telephone", ())))),
    )


def names_beside(name: str, texts: Iterable[str]) -> tuple[str, ...]:
    """The other names that some cells give, several in one cell set apart."""
    found = (each for text in texts for each in _SEVERAL.split(text))
    return tuple(dict.fromkeys(each for each in found if len(each) > 1 and each != name))


def one_line(cell: str) -> str:
    """A cell on one line; a sign for nothing is nothing."""
    text = " ".join(cell.split())
    return "" if text in ("/", "-", "—", "无", "——") else text


def cells(rows: list[list[str]], at: int) -> list[str]:
    """What a column says, without numbers and blanks."""
    return list(filter(None, (clean(row[at]) for row in rows if at < len(row))))


def units_in(listed: Iterable[str]) -> set[str]:
    """The units that some cells name."""
    return {plain(cell) for cell in listed if is_unit(cell)}


def heading(rows: list[list[str]]) -> Heading | None:
    """The clearest heading over names; a list's lines may look like one and be none."""
    found = [
        head
        for number, row in enumerate(rows[:DEEPEST])
        if (head := headed(number, row)) and not is_astray(rows, head)
    ]
    beside = {head: sum(map(bool, map(str.strip, rows[head.row]))) > 1 for head in found}
    return max(found, key=lambda head: (head.rank, beside[head], -head.row), default=None)


def headed(number: int, row: list[str]) -> Heading | None:
    """What a row heads: the columns under its clearest words for a unit."""
    ranks = [rank_of(cell) for cell in row]
    best = max(ranks, default=0)
    columns = [at for at, rank in enumerate(ranks) if rank == best]
    if best in (1, 3, 4, 5):  # beside a unit, its department in charge may stand
        columns = [at for at in columns if bare(row[at]) == bare(row[columns[0]])]
    return Heading(number, tuple(columns), best) if best else None


def is_astray(rows: list[list[str]], head: Heading) -> bool:
    """Whether it stands among the lines of a list: 乡镇, over its second half."""
    alone = sum(map(bool, map(str.strip, rows[head.row]))) == 1
    above = (clean(row[at]) for row in rows[: head.row] for at in head.columns if at < len(row))
    return alone and head.rank < 3 and any(map(is_unit, above))


def rank_of(cell: str) -> int:
    """How clearly a cell heads names.

    5 单位全称, 4 单位名称, 3 单位, 2 部门, 1 责任部门, 0 not at all.
    """
    text = bare(cell)
    if text == "全称":
        return 5
    match = _HEAD.fullmatch(text)
    if not match:
        return int(text == "名称")
    if not re.search(_UNIT, match["what"]):
        return 1 if match["task"] else 2
    if match["name"] == "全称" and not match["task"]:
        return 5
    return 4 if match["name"] and not match["task"] else 3


def bare(cell: str) -> str:
    """A cell without blanks and what stands in brackets."""
    return _BRACKETS.sub("", plain(cell))


# Cells


def clean(cell: str) -> str:
    """A name without the number before it, and the sign after it."""
    text = re.sub(r"(?<=[^\x00-\x7f])\s+(?=[^\x00-\x7f])", "", cell.strip())
    number = _NUMBER.match(text)
    return text[number.end() if number else 0 :].rstrip("，,、；;。 ")


def is_unit(text: str) -> bool:
    """Whether some words can be the name of a unit."""
    return (
        len(text) <= LONGEST
        and len(_LETTERS.findall(text)) > 1
        and not _NEVER.search(text)
        and not _ODD.fullmatch(unicodedata.normalize("NFKC", text))
        and not rank_of(text)
    )
