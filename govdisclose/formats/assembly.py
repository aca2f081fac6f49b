"""The tables of a form put together from the pieces in a file, and their figures read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import NamedTuple

from govdisclose.formats.cells import is_number, is_slot, value
from govdisclose.formats.document import TextTable, numbered, stacked
from govdisclose.formats.labels import best_of
from govdisclose.formats.locate import CERTAIN, OTHERS, Placement, located
from govdisclose.model.coverage import Coverage, Leftover, State, Value
from govdisclose.model.form import Address, Equation, Form, Table

MOST_PIECES = 6  # of one table that are looked at together
MOST_TABLES = 40  # in which the tables of a form are looked for
LEAST_FOUND = 0.3  # of a table's figures, so that it is one at all


class Found(NamedTuple):
    """A table of the form, found in some of the tables of a file."""

    placement: Placement
    pieces: tuple[int, ...]
    source: TextTable
    values: Mapping[Address, Value]

    @property
    def read(self) -> int:
        """How many figures have been read."""
        return sum(found.state is State.READ for found in self.values.values())

    @property
    def worth(self) -> tuple[float, float, int]:
        """What tells the better of two ways to find a table."""
        blank = sum(found.state is State.BLANK for found in self.values.values())
        return (self.read + 0.25 * blank, self.placement.score, -len(self.pieces))


def covered(form: Form, tables: Sequence[TextTable]) -> Coverage:
    """The figures of a form in the tables of a file."""
    tables = numbered(tables[:MOST_TABLES])
    chosen: dict[str, Found] = {}
    values: dict[Address, Value] = {}
    notes: list[str] = []
    for table in form.tables.values():
        best, rivals = search(form, table, tables)
        if best is None:
            continue
        if rivals:
            places = "、".join(tables[n].place for n in (*best.pieces, *rivals[0].pieces))
            title = table.band or form.homes[table.key].short
            notes.append(f"{title}有两张（{places}），填的不一样，分不出该用哪张，都没有读入")
            values |= dict.fromkeys(best.values, Value(State.UNREADABLE, why="有两张表"))
            continue
        chosen[table.key] = best
        values |= best.values
    values = verified(form, values)
    return Coverage(
        form,
        values,
        tuple(leftovers(form, tables, chosen)),
        notes=tuple(notes),
        sources=frozenset(tables[n].place for found in chosen.values() for n in found.pieces),
    )


def search(
    form: Form, table: Table, tables: Sequence[TextTable]
) -> tuple[Found | None, list[Found]]:
    """The pieces in which a table is found best, and others that contradict them."""
    home = form.homes[table.key].key
    near = [n for n, each in enumerate(tables) if each.section in (home, "")]
    found = found_in(form, table, tables, near)
    if not found:
        found = found_in(form, table, tables, range(len(tables)))
    if not found:
        return None, []
    best = max(found, key=lambda each: each.worth)
    return best, [other for other in found if contradicts(other, best)]


def found_in(
    form: Form, table: Table, tables: Sequence[TextTable], numbers: Sequence[int]
) -> list[Found]:
    """The ways to find a table in some of the tables of a file."""
    return [
        Found(placement, run, source, read(form, placement))
        for run in runs(numbers, tables)
        for source in [stacked([tables[n] for n in run])]
        for placement in [located(table, source.matrix, exact=source.exact)]
        if placement.score >= LEAST_FOUND
    ]


def contradicts(other: Found, best: Found) -> bool:
    """Whether a table is found elsewhere just as well, with other figures."""
    return (
        not set(other.pieces) & set(best.pieces)
        and bool(other.read)
        and 2 * other.read >= best.read
        and other.values != best.values
        and not is_elsewhere(other.source, best.source)
    )


def is_elsewhere(other: TextTable, best: TextTable) -> bool:
    """Whether a table is plainly another: of last year, or outside the section of the best."""
    top = "".join(box.text for box in other.boxes if box.row < 2)
    return bool(OTHERS.search(other.place)) or "上年数" in top or other.section != best.section


def runs(numbers: Sequence[int], tables: Sequence[TextTable]) -> Iterator[tuple[int, ...]]:
    """Tables that may be one: each, and neighbours under one heading."""
    yield from ((n,) for n in numbers)
    for _, group in groupby(numbers, key=lambda n: tables[n].section):
        some = tuple(group)
        for size in range(2, min(len(some), MOST_PIECES) + 1):
            yield from (some[start : start + size] for start in range(len(some) - size + 1))


def read(form: Form, placement: Placement) -> dict[Address, Value]:
    """What the cells of a table say."""
    values = {
        address: value(box.text, form.kind(address)) for address, box in placement.points.items()
    }
    unsure = Value(State.UNREADABLE, why="和栏目对不上")
    return values | dict.fromkeys(placement.undecided - placement.points.keys(), unsure)


def verified(form: Form, values: Mapping[Address, Value]) -> dict[Address, Value]:
    """The figures without those joined over a gap that no sum bears out."""
    found = dict(values)
    for address, each in values.items():
        if each.doubtful and not any(
            holds(equation, values) for equation in form.equations if takes(equation, address)
        ):
            found[address] = Value(State.UNREADABLE, why="数字中间有空格")
    return found


def takes(equation: Equation, address: Address) -> bool:
    """Whether a figure takes part in an equation."""
    return address in equation.left or address in equation.right


def holds(equation: Equation, values: Mapping[Address, Value]) -> bool:
    """Whether all figures of an equation have been read, and agree."""
    sides = [[values.get(cell) for cell in side] for side in (equation.left, equation.right)]
    if not all(each and each.figure is not None for side in sides for each in side):
        return False
    left, right = (sum(each.figure or 0 for each in side if each) for side in sides)
    return left == right


def leftovers(
    form: Form, tables: Sequence[TextTable], chosen: Mapping[str, Found]
) -> Iterator[Leftover]:
    """The numbers that stand in the tables of the form and have not been placed."""
    used = {n for found in chosen.values() for n in found.pieces}
    taken = {box.origin for found in chosen.values() for box in found.placement.points.values()}
    statutory = {section.key for section in form.sections if section.tables}
    for n, table in enumerate(tables):
        if n in used or table.section in statutory:
            yield from left_in(form, table, taken)


def left_in(form: Form, table: TextTable, taken: set[tuple[int, int, int]]) -> Iterator[Leftover]:
    """The numbers of a table that have not been placed, a row each."""
    beside = columns_beside(form, table)
    rest = [box for box in table.boxes if box.origin not in taken and is_number(box.text)]
    ours = [box for box in rest if box.column not in beside]
    for row, boxes in groupby(sorted(ours), key=lambda box: box.row):
        label = next((box.text for box in table.matrix[row] if box and not is_slot(box.text)), "")
        name = f"（{''.join(label.split())[:16]}）" if label else ""
        yield Leftover(
            f"{table.place}第 {row + 1 - table.captions} 行{name}",
            tuple(box.text for box in boxes),
        )
    for column in sorted(beside):
        texts = tuple(box.text for box in rest if box.column == column)
        if texts:
            yield Leftover(f"{table.place}“{beside[column]}”一列", texts, beside=True)


def columns_beside(form: Form, table: TextTable) -> dict[int, str]:
    """The columns that are headed as something else, with that heading."""
    items = [item for each in form.tables.values() for line in each.lines for item in (line.row,)]
    found: dict[int, str] = {}
    for box in table.boxes:
        text = "".join(box.text.split())
        if len(text) < 30 and OTHERS.search(text) and best_of(text, items) < CERTAIN:
            for column in range(box.column, box.column + box.width):
                found.setdefault(column, text[:12])
    return found
