"""Find a report in what a reader extracts from a file: lines and plain grids.

Tables are known by their labels, wherever they stand: rows and columns are
looked for in the order of the form. Sections and parts are known by their
headings; where a file has all heading levels of the form, by these alone.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from difflib import SequenceMatcher
from functools import lru_cache
from typing import NamedTuple

from govdisclose.finding import Finding, Severity, Unusable
from govdisclose.form import Address, Form, Item, Section, Table, leaves
from govdisclose.grid import heads_of
from govdisclose.notices import NEWEST, form_for
from govdisclose.report import (
    Bureau,
    Figure,
    Part,
    Prose,
    Reading,
    Report,
    figure,
    preamble,
    without_braces,
)

TextGrid = list[list[str]]
"""A table as text: a merged cell's text stands at each place it covers."""


class Line(NamedTuple):
    """A paragraph; ``level`` is 0 for a title, 1 and 2 for headings, else None."""

    text: str
    level: int | None = None


Block = Line | TextGrid

NOT_A_REPORT = "文件里没有认出年度报告的标题和表格，请确认选对了文件"

NUMERAL = "[一二三四五六七八九十百千零]"
NUMBERED = re.compile(rf"[(]?(?:{NUMERAL}+|\d+)[)、.,:]+")
PART_NUMBER = re.compile(rf"\s*[（(]{NUMERAL}+[）)]\s*")
PART_HEAD = re.compile(r"([^。：:；;！？]{0,40})(?:[。：:]\s*(.*)|$)", re.DOTALL)
TITLE = re.compile(
    r"(?:(?P<early>\d{4})年度?)?(?P<bureau>.*?)(?:(?P<year>\d{4})年度?)?政府信息公开.{0,8}报告"
)
CONTACTS = {
    "address": re.compile(r"地址[：:]([^，,；;。）)]+)"),
    "telephone": re.compile(r"电话[：:]([^，,；;。）)]+)"),
    "postcode": re.compile(r"(?:邮编|邮政编码)[：:]([^，,；;。）)]+)"),
    "email": re.compile(r"(?:邮箱|电子邮件)[：:]([^，,；;。）)]+)"),
    "website": re.compile(r"本报告[^，。]{0,20}?[在登录]+([^，。]{2,60}?)(?:查阅|下载|查看)"),
}

SIMPLIFIED = str.maketrans(
    "規現處決許罰強業費單萬關請結轉辦開國屬違法內務過執檔查詢機關沒製補後訴類報舉復獨無數"
    "認確獲當繳訟審維糾正總計體導問題進項動據對於與為條廢發頒複議續經農戶會組織團體護",
    "规现处决许罚强业费单万关请结转办开国属违法内务过执档查询机关没制补后诉类报举复独无数"
    "认确获当缴讼审维纠正总计体导问题进项动据对于与为条废发颁复议续经农户会组织团体护",
)


@lru_cache(maxsize=4096)
def normal(text: str) -> str:
    """A label without number, spaces and punctuation, in simplified characters."""
    plain = "".join(unicodedata.normalize("NFKC", text).split())
    return "".join(filter(str.isalnum, NUMBERED.sub("", plain, count=1))).translate(SIMPLIFIED)


@lru_cache(maxsize=1 << 16)
def alike(label: str, other: str) -> bool:
    """Whether two normal labels name the same: equal, or one ends the other."""
    short, long = sorted((label, other), key=len)
    return short == long or (len(short) >= 4 and long.endswith(short))


def paragraphs(text: str) -> list[str]:
    """The paragraphs of a text: its lines without edges, empty ones left out."""
    return [line for line in map(str.strip, text.splitlines()) if line]


def carries(labels: set[str], item: Item) -> bool:
    """Whether one of some normal labels is that of a heading, long or short."""
    names = {normal(item.label), normal(item.brief)}
    return any(alike(name, label) for label in labels for name in names)


def in_order(items: Iterable[Item], cells: Iterable[Iterable[str]]) -> Iterator[tuple[int, int]]:
    """The number of each heading with the first line after the last that carries it."""
    lines = [set(filter(None, line)) for line in cells]
    start = 0
    for number, item in enumerate(items):
        found = next((at for at in range(start, len(lines)) if carries(lines[at], item)), None)
        if found is not None:
            yield number, found
            start = found + 1


def rows_of(table: Table, labels: TextGrid) -> dict[int, int]:
    """The printed lines of a table, by number, with their rows in a grid."""
    if not table.across:
        return dict(in_order((line.row for line in table.lines), labels))
    heads = leaves(heads_of(table))
    below = [at for at, row in enumerate(labels) if any(carries(set(row), head) for head in heads)]
    return {0: below[-1] + 1} if below and below[-1] + 1 < len(labels) else {}


def located(table: Table, labels: TextGrid) -> Iterator[tuple[Address, int, int]]:
    """Each figure of a table with its row and column in a grid, as far as found."""
    rows = rows_of(table, labels)
    if not rows:
        return
    heads = labels[: min(rows.values())]
    above = [[row[at] for row in heads if at < len(row)] for at in range(max(map(len, labels)))]
    columns = list(in_order(leaves(heads_of(table)), above))
    lines = [line.cells for line in table.lines]
    cells = [[cell for line in lines for cell in line]] if table.across else lines
    for number, row in rows.items():
        for place, column in columns:
            if column < len(labels[row]):
                yield cells[number][place], row, column


def labels_of(grid: TextGrid) -> TextGrid:
    """A grid of normal labels, empty where figures stand."""
    return [["" if text.strip().isdecimal() else normal(text) for text in row] for row in grid]


