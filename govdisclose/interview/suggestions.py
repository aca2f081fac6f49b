"""What last year's report and the form's own balance let one expect of an answer."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from govdisclose.interview.questions import (
    ParticularQuestion,
    Question,
    RowQuestion,
    TextQuestion,
    YearQuestion,
)
from govdisclose.model.figures import Figure, shown
from govdisclose.model.form import Address, Law
from govdisclose.model.report import Report


def notes(question: Question, report: Report, last: Report | None) -> Iterable[str]:
    """What an officer wants to know before answering a row."""
    if isinstance(question, TextQuestion) and not question.is_answered(report):
        calls = ["d 调出拟好的一段来改"] * bool(question.topic.start)
        calls += ["l 调出上年的来改"] * bool(last)
        yield from ["，".join(calls)] * bool(calls)
    if isinstance(question, RowQuestion):
        if last:
            yield f"上年：{question.proposal(last) or '没有数据'}"
        if last and (rolled_on := carried_over(last, question)):
            yield f"上年报告的第四项（结转）：{' '.join(rolled_on)}，两者应相等"
        if balancing := balanced(report, question):
            yield f"按第一项加第二项减第三项（七）：{balancing}（请按台账填，不一致就核对上面各行）"


def balanced(report: Report, row: RowQuestion) -> str:
    """The figures of a row that would balance, empty where that is not known."""
    found = []
    for law, left, (*others, last) in report.form.equations:
        if law is Law.BALANCE and last in row.cells:
            there, gone = report.add(left), report.add(tuple(others))
            if there is None or gone is None:
                return ""
            found.append(f"{report.form.column_name(last)} {there - gone}")
    return " ".join(found)


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
    if isinstance(question, RowQuestion) and question.table.key == "documents":
        return in_force_from_last_year(last, question, ["0", "0"])
    return ""


def remembered(last: Report) -> dict[Address, Figure]:
    """The figures of last year that a draft keeps, so that it can be checked alone: all."""
    return dict(last.figures)


def recalled(report: Report) -> Report:
    """What a draft knows of last year, as far as a report of it goes."""
    return Report(form=report.form, figures=dict(report.last_year))


def in_force_from_last_year(last: Report, row: RowQuestion, typed: list[str]) -> str:
    """Issued and repealed as typed, and in force: last year's and what has changed since."""
    before = last.figures.get(row.cells[-1])
    if before is None or not all(word.isdecimal() for word in typed):
        return " ".join(typed)
    issued, repealed = map(int, typed)
    return f"{issued} {repealed} {before + issued - repealed}"


def carried_over(last: Report, row: RowQuestion) -> list[str]:
    """What was carried out of last year, for the row of what was carried into this."""
    for balance in row.table.balances:
        if row.line.row.key == balance.left[-1]:
            source = last.form.lines[row.table.key, balance.right[-1]]
            return [shown(last.figures.get(cell)) or "?" for cell in row.table.stated(source)]
    return []
