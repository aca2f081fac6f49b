"""The command of an office that checks and prints the reports of many bureaus."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from govdisclose.cli.common import (
    FINE,
    FOUND,
    INTERRUPTED,
    UNUSABLE,
    Drafts,
    RosterOption,
    acknowledging,
    complain,
    fail,
    office_limits,
    refuse,
    say,
    tell_passed,
    units_on,
)
from govdisclose.cli.progress import progress, stop_on_hang_up
from govdisclose.cli.render import BuiltInLook, Format
from govdisclose.model.text import visible

if TYPE_CHECKING:
    from collections.abc import Iterator

    from govdisclose.county.batch import Outcome
    from govdisclose.model.roster import RosterUnit


def batch(
    drafts: Drafts,
    output: Annotated[Path, typer.Option("-o", "--output", help="文档放在哪个文件夹")],
    to: Annotated[list[Format] | None, typer.Option("--to", help="格式，可以写几次")] = None,
    jobs: Annotated[
        int | None, typer.Option("--jobs", help="同时用几个处理器", min=1, show_default="全部")
    ] = None,
    everything: Annotated[bool, typer.Option("--all", help="没有变化的也重新生成")] = False,
    last_year: Annotated[
        Path | None, typer.Option("--last-year", help="上年报告的文件夹", show_default=False)
    ] = None,
    roster: RosterOption = None,
    report: Annotated[
        Path | None,
        typer.Option("--report", help="问题清单：.xlsx、.csv 或 .json", show_default=False),
    ] = None,
    index: Annotated[
        bool, typer.Option("--index", help="另写一页 index.html，列出全部报告，供公布")
    ] = False,
    notices: Annotated[
        Path | None,
        typer.Option(
            "--notices", help="给每个单位写核对意见（.docx）和标红的收集表", show_default=False
        ),
    ] = None,
    deadline: Annotated[
        str, typer.Option("--deadline", help="核对意见里：什么时候以前改好", show_default=False)
    ] = "",
    contact: Annotated[
        str, typer.Option("--contact", help="核对意见里：改好发给谁、电话", show_default=False)
    ] = "",
    template: Annotated[
        Path | None, typer.Option("--template", help="自己的 Word 模板", show_default=False)
    ] = None,
    look: Annotated[BuiltInLook, typer.Option("--look", help="版式")] = BuiltInLook.standard,
    flow: Annotated[
        bool, typer.Option("--flow", help="三的表格可以接着上一页印，表头重复")
    ] = False,
    limits: Annotated[
        Path | None, typer.Option("--limits", help="写有 [limits] 的文件", show_default=False)
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="把结果和问题输出成 JSON")] = False,
) -> None:
    """核对并生成一批草稿；一份有问题不影响其余，最后列出每个单位的状态。"""
    from govdisclose.county import batch
    from govdisclose.files import disk
    from govdisclose.formats import PrintOptions, fonts
    from govdisclose.model.finding import Unusable

    if report and report.suffix not in batch.LISTS:
        fail(f"{report}：问题清单可以写成 {'、'.join(batch.LISTS)} 文件")
    stop_on_hang_up()
    units = units_on(roster)
    try:
        outcomes = batch.run(
            drafts,
            output,
            jobs=jobs,
            suffixes=[f".{each.value}" for each in to or [Format.docx]],
            style=PrintOptions(disk.content(template) if template else None, look.value, flow=flow),
            limits=office_limits(limits),
            last=last_year,
            roster=units,
            everything=everything,
            progress=progress(),
            tell=tell_passed,
        )
    except Unusable as error:
        fail(error)
    except KeyboardInterrupt:
        complain("中断：已生成的文件都是完整的，再运行一次接着做")
        raise typer.Exit(INTERRUPTED) from None
    if Format.pdf in (to or ()) and (notice := fonts.notice(fonts.installed())):
        complain(notice)
    if as_json:
        typer.echo(visible(batch.report(outcomes, ".json").decode()).encode())
    else:
        by_state = outcomes if roster else sorted(outcomes, key=lambda each: each.state.rank)
        show_outcomes(by_state, is_listed=bool(report))
    if last_year:
        show_alone(outcomes)
    code = listed(outcomes, report, units) if report else FINE
    if index:
        code = max(code, indexed(outcomes, output))
    code = max(code, notified(outcomes, notices, deadline, contact) if notices else FINE)
    raise typer.Exit(max(code, code_of(outcomes)))


def indexed(outcomes: list[Outcome], folder: Path) -> int:
    """Write the page that lists the reports; gives the exit code."""
    from govdisclose.county import index
    from govdisclose.files import disk, overwrite
    from govdisclose.model.finding import Unusable

    path, data = folder / index.NAME, index.dumps(outcomes, folder)
    record = dict(overwrite.import_record(folder))
    try:
        if not overwrite.standing(path, data, record.get(index.NAME, "")).may_give_way:
            raise Unusable(f"{path}：写出以后有人改动过，没有覆盖；要重写，先把它移走")
        disk.save(path, data)
    except Unusable as error:
        return refuse(error)
    record[index.NAME] = overwrite.digest(data)
    overwrite.save_import_record(folder, record)
    complain(f"报告目录：{path}")
    return FINE


def notified(outcomes: list[Outcome], folder: Path, deadline: str, contact: str) -> int:
    """Write a notice for each unit that has something to correct; gives the exit code."""
    from govdisclose.county import notices
    from govdisclose.model.finding import Unusable

    try:
        back = notices.Return(deadline.strip(), contact.strip())
        written, reasons = notices.write(outcomes, folder, back)
    except Unusable as error:
        return refuse(error)
    for reason in reasons:
        complain(reason)
    letters = sum(path.suffix == ".docx" for path in written)
    complain(f"核对意见：{folder}（{letters} 个单位）")
    return FOUND if reasons else FINE


def listed(outcomes: list[Outcome], path: Path, units: tuple[RosterUnit, ...]) -> int:
    """Write the list of all findings; gives the exit code."""
    from govdisclose.county import batch
    from govdisclose.files import disk
    from govdisclose.model.finding import Unusable

    try:
        disk.make(path.parent)
        disk.save(path, batch.report(outcomes, path.suffix, units))
    except Unusable as error:
        return refuse(error)
    complain(f"问题清单：{path}")
    return FINE


def show_outcomes(outcomes: list[Outcome], *, is_listed: bool) -> None:
    """Print each unit with its state and its gravest finding, and how many there are."""
    from govdisclose.model.text import in_one_line, wide

    width = min(max((wide(in_one_line(each.name)) for each in outcomes), default=0), WIDEST)
    for each in outcomes:
        name = in_one_line(each.name)
        name += " " * (width - wide(name))
        say(f"{each.state.value:　<3}  {name}  {found_in(each)}".rstrip())
        for line in (gravest(each), each.reason):
            if line:
                say(f"        {line}")
    counts = Counter(each.state.value for each in outcomes)
    fresh = sum(each.fresh for each in outcomes)
    told = "，".join(f"{state} {count} 份" for state, count in counts.items())
    complain(f"{told}；这次生成了 {fresh} 个单位的文档")
    for line in next_steps(outcomes, is_listed=is_listed):
        complain(line)


def next_steps(outcomes: list[Outcome], *, is_listed: bool) -> Iterator[str]:
    """What can be done about the findings of a batch."""
    if not is_listed and any(each.findings for each in outcomes):
        yield "每一条问题和怎么改：加 --report 问题清单.xlsx，或者 govdisclose check 草稿"
    for each in outcomes:
        if each.path.name and each.findings and each.findings[0].severity.value == "warning":
            yield f"看过无误的待核可以确认：{acknowledging(each.path, each.findings[0])}"
            return


WIDEST = 40
"""Columns for names; a longer name pushes only its own line."""


def gravest(outcome: Outcome) -> str:
    """The first of what keeps a draft from being right, on one line."""
    if not outcome.findings or outcome.findings[0].severity.value == "hint":
        return ""
    first = outcome.findings[0]
    return f"{first.code} {first.message.partition(chr(10))[0]}"


def found_in(outcome: Outcome) -> str:
    """How many findings of each severity a draft has."""
    counts = Counter(finding.severity.label for finding in outcome.findings)
    return "，".join(f"{label} {count} 条" for label, count in counts.items())


def show_alone(outcomes: list[Outcome]) -> None:
    """Name the units of which there is no report of the year before."""
    alone = [each.bureau for each in outcomes if each.bureau and each.path.name and not each.last]
    if alone:
        more = f"等 {len(alone)} 家" if alone[MOST:] else ""
        complain(f"没有找到上年报告的：{'、'.join(alone[:MOST])}{more}")


MOST = 10
"""So many units are named in a sentence."""


def code_of(outcomes: list[Outcome]) -> int:
    """The exit code of the worst state."""
    from govdisclose.county.batch import State

    worst = max((each.state.rank for each in outcomes), default=0)
    if worst >= State.UNREADABLE.rank:
        return UNUSABLE
    return FOUND if worst >= State.MISSING.rank else FINE
