"""The questions of an interview: what each asks, understands and puts in.

A question is a value; ``take`` puts what was typed into a report and gives a
line that echoes it, or raises ValueError with a sentence that says what was
not understood.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, replace
from typing import Protocol

from govdisclose.interview.bound_figures import from_readable
from govdisclose.interview.particulars import ParticularQuestion, YearQuestion, checked
from govdisclose.model.figures import Figure, figure, shown
from govdisclose.model.form import Address, Form, Line, Section, Table, Topic
from govdisclose.model.placeholders import with_braces_kept
from govdisclose.model.report import PARTICULARS, Bureau, Part, Prose, Report
from govdisclose.model.text import half, ordinal

OPEN = re.compile(r"【本年[^】\n]{0,12}】")
"""A place in a text that is left open, to be filled in."""
FILLING = re.compile(r"[\d.,~〇一二三四五六七八九十百千万余至月日号年%-]{1,12}")
"""What is filled in: a number, a day."""


class Question(Protocol):
    """One thing to ask; ``is_long`` where the answer is paragraphs."""

    @property
    def path(self) -> str:
        """Where the answer stands, as findings name it."""

    @property
    def is_long(self) -> bool:
        """Whether the answer is paragraphs."""

    def prompt(self, report: Report) -> str:
        """What is asked."""

    def proposal(self, report: Report) -> str:
        """The present answer as it would be typed, empty where there is none."""

    def is_answered(self, report: Report) -> bool:
        """Whether nothing is missing in the present answer."""

    def take(self, report: Report, typed: str) -> str:
        """Put an answer in; gives its echo."""

    def clear(self, report: Report) -> None:
        """Take the answer out; ValueError where it cannot be empty."""

    def help(self, report: Report) -> str:
        """What belongs in the answer."""


@dataclass(frozen=True)
class RowQuestion:
    """One row of a table, sums left out."""

    table: Table
    line: Line
    is_long = False

    @property
    def path(self) -> str:
        """Table and row."""
        return f"{self.table.key}.{self.line.row.key}"

    @property
    def cells(self) -> tuple[Address, ...]:
        """The figures that are asked."""
        return self.table.stated(self.line)

    def prompt(self, report: Report) -> str:
        """The row as printed, then the columns in the order they are typed."""
        columns = " ".join(report.form.column_name(cell) for cell in self.cells)
        return f"{self.line.name}\n  {columns}"

    def proposal(self, report: Report) -> str:
        """The present figures, ? for one that is missing."""
        values = [shown(report.figures.get(cell)) or "?" for cell in self.cells]
        return "" if set(values) == {"?"} else " ".join(values)

    def is_answered(self, report: Report) -> bool:
        """Whether no figure is missing."""
        return all(cell in report.figures for cell in self.cells)

    def take(self, report: Report, typed: str) -> str:
        """Figures in the order of the columns, with or without their sums."""
        values = self.understood(report.form, typed)
        before = dict(values)
        report.put(values)
        return echo(report, self.line, before)

    def clear(self, report: Report) -> None:
        """Take its figures out."""
        report.put(dict.fromkeys(self.cells))

    def understood(self, form: Form, typed: str) -> dict[Address, Figure | None]:
        """The figures of this row in what was typed; a wrong sum is refused."""
        words = split(without_label(typed, self.line), single=len(self.line.cells) == 1)
        cells = self.cells
        if len(words) == 1 < len(cells):
            return self.alone(form, words[0])
        if len(words) not in (len(cells), len(self.line.cells)):
            names = "、".join(form.column_name(cell) for cell in cells)
            raise ValueError(f"要 {len(cells)} 个数（{names}），写了 {len(words)} 个")
        given = cells if len(words) == len(cells) else self.line.cells
        values = {
            cell: None if word in ("?", "？") else figure(word, self.table.kind)
            for cell, word in zip(given, words, strict=True)
        }
        for fault in disagreements(form, values):
            raise ValueError(fault)
        return {cell: values[cell] for cell in cells}

    def alone(self, form: Form, word: str) -> dict[Address, Figure | None]:
        """A figure given alone: 0 for the whole row, else that of the usual column."""
        value = figure(word, self.table.kind)
        cells = self.cells
        if value and not self.table.usual:
            raise ValueError(f"要 {len(cells)} 个数，只写了一个；整行都是 0 时才可以只写一个 0")
        return {cell: value if cell.column == self.table.usual else 0 for cell in cells}

    def help(self, report: Report) -> str:
        """What is counted in this row."""
        return self.line.row.note


@dataclass(frozen=True)
class ZerosQuestion:
    """Whether the rest of a table is all 0; asked while the basis adds up to 0."""

    table: Table
    rows: tuple[RowQuestion, ...]
    basis: tuple[Address, ...]
    is_long = False

    @property
    def path(self) -> str:
        """The table."""
        return self.table.key

    def applies(self, report: Report) -> bool:
        """Whether none of the rows is begun and there was nothing to count."""
        begun = any(row.proposal(report) for row in self.rows)
        return not begun and report.add(self.basis) == 0

    def prompt(self, report: Report) -> str:
        """What 0 and Enter do."""
        which = "其余" if self.basis else "全部"
        return f"{self.table.none}，就输入 0，{which} {len(self.rows)} 行都填 0；否则按回车逐行填"

    def proposal(self, report: Report) -> str:
        """Nothing: it is not answered for the officer."""
        return ""

    def is_answered(self, report: Report) -> bool:
        """Whether the rows are."""
        return all(row.is_answered(report) for row in self.rows)

    def take(self, report: Report, typed: str) -> str:
        """0 and nothing else."""
        if half(typed) != "0":
            raise ValueError("没有的输入 0，有的直接按回车")
        report.put({cell: 0 for row in self.rows for cell in row.cells})
        return f"{len(self.rows)} 行已全部填 0"

    def clear(self, report: Report) -> None:
        """Nothing has been answered here."""
        raise ValueError("没有的输入 0，有的直接按回车")

    def help(self, report: Report) -> str:
        """That nothing is lost by going on row by row."""
        return "有任何一件，就按回车逐行填"


@dataclass(frozen=True)
class TextQuestion:
    """A text of a section: its lead where there is no heading, else a part."""

    section: Section
    heading: str = ""
    nth: int = 0
    is_long = True

    @property
    def path(self) -> str:
        """The section, and the heading of the part."""
        which = f".{self.nth}" if self.nth else ""
        return f"{self.section.key}.{self.heading or 'lead'}{which}"

    @property
    def is_optional(self) -> bool:
        """Whether it may be left out: a lead above parts."""
        return not self.heading and bool(self.section.parts)

    @property
    def topic(self) -> Topic:
        """What the text is usually about, as the form has it."""
        topics = self.section.topics
        named = (
            t for t in topics if t.heading in self.heading and bool(t.heading) == bool(self.heading)
        )
        return next(named, Topic(self.heading))

    def at(self, prose: Prose) -> int | None:
        """The index of the part that has this heading, of several alike the nth."""
        alike = [n for n, part in enumerate(prose.parts) if part.heading == self.heading]
        return alike[self.nth] if self.nth < len(alike) else None

    def prompt(self, report: Report) -> str:
        """The heading, or that the lead is wanted."""
        if self.heading:
            usual = rank(self.section, self.heading)
            number = f"（{ordinal(usual + 1)}）" if usual < len(self.section.parts) else ""
            return number + self.heading
        return "开头一段（可以不写）" if self.section.parts else "正文"

    def proposal(self, report: Report) -> str:
        """The present text."""
        prose = report.prose[self.section.key]
        if not self.heading:
            return prose.lead
        at = self.at(prose)
        return "" if at is None else prose.parts[at].text

    def is_answered(self, report: Report) -> bool:
        """Whether there is a text, and nothing in it is left open."""
        text = self.proposal(report)
        return bool(text.strip()) and not OPEN.search(text)

    def take(self, report: Report, typed: str) -> str:
        """Paragraphs, one a line."""
        text = "\n".join(checked(line) for line in typed.split("\n")).strip("\n")
        text = with_braces_kept(from_readable(text, report.form), report.form)
        self.put(report, text)
        return f"{sum(len(line.strip()) for line in report.says(text).splitlines())} 字"

    def fill_in(self, report: Report, typed: str) -> bool:
        """Put numbers where the text is left open; False where it is a text that was typed.

        ValueError where there are more or fewer of them than open places.
        """
        text, words = self.proposal(report), half(typed).split()
        count = len(OPEN.findall(text))
        if not (count and words) or not all(map(FILLING.fullmatch, words)):
            return False
        if len(words) != count:
            raise ValueError(f"有 {count} 处要填，写了 {len(words)} 个")
        given = iter(words)
        self.put(report, OPEN.sub(lambda _: next(given), text))
        return True

    def put(self, report: Report, text: str) -> None:
        """Put a text in as a draft holds it."""
        prose = report.prose[self.section.key]
        if not self.heading:
            new = replace(prose, lead=text)
        else:
            new = replace(prose, parts=self.parts(prose, text))
        report.prose[self.section.key] = new

    def clear(self, report: Report) -> None:
        """Take the text out."""
        if self.is_answered(report):
            self.put(report, "")

    def parts(self, prose: Prose, text: str) -> tuple[Part, ...]:
        """The parts of a section with this one's text, the others as they are."""
        new, at = Part(self.heading, text), self.at(prose)
        if at is not None:
            return (*prose.parts[:at], new, *prose.parts[at + 1 :])
        ranks = [rank(self.section, part.heading) for part in prose.parts]
        own = rank(self.section, self.heading)
        at = next((n for n, other in enumerate(ranks) if other > own), len(ranks))
        return (*prose.parts[:at], new, *prose.parts[at:])

    def help(self, report: Report) -> str:
        """What the part is about, and what the section must contain."""
        return "\n  ".join(filter(None, (self.topic.note, self.section.note)))


