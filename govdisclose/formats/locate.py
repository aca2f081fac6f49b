"""Find the figures of a table in a grid of cells by the labels of rows and columns.

Where spans are lost or columns have drifted, several placements are possible:
the sums of the form decide. Where they do not, nothing is taken.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from govdisclose.formats.cells import is_slot, value
from govdisclose.formats.document import Box, Matrix, transposed
from govdisclose.formats.labels import EQUAL, best_of, in_order, named
from govdisclose.model.coverage import State, Value
from govdisclose.model.figures import Figure
from govdisclose.model.form import Address, Equation, Item, Law, Table, paths
from govdisclose.model.grid import heads_of

OTHERS = re.compile(r"上年|去年|上一年|同期|同比|环比|增减|增幅|增长|比上|序号|备注|说明|行次")
WHOLE = 0.95  # of a table found, so that it is not looked for in other ways
MOST_TURNED = 400  # rows of a table that may lie on its side
NEAR = 0.05  # by how much a label must be better than another
GROUP = 0.3  # what the heading above adds to that of a column


class Axis(NamedTuple):
    """The headings of a table along one side: each its way from the root.

    ``ends`` stand at a row or a column, ``groups`` above them.
    """

    ways: tuple[tuple[Item, ...], ...]
    ends: tuple[Item, ...]
    groups: tuple[Item, ...]


def axis(ways: Iterable[tuple[Item, ...]]) -> Axis:
    """The headings along one side of a table."""
    whole = tuple(ways)
    groups = {item.key: item for way in whole for item in way[:-1]}
    return Axis(whole, tuple(way[-1] for way in whole), tuple(groups.values()))


class View(NamedTuple):
    """A way in which a table may be printed: lines of figures under column headings.

    ``rows`` is empty where the lines have no labels of their own, being one.
    """

    table: Table
    rows: Axis
    columns: Axis
    lines: tuple[tuple[Address, ...], ...]
    sums: tuple[tuple[Equation, ...], ...]


@cache
def views(table: Table) -> tuple[View, ...]:
    """The ways in which a table may be printed."""
    rows, columns = axis(paths(table.rows)), axis(paths(table.columns))
    lines = tuple(line.cells for line in table.lines)
    plain = View(table, rows, columns, lines, sums_of(table, lines))
    if not table.across:
        return (plain,)
    whole = (tuple(cell for line in lines for cell in line),)
    return (
        View(table, axis(()), axis(paths(heads_of(table))), whole, sums_of(table, whole)),
        plain,
    )


def sums_of(table: Table, lines: Sequence[tuple[Address, ...]]) -> tuple[tuple[Equation, ...], ...]:
    """The sums that hold within each line."""
    equations = [eq for eq in table.equations() if eq.law is Law.ROW]
    return tuple(
        tuple(eq for eq in equations if {*eq.left, *eq.right} <= set(cells)) for cells in lines
    )


@dataclass(frozen=True)
class Placement:
    """Where the figures of a table stand; ``undecided`` are those that could be anywhere.

    ``labels`` are the cells that are understood as headings, ``score`` says how
    much of the table has been found.
    """

    points: dict[Address, Box]
    undecided: frozenset[Address] = frozenset()
    labels: frozenset[Box] = frozenset()
    score: float = 0.0


NOWHERE = Placement({})


def located(table: Table, matrix: Matrix, *, exact: bool = True) -> Placement:
    """Where the figures of a table stand in a grid, whichever way it is printed.

    Columns of a grid that is not ``exact`` say nothing: there the figures follow
    their label, as many as there are headings.
    """
    best = NOWHERE
    sides = (matrix, transposed(matrix)) if exact and len(matrix) < MOST_TURNED else (matrix,)
    for turned in sides:
        for view in views(table):
            found = placed(view, turned, exact) if turned else NOWHERE
            if found.score > best.score:
                best = found
        if best.score >= WHOLE:
            break
    return best


def placed(view: View, matrix: Matrix, exact: bool) -> Placement:
    """Where the figures of a table stand, printed one way."""
    heads = head_rows(view, matrix)
    rows = rows_of(view, matrix, heads) if view.rows.ways else lone_row(view, matrix, heads)
    if not rows:
        return NOWHERE
    top = min(found.at for found in rows.values())
    above = above_of(matrix, heads, top, bool(view.rows.ways))
    columns, extra, marks = columns_of(view, matrix, above, rows)
    return settle(
        view, matrix, rows, Columns(columns, extra, exact, is_gone(view, matrix, above)), marks
    )


class Row(NamedTuple):
    """A line of figures: its row in the grid, and the cell that names it."""

    at: int
    label: Box | None


class Columns(NamedTuple):
    """The columns of the headings that have been found, and those of something else.

    They are ``exact`` where figures stand under them; a heading is ``gone`` where
    no cell above the figures names it.
    """

    at: dict[int, int]
    extra: frozenset[int]
    exact: bool
    gone: bool


def head_rows(view: View, matrix: Matrix) -> set[int]:
    """The rows that carry column headings."""
    ends = view.columns.ends
    names = tuple({item.label: item for item in ends}.values())
    needed = min(2, len(names))
    found: set[int] = set()
    for at, row in enumerate(matrix):
        texts = {box.text for box in row if box and not is_slot(box.text)}
        hits = sum(
            1 for item in names if any(named(text, item) >= CERTAIN for text in texts if text)
        )
        if hits >= needed and not is_line(view, texts, row):
            found.add(at)
    return found


CERTAIN = 0.6
LEAST_LIKE = 0.45  # of a heading that may have been misprinted


def is_line(view: View, texts: set[str], row: Sequence[Box | None]) -> bool:
    """Whether a row is a line of figures, by its label."""
    return bool(said(row)) and any(best_of(text, view.rows.ends) == EQUAL for text in texts)


def rows_of(view: View, matrix: Matrix, heads: set[int]) -> dict[int, Row]:
    """The lines of figures by their number, each in its row."""
    ends = view.rows.ends
    decoys = (*view.rows.groups, *view.columns.groups)
    fits: list[list[float]] = [[0.0] * len(matrix) for _ in ends]
    boxes: dict[tuple[int, int], Box] = {}
    for at, row in enumerate(matrix):
        if at in heads:
            continue
        for box in dict.fromkeys(box for box in row if box and not is_slot(box.text)):
            scores = [named(box.text, item) for item in ends]
            best = max(scores)
            if best and best >= best_of(box.text, decoys):
                for n, score in enumerate(scores):
                    if score >= best - NEAR and score > fits[n][at]:
                        fits[n][at], boxes[n, at] = score, box
    found = in_order(fits)
    found = {n: at for n, at in found.items() if not is_doubtful(n, fits, found, matrix)}
    lines = {n: value_row(boxes[n, at], at, matrix, heads) for n, at in found.items()}
    return {n: Row(at, boxes[n, found[n]]) for n, at in lines.items() if at is not None}


def is_doubtful(n: int, fits: list[list[float]], found: dict[int, int], matrix: Matrix) -> bool:
    """Whether another row could be meant just as well, and says something else."""
    at = found[n]
    before = max((m for k, m in found.items() if k < n), default=-1)
    after = min((m for k, m in found.items() if k > n), default=len(matrix))
    for other in range(before + 1, after):
        if other != at and fits[n][other] >= fits[n][at] - NEAR and fits[n][other]:
            one, two = said(matrix[at]), said(matrix[other])
            if two and one != two and not is_other(matrix[other]):
                return True
    return False


def said(row: Sequence[Box | None]) -> list[str]:
    """The figures of a row as they stand."""
    boxes = dict.fromkeys(box for box in row if box)
    return [box.text for box in boxes if is_slot(box.text) and box.text.strip()]


def is_other(row: Sequence[Box | None]) -> bool:
    """Whether a row is of another year, or no data."""
    return any(box and not is_slot(box.text) and OTHERS.search(box.text) for box in row)


def value_row(label: Box, at: int, matrix: Matrix, heads: set[int]) -> int | None:
    """The row of the figures that a label names: its own, else the next below its headings."""
    if any(box and is_slot(box.text) and box.text.strip() for box in matrix[at]):
        return at
    right = [box for box in matrix[at] if box and box.column >= label.column + label.width]
    if right and not any(row in heads for row in range(at, min(at + 3, len(matrix)))):
        return at
    below = at + 1
    while below < len(matrix) and below in heads:
        below += 1
    if below == at + 1 or below == len(matrix):
        return at if right else None
    return below


def lone_row(view: View, matrix: Matrix, heads: set[int]) -> dict[int, Row]:
    """The one line of a table that is printed across."""
    if not heads:
        return {}
    for at in range(max(heads) + 1, len(matrix)):
        if said(matrix[at]) and not is_other(matrix[at]):
            return {0: Row(at, None)}
    at = max(heads) + 1
    return {0: Row(at, None)} if at < len(matrix) else {}


def above_of(matrix: Matrix, heads: set[int], top: int, only_above: bool) -> list[int]:
    """The rows that say what a column is."""
    if not only_above:
        return [at for at in range(top) if at in heads or at + 1 in heads or at - 1 in heads]
    named_rows = [at for at in range(top) if at in heads]
    first = min(named_rows, default=top)
    return list(range(max(0, first - 2), top)) or named_rows


def is_gone(view: View, matrix: Matrix, above: Sequence[int]) -> bool:
    """Whether some headings are named, and one is not at all."""
    texts = {box.text for at in above for box in matrix[at] if box and not is_slot(box.text)}
    hits = [any(named(text, item) >= LEAST_LIKE for text in texts) for item in view.columns.ends]
    return any(hits) and not all(hits)


def columns_of(
    view: View, matrix: Matrix, above: Sequence[int], rows: dict[int, Row]
) -> tuple[dict[int, int], frozenset[int], frozenset[Box]]:
    """The columns of the headings, those of something else, and the cells that name them."""
    width = len(matrix[0])
    fits = [[0.0] * width for _ in view.columns.ways]
    extra: set[int] = set()
    marks: set[Box] = set()
    groups = view.columns.groups
    for column in range(width):
        boxes = list(dict.fromkeys(box for at in above if (box := matrix[at][column])))
        texts = [box.text for box in boxes if not is_slot(box.text)]
        if any(OTHERS.search(text) and len(text) < 30 for text in texts if not belongs(view, text)):
            extra.add(column)
            continue
        over = {g.key: max((named(text, g) for text in texts), default=0.0) for g in groups}
        for n, way in enumerate(view.columns.ways):
            score = max((named(text, way[-1]) for text in texts), default=0.0)
            if score >= CERTAIN or (score and len(view.columns.ways) > 2):
                own = sum(over[group.key] for group in way[:-1])
                alien = any(
                    over[g.key] > 0.8 for g in groups if g not in way and beside(g, way, view)
                )
                fits[n][column] = score + GROUP * own - (GROUP if alien and not own else 0.0)
                marks.update(box for box in boxes if named(box.text, way[-1]))
    found = in_order(fits)
    return (
        {n: at for n, at in found.items() if is_alone(n, fits, found, matrix, rows)},
        frozenset(extra),
        frozenset(marks),
    )


def beside(group: Item, way: tuple[Item, ...], view: View) -> bool:
    """Whether a group of headings stands beside a heading, not over it."""
    return not any(group in other and way[-1] in other for other in view.columns.ways)


def belongs(view: View, text: str) -> bool:
    """Whether a text is a heading of the table itself."""
    own = (*view.rows.ends, *view.rows.groups, *view.columns.ends, *view.columns.groups)
    return best_of(text, own) >= CERTAIN


def is_alone(
    n: int,
    fits: list[list[float]],
    found: dict[int, int],
    matrix: Matrix,
    rows: dict[int, Row],
) -> bool:
    """Whether no other column could be meant just as well, and says something else."""
    at = found[n]
    before = max((m for k, m in found.items() if k < n), default=-1)
    after = min((m for k, m in found.items() if k > n), default=len(matrix[0]))
    return not any(
        fits[n][other] >= fits[n][at] - NEAR
        and any(matrix[row.at][other] != matrix[row.at][at] for row in rows.values())
        for other in range(before + 1, after)
        if other != at and fits[n][other]
    )


# Which placement holds

Boxes = tuple[Box, ...]


def settle(
    view: View, matrix: Matrix, rows: dict[int, Row], columns: Columns, marks: frozenset[Box]
) -> Placement:
    """The placement in which the sums of the table hold."""
    count = len(view.columns.ways)
    lines = {n: slots(matrix[row.at], row.label, columns.extra) for n, row in rows.items()}
    is_complete = len(columns.at) == count
    by_head = columns.at if is_complete and columns.exact else {}
    maps = [] if columns.gone else candidates(lines, by_head, count)
    scored = [(worth(view, matrix, rows, way), way) for way in maps]
    chosen = max(
        scored, default=None, key=lambda pair: (pair[0], pair[1] == tuple(by_head.values()))
    )
    is_headed = bool(by_head)
    trusted: tuple[int, ...] | None = None
    if chosen and (is_headed or chosen[0] > 0 or fits_partly(chosen[1], columns, count)):
        trusted = chosen[1]
    points: dict[Address, Box] = {}
    undecided: set[Address] = set()
    for n, row in rows.items():
        boxes = decided(view, n, row, matrix, lines[n], trusted, columns, count)
        if boxes is None:
            undecided.update(view.lines[n])
        else:
            points |= {view.lines[n][k]: box for k, box in boxes.items()}
    labels = marks | {row.label for row in rows.values() if row.label}
    score = (len(points) + 0.5 * len(undecided)) / sum(map(len, view.lines))
    return Placement(points, frozenset(undecided), labels, score)


def candidates(
    lines: dict[int, Boxes], by_head: dict[int, int], count: int
) -> list[tuple[int, ...]]:
    """The columns in which the figures of a line may stand."""
    found: dict[tuple[int, ...], None] = {}
    if by_head:
        found[tuple(by_head[n] for n in range(count))] = None
    for boxes in lines.values():
        for some in (boxes, full(boxes)):
            if len(some) == count:
                found[tuple(box.column for box in some)] = None
    return list(found)


def slots(row: Sequence[Box | None], label: Box | None, extra: frozenset[int]) -> Boxes:
    """The cells of a row in which figures may stand, each once."""
    left = label.column + label.width if label else 0
    return tuple(
        dict.fromkeys(
            box
            for column, box in enumerate(row)
            if box and column >= left and column not in extra and is_slot(box.text)
        )
    )


def full(boxes: Boxes) -> Boxes:
    """Those cells that say something."""
    return tuple(box for box in boxes if box.text.strip())


def on(row: Sequence[Box | None], way: Sequence[int]) -> Boxes | None:
    """The cells of a row in some columns, None where one is missing or taken twice."""
    boxes = [row[column] if column < len(row) else None for column in way]
    whole = [box for box in boxes if box]
    return tuple(whole) if len(set(whole)) == len(way) else None


class Proof(NamedTuple):
    """What the sums say of a placement: how many hold and say something, how many fail.

    It is ``open`` where only a total is empty, beside figures that are not 0:
    they may all have slipped by a column.
    """

    held: int
    failed: int
    open: bool


def proof(view: View, n: int, boxes: Boxes) -> Proof:
    """What the sums of a line say of some cells for its figures."""
    values = {
        cell: value(box.text, view.table.kind)
        for cell, box in zip(view.lines[n], boxes, strict=True)
    }
    held = failed = 0
    is_open = False
    for equation in view.sums[n]:
        (goal,) = equation.left
        some = total(values, equation.right)
        unread = [values[cell].state for cell in equation.right if values[cell].figure is None]
        if values[goal].figure is None:
            is_open |= values[goal].state is State.BLANK and bool(some) and not unread
        elif some > total(values, equation.left):
            failed += 1
        elif some == total(values, equation.left):
            held += bool(some)
        elif not unread:
            failed += 1
    return Proof(held, failed, is_open)


def total(values: dict[Address, Value], cells: Sequence[Address]) -> Figure:
    """The sum of those figures that have been read."""
    return sum((values[cell].figure or 0 for cell in cells), start=0)


def worth(view: View, matrix: Matrix, rows: dict[int, Row], way: tuple[int, ...]) -> float:
    """How well the sums hold where figures stand in some columns."""
    score = 0.0
    for n, row in rows.items():
        boxes = on(matrix[row.at], way)
        if boxes is None:
            score -= 1
            continue
        held, failed, _ = proof(view, n, boxes)
        score += held - 2 * failed
    return score


def fits_partly(way: tuple[int, ...], columns: Columns, count: int) -> bool:
    """Whether some columns agree with the headings, though not all have been found."""
    known = columns.at
    is_fit = all(way[n] == at for n, at in known.items())
    return columns.exact and 2 * len(known) >= count and is_fit


def decided(
    view: View,
    n: int,
    row: Row,
    matrix: Matrix,
    own: Boxes,
    trusted: tuple[int, ...] | None,
    columns: Columns,
    count: int,
) -> dict[int, Box] | None:
    """The cells of a line's figures by their number, None where that cannot be told."""
    ways = [some for some in (own, full(own)) if len(some) == count and not columns.gone]
    given = on(matrix[row.at], trusted) if trusted else None
    if given is not None and are_figures(given, row.label):
        mine = proof(view, n, given)
        if mine.held and not mine.failed and not mine.open:
            return dict(enumerate(given))
        better = next((some for some in ways if some != given and is_proved(view, n, some)), None)
        if better:
            return dict(enumerate(better))
        if mine.open:
            return None
        if given in ways or (not mine.failed and not is_shifted(given, ways)):
            return dict(enumerate(given))
        return None
    for some in ways:
        is_same = same_text(some) and not proof(view, n, some).failed
        if is_same or is_proved(view, n, some) or follows(view, n, columns):
            return dict(enumerate(some))
    if trusted is None and columns.at and columns.exact:
        return partial(matrix[row.at], columns, row.label)
    return None


