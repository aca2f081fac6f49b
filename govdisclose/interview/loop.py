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
from govdisclose.interview.questions import Question, Row, Text, Zeros
from govdisclose.interview.session import Sitting, Stopped, is_settled, keep_on_disk
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


def interview(sitting: Sitting) -> None:
    """Ask step after step until all are done; Stopped, EOFError or Ctrl-C end it."""
    sitting.terminal.say(INTRO)
    while sitting.at < len(sitting.steps):
        turn(sitting)


def turn(sitting: Sitting) -> None:
    """Ask one question and do what was typed."""
    chapter, question = sitting.step
    if is_needless(sitting, question):
        sitting.at += 1
        return
    if chapter != sitting.chapter:
        sitting.chapter = chapter
        sitting.terminal.say(
            f"\n== {chapter} ==" + (f"\n{ABOUT_TEXTS}" if question.is_long else "")
        )
    typed = asked(sitting, question)
    command = COMMANDS.get(typed)
    if command:
        command(sitting)
    elif not typed or (typed == question.proposal(sitting.report) and not question.is_long):
        keep(sitting, question)
    else:
        answer(sitting, question, typed)


def is_needless(sitting: Sitting, question: Question) -> bool:
    """Whether a question is not to be asked: answered along with another, or moot."""
    is_moot = isinstance(question, Zeros) and not question.applies(sitting.report)
    return is_moot or question.path in sitting.passed


def asked(sitting: Sitting, question: Question) -> str:
    """What is typed at a question, its proposal and what is known beside it."""
    report, terminal = sitting.report, sitting.terminal
    prompt = f"[{sitting.at + 1}/{len(sitting.steps)}] {question.prompt(report)}"
    for note in notes(question, report, sitting.last):
        terminal.say(f"  {note}")
    proposal = question.proposal(report) or suggested(question, sitting.last)
    if not question.is_long:
        return terminal.line(prompt, proposal).strip()
    if proposal:
        start = proposal.partition("\n")[0][:30]
        terminal.say(f"  已有 {len(proposal)} 字：{start}…  回车保留，e 修改，直接输入则重写")
    return paragraphs(sitting, prompt)


def paragraphs(sitting: Sitting, prompt: str, text: str = "") -> str:
    """A text; one that is broken off is put in before the interview ends."""
    try:
        return sitting.terminal.lines(prompt, COMMANDS, text).strip()
    except Unfinished as broken:
        if broken.text.strip():
            answer(sitting, sitting.step.question, broken.text.strip())
        raise


def keep(sitting: Sitting, question: Question) -> None:
    """Enter: keep what is there; a row without figures is asked again."""
    if isinstance(question, Row) and not question.is_answered(sitting.report):
        sitting.terminal.say("  这一行还没有填：没有发生的输入 0，以后再填输入 >")
        return
    if question.path in ("bureau.name", "year") and not question.is_answered(sitting.report):
        sitting.terminal.say("  这一项不能空着：标题和文件名都要用")
        return
    advance(sitting)


def answer(sitting: Sitting, question: Question, typed: str) -> None:
    """Put an answer in, save it, and go on; or say what was not understood."""
    before = sitting.report.copy()
    try:
        said = taken(sitting, question, typed)
    except ValueError as error:
        sitting.terminal.say(f"  {error}")
        return
    if sitting.report != before:
        sitting.before.append((sitting.at, before))
        keep_on_disk(sitting)
    if said:
        sitting.terminal.say(f"  {said}")
    sitting.passed |= {
        step.question.path
        for step in sitting.steps
        if step.question.is_answered(sitting.report) and not step.question.is_answered(before)
    }
    if "\n" not in typed or question.is_answered(sitting.report):
        advance(sitting)


def advance(sitting: Sitting) -> None:
    """Go on to the next question; after a section of tables, see that it adds up."""
    chapter, report = sitting.step.chapter, sitting.report
    sitting.at += 1
    while sitting.at < len(sitting.steps) and is_needless(sitting, sitting.step.question):
        sitting.at += 1
    if sitting.at == len(sitting.steps) or sitting.step.chapter != chapter:
        for line in sums(report, chapter):
            sitting.terminal.say(f"  {line}")
        if faults := unbalanced(report, chapter):
            mend(sitting, chapter, faults)


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


def mend(sitting: Sitting, chapter: str, faults: list[Finding]) -> None:
    """Say what does not add up, and go back to the row that is chosen."""
    said = [fault.message.replace("\n", "\n    ") for fault in faults]
    more = [f"等 {len(said)} 处"] if len(said) > 3 else []
    choose_step(sitting, chapter, ["这一部分的数字对不上：", *said[:3], *more])


