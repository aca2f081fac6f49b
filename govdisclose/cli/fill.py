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
    from govdisclose.model.finding import Finding
    from govdisclose.model.report import Report


def fill(
    source: Annotated[
        Path | None, typer.Option("--from", help="接着填这份草稿", show_default=False)
    ] = None,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help="草稿存在哪里", show_default=False)
    ] = None,
    last_year: Annotated[
        Path | None, typer.Option("--last-year", help="上年的草稿或报告", show_default=False)
    ] = None,
    section: Annotated[
        int | None, typer.Option("--section", help="只填第几部分", min=1, max=6)
    ] = None,
    only_missing: Annotated[bool, typer.Option("--missing", help="只问还没有填的")] = False,
) -> None:
    """一问一答填报六个部分，每答一题就存盘，最后核对并生成 Word 文档。"""
    from govdisclose.files import disk, search
    from govdisclose.interview import autosave, suggestions, terminal
    from govdisclose.interview.loop import interview
    from govdisclose.interview.session import Session, Stopped
    from govdisclose.model.finding import Unusable

    screen = terminal.connect()
    try:
        last = disk.read(last_year).report if last_year else None
        report = begun(source, last)
        if last:
            report.last_year = suggestions.remembered(last)
        elif report.last_year:
            last = suggestions.recalled(report)
        if source is None and output is None:
            mention_drafts(screen)
        draft = source if source and search.is_draft(source) else None
        keeper = autosave.AutoSave(output or draft, draft, screen.say)
    except Unusable as error:
        fail(error)
    session = Session(report, screen, keeper.save, [], last)
    try:
        session.steps = wanted(report, last, screen, source is not None, section, only_missing)
        interview(session)
        code = finish(session, keeper)
    except (Stopped, EOFError, KeyboardInterrupt) as ended:
        is_stop = isinstance(ended, Stopped)
        code = leave(session, keeper, last_year, FINE if is_stop else INTERRUPTED)
    raise typer.Exit(code)


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
    again = f"govdisclose fill --from {in_shell(keeper.path)}{beside}"
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
        screen.say(f"这里有草稿 {path}，要接着填它：govdisclose fill --from {in_shell(path)}")


def wanted(
    report: Report,
    last: Report | None,
    screen: Terminal,
    is_begun: bool,
    section: int | None,
    only_missing: bool,
) -> list[SessionStep]:
    """The questions to be asked: all, those of one section, or what is missing."""
    from govdisclose.interview import session

    every, missing = session.steps(report, last), session.missing(report, last)
    if section is None and is_begun and not only_missing:
        first = missing[0].question.prompt(report).partition("\n")[0] if missing else "都填了"
        screen.say(f"1 只问还没有填的 {len(missing)} 题（{first}）")
        screen.say(f"2 从头核对 {len(every)} 题，现在的答案作为建议\n3 只填一个部分")
        chosen = way(screen)
        only_missing = chosen == "1"
        if chosen == "3":
            section = chosen_section(screen, report)
    if section is not None:
        label = report.form.sections[section - 1].label
        return [step for step in every if step.chapter == label]
    return missing if only_missing else every


def way(screen: Terminal) -> str:
    """1, 2 or 3, asked until it is one of them."""
    while True:
        typed = screen.line("怎么填", "1").strip()
        if typed in ("1", "2", "3"):
            return typed
        screen.say(f"  “{typed[:20]}”不行：输入 1、2 或 3")


def chosen_section(screen: Terminal, report: Report) -> int:
    """The number of a section, asked until it is one."""
    last = len(report.form.sections)
    while True:
        typed = screen.line(f"第几部分（1 到 {last}）").strip()
        if typed in map(str, range(1, last + 1)):
            return int(typed)
        screen.say(f"  “{typed}”不行：输入 1 到 {last} 中的一个数")


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
    path = Path(tempfile.gettempdir()) / names.draft_name(session.report)
    try:
        path = overwrite.unused_path(path) if path.exists() else path
        disk.save(path, draft.dumps(session.report).encode())
        session.terminal.say(f"原处存不下，草稿存在 {path}，请尽快移到别处")
    except Unusable as error:
        session.terminal.say(f"草稿没有存上：{error}")
    return False


def finish(session: Session, keeper: AutoSave) -> int:
    """Show what the report is like now, and print it where that is wanted."""
    from govdisclose.interview import review

    screen = session.terminal
    while True:
        findings = review.review(session)
        stopped = is_stopped(findings)
        typed = answered(session, findings, stopped)
        if typed is None:
            continue
        if not stopped and not typed:
            print_document(session, keeper)
        if keeper.path:
            screen.say(f"草稿在 {keeper.path}")
        return FOUND if stopped else FINE


def answered(session: Session, findings: list[Finding], stopped: bool) -> str | None:
    """What ends the review, empty for Enter; None where it is to be shown again."""
    from govdisclose.interview import review
    from govdisclose.model.text import half

    enter = "回车结束" if stopped else "回车生成 Word 文档并结束，n 不生成"
    prompt = f"编号回到那一部分，k 加编号和理由确认一条待核，{enter}"
    while True:
        try:
            typed = half(session.terminal.line(prompt)).strip()
        except EOFError:
            return "n"
        if typed.lower() in ("", "n", "q"):
            return typed.lower()
        if review.go_back(session, typed) or review.acknowledge(session, findings, typed):
            return None
        session.terminal.say(f"  没有看懂“{typed[:20]}”")


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
