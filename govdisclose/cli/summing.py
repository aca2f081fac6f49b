"""The command that adds bureaus up into the report of their county."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from govdisclose.cli.common import (
    FINE,
    FOUND,
    Drafts,
    complain,
    fail,
    is_stopped,
    readings,
)
from govdisclose.cli.county import Roster

if TYPE_CHECKING:
    from govdisclose.report import Report
    from govdisclose.rollup import Sum


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
