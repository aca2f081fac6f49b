"""Change what a report states: by the name of a place; or totals that have become stale."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from itertools import product
from typing import NamedTuple

from govdisclose.interview.particulars import ParticularQuestion
from govdisclose.interview.questions import Question, RowQuestion, split
from govdisclose.model.figures import Figure, figure, shown
from govdisclose.model.form import Address, Form, Line, Table
from govdisclose.model.report import LABELS, Report
from govdisclose.model.text import half


class StaleTotal(NamedTuple):
    """A total as stated, and what its terms add up to."""

    at: Address
    stated: Figure
    added: Figure


def change(report: Report, place: str, typed: str) -> list[str]:
    """Put a figure, a row or a particular into a report; gives a line for each change.

    ValueError says in a sentence what was not understood.
    """
    before, form = report.copy(), report.form
    target = located(form, place)
    if isinstance(target, RowQuestion):
        if not any(cell not in form.sums for cell in target.cells):
            raise ValueError(f"{target.line.name}是算出来的：改组成它的数，它会跟着变")
        if len(split(typed, single=False)) == 1:
            names = "、".join(form.column_name(cell) for cell in target.cells)
            raise ValueError(
                f"{target.line.name}一行有 {len(target.cells)} 个数（{names}），只写了一个："
                f"写全，或者在位置里写明是哪一格，例如 {target.cells[0]}"
            )
    if isinstance(target, Address):
        if target in form.sums:
            raise ValueError(f"{full_name(form, target)}是算出来的：改组成它的数，它会跟着变")
        value = None if half(typed).strip() == "?" else figure(typed, form.kind(target))
        report.put({target: value})
    else:
        target.take(report, typed)
    return list(differences(before, report))


def located(form: Form, place: str) -> Address | Question:
    """The figure, row or particular of a name: an address, or words as printed."""
    place = half(place).strip()
    if place in form.by_name:
        return form.by_name[place]
    head, _, field = place.partition(".")
    for key, label in LABELS.items():
        if place == label or (head, field) == ("bureau", key):
            return ParticularQuestion(key)
    rows = {f"{table.key}.{line.row.key}": (table, line) for table, line in lines_of(form)}
    if place in rows:
        return row_or_cell(*rows[place])
    found = list(named(form, place))
    if len(found) == 1:
        return found[0]
    if found:
        names = "；".join(name_of_target(form, each) for each in found[:4])
        raise ValueError(f"“{place[:40]}”可以是几处：{names}。写得再全一点")
    near = get_close_matches(place, [*form.by_name, *rows], n=1)
    perhaps = f"，是不是 {near[0]}" if near else ""
    raise ValueError(
        f"表里没有“{place[:40]}”{perhaps}。写地址（表.行.列），或者表上的名称，例如 行政许可"
    )


def lines_of(form: Form) -> Iterator[tuple[Table, Line]]:
    """Every row of a form with its table."""
    for table in form.tables.values():
        yield from ((table, line) for line in table.lines)


def row_or_cell(table: Table, line: Line) -> Address | Question:
    """A row as a question; one of a single figure as that figure."""
    return line.cells[0] if len(line.cells) == 1 else RowQuestion(table, line)


def named(form: Form, place: str) -> Iterator[Address | Question]:
    """What words may stand for: rows by their name, figures by row and column.

    What is named in full hides what is named in part.
    """
    words = [word for word in "".join(c if c.isalnum() else " " for c in place).split() if word]
    for exact in (True, False):
        rows = [
            (table, line)
            for table, line in lines_of(form)
            if is_named(row_names(line), "".join(words), exact)
        ]
        if rows:
            yield from (row_or_cell(*row) for row in rows)
            return
        cells = [
            cell
            for at in range(1, len(words))
            for (_, line), cell in cells_of(form)
            if is_named(row_names(line), "".join(words[:at]), exact)
            and is_named(column_names(form, cell), "".join(words[at:]), exact)
        ]
        if cells:
            yield from dict.fromkeys(cells)
            return


def cells_of(form: Form) -> Iterator[tuple[tuple[Table, Line], Address]]:
    """Every figure of a form with its row."""
    for row in lines_of(form):
        yield from product((row,), row[1].cells)


def row_names(line: Line) -> tuple[str, ...]:
    """The names a row goes by."""
    return (line.row.label, line.row.text, line.row.brief, line.name, line.brief)


def column_names(form: Form, cell: Address) -> tuple[str, ...]:
    """The names a figure's column goes by."""
    column = form.columns[cell.table, cell.column]
    return (column.label, column.brief, column.key)


def is_named(names: Iterable[str], word: str, exact: bool) -> bool:
    """Whether a word is one of some names, or stands in one."""
    plain = ("".join(filter(str.isalnum, half(name))) for name in names)
    return any(word == name if exact else word in name for name in plain)


def full_name(form: Form, at: Address) -> str:
    """A figure by row and column, by its row where that has one figure."""
    row = form.lines[at.table, at.row]
    column = f"｜{form.column_name(at)}" if len(row.cells) > 1 else ""
    return form.row_name(at) + column


def name_of_target(form: Form, target: Address | Question) -> str:
    """What a name may have meant, as it can be written again."""
    if isinstance(target, Address):
        return f"{full_name(form, target)}（{target}）"
    return target.path


def differences(before: Report, after: Report) -> Iterator[str]:
    """Each particular and each figure that is another now, with both."""
    for key, label in LABELS.items():
        old, new = getattr(before.bureau, key), getattr(after.bureau, key)
        if old != new:
            yield f"{label}：{old or '（空）'} → {new or '（空）'}"
    for at in after.form.addresses:
        old, new = shown(before.figures.get(at)) or "?", shown(after.figures.get(at)) or "?"
        if old != new:
            yield f"{full_name(after.form, at)}：{old} → {new}"


def stale_totals(report: Report) -> list[StaleTotal]:
    """The totals that are stated otherwise than their terms add up to."""
    computed = recomputed(report)
    return [
        StaleTotal(at, report.figures[at], computed.figures[at])
        for at in report.form.sums
        if at in report.figures
        and at in computed.figures
        and report.figures[at] != computed.figures[at]
    ]


def recomputed(report: Report) -> Report:
    """The report with every total computed; one whose terms are not all there stays."""
    sums, trial = report.form.sums, report.copy()
    trial.figures = {at: value for at, value in report.figures.items() if at not in sums}
    trial.settle()
    trial.figures = {**report.figures, **trial.figures}
    return trial


def mend_totals(report: Report, stale: Iterable[StaleTotal]) -> None:
    """Put into a report what its terms add up to."""
    report.figures.update({each.at: each.added for each in stale})


def told(form: Form, stale: StaleTotal) -> str:
    """A stale total with both numbers."""
    name = full_name(form, stale.at)
    return f"{name}：写的是 {shown(stale.stated)}，各数之和是 {shown(stale.added)}"
