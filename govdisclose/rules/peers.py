"""What rules see of several bureaus: their particulars, names and texts."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Generic, NamedTuple, TypeVar

from govdisclose.analysis.unit_names import UnitNames
from govdisclose.model.finding import Severity
from govdisclose.model.report import Report
from govdisclose.model.roster import Listed
from govdisclose.model.text import plain
from govdisclose.rules.case import Fault

Subject = TypeVar("Subject")
Remarks = TypeVar("Remarks")


@dataclass(frozen=True)
class Particulars:
    """What a draft says of itself."""

    file: str
    name: str
    year: int | None = None
    address: str = ""
    telephone: str = ""

    @property
    def unit(self) -> str:
        """The name, the same however it is spaced."""
        return plain(self.name)


def particulars_of(file: str, report: Report) -> Particulars:
    """What a report says of itself."""
    bureau = report.bureau
    return Particulars(file, bureau.name, report.year, bureau.address, bureau.telephone)


@dataclass(frozen=True)
class ReportTexts:
    """What a draft says in words.

    ``texts`` are its texts as printed, by path; ``labels`` name their sections;
    ``limit`` is how many percent of a section may be like another's.
    """

    name: str
    texts: Mapping[str, str] = field(default_factory=dict)
    labels: Mapping[str, str] = field(default_factory=dict)
    limit: int = 50

    @property
    def unit(self) -> str:
        """The name, the same however it is spaced."""
        return plain(self.name)

    def prose(self, section: str) -> str:
        """All that a section says, a paragraph a line."""
        return "\n".join(text for at, text in self.texts.items() if at.startswith(f"{section}."))


def texts_of(report: Report) -> ReportTexts:
    """What a report says, its figures put in."""
    return ReportTexts(
        report.bureau.name,
        {at: report.says(text) for at, text in report.texts() if text.strip()},
        {key: section.label for key, section in report.form.prose.items()},
        report.limits.similarity or 50,
    )


@dataclass(frozen=True)
class Roster:
    """The drafts of several bureaus, and those that owe one."""

    entries: tuple[Particulars, ...]
    roster: tuple[Listed, ...] = ()

    @cached_property
    def names(self) -> UnitNames:
        """The units of the roster, found by whatever they are called."""
        return UnitNames(self.roster)

    @cached_property
    def units(self) -> dict[str, list[Particulars]]:
        """The drafts of each unit that gives its name, as the roster calls it."""
        return grouped((self.names.key(each.name), each) for each in self.entries)


def grouped(pairs: Iterable[tuple[str, Particulars]]) -> dict[str, list[Particulars]]:
    """Entries by a key, those without one left out."""
    found: dict[str, list[Particulars]] = defaultdict(list)
    for key, each in pairs:
        if key:
            found[key].append(each)
    return found


class NameIndex(NamedTuple):
    """Names of units as they are looked for in a text.

    ``firsts`` finds where one may begin; ``lengths`` are the longest first;
    ``printed`` gives each as its own draft prints it.
    """

    firsts: re.Pattern[str]
    lengths: tuple[int, ...]
    printed: Mapping[str, str]


def names_of(names: Iterable[str]) -> NameIndex:
    """The names long enough to be those of units and not of a common thing."""
    printed = {unit: name for name in names if len(unit := plain(name)) >= 4}
    letters = "".join(sorted({unit[0] for unit in printed}))
    firsts = re.compile(f"[{re.escape(letters)}]" if printed else "(?!)")
    return NameIndex(firsts, tuple(sorted({len(unit) for unit in printed}, reverse=True)), printed)


@dataclass(frozen=True)
class SimilarPeers:
    """The words of a draft, those of others by the section like its own, and all names."""

    own: ReportTexts
    likest: Mapping[str, Sequence[ReportTexts]]
    names: NameIndex


class PeerRemark(NamedTuple):
    """What a rule says of one of the drafts, or of the roster where file is ""."""

    file: str
    fault: Fault


class PeerRule(NamedTuple, Generic[Subject, Remarks]):
    """A check with its code; its page is the docstring of the function."""

    code: str
    severity: Severity
    check: Callable[[Subject], Iterator[Remarks]]

    @property
    def title(self) -> str:
        """The first line of the page."""
        return (self.check.__doc__ or "").partition("\n")[0].rstrip("。")
