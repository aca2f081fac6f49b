"""The command that adds bureaus up into the report of their county."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
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
    refuse,
    told,
)
from govdisclose.cli.county import Roster, progress

if TYPE_CHECKING:
    from govdisclose.finding import Finding
    from govdisclose.report import Reading, Report
    from govdisclose.rollup import Gaps, Sum
    from govdisclose.units import Unit

MANY = 100
"""With fewer drafts there is nothing to wait for, and no progress is shown."""


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
        county = county_draft(against) if against else None
        report, share = own_of(own)
        aside = apart({"-o": output, "--check": against, "--own": own})
        total = rollup.summed(
            usable(given(drafts, aside)),
            own=share,
            base=county.report if county else rollup.county_of(report) if report else None,
            name=name,
            roster=listing.roster(roster) if roster else (),
        )
        if shares:
            files.save(shares, rollup.table(total.shares, shares.suffix))
        if against and county:
            code = held(against, county, total, roster)
        else:
            code = written(output, total, partial, roster)
    except Unusable as error:
        fail(error)
    raise typer.Exit(code)


def apart(options: dict[str, Path | None]) -> dict[str, str]:
    """The files of the county itself, each with the option that gives it."""
    from govdisclose.finding import Unusable

    found = dict[str, str]()
    for option, path in options.items():
        file = os.path.realpath(path) if path else ""
        if file in found:
            raise Unusable(f"{path}：{option} 和 {found[file]} 是同一个文件")
        found |= {file: option} if path else {}
    return found


def given(paths: list[Path], aside: dict[str, str]) -> list[Path]:
    """The drafts to be added up, each once, without the files of the county."""
    from govdisclose import files
    from govdisclose.finding import Unusable

    found = {os.path.realpath(path): path for path in files.drafts(paths)}
    for file in aside.keys() & found.keys():
        complain(f"{found.pop(file)}：是 {aside[file]} 的文件，没有当作单位计入")
    if not found:
        names = "、".join(str(path) for path in paths)
        raise Unusable(f"{names}：里面没有要汇总的草稿（{files.DRAFT} 文件）")
    return list(found.values())


def usable(paths: list[Path]) -> list[Unit]:
    """What the drafts give to the sum; ends where one cannot be read right."""
    from govdisclose import units
    from govdisclose.crew import Step

    def silent(step: Step) -> None:
        """Show nothing."""

    found = units.read(paths, progress=progress() if len(paths) >= MANY else silent)
    return sound(found)


def sound(found: list[Unit | str]) -> list[Unit]:
    """The units; ends where the draft of one cannot be read right."""
    wrong = [each for each in found if isinstance(each, str) or each.slips]
    for each in wrong:
        if isinstance(each, str):
            refuse(each)
        else:
            complain("\n".join(lines((each.file, slip) for slip in each.slips)))
    if wrong:
        fail(f"{len(wrong)} 份草稿读不对，没有汇总：改正以后再试")
    return [each for each in found if not isinstance(each, str)]


def own_of(path: Path | None) -> tuple[Report | None, Unit | None]:
    """The county's own report, and what it gives to the sum."""
    from govdisclose import files, units

    if path is None:
        return None, None
    reading = files.read(path)
    [share] = sound([units.unit(reading, str(path))])
    return reading.report, share


def county_draft(path: Path) -> Reading:
    """The report of the county; Unusable where it cannot be read right."""
    from govdisclose import files
    from govdisclose.finding import Unusable

    reading = files.read(path)
    if is_stopped(reading.findings):
        for finding in reading.findings:
            complain(told(finding, path, reading))
        raise Unusable(f"{path}：先改正上面的错误")
    return reading


def lines(remarks: Iterable[tuple[str, Finding]], roster: Path | None = None) -> Iterator[str]:
    """What stands against a sum, each with its place in a draft or on the roster."""
    from govdisclose.finding import said

    for file, finding in remarks:
        yield said(finding, file or str(roster), finding.place)


def written(output: Path | None, total: Sum, partial: bool, roster: Path | None) -> int:
    """Write the county's draft where nothing is missing, or that is wanted."""
    from govdisclose import draft, files, rollup
    from govdisclose.finding import Unusable

    for line in lines(total.remarks, roster):
        complain(line)
    stopped, shares = is_stopped(total.findings), total.shares
    if stopped and not partial:
        complain("没有汇总：改正、补齐以后再试；先看已有的，加 --partial")
        return FOUND
    if output is None or output.exists():
        raise Unusable(f"{output}：已经有这个文件，没有覆盖；换一个名字")
    files.save(output, draft.dumps(total.report).encode())
    typer.echo(output)
    if shares.open:
        gaps = rollup.gaps(total.report, shares)
        complain(
            f"{output}：{len(shares.open)} 格没有合计，留着没有填：{blame(gaps, shares.missing)}"
        )
    return FOUND if stopped else FINE


def held(against: Path, county: Reading, total: Sum, roster: Path | None) -> int:
    """Hold a county's draft against the sum of its bureaus."""
    from govdisclose import rollup

    for line in lines(total.remarks, roster):
        typer.echo(line)
    findings = rollup.compare(county.report, total.shares)
    for finding in findings:
        typer.echo(told(finding, against, county))
    gaps = rollup.gaps(county.report, total.shares)
    for line in verdict(findings, gaps, total):
        complain(f"{against}：{line}")
    is_whole = not (findings or gaps.cells or gaps.own)
    return FINE if is_whole and not is_stopped(total.findings) else FOUND


def verdict(findings: list[Finding], gaps: Gaps, total: Sum) -> Iterator[str]:
    """What came of holding a county's draft against the sum, line by line."""
    compared = len(total.shares.figures) - len({*gaps.cells, *gaps.own})
    if findings:
        yield f"{len(findings)} 处和各单位之和不同"
    elif compared:
        yield f"核对了 {compared} 格，都和各单位之和一致"
    if gaps.cells:
        yield f"{len(gaps.cells)} 格没有核对：{blame(gaps, total.shares.missing)}"
    if gaps.own:
        yield f"{len(gaps.own)} 格自己没有填报，没有核对"


def blame(gaps: Gaps, missing: Sequence[str]) -> str:
    """Because of whom cells have no sum."""
    left = [f"{unit} {count} 格" for unit, count in gaps.units.items() if unit not in missing]
    reasons = [f"没有{'、'.join(missing)}的草稿"] * bool(missing)
    reasons += [f"没有填报的是{'、'.join(left)}"] * bool(left)
    return "；".join(reasons)
