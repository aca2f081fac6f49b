"""Bureaus added up, cell by cell, into the report of their county.

What a unit has not answered is never taken for 0: the county's cell stays
unanswered, and the unit is named.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from types import MappingProxyType
from typing import NamedTuple

from govdisclose.analysis import comparison
from govdisclose.analysis.unit_names import UnitNames
from govdisclose.county.contributions import contribution
from govdisclose.formats.excel import listing
from govdisclose.model.figures import Figure, shown
from govdisclose.model.finding import Finding, Severity, Unusable
from govdisclose.model.finding import as_data as finding_as_data
from govdisclose.model.form import Address, Form
from govdisclose.model.report import Reading, Report
from govdisclose.model.roster import Listed, unit_of
from govdisclose.model.text import plain
from govdisclose.rules import cross_unit, double_counting
from govdisclose.rules.cross_unit import MOST
from govdisclose.rules.double_counting import Addends, Contribution
from govdisclose.rules.peers import Roster

OWN = "本级"


@dataclass(frozen=True)
class Shares:
    """Each unit's share in each cell; None where a unit has not answered.

    ``figures`` are in the order of ``units``: those with a draft, then those
    ``missing``, which have answered nothing; the county's own share, where
    there is one, is the last and called 本级.
    """

    form: Form
    units: tuple[str, ...]
    figures: dict[Address, tuple[Figure | None, ...]]
    missing: tuple[str, ...] = ()

    def total(self, cell: Address) -> Figure | None:
        """The sum of all shares, None while one is not answered."""
        return cross_unit.total(self.figures[cell])

    def known(self, cell: Address) -> Figure:
        """The sum of the shares that are answered."""
        return sum(share for share in self.figures[cell] if share is not None)

    @property
    def open(self) -> tuple[Address, ...]:
        """The cells that have no sum yet."""
        return tuple(cell for cell in self.figures if self.total(cell) is None)


class RollupRemark(NamedTuple):
    """A finding with the draft it is on; of the roster where ``file`` is ""."""

    file: str
    finding: Finding


class Sum(NamedTuple):
    """A county's report, what stands against it, and the shares it is made of.

    ``files`` are the drafts it was added up from; ``is_open`` where beside them
    lie files that may be units' reports and were not read.
    """

    report: Report
    remarks: tuple[RollupRemark, ...]
    shares: Shares
    files: tuple[str, ...]
    is_open: bool = False

    @property
    def findings(self) -> list[Finding]:
        """What stands against it, without the files."""
        return [remark.finding for remark in self.remarks]


def add(
    reports: Iterable[Report],
    *,
    own: Report | None = None,
    name: str = "",
    year: int | None = None,
    roster: Sequence[Listed] = (),
) -> Sum:
    """The sum of some bureaus' reports and of the county's own share.

    ``own`` also gives the particulars and the prose.
    """
    units = [contribution(Reading(each, [], {})) for each in reports]
    base = county_of(own or Report(year=year))
    share = contribution(Reading(own, [], {})) if own else None
    return summed(units, own=share, base=base, name=name, roster=roster)


def county_of(own: Report) -> Report:
    """The report of a county, begun with what its own draft says."""
    return replace(own, bureau=replace(own.bureau, kind="government"), prose=dict(own.prose))


def summed(
    units: Sequence[Contribution],
    *,
    own: Contribution | None = None,
    base: Report | None = None,
    name: str = "",
    roster: Sequence[Listed] = (),
) -> Sum:
    """The sum of some units and of the county's own share.

    ``base`` gives the particulars and the prose of the county, and its year.
    Errors among the findings say that the sum is not the county's yet: a unit
    is missing, has not answered, or does not add up itself. A unit that is
    missing has answered nothing.
    """
    base = base or county_of(Report())
    owed = expected(roster, (name, base.bureau.name, own.name) if own else ())
    units = in_order(units, owed)
    every = (*units, *([own] if own else []))
    year = base.year or commonest(every)
    check_addable(units, every, year)
    check_units(units, (name, base.bureau.name, own.name if own else ""), owed)
    shares = shared(units, own, missing(units, owed))
    remarks = (*unsound(every), *doubled(units, own), *absent(units, owed.units))
    files = tuple(each.file for each in every)
    return Sum(county(shares, base, name, year), remarks, shares, files)


def commonest(units: Iterable[Contribution]) -> int | None:
    """The year of most units, of two the later one."""
    years = Counter(each.year for each in units if each.year)
    return max(years, key=lambda year: (years[year], year), default=None)


def check_addable(
    units: Sequence[Contribution], every: Sequence[Contribution], year: int | None
) -> None:
    """Refuse units without a year, of several years or forms."""
    if not units:
        raise Unusable("没有可以汇总的草稿")
    if undated := [each for each in every if each.year is None]:
        raise Unusable(f"{named(undated)}没有写年份，没有汇总：在开头写 year = 报告的年份")
    if others := [each for each in every if each.year != year]:
        years = "、".join(sorted({str(each.year) for each in others}))
        raise Unusable(f"{named(others)}是 {years} 年度的，汇总的是 {year} 年度，没有汇总")
    if others := [each for each in every if each.form_key != units[0].form_key]:
        raise Unusable(f"{named(others)}用的是另一种格式，不能相加")


def named(units: Sequence[Contribution]) -> str:
    """Some units in a sentence, not too many of them."""
    more = f"等 {len(units)} 家" if units[MOST:] else ""
    return "、".join(each.told for each in units[:MOST]) + more


def in_order(units: Sequence[Contribution], owed: UnitNames) -> Sequence[Contribution]:
    """The units in the order of the roster, those that are not on it last."""
    order = {plain(unit.name): number for number, unit in enumerate(owed.units)}
    return sorted(units, key=lambda each: order.get(owed.key(each.name), len(order)))


def check_units(units: Iterable[Contribution], counties: Iterable[str], owed: UnitNames) -> None:
    """Refuse a unit without a name, one that is there twice, and the county itself."""
    seen, themselves = dict[str, Contribution](), {plain(name) for name in counties if name}
    for each in units:
        if not each.unit:
            raise Unusable(f"{each.file or '有一份草稿'}：没有写单位名称，没有汇总")
        if each.unit in themselves:
            raise Unusable(
                f"{each.told}就是汇总的单位，不能当作下属单位计入，没有汇总："
                "它是以前的汇总，移到别处；是本级自己的数，用 --own 给出"
            )
        if other := seen.get(owed.key(each.name)):
            both = f"：{other.file}、{each.file}" if each.file else ""
            raise Unusable(f"{each.name}有两份草稿{both}，请只留要用的一份，没有汇总")
        seen[owed.key(each.name)] = each


def expected(roster: Iterable[Listed], counties: Iterable[str]) -> UnitNames:
    """The units of a roster that owe a draft beside the county's own share."""
    themselves = set(map(plain, counties))
    return UnitNames(each for each in roster if plain(unit_of(each).name) not in themselves)


