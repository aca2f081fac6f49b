"""The interview as a command."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from govdisclose.cli.common import (
    FINE,
    FOUND,
    INTERRUPTED,
    UNUSABLE,
    complain,
    fail,
    is_stopped,
    target_of,
    told,
)

if TYPE_CHECKING:
    from govdisclose.interview.autosave import AutoSave
    from govdisclose.interview.session import Session, SessionStep
    from govdisclose.interview.terminal import Terminal
    from govdisclose.model.report import Report


def fill(
    draft: Annotated[
        Path | None,
        typer.Argument(metavar="草稿", help="接着填这份草稿", show_default=False),
    ] = None,
    source: Annotated[
        Path | None,
        typer.Option("--from", help="从这份草稿或报告接着填", show_default=False),
    ] = None,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help="草稿存在哪里", show_default=False)
    ] = None,
    last_year: Annotated[
        Path | None, typer.Option("--last-year", help="上年的草稿或报告", show_default=False)
    ] = None,
    section: Annotated[
        str,
        typer.Option(
            "--section",
            help="只填第几部分，3 或者 三",
            metavar="部分",
            show_default=False,
        ),
    ] = "",
    only_missing: Annotated[bool, typer.Option("--missing", help="只问还没有填的")] = False,
) -> None:
    """一问一答填报六个部分，每答一题就存盘，最后核对并生成 Word 文档。"""
    from govdisclose.interview import terminal

    if draft and source:
        fail("草稿写了两次：前面一个，--from 后面又一个，去掉一个")
    screen = terminal.connect()
    source = draft or source
    if source is None and output is None and last_year is None and not section:
        source, is_new = begin_here(screen)
        only_missing = only_missing or is_new
    code = sit_down(screen, source, output, last_year, section, only_missing)
    raise typer.Exit(code)


def begin_here(screen: Terminal) -> tuple[Path | None, bool]:
    """What lies here to go on with, None for a new report; whether it was begun just now."""
    from govdisclose.interview import home
    from govdisclose.interview.terminal import ScreenTerminal

    if not isinstance(screen, ScreenTerminal):
        mention_drafts(screen)
        return None, False
    choices = [choice for choice in home.choices(Path()) if choice.is_beginning]
    if not choices:
        return None, False
    labels = [choice.label for choice in choices]
    chosen = screen.choose("填哪一份", [*labels, "从头填一份新的"])
    if chosen is None:
        raise typer.Exit(FINE)
    if chosen == len(choices):
        return None, False
    choice = choices[chosen]
    if choice.action == "fill":
        return choice.path, False
    return begun_from(choice.path, screen), True


def begun_from(last_year: Path, screen: Terminal) -> Path:
    """The draft of the new year, made from last year's report, which is not touched."""
    from govdisclose.cli.next_ import begin_draft
    from govdisclose.model.finding import Unusable

    try:
        path, lines = begin_draft(last_year, None, with_text=True)
    except Unusable as error:
        fail(error)
    for line in lines:
        screen.say(line)
    return path


def sit_down(
    screen: Terminal,
    source: Path | None,
    output: Path | None,
    last_year: Path | None,
    section: str,
    only_missing: bool,
) -> int:
    """Hold the interview from its first question to the review; gives the exit code."""
    from govdisclose.files import disk, search
    from govdisclose.interview import autosave, suggestions
    from govdisclose.interview.asking import offer_unsaved
    from govdisclose.interview.loop import interview
    from govdisclose.interview.session import Session, Stopped
    from govdisclose.model.finding import Unusable

    try:
        last = disk.read(last_year).report if last_year else None
        report = begun(source, last)
        if last:
            report.last_year = suggestions.remembered(last)
        elif report.last_year:
            last = suggestions.recalled(report)
        draft = source if source and search.is_draft(source) else None
        keeper = autosave.AutoSave(output or draft, draft, screen.say, report.year)
    except Unusable as error:
        fail(error)
    session = Session(report, screen, keeper.save, [], last, draft=lambda: keeper.path)
    try:
        offer_unsaved(session)
        session.steps = wanted(report, last, screen, source is not None, section, only_missing)
        if session.steps:
            interview(session)
        return finish(session, keeper)
    except (Stopped, EOFError, KeyboardInterrupt) as ended:
        is_stop = isinstance(ended, Stopped)
        return leave(session, keeper, last_year, FINE if is_stop else INTERRUPTED)


def leave(session: Session, keeper: AutoSave, last_year: Path | None, code: int) -> int:
    """Say where the draft is and how to go on; gives the exit code."""
    say = session.terminal.say
    if not rescue(session, keeper):
        return UNUSABLE
    if keeper.path is None:
        say("\n还没有填任何一题，没有存盘")
        return code
    from govdisclose.files.names import in_shell

    beside = f" --last-year {in_shell(last_year)}" if last_year else ""
    again = f"govdisclose fill {in_shell(keeper.path)}{beside}"
    say(f"\n已存到 {keeper.path}\n接着填：{again}")
    return code