def best(table: Table, grids: Sequence[tuple[TextGrid, TextGrid]]) -> Iterator[tuple[Address, str]]:
    """The figures of a table as text, from the grid that holds most of them."""
    found = [(list(located(table, labels)), grid) for grid, labels in grids]
    places, grid = max(found, key=lambda pair: len(pair[0]), default=([], []))
    if 2 * len(places) >= sum(len(line.cells) for line in table.lines):
        yield from ((address, grid[row][column].strip()) for address, row, column in places)


def read_figures(
    form: Form, grids: Sequence[TextGrid]
) -> tuple[dict[Address, Figure], list[Finding]]:
    """The figures in some grids, and a finding for each that cannot be read."""
    figures: dict[Address, Figure] = {}
    findings: list[Finding] = []
    labelled = [(grid, labels_of(grid)) for grid in grids]
    for table in form.tables.values():
        for address, text in best(table, labelled):
            try:
                if text:
                    figures[address] = figure(text, table.kind)
            except ValueError as why:
                where = f"{form.row_name(address)}｜{form.column_name(address)}"
                findings.append(Finding("D003", Severity.ERROR, str(address), f"{where}：{why}"))
    return figures, findings


def is_section(line: Line, section: Section) -> bool:
    """Whether a line reads like the heading of a section, its number included."""
    number, _, label = section.label.partition("、")
    text = "".join(line.text.split())
    if not text or len(text) > len(label) + 12 or PART_NUMBER.match(text):
        return False
    if normal(text) == normal(label):
        return True
    same_number = text.startswith((f"{number}、", f"{number}.", f"{number}．"))
    return same_number and SequenceMatcher(None, normal(text), normal(label)).ratio() > 0.6


def is_styled(lines: Iterable[Line], form: Form) -> bool:
    """Whether the first-level headings are just the sections of the form."""
    return [line.text for line in lines if line.level == 1] == [s.label for s in form.sections]


def chapters(lines: Sequence[Line], form: Form, styled: bool) -> dict[str, list[Line]]:
    """The lines of each section by its key, those before the first under ""."""
    found: dict[str, list[Line]] = {"": []}
    key, rest = "", list(form.sections)
    for line in lines:
        opened = next(
            (s for s in rest if (line == (s.label, 1) if styled else is_section(line, s))), None
        )
        if opened:
            key, rest = opened.key, rest[rest.index(opened) + 1 :]
            found[key] = []
        else:
            found[key].append(line)
    return found


def part_head(line: Line, section: Section, styled: bool) -> tuple[str, str] | None:
    """Heading of a part and what follows it in the same line, None for plain text."""
    number = PART_NUMBER.match(line.text)
    if styled:
        plain = line.text[number.end() if number else 0 :]
        return (plain, "") if line.level == 2 else None
    if number:
        head = PART_HEAD.fullmatch(line.text, number.end())
        return (head[1].strip(), head[2] or "") if head else None
    if any(normal(line.text) == normal(part) for part in section.parts):
        return line.text.strip(), ""
    return None


def read_prose(lines: Iterable[Line], section: Section, styled: bool) -> Prose:
    """A section in sentences: a lead, then parts."""
    lead: list[str] = []
    parts: list[tuple[str, list[str]]] = []
    for line in lines:
        head = part_head(line, section, styled)
        if head:
            parts.append((head[0], paragraphs(head[1])))
        else:
            (parts[-1][1] if parts else lead).extend(paragraphs(line.text))
    return Prose(
        without_braces("\n".join(lead)),
        tuple(Part(without_braces(head), without_braces("\n".join(text))) for head, text in parts),
    )


def read_front(lines: Sequence[Line]) -> tuple[str, int | None, list[str]]:
    """The bureau and the year of the title, and the paragraphs below it."""
    titles = sum(line.level == 0 for line in lines)
    for count in [titles] if titles else range(1, min(len(lines), 6) + 1):
        match = TITLE.match("".join("".join(line.text for line in lines[:count]).split()))
        if match:
            year = match["year"] or match["early"]
            below = [text for line in lines[count:] for text in paragraphs(line.text)]
            return match["bureau"], int(year) if year else None, below
    return "", None, [text for line in lines for text in paragraphs(line.text)]


def with_preamble(report: Report, text: str) -> Report:
    """The report with its particulars, and the preamble where they do not make it."""
    found = {key: pattern.search(text) for key, pattern in CONTACTS.items()}
    given = {key: match[1].strip() for key, match in found.items() if match}
    name = report.bureau.name
    kind = "government" if name.endswith("政府") else "department"
    made = replace(report, bureau=Bureau(name, kind, **given))
    return made if preamble(made) == text else replace(made, preamble=without_braces(text))


def read(blocks: Iterable[Block]) -> Reading:
    """The report found in a file; one in which nothing is found is unusable."""
    lines: list[Line] = []
    grids: list[TextGrid] = []
    for block in blocks:
        if isinstance(block, Line):
            lines.append(block)
        else:
            grids.append(block)
    styled = is_styled(lines, NEWEST)
    front = chapters(lines, NEWEST, styled)[""]
    name, year, below = read_front(front)
    form = form_for(year or 0) or NEWEST
    texts = chapters(lines, form, styled)
    figures, findings = read_figures(form, grids)
    if len(texts) == 1 and not figures:
        raise Unusable(NOT_A_REPORT)
    prose = {
        key: read_prose(texts.get(key, ()), section, styled) for key, section in form.prose.items()
    }
    report = Report(form, year, Bureau(name), "", prose, figures)
    return Reading(with_preamble(report, "\n".join(below)), findings, {})
