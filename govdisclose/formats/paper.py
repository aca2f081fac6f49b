"""A paper that is no report: headings, sentences and plain tables, drawn in any format."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from govdisclose.model.text import wide

Value = str | int | Decimal | None
SCREEN = 80
"""Columns of a terminal."""


class Head(NamedTuple):
    """A heading."""

    text: str


class Text(NamedTuple):
    """A paragraph."""

    text: str


class Rows(NamedTuple):
    """A table: its name, the headings of its columns and their rows.

    ``widths`` are relative; the rows in ``marked`` want a look; the columns in
    ``bars`` are charted beside those of the first, where a format has charts.
    """

    name: str
    headers: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]
    widths: tuple[int, ...]
    marked: frozenset[int] = frozenset()
    bars: tuple[int, ...] = ()


Block = Head | Text | Rows


class Paper(NamedTuple):
    """A title and what follows."""

    title: str
    blocks: tuple[Block, ...]


def shown(value: Value) -> str:
    """A cell as text."""
    return "" if value is None else format(value, "f") if isinstance(value, Decimal) else str(value)


# On a terminal


def lines(paper: Paper) -> Iterator[str]:
    """A paper as lines of text, none of a table wider than a terminal."""
    yield paper.title
    for block in paper.blocks:
        if isinstance(block, Head):
            yield f"\n{block.text}"
        elif isinstance(block, Text):
            yield f"  {block.text}"
        else:
            yield from table_lines(block)


def table_lines(table: Rows) -> Iterator[str]:
    """A table with its figures to the right; texts that are too long are cut."""
    cells = [list(table.headers), *([shown(v) for v in row] for row in table.rows)]
    texts = [n for n in range(len(table.headers)) if not all(is_number(r[n]) for r in cells[1:])]
    widths = [max(wide(row[n]) for row in cells) for n in range(len(table.headers))]
    while texts and sum(widths) + 2 * len(widths) > SCREEN:
        longest = max(texts, key=lambda n: widths[n])
        widths[longest] -= 1
        texts = [n for n in texts if widths[n] > NARROWEST]
    columns = {n for n in range(len(widths)) if not all(is_number(r[n]) for r in cells[1:])}
    for number, row in enumerate(cells):
        mark = "* " if number - 1 in table.marked and number else "  "
        line = "  ".join(
            padded(cut(text, room), room, left=n in columns)
            for n, (text, room) in enumerate(zip(row, widths, strict=True))
        )
        yield f"{mark}{line}".rstrip()


NARROWEST = 8


def is_number(text: str) -> bool:
    """Whether a text is a number to look at, such as +3.5%, or nothing."""
    return set(text) <= set("0123456789.,+-−%?")


def padded(text: str, room: int, *, left: bool) -> str:
    """A text in so many columns."""
    blank = " " * (room - wide(text))
    return text + blank if left else blank + text


def cut(text: str, room: int) -> str:
    """A text in so many columns, its end left out where it is too long."""
    if wide(text) <= room:
        return text
    while wide(text) > room - 1:
        text = text[:-1]
    return f"{text}…"
