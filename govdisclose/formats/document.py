"""What a document consists of: as it is read, and as a report is printed.

A reader gives paragraphs, tables and pictures in order, each with its place.
``printed`` is the one walk over a report; each writer draws its blocks.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

from govdisclose.model.figures import shown
from govdisclose.model.form import Section
from govdisclose.model.front_matter import preamble, title, title_lines
from govdisclose.model.grid import Grid, addresses, filled
from govdisclose.model.report import Report, Signature
from govdisclose.model.text import ordinal, paragraphs

TOLERANCE = 60  # twips between two column edges that are meant to be one


SIGNED = -1


class Paragraph(NamedTuple):
    """A paragraph; ``level`` is 0 for a title, 1 and 2 for headings, else None.

    What is set flush right, as a signature is, has the level ``SIGNED``.
    """

    text: str
    level: int | None = None


class Picture(NamedTuple):
    """A picture; ``place`` says where it stands, ``data`` is the file, where it is known."""

    place: str
    name: str = ""
    data: bytes = b""


class Box(NamedTuple):
    """A cell as it stands in a file: the rectangle it covers, counted from 0, and its text.

    ``origin`` tells it apart wherever it is moved: its table, row and column.
    """

    row: int
    column: int
    height: int
    width: int
    text: str
    origin: tuple[int, int, int] = (0, 0, 0)


Matrix = list[list[Box | None]]
"""The cell at each place; one that is merged stands at every place it covers."""


@dataclass(frozen=True)
class TextTable:
    """A table as text.

    ``place`` says where it stands in the file. ``edges`` are the sides of its
    columns where they are known, one more than there are columns. What is not
    ``exact`` has been put in columns by guess, such as the words of a plain text.
    The first ``captions`` rows stand above the table in the file.
    """

    boxes: tuple[Box, ...]
    place: str = ""
    edges: tuple[float, ...] = ()
    exact: bool = True
    section: str = ""
    captions: int = 0

    @cached_property
    def height(self) -> int:
        """How many rows there are."""
        return max((box.row + box.height for box in self.boxes), default=0)

    @cached_property
    def width(self) -> int:
        """How many columns there are."""
        return max((box.column + box.width for box in self.boxes), default=0)

    @cached_property
    def matrix(self) -> Matrix:
        """The cell at each place, None where there is none."""
        found: Matrix = [[None] * self.width for _ in range(self.height)]
        for box in self.boxes:
            for row in range(box.row, box.row + box.height):
                line = found[row]
                for column in range(box.column, box.column + box.width):
                    if line[column] is None:
                        line[column] = box
        return found


Block = Paragraph | TextTable | Picture


def captioned(table: TextTable, text: str) -> TextTable:
    """A table with the line above it as its first row."""
    boxes = tuple(box._replace(row=box.row + 1) for box in table.boxes)
    first = Box(0, 0, 1, max(1, table.width), text)
    return replace(table, boxes=(first, *boxes), captions=table.captions + 1)


def of_rows(rows: Iterable[Sequence[str]], place: str = "", *, exact: bool = True) -> TextTable:
    """A table of rows without merged cells."""
    boxes = (
        Box(row, column, 1, 1, text)
        for row, texts in enumerate(rows)
        for column, text in enumerate(texts)
    )
    return TextTable(tuple(boxes), place, exact=exact)


def transposed(matrix: Matrix) -> Matrix:
    """Rows as columns."""
    turned = {
        box: box._replace(row=box.column, column=box.row, height=box.width, width=box.height)
        for line in matrix
        for box in line
        if box
    }
    return [[turned[box] if box else None for box in line] for line in zip(*matrix, strict=True)]


def numbered(tables: Iterable[TextTable]) -> list[TextTable]:
    """Tables whose cells can be told apart."""
    return [
        replace(
            table,
            boxes=tuple(box._replace(origin=(n, box.row, box.column)) for box in table.boxes),
        )
        for n, table in enumerate(tables)
    ]


def stacked(tables: Sequence[TextTable]) -> TextTable:
    """Tables one below the other, their columns brought together by their edges."""
    if len(tables) == 1:
        return tables[0]
    if all(table.edges for table in tables):
        tables = on_common_edges(tables)
    boxes: list[Box] = []
    top = 0
    for table in tables:
        boxes.extend(box._replace(row=box.row + top) for box in table.boxes)
        top += table.height
    exact = all(table.exact for table in tables)
    return replace(tables[0], boxes=tuple(boxes), exact=exact)


def on_common_edges(tables: Sequence[TextTable]) -> list[TextTable]:
    """Tables whose columns are counted along the same edges."""
    edges = merged_edges(edge for table in tables for edge in table.edges)
    return [aligned_to(table, edges) for table in tables]


def merged_edges(edges: Iterable[float], tolerance: float = TOLERANCE) -> tuple[float, ...]:
    """Edges from left to right, those that are nearly one taken as one."""
    found: list[list[float]] = []
    for edge in sorted(edges):
        if found and edge - found[-1][0] <= tolerance:
            found[-1].append(edge)
        else:
            found.append([edge])
    return tuple(sum(group) / len(group) for group in found)


def aligned_to(table: TextTable, edges: tuple[float, ...]) -> TextTable:
    """A table whose columns are counted along other edges, those nearest to its own."""
    at = [min(range(len(edges)), key=lambda n: abs(edges[n] - edge)) for edge in table.edges]
    at = [max(left, n) for n, left in zip(at, [0, *at], strict=False)]
    boxes = tuple(
        box._replace(column=at[left], width=at[right] - at[left])
        for box in table.boxes
        for left, right in [(box.column, min(box.column + box.width, len(at) - 1))]
        if at[right] > at[left]
    )
    return replace(table, boxes=boxes, edges=edges)


def widths(edges: Sequence[float]) -> list[float]:
    """The widths between some edges."""
    return [right - left for left, right in pairwise(edges)]


class Title(NamedTuple):
    """The bureau's name, the kind of report, and its lines where the draft gives them."""

    name: str
    kind: str
    lines: tuple[str, ...] = ()


class FormTable(NamedTuple):
    """The table of a section, and the report whose figures stand in it."""

    section: Section
    report: Report

    @property
    def grid(self) -> Grid:
        """Its cells with their figures."""
        return filled(self.section, self.report)

    @property
    def figures(self) -> list[str]:
        """Its figures alone, as printed, in the order of their cells."""
        figures = self.report.figures
        return [shown(figures.get(address)) for address in addresses(self.section)]


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
            yield FormTable(section, report)
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
