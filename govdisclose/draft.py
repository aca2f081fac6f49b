"""A report as a TOML file that an officer can read and correct in Notepad."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import fields
from functools import cached_property

from govdisclose.finding import Finding, Place, Unusable
from govdisclose.form import Address, Form, Kind, Line, Table, leaves
from govdisclose.notices import FORMS, NEWEST, form_for
from govdisclose.places import Lines, Path, scan
from govdisclose.report import (
    KINDS,
    Acknowledged,
    Bureau,
    Figure,
    Limits,
    Part,
    Prose,
    Reading,
    Report,
    is_unprintable,
    shown,
    stray_braces,
    title,
)
from govdisclose.rules import unreadable
from govdisclose.terminal import wide as wide
from govdisclose.toml import Value, decoded, parsed
from govdisclose.values import (
    UNANSWERED,
    Given,
    group,
    groups,
    known,
    nearest,
    read_figure,
    words,
)

LAST_YEAR = "last_year"
OUTER = ("form", "year", "bureau", "preamble", "acknowledged", LAST_YEAR, "limits")


def loads(data: bytes) -> Reading:
    """The report in a draft file, and everything that is wrong with the file.

    Unusable where the file is no text at all; whatever the text says is found.
    """
    text, findings = decoded(data)
    values, text, slips, torn = parsed(text)
    found: list[Finding] = []
    report = read(values, found)
    places = Places(text, report.form)
    found += braces(report, places)
    return Reading(report, findings + slips + ([] if torn else found), places)


def is_foreign(data: bytes) -> bool:
    """Whether a file is empty, or sound TOML in which nothing is a draft's.

    The limits that an office sets for all stand in a file of their own.
    """
    own = {*OUTER, *(key for form in FORMS.values() for key in (*form.prose, *form.tables))}
    try:
        text, _ = decoded(data)
        return own.isdisjoint(tomllib.loads(text).keys() - {"limits"})
    except (Unusable, ValueError, RecursionError):
        return False


def read(values: Given, found: list[Finding]) -> Report:
    """The report that the values of a file make; complaints go to ``found``."""
    year = read_year(values, found)
    form = read_form(values, year, found)
    tables = form.tables
    known(values, [*OUTER, *form.prose, *tables], "", found)
    figures: dict[Address, Figure] = {}
    for table in tables.values():
        figures.update(read_table(table, group(values, table.key, "", found), "", found))
    preamble = group(values, "preamble", "", found)
    known(preamble, ["text"], "preamble", found)
    return Report(
        form=form,
        year=year if year is None or year in form.years else None,
        bureau=read_bureau(group(values, "bureau", "", found), found),
        preamble=words(preamble, "text", "preamble", found),
        prose={key: read_prose(group(values, key, "", found), key, found) for key in form.prose},
        figures=figures,
        acknowledged=tuple(read_acknowledged(values, found)),
        last_year=dict(read_last_year(values, form, found)),
        limits=read_limits(group(values, "limits", "", found), found),
    )


def read_year(values: Given, found: list[Finding]) -> int | None:
    """The year of the report, None where it is not answered."""
    given = values.get("year")
    if given is None:
        found.append(unreadable("D005", "year", "缺少年份：在开头写 year = 报告的年份"))
    elif given != UNANSWERED:
        try:
            return int(read_figure(given, Kind.COUNT, "year", found) or 0)
        except ValueError as error:
            found.append(unreadable("D003", "year", f"年份：{error}"))
    return None


def read_form(values: Given, year: int | None, found: list[Finding]) -> Form:
    """The form that a file names, else the one for its year, else the newest."""
    default = form_for(year or 0) or NEWEST
    key = values.get("form", default.key)
    form = FORMS.get(key) if isinstance(key, str) else None
    if form is None:
        known_keys = "、".join(f'"{key}"' for key in FORMS)
        found.append(
            unreadable("D005", "form", f"没有格式“{str(key)[:40]}”：可用的是 {known_keys}")
        )
    form = form or default
    if year is not None and year not in form.years:
        message = f"{year} 年不用这个格式：{form.notice}从 {form.years.start} 年度的报告起用"
        found.append(unreadable("D005", "year", message))
    return form


def read_bureau(given: Given, found: list[Finding]) -> Bureau:
    """The particulars of the organ."""
    names = [field.name for field in fields(Bureau)]
    known(given, names, "bureau", found)
    particulars = {name: words(given, name, "bureau", found) for name in names if name in given}
    for name, value in particulars.items():
        if "\n" in value or "\t" in value:
            message = f"{name}：这里只能是一行文字，不能有换行和制表符"
            found.append(unreadable("D006", f"bureau.{name}", message))
    kind = particulars.get("kind", Bureau.kind)
    if kind not in KINDS:
        choices = "，".join(f"{key}（{label}）" for key, label in KINDS.items())
        found.append(unreadable("D003", "bureau.kind", f"单位类别“{kind}”不认识：可填 {choices}"))
        particulars.pop("kind")
    return Bureau(**particulars)


def read_prose(given: Given, key: str, found: list[Finding]) -> Prose:
    """A section in sentences."""
    known(given, ["lead", "parts"], key, found)
    parts = []
    for number, part in enumerate(groups(given, "parts", key, found), start=1):
        path = f"{key}.parts.{number}"
        known(part, Part._fields, path, found)
        parts.append(Part(*(words(part, name, path, found) for name in Part._fields)))
    return Prose(words(given, "lead", key, found), tuple(parts))


def read_last_year(
    values: Given, form: Form, found: list[Finding]
) -> Iterator[tuple[Address, Figure]]:
    """Those figures of the year before that the draft records."""
    given = group(values, LAST_YEAR, "", found)
    known(given, form.tables, LAST_YEAR, found)
    for table in form.tables.values():
        rows = group(given, table.key, LAST_YEAR, found)
        yield from read_table(table, rows, f"{LAST_YEAR}.", found)


def read_limits(given: Given, found: list[Finding]) -> Limits:
    """What the office asks for, in whole numbers."""
    names = [field.name for field in fields(Limits)]
    known(given, names, "limits", found)
    limits: dict[str, int] = {}
    for name in names:
        value = given.get(name, 0)
        if isinstance(value, int) and not isinstance(value, bool) and value >= 0:
            limits |= {name: value} if name in given else {}
        else:
            message = f"{name}：这里要一个不小于 0 的整数"
            found.append(unreadable("D003", f"limits.{name}", message))
    return Limits(**limits)


def read_table(
    table: Table, given: Given, before: str, found: list[Finding]
) -> Iterator[tuple[Address, Figure]]:
    """The answered figures of a table; ``before`` is written before its paths."""
    known(given, [line.row.key for line in table.lines], f"{before}{table.key}", found)
    for line in table.lines:
        if line.row.key in given:
            yield from read_line(table, line, given[line.row.key], before, found)


def read_line(
    table: Table, line: Line, given: Value, before: str, found: list[Finding]
) -> Iterator[tuple[Address, Figure]]:
    """The answered figures of a row, whether or not it gives its totals."""
    values = given if isinstance(given, list) else [given]
    cells = table.stated(line) if len(values) < len(line.cells) else line.cells
    if given == UNANSWERED:
        return
    if len(values) != len(cells):
        message = f"{line.name}：要 {len(line.cells)} 个数（总计可以不写），写了 {len(values)} 个"
        found.append(unreadable("D004", f"{before}{table.key}.{line.row.key}", message))
        return
    for address, value in zip(cells, values, strict=True):
        at = f"{before}{address}"
        try:
            read_as = read_figure(value, table.kind, at, found)
        except ValueError as error:
            found.append(unreadable("D003", at, f"{line.name}：{error}"))
        else:
            if read_as is not None:
                yield address, read_as


def read_acknowledged(values: Given, found: list[Finding]) -> Iterator[Acknowledged]:
    """The warnings that have been looked at."""
    for number, given in enumerate(groups(values, "acknowledged", "", found), start=1):
        path = f"acknowledged.{number}"
        known(given, Acknowledged._fields, path, found)
        figures = group(given, "figures", path, found)
        texts = tuple((name, words(figures, name, f"{path}.figures", found)) for name in figures)
        rule, at, reason = (words(given, key, path, found) for key in ("rule", "at", "reason"))
        yield Acknowledged(rule, at, reason, texts)


def braces(report: Report, places: Places) -> Iterator[Finding]:
    """A complaint for each brace in a text that names no figure."""
    for path, text in report.texts():
        for _, wording in stray_braces(text, report.form):
            message = f"{wording} 不是表中一格的地址{nearest_address(wording, report.form)}"
            finding = unreadable("D007", path, message)
            yield finding._replace(place=places.within(path, wording))


def nearest_address(wording: str, form: Form) -> str:
    """The address that looks most like a wrong one, as the end of a sentence."""
    if len(wording) < 4:
        return "；要印出花括号本身，写两个"
    return nearest(wording.strip("{}"), list(form.by_name))


class Places(Mapping[str, Place]):
    """Where each figure and text stands in a file, worked out when first asked."""

    def __init__(self, text: str, form: Form) -> None:
        self.text = text
        self.form = form

    @cached_property
    def found(self) -> dict[str, Place]:
        """Every place by dotted path; parts and columns are named as in a report."""
        return {self.name(path): self.lines.place(offset) for path, offset in scan(self.text)}

    def name(self, path: Path) -> str:
        """A path of the file as a report names it."""
        before, inner = (f"{LAST_YEAR}.", path[1:]) if path[0] == LAST_YEAR else ("", path)
        if len(inner) == 3 and isinstance(inner[2], int):
            line = self.form.lines.get((str(inner[0]), str(inner[1])))
            if line and inner[2] < len(line.cells):
                return f"{before}{line.cells[inner[2]]}"
        return ".".join(str(key + 1) if isinstance(key, int) else key for key in path)

    @cached_property
    def lines(self) -> Lines:
        """The lines of the file."""
        return Lines(self.text)

    def within(self, path: str, wording: str) -> Place | None:
        """Where some words stand in a text, else where the text begins."""
        start = self.get(path)
        if start is None:
            return None
        offset = self.lines.starts[start.line - 1] + start.column - 1
        found = self.text.find(wording, offset)
        return start if found < 0 else self.lines.place(found)

    def __getitem__(self, path: str) -> Place:
        table, _, rest = path.partition(".")
        row, _, column = rest.partition(".")
        line = self.form.lines.get((table, row))
        if column and path not in self.found and line:
            return self.found[f"{table}.{row}"]
        return self.found[path]

    def __iter__(self) -> Iterator[str]:
        return iter(self.found)

    def __len__(self) -> int:
        return len(self.found)


def place_of(finding: Finding, reading: Reading) -> Place | None:
    """Where a finding stands in its file: in a text, where the words it quotes do."""
    if finding.place or not isinstance(reading.places, Places):
        return finding.place or reading.places.get(finding.at)
    quoted = finding.message.partition("\n")[0].partition("“")[2].partition("”")[0]
    return reading.places.within(finding.at, quoted.strip("…"))


def dumps(report: Report) -> str:
    """The draft of a report, aligned and explained; every sum is written."""
    return "\n\n".join("\n".join(block) for block in blocks(report)) + "\n"


def blocks(report: Report) -> Iterator[list[str]]:
    """The draft in blocks of lines, in the order of the form."""
    form = report.form
    yield [
        f"# {plain(''.join(title(report)))}（草稿）",
        f'# "{UNANSWERED}" 表示尚未填报。“#”后的说明由程序写出，每次保存都会重写。',
    ]
    year = quoted(UNANSWERED) if report.year is None else report.year
    yield [f"form = {quoted(form.key)}    # {form.notice}", f"year = {year}"]
    yield ["[bureau]", *bureau_lines(report.bureau)]
    if report.preamble:
        yield ["# 自拟的开头一段", "[preamble]", f"text = {block(report.preamble)}"]
    for section in form.sections:
        heading = f"# {section.label}"
        for made in (
            prose_blocks(section.key, report)
            if section.is_prose
            else table_blocks(section.tables, report)
        ):
            yield [heading, *made] if heading else made
            heading = ""
    yield from last_year_blocks(report)
    if report.limits != Limits():
        yield ["# 本办公室的要求（核对用，不打印）", "[limits]", *limit_lines(report.limits)]
    for item in report.acknowledged:
        yield acknowledged_lines(item)


def bureau_lines(bureau: Bureau) -> Iterator[str]:
    """The particulars, a line each."""
    kinds = " / ".join(f"{key} {label}" for key, label in KINDS.items())
    for field in fields(bureau):
        note = f"    # {kinds}" if field.name == "kind" else ""
        yield f"{field.name} = {quoted(getattr(bureau, field.name))}{note}"


def prose_blocks(key: str, report: Report) -> Iterator[list[str]]:
    """A section in sentences: its lead, then a block a part."""
    prose = report.prose[key]
    lead = [f"lead = {block(prose.lead)}"] if prose.lead or not prose.parts else []
    yield [f"[{key}]", *lead]
    for part in prose.parts:
        yield [
            f"[[{key}.parts]]",
            f"heading = {quoted(part.heading)}",
            f"text = {block(part.text)}",
        ]


def table_blocks(tables: Iterable[Table], report: Report) -> Iterator[list[str]]:
    """The tables of a section, a block each."""
    for table in tables:
        columns = leaves(table.columns)
        words = [table.band] if table.band else []
        words += [columns[0].text] if len(columns) == 1 else []
        header = f"[{table.key}]" + (f"    # {'：'.join(words)}" if words else "")
        yield [header, *figure_lines(table, table.lines, report.figures)]


def figure_lines(
    table: Table, lines: Sequence[Line], figures: Mapping[Address, Figure]
) -> Iterator[str]:
    """Rows of a table, their columns aligned under their headings."""
    rows = [[written(figures.get(cell)) for cell in line.cells] for line in lines]
    heads = [column.brief for column in leaves(table.columns)]
    many = len(heads) > 1
    widths = [
        max(wide(head) if many else 0, *(len(row[at]) + many for row in rows))
        for at, head in enumerate(heads)
    ]
    stem = max(len(line.row.key) for line in lines)
    if many:
        aligned = (" " * (w - wide(h)) + h for h, w in zip(heads, widths, strict=True))
        yield "#" + " " * (stem + 3) + " ".join(aligned)
    for line, row in zip(lines, rows, strict=True):
        cells = ",".join(value.rjust(width) for value, width in zip(row, widths, strict=True))
        value = f"[{cells}]" if many else cells
        yield f"{line.row.key:{stem}} = {value}    # {line.name}"


def last_year_blocks(report: Report) -> Iterator[list[str]]:
    """The rows of the year before of which something is known, a block a table."""
    heading = ["# 上年的数字（核对用，不打印）"]
    for table in report.form.tables.values():
        lines = [line for line in table.lines if not report.last_year.keys().isdisjoint(line.cells)]
        if lines:
            rows = figure_lines(table, lines, report.last_year)
            yield [*heading, f"[{LAST_YEAR}.{table.key}]", *rows]
            heading = []


def limit_lines(limits: Limits) -> Iterator[str]:
    """The limits that are set, a line each."""
    for field in fields(limits):
        value = getattr(limits, field.name)
        if value is not None:
            yield f"{field.name} = {value}"


def acknowledged_lines(item: Acknowledged) -> list[str]:
    """A warning that has been looked at."""
    figures = ", ".join(f"{quoted(name)} = {quoted(value)}" for name, value in item.figures)
    return [
        "[[acknowledged]]",
        *(f"{name} = {quoted(getattr(item, name))}" for name in ("rule", "at", "reason")),
        f"figures = {{ {figures} }}" if figures else "figures = {}",
    ]


def written(value: Figure | None) -> str:
    """A figure as it stands in a draft."""
    return quoted(UNANSWERED) if value is None else shown(value)


def plain(text: str) -> str:
    """A text on one line, fit for a comment."""
    return " ".join("".join(" " if is_unprintable(c) else c for c in text).split())


def quoted(text: str) -> str:
    """A text as a TOML string on one line."""
    from tomli_w import dumps as toml

    return toml({"k": text})[4:-1]


def block(text: str) -> str:
    """A text as a TOML string of several lines."""
    from tomli_w import dumps as toml

    if not text:
        return '""'
    return toml({"k": f"{text}\n"}, multiline_strings=True)[4:-5] + '"""'