def rank(section: Section, heading: str) -> int:
    """The place of a heading among the usual ones, after them where it is none."""
    usual = (n for n, topic in enumerate(section.parts) if topic in heading)
    return next(usual, len(section.parts))


def texts(section: Section, prose: Prose) -> Iterator[TextQuestion]:
    """The texts of a section: its lead, its parts, and the usual ones it lacks."""
    yield TextQuestion(section)
    own = [part.heading for part in prose.parts]
    lacking = [usual for usual in section.parts if not any(usual in heading for heading in own)]
    everything = sorted(own + lacking, key=lambda heading: rank(section, heading))
    seen: Counter[str] = Counter()
    for heading in everything:
        yield TextQuestion(section, heading, seen[heading])
        seen[heading] += 1


def chapters(report: Report, last: Report | None = None) -> Iterator[tuple[str, list[Question]]]:
    """The questions of an interview under their headings, in order.

    A section of prose not yet begun has the headings of last year's.
    """
    names = [field.name for field in fields(Bureau) if field.name != "name"]
    yield PARTICULARS, [ParticularQuestion("name"), YearQuestion(), *map(ParticularQuestion, names)]
    for section in report.form.sections:
        if section.is_prose:
            prose = report.prose[section.key]
            known = prose if prose.parts or not last else last.prose.get(section.key, prose)
            yield section.label, list(texts(section, known))
        else:
            tables = section.tables
            yield section.label, [row for table in tables for row in rows(table, report.form)]


