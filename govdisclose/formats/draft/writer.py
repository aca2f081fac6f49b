"""Write a report as a draft: aligned, explained, every sum written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import fields

from govdisclose.formats.draft.positions import LAST_YEAR, RECEIVED
from govdisclose.model.figures import UNANSWERED, Figure, shown
from govdisclose.model.form import Address, Line, Table, leaves
from govdisclose.model.front_matter import title
from govdisclose.model.report import KINDS, Acknowledged, Bureau, Limits, Received, Report
from govdisclose.model.text import is_unprintable, wide
from govdisclose.model.version import parts

NEW_FIELDS: Mapping[str, tuple[str, ...]] = {"0.2": ("received", "title_lines", "signature")}
"""What of a report a version was the first to know: a draft that uses it says so."""


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
    needs = needed_version(report)
    yield [
        *([f"needs = {quoted(needs)}    # 更早的版本读不全这份草稿"] if needs else []),
        f"form = {quoted(form.key)}    # {form.notice}",
        f"year = {year}",
    ]
    yield ["[bureau]", *bureau_lines(report.bureau)]
    if report.title_lines:
        lines = ", ".join(map(quoted, report.title_lines))
        yield ["# 标题在哪里换行", "[title]", f"lines = [{lines}]"]
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
    if any(report.signature):
        unit, date = map(quoted, report.signature)
        yield ["# 落款", "[signature]", f"unit = {unit}", f"date = {date}"]
    yield from last_year_blocks(report)
    if report.limits != Limits():
        yield ["# 本办公室的要求（核对用，不打印）", "[limits]", *limit_lines(report.limits)]
    for item in report.acknowledged:
        yield acknowledged_lines(item)
    if report.received:
        yield from received_blocks(report.received)


def needed_version(report: Report) -> str:
    """The first version that reads a report whole, "" where every one does."""
    blank = Report(report.form)
    needed = (
        version
        for version, names in NEW_FIELDS.items()
        if any(getattr(report, name) != getattr(blank, name) for name in names)
    )
    return max(needed, default="", key=parts)


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


def received_blocks(received: Received) -> Iterator[list[str]]:
    """The file that the draft was made from, and what of it could not be read."""
    given = {
        field.name: getattr(received, field.name)
        for field in fields(received)
        if field.name != "unread"
    }
    lines = (f"{name} = {quoted(value)}" for name, value in given.items() if value)
    yield ["# 由哪个文件读成（程序记下的，不打印）", f"[{RECEIVED}]", *lines]
    for each in received.unread:
        texts = (f"{name} = {quoted(text)}" for name, text in each._asdict().items())
        yield [f"[[{RECEIVED}.unread]]", *texts]


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
