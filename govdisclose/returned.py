"""Find a report in a workbook that has been filled in, moved about and saved again.

Figures are found by the labels of rows and columns, wherever those stand now;
where a label has been changed, by the place it had. What cannot be placed is
a finding with its sheet and cell, never dropped.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import fields
from functools import cache
from typing import NamedTuple

from govdisclose.finding import Finding, Place, Severity, Unusable
from govdisclose.form import Address, Form, Section
from govdisclose.frames import MOST_LABEL, NOWHERE, Frame, Point, frame_of
from govdisclose.notices import FORMS, NEWEST, form_for
from govdisclose.questions import LABELS
from govdisclose.recognize import NUMERAL, Line, is_section, normal
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
    figure,
    shown,
    stray_braces,
)
from govdisclose.seen import Found, Seen, looked_at, printable
from govdisclose.tables import EQUAL
from govdisclose.values import UNANSWERED
from govdisclose.workbook import Texts
from govdisclose.worksheets import (
    CARRIED,
    LEAD,
    LIMIT,
    PREAMBLE,
    STATE,
    WHOLE,
    YEAR,
    pages,
)

NOT_OURS = "文件里没有认出收集表的内容，请确认选对了文件；收集表由 govdisclose sheet 生成"
NUMBER_OF_PART = re.compile(rf"\s*[（(]?(?:{NUMERAL}+|\d+)[）)、.．]?\s*")
COMPUTED = re.compile(rf"{STATE}.*|.*{EQUAL}")


def read(sheets: Iterable[Texts]) -> Reading:
    """The report in a workbook; one in which nothing is found is unusable."""
    seen = [looked_at(sheet) for sheet in sheets]
    found = Found([], {})
    answers = read_answers(seen, found)
    form = form_of(seen, answers)
    figures: dict[Address, Figure] = {}
    last_year: dict[Address, Figure] = {}
    for section in form.sections:
        frame, sheet = table_of(section, seen)
        if frame.points:
            figures.update(read_table(form, frame, sheet, found))
            last_year.update(read_last_year(form, frame, sheet))
    prose = read_texts(form, seen, found)
    noted, limits = read_carried(seen)
    if not any(sheet.taken for sheet in seen):
        raise Unusable(NOT_OURS)
    report = Report(
        form=form,
        year=read_year(answers, form, found),
        bureau=read_bureau(answers, found),
        preamble=answers.get(PREAMBLE, ""),
        prose=prose,
        figures=figures,
        acknowledged=noted,
        last_year=last_year,
        limits=limits,
    )
    found.findings.extend(braces(report, found.places))
    found.findings.extend(leftovers(form, seen))
    return Reading(report, found.findings, found.places)


# Particulars


def read_answers(seen: list[Seen], found: Found) -> dict[str, str]:
    """The particulars by their labels, from the sheet that holds most of them."""
    paths = {LABELS[field.name]: f"bureau.{field.name}" for field in fields(Bureau)}
    paths |= {YEAR: "year", PREAMBLE: "preamble.text"}
    names = {normal(label): label for label in paths}
    held = [[row for row, cells in enumerate(s.rows) if first(cells) in names] for s in seen]
    best = max(range(len(seen)), key=lambda at: len(held[at]), default=None)
    answers: dict[str, str] = {}
    for row in held[best] if best is not None else []:
        sheet = seen[best or 0]
        column = next(at for at, text in enumerate(sheet.rows[row]) if text.strip())
        label = names[normal(sheet.rows[row][column])]
        sheet.taken.update({(row, column), (row, column + 1)})
        found.places.setdefault(paths[label], sheet.place(row, column + 1))
        answers.setdefault(label, printable(sheet, row, column + 1, paths[label], found))
    return answers


def first(cells: list[str]) -> str:
    """The first text of a row, as labels are compared."""
    return normal(next((text for text in cells if text.strip()), "")[:MOST_LABEL])


def form_of(seen: list[Seen], answers: Mapping[str, str]) -> Form:
    """The form whose notice the workbook names, else the one for its year."""
    texts = {text for sheet in seen for cells in sheet.rows[:5] for text in cells}
    named = next((form for form in FORMS.values() if form.notice in texts), None)
    year = answers.get(YEAR, "")
    return named or form_for(int(year) if year.isdecimal() else 0) or NEWEST


def read_year(answers: Mapping[str, str], form: Form, found: Found) -> int | None:
    """The year of the report, None where it is not answered or none of the form's."""
    text = answers.get(YEAR, "")
    plain = unicodedata.normalize("NFKC", text).strip().rstrip("年度")
    if not plain:
        return None
    if plain.isdecimal() and len(plain) == 4 and int(plain) in form.years:
        return int(plain)
    message = f"年份“{text.strip()[:20]}”不行：写四位年份，{form.years.start} 年起"
    found.add("D005", Severity.ERROR, "year", message, found.places["year"])
    return None


