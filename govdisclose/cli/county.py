"""The commands of an office that collects the reports of many bureaus."""

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
    acknowledging,
    complain,
    fail,
    is_stopped,
    office_limits,
    readings,
    refuse,
)
from govdisclose.cli.printing import Format, Look

if TYPE_CHECKING:
    from collections.abc import Iterator

    from govdisclose.batch import Outcome
    from govdisclose.crew import Progress, Step
    from govdisclose.report import Report
    from govdisclose.rollup import Sum

Roster = Annotated[
    Path | None,
    typer.Option("--roster", help="应报单位名册：一行一个，或表格的一列", show_default=False),
]


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
    roster: Roster = None,
    report: Annotated[
        Path | None,
        typer.Option("--report", help="问题清单：.xlsx、.csv 或 .json", show_default=False),
    ] = None,
    template: Annotated[
        Path | None, typer.Option("--template", help="自己的 Word 模板", show_default=False)
    ] = None,
    look: Annotated[Look, typer.Option("--look", help="版式")] = Look.standard,
    limits: Annotated[
        Path | None, typer.Option("--limits", help="写有 [limits] 的文件", show_default=False)
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="把结果和问题输出成 JSON")] = False,
) -> None:
    """核对并生成一批草稿；一份有问题不影响其余，最后列出每个单位的状态。"""
    from govdisclose import batch, files, listing
    from govdisclose.files import Style
    from govdisclose.finding import Unusable

    if report and report.suffix not in batch.LISTS:
        fail(f"{report}：问题清单可以写成 {'、'.join(batch.LISTS)} 文件")
    stop_on_hang_up()
    try:
        outcomes = batch.run(
            drafts,
            output,
            jobs=jobs,
            suffixes=[f".{each.value}" for each in to or [Format.docx]],
            style=Style(files.content(template) if template else None, look.value),
            limits=office_limits(limits),
            last=last_year,
            roster=listing.roster(roster) if roster else (),
            everything=everything,
            progress=progress(),
        )
    except Unusable as error:
        fail(error)
    except KeyboardInterrupt:
        complain("中断：已生成的文件都是完整的，再运行一次接着做")
        raise typer.Exit(INTERRUPTED) from None
    if as_json:
        typer.echo(batch.report(outcomes, ".json").decode())
    else:
        show_outcomes(outcomes, is_listed=bool(report))
    if last_year:
        show_alone(outcomes)
    raise typer.Exit(max(code_of(outcomes), listed(outcomes, report) if report else FINE))


def stop_on_hang_up() -> None:
    """Take the end of the terminal for an interruption, so that everything is cleared away."""
    import signal

    def interrupt(*given: object) -> None:
        raise KeyboardInterrupt

    for name in ("SIGTERM", "SIGHUP"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), interrupt)


def listed(outcomes: list[Outcome], path: Path) -> int:
    """Write the list of all findings; gives the exit code."""
    from govdisclose import batch, files
    from govdisclose.finding import Unusable

    try:
        files.make(path.parent)
        files.save(path, batch.report(outcomes, path.suffix))
    except Unusable as error:
        return refuse(error)
    complain(f"问题清单：{path}")
    return FINE


def progress() -> Progress:
    """A bar a stage on a terminal, else a line for each tenth.

    The bar draws itself only when it is told to: no thread of its own may run
    while worker processes are forked.
    """
    import sys

    return bars() if sys.stderr.isatty() else lines


def lines(step: Step) -> None:
    """Progress in lines of text, one for a stage that is short."""
    tenth = step.total // 10 if step.total > 20 else step.total
    if step.done == step.total or step.done % tenth == 0:
        complain(f"{step.stage} {step.done}/{step.total}")


def bars() -> Progress:
    """Progress as a bar of Rich for each stage, drawn a hundred times."""
    from rich.console import Console
    from rich.progress import Progress as Bars

    from govdisclose.draft import wide

    shown: dict[str, Bars] = {}

    def tell(step: Step) -> None:
        if step.stage not in shown:
            bar = shown[step.stage] = Bars(console=Console(stderr=True), auto_refresh=False)
            bar.add_task(step.stage + " " * (8 - wide(step.stage)), total=step.total)
            bar.start()
        bar, [task] = shown[step.stage], shown[step.stage].tasks
        if step.done == step.total or step.done * 100 // step.total != task.percentage // 1:
            bar.update(task.id, completed=step.done, refresh=True)
        if step.done == step.total:
            bar.stop()

    return tell


