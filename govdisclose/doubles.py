"""What would be counted twice: a unit under two names, an earlier sum among its terms."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from govdisclose.finding import Finding, Severity
from govdisclose.report import Figure
from govdisclose.rules.bureaus import MOST
from govdisclose.units import Unit

TELLING = 6
"""Figures with fewer digits in all may well be the same in two units."""

SHARED = 5
"""So many cells in which several units have something make a sum recognizable."""

CODE = "R601"


class Doubt(NamedTuple):
    """A unit and why it may be counted twice."""

    unit: Unit
    finding: Finding


def doubts(units: Sequence[Unit]) -> Iterator[Doubt]:
    """Each unit that may be counted twice."""
    yield from earlier(units)
    yield from twins(units)


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
    stated = positions(units[0])
    columns = [[each.figures[at] or 0 for each in units] for at in stated]
    wholes = [(sum(column), sum(map(bool, column))) for column in columns]
    for number, each in enumerate(units):
        cells = [
            Beside(column[number], whole - column[number], givers - bool(column[number]))
            for column, (whole, givers) in zip(columns, wholes, strict=True)
        ]
        if how := likeness(cells):
            yield doubt(each, Severity.ERROR, f"{each.told}的数字{how}，像是以前的汇总\n{REMEDY}")


REMEDY = (
    "计入就算了两次：不汇总它；要更新以前的汇总，用 --update 以前的汇总；"
    "本级自己的数另写一份草稿，用 --own 给出"
)


def positions(unit: Unit) -> list[int]:
    """Where the figures stand that an officer states, not the sums."""
    return [at for at, cell in enumerate(unit.form.addresses) if cell not in unit.form.sums]


def likeness(cells: Sequence[Beside]) -> str:
    """How a unit's figures are the sum of those of several others, "" where they are not."""
    shared = [cell for cell in cells if cell.givers > 1]
    equal = [cell for cell in shared if cell.share == cell.others]
    if not equal or not is_telling(cell.share for cell in equal):
        return ""
    if all(cell.share == cell.others for cell in cells):
        return "等于其余各单位之和"
    if len(shared) < SHARED or len(equal) * 2 < len(shared):
        return ""
    return f"有 {len(equal)} 格等于其余各单位之和"
