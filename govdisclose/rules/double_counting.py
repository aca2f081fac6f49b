"""R6 of a sum: what would be counted twice.

A unit under two names, an earlier sum among the units or given as the county's
own share: these rules are given the :class:`Terms` of a sum.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from operator import ge
from typing import NamedTuple

from govdisclose.model.figures import Figure
from govdisclose.model.finding import Finding, Place, Severity
from govdisclose.model.form import Form
from govdisclose.model.notices import FORMS
from govdisclose.model.text import plain
from govdisclose.rules.cross_unit import MOST
from govdisclose.rules.peers import Particulars, PeerRule

TELLING = 6
"""Figures with fewer digits in all may well be the same in two units."""

SHARED = 5
"""So many cells in which several units have something make a sum recognizable."""

SEVERAL = 4
"""So many units with figures of their own are enough to tell one that holds them."""

REMEDY = (
    "以前的汇总计入就算了两次：移走它；要换上新的数字，用 --update 以前的汇总；"
    "本级自己的数另写一份草稿，用 --own 给出"
)


@dataclass(frozen=True)
class Contribution:
    """What a draft gives to the sum.

    ``figures`` are in the order of the form, None where one is not answered;
    ``words`` stand for its prose, "" where that says little; ``place`` is where
    the draft names its unit. ``slips`` are errors of the
    file, ``findings`` what keeps its figures from being added.
    """

    file: str
    name: str
    year: int | None
    form_key: str
    figures: tuple[Figure | None, ...]
    words: str = ""
    place: Place | None = None
    slips: tuple[Finding, ...] = ()
    findings: tuple[Finding, ...] = ()

    @property
    def unit(self) -> str:
        """The name, the same however it is spaced."""
        return plain(self.name)

    @property
    def form(self) -> Form:
        """The form it was reported in."""
        return FORMS[self.form_key]

    @property
    def told(self) -> str:
        """The name as a message gives it, with its file."""
        return f"{self.name}（{self.file}）" if self.file else self.name

    @property
    def entry(self) -> Particulars:
        """What it says of itself, held against a roster."""
        return Particulars(self.file or self.name, self.name, self.year)


class Addends(NamedTuple):
    """What is added up: the units, and the county's own share where it is given."""

    units: Sequence[Contribution]
    own: Contribution | None = None

    @property
    def every(self) -> tuple[Contribution, ...]:
        """All of them, the county's own share last."""
        return (*self.units, *([self.own] if self.own else []))


class Suspicion(NamedTuple):
    """A unit and why it may be counted twice."""

    unit: Contribution
    message: str


def found(terms: Addends) -> Iterator[tuple[Contribution, Finding]]:
    """Each unit that may be counted twice, with a finding on its name."""
    for rule in RULES:
        for unit, message in rule.check(terms):
            yield unit, Finding(rule.code, rule.severity, "bureau.name", message, unit.place)


# A unit under two names


def one_name_each(terms: Addends) -> Iterator[Suspicion]:
    """一个单位不用两个名称各报一份。

    两个单位的数字完全相同，或者除单位名称以外的文字完全相同时指出；
    数字很少、很小的不看，碰巧相同也是有的。

    依据：算术。
    不通过：某县卫健委和某县卫生健康委员会的三张表一模一样
    通过：一个单位只有一份草稿
    """
    same: dict[tuple[Contribution, ...], list[str]] = defaultdict(list)
    telling = ((each.figures, each) for each in terms.every if is_telling(each.figures))
    for group in alike(telling):
        same[group].append("数字")
    for group in alike((each.words, each) for each in terms.every if each.words):
        same[group].append("文字")
    for group, what in same.items():
        named = "、".join(each.told for each in group[:MOST])
        more = f"等 {len(group)} 家" if group[MOST:] else ""
        yield Suspicion(
            group[0],
            f"{named}{more}的{'和'.join(what)}完全相同\n"
            "核对是不是同一个单位用两个名称各报了一份：是的，只留一份，不然算了两次",
        )


