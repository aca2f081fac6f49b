"""What would be counted twice: a unit under two names, an earlier sum among its terms."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from operator import ge
from typing import NamedTuple

from govdisclose.finding import Finding, Severity
from govdisclose.report import Figure
from govdisclose.rules.bureaus import MOST
from govdisclose.units import Unit

TELLING = 6
"""Figures with fewer digits in all may well be the same in two units."""

SHARED = 5
"""So many cells in which several units have something make a sum recognizable."""

SEVERAL = 4
"""So many units with figures of their own are enough to tell one that holds them."""

CODE = "R601"
REMEDY = (
    "以前的汇总计入就算了两次：移走它；要换上新的数字，用 --update 以前的汇总；"
    "本级自己的数另写一份草稿，用 --own 给出"
)


class Doubt(NamedTuple):
    """A unit and why it may be counted twice."""

    unit: Unit
    finding: Finding


def doubts(units: Sequence[Unit], own: Unit | None) -> Iterator[Doubt]:
    """Each unit that may be counted twice, the county's own share among them."""
    every = (*units, *([own] if own else []))
    sums = [*earlier(every)]
    yield from sums
    if own and all(doubt.unit is not own for doubt in sums):
        yield from swallowing(own, units)
    yield from twins(every)


# A unit under two names


def twins(units: Sequence[Unit]) -> Iterator[Doubt]:
    """A warning for units that differ in nothing but their names."""
    same: dict[tuple[Unit, ...], list[str]] = defaultdict(list)
    telling = ((each.figures, each) for each in units if is_telling(each.figures))
    for group in alike(telling):
        same[group].append("数字")
    for group in alike((each.words, each) for each in units if each.words):
        same[group].append("文字")
    for group, what in same.items():
        named = "、".join(each.told for each in group[:MOST])
        more = f"等 {len(group)} 家" if group[MOST:] else ""
        yield doubt(
            group[0],
            Severity.WARNING,
            f"{named}{more}的{'和'.join(what)}完全相同\n"
            "核对是不是同一个单位用两个名称各报了一份：是的，只留一份，不然算了两次",
        )


def alike(pairs: Iterable[tuple[object, Unit]]) -> Iterator[tuple[Unit, ...]]:
    """The groups of units with the same key, in an order that is always the same."""
    groups: dict[object, list[Unit]] = defaultdict(list)
    for key, each in pairs:
        groups[key].append(each)
    for group in groups.values():
        if len(group) > 1:
            yield tuple(sorted(group, key=lambda each: (each.file, each.name)))


def is_telling(figures: Iterable[Figure | None]) -> bool:
    """Whether figures are so many, or so large, that none has them by chance."""
    return sum(len(str(int(each))) for each in figures if each) >= TELLING


def doubt(unit: Unit, severity: Severity, message: str) -> Doubt:
    """A finding on the name of a unit."""
    return Doubt(unit, Finding(CODE, severity, "bureau.name", message, unit.place))


# An earlier sum


class Beside(NamedTuple):
    """A share in a cell, the sum of the shares of all others, and how many have one."""

    share: Figure
    others: Figure
    givers: int


def earlier(units: Sequence[Unit]) -> Iterator[Doubt]:
    """An error for each unit whose figures are, in most cells, the sum of the others."""
    shares = [stated(each) for each in units]
    columns = [*zip(*shares, strict=True)]
    wholes = [(sum(column), sum(map(bool, column))) for column in columns]
    owners = {share: each for share, each in zip(shares, units, strict=True) if is_telling(share)}
    for each, share in zip(units, shares, strict=True):
        cells = [
            Beside(figure, whole - figure, givers - bool(figure))
            for figure, (whole, givers) in zip(share, wholes, strict=True)
        ]
        if how := likeness(cells) or all_but_one(cells, owners):
            yield doubt(each, Severity.ERROR, f"{each.told}的数字{how}，像是以前的汇总\n{REMEDY}")


def stated(unit: Unit) -> tuple[Figure, ...]:
    """The figures of a unit that an officer states, not the sums; 0 where one is open."""
    cells = zip(unit.form.addresses, unit.figures, strict=True)
    return tuple(figure or 0 for cell, figure in cells if cell not in unit.form.sums)


def likeness(cells: Sequence[Beside]) -> str:
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


def all_but_one(cells: Sequence[Beside], owners: Mapping[tuple[Figure, ...], Unit]) -> str:
    """How a unit's figures are the sum of all others but one that came later."""
    late = owners.get(tuple(cell.others - cell.share for cell in cells))
    if not late or len(owners) < SEVERAL or not is_telling(cell.share for cell in cells):
        return ""
    return f"等于{late.name}以外其余各单位之和"


def swallowing(own: Unit, units: Sequence[Unit]) -> Iterator[Doubt]:
    """A warning where the county's own figures could hold those of most units."""
    whole = stated(own)
    shares = [share for share in map(stated, units) if is_telling(share)]
    held = sum(all(map(ge, whole, share)) for share in shares)
    if held >= SEVERAL and held * 2 > len(shares):
        yield doubt(
            own,
            Severity.WARNING,
            f"{own.told}的每一格都不小于 {held} 个单位的数，核对是不是以前的汇总\n{REMEDY}",
        )
