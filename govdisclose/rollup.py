"""Bureaus added up, cell by cell, into the report of their county.

What a unit has not answered is never taken for 0: the county's cell stays
unanswered, and the unit is named.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from govdisclose import listing, rules
from govdisclose.finding import Finding, Severity, Unusable
from govdisclose.form import Address, Form
from govdisclose.report import Bureau, Figure, Report
from govdisclose.rules import bureaus
from govdisclose.rules.bureaus import Roll, plain

OWN = "本级"


@dataclass(frozen=True)
class Shares:
    """Each unit's share in each cell; None where a unit has not answered.

    ``figures`` are in the order of ``units``; the county's own share, where
    there is one, is the last and called 本级.
    """

    form: Form
    units: tuple[str, ...]
    figures: dict[Address, tuple[Figure | None, ...]]

    def total(self, cell: Address) -> Figure | None:
        """The sum of all shares, None while one is not answered."""
        return bureaus.total(self.figures[cell])


class Sum(NamedTuple):
    """A county's report, what stands against it, and the shares it is made of."""

    report: Report
    findings: list[Finding]
    shares: Shares


def add(
    reports: Sequence[Report],
    *,
    own: Report | None = None,
    name: str = "",
    year: int | None = None,
    roster: Sequence[str] = (),
) -> Sum:
    """The sum of some bureaus' reports and of the county's own share.

    ``own`` also gives the particulars and the prose. Errors among the findings
    say that the sum is not the county's yet: a unit is missing, has not
    answered, or does not add up itself.
    """
    year = year or (own and own.year) or next((each.year for each in reports), None)
    check_addable([*reports, *([own] if own else [])], year)
    check_units(reports)
    shares = shared(reports, own)
    findings = [*unsound([*reports, *([own] if own else [])]), *absent(reports, roster)]
    return Sum(county(shares, own, name, year), findings, shares)


def check_addable(reports: Sequence[Report], year: int | None) -> None:
    """Refuse reports of several years or forms."""
    if not reports:
        raise Unusable("没有可以汇总的草稿")
    for each in reports:
        if each.year != year:
            stated = "没有写年份" if each.year is None else f"是 {each.year} 年度的"
            raise Unusable(f"{each.bureau.name}的草稿{stated}，汇总的是 {year} 年度，没有汇总")
        if each.form is not reports[0].form:
            raise Unusable(f"{each.bureau.name}的草稿用的是另一种格式，不能相加")


def check_units(reports: Iterable[Report]) -> None:
    """Refuse a unit without a name, or one that is there twice."""
    seen = set[str]()
    for each in reports:
        unit = plain(each.bureau.name)
        if not unit:
            raise Unusable("有一份草稿没有写单位名称，没有汇总")
        if unit in seen:
            raise Unusable(f"{each.bureau.name}有两份草稿，请只留要用的一份，没有汇总")
        seen.add(unit)


def shared(reports: Sequence[Report], own: Report | None) -> Shares:
    """The share of each report in each cell, in the order given."""
    every = [*reports, *([own] if own else [])]
    names = (*(each.bureau.name for each in reports), *([OWN] if own else []))
    form = every[0].form
    return Shares(
        form,
        names,
        {cell: tuple(each.figures.get(cell) for each in every) for cell in form.addresses},
    )


def county(shares: Shares, own: Report | None, name: str, year: int | None) -> Report:
    """The county's report: every cell of which all shares are known."""
    totals = {cell: shares.total(cell) for cell in shares.figures}
    figures = {cell: total for cell, total in totals.items() if total is not None}
    if own is None:
        return Report(shares.form, year, Bureau(name, "government"), figures=figures)
    bureau = replace(own.bureau, name=name or own.bureau.name, kind="government")
    return replace(own, bureau=bureau, prose=dict(own.prose), figures=figures)


def unsound(reports: Iterable[Report]) -> Iterator[Finding]:
    """What keeps the figures of a unit from being added: unanswered, or not adding up."""
    for report in reports:
        for finding in rules.check(report):
            if finding.code.startswith(("R101", "R2")) and finding.severity is Severity.ERROR:
                yield finding._replace(message=f"{report.bureau.name}：{finding.message}")


def absent(reports: Iterable[Report], roster: Sequence[str]) -> Iterator[Finding]:
    """An error for each unit of the roster that is missing from the sum."""
    entries = tuple(bureaus.entry(each.bureau.name, each) for each in reports)
    for file, finding in bureaus.found(bureaus.ROSTER, Roll(entries, tuple(roster))):
        yield finding._replace(severity=Severity.WARNING if file else Severity.ERROR)


def compare(report: Report, shares: Shares) -> list[Finding]:
    """R605 on a county's report, held against its bureaus' shares."""
    faults = bureaus.county_is_the_sum(bureaus.County(report, shares.units, shares.figures))
    rule = bureaus.COUNTY
    return [Finding(rule.code, rule.severity, fault.at, fault.message) for fault in faults]


def table(shares: Shares, suffix: str) -> bytes:
    """Each unit's share in each cell as a file, by its suffix: .xlsx or .csv."""
    headers = ("部分", "行", "列", "合计", *shares.units)
    return listing.dumps(headers, rows(shares), suffix)


def rows(shares: Shares) -> Iterator[listing.Row]:
    """A row a cell, in printed order; empty where a unit has not answered."""
    form = shares.form
    for cell, figures in shares.figures.items():
        yield (
            form.homes[cell.table].short,
            form.row_name(cell),
            form.column_name(cell),
            shares.total(cell),
            *figures,
        )
