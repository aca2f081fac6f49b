"""What the officer typed or pasted, taken into the report."""

from __future__ import annotations

import re
from collections.abc import Iterator

from govdisclose.formats import console
from govdisclose.interview import intake
from govdisclose.interview.bound_figures import readable
from govdisclose.interview.particulars import ParticularQuestion
from govdisclose.interview.pasting import anywhere
from govdisclose.interview.questions import (
    Question,
    RowQuestion,
    TextQuestion,
    ZerosQuestion,
    split,
)
from govdisclose.interview.session import Session, is_agreed
from govdisclose.interview.suggestions import in_force_from_last_year
from govdisclose.model.figures import in_ten_thousands, shown
from govdisclose.model.form import Kind, Table
from govdisclose.model.report import Report
from govdisclose.model.text import half


def taken(session: Session, question: Question, typed: str) -> str:
    """Put what was typed into the report; gives its echo, ValueError a complaint."""
    report = session.report
    if half(typed).strip() in ("-", "—"):
        question.clear(report)
        return "已清空"
    if isinstance(question, ZerosQuestion) and len(split(typed, single=False)) > 1:
        question = question.rows[0]
    if isinstance(question, TextQuestion):
        if question.fill_in(report, typed):
            return readable(question.proposal(report), report)
        if said := intake.split_section(session, question, typed):
            return said
    if is_first(question) and (said := intake.take_report(session, typed)):
        return said
    if not isinstance(question, RowQuestion):
        return question.take(report, typed)
    words = split(typed, single=False)
    if question.table.across and (rows := in_rows(question.table, words)):
        return paste(session, RowQuestion(question.table, question.table.lines[0]), rows)
    if "\n" in typed:
        return paste(session, question, typed)
    if question.table.kind is Kind.AMOUNT:
        typed = confirm_yuan(session, typed)
    if question.table.stock and session.last and len(words) == len(question.cells) - 1:
        typed = in_force_from_last_year(session.last, question, words)
    if len(words) == 1 < len(question.cells) and words[0] != "0":
        confirm_alone(session, question, typed)
    return question.take(report, typed)


def is_first(question: Question) -> bool:
    """Whether a question is the first, at which a whole report can be given."""
    return isinstance(question, ParticularQuestion) and question.name == "name"


def confirm_yuan(session: Session, typed: str) -> str:
    """An amount in 元 offered in 万元; ValueError where it shall not be taken so."""
    match = re.fullmatch(r"\s*([\d,]+(?:\.\d{1,2})?)\s*元\s*", half(typed))
    if not match:
        return typed
    amount = in_ten_thousands(match[1].replace(",", ""))
    if not is_agreed(
        session, f"这里的单位是万元：{typed.strip()} 是 {amount} 万元。回车填入，n 重填"
    ):
        raise ValueError("没有填入，请重新输入")
    return amount


def in_rows(table: Table, words: list[str]) -> str:
    """The figures of a table printed across, typed as its one line, row by row."""
    for size in (len(table.lines[0].cells), len(table.stated(table.lines[0]))):
        if len(words) == size * len(table.lines):
            rows = (words[at : at + size] for at in range(0, len(words), size))
            return "\n".join(" ".join(row) for row in rows)
    return ""


def confirm_alone(session: Session, row: RowQuestion, typed: str) -> None:
    """Echo a figure given alone before it counts; ValueError where it shall not."""
    trial = session.report.copy()
    said = row.take(trial, typed)
    if not is_agreed(session, f"只写了一个数：{said}，其余为 0。回车算数，n 重填"):
        raise ValueError("没有填入，请重新输入这一行")


def balances(report: Report, tables: set[str]) -> Iterator[str]:
    """Whether the balances of some tables hold, a line a balance."""
    form = report.form
    for table in form.tables.values():
        for balance in table.balances if table.key in tables else ():
            wrong, known = [], 0
            for cell in table.lines[0].cells:
                left, right = (
                    report.add(tuple(cell._replace(row=row) for row in side))
                    for side in (balance.left, balance.right)
                )
                if left is not None and right is not None:
                    known += 1
                    if left != right:
                        wrong.append(f"{form.column_name(cell)}差 {shown(left - right)}")
            yield f"勾稽：{known - len(wrong)} 列平" + (
                f"，对不上的：{'、'.join(wrong)}" if wrong else ""
            )


def paste(session: Session, question: RowQuestion, typed: str) -> str:
    """Several rows pasted at once: shown in the table, taken after one Enter."""
    report, terminal = session.report, session.terminal
    read = anywhere(report.form, question, typed)
    trial = report.copy()
    trial.put(read.values)
    full = [line for line in read.lines if any(trial.figures.get(cell) for cell in line.cells)]
    for table in report.form.tables.values():
        here = [line for line in full if line.cells[0].table == table.key]
        if here:
            terminal.say(console.plain([console.drawn(table, trial, {}, here)]))
    for line in balances(trial, {line.cells[0].table for line in read.lines}):
        terminal.say(f"  {line}")
    for fault in read.faults:
        terminal.say(f"  没有读懂：{fault}")
    zeros = len(read.lines) - len(full)
    shown_here = f"{len(full)} 行如上，{zeros} 行全部为 0"
    if not is_agreed(
        session, f"读出 {len(read.lines)} 行（{shown_here}），填入吗？回车填入，n 不填"
    ):
        raise ValueError("没有填入，请重新输入这一行")
    report.put(read.values)
    return f"{len(read.lines)} 行已填入"