def show_outcomes(outcomes: list[Outcome], *, is_listed: bool) -> None:
    """Print each unit with its state and its gravest finding, and how many there are."""
    from govdisclose.draft import wide

    width = min(max((wide(each.name) for each in outcomes), default=0), WIDEST)
    for each in sorted(outcomes, key=lambda each: each.state.rank):
        name = each.name + " " * (width - wide(each.name))
        typer.echo(f"{each.state.value:　<3}  {name}  {found_in(each)}".rstrip())
        for line in (gravest(each), each.reason):
            if line:
                typer.echo(f"        {line}")
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
    from govdisclose.batch import State

    worst = max((each.state.rank for each in outcomes), default=0)
    if worst >= State.UNREADABLE.rank:
        return UNUSABLE
    return FOUND if worst >= State.MISSING.rank else FINE


def rollup(
    drafts: Drafts,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help="汇总草稿存在哪里", show_default=False)
    ] = None,
    name: Annotated[str, typer.Option("--name", help="汇总单位的全称")] = "",
    own: Annotated[
        Path | None, typer.Option("--own", help="本级自己的草稿", show_default=False)
    ] = None,
    roster: Roster = None,
    shares: Annotated[
        Path | None,
        typer.Option("--shares", help="各单位每格的数：.xlsx 或 .csv", show_default=False),
    ] = None,
    against: Annotated[
        Path | None, typer.Option("--check", help="核对这份汇总草稿，不生成", show_default=False)
    ] = None,
    partial: Annotated[bool, typer.Option("--partial", help="有单位没有填完也先汇总")] = False,
) -> None:
    """把各单位逐格相加，成为县里的草稿；缺哪个单位、哪一格没有填，都指出来。"""
    from govdisclose import files, listing, rollup
    from govdisclose.finding import Unusable

    if (output is None) == (against is None):
        fail("写 -o 汇总草稿.toml 生成，或者写 --check 汇总草稿.toml 核对")
    try:
        total = rollup.add(
            usable(drafts, skip=own),
            own=files.read(own).report if own else None,
            name=name,
            roster=listing.roster(roster) if roster else (),
        )
        if shares:
            files.save(shares, rollup.table(total.shares, shares.suffix))
        code = held(against, total) if against else written(output, total, partial)
    except Unusable as error:
        fail(error)
    raise typer.Exit(code)


def usable(drafts: list[Path], skip: Path | None) -> list[Report]:
    """The reports to be added up; Unusable where one cannot be read right."""
    from govdisclose.finding import Unusable

    reports = []
    for path, reading in readings(drafts):
        if skip and path.resolve() == skip.resolve():
            continue
        if isinstance(reading, str):
            raise Unusable(reading)
        if is_stopped(reading.findings):
            raise Unusable(f"{path}：{reading.findings[0].message}".replace("\n", " "))
        reports.append(reading.report)
    return reports


def written(output: Path | None, total: Sum, partial: bool) -> int:
    """Write the county's draft where nothing is missing, or that is wanted."""
    from govdisclose import draft, files
    from govdisclose.finding import Unusable

    for finding in total.findings:
        complain(f"{finding.code} {finding.severity.label}  {finding.message}")
    stopped = is_stopped(total.findings)
    if stopped and not partial:
        complain("没有汇总：补齐以后再试；先看已有的，加 --partial")
        return FOUND
    if output is None or output.exists():
        raise Unusable(f"{output}：已经有这个文件，没有覆盖；换一个名字")
    files.save(output, draft.dumps(total.report).encode())
    typer.echo(output)
    return FOUND if stopped else FINE


def held(against: Path, total: Sum) -> int:
    """Hold a county's draft against the sum of its bureaus."""
    from govdisclose import files, rollup
    from govdisclose.finding import said

    reading = files.read(against)
    findings = rollup.compare(reading.report, total.shares)
    for finding in findings:
        typer.echo(said(finding, str(against), reading.places.get(finding.at)))
    complain(
        f"{against}：{f'{len(findings)} 处和各单位之和不同' if findings else '和各单位之和一致'}"
    )
    return FOUND if findings else FINE