def read_bureau(answers: Mapping[str, str], found: Found) -> Bureau:
    """The particulars of the organ."""
    given = {
        field.name: answers[LABELS[field.name]]
        for field in fields(Bureau)
        if LABELS[field.name] in answers
    }
    kind = given.pop("kind", "")
    key = next((k for k, v in KINDS.items() if normal(kind) in (normal(v), normal(k))), "")
    if kind and not key:
        message = f"单位类别“{kind[:20]}”不认识：可填 {'、'.join(KINDS.values())}"
        found.add("D003", Severity.ERROR, "bureau.kind", message, found.places["bureau.kind"])
    return Bureau(kind=key or Bureau.kind, **given)


# Tables


EMPTY = Seen("", [], set(), None)


def table_of(section: Section, seen: list[Seen]) -> tuple[Frame, Seen]:
    """Where the figures of a section are: in the sheet that holds most of its rows."""
    frames = [(frame_of(section, sheet.rows), sheet) for sheet in seen if section.tables]
    return max(frames, key=lambda pair: pair[0].score, default=(NOWHERE, EMPTY))


def read_table(
    form: Form, frame: Frame, sheet: Seen, found: Found
) -> Iterator[tuple[Address, Figure]]:
    """The answered figures of a section."""
    take(frame, sheet)
    for address, point in frame.points.items():
        found.places[str(address)] = sheet.place(*point)
        found.places.setdefault(f"{address.table}.{address.row}", sheet.place(*point))
    for row, address in frame.moved.items():
        message = f"这一行的标题改动过，按位置读作“{form.row_name(address)}”，请核对"
        at = f"{address.table}.{address.row}"
        found.add("D009", Severity.HINT, at, message, sheet.place(row, 0))
    for address, point in frame.points.items():
        value = read_figure(form, address, sheet.text(*point), found)
        if value is not None:
            yield address, value


def read_last_year(form: Form, frame: Frame, sheet: Seen) -> Iterator[tuple[Address, Figure]]:
    """Last year's figures of a section, where they stand beside."""
    left = min(column for _, column in frame.points.values())
    for address, point in frame.points.items():
        text = sheet.beside.text(point, left).strip() if sheet.beside else ""
        with suppress(ValueError):
            if text:
                yield address, figure(text, form.kind(address))


def read_figure(form: Form, address: Address, text: str, found: Found) -> Figure | None:
    """A figure, None where it is not answered or cannot be read."""
    if text.strip() in ("", UNANSWERED):
        return None
    place = found.places[str(address)]
    try:
        value = figure(text, form.kind(address))
    except ValueError as why:
        where = f"{form.row_name(address)}｜{form.column_name(address)}"
        found.add("D003", Severity.ERROR, str(address), f"{where}：{why}", place)
        return None
    if text.strip() != shown(value):
        message = f"“{text.strip()}”按 {shown(value)} 读，请核对"
        found.add("D009", Severity.HINT, str(address), message, place)
    return value


def take(frame: Frame, sheet: Seen) -> None:
    """Count as understood the figures, and what stands above and to the left of them."""
    rows, columns = zip(*frame.points.values(), strict=True)
    above = {(row, column) for row in range(min(rows)) for column in range(max(columns) + 1)}
    beside = {(row, column) for row in range(max(rows) + 1) for column in range(min(columns))}
    sheet.taken.update(above | beside | set(frame.points.values()))


# Texts


class Piece(NamedTuple):
    """A part as it is gathered: its heading, its lines, and where they begin."""

    heading: str
    lines: list[str]
    head_at: Place
    text_at: Place


def read_texts(form: Form, seen: list[Seen], found: Found) -> dict[str, Prose]:
    """The sections in sentences, from the sheet that holds most of their headings."""
    marks = [dict(headings_in(form, sheet)) for sheet in seen]
    best = max(range(len(seen)), key=lambda at: len(marks[at]), default=None)
    if best is None or not marks[best]:
        return {}
    sheet, starts = seen[best], marks[best]
    ends = [*list(starts)[1:], len(sheet.rows)]
    return {
        section.key: read_prose(section, sheet, range(start + 1, end), found)
        for (start, section), end in zip(starts.items(), ends, strict=True)
    }


def headings_in(form: Form, sheet: Seen) -> Iterator[tuple[int, Section]]:
    """The rows that are headings of sections in sentences."""
    for row, cells in enumerate(sheet.rows):
        text = cells[0] if cells and not any(map(str.strip, cells[1:])) else ""
        section = next((s for s in form.prose.values() if is_section(Line(text), s)), None)
        if section:
            yield row, section


