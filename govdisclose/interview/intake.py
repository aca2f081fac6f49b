"""A whole report, or a whole section, given at one question: read as ``import`` reads."""

from __future__ import annotations

import re
from dataclasses import fields, replace
from pathlib import Path

from govdisclose import formats
from govdisclose.files import disk
from govdisclose.interview.pasting import anywhere
from govdisclose.interview.questions import RowQuestion, TextQuestion, ZerosQuestion
from govdisclose.interview.session import Session, is_agreed, is_settled, steps
from govdisclose.model.figures import Figure
from govdisclose.model.finding import Unusable
from govdisclose.model.form import Address
from govdisclose.model.report import Bureau, Prose, Reading, Report

NUMBERED = re.compile(r"^\s*[（(][一二三四五六七八九十]{1,2}[）)]", re.MULTILINE)
SHORTEST = 60
"""Fewer characters than that on several lines are no report."""


def take_report(session: Session, typed: str) -> str:
    """Take a report that was pasted, or a file that was named; empty where it is neither.

    ValueError says why nothing was taken.
    """
    try:
        reading = read(typed)
    except Unusable as why:
        raise ValueError(f"{why}。没有填入；单位全称写在一行里") from None
    if reading is None:
        return ""
    trial = merged(session.report, reading.report)
    trial.put(blocks_in(trial, typed))
    questions = [
        step.question for step in steps(trial) if not isinstance(step.question, ZerosQuestion)
    ]
    count = sum(is_settled(question, trial) for question in questions)
    for finding in reading.findings[:5]:
        session.terminal.say(f"  {finding.message}".replace("\n", "\n    "))
    year = f"{trial.year}年" if trial.year else "年份没有读出"
    said = f"{trial.bureau.name or '单位名称没有读出'}，{year}，读到 {count}/{len(questions)} 题"
    if not is_agreed(session, f"{said}。回车填入，只问其余的；n 不填"):
        raise ValueError("没有填入，请输入单位全称")
    session.report.__dict__.update(trial.__dict__)
    return f"读到 {count}/{len(questions)} 题，下面只问其余的"


def read(typed: str) -> Reading | None:
    """What was pasted or named, read; None where it is a line of text and no file."""
    if "\n" in typed.strip():
        if len(typed) < SHORTEST:
            raise Unusable("贴进来的不像一份报告")
        return read_text(typed)
    name = typed.strip().strip("\"'“”")
    if not re.search(r"\.\w{2,5}$", name):
        return None
    path = Path(name).expanduser()
    return disk.read(path) if disk.is_there(path) and path.is_file() else None


def blocks_in(report: Report, text: str) -> dict[Address, Figure | None]:
    """The figures of tables in a pasted text that lost their headings, where none was read."""
    form = report.form
    first = next(iter(form.tables.values()))
    found: dict[Address, Figure | None] = {}
    for match in re.finditer(r"(?:[^\n]*\t[^\n]*(?:\n|$))+", text):
        try:
            found |= anywhere(form, RowQuestion(first, first.lines[0]), match[0]).values
        except ValueError:
            continue
    return {cell: value for cell, value in found.items() if cell not in report.figures}


def read_text(text: str) -> Reading:
    """A pasted text, read as a file of the same text is."""
    return formats.reader(".txt")(text.encode("utf-8", "replace"))


def merged(report: Report, read: Report) -> Report:
    """A report with what was read of another; what is there stays where nothing was read."""
    given = {
        field.name: value for field in fields(Bureau) if (value := getattr(read.bureau, field.name))
    }
    trial = report.copy()
    trial.bureau = replace(report.bureau, **given)
    trial.year = read.year or report.year
    trial.preamble = read.preamble or report.preamble
    trial.prose |= {key: prose for key, prose in read.prose.items() if prose.is_answered}
    trial.figures |= read.figures
    return trial


def split_section(session: Session, question: TextQuestion, typed: str) -> str:
    """Take a section with its （一）（二）… part by part; empty where it has none."""
    section = question.section
    if len(NUMBERED.findall(typed)) < 2 or not section.parts:
        return ""
    try:
        read = read_text(f"{section.label}\n{typed}").report
    except Unusable:
        return ""
    prose = read.prose.get(section.key, Prose())
    if len(prose.parts) < 2:
        return ""
    for part in prose.parts:
        session.terminal.say(f"  {part.heading}  {len(part.text)} 字")
    if not is_agreed(session, f"读出 {len(prose.parts)} 段，回车分开填入，n 整篇算这一题的"):
        return ""
    session.report.prose[section.key] = with_parts(session.report.prose[section.key], prose)
    return f"{len(prose.parts)} 段已分开填入"


def with_parts(old: Prose, new: Prose) -> Prose:
    """A section with new parts; those it has under other headings stay behind them."""
    headings = {part.heading for part in new.parts}
    kept = tuple(p for p in old.parts if p.heading not in headings and p.text.strip())
    return Prose(new.lead or old.lead, (*new.parts, *kept))
