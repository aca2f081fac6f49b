"""The commands that hand reports over as Excel sheets and take them in again."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from govdisclose.cli.common import (
    FINE,
    FOUND,
    LastYear,
    complain,
    fail,
    is_stopped,
    readings,
    refuse,
    told,
    units_on,
    year_before,
)
from govdisclose.cli.county import Roster

if TYPE_CHECKING:
    from collections.abc import Iterator

    from govdisclose.report import Reading, Report


def sheet(
    output: Annotated[
        Path, typer.Option("-o", "--output", help="收集表存在哪里；有名册时是文件夹")
    ] = Path("收集表.xlsx"),
    source: Annotated[
        Path | None, typer.Option("--from", help="先填好这份草稿里有的", show_default=False)
    ] = None,
    last_year: LastYear = None,
    roster: Roster = None,
    year: Annotated[int | None, typer.Option("--year", help="报告年份", show_default=False)] = None,
) -> None:
    """生成供单位用 Excel、WPS 填报的收集表，有名册时一个单位一份。"""
    from govdisclose import files, sheet
    from govdisclose.finding import Unusable

    last = year_before(last_year)
    code = FINE
    try:
        units = units_on(roster)
        if output.exists() and not units:
            raise Unusable(f"{output}：已经有这个文件，没有覆盖；换一个名字")
        files.make(output if units else output.parent)
        for report in wanted(source, units, year):
            name = files.safe_name(f"{report.bureau.name}{report.year or ''}年收集表", ".xlsx")
            target = output / name if units else output
            if target.exists():
                code = refuse(f"{target}：已经有这份收集表，没有覆盖；要重新生成，先移走它")
                continue
            files.save(target, sheet.dumps(report, last))
            typer.echo(target)
    except Unusable as error:
        fail(error)
    raise typer.Exit(code)


def wanted(source: Path | None, units: tuple[str, ...], year: int | None) -> Iterator[Report]:
    """The reports to be filled: one a unit, else the one begun, else a blank one."""
    from govdisclose import files
    from govdisclose.report import Bureau, Report

    begun = files.read(source).report if source else Report(year=year)
    if not units:
        yield begun
    for unit in units:
        yield Report(year=year or begun.year, bureau=Bureau(unit))


def take_in(
    sources: Annotated[list[Path], typer.Argument(help=".xlsx .xls .ods .docx .doc .html 文件")],
    output: Annotated[
        Path | None,
        typer.Option("-o", "--output", help="一个文件时是草稿，几个时是文件夹", show_default=False),
    ] = None,
) -> None:
    """把收集表或已公布的 Word、网页报告读成草稿，读不准的指出在哪一格。"""
    from govdisclose import files

    read = readings(sources)
    if output is not None and output.suffix == "":
        files.make(output)
    elif output is not None and len(read) > 1:
        fail(f"{output}：有 {len(read)} 个文件，-o 要写文件夹")
    raise typer.Exit(max(take_one(path, reading, output) for path, reading in read))


def take_one(path: Path, reading: Reading | str, output: Path | None) -> int:
    """Write the draft of one file; gives the exit code it deserves."""
    from govdisclose import draft, files
    from govdisclose.finding import Unusable

    if isinstance(reading, str):
        return refuse(reading)
    for finding in reading.findings:
        complain(told(finding, path, reading))
    is_file = output is not None and output.suffix
    folder = output or path.parent
    target = output if output and is_file else folder / files.draft_name(reading.report)
    try:
        if target.exists():
            raise Unusable(f"{target}：已经有这个草稿，没有覆盖；移走它，或者用 -o 换一个名字")
        files.save(target, draft.dumps(reading.report).encode())
    except Unusable as error:
        return refuse(error)
    typer.echo(target)
    return FOUND if is_stopped(reading.findings) else FINE


def doctor() -> None:
    """查看文档要用的字体、LibreOffice、终端编码和各部分的版本。"""
    from govdisclose import doctor

    topic = ""
    for line in doctor.examine():
        if line.topic != topic:
            typer.echo(f"{line.topic}")
            topic = line.topic
        typer.echo(f"  {'    ' if line.is_fine else '注意'} {line.name}  {line.text}")
