"""A report as paragraphs and tables that can be altered before they are sewn into a file."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from random import Random

from govdisclose.model.form import Address
from govdisclose.model.front_matter import preamble, title
from govdisclose.model.grid import Cell, Role, filled
from govdisclose.model.report import Report
from govdisclose.model.text import ordinal, paragraphs

Cells = list[Cell]


@dataclass
class Piece:
    """A table, with the texts that stand in cells of figures hidden from the reader."""

    cells: Cells
    spans: str = "kept"  # "split": merged cells as single ones; "lost": they take one place
    jitter: int = 0  # twips by which column widths vary

    @property
    def height(self) -> int:
        return max((cell.row + cell.height for cell in self.cells), default=0)

    @property
    def width(self) -> int:
        return max((cell.column + cell.width for cell in self.cells), default=0)


@dataclass
class Chapter:
    """A section: its heading, and what stands under it."""

    key: str
    label: str
    blocks: list[str | Piece] = field(default_factory=list)


@dataclass
class Pattern:
    """A document before it is sewn; ``hidden`` are texts that must not be read."""

    report: Report
    title: list[str]
    preamble: list[str]
    chapters: list[Chapter]
    after: list[str] = field(default_factory=list)
    hidden: list[str] = field(default_factory=list)
    name: str = ""

    def piece(self, key: str) -> Piece:
        """The only table of a section."""
        return next(b for b in self.chapter(key).blocks if isinstance(b, Piece))

    def chapter(self, key: str) -> Chapter:
        return next(chapter for chapter in self.chapters if chapter.key == key)

    @property
    def pieces(self) -> list[Piece]:
        return [b for chapter in self.chapters for b in chapter.blocks if isinstance(b, Piece)]

    def shown(self) -> dict[Address, str]:
        """The texts that stand in the cells of figures."""
        found: dict[Address, str] = {}
        for piece in self.pieces:
            for cell in piece.cells:
                if cell.address and (cell.text.strip() or cell.address not in found):
                    found[cell.address] = cell.text
        return found


def cut(report: Report) -> Pattern:
    """The pattern of a report as our own documents are laid out."""
    chapters = []
    for section in report.form.sections:
        chapter = Chapter(section.key, section.label)
        if section.tables:
            chapter.blocks.append(Piece(list(filled(section, report).cells)))
        else:
            prose = report.prose[section.key]
            chapter.blocks.extend(paragraphs(report.says(prose.lead)))
            for number, part in enumerate(prose.parts, start=1):
                chapter.blocks.append(f"（{ordinal(number)}）{report.says(part.heading)}")
                chapter.blocks.extend(paragraphs(report.says(part.text)))
        chapters.append(chapter)
    lines = [line for line in title(report) if line]
    return Pattern(report, lines, paragraphs(preamble(report)), chapters)


def transposed(cells: Cells) -> Cells:
    """Rows as columns."""
    return [
        cell._replace(row=cell.column, column=cell.row, height=cell.width, width=cell.height)
        for cell in cells
    ]


def inserted_column(cells: Cells, at: int, texts: dict[int, str]) -> Cells:
    """A column more before another; ``texts`` by row, cells that reach over it widen."""
    found: Cells = []
    filled_rows: set[int] = set()
    for cell in cells:
        if cell.column >= at:
            found.append(cell._replace(column=cell.column + 1))
        elif cell.column + cell.width > at:
            found.append(cell._replace(width=cell.width + 1))
            filled_rows.update(range(cell.row, cell.row + cell.height))
        else:
            found.append(cell)
    height = max(cell.row + cell.height for cell in cells)
    for row in range(height):
        if row not in filled_rows:
            found.append(Cell(row, at, 1, 1, texts.get(row, ""), None, Role.CORNER))
    return found


def without_row(cells: Cells, row: int) -> Cells:
    """A row less."""
    found: Cells = []
    for cell in cells:
        if cell.row <= row < cell.row + cell.height:
            if cell.height > 1:
                found.append(cell._replace(height=cell.height - 1))
        elif cell.row > row:
            found.append(cell._replace(row=cell.row - 1))
        else:
            found.append(cell)
    return found


def inserted_row(cells: Cells, at: int, texts: list[str], label_width: int) -> Cells:
    """A row more before another: a label, then figures; cells that reach over it grow."""
    found: Cells = []
    taken: set[int] = set()
    for cell in cells:
        if cell.row >= at:
            found.append(cell._replace(row=cell.row + 1))
        elif cell.row + cell.height > at:
            found.append(cell._replace(height=cell.height + 1))
            taken.update(range(cell.column, cell.column + cell.width))
        else:
            found.append(cell)
    width = max(cell.column + cell.width for cell in cells)
    free = [column for column in range(width) if column not in taken]
    label, *figures = texts
    first, rest = free[: len(free) - len(figures)], free[len(free) - len(figures) :]
    found.append(Cell(at, first[0], 1, len(first), label, None, Role.ROW))
    for column, text in zip(rest, figures, strict=False):
        found.append(Cell(at, column, 1, 1, text, None, Role.CORNER))
    del label_width
    return found


def split(cells: Cells, at: int, repeat: int) -> tuple[Cells, Cells]:
    """A table in two, below a row; the second with so many heading rows repeated."""
    upper, lower = [], []
    for cell in cells:
        end = cell.row + cell.height
        if cell.row < at:
            upper.append(cell._replace(height=min(end, at) - cell.row))
        if end > at:
            top = max(cell.row, at)
            text = cell.text if cell.row >= at else ""
            lower.append(cell._replace(row=top - at + repeat, height=end - top, text=text))
    heads = [
        cell._replace(height=min(cell.row + cell.height, repeat) - cell.row)
        for cell in cells
        if cell.row < repeat
    ]
    return upper, heads + lower


def altered(cells: Cells, change: object, random: Random) -> Cells:
    """Cells with their texts changed by a function of cell and random."""
    return [
        replaced if isinstance(replaced := change(cell, random), Cell) else cell  # type: ignore[operator]
        for cell in cells
    ]


def copied(pattern: Pattern) -> Pattern:
    """A pattern that can be altered apart."""
    chapters = [
        Chapter(
            chapter.key,
            chapter.label,
            [
                replace(b, cells=list(b.cells)) if isinstance(b, Piece) else b
                for b in chapter.blocks
            ],
        )
        for chapter in pattern.chapters
    ]
    return replace(pattern, chapters=chapters, title=list(pattern.title))
