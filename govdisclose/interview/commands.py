"""What the keys do: go back and forth, show, undo, edit."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from govdisclose import rules
from govdisclose.formats import console
from govdisclose.interview import bound_figures, changes, next_year
from govdisclose.interview.asking import (
    EDIT_HERE,
    advance,
    answer,
    changed,
    choose_step,
    number,
    paragraphs,
)
from govdisclose.interview.keys import AT_TABLES, AT_TEXTS, LEGEND, parted
from govdisclose.interview.questions import Question, RowQuestion, TextQuestion, ZerosQuestion
from govdisclose.interview.session import (
    Session,
    Stopped,
    is_settled,
    keep_on_disk,
    steps,
)
from govdisclose.interview.terminal import edited
from govdisclose.model.report import Report
from govdisclose.rules.case import text_name
from govdisclose.rules.repairs import repaired


def back(session: Session) -> None:
    """To the question before."""
    session.answered_elsewhere.clear()
    session.wanted = ""
    while session.at > 0:
        session.at -= 1
        question = session.step.question
        is_moot = isinstance(question, ZerosQuestion) and not question.applies(session.report)
        is_quiet = isinstance(question, TextQuestion) and question.is_optional
        if not is_moot and (not is_quiet or question.is_answered(session.report)):
            return
    session.terminal.say("  这是第一题")


def skip(session: Session) -> None:
    """On to the next question, this one left as it is."""
    session.terminal.say("  先跳过")
    advance(session)


def show_help(session: Session) -> None:
    """What belongs in this answer, and one line of keys."""
    question = session.step.question
    session.terminal.say(f"  {question.help(session.report)}\n  {LEGEND}")
    if here := keys_at(question):
        session.terminal.say("  " + "  ".join(f"{key} {what}" for key, what in here.items()))


def keys_at(question: Question) -> dict[str, str]:
    """The keys that mean something at one kind of question only."""
    if question.is_long:
        return AT_TEXTS
    return AT_TABLES if isinstance(question, RowQuestion | ZerosQuestion) else {}


def show_table(session: Session) -> None:
    """The section so far."""
    show_chapter(session, session.step.chapter)


def show_chapter(session: Session, chapter: str) -> None:
    """One section of the report, wrong cells marked."""
    report, terminal = session.report, session.terminal
    marks = console.worst(rules.check(report))
    for section in report.form.sections:
        if section.label == chapter:
            parts = (
                console.prose(section, report, marks)
                if section.is_prose
                else (console.drawn(table, report, marks) for table in section.tables)
            )
            terminal.say(console.plain(parts))


def choose(session: Session) -> None:
    """Let a section be chosen, then one of its questions."""
    every = steps(session.report, session.last)
    names = list(dict.fromkeys(step.chapter for step in every))
    for place, name in enumerate(names):
        asked_there = [step.question for step in every if step.chapter == name]
        done = sum(is_settled(question, session.report) for question in asked_there)
        session.terminal.say(f"  {place} {name}  {done}/{len(asked_there)}")
    chosen = number(session, "输入编号选一部分，回车不动", range(len(names)))
    if chosen is not None:
        if names[chosen] not in {step.chapter for step in session.steps}:
            session.steps = every
        choose_step(session, names[chosen])


def undo(session: Session) -> None:
    """Take the last change back, say what it was, and ask its question again."""
    if not session.before:
        session.terminal.say("  没有可以撤销的")
        return
    path, before = session.before.pop()
    for line in taken_back(session.report, before):
        session.terminal.say(f"  已撤销：{line}")
    session.report.__dict__.update(before.__dict__)
    keep_on_disk(session)
    if path and not session.go_to(path):
        session.steps = steps(session.report, session.last)
        session.go_to(path)


def taken_back(report: Report, before: Report) -> Iterable[str]:
    """What undoing gives back, in a few lines."""
    lines = list(changes.differences(report, before))
    if report.year != before.year:
        lines.append(f"年份：{report.year or '（空）'} → {before.year or '（空）'}")
    if report.prose != before.prose:
        lines += [
            f"{section.label}的文字"
            for key, section in report.form.prose.items()
            if report.prose[key] != before.prose[key]
        ]
    if report.acknowledged != before.acknowledged:
        lines.append("待核的确认")
    if len(lines) > 3:
        lines[2:] = [f"等 {len(lines)} 处"]
    return lines


def stop(session: Session) -> None:
    """End the interview here."""
    raise Stopped


def edit(session: Session) -> None:
    """Change a text in the officer's own editor."""
    question = session.step.question
    if not question.is_long:
        session.terminal.say("  这一题直接输入就行，不用编辑器")
        return
    present = bound_figures.readable(question.proposal(session.report), session.report)
    text = edited(present)
    if text is None:
        session.terminal.say("  没有找到编辑器，就在这里改；要用自己的，设好 VISUAL 或 EDITOR")
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
    """Let last year's text be edited: years moved on, its figures this year's."""
    question, last = session.step.question, session.last
    text = question.proposal(last) if last else ""
    if last and last.year and isinstance(question, TextQuestion):
        text = next_year.moved(last, text, question.heading)
    edit_from(session, text)


