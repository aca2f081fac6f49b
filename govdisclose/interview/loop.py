"""The interview: walk an officer through what a report lacks.

One loop asks question after question; what is typed is an answer or one of
the commands. Every answer is put into the report and saved before the next.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from govdisclose import rules
from govdisclose.formats import console
from govdisclose.interview.answers import taken
from govdisclose.interview.questions import Question, RowQuestion, TextQuestion, ZerosQuestion
from govdisclose.interview.session import Session, Stopped, is_settled, keep_on_disk
from govdisclose.interview.suggestions import notes, suggested
from govdisclose.interview.terminal import Unfinished, edited
from govdisclose.model.figures import shown
from govdisclose.model.finding import Finding, Severity
from govdisclose.model.report import Report
from govdisclose.model.text import half

INTRO = """\
每答一题就存盘，随时可以停。回车采用建议的答案（按 → 改它）；也可以输入
  <  上一题    >  先跳过    ?  口径说明    =  选题
  v  看这部分  u  撤销      q  存好退出"""
ABOUT_TEXTS = "文字一行一段，可以整篇粘贴；写完另起一行，只打一个句点“.”。回车跳过，e 开编辑器"

EDIT_HERE = "在这里修改；写完另起一行，只打一个句点“.”"


def interview(session: Session) -> None:
    """Ask step after step until all are done; Stopped, EOFError or Ctrl-C end it."""
    session.terminal.say(INTRO)
    while session.at < len(session.steps):
        turn(session)


def turn(session: Session) -> None:
    """Ask one question and do what was typed."""
    chapter, question = session.step
    if is_needless(session, question):
        session.at += 1
        return
    if chapter != session.chapter:
        session.chapter = chapter
        session.terminal.say(
            f"\n== {chapter} ==" + (f"\n{ABOUT_TEXTS}" if question.is_long else "")
        )
    typed = asked(session, question)
    command = COMMANDS.get(typed)
    if command:
        command(session)
    elif not typed or (typed == question.proposal(session.report) and not question.is_long):
        keep(session, question)
    else:
        answer(session, question, typed)


def is_needless(session: Session, question: Question) -> bool:
    """Whether a question is not to be asked: answered along with another, or moot."""
    is_moot = isinstance(question, ZerosQuestion) and not question.applies(session.report)
    return is_moot or question.path in session.answered_elsewhere


def asked(session: Session, question: Question) -> str:
    """What is typed at a question, its proposal and what is known beside it."""
    report, terminal = session.report, session.terminal
    prompt = f"[{session.at + 1}/{len(session.steps)}] {question.prompt(report)}"
    for note in notes(question, report, session.last):
        terminal.say(f"  {note}")
    proposal = question.proposal(report) or suggested(question, session.last)
    if not question.is_long:
        return terminal.line(prompt, proposal).strip()
    if proposal:
        start = proposal.partition("\n")[0][:30]
        terminal.say(f"  已有 {len(proposal)} 字：{start}…  回车保留，e 修改，直接输入则重写")
    return paragraphs(session, prompt)


def paragraphs(session: Session, prompt: str, text: str = "") -> str:
    """A text; one that is broken off is put in before the interview ends."""
    try:
        return session.terminal.lines(prompt, COMMANDS, text).strip()
    except Unfinished as broken:
        if broken.text.strip():
            answer(session, session.step.question, broken.text.strip())
        raise


def keep(session: Session, question: Question) -> None:
    """Enter: keep what is there; a row without figures is asked again."""
    if isinstance(question, RowQuestion) and not question.is_answered(session.report):
        session.terminal.say("  这一行还没有填：没有发生的输入 0，以后再填输入 >")
        return
    if question.path in ("bureau.name", "year") and not question.is_answered(session.report):
        session.terminal.say("  这一项不能空着：标题和文件名都要用")
        return
    advance(session)


def answer(session: Session, question: Question, typed: str) -> None:
    """Put an answer in, save it, and go on; or say what was not understood."""
    before = session.report.copy()
    try:
        said = taken(session, question, typed)
    except ValueError as error:
        session.terminal.say(f"  {error}")
        return
    if session.report != before:
        session.before.append((session.at, before))
        keep_on_disk(session)
    if said:
        session.terminal.say(f"  {said}")
    session.answered_elsewhere |= {
        step.question.path
        for step in session.steps
        if step.question.is_answered(session.report) and not step.question.is_answered(before)
    }
    if "\n" not in typed or question.is_answered(session.report):
        advance(session)


def advance(session: Session) -> None:
    """Go on to the next question; after a section of tables, see that it adds up."""
    chapter, report = session.step.chapter, session.report
    session.at += 1
    while session.at < len(session.steps) and is_needless(session, session.step.question):
        session.at += 1
    if session.at == len(session.steps) or session.step.chapter != chapter:
        for line in sums(report, chapter):
            session.terminal.say(f"  {line}")
        if faults := unbalanced(report, chapter):
            mend(session, chapter, faults)


def sums(report: Report, chapter: str) -> Iterable[str]:
    """The totals of the tables of a section, a line a table."""
    for section in report.form.sections:
        for table in section.tables if section.label == chapter else ():
            stated = {key for balance in table.balances for key in balance.left + balance.right}
            totals = [
                f"{line.brief} {shown(report.figures.get(line.cells[-1])) or '?'}"
                for line in table.lines
                if line.cells[-1] in report.form.sums and (not stated or line.row.key in stated)
            ]
            yield from ["合计：" + "  ".join(totals)] * bool(totals)


def unbalanced(report: Report, chapter: str) -> list[Finding]:
    """What does not add up in the tables of a section."""
    tables = {
        table.key
        for section in report.form.sections
        if section.label == chapter
        for table in section.tables
    }
    return [
        finding
        for finding in rules.check(report)
        if finding.severity is Severity.ERROR
        and finding.code.startswith("R2")
        and finding.at.partition(".")[0] in tables
    ]


def mend(session: Session, chapter: str, faults: list[Finding]) -> None:
    """Say what does not add up, and go back to the row that is chosen."""
    said = [fault.message.replace("\n", "\n    ") for fault in faults]
    more = [f"等 {len(said)} 处"] if len(said) > 3 else []
    choose_step(session, chapter, ["这一部分的数字对不上：", *said[:3], *more])


def choose_step(session: Session, chapter: str, said: Iterable[str] = ()) -> None:
    """Let a question of a chapter be chosen; Enter stays where things are.

    What is to be said comes below the list, where it is in sight.
    """
    terminal, report = session.terminal, session.report
    numbers = [
        place
        for place, step in enumerate(session.steps)
        if step.chapter == chapter and not isinstance(step.question, ZerosQuestion)
    ]
    for place, at in enumerate(numbers, start=1):
        question = session.steps[at].question
        present = question.proposal(report).partition("\n")[0][:24]
        asked_for = question.prompt(report).partition("\n")[0][:30]
        terminal.say(f"  {place:2} {asked_for}  {present}")
    for line in said:
        terminal.say(f"  {line}")
    if chosen := number(session, "输入编号去改那一题，回车先不改", range(1, len(numbers) + 1)):
        session.at = numbers[chosen - 1]
        session.chapter = ""
        session.answered_elsewhere.clear()


def number(session: Session, prompt: str, known: range) -> int | None:
    """A number that is typed, asked until it is known; None for Enter."""
    while True:
        typed = half(session.terminal.line(prompt)).strip()
        if not typed:
            return None
        if re.fullmatch(r"[0-9]{1,4}", typed) and int(typed) in known:
            return int(typed)
        session.terminal.say(
            f"  没有编号“{typed[:20]}”，请输入 {known[0]} 到 {known[-1]}，或者回车"
        )


def back(session: Session) -> None:
    """To the question before."""
    session.answered_elsewhere.clear()
    session.at = max(0, session.at - 1)
    question = session.step.question
    if isinstance(question, ZerosQuestion) and not question.applies(session.report):
        session.at = max(0, session.at - 1)


def skip(session: Session) -> None:
    """On to the next question, this one left as it is."""
    session.terminal.say("  先跳过")
    advance(session)


def show_help(session: Session) -> None:
    """What belongs in this answer."""
    session.terminal.say(f"  {session.step.question.help(session.report)}\n{INTRO}")


def show_table(session: Session) -> None:
    """The section so far."""
    report, terminal = session.report, session.terminal
    marks = console.worst(rules.check(report))
    for section in report.form.sections:
        if section.label == session.step.chapter:
            parts = (
                console.prose(section, report, marks)
                if section.is_prose
                else (console.drawn(table, report, marks) for table in section.tables)
            )
            terminal.say(console.plain(parts))


def choose(session: Session) -> None:
    """Let a section be chosen, then one of its questions."""
    names = list(dict.fromkeys(step.chapter for step in session.steps))
    for place, name in enumerate(names):
        asked_there = [step.question for step in session.steps if step.chapter == name]
        done = sum(is_settled(question, session.report) for question in asked_there)
        session.terminal.say(f"  {place} {name}  {done}/{len(asked_there)}")
    chosen = number(session, "输入编号选一部分，回车不动", range(len(names)))
    if chosen is not None:
        choose_step(session, names[chosen])


def undo(session: Session) -> None:
    """Take the last change back, and ask its question again."""
    if not session.before:
        session.terminal.say("  没有可以撤销的")
        return
    session.at, before = session.before.pop()
    session.report.__dict__.update(before.__dict__)
    keep_on_disk(session)
    session.terminal.say("  已撤销上一处改动")


def stop(session: Session) -> None:
    """End the interview here."""
    raise Stopped


def edit(session: Session) -> None:
    """Change a text in the officer's own editor."""
    question = session.step.question
    if not question.is_long:
        session.terminal.say("  这一题直接输入就行，不用编辑器")
        return
    present = question.proposal(session.report)
    text = edited(present)
    if text is None:
        session.terminal.say("  没有找到编辑器（VISUAL、EDITOR），就在这里改")
        text = paragraphs(session, EDIT_HERE, present)
    if text.strip() and text != present:
        answer(session, question, text)
    else:
        session.terminal.say("  没有改动")


def start(session: Session) -> None:
    """Let a proposed wording, its figures from the tables, be edited."""
    question = session.step.question
    edit_from(session, question.topic.start if isinstance(question, TextQuestion) else "")


def recall(session: Session) -> None:
    """Let last year's text be edited."""
    question = session.step.question
    edit_from(session, question.proposal(session.last) if session.last else "")


def edit_from(session: Session, text: str) -> None:
    """Edit a text that is not the answer yet; it becomes one when it is sent."""
    question, terminal = session.step.question, session.terminal
    if not text or not question.is_long:
        terminal.say("  这一题没有可以调出的文字")
        return
    typed = paragraphs(session, EDIT_HERE, text)
    if command := COMMANDS.get(typed):
        command(session)
    elif typed:
        answer(session, question, typed)


COMMANDS: dict[str, Callable[[Session], None]] = {
    "<": back,
    "＜": back,
    ">": skip,
    "＞": skip,
    "?": show_help,
    "？": show_help,
    "=": choose,
    "＝": choose,
    "v": show_table,
    "u": undo,
    "q": stop,
    "e": edit,
    "d": start,
    "l": recall,
}