def missing(units: Iterable[Contribution], owed: UnitNames) -> tuple[str, ...]:
    """The units that owe a draft and have none, each once."""
    there = {owed.key(each.name) for each in units}
    return tuple(unit.name for unit in owed.units if plain(unit.name) not in there)


def shared(
    units: Sequence[Contribution], own: Contribution | None, missing: tuple[str, ...] = ()
) -> Shares:
    """The share of each unit in each cell, in the order given."""
    form = units[0].form
    nothing = (None,) * len(form.addresses)
    names = (*(each.name for each in units), *missing, *([OWN] if own else []))
    columns = [
        *(each.figures for each in units),
        *(nothing for _ in missing),
        *([own.figures] if own else []),
    ]
    cells = zip(form.addresses, zip(*columns, strict=True), strict=True)
    return Shares(form, names, dict(cells), missing)


def county(shares: Shares, base: Report, name: str, year: int | None) -> Report:
    """The county's report: every cell of which all shares are known."""
    totals = {cell: shares.total(cell) for cell in shares.figures}
    return replace(
        base,
        form=shares.form,
        year=year,
        bureau=replace(base.bureau, name=name or base.bureau.name),
        prose=dict(base.prose),
        figures={cell: total for cell, total in totals.items() if total is not None},
    )


def unsound(units: Iterable[Contribution]) -> Iterator[RollupRemark]:
    """What keeps the figures of the units from being added."""
    for each in units:
        for finding in each.findings:
            yield RollupRemark(each.file, finding)


