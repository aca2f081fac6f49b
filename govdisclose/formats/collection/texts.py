"""The texts of a collection sheet that came back."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from govdisclose.formats.collection.coverage import ReadSheet, SheetContent, printable
from govdisclose.formats.collection.pages import HEADS, LEAD, WHOLE
from govdisclose.formats.document import Paragraph
from govdisclose.formats.headings import is_section
from govdisclose.formats.labels import NUMERAL, normal
from govdisclose.model.finding import Place, Severity
from govdisclose.model.form import Form, Section
from govdisclose.model.report import Part, Prose

NUMBER_OF_PART = re.compile(rf"\s*[（(]?(?:{NUMERAL}+|\d{{1,5}})[）)、.．]?\s*")


# Texts


class Piece(NamedTuple):
    """A part as it is gathered: its heading, its lines, and where they begin."""

    heading: str
    lines: list[str]
    head_at: Place
    text_at: Place


def read_texts(form: Form, seen: list[ReadSheet], found: SheetContent) -> dict[str, Prose]:
    """The sections in sentences, from the sheet that holds most of their headings."""
    marks = [dict(headings_in(form, sheet)) for sheet in seen]
    best = max(range(len(seen)), key=lambda at: len(marks[at]), default=None)
    if best is None or not marks[best]:
        return {}
    sheet, starts = seen[best], marks[best]
    ends = [*list(starts)[1:], len(sheet.rows)]
    prose: dict[str, Prose] = {}
    for (start, section), end in zip(starts.items(), ends, strict=True):
        if section.key not in prose:
            prose[section.key] = read_prose(section, sheet, range(start + 1, end), found)
    if not any(set(HEADS) <= set(cells) for cells in sheet.rows):
        message = f"没有找到“{'、'.join(HEADS)}”这一行表头，按 A、B、C 三列读，请核对"
        found.add("D009", Severity.HINT, "", message, sheet.place(0, 0))
    for key, section in form.prose.items():
        if key not in prose:
            message = f"没有找到“{section.label}”这一行标题，它下面的文字可能读到了别的部分，请核对"
            found.add("D010", Severity.ERROR, key, message, sheet.place(0, 0))
    return prose


def headings_in(form: Form, sheet: ReadSheet) -> Iterator[tuple[int, Section]]:
    """The rows that are headings of sections in sentences."""
    number, *others = text_columns(sheet)
    for row in range(len(sheet.rows)):
        text = sheet.text(row, number)
        if any(sheet.text(row, column).strip() for column in others):
            continue
        section = next((s for s in form.prose.values() if is_section(Paragraph(text), s)), None)
        if section:
            yield row, section


def text_columns(sheet: ReadSheet) -> list[int]:
    """The columns of number, heading and text in the sheet of texts."""
    rows = (cells for cells in sheet.rows if set(HEADS) <= set(cells))
    return next(([cells.index(head) for head in HEADS] for cells in rows), list(range(3)))


def read_prose(section: Section, sheet: ReadSheet, rows: range, found: SheetContent) -> Prose:
    """The lead and the parts that stand in some rows: number, heading, text."""
    columns = text_columns(sheet)
    lead = Piece("", [], *(sheet.place(rows.start, n) for n in columns[1:]))
    parts: list[Piece] = []
    for row in rows:
        number, heading, text = (sheet.text(row, n) for n in columns)
        is_lead = normal(heading) in (LEAD, WHOLE) and not number.strip() and not parts
        if not (is_lead or NUMBER_OF_PART.fullmatch(number) or not number.strip()):
            continue
        if heading.strip() or text.strip():
            sheet.understood.update((row, n) for n in columns)
        if not is_lead and (number.strip() or heading.strip()):
            head = printable(sheet, row, columns[1], section.key, found)
            parts.append(Piece(head, [], *(sheet.place(row, n) for n in columns[1:])))
        if text:
            line = printable(sheet, row, columns[2], section.key, found)
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
