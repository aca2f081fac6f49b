"""The end of an interview as a place: what is wrong, and every answer a line that opens.

Findings keep their numbers for the whole sitting. Warnings are acknowledged and
withdrawn several at once; Enter goes to the first fault, or prints where there is none.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from datetime import date

from govdisclose import rules
from govdisclose.interview.asking import changed, choose_step, mend_totals_line
from govdisclose.interview.commands import COMMANDS, choose, mend, show_chapter, undo
from govdisclose.interview.keys import LEGEND, Pressed, key_of
from govdisclose.interview.loop import walk
from govdisclose.interview.questions import Question, RowQuestion, TextQuestion, ZerosQuestion
from govdisclose.interview.session import Session, Stopped, is_settled, steps
from govdisclose.model.finding import Finding, Severity, Unusable
from govdisclose.model.report import Report
from govdisclose.model.text import half, ordinal

HELP = (
    """\
  编号（0 到 6）打开那一部分，选一题改完就回来
  j3 去第 3 条说的地方    k3 理由  确认第 3 条待核，可以几条一起：k3 5 理由
  k-3 收回第 3 条的确认    f 代改不用判断的错    n 结束，不生成文档
  """
    + LEGEND
)
MOST = 40


def sit(session: Session, print_document: Callable[[], None]) -> bool:
    """Stay in the review until the officer is done; gives whether nothing stops printing."""
    while True:
        findings = review(session)
        is_stopped = any(finding.severity is Severity.ERROR for finding in findings)
        try:
            is_done = do(session, findings, is_stopped, print_document)
        except (EOFError, Stopped):
            is_done = True
        if is_done:
            return not is_stopped


def do(
    session: Session, findings: list[Finding], is_stopped: bool, print_document: Callable[[], None]
) -> bool:
    """Ask what is wanted until something is done; gives whether that ends the review."""
    enter = "回车去改第一处错误" if is_stopped else "回车生成 Word 文档并结束"
    prompt = f"{enter}，n 结束，编号打开那一部分，k 加编号和理由确认待核，? 说明"
    while True:
        typed = half(session.terminal.line(prompt)).strip()
        if typed.lower() in ("n", "q", ">"):
            return True
        if not typed:
            if not is_stopped:
                print_document()
                return True
            open_finding(session, findings[0])
            return False
        if typed == "?":
            session.terminal.say(HELP)
        elif is_done(session, findings, typed):
            return False
        else:
            session.terminal.say(f"  没有看懂“{typed[:20]}”，? 是说明")


def is_done(session: Session, findings: list[Finding], typed: str) -> bool:
    """Do what was typed, where it is understood; gives whether it is."""
    if key := key_of(typed):
        press(session, key)
        return True
    return (
        open_chapter(session, typed)
        or open_numbered(session, findings, typed)
        or acknowledge(session, findings, typed)
    )


def press(session: Session, key: str) -> None:
    """Do here what a key of the map means everywhere."""
    session.steps = steps(session.report, session.last)
    try:
        if key == "<":
            session.at = len(session.steps)
            COMMANDS["<"](session)
            open_step(session, session.step.question.path)
        elif key == "=":
            session.at = len(session.steps)
            choose(session)
            if session.at < len(session.steps):
                open_step(session, session.step.question.path)
        elif key == "v":
            for section in session.report.form.sections:
                show_chapter(session, section.label)
        elif key == "u":
            session.at = len(session.steps)
            undo(session)
        elif key == "f":
            mend(session)
        else:
            session.terminal.say("  这个键只在问题里用；? 是说明")
    except Pressed as pressed:
        press(session, pressed.key)


def review(session: Session) -> list[Finding]:
    """Show the state of each section, what is wrong, and the time left."""
    report, say = session.report, session.terminal.say
    findings = rules.check(report, last=held(session))
    numbered = numbers(session, findings)
    for number, finding in list(zip(numbered, findings, strict=True))[:MOST]:
        say(f"{mark(report, finding)}{number} {finding.code} {finding.severity.label}  "
            + finding.message.replace("\n", "\n    "))  # fmt: skip
    if len(findings) > MOST:
        say(f"另有 {len(findings) - MOST} 条，改正上面的以后再列")
    say("" if findings else "\n没有发现问题")
    answered = sum(address in report.figures for address in report.form.addresses)
    say(f"== 核对 ==  数字 {answered}/{len(report.form.addresses)}")
    every = steps(report, session.last)
    for place, chapter in enumerate(dict.fromkeys(step.chapter for step in every)):
        asked = [
            step.question
            for step in every
            if step.chapter == chapter and not isinstance(step.question, ZerosQuestion)
        ]
        done = sum(is_settled(question, report) for question in asked)
        say(f"  {place} {chapter}  {done}/{len(asked)}")
    if count := sum(len(finding.repairs) for finding in findings):
        say(f"  {count} 处不用判断的（标点、文号、总计…）：打 f 代改，改了什么都会说")
    elif line := mend_totals_line(report):
        say(line)
    say(deadline(report, date.today()))
    return findings


def mark(report: Report, finding: Finding) -> str:
    """What is typed before a finding's number: k to acknowledge, k- to withdraw, j to go."""
    if finding.severity is Severity.WARNING:
        return "k"
    is_acknowledged = (finding.code, finding.at) in {(a.rule, a.at) for a in report.acknowledged}
    return "k-" if is_acknowledged and finding.severity is Severity.HINT else "j"


def numbers(session: Session, findings: list[Finding]) -> list[int]:
    """The numbers of some findings, the same for the whole sitting."""
    seen: Counter[tuple[str, str]] = Counter()
    found = []
    for finding in findings:
        name = (finding.code, finding.at)
        key = (*name, str(seen[name]))
        seen[name] += 1
        found.append(session.numbers.setdefault(key, len(session.numbers) + 1))
    return found