def begun(source: Path | None, last: Report | None) -> Report:
    """The report to go on with, or a new one; Unusable while a file has mistakes."""
    from govdisclose.files import disk
    from govdisclose.model.finding import Unusable
    from govdisclose.model.report import Bureau, Report

    if source is None:
        return Report(bureau=Bureau(kind=last.bureau.kind)) if last else Report()
    reading = disk.read(source)
    for finding in reading.findings:
        complain(told(finding, source, reading))
    if is_stopped(finding for finding in reading.findings if finding.code != "D007"):
        raise Unusable(f"{source}：先在文件里改正上面指出的地方，再接着填，免得丢掉写在那里的内容")
    return reading.report


def mention_drafts(screen: Terminal) -> None:
    """Say which drafts lie here, so that none is begun twice by mistake."""
    from govdisclose.files import search
    from govdisclose.files.names import in_shell

    for path in search.here(Path())[:5]:
        screen.say(f"这里有草稿 {path}，要接着填它：govdisclose fill {in_shell(path)}")


def wanted(
    report: Report,
    last: Report | None,
    screen: Terminal,
    is_begun: bool,
    section: str,
    only_missing: bool,
) -> list[SessionStep]:
    """The questions to be asked: all, those of one section, or what is missing."""
    from govdisclose.interview import session

    every, missing = session.steps(report, last), session.missing(report, last)
    if not section and is_begun and not only_missing:
        if missing:
            first = missing[0].question.prompt(report).partition("\n")[0]
            screen.say(f"1 只问还没有填的 {len(missing)} 题（{first}）")
        else:
            screen.say("1 都填了，去最后的核对，在那里任何一题都能打开来改")
        screen.say(f"2 从头核对 {len(every)} 题，现在的答案作为建议\n3 只填一个部分")
        chosen = way(screen)
        only_missing = chosen == "1"
        if chosen == "3":
            section = chosen_section(screen, report)
    if section:
        at = section_at(report, section)
        if at is None:
            fail(f"没有第 {section} 部分：--section 写 1 到 6，或者 一 到 六")
        label = report.form.sections[at].label
        return [step for step in every if step.chapter == label]
    return missing if only_missing else every


def section_at(report: Report, typed: str) -> int | None:
    """Which section a number means, 3 or 三 or 第三部分; None where there is none."""
    from govdisclose.model.text import half, ordinal

    plain = half(typed).strip().removeprefix("第").removesuffix("部分").rstrip("、")
    known = range(1, len(report.form.sections) + 1)
    return next((n - 1 for n in known if plain in (str(n), ordinal(n))), None)


def way(screen: Terminal) -> str:
    """1, 2 or 3, asked until it is one of them."""
    from govdisclose.interview.session import Stopped
    from govdisclose.model.text import half

    while True:
        typed = half(screen.line("怎么填", "1")).strip()
        if typed in ("1", "2", "3"):
            return typed
        if typed == "q":
            raise Stopped
        screen.say(f"  “{typed[:20]}”不行：输入 1、2 或 3，q 退出")


def chosen_section(screen: Terminal, report: Report) -> str:
    """The number of a section, asked until it is one."""
    for section in report.form.sections:
        screen.say(f"  {section.label}")
    last = len(report.form.sections)
    while True:
        typed = screen.line(f"第几部分（1 到 {last}）").strip()
        if section_at(report, typed) is not None:
            return typed
        screen.say(f"  “{typed[:20]}”不行：输入 1 到 {last} 中的一个数")


def rescue(session: Session, keeper: AutoSave) -> bool:
    """Save what the disk has refused, in a folder for such things where it must be.

    Gives whether the draft is where it should be.
    """
    import tempfile

    from govdisclose.files import disk, names, overwrite
    from govdisclose.formats import draft
    from govdisclose.interview.session import keep_on_disk
    from govdisclose.model.finding import Unusable

    if session.is_saved:
        return True
    keep_on_disk(session)
    if session.is_saved:
        return True
    why = ""
    for folder in (Path.home, lambda: Path(tempfile.gettempdir())):
        try:
            path = folder() / names.draft_name(session.report)
            path = overwrite.unused_path(path) if disk.is_there(path) else path
            disk.save(path, draft.dumps(session.report).encode())
        except (Unusable, OSError, RuntimeError) as error:
            why = str(error)
        else:
            session.terminal.say(f"原处存不下，草稿存在 {path}，请尽快移到别处")
            return False
    session.terminal.say(f"草稿没有存上：{why}")
    return False


def finish(session: Session, keeper: AutoSave) -> int:
    """Stay in the review until all is said, and print where that is wanted."""
    from govdisclose.interview import review

    is_clean = review.sit(session, lambda: print_document(session, keeper))
    if not rescue(session, keeper):
        return UNUSABLE
    if keeper.path:
        session.terminal.say(f"草稿在 {keeper.path}")
    return FINE if is_clean else FOUND


def print_document(session: Session, keeper: AutoSave) -> None:
    """Print the Word document beside the draft; one that differs is left as it is."""
    from govdisclose import formats
    from govdisclose.files import disk, overwrite
    from govdisclose.model.finding import Unusable

    say = session.terminal.say
    try:
        data = formats.printed(session.report, ".docx", made_from=overwrite.digest(keeper.seen))
        target = target_of(keeper.path or Path(), session.report, None, ".docx")
        if not overwrite.standing(target, data, report=session.report).may_give_way:
            target = overwrite.unused_path(target)
            say("已经有同名的文档（可能改过），没有覆盖")
        disk.save(target, data)
        say(f"已生成 {target}")
    except Unusable as error:
        say(f"用不了：{error}")
