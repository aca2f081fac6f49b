"""Ask one question, and take what is typed: an answer is saved before the next."""

from __future__ import annotations

from collections.abc import Iterable

from govdisclose import rules
from govdisclose.interview import bound_figures, changes, swap
from govdisclose.interview.answers import taken
from govdisclose.interview.keys import KEYS, LEGEND, Pressed, key_of
from govdisclose.interview.particulars import ParticularQuestion
from govdisclose.interview.questions import (
    OPEN,
    Question,
    RowQuestion,
    TextQuestion,
    ZerosQuestion,
)
from govdisclose.interview.session import Session, Stopped, is_needless, keep_on_disk, steps
from govdisclose.interview.suggestions import notes, suggested
from govdisclose.interview.terminal import HungUp, Unfinished, unhinted
from govdisclose.model.figures import shown
from govdisclose.model.finding import Finding, Severity
from govdisclose.model.report import Report
from govdisclose.model.text import half, ordinal

ABOUT_TEXTS = (
    "文字一行一段，可以整篇粘贴；写完按 Ctrl-D，或者另起一行只打一个句点“.”。\n"
    "回车跳过，e 开编辑器，- 清空；上面那些键另起一行单独打，或者先按 Esc 再打"
)
EDIT_HERE = "在这里修改；写完另起一行，只打一个句点“.”"
CLEAR = "-"


def asked(session: Session, question: Question) -> str:
    """What is typed at a question, its proposal and what is known beside it."""
    report, terminal = session.report, session.terminal
    prompt = f"[{session.at + 1}/{len(session.steps)}] {question.prompt(report)}"
    for note in notes(question, report, session.last):
        terminal.say(f"  {note}")
    proposal = question.proposal(report) or suggested(question, session.last)
    if not question.is_long:
        hint = question.hint if isinstance(question, ParticularQuestion) else unhinted
        typed = terminal.line(prompt, proposal, hint)
        return typed.strip() or (CLEAR if typed and not proposal else "")
    if count := len(OPEN.findall(proposal)):
        for line in bound_figures.readable(proposal, report).splitlines():
            terminal.say(f"  {line}")
        terminal.say(f"  上面有 {count} 处要填：依次输入 {count} 个数，空格隔开；e 修改全文")
        return terminal.line(prompt).strip()
    if proposal:
        start = bound_figures.readable(proposal, report).partition("\n")[0][:30]
        length = len(report.says(proposal))
        terminal.say(f"  已有 {length} 字：{start}…  回车保留，e 修改，直接输入则重写")
    return paragraphs(session, prompt)


def paragraphs(session: Session, prompt: str, text: str = "") -> str:
    """A text; Ctrl-C in it asks once, and what there is goes in before the interview ends."""
    path = session.step.question.path
    session.terminal.keep = lambda typed: swap.keep(session.draft(), path, typed)
    while True:
        try:
            typed = session.terminal.lines(prompt, KEYS, text).strip()
            if typed in ("", *KEYS):
                swap.clear(session.draft())
            return typed
        except Unfinished as broken:
            text = broken.text.strip()
            if text and not isinstance(broken, HungUp) and is_continued(session, text):
                prompt = EDIT_HERE
                continue
            if text:
                answer(session, session.step.question, text)
            raise


def offer_unsaved(session: Session) -> None:
    """Offer the text that an interview cut off in its middle has left."""
    draft = session.draft()
    unsaved = swap.left(draft)
    if unsaved is None or draft is None:
        return
    every = (step.question for step in steps(session.report, session.last))
    question = next((each for each in every if each.path == unsaved.at), None)
    if not isinstance(question, TextQuestion):
        aside = swap.put_aside(draft)
        session.terminal.say(f"上次没有写完就断了的一段文字在 {aside}，要用时从那里复制")
        return
    where = question.prompt(session.report).partition("\n")[0]
    session.terminal.say(
        f"上次没有写完就断了的 {len(unsaved.text)} 字还在：{where}\n  {unsaved.text[:60]}…"
    )
    if half(session.terminal.line("回车放进草稿，n 不要")).strip().lower() == "n":
        swap.clear(session.draft())
        return
    before = session.report.copy()
    try:
        taken(session, question, unsaved.text)
    except ValueError as error:
        session.terminal.say(f"  {error}")
        return
    changed(session, question.path, before)
    session.terminal.say("  已经放进草稿")


