"""Look for the slip of the hand that explains why figures do not add up.

A slip is a small change after which every equation it touches holds. Nothing
is changed: what is found is only said.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import chain, combinations, pairwise
from typing import NamedTuple

from govdisclose.model.form import Address, Form, Table
from govdisclose.model.report import Report

NewFigures = dict[Address, int]
"""New figures by address."""


class Slip(NamedTuple):
    """Figures to put right, the equations that then hold, and what it looks like.

    ``mends`` are positions in ``Form.equations``. One that is not ``sure`` is
    only likely: other changes would do as well.
    """

    change: NewFigures
    mends: frozenset[int]
    looks: str
    sure: bool = True


@dataclass(frozen=True)
class Ledger:
    """The figures of one table, and by how much each of its equations is out."""

    form: Form
    table: Table
    figures: Mapping[Address, int]

    @cached_property
    def signs(self) -> dict[Address, dict[int, int]]:
        """For each figure the equations it stands in: 1 on the left, -1 on the right."""
        signs: dict[Address, dict[int, int]] = {}
        for index, (_, left, right) in enumerate(self.form.equations):
            cells = (*left, *right)
            if cells[0].table == self.table.key and all(cell in self.figures for cell in cells):
                for sign, side in ((1, left), (-1, right)):
                    for cell in side:
                        signs.setdefault(cell, {})[index] = sign
        return signs

    @cached_property
    def out(self) -> dict[int, int]:
        """Left minus right of each equation that does not hold."""
        sums: Counter[int] = Counter()
        for cell, equations in self.signs.items():
            for index, sign in equations.items():
                sums[index] += sign * self.figures[cell]
        return {index: value for index, value in sums.items() if value}

    @cached_property
    def lines(self) -> list[tuple[Address, ...]]:
        """The rows of which every figure is answered."""
        lines = [line.cells for line in self.table.lines]
        return [cells for cells in lines if all(cell in self.figures for cell in cells)]

    @cached_property
    def suspects(self) -> set[Address]:
        """The figures that stand in an equation that is out, themselves or in a sum."""
        wrong = {
            cell
            for cell, equations in self.signs.items()
            if not self.out.keys().isdisjoint(equations)
        }
        return {cell for cell in self.signs if not wrong.isdisjoint((cell, *self.form.above[cell]))}

    def mends(self, change: NewFigures) -> frozenset[int]:
        """The equations a change sets right; none where it breaks another."""
        moved: Counter[int] = Counter()
        for cell, value in change.items():
            step = value - self.figures[cell]
            for index, sign in self.signs.get(cell, {}).items():
                moved[index] += sign * step
        touched = {index: step for index, step in moved.items() if step}
        if all(self.out.get(index, 0) + step == 0 for index, step in touched.items()):
            return frozenset(touched)
        return frozenset()

    def with_sums(self, change: NewFigures) -> NewFigures:
        """A change together with the sums that would follow it, where all are there.

        There are none for a change of a sum together with a part of it.
        """
        steps: Counter[Address] = Counter()
        if any(not change.keys().isdisjoint(self.form.above[cell]) for cell in change):
            return {}
        for cell, value in change.items():
            for place in (cell, *self.form.above[cell]):
                steps[place] += value - self.figures[cell]
        if not steps.keys() <= self.figures.keys():
            return {}
        return {cell: self.figures[cell] + step for cell, step in steps.items() if step}


def failing(report: Report) -> dict[str, list[int]]:
    """By table, the positions of the equations that are answered and do not hold."""
    found: dict[str, list[int]] = {key: [] for key in report.form.tables}
    for index, (_, left, right) in enumerate(report.form.equations):
        one, two = report.add(left), report.add(right)
        if one != two and one is not None and two is not None:
            found[left[0].table].append(index)
    return found


def slips(report: Report, table: str) -> list[Slip]:
    """The slips that explain what is out in a table, each equation at most once."""
    figures = {cell: int(value) for cell, value in report.figures.items()}
    ledger = Ledger(report.form, report.form.tables[table], figures)
    simple = list(single(ledger))
    if any(slip.mends == ledger.out.keys() and slip.sure for slip in simple):
        return list(apart(simple))
    return list(apart([*simple, *double(ledger), *followed(ledger)]))


def apart(found: list[Slip]) -> Iterator[Slip]:
    """Of all slips found those that explain most, without explaining twice."""
    alike: dict[frozenset[int], list[Slip]] = {}
    for slip in same_told_once(found):
        alike.setdefault(slip.mends, []).append(slip)
    done: set[int] = set()
    for mends, group in sorted(alike.items(), key=lambda item: -len(item[0])):
        best = likeliest(group) if done.isdisjoint(mends) else None
        if best:
            done |= mends
            yield best


def same_told_once(found: list[Slip]) -> Iterable[Slip]:
    """The slips found, those that come to the same change as one with both looks."""
    changes: dict[frozenset[tuple[Address, int]], Slip] = {}
    for slip in found:
        key = frozenset(slip.change.items())
        before = changes.setdefault(key, slip)
        if slip.looks and slip.looks not in before.looks:
            looks = f"{before.looks}，或者{slip.looks.removeprefix('像是')}" if before.looks else ""
            changes[key] = before._replace(looks=looks or slip.looks, sure=before.sure or slip.sure)
    return changes.values()


def likeliest(group: list[Slip]) -> Slip | None:
    """One of several slips that explain the same; None where there are many."""
    best = [slip for slip in group if slip.sure] or group
    best = [slip for slip in best if len(slip.change) == len(best[0].change)]
    if len(best) == 1:
        return best[0]
    if len(best) > 3:
        return None
    looks = "，也可能".join(dict.fromkeys(slip.looks for slip in best))
    return best[0]._replace(looks=f"{looks}（有 {len(best)} 种可能，例如）", sure=False)


def single(ledger: Ledger) -> Iterator[Slip]:
    """One figure that is wrong: sure where two equations or more point to it."""
    for cell, equations in ledger.signs.items():
        index, sign = next(iter(equations.items()))
        value = ledger.figures[cell] - sign * ledger.out.get(index, 0)
        mends = ledger.mends({cell: value})
        if mends and value >= 0:
            sure = len(mends) > 1
            looks = look(ledger, cell, value) if sure else strange(ledger, cell, value)
            if sure or looks:
                yield Slip({cell: value}, mends, looks, sure)


def double(ledger: Ledger) -> Iterator[Slip]:
    """Several figures of a row or a column that went wrong together."""
    candidates = chain(
        exchanged(ledger), merged(ledger), shifted(ledger), pushed(ledger), rows_exchanged(ledger)
    )
    for looks, change in candidates:
        if change and (mends := ledger.mends(change)):
            yield Slip(change, mends, looks)


def followed(ledger: Ledger) -> Iterator[Slip]:
    """Slips whose sums have been computed from them, so that only balances fail."""
    for looks, change in (*exchanged(ledger), *merged(ledger), *shifted(ledger), *turned(ledger)):
        if mends := ledger.mends(ledger.with_sums(change)):
            yield Slip(change, mends, looks, sure=False)


def exchanged(ledger: Ledger) -> Iterator[tuple[str, NewFigures]]:
    """Two figures of one row or one column in each other's place."""
    figures, suspects = ledger.figures, ledger.suspects
    for cells in (*ledger.lines, *zip(*ledger.lines, strict=True)):
        for one, two in combinations([cell for cell in cells if cell in suspects], 2):
            if figures[one] != figures[two]:
                yield "像是这两格互相填反了", {one: figures[two], two: figures[one]}


