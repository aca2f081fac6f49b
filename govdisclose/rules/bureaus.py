"""R6: several bureaus' reports side by side.

These rules are given a :class:`Roll` and so stand in a registry of their own:
to check a single report costs nothing more.
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import cached_property
from typing import Generic, NamedTuple, TypeVar

from govdisclose.finding import Finding, Severity
from govdisclose.form import Address
from govdisclose.report import Figure, Report, shown
from govdisclose.rules.case import Fault, row_name

Given = TypeVar("Given")
Told = TypeVar("Told")


@dataclass(frozen=True)
class Entry:
    """What one draft says, so far as others are compared with it.

    ``texts`` are its texts as printed, by path; ``labels`` name their sections.
    """

    file: str
    name: str
    year: int | None = None
    address: str = ""
    telephone: str = ""
    texts: Mapping[str, str] = field(default_factory=dict)
    labels: Mapping[str, str] = field(default_factory=dict)
    figures: Mapping[Address, Figure] = field(default_factory=dict)

    @property
    def unit(self) -> str:
        """The name, the same however it is spaced."""
        return plain(self.name)

    def prose(self, section: str) -> str:
        """All that a section says, a paragraph a line."""
        return "\n".join(text for at, text in self.texts.items() if at.startswith(f"{section}."))


def entry(file: str, report: Report) -> Entry:
    """What a report says, without its figures."""
    return Entry(
        file,
        report.bureau.name,
        report.year,
        report.bureau.address,
        report.bureau.telephone,
        {at: report.says(text) for at, text in report.texts() if text.strip()},
        {key: section.label for key, section in report.form.prose.items()},
    )


def plain(name: str) -> str:
    """A name without blanks, its brackets and digits of one width."""
    return "".join(unicodedata.normalize("NFKC", name).split())


@dataclass(frozen=True)
class Roll:
    """The drafts of several bureaus, and the names of those that owe one."""

    entries: tuple[Entry, ...]
    roster: tuple[str, ...] = ()

    @cached_property
    def units(self) -> dict[str, list[Entry]]:
        """The drafts of each unit that gives its name."""
        return grouped((each.unit, each) for each in self.entries)


def grouped(pairs: Iterable[tuple[str, Entry]]) -> dict[str, list[Entry]]:
    """Entries by a key, those without one left out."""
    found: dict[str, list[Entry]] = defaultdict(list)
    for key, each in pairs:
        if key:
            found[key].append(each)
    return found


class Remark(NamedTuple):
    """What a rule says of one of the drafts, or of the roster where file is ""."""

    file: str
    fault: Fault


class Rule(NamedTuple, Generic[Given, Told]):
    """A check with its code; its page is the docstring of the function."""

    code: str
    severity: Severity
    check: Callable[[Given], Iterator[Told]]

    @property
    def title(self) -> str:
        """The first line of the page."""
        return (self.check.__doc__ or "").partition("\n")[0].rstrip("。")


def one_draft_each(roll: Roll) -> Iterator[Remark]:
    """一个单位一个年度只有一份草稿。

    有两份时不知道该用哪一份，都不生成。

    依据：算术。
    不通过：某局2024.toml 和 某局2024（改）.toml 都是某局 2024 年度的草稿
    通过：只留下某局2024.toml
    """
    for drafts in roll.units.values():
        years = grouped((str(each.year or ""), each) for each in drafts)
        for same in (same for same in years.values() if len(same) > 1):
            for each in same:
                others = "、".join(other.file for other in same if other is not each)
                yield Remark(
                    each.file,
                    Fault(
                        "bureau.name",
                        f"{each.name} {each.year} 年度的草稿有 {len(same)} 份：另有 {others}\n"
                        "留下要用的一份，其余的移到别的文件夹",
                    ),
                )


def on_the_roster(roll: Roll) -> Iterator[Remark]:
    """名册上的单位都有草稿，有草稿的单位都在名册上。

    给了名册才核对。名称差几个字的，指出最接近的一个。

    依据：实务。
    不通过：名册有某县水利局，文件夹里只有某县水务局的草稿
    通过：名册和草稿的单位一一对应
    """
    roster = {plain(name): name for name in roll.roster}
    if not roster:
        return
    strangers = [each for each in roll.entries if each.unit and each.unit not in roster]
    names = [each.unit for each in strangers]
    for unit, name in roster.items():
        if unit not in roll.units:
            message = f"名册上的{name}没有草稿{nearest(unit, names)}\n催报，或者核对单位名称"
            yield Remark("", Fault(name, message))
    absent = [unit for unit in roster if unit not in roll.units]
    for each in strangers:
        message = f"名册上没有{each.name}{nearest(each.unit, absent)}"
        yield Remark(each.file, Fault("bureau.name", f"{message}\n核对单位名称，或者把它加进名册"))


def nearest(name: str, names: Iterable[str]) -> str:
    """The name most like one, as the end of a sentence; only for those near."""
    close = get_close_matches(name, names, n=1, cutoff=0.7)
    return f"，最接近的是{close[0]}" if close else ""


class County(NamedTuple):
    """A county's report, and the shares of its units in each cell.

    Shares are in the order of ``units``, None where one has not answered.
    """

    report: Report
    units: tuple[str, ...]
    shares: Mapping[Address, tuple[Figure | None, ...]]


def county_is_the_sum(county: County) -> Iterator[Fault]:
    """县里的每一格等于各单位之和。

    一行里几格不等的并成一条，列出各单位在这一格的数字。
    县里自己的数用本级草稿（--own）计入；有单位没有填报的格不核对。

    依据：实务。
    不通过：甲局收到申请 3 件、乙局 2 件，县里填 6 件
    通过：甲局收到申请 3 件、乙局 2 件，县里填 5 件
    """
    form, figures = county.report.form, county.report.figures
    for line in form.lines.values():
        sums = {cell: total(county.shares[cell]) for cell in line.cells if cell in figures}
        wrong = [c for c, sum_ in sums.items() if sum_ is not None and figures[c] != sum_]
        wrong = [cell for cell in wrong if cell not in form.sums] or wrong
        if wrong:
            values = "\n".join(
                f"{form.column_name(cell)}填 {shown(figures[cell])}，各单位之和为 "
                f"{shown(sums[cell])}：{listed(county, cell)}"
                for cell in wrong
            )
            yield Fault(
                str(wrong[0]) if len(wrong) == 1 else f"{line.cells[0].table}.{line.row.key}",
                f"{row_name(form, wrong[0])}：与各单位之和不同\n{values}\n"
                "核对县里的数字和有关单位的草稿；有意调整的，写明理由后确认",
                tuple(wrong),
            )


def total(shares: Iterable[Figure | None]) -> Figure | None:
    """The sum of some shares, None while one is not answered."""
    whole: Figure = 0
    for share in shares:
        if share is None:
            return None
        whole += share
    return whole


def listed(county: County, cell: Address) -> str:
    """The shares in a cell in words, the largest first, those of 0 left out."""
    pairs = zip(county.units, county.shares[cell], strict=True)
    told = sorted(((unit, share) for unit, share in pairs if share), key=lambda pair: -pair[1])
    words = "，".join(f"{unit} {shown(share)}" for unit, share in told[:MOST])
    more = f"，等 {len(told)} 家" if len(told) > MOST else ""
    return words + more if told else "都是 0"


MOST = 8
"""So many units are named in a message."""


RULES = (
    Rule("R601", Severity.ERROR, one_draft_each),
    Rule("R606", Severity.WARNING, on_the_roster),
)


COUNTY = Rule("R605", Severity.WARNING, county_is_the_sum)


def check(roll: Roll) -> Iterator[tuple[str, Finding]]:
    """All findings on several reports, each with its file."""
    for rule in RULES:
        for file, fault in rule.check(roll):
            yield file, Finding(rule.code, rule.severity, fault.at, fault.message)