def is_continued(session: Session, text: str) -> bool:
    """Whether a text that was broken off is to be written on."""
    prompt = f"写到一半的 {len(text)} 字会存下。回车接着写，q 存好退出"
    try:
        return half(session.terminal.line(prompt)).strip().lower() != "q"
    except (KeyboardInterrupt, EOFError):
        return False


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
    changed(session, question.path, before)
    if said:
        session.terminal.say(f"  {said}")
    if isinstance(question, TextQuestion):
        offer(session, question)
    if "\n" not in typed or question.is_answered(session.report):
        advance(session)


def changed(session: Session, path: str, before: Report) -> None:
    """Save a change, remember how to undo it, and which questions it has answered."""
    if session.report != before:
        session.before.append((path, before))
        keep_on_disk(session)
    if session.is_saved:
        swap.clear(session.draft())
    session.answered_elsewhere |= {
        step.question.path
        for step in session.steps
        if step.question.is_answered(session.report) and not step.question.is_answered(before)
    }


def offer(session: Session, question: TextQuestion) -> None:
    """Say which numbers of a text just written are figures of the tables."""
    report = session.report
    text = question.proposal(report)
    found = bound_figures.figures_in(report, text, question.heading)
    if found:
        names = [
            f"{text[each.start : each.end]} 是{bound_figures.label(report.form, each.cell)}"
            for each in found
        ]
        more = f"等 {len(names)} 个" if len(names) > 3 else ""
        session.terminal.say(f"  {'，'.join(names[:3])}{more}：打 b，以后随表里的数变")
        session.bindable = question


def mend_totals_line(report: Report) -> str:
    """That totals are stale and how to mend them, empty where none is."""
    stale = changes.stale_totals(report)
    if not stale:
        return ""
    said = "".join(f"  {changes.told(report.form, each)}\n" for each in stale[:3])
    return f"{said}  {len(stale)} 个总计与各数之和不一致；各数没有错，就打 f，总计都按各数之和改"


def advance(session: Session) -> None:
    """Go on to the next question; after a section of tables, see that it adds up."""
    chapter, report = session.step.chapter, session.report
    session.at, session.wanted = session.at + 1, ""
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


def choose_step(session: Session, chapter: str, said: Iterable[str] = ()) -> bool:
    """Let a question of a chapter be chosen; Enter stays where things are.

    What is to be said comes below the list, where it is in sight. Gives
    whether one was chosen.
    """
    terminal, report = session.terminal, session.report
    numbers = [
        place
        for place, step in enumerate(session.steps)
        if step.chapter == chapter and not isinstance(step.question, ZerosQuestion)
    ]
    for place, at in enumerate(numbers, start=1):
        question = session.steps[at].question
        present = question.proposal(report)
        if question.is_long:
            present = bound_figures.readable(present, report)
        asked_for = question.prompt(report).partition("\n")[0][:30]
        terminal.say(f"  {place:2} {asked_for}  {present.partition(chr(10))[0][:24]}")
    for line in said:
        terminal.say(f"  {line}")
    if chosen := number(session, "输入编号去改那一题，回车先不改", range(1, len(numbers) + 1)):
        session.go_to(session.steps[numbers[chosen - 1]].question.path)
        return True
    return False


def number(session: Session, prompt: str, known: range) -> int | None:
    """A number that is typed, 三 as well as 3, asked until it is known; None for Enter.

    The keys of the map mean here what they mean everywhere.
    """
    while True:
        typed = half(session.terminal.line(prompt)).strip()
        key = key_of(typed)
        if typed in ("", "<", ">"):
            return None
        if key == "q":
            raise Stopped
        if key == "?":
            session.terminal.say(f"  输入前面的编号，回车不动；{LEGEND}")
            continue
        if key:
            raise Pressed(key)
        for value in known:
            if typed in (str(value), ordinal(value)):
                return value
        session.terminal.say(
            f"  没有编号“{typed[:20]}”，请输入 {known[0]} 到 {known[-1]}，或者回车"
        )