def choose_step(sitting: Sitting, chapter: str, said: Iterable[str] = ()) -> None:
    """Let a question of a chapter be chosen; Enter stays where things are.

    What is to be said comes below the list, where it is in sight.
    """
    terminal, report = sitting.terminal, sitting.report
    numbers = [
        place
        for place, step in enumerate(sitting.steps)
        if step.chapter == chapter and not isinstance(step.question, Zeros)
    ]
    for place, at in enumerate(numbers, start=1):
        question = sitting.steps[at].question
        present = question.proposal(report).partition("\n")[0][:24]
        asked_for = question.prompt(report).partition("\n")[0][:30]
        terminal.say(f"  {place:2} {asked_for}  {present}")
    for line in said:
        terminal.say(f"  {line}")
    if chosen := number(sitting, "输入编号去改那一题，回车先不改", range(1, len(numbers) + 1)):
        sitting.at = numbers[chosen - 1]
        sitting.chapter = ""
        sitting.passed.clear()


def number(sitting: Sitting, prompt: str, known: range) -> int | None:
    """A number that is typed, asked until it is known; None for Enter."""
    while True:
        typed = half(sitting.terminal.line(prompt)).strip()
        if not typed:
            return None
        if re.fullmatch(r"[0-9]{1,4}", typed) and int(typed) in known:
            return int(typed)
        sitting.terminal.say(
            f"  没有编号“{typed[:20]}”，请输入 {known[0]} 到 {known[-1]}，或者回车"
        )


def back(sitting: Sitting) -> None:
    """To the question before."""
    sitting.passed.clear()
    sitting.at = max(0, sitting.at - 1)
    question = sitting.step.question
    if isinstance(question, Zeros) and not question.applies(sitting.report):
        sitting.at = max(0, sitting.at - 1)


def skip(sitting: Sitting) -> None:
    """On to the next question, this one left as it is."""
    sitting.terminal.say("  先跳过")
    advance(sitting)


def show_help(sitting: Sitting) -> None:
    """What belongs in this answer."""
    sitting.terminal.say(f"  {sitting.step.question.help(sitting.report)}\n{INTRO}")


def show_table(sitting: Sitting) -> None:
    """The section so far."""
    report, terminal = sitting.report, sitting.terminal
    marks = console.worst(rules.check(report))
    for section in report.form.sections:
        if section.label == sitting.step.chapter:
            parts = (
                console.prose(section, report, marks)
                if section.is_prose
                else (console.drawn(table, report, marks) for table in section.tables)
            )
            terminal.say(console.plain(parts))


def choose(sitting: Sitting) -> None:
    """Let a section be chosen, then one of its questions."""
    names = list(dict.fromkeys(step.chapter for step in sitting.steps))
    for place, name in enumerate(names):
        asked_there = [step.question for step in sitting.steps if step.chapter == name]
        done = sum(is_settled(question, sitting.report) for question in asked_there)
        sitting.terminal.say(f"  {place} {name}  {done}/{len(asked_there)}")
    chosen = number(sitting, "输入编号选一部分，回车不动", range(len(names)))
    if chosen is not None:
        choose_step(sitting, names[chosen])


def undo(sitting: Sitting) -> None:
    """Take the last change back, and ask its question again."""
    if not sitting.before:
        sitting.terminal.say("  没有可以撤销的")
        return
    sitting.at, before = sitting.before.pop()
    sitting.report.__dict__.update(before.__dict__)
    keep_on_disk(sitting)
    sitting.terminal.say("  已撤销上一处改动")


def stop(sitting: Sitting) -> None:
    """End the interview here."""
    raise Stopped


def edit(sitting: Sitting) -> None:
    """Change a text in the officer's own editor."""
    question = sitting.step.question
    if not question.is_long:
        sitting.terminal.say("  这一题直接输入就行，不用编辑器")
        return
    present = question.proposal(sitting.report)
    text = edited(present)
    if text is None:
        sitting.terminal.say("  没有找到编辑器（VISUAL、EDITOR），就在这里改")
        text = paragraphs(sitting, EDIT_HERE, present)
    if text.strip() and text != present:
        answer(sitting, question, text)
    else:
        sitting.terminal.say("  没有改动")


def start(sitting: Sitting) -> None:
    """Let a proposed wording, its figures from the tables, be edited."""
    question = sitting.step.question
    edit_from(sitting, question.topic.start if isinstance(question, Text) else "")


def recall(sitting: Sitting) -> None:
    """Let last year's text be edited."""
    question = sitting.step.question
    edit_from(sitting, question.proposal(sitting.last) if sitting.last else "")


def edit_from(sitting: Sitting, text: str) -> None:
    """Edit a text that is not the answer yet; it becomes one when it is sent."""
    question, terminal = sitting.step.question, sitting.terminal
    if not text or not question.is_long:
        terminal.say("  这一题没有可以调出的文字")
        return
    typed = paragraphs(sitting, EDIT_HERE, text)
    if command := COMMANDS.get(typed):
        command(sitting)
    elif typed:
        answer(sitting, question, typed)


COMMANDS: dict[str, Callable[[Sitting], None]] = {
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
