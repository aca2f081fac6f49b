"""Whole tables pasted from a sheet, a document or a web page, row by row."""

from __future__ import annotations

import re
from typing import NamedTuple

from govdisclose.interview.questions import RowQuestion, disagreements, rows
from govdisclose.model.figures import Figure
from govdisclose.model.form import Address, Form, Line, Table


class PastedRows(NamedTuple):
    """What was read of several rows pasted at once.

    ``lines`` are the rows that were read, ``faults`` say what was not.
    """

    values: dict[Address, Figure | None]
    lines: list[Line]
    faults: list[str]


def block(form: Form, start: RowQuestion, typed: str) -> PastedRows:
    """The figures of several rows; sums are checked and left out.

    A row is known by its label, else it is the one after the row before.
    ValueError where nothing is read, or rows without labels do not add up.
    """
    table, lines = start.table, list(start.table.lines)
    pasted = [text for text in typed.splitlines() if re.search(r"\d\s*$", text)]
    asked = [row.line for row in rows(table, form) if isinstance(row, RowQuestion)]
    after = lines[lines.index(start.line) :]
    follow = iter(after if len(pasted) == len(after) else [line for line in after if line in asked])
    found, read, faults = dict[Address, Figure | None](), list[Line](), list[str]()
    for text in pasted:
        known = labelled(text, lines)
        line = known or next(follow, None)
        if line is None:
            faults.append(f"多出一行，不知道填在哪里：{text.strip()[:40]}")
            continue
        if known in after:
            follow = iter(after[after.index(line) + 1 :])
        try:
            found.update(RowQuestion(table, line).understood(form, text))
            read.append(line)
        except ValueError as error:
            faults.append(f"{line.brief}：{error}")
    apart = list(disagreements(form, found))
    if not read or (apart and not any(labelled(text, lines) for text in pasted)):
        raise ValueError("\n  ".join([*faults, *apart] or ["没有读出数字，请重新粘贴"]))
    values = {cell: value for cell, value in found.items() if cell not in form.sums}
    return PastedRows(values, read, faults + apart)


def anywhere(form: Form, start: RowQuestion, typed: str) -> PastedRows:
    """The figures of a block of any table: by its labels, else by its size and its sums.

    ValueError where it is no block of any table, or may be of several.
    """
    others = [table for table in form.tables.values() if table != start.table]
    texts = typed.splitlines()
    own = [text for text in texts if labelled(text, list(start.table.lines))]
    found = {
        table.key: [text for text in texts if is_of(text, table, start.table)] for table in others
    }
    if any(found.values()):
        reads = [block(form, start, "\n".join(own))] if own else []
        for table in others:
            if lines := found[table.key]:
                row = RowQuestion(table, table.lines[0])
                reads.append(block(form, row, "\n".join(lines)))
        return joined(reads)
    try:
        return block(form, start, typed)
    except ValueError as why:
        fitting = [read for table in others if (read := by_size(form, table, typed))]
        if len(fitting) == 1:
            return fitting[0]
        raise why from None


def is_of(text: str, table: Table, own: Table) -> bool:
    """Whether a line is labelled as a row of a table, and of no row of the one asked."""
    is_row = re.search(r"\d\s*$", text) and labelled(text, list(table.lines))
    return bool(is_row) and not labelled(text, list(own.lines))


def joined(reads: list[PastedRows]) -> PastedRows:
    """What was read of several tables."""
    values: dict[Address, Figure | None] = {}
    for read in reads:
        values |= read.values
    lines = [line for read in reads for line in read.lines]
    return PastedRows(values, lines, [fault for read in reads for fault in read.faults])


def by_size(form: Form, table: Table, typed: str) -> PastedRows | None:
    """A block without labels as a whole table, where its size and its sums fit; else None."""
    rows_there = [text for text in typed.splitlines() if re.search(r"\d\s*$", text)]
    asked = [line for line in table.lines if not all(cell in form.sums for cell in line.cells)]
    if len(rows_there) < 2 or len(rows_there) not in (len(table.lines), len(asked)):
        return None
    try:
        read = block(form, RowQuestion(table, table.lines[0]), typed)
    except ValueError:
        return None
    return None if read.faults else read


def labelled(text: str, lines: list[Line]) -> Line | None:
    """The row whose label stands in a pasted line, the longest that does."""
    tight = "".join(text.split())
    matches = [line for line in lines if "".join(line.row.text.split()) in tight]
    return max(matches, key=lambda line: len(line.row.text), default=None)