def edit_from(session: Session, text: str) -> None:
    """Edit a text that is not the answer yet; it becomes one when it is sent."""
    question, terminal = session.step.question, session.terminal
    if not text or not question.is_long:
        terminal.say("  这一题没有可以调出的文字")
        return
    readable = bound_figures.readable(text, session.report)
    typed, key = parted(paragraphs(session, EDIT_HERE, readable))
    if typed:
        answer(session, question, typed)
    if key:
        COMMANDS[key](session)


def bind(session: Session) -> None:
    """Bind the numbers of the text that was written last to the tables."""
    question, report = session.bindable, session.report
    if question is None:
        session.terminal.say("  没有可以随表变的数")
        return
    before, text = report.copy(), question.proposal(report)
    found = bound_figures.figures_in(report, text, question.heading)
    question.put(report, bound_figures.bound(text, found))
    session.bindable = None
    changed(session, question.path, before)
    shown = bound_figures.readable(question.proposal(report), report)
    session.terminal.say(f"  {shown[:60]}…  {len(found)} 个数随表变")


def mend(session: Session) -> None:
    """Make the repairs that need no judgement; where there are none, mend stale totals."""
    report = session.report
    last = session.last if session.last and session.last.bureau.name else None
    made, done = repaired(report, rules.check(report, last=last))
    if not done:
        mend_totals(session)
        return
    before, texts = report.copy(), dict(report.texts())
    report.__dict__.update(made.__dict__)
    changed(session, "", before)
    for repair in done[:8]:
        if repair.span:
            old = texts[repair.at][slice(*repair.span)]
            name = text_name(report, repair.at)
            new = bound_figures.readable(repair.new, report)
            session.terminal.say(f"  {name}：“{old}”改为“{new}”")
    for line in list(changes.differences(before, report))[:8]:
        session.terminal.say(f"  {line}")
    session.terminal.say(f"  代改了 {len(done)} 处，u 撤销")


def mend_totals(session: Session) -> None:
    """Put every stale total to what its terms add up to, after both are told."""
    report = session.report
    stale = changes.stale_totals(report)
    if not stale:
        session.terminal.say("  总计都与各数之和一致，没有要改的")
        return
    before = report.copy()
    changes.mend_totals(report, stale)
    changed(session, "", before)
    for each in stale[:5]:
        session.terminal.say(f"  {changes.told(report.form, each)}，已改")
    session.terminal.say(f"  改了 {len(stale)} 个总计，u 撤销")


def open_table(session: Session) -> None:
    """Fill the table of this question as a grid."""
    question = session.step.question
    if not isinstance(question, RowQuestion | ZerosQuestion):
        session.terminal.say("  这一题不在表格里")
        return
    before = session.report.copy()
    report = session.report
    if not session.terminal.edit_table(
        report, question.table, question.path, lambda: keep_on_disk(session)
    ):
        session.terminal.say("  这里不能整张填，请逐行填")
        return
    changed(session, question.path, before)
    for line in list(changes.differences(before, session.report))[:3]:
        session.terminal.say(f"  {line}")
    if question.is_answered(session.report):
        advance(session)


COMMANDS: dict[str, Callable[[Session], None]] = {
    "<": back,
    ">": skip,
    "?": show_help,
    "=": choose,
    "v": show_table,
    "u": undo,
    "q": stop,
    "g": open_table,
    "e": edit,
    "d": start,
    "l": recall,
    "b": bind,
    "f": mend,
}