def numbered(session: Session, findings: list[Finding], number: int) -> Finding | None:
    """The finding that has a number in this sitting."""
    pairs = zip(numbers(session, findings), findings, strict=True)
    return next((finding for known, finding in pairs if known == number), None)


def held(session: Session) -> Report | None:
    """The report of last year, where it is one and not only what a draft knows of it."""
    return session.last if session.last and session.last.bureau.name else None


def acknowledge(session: Session, findings: list[Finding], typed: str) -> bool:
    """Acknowledge warnings, ``k3 5 理由``, or withdraw that, ``k-3``."""
    match = re.fullmatch(r"[kK]\s*(-?)\s*(\d{1,4}(?:[\s,，、]+\d{1,4})*)(?:[\s,，、]+(.*))?", typed)
    if not match:
        return False
    found = [(int(n), numbered(session, findings, int(n))) for n in re.findall(r"\d+", match[2])]
    if unknown := [number for number, finding in found if finding is None]:
        session.terminal.say(f"  没有第 {'、'.join(map(str, unknown))} 条")
        return False
    chosen = [finding for _, finding in found if finding]
    before = session.report.copy()
    if match[1]:
        withdraw(session, chosen)
    else:
        take_note(session, chosen, match[3] or "")
    changed(session, "", before)
    return True


def take_note(session: Session, chosen: list[Finding], reason: str) -> None:
    """Write down that warnings have been looked at, and say which."""
    report, terminal = session.report, session.terminal
    for finding in chosen:
        terminal.say(f"  {finding.code}  {finding.message.partition(chr(10))[0]}")
    reason = reason.strip() or terminal.line("确认的理由（回车不确认）").strip()
    for finding in chosen:
        try:
            if not reason:
                raise Unusable("没有写理由，没有确认")
            given = rules.acknowledge(report, finding.code, finding.at, reason, last=held(session))
        except Unusable as error:
            terminal.say(f"  {error}")
            continue
        others = (a for a in report.acknowledged if (a.rule, a.at) != (given.rule, given.at))
        report.acknowledged = (*others, given)
        terminal.say(f"  已确认：{finding.code}，{reason}")


def withdraw(session: Session, chosen: list[Finding]) -> None:
    """Take acknowledgements back, so that the warnings stand again."""
    report = session.report
    gone = {(finding.code, finding.at) for finding in chosen}
    kept = tuple(a for a in report.acknowledged if (a.rule, a.at) not in gone)
    count = len(report.acknowledged) - len(kept)
    report.acknowledged = kept
    session.terminal.say(f"  收回了 {count} 条确认" if count else "  这一条没有确认过")


def open_chapter(session: Session, typed: str) -> bool:
    """Let an answer of a chapter be changed, where its number was typed."""
    session.steps = steps(session.report, session.last)
    names = list(dict.fromkeys(step.chapter for step in session.steps))
    known = {str(n): name for n, name in enumerate(names)}
    known |= {ordinal(n): name for n, name in enumerate(names) if n}
    if typed not in known:
        return False
    try:
        if choose_step(session, known[typed]):
            open_step(session, session.step.question.path)
    except Pressed as pressed:
        press(session, pressed.key)
    return True


def open_numbered(session: Session, findings: list[Finding], typed: str) -> bool:
    """Go to where a finding is, where ``j`` and its number were typed."""
    match = re.fullmatch(r"[jJ]\s*(\d{1,4})", typed)
    finding = numbered(session, findings, int(match[1])) if match else None
    if finding is None:
        return False
    open_finding(session, finding)
    return True


def open_finding(session: Session, finding: Finding) -> None:
    """Ask the question again that a finding is about."""
    session.terminal.say(f"  {finding.code} {finding.message}".replace("\n", "\n    "))
    every = steps(session.report, session.last)
    question = question_of(finding.at, [step.question for step in every], session.report)
    if question is None:
        session.terminal.say("  这一条要在草稿文件里改")
    else:
        open_step(session, question.path)


def question_of(at: str, questions: list[Question], report: Report) -> Question | None:
    """The question whose answer a path is about."""
    parts = at.split(".")
    by_path = {question.path: question for question in questions}
    for path in (at, ".".join(parts[:2])):
        if path in by_path:
            return by_path[path]
    if parts[0] in report.prose:
        texts = [q for q in questions if isinstance(q, TextQuestion) and q.section.key == parts[0]]
        if len(parts) > 2 and parts[1] == "parts":
            index = int(parts[2]) - 1
            texts = [q for q in texts if q.at(report.prose[parts[0]]) == index] or texts
        open_ones = [q for q in texts if not q.is_optional and not q.is_answered(report)]
        return (open_ones or [q for q in texts if not q.is_optional] or texts)[0]
    rows = [q for q in questions if isinstance(q, RowQuestion) and q.table.key == parts[0]]
    return next((q for q in rows if not q.is_answered(report)), rows[0] if rows else None)


def open_step(session: Session, path: str) -> None:
    """Ask one question, and come back when it is answered."""
    every = steps(session.report, session.last)
    session.steps = [step for step in every if step.question.path == path]
    session.at, session.chapter = 0, ""
    session.answered_elsewhere.clear()
    session.wanted = path
    walk(session)


def deadline(report: Report, today: date) -> str:
    """How long there is until a report is due by article 49 of the regulation."""
    if report.year is None:
        return ""
    month, who = (3, "政府") if report.bureau.kind == "government" else (1, "部门")
    left = (date(report.year + 1, month, 31) - today).days
    due = f"条例第四十九条：{who}的报告 {report.year + 1} 年 {month} 月 31 日前公布"
    return f"{due}，还有 {left} 天" if left >= 0 else f"{due}，已过 {-left} 天"