def doubled(units: Sequence[Contribution], own: Contribution | None) -> Iterator[RollupRemark]:
    """What may be counted twice."""
    for each, finding in double_counting.found(Addends(units, own)):
        yield RollupRemark(each.file, finding)


def absent(units: Sequence[Contribution], roster: Sequence[Listed]) -> Iterator[RollupRemark]:
    """An error for each unit of the roster that is missing, a warning for each not on it."""
    places = {each.entry.file: each.place for each in units}
    roll = Roster(tuple(each.entry for each in units), tuple(roster))
    for file, (code, _, at, message, *_) in cross_unit.found(cross_unit.ROSTER, roll):
        if file:
            message = f"{message}；它的数字已经计入，不该计入的移到别处"
            yield RollupRemark(file, Finding(code, Severity.WARNING, at, message, places[file]))
        else:
            message = f"{message}；有它的草稿以前，各格都没有合计"
            yield RollupRemark(file, Finding(code, Severity.ERROR, at, message))


def compare(report: Report, shares: Shares) -> list[Finding]:
    """R605 on a county's report, held against its bureaus' shares."""
    faults = cross_unit.county_is_the_sum(cross_unit.County(report, shares.units, shares.figures))
    rule = cross_unit.COUNTY
    return [Finding(rule.code, rule.severity, fault.at, fault.message) for fault in faults]


class Gaps(NamedTuple):
    """The cells of a county that cannot be compared.

    ``cells`` have no sum yet, ``units`` say how many of them each unit has left
    open; ``own`` are those that the county itself has not answered.
    """

    cells: tuple[Address, ...]
    units: dict[str, int]
    own: tuple[Address, ...]


def gaps(report: Report, shares: Shares) -> Gaps:
    """What of a county's report cannot be held against its bureaus."""
    blamed = Counter(
        unit
        for cell in shares.open
        for unit, share in zip(shares.units, shares.figures[cell], strict=True)
        if share is None
    )
    own = tuple(cell for cell in shares.figures if cell not in report.figures)
    return Gaps(shares.open, dict(blamed), own)


def as_data(
    total: Sum, roster: str = "", others: Mapping[str, list[Finding]] = MappingProxyType({})
) -> dict[str, object]:
    """A sum as JSON gives it; its findings as those of a check, amounts as text.

    ``others`` are findings on further files.
    """
    findings: dict[str, list[Finding]] = {file: [] for file in total.files}
    for file, finding in total.remarks:
        findings.setdefault(file or roster, []).append(finding)
    findings.update(others)
    sums = {cell: total.shares.total(cell) for cell in total.shares.figures}
    return {
        "files": [
            {"file": file, "findings": [*map(finding_as_data, each)]}
            for file, each in findings.items()
        ],
        "bureau": total.report.bureau.name,
        "year": total.report.year,
        "missing": list(total.shares.missing),
        "totals": {
            str(cell): shown(sum_) if isinstance(sum_, Decimal) else sum_
            for cell, sum_ in sums.items()
        },
    }


HEADS = ("部分", "行", "列", "合计", "已报之和")
UNITS_A_PAGE = 10


def table(shares: Shares, suffix: str) -> bytes:
    """Each unit's share in each cell as a file, by its suffix: .xlsx or .csv.

    On paper some units stand on a page, beside the names of the rows.
    """
    pages = max(1, -(-len(shares.units) // UNITS_A_PAGE))
    printing = listing.Printing(head_columns=len(HEADS), pages_wide=pages)
    return listing.dumps((*HEADS, *shares.units), rows(shares), suffix, printing)


def headline(shares: Shares) -> Iterator[tuple[str, Figure, Figure | None]]:
    """What has been added up so far of the totals that matter, and the sum where it is whole."""
    for cell in comparison.headline(shares.form):
        yield shares.form.row_name(cell), shares.known(cell), shares.total(cell)


def rows(shares: Shares) -> Iterator[listing.ListRow]:
    """A row a cell, in printed order; empty where a unit has not answered."""
    form = shares.form
    for cell, figures in shares.figures.items():
        yield (
            form.homes[cell.table].short,
            form.row_name(cell),
            form.column_name(cell),
            shares.total(cell),
            shares.known(cell),
            *figures,
        )
