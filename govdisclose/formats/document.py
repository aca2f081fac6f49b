"""What a document consists of: as it is read, and as a report is printed.

``printed`` is the one walk over a report; each writer draws its blocks. A
reader gives paragraphs and grids of text.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from govdisclose.model.form import Section
from govdisclose.model.front_matter import preamble, title, title_lines
from govdisclose.model.grid import Grid, filled
from govdisclose.model.report import Report, Signature
from govdisclose.model.text import ordinal, paragraphs

TextGrid = list[list[str]]
"""A table as text: a merged cell's text stands at each place it covers."""


SIGNED = -1


class Paragraph(NamedTuple):
    """A paragraph; ``level`` is 0 for a title, 1 and 2 for headings, else None.

    What is set flush right, as a signature is, has the level ``SIGNED``.
    """

    text: str
    level: int | None = None


Block = Paragraph | TextGrid


class Title(NamedTuple):
    """The bureau's name, the kind of report, and its lines where the draft gives them."""

    name: str
    kind: str
    lines: tuple[str, ...] = ()


class FormTable(NamedTuple):
    """The table of a section with its figures."""

    section: Section
    grid: Grid


PrintedBlock = Title | Paragraph | FormTable | Signature


def printed(report: Report) -> Iterator[PrintedBlock]:
    """A report from its title to its signature.

    A section in sentences that says nothing is one empty paragraph.
    """
    yield Title(*title(report), title_lines(report))
    yield from body(report)


def body(report: Report) -> Iterator[PrintedBlock]:
    """What stands below the title."""
    yield from map(Paragraph, paragraphs(preamble(report)))
    for section in report.form.sections:
        yield Paragraph(section.label, 1)
        if section.is_prose:
            yield from list(prose(report, section)) or [Paragraph("")]
        else:
            yield FormTable(section, filled(section, report))
    if any(report.signature):
        yield report.signature


def prose(report: Report, section: Section) -> Iterator[Paragraph]:
    """The lead of a section, then its parts as （一）（二）…."""
    written = report.prose[section.key]
    yield from map(Paragraph, paragraphs(report.says(written.lead)))
    for number, part in enumerate(written.parts, start=1):
        heading = " ".join(paragraphs(report.says(part.heading)))
        yield Paragraph(f"（{ordinal(number)}）{heading}", 2)
        yield from map(Paragraph, paragraphs(report.says(part.text)))