def follows(view: View, n: int, columns: Columns) -> bool:
    """Whether figures that follow a label are those of the headings, which no sum can tell."""
    return not columns.exact and not view.sums[n] and len(columns.at) == len(view.columns.ways)


def are_figures(boxes: Boxes, label: Box | None) -> bool:
    """Whether some cells may all be figures, none of them a label or left of it."""
    left = label.column + label.width if label else 0
    return all(is_slot(box.text) and box.column >= left for box in boxes)


def is_proved(view: View, n: int, boxes: Boxes) -> bool:
    """Whether the sums of a line bear some cells out."""
    held, failed, is_open = proof(view, n, boxes)
    return bool(held) and not failed and not is_open


def same_text(boxes: Boxes) -> bool:
    """Whether some cells all say the same, so that their order is of no account."""
    return bool(full(boxes)) and len({box.text.strip() for box in boxes}) == 1


def is_shifted(given: Boxes, ways: list[Boxes]) -> bool:
    """Whether a line has just as many figures elsewhere that say something else."""
    texts = [box.text.strip() for box in given]
    return any(some != given and [box.text.strip() for box in some] != texts for some in ways)


def partial(
    row: Sequence[Box | None], columns: Columns, label: Box | None
) -> dict[int, Box] | None:
    """The figures under those headings that have been found."""
    found = {n: box for n, at in columns.at.items() if (box := row[at])}
    whole = are_figures(tuple(found.values()), label) and len(set(found.values())) == len(found)
    return found if whole else None