def merged(ledger: Ledger) -> Iterator[tuple[str, NewFigures]]:
    """Two neighbours written as one number in one cell, and 0 in the other."""
    for cells in ledger.lines:
        for one, two in pairwise(cells):
            for full, empty in ((one, two), (two, one)):
                if ledger.figures[empty] == 0:
                    for left, right in cuts(ledger.figures[full]):
                        yield (
                            f"像是把相邻两格的 {left}、{right} 连成了一个数",
                            {one: left, two: right},
                        )


def cuts(figure: int) -> Iterator[tuple[int, int]]:
    """A number cut in two: 205 into 2|05 is none, into 20|5 is one."""
    digits = str(figure)
    for at in range(1, len(digits)):
        if digits[at] != "0" or at == len(digits) - 1:
            yield int(digits[:at]), int(digits[at:])


def shifted(ledger: Ledger) -> Iterator[tuple[str, NewFigures]]:
    """A row whose figures all stand one column too far left or right."""
    sums = ledger.form.sums
    for cells in ledger.lines:
        terms = tuple(cell for cell in cells if cell not in sums)
        for row in {cells, terms}:
            values = [ledger.figures[cell] for cell in row]
            if len(set(values)) > 1:
                yield "像是整行向右错了一列", changed(ledger, row, values[1:] + values[:1])
                yield "像是整行向左错了一列", changed(ledger, row, values[-1:] + values[:-1])


