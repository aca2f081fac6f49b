"""What the tables come to where a text can be read in several ways."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from govdisclose.model.figures import Figure
from govdisclose.model.form import Address, Table, leaves
from govdisclose.model.report import Report
from govdisclose.rules.language.claims import Claim
from govdisclose.rules.language.phrases import Sense
from govdisclose.rules.language.reading import Sentence


class Worth(NamedTuple):
    """What a reading comes to: its terms, its value, the figures it is of."""

    terms: tuple[Term, ...]
    value: Figure
    cells: tuple[Address, ...]


class Term(NamedTuple):
    """One term of a reading: added or taken away, its name, what it comes to."""

    sign: str
    name: str
    value: Figure


def place(table: Table, name: str) -> tuple[str, tuple[Address, ...]] | None:
    """The name and the figures of ``row`` or ``row.column``, either may be a group.

    None where the form has nothing of that name.
    """
    row_key, _, column_key = name.partition(".")
    row = table.row_headings.get(row_key)
    column = table.column_headings.get(column_key or "total")
    if row is None or column is None:
        return None
    cells = tuple(Address(table.key, r.key, c.key) for r in row.leaves for c in column.leaves)
    alone = len(leaves(table.columns)) == 1
    label = row.number + row.brief
    return label if column.total or alone else f"{label}｜{column.brief}", cells


_TERM = re.compile(r"([+-]?)([a-z_.]+)")


def worth(
    report: Report,
    table: Table | None,
    reading: str,
    figures: Mapping[Address, Figure] | None = None,
) -> Worth | None:
    """What a reading comes to, None while a figure is not answered or not of the form."""
    figures = report.figures if figures is None else figures
    total: Figure = 0
    terms: list[Term] = []
    cells: tuple[Address, ...] = ()
    for sign, name in _TERM.findall(reading):
        found = place(table, name) if table else None
        if found is None:
            return None
        label, places = found
        if any(cell not in figures for cell in places):
            return None
        value = sum((figures[cell] for cell in places), start=0)
        total += -value if sign == "-" else value
        terms.append(Term(sign, label, value))
        cells = (*cells, *places)
    return Worth(tuple(terms), total, cells)


def contradicted(report: Report, claims: Iterable[Claim]) -> list[Claim]:
    """The claims that the tables contradict, whichever way they are read.

    Where a text gives one thing twice and one of them is right, the other is of
    something narrower that was not understood, unless it says it is the whole.
    """
    verdicts = [(claim, borne_out(report, claim)) for claim in claims]
    right = {
        (claim.sentence.at, claim.sense.readings[0]) for claim, is_right in verdicts if is_right
    }
    sums: dict[tuple[Sentence, Sense], list[Claim]] = {}
    for claim, is_right in verdicts:
        if is_right is False:
            sums.setdefault((claim.sentence, claim.sense), []).append(claim)
    return [
        claim
        for claim, is_right in verdicts
        if is_right is False
        and not ((claim.sentence.at, claim.sense.readings[0]) in right and not claim.number.strong)
        and not add_up(report, sums[claim.sentence, claim.sense])
    ]


def borne_out(report: Report, claim: Claim) -> bool | None:
    """Whether a reading bears a claim out, None where one of them is not known."""
    found = readings(report, claim)
    if any(each is None for each in found):
        return None
    return any(each is not None and claim.agrees(each.value) for each in found)


def readings(report: Report, claim: Claim) -> list[Worth | None]:
    """What each reading of a claim comes to."""
    table = report.form.tables.get(claim.sense.table)
    return [worth(report, table, reading) for reading in claim.sense.readings]


def add_up(report: Report, claims: list[Claim]) -> bool:
    """Whether several numbers of one thing in a sentence are parts of what is right."""
    if len(claims) < 2:
        return False
    total = sum(claim.number.amount.value for claim in claims)
    return any(each is not None and each.value == total for each in readings(report, claims[0]))