def rows(table: Table, form: Form) -> Iterator[RowQuestion | ZerosQuestion]:
    """The rows of a table that are asked: those not made of sums.

    Where there may have been nothing to count, that is asked first.
    """
    asked = [
        RowQuestion(table, line)
        for line in table.lines
        if not all(c in form.sums for c in line.cells)
    ]
    first = {key for balance in table.balances for key in balance.left}
    rest = tuple(row for row in asked if row.line.row.key not in first)
    basis = tuple(cell for row in asked if row not in rest for cell in row.cells)
    for row in asked:
        if table.none and row == rest[0]:
            yield ZerosQuestion(table, rest, basis)
        yield row


def split(typed: str, *, single: bool) -> list[str]:
    """What was typed for a row, figure by figure.

    Between tabs stand the cells of a sheet: an empty one is not answered, and a
    comma in one parts thousands. Elsewhere a comma parts figures.
    """
    plain = half(typed.strip("\r\n ")).strip("[]")
    if single:
        return [plain.strip()] if plain.strip() else []
    if "\t" in plain.strip():
        cells = [cell.strip() for cell in plain.split("\t")]
        first = next((n for n, cell in enumerate(cells) if re.match(r"[-\d?]", cell)), 0)
        return [cell or "?" for cell in cells[first:]]
    return [word for word in re.split(r"[\s,;、|]+", plain) if word]


def without_label(typed: str, line: Line) -> str:
    """What was typed or pasted without the row's own label in front."""
    label = r"\s*".join(map(re.escape, line.row.label))
    return re.sub(rf"^.*?{label}[：:\s]*", "", typed.strip(), count=1)


def disagreements(form: Form, values: Mapping[Address, Figure | None]) -> Iterator[str]:
    """What to say of each sum that was typed along and is not that of its terms."""
    several = len({address.row for address in values}) > 1
    for address, value in values.items():
        for terms in form.sums.get(address, ()):
            parts = [values.get(term) for term in terms]
            total = sum(part for part in parts if part is not None)
            if value is not None and None not in parts and total != value:
                row = f"{form.row_name(address)}｜" if several else ""
                yield (
                    f"{row}{form.column_name(address)}写的是 {shown(value)}，"
                    f"各数之和是 {shown(total)}，请核对后重新输入"
                )


def echo(report: Report, line: Line, values: Mapping[Address, Figure | None]) -> str:
    """What a row now holds: the figures that are not 0 by name, and its sum."""
    form = report.form
    named = [f"{form.column_name(cell)} {shown(value)}" for cell, value in values.items() if value]
    sums = [
        f"{form.column_name(cell)} {shown(report.figures.get(cell)) or '?'}"
        for cell in line.cells
        if cell in form.sums
    ]
    return "，".join((named or ["全部为 0"]) + (sums if named else []))
