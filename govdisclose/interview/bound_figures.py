"""Numbers in a text that are figures of the tables, and how to bind them.

A bound figure is written ``{applications.received.total}`` in a draft; the
officer reads 〔本年新收总计〕. Which figure a number is, its role in the sentence
says, as :mod:`govdisclose.rules.language` reads it; an equal value is no reason.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from govdisclose.model.figures import Figure, shown
from govdisclose.model.form import Address, Form, Item, Table, leaves
from govdisclose.model.placeholders import FIGURE_IN_TEXT
from govdisclose.model.report import Report
from govdisclose.rules.language import claims, clauses

AMOUNT = re.compile(rf"(?:{clauses.DIGITS}|{clauses.NUMERAL})(?:万(?!元))?[余多几]?")


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
    plain = printed.translate(clauses.WIDE)
    places = [at for at, c in enumerate(plain) if c not in " \t\u3000\xa0"]
    tight = "".join(plain[at] for at in places)
    offset = 0
    for sentence in clauses.sentences({"text": tight}, {"text": heading}):
        offset = tight.index(sentence.text, offset)
        for claim in claims.read(report, [sentence]):
            cell = cell_of(report, claim.sense, claim.mention.value)
            number = AMOUNT.match(sentence.text, claim.mention.start)
            if cell and number:
                start, end = offset + number.start(), offset + number.end()
                yield TextNumber(places[start], places[end - 1] + 1, cell)
        offset += len(sentence.text)


def cell_of(report: Report, sense: claims.Sense, value: Figure) -> Address | None:
    """The one figure that a number states, None where it is none or not sure.

    Of several ways to read a number the first that the table bears out counts;
    where none does, its role must leave no choice.
    """
    table = report.form.tables[sense.table]
    fitting = [reading for reading in sense.readings if worth(report, table, reading) == value]
    if fitting:
        return only_cell(table, fitting[0])
    return only_cell(table, sense.readings[0]) if len(sense.readings) == 1 else None


def only_cell(table: Table, reading: str) -> Address | None:
    """The figure that a reading is, None where it is a sum or a group."""
    cells = cells_of(table, reading)
    return cells[0] if len(cells) == 1 and re.fullmatch(r"[a-z_.]+", reading) else None


def worth(report: Report, table: Table, reading: str) -> Figure | None:
    """What a reading such as ``handled-carried_in`` comes to, None where not known."""
    total: Figure = 0
    for sign, name in re.findall(r"([+-]?)([a-z_.]+)", reading):
        value = report.add(cells_of(table, name))
        if value is None:
            return None
        total += -value if sign == "-" else value
    return total


def cells_of(table: Table, name: str) -> tuple[Address, ...]:
    """The figures of ``row`` (its total) or ``row.column``, either may be a group."""
    row_key, _, column_key = name.partition(".")
    row = heading_of(table.rows, row_key)
    column = heading_of(table.columns, column_key or "total")
    if row is None or (column is None and len(leaves(table.columns)) > 1):
        return ()
    columns = column.leaves if column else leaves(table.columns)
    return tuple(Address(table.key, r.key, c.key) for r in row.leaves for c in columns)


def heading_of(items: tuple[Item, ...], key: str) -> Item | None:
    """The heading with a key, somewhere below some headings."""
    for item in items:
        if item.key == key:
            return item
        if found := heading_of(item.items, key):
            return found
    return None


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
    return f"〔{line.brief.rpartition('、')[2]}{column}〕"


def from_readable(text: str, report: Report) -> str:
    """What an officer has edited, its names in brackets as addresses again."""
    names = {label(report.form, address): f"{{{address}}}" for address in report.form.addresses}
    return re.sub(r"〔[^〔〕\n]{1,60}〕", lambda match: names.get(match[0], match[0]), text)


def value_of(report: Report, cell: Address) -> str:
    """A figure as printed, ? while it is not answered."""
    return shown(report.figures.get(cell)) or "?"