def alike(pairs: Iterable[tuple[object, Contribution]]) -> Iterator[tuple[Contribution, ...]]:
    """The groups of units with the same key, in an order that is always the same."""
    groups: dict[object, list[Contribution]] = defaultdict(list)
    for key, each in pairs:
        groups[key].append(each)
    for group in groups.values():
        if len(group) > 1:
            yield tuple(sorted(group, key=lambda each: (each.file, each.name)))


def is_telling(figures: Iterable[Figure | None]) -> bool:
    """Whether figures are so many, or so large, that none has them by chance."""
    return sum(len(str(int(each))) for each in figures if each) >= TELLING


# An earlier sum


class ShareBesideOthers(NamedTuple):
    """A share in a cell, the sum of the shares of all others, and how many have one."""

    share: Figure
    others: Figure
    givers: int


def no_earlier_sum(terms: Addends) -> Iterator[Suspicion]:
    """以前的汇总没有再计入。

    一份草稿的数字等于其余各单位之和，或者多数格子是这样，或者只差后来的一个单位，
    就像是以前的汇总，计入就算了两次。

    依据：算术。
    不通过：去年十二月的汇总和各单位的草稿放在一个文件夹里，一起相加
    通过：文件夹里只有各单位的草稿
    """
    units = terms.every
    shares = [stated(each) for each in units]
    columns = [*zip(*shares, strict=True)]
    wholes = [(sum(column), sum(map(bool, column))) for column in columns]
    owners = {share: each for share, each in zip(shares, units, strict=True) if is_telling(share)}
    for each, share in zip(units, shares, strict=True):
        cells = [
            ShareBesideOthers(figure, whole - figure, givers - bool(figure))
            for figure, (whole, givers) in zip(share, wholes, strict=True)
        ]
        if how := likeness(cells) or all_but_one(cells, owners):
            yield Suspicion(each, f"{each.told}的数字{how}，像是以前的汇总\n{REMEDY}")


def stated(unit: Contribution) -> tuple[Figure, ...]:
    """The figures of a unit that an officer states, not the sums; 0 where one is open."""
    cells = zip(unit.form.addresses, unit.figures, strict=True)
    return tuple(figure or 0 for cell, figure in cells if cell not in unit.form.sums)


def likeness(cells: Sequence[ShareBesideOthers]) -> str:
    """How a unit's figures are the sum of those of several others, "" where they are not."""
    shared = [cell for cell in cells if cell.givers > 1]
    equal = [cell for cell in shared if cell.share == cell.others]
    if not is_telling(cell.share for cell in equal):
        return ""
    if all(cell.share == cell.others for cell in cells):
        return "等于其余各单位之和"
    if len(shared) < SHARED or len(equal) * 2 < len(shared):
        return ""
    return f"有 {len(equal)} 格等于其余各单位之和"


def all_but_one(
    cells: Sequence[ShareBesideOthers], owners: Mapping[tuple[Figure, ...], Contribution]
) -> str:
    """How a unit's figures are the sum of all others but one that came later."""
    late = owners.get(tuple(cell.others - cell.share for cell in cells))
    if not late or len(owners) < SEVERAL or not is_telling(cell.share for cell in cells):
        return ""
    return f"等于{late.name}以外其余各单位之和"


def own_share_only(terms: Addends) -> Iterator[Suspicion]:
    """本级的草稿只写本级自己的数。

    用 --own 给出的草稿每一格都不小于多数单位的数时，核对它是不是已经汇总过的。

    依据：算术。
    不通过：把上次的汇总当作本级自己的数
    通过：本级的草稿只有政府办公室自己办理的件数
    """
    own = terms.own
    if own is None or any(doubt.unit is own for doubt in no_earlier_sum(terms)):
        return
    whole = stated(own)
    shares = [share for share in map(stated, terms.units) if is_telling(share)]
    held = sum(all(map(ge, whole, share)) for share in shares)
    if held >= SEVERAL and held * 2 > len(shares):
        yield Suspicion(
            own, f"{own.told}的每一格都不小于 {held} 个单位的数，核对是不是以前的汇总\n{REMEDY}"
        )


RULES = (
    PeerRule("R608", Severity.ERROR, no_earlier_sum),
    PeerRule("R609", Severity.WARNING, own_share_only),
    PeerRule("R610", Severity.WARNING, one_name_each),
)
