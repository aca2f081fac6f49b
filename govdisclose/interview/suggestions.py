"""What last year's report and the form's own balance let one expect of an answer."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from govdisclose.interview.particulars import ParticularQuestion, YearQuestion
from govdisclose.interview.questions import Question, RowQuestion, TextQuestion
from govdisclose.model.figures import Figure, shown
from govdisclose.model.form import Address, Balance, Law, Line
from govdisclose.model.report import Report

TOO_MUCH = "不会是负数：上面有一行在这一栏填多了，或者填错了栏，打 = 去改"


def notes(question: Question, report: Report, last: Report | None) -> Iterable[str]:
    """What an officer wants to know before answering a row."""
    if isinstance(question, TextQuestion) and not question.is_answered(report):
        calls = ["d 调出拟好的一段来改"] * bool(question.topic.start)
        calls += ["l 调出上年的来改"] * bool(last and question.proposal(last))
        yield from ["，".join(calls)] * bool(calls)
    if isinstance(question, RowQuestion):
        if last:
            yield f"上年：{question.proposal(last) or '没有数据'}"
        if last and (balance := carrying(question)) and (rolled_on := carried_over(last, question)):
            source = last.form.lines[question.table.key, balance.carried_out]
            yield f"上年报告的{item_name(source)}（结转）：{' '.join(rolled_on)}，两者应相等"
        if balancing := balanced(report, question):
            advice = TOO_MUCH if " -" in balancing else "请按台账填，不一致就核对上面各行"
            yield f"{balancing}（{advice}）"


def item_name(line: Line) -> str:
    """A row by its number as officers call it: 第四项, 第三项（七）; else by its heading."""
    top, mark, inner = line.name.removesuffix(line.row.label).rstrip("、").partition("（")
    return f"第{top}项{mark}{inner}" if top else line.row.label


def balanced(report: Report, row: RowQuestion) -> str:
    """The figures of a row that would balance, and how; empty where that is not known."""
    form, found = report.form, []
    rows: tuple[tuple[Address, ...], ...] = ()
    for law, left, (*others, last) in form.equations:
        if law is Law.BALANCE and last in row.cells:
            there, gone = report.add(left), report.add(tuple(others))
            if there is None or gone is None:
                return ""
            rows = left, tuple(others)
            found.append(f"{form.column_name(last)} {there - gone}")
    plus, minus = (
        [item_name(form.lines[cell.table, cell.row]) for cell in side] for side in rows or ((), ())
    )
    return f"按{'减'.join(['加'.join(plus), *minus])}：{' '.join(found)}" if found else ""


def suggested(question: Question, last: Report | None) -> str:
    """What last year's report, or the calendar, lets one expect; typed like an answer."""
    if isinstance(question, YearQuestion):
        return str(last.year + 1 if last and last.year else date.today().year - 1)
    if last is None:
        return ""
    if isinstance(question, ParticularQuestion):
        return question.proposal(last)
    if isinstance(question, RowQuestion) and question.table.balances:
        return " ".join(carried_over(last, question))
    if isinstance(question, RowQuestion) and question.table.stock:
        return in_force_from_last_year(last, question, ["0"] * (len(question.cells) - 1))
    return ""


def remembered(last: Report) -> dict[Address, Figure]:
    """The figures of last year that a draft keeps, so that it can be checked alone: all."""
    return dict(last.figures)


def recalled(report: Report) -> Report:
    """What a draft knows of last year, as far as a report of it goes."""
    return Report(form=report.form, figures=dict(report.last_year))


def in_force_from_last_year(last: Report, row: RowQuestion, typed: list[str]) -> str:
    """What has changed as typed, and what there is: last year's and what has changed since."""
    stock, columns = row.table.stock, [cell.column for cell in row.cells]
    if stock is None or len(typed) != len(columns) - 1:
        return " ".join(typed)
    at = columns.index(stock.standing)
    before = last.figures.get(row.cells[at])
    changes = dict(zip((each for each in columns if each != stock.standing), typed, strict=True))
    if before is None or not all(word.isdecimal() for word in typed):
        return " ".join(typed)
    standing = before + int(changes[stock.added]) - int(changes[stock.removed])
    return " ".join([*typed[:at], str(standing), *typed[at:]])


def carried_over(last: Report, row: RowQuestion) -> list[str]:
    """What was carried out of last year, for the row of what was carried into this.

    Column by column, "?" where that is not known; nothing where last year's form has no such row.
    """
    balance = carrying(row)
    source = balance and last.form.lines.get((row.table.key, balance.carried_out))
    if not source:
        return []
    columns = {cell.column: cell for cell in source.cells}
    cells = (columns.get(cell.column) for cell in row.table.stated(row.line))
    return [shown(last.figures.get(cell)) if cell in last.figures else "?" for cell in cells]


def carrying(row: RowQuestion) -> Balance | None:
    """The balance of which a row is what was carried into the year, if there is one."""
    key = row.line.row.key
    return next((each for each in row.table.balances if each.carried_in == key), None)
