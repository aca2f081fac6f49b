"""The end of an interview: what the report is like now, and where to go back."""

from __future__ import annotations

import re
from datetime import date

from govdisclose import rules
from govdisclose.interview.loop import interview
from govdisclose.interview.questions import ZerosQuestion, chapters
from govdisclose.interview.session import Session, is_settled, keep_on_disk, steps
from govdisclose.model.finding import Finding, Severity, Unusable
from govdisclose.model.report import Report


def review(session: Session) -> list[Finding]:
    """Show the state of each section, what is wrong, and the time left."""
    report, say = session.report, session.terminal.say
    findings = rules.check(report, last=held(session))
    for place, finding in enumerate(findings, start=1):
        mark = f"k{place} " if finding.severity is Severity.WARNING else ""
        message = finding.message.replace("\n", "\n    ")
        say(f"{mark}{finding.code} {finding.severity.label}  {message}")
    say("" if findings else "\n没有发现问题")
    answered = sum(address in report.figures for address in report.form.addresses)
    say(f"== 核对 ==  数字 {answered}/{len(report.form.addresses)}")
    for place, (chapter, questions) in enumerate(chapters(report)):
        asked = [question for question in questions if not isinstance(question, ZerosQuestion)]
        done = sum(is_settled(question, report) for question in asked)
        say(f"  {place} {chapter}  {done}/{len(asked)}")
    say(deadline(report, date.today()))
    return findings


def held(session: Session) -> Report | None:
    """The report of last year, where it is one and not only what a draft knows of it."""
    return session.last if session.last and session.last.bureau.name else None


def acknowledge(session: Session, findings: list[Finding], typed: str) -> bool:
    """Take a warning as looked at, where ``k`` and its number were typed."""
    match = re.fullmatch(r"k\s*([0-9]{1,4})\s*(.*)", typed)
    if not match or not 1 <= int(match[1]) <= len(findings):
        return False
    report, terminal = session.report, session.terminal
    finding = findings[int(match[1]) - 1]
    reason = match[2] or terminal.line("确认的理由").strip()
    try:
        given = rules.acknowledge(report, finding.code, finding.at, reason, last=held(session))
    except Unusable as error:
        terminal.say(f"  {error}")
        return True
    report.acknowledged = (*report.acknowledged, given)
    keep_on_disk(session)
    return True


def go_back(session: Session, typed: str) -> bool:
    """Ask a chapter again, where its number was typed."""
    names = [chapter for chapter, _ in chapters(session.report)]
    if not (re.fullmatch(r"[0-9]{1,2}", typed) and int(typed) < len(names)):
        return False
    chapter = names[int(typed)]
    session.steps = [
        step for step in steps(session.report, session.last) if step.chapter == chapter
    ]
    session.at, session.chapter = 0, ""
    session.answered_elsewhere.clear()
    interview(session)
    return True


def deadline(report: Report, today: date) -> str:
    """How long there is until a report is due by article 49 of the regulation."""
    if report.year is None:
        return ""
    month, who = (3, "政府") if report.bureau.kind == "government" else (1, "部门")
    left = (date(report.year + 1, month, 31) - today).days
    due = f"条例第四十九条：{who}的报告 {report.year + 1} 年 {month} 月 31 日前公布"
    return f"{due}，还有 {left} 天" if left >= 0 else f"{due}，已过 {-left} 天"
