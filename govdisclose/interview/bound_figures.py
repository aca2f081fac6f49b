"""Numbers in a text that are figures of the tables, and how to bind them.

A bound figure is written ``{applications.received.total}`` in a draft; the
officer reads 〔本年新收总计〕. Which figure a number is, its role in the sentence
says, as :mod:`govdisclose.rules.language` reads it; an equal value is no reason.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from govdisclose.model.figures import Figure
from govdisclose.model.form import Address, Form, Table
from govdisclose.model.placeholders import FIGURE_IN_TEXT
from govdisclose.model.report import Report
from govdisclose.rules import language
from govdisclose.rules.language import Role, Sense
from govdisclose.rules.readings import place, worth


class TextNumber(NamedTuple):
    """A number of a text, from ``start`` to ``end``, and the figure it states."""

    start: int
    end: int
    cell: Address


def figures_in(report: Report, text: str, heading: str = "") -> list[TextNumber]:
    """The numbers of a text that are figures of the tables, in order.

    The text is as a draft holds it; what is bound already is left out.
    """
    printed, kept = expanded(report, text)
    found = []
    for start, end, cell in roles(report, printed, heading):
        if not any(start < to and at < end for at, to, _, _ in kept):
            shift = sum((q - p) - (to - at) for at, to, p, q in kept if to <= start)
            found.append(TextNumber(start + shift, end + shift, cell))
    return found


class Expansion(NamedTuple):
    """Where a brace stood as printed, and where in the draft."""

    printed: int
    printed_end: int
    drafted: int
    drafted_end: int


def expanded(report: Report, text: str) -> tuple[str, list[Expansion]]:
    """A text as printed, one digit for a figure not known, and where braces stood."""
    found: list[Expansion] = []
    printed, at = "", 0
    for match in FIGURE_IN_TEXT.finditer(text):
        printed += text[at : match.start()]
        start, at = len(printed), match.end()
        printed += report.says(match[0]) or "0"
        found.append(Expansion(start, len(printed), match.start(), match.end()))
    return printed + text[at:], found


def roles(report: Report, printed: str, heading: str) -> Iterator[TextNumber]:
    """The numbers of a text as printed that state one figure of the tables."""
    for start, end, number in language.numbers(report, printed, heading):
        if number.role is not Role.FIGURE or number.sense is None:
            continue
        cell = cell_of(report, number.sense, number.amount.value)
        if cell:
            without_unit = printed[start : end - len(number.amount.unit)]
            yield TextNumber(start, start + len(without_unit.rstrip()), cell)


def cell_of(report: Report, sense: Sense, value: Figure) -> Address | None:
    """The one figure that a number states, None where it is none or not sure.

    Of several ways to read a number the first that the table bears out counts;
    where none does, its role must leave no choice.
    """
    table = report.form.tables.get(sense.table)
    worths = [(reading, worth(report, table, reading)) for reading in sense.readings]
    fitting = [reading for reading, found in worths if found and found.value == value]
    if fitting:
        return only_cell(table, fitting[0])
    return only_cell(table, sense.readings[0]) if len(sense.readings) == 1 else None


def only_cell(table: Table | None, reading: str) -> Address | None:
    """The figure that a reading is, None where it is a sum or a group."""
    if not re.fullmatch(r"[a-z_.]+", reading):
        return None
    found = place(table, reading) if table else None
    if found is None:
        return None
    _, cells = found
    return cells[0] if len(cells) == 1 else None


def bound(text: str, numbers: list[TextNumber]) -> str:
    """A text with some of its numbers bound to the tables."""
    for start, end, cell in reversed(numbers):
        text = f"{text[:start]}{{{cell}}}{text[end:]}"
    return text


def readable(text: str, report: Report) -> str:
    """A text with every bound figure as the officer reads it: 〔本年新收总计〕 or its value."""

    def put_in(match: re.Match[str]) -> str:
        address = report.form.by_name.get(match["name"] or "")
        return label(report.form, address) if address else match[0]

    return FIGURE_IN_TEXT.sub(put_in, text)


def label(form: Form, address: Address) -> str:
    """A bound figure by its name, in brackets that stand in no sentence."""
    line = form.lines[address.table, address.row]
    column = form.column_name(address) if len(line.cells) > 1 else ""
    column = "" if column == line.row.brief else column
    return f"〔{line.brief.rpartition('、')[2]}{column}〕"


def from_readable(text: str, form: Form) -> str:
    """What an officer has edited, its names in brackets as addresses again."""
    if "〔" not in text:
        return text
    names = {label(form, address): f"{{{address}}}" for address in form.addresses}
    return re.sub(r"〔[^〔〕\n]{1,60}〕", lambda match: names.get(match[0], match[0]), text)
