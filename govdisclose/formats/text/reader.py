"""What a plain text says: lines, and the tables that its words make.

A table in plain text has lost its cells. Words parted by tabs or wide gaps
are cells; where a line is one cell, figures belong to the label before them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from govdisclose.formats import published
from govdisclose.formats.cells import is_number, is_slot
from govdisclose.formats.document import Block, Paragraph, of_rows
from govdisclose.formats.encodings import decoded
from govdisclose.formats.headings import is_furniture, is_section
from govdisclose.formats.labels import best_of
from govdisclose.model.finding import Unusable
from govdisclose.model.form import Form, Section, leaves
from govdisclose.model.notices import NEWEST
from govdisclose.model.report import Reading

MOST_BYTES = 5_000_000
MOST_LINES = 20_000
GAP = re.compile(r"\t+|[ \u3000\u00a0]{2,}")
LONE = 1  # characters of what a label printed upright leaves on a line
NEAR = 2  # lines above and below a figure that may hold a piece of its label
FULL_LINE = 24  # characters of a line that goes on in the next
END = re.compile(r"[。：:；;！？!?）)”]$")


def loads(data: bytes) -> Reading:
    """The report in a plain text."""
    if len(data) > MOST_BYTES:
        raise Unusable(f"文件超过 {MOST_BYTES // 1_000_000} MB，不像一份年度报告")
    lines = decoded(data).replace("\x0c", "\n").splitlines()
    if len(lines) > MOST_LINES:
        raise Unusable("文本的行数过多，不像一份年度报告")
    own = [line for line in lines if line.strip().isdecimal() or not is_furniture(line)]
    return published.read(list(blocks(own)))


def blocks(lines: Sequence[str]) -> Iterator[Block]:
    """The paragraphs of a text, and the tables under the headings that have one."""
    section: Section | None = None
    number = 0
    held: list[str] = []
    for line in [*lines, None]:
        opened = next((s for s in NEWEST.sections if line and is_section(Paragraph(line), s)), None)
        if line is not None and opened is None:
            held.append(line)
            continue
        if section is not None and section.tables:
            number += 1
            yield from tables(held, f"第 {number} 个表", NEWEST)
        else:
            yield from map(Paragraph, joined(held))
        held = []
        if line is not None:
            section = opened
            yield Paragraph(line.strip())


def tables(lines: Sequence[str], place: str, form: Form) -> Iterator[Block]:
    """The table that some lines make; what stands below it and is no part of it stays text."""
    if copied := copied_rows(lines, form):
        yield of_rows(copied, place, exact=False)
        yield from map(Paragraph, joined(lines[len(copied) :]))
        return
    rows = [[cell.strip() for cell in GAP.split(line.strip()) if cell.strip()] for line in lines]
    last = max((n for n, row in enumerate(rows) if any(map(is_slot, row))), default=-1)
    if last < 0:
        yield from map(Paragraph, joined(lines))
        return
    own = [row for row in rows[: last + 1] if row]
    if max(map(len, own), default=0) > 2:
        yield of_rows(labelled(own, form), place, exact=False)
    else:
        yield of_rows(regrouped([cell for row in own for cell in row]), place, exact=False)
    yield from map(Paragraph, joined(lines[last + 1 :]))


def copied_rows(lines: Sequence[str], form: Form) -> list[list[str]]:
    """The rows of a table copied with its empty cells, one tab between two; none where it is not.

    Tabs are cells where every line has as many figures and blanks as a row of the form;
    tabs that only put figures one below the other do not come out so.
    """
    rows = [[cell.strip() for cell in line.split("\t")] for line in lines]
    filled = [n for n, row in enumerate(rows) if len(row) > 1 and any(map(is_slot, row))]
    own = rows[: filled[-1] + 1] if filled else []
    widths = {len(line.cells) for table in form.tables.values() for line in table.lines}
    has_blank = any("" in row[1:] for row in own)
    return own if has_blank and {width(rows[n]) for n in filled} <= widths else []


def width(row: Sequence[str]) -> int:
    """The figures and blanks of a row behind its label."""
    words = [n for n, cell in enumerate(row) if not is_slot(cell)]
    return len(row) - 1 - max(words, default=-1)


def regrouped(cells: Sequence[str]) -> Iterator[list[str]]:
    """Cells one below the other as rows: figures go with the label before them."""
    labels: list[str] = []
    figures: list[str] = []
    for cell in [*cells, ""]:
        if cell and is_slot(cell):
            figures.append(cell)
            continue
        if figures:
            if labels[:-1]:
                yield labels[:-1]
            yield [*labels[-1:], *figures]
            labels, figures = [], []
        if cell:
            labels.append(cell)
    if labels:
        yield labels


def labelled(rows: Sequence[list[str]], form: Form) -> Iterator[list[str]]:
    """Rows with the label that fits them best, put together from the lines around.

    A long label stands on two or three lines, its figures on one of them.
    """
    rows = [[c for c in row if len(c) > LONE or is_slot(c)] for row in rows]
    items = [
        item
        for table in form.tables.values()
        for item in (*leaves(table.rows), *table.columns, *leaves(table.columns))
    ]
    for at, row in enumerate(rows):
        end = max((n for n, cell in enumerate(row) if not is_slot(cell)), default=-1)
        before, own, figures = row[: max(end, 0)], "".join(row[end : end + 1]), row[end + 1 :]
        if end < 0:
            own = ""
        if not any(map(is_number, figures)) or len(before) > 2:
            if row:
                yield row
            continue
        label = max(around(rows, at, own), key=lambda text: best_of(text, items))
        yield [*before, *([label] if label else []), *figures]


def around(rows: Sequence[list[str]], at: int, own: str) -> Iterator[str]:
    """The labels that a line and those around it may make, beginning with its own."""
    above = pieces(rows, range(at - 1, at - 1 - NEAR, -1))
    below = pieces(rows, range(at + 1, at + 1 + NEAR))
    for up in range(len(above) + 1):
        for down in range(len(below) + 1 if own or up else 1):
            yield "".join((*reversed(above[:up]), own, *below[:down]))


def pieces(rows: Sequence[list[str]], numbers: range) -> list[str]:
    """The lines without figures next to one, up to the next with figures."""
    found: list[str] = []
    for n in numbers:
        if not 0 <= n < len(rows) or any(map(is_slot, rows[n])) or len(rows[n]) != 1:
            break
        found.append(rows[n][-1])
    return found


def joined(lines: Sequence[str]) -> Iterator[str]:
    """Paragraphs of lines: one that is set in begins a paragraph, a full one goes on."""
    is_set_in = any(line.startswith(("   ", "　　")) and line.strip() for line in lines)
    is_wrapped = is_set_in and sum(len(line) > FULL_LINE for line in lines) > 2
    held = ""
    for line in lines:
        text = line.strip()
        is_new = not is_wrapped or line.startswith(("    ", "　　")) or END.search(held)
        if held and (is_new or not text):
            yield held
            held = ""
        held += text
    if held:
        yield held