def pushed(ledger: Ledger) -> Iterator[tuple[str, NewFigures]]:
    """A row pushed one column right or left, so that one figure has fallen off its end.

    What has fallen off follows from the total: it is still there, or was pushed too.
    """
    sums = ledger.form.sums
    for cells in ledger.lines:
        if ledger.suspects.isdisjoint(cells) or cells[-1] not in sums:
            continue
        *values, total = (ledger.figures[cell] for cell in cells)
        if values[0] == 0 and any(values):
            if (last := total - sum(values[1:])) >= 0:
                yield PUSHED_RIGHT, changed(ledger, cells, [*values[1:], last, total])
            terms = [*values[1:], total]
            yield PUSHED_RIGHT, changed(ledger, cells, [*terms, sum(terms)])
        if values[-1] == 0 and (first := total - sum(values)) > 0:
            yield PUSHED_LEFT, changed(ledger, cells, [first, *values[:-1], total])
        if total == 0 and (first := values[-1] - sum(values[:-1])) >= 0 and values[-1]:
            yield PUSHED_LEFT, changed(ledger, cells, [first, *values[:-1], values[-1]])


PUSHED_RIGHT = "像是整行向右错了一列"
PUSHED_LEFT = "像是整行向左错了一列"


def rows_exchanged(ledger: Ledger) -> Iterator[tuple[str, NewFigures]]:
    """Two rows in each other's place."""
    suspects = ledger.suspects
    for one, two in combinations(ledger.lines, 2):
        if suspects.isdisjoint(one) and suspects.isdisjoint(two):
            continue
        first = [ledger.figures[cell] for cell in one]
        second = [ledger.figures[cell] for cell in two]
        if first != second:
            change = changed(ledger, one, second) | changed(ledger, two, first)
            yield ROWS_EXCHANGED, change


ROWS_EXCHANGED = "像是这两行互相填反了"


def changed(ledger: Ledger, cells: Iterable[Address], values: Iterable[int]) -> NewFigures:
    """The new figures of some cells, those that stay left out."""
    pairs = zip(cells, values, strict=True)
    return {cell: value for cell, value in pairs if value != ledger.figures[cell]}


def turned(ledger: Ledger) -> Iterator[tuple[str, NewFigures]]:
    """Figures of which two neighbouring digits may stand in each other's place."""
    for cell in ledger.signs:
        digits = str(ledger.figures[cell])
        for at in range(len(digits) - 1):
            other = digits[:at] + digits[at + 1] + digits[at] + digits[at + 2 :]
            if other != digits and cell not in ledger.form.sums:
                yield TURNED, {cell: int(other)}


TURNED = "像是相邻两位数字写颠倒了"


def look(ledger: Ledger, cell: Address, value: int) -> str:
    """What a wrong figure looks like beside the right one, empty where like nothing."""
    old, new = str(ledger.figures[cell]), str(value)
    return strange(ledger, cell, value) or copied(ledger, cell) or miskeyed(old, new)


def strange(ledger: Ledger, cell: Address, value: int) -> str:
    """What a wrong figure looks like where that is no accident, else empty."""
    old, new = str(ledger.figures[cell]), str(value)
    if len(old) == len(new) and is_turned(old, new):
        return TURNED
    return beside(ledger, cell, old, new)


def is_turned(old: str, new: str) -> bool:
    """Whether two numbers differ by two neighbouring digits exchanged."""
    at = next((n for n, (a, b) in enumerate(zip(old, new, strict=True)) if a != b), 0)
    return old != new and old == new[:at] + new[at : at + 2][::-1] + new[at + 2 :]


def miskeyed(old: str, new: str) -> str:
    """Whether a digit is missing or one too many."""
    for short, long, looks in ((old, new, "像是少打了一位"), (new, old, "像是多打了一位")):
        if short != "0" and any(short == long[:n] + long[n + 1 :] for n in range(len(long))):
            return looks
    return ""


def beside(ledger: Ledger, cell: Address, old: str, new: str) -> str:
    """Whether the figure has run together with its neighbour's: 2|0 as 20|0."""
    cells = next((line for line in ledger.lines if cell in line), ())
    for one, two in pairwise(cells):
        if one == cell and old == new + str(ledger.figures[two]):
            return f"像是把相邻两格的 {new}、{ledger.figures[two]} 连成了一个数"
        if two == cell and old == str(ledger.figures[one]) + new:
            return f"像是把相邻两格的 {ledger.figures[one]}、{new} 连成了一个数"
    return ""


def copied(ledger: Ledger, cell: Address) -> str:
    """Whether a sum is that of the row above or below."""
    if cell not in ledger.form.sums or not ledger.figures[cell]:
        return ""
    column = [line[[c.column for c in line].index(cell.column)] for line in ledger.lines]
    at = column.index(cell) if cell in column else 0
    near = {"上": column[at - 1 : at], "下": column[at + 1 : at + 2]}
    for side, cells in near.items():
        if any(ledger.figures[other] == ledger.figures[cell] for other in cells):
            return f"像是抄了{side}一行的数"
    return ""
