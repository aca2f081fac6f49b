"""Find a report in what a reader extracts from a file: lines, tables and pictures.

Tables are known by their labels, wherever they stand. Sections and parts are
known by their headings; where a file has all heading levels of the form, by
these alone. What has no place in a report is said.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from govdisclose.formats import accounting
from govdisclose.formats.assembly import covered
from govdisclose.formats.document import SIGNED, Block, Paragraph, Picture, TextTable, captioned
from govdisclose.formats.front import Front, read_front, with_preamble
from govdisclose.formats.headings import (
    ATTACHED,
    DATE,
    PART_NUMBER,
    TABLE_NOTE,
    Chapters,
    chapters,
    is_furniture,
    is_styled,
    part_head,
)
from govdisclose.formats.labels import best_of, normal
from govdisclose.formats.locate import CERTAIN
from govdisclose.model.finding import Unusable
from govdisclose.model.form import Form, Section, leaves
from govdisclose.model.notices import FORMS, NEWEST, form_for
from govdisclose.model.placeholders import without_braces
from govdisclose.model.report import Bureau, Part, Prose, Reading, Report, Signature
from govdisclose.model.text import paragraphs, plain

NOT_A_REPORT = "文件里没有认出年度报告的标题和表格，请确认选对了文件"
MOST_SHOWN = 30


def read(blocks: Iterable[Block], hints: Sequence[str] = ()) -> Reading:
    """The report found in a file; one in which nothing is found is unusable.

    ``hints`` are other places where a title may stand.
    """
    found = list(blocks)
    if not any(styled_by(form, found) for form in FORMS.values()):
        found = [block for block in found if not is_margin(block)]
    form = form_of(found, hints)
    styled = styled_by(form, found)
    cut = chapters(found, form, styled)
    front = front_of(cut, hints)
    tables = list(tables_of(cut, form))
    coverage = covered(form, tables)
    if not cut.bodies and not coverage.values:
        raise Unusable(NOT_A_REPORT)
    cut, signature, ending = without_ending(cut, form, front.bureau, styled)
    taken = coverage.sources
    notes = [*coverage.notes, *ending, *outside(form, cut, taken)]
    prose = {
        key: read_prose(cut.bodies.get(key, ()), section, styled, taken)
        for key, section in form.prose.items()
    }
    missing = tuple(s.key for s in form.sections if s.key not in cut.bodies)
    coverage = replace(coverage, notes=tuple(notes), sections=missing)
    report = Report(form, front.year, Bureau(front.bureau), "", prose, coverage.figures)
    report.signature = signature
    report = with_preamble(report, "\n".join(front.below))
    return Reading(report, list(accounting.findings(coverage)), {}, coverage=coverage)


def styled_by(form: Form, blocks: Sequence[Block]) -> bool:
    """Whether a document has the heading levels of a form."""
    return is_styled((block for block in blocks if isinstance(block, Paragraph)), form)


def form_of(blocks: Sequence[Block], hints: Sequence[str]) -> Form:
    """The form that is used for the year of a report, the newest where no year is found."""
    for form in reversed(FORMS.values()):
        styled = styled_by(form, blocks)
        if form_for(front_of(chapters(blocks, form, styled), hints).year or 0) is form:
            return form
    return NEWEST


def front_of(cut: Chapters, hints: Sequence[str]) -> Front:
    """What stands above the first section."""
    return read_front([block for block in cut.front if isinstance(block, Paragraph)], hints)


def is_margin(block: Block) -> bool:
    """Whether a block is of the page and not of the report: a page number, an address of a site."""
    return isinstance(block, Paragraph) and block.level is None and is_furniture(block.text)


def tables_of(cut: Chapters, form: Form) -> Iterator[TextTable]:
    """The tables of a document, each with the section it stands in and the label above it."""
    names = [item for table in form.tables.values() for item in (*table.rows, *leaves(table.rows))]
    for key, blocks in {"": cut.front, **cut.bodies}.items():
        above = ""
        for block in blocks:
            if isinstance(block, TextTable):
                table = replace(block, section=key)
                yield captioned(table, above) if best_of(above, names) >= CERTAIN else table
            if not isinstance(block, Paragraph) or block.text.strip():
                above = block.text if isinstance(block, Paragraph) else ""


def outside(form: Form, cut: Chapters, taken: frozenset[str]) -> list[str]:
    """What stands where a report has no room for it: text under tables, pictures."""
    notes: list[str] = []
    for section in form.sections:
        blocks = cut.bodies.get(section.key, [])
        pictures = [block.place for block in blocks if isinstance(block, Picture)]
        if pictures and section.is_prose:
            notes.append(f"{section.short}里有 {len(pictures)} 张图片，没有读入（{pictures[0]}）")
        elif pictures:
            notes.append(f"{section.short}里的表格可能是图片（{pictures[0]}），图片里的数字读不出")
        if section.tables:
            texts = [
                t
                for block in blocks
                for t in text_under(block)
                if normal(t) != normal(section.label)
            ]
            if texts:
                whole = "".join(texts)
                notes.append(
                    f"{section.short}的表格之外有文字 {len(whole)} 字，没有读入："
                    f"“{whole[:MOST_SHOWN]}”"
                )
    return notes


def text_under(block: Block) -> list[str]:
    """The paragraphs under a heading of a table that are no part of the table."""
    if not isinstance(block, Paragraph):
        return []
    return [t for t in paragraphs(block.text) if not TABLE_NOTE.fullmatch(t) and normal(t)]


class Ending(NamedTuple):
    """A document without what stands below its text, who signs, and what was left out."""

    cut: Chapters
    signature: Signature
    notes: list[str]


def without_ending(cut: Chapters, form: Form, bureau: str, styled: bool) -> Ending:
    """A document without the unit, the date and the list of files below its text."""
    last = next((s.key for s in reversed(form.sections) if s.key in cut.bodies), None)
    if last is None:
        return Ending(cut, Signature(), [])
    body = list(cut.bodies[last])
    notes: list[str] = []
    attached = next((n for n, b in enumerate(body) if is_attachment(b, n)), len(body))
    if attached < len(body) and not styled:
        texts = [b.text.strip() for b in body[attached:] if isinstance(b, Paragraph)]
        notes.append(f"文末的附件没有读入：“{'；'.join(filter(None, texts))[:MOST_SHOWN]}”")
        body = body[:attached] + [b for b in body[attached:] if isinstance(b, TextTable)]
    while body and not styled and isinstance(body[-1], Paragraph) and not body[-1].text.strip():
        body.pop()
    signature = take_signature(body, bureau)
    return Ending(Chapters(cut.front, {**cut.bodies, last: body}), signature, notes)


def take_signature(body: list[Block], bureau: str) -> Signature:
    """Who signs and when, taken from the end of the last section.

    They stand flush right, or are the bureau's name and a date.
    """
    ends = [block for block in body[-2:] if isinstance(block, Paragraph)]
    signed = [line for line in ends if line.level == SIGNED]
    if not signed and ends and DATE.fullmatch("".join(ends[-1].text.split())):
        is_signed = len(ends) > 1 and plain(ends[0].text) == plain(bureau) != ""
        signed = ends if is_signed else []
    del body[len(body) - len(signed) :]
    texts = [line.text.strip() for line in signed]
    is_dated = bool(texts) and (len(texts) > 1 or bool(DATE.fullmatch(texts[0])))
    return Signature("".join(texts[: len(texts) - is_dated]), texts[-1] if is_dated else "")


def is_attachment(block: Block, at: int) -> bool:
    """Whether a list of attached files begins here."""
    return isinstance(block, Paragraph) and at > 0 and bool(ATTACHED.fullmatch(block.text.strip()))


def read_prose(
    blocks: Iterable[Block], section: Section, styled: bool, taken: frozenset[str]
) -> Prose:
    """A section in sentences: a lead, then parts; a table in it stays one, in Markdown."""
    lead: list[str] = []
    parts: list[tuple[str, list[str]]] = []
    some = list(blocks)
    numbered = any(isinstance(b, Paragraph) and PART_NUMBER.match(b.text) for b in some)
    for block in some:
        target = parts[-1][1] if parts else lead
        if isinstance(block, TextTable):
            if block.place not in taken:
                target.extend(piped(block))
        elif isinstance(block, Paragraph):
            head = part_head(block, section, styled, numbered)
            if head:
                parts.append((head.heading, paragraphs(head.rest)))
            else:
                target.extend(paragraphs(block.text))
    return Prose(
        without_braces("\n".join(lead)),
        tuple(Part(without_braces(head), without_braces("\n".join(text))) for head, text in parts),
    )


def piped(table: TextTable) -> list[str]:
    """A table in the lines of Markdown; a merged cell says its text once."""
    lines = []
    for at, row in enumerate(table.matrix):
        texts = [
            box.text if box and (box.row, box.column) == (at, column) else ""
            for column, box in enumerate(row)
        ]
        cells = (" ".join(text.split()).replace("|", "\\|") for text in texts)
        lines.append(f"| {' | '.join(cells)} |")
    return lines