def read_prose(section: Section, sheet: Seen, rows: range, found: Found) -> Prose:
    """The lead and the parts that stand in some rows: number, heading, text."""
    lead = Piece("", [], sheet.place(rows.start, 1), sheet.place(rows.start, 2))
    parts: list[Piece] = []
    for row in rows:
        number, heading, text = (sheet.text(row, n) for n in range(3))
        is_lead = heading in (LEAD, WHOLE) and not number.strip() and not parts
        if is_lead or NUMBER_OF_PART.fullmatch(number) or not number.strip():
            sheet.taken.update((row, n) for n in range(3))
        if not is_lead and (NUMBER_OF_PART.fullmatch(number) or heading.strip()):
            head = printable(sheet, row, 1, section.key, found)
            parts.append(Piece(head, [], sheet.place(row, 1), sheet.place(row, 2)))
        if text and (row, 2) in sheet.taken:
            line = printable(sheet, row, 2, section.key, found)
            (parts[-1] if parts else lead).lines.append(line)
    said = [part for part in parts if part.lines or part.heading not in ("", *section.parts)]
    found.places.update(text_places(section, lead, said))
    return Prose("\n".join(lead.lines), tuple(Part(p.heading, "\n".join(p.lines)) for p in said))


def text_places(section: Section, lead: Piece, parts: list[Piece]) -> Iterator[tuple[str, Place]]:
    """Where each text of a section stands."""
    yield section.key, lead.text_at
    yield f"{section.key}.lead", lead.text_at
    for number, part in enumerate(parts, start=1):
        yield f"{section.key}.parts.{number}.heading", part.head_at
        yield f"{section.key}.parts.{number}.text", part.text_at


def read_carried(seen: list[Seen]) -> tuple[tuple[Acknowledged, ...], Limits]:
    """The warnings that have been looked at, and what the collecting office asks."""
    noted: list[Acknowledged] = []
    limits: dict[str, int] = {}
    for sheet in seen:
        if sheet.text(0, 0) == CARRIED:
            sheet.taken.update((n, m) for n, row in enumerate(sheet.rows) for m in range(len(row)))
            for kind, at, reason, *rest in (pad(row) for row in sheet.rows[1:] if any(row)):
                pairs = zip(rest[::2], rest[1::2], strict=True)
                if kind != LIMIT:
                    noted.append(Acknowledged(kind, at, reason, tuple(p for p in pairs if p[0])))
                elif at in Limits.__dataclass_fields__ and reason.isdecimal():
                    limits[at] = int(reason)
    return tuple(noted), Limits(**limits)


def pad(row: list[str]) -> list[str]:
    """A row of three texts, and pairs after them."""
    wanted = max(3, len(row) + (len(row) % 2 == 0))
    return [*row, *[""] * (wanted - len(row))]


# What is left


def braces(report: Report, places: Mapping[str, Place]) -> Iterator[Finding]:
    """A complaint for each brace in a text that names no figure."""
    for path, text in report.texts():
        for _, wording in stray_braces(text, report.form):
            message = f"{wording} 不是表中一格的地址；要印出花括号本身，写两个"
            yield Finding("D007", Severity.ERROR, path, message, places.get(path))


def leftovers(form: Form, seen: list[Seen]) -> Iterator[Finding]:
    """A complaint for each row, or whole sheet, of which something was not understood."""
    known = own_words(form)
    for sheet in seen:
        rows = [
            (row, [n for n, text in enumerate(cells) if is_left(sheet, row, n, text, known)])
            for row, cells in enumerate(sheet.rows)
            if not COMPUTED.fullmatch(next(filter(str.strip, cells), ""))
        ]
        left = [(row, columns) for row, columns in rows if columns]
        if left and not sheet.taken:
            message = f"工作表“{sheet.name}”没有读入：不是收集表的内容"
            yield Finding("D010", Severity.HINT, "", message, sheet.place(*first_of(left)))
            continue
        for row, columns in left:
            said = "、".join(f"“{sheet.text(row, n).strip()[:20]}”" for n in columns[:7])
            message = f"{said}不知道填在哪里，没有读入；请移到该填的格子里，或者删去"
            yield Finding("D010", Severity.ERROR, "", message, sheet.place(row, columns[0]))


def first_of(left: list[tuple[int, list[int]]]) -> Point:
    """The first cell of some rows of cells."""
    row, columns = left[0]
    return row, columns[0]


def is_left(sheet: Seen, row: int, column: int, text: str, known: frozenset[str]) -> bool:
    """Whether a cell says something that has not been understood."""
    return bool(text.strip() and (row, column) not in sheet.taken and normal(text) not in known)


@cache
def own_words(form: Form) -> frozenset[str]:
    """Every text that an empty workbook holds, as labels are compared."""
    return frozenset(
        normal(spot.value)
        for page in pages(Report(form=form, year=None), {})
        for spot in page.spots
        if isinstance(spot.value, str)
    ) | {""}
