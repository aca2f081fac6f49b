"""Hand out collection sheets: the command ``sheet``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from govdisclose.cli.common import RosterOption, complain, fail, say, units_on
from govdisclose.cli.import_ import named

if TYPE_CHECKING:
    from govdisclose.county.last_year import Earlier
    from govdisclose.model.report import Report
    from govdisclose.model.roster import RosterUnit


def sheet(
    output: Annotated[
        Path | None,
        typer.Option(
            "-o",
            "--output",
            help="收集表存在哪里，有名册时是文件夹",
            show_default="收集表.xlsx 或文件夹 收集表",
        ),
    ] = None,
    source: Annotated[
        Path | None, typer.Option("--from", help="先填好这份草稿里有的", show_default=False)
    ] = None,
    last_year: Annotated[
        Path | None,
        typer.Option("--last-year", help="上年的草稿或报告，或者它们的文件夹", show_default=False),
    ] = None,
    roster: RosterOption = None,
    year: Annotated[
        int | None, typer.Option("--year", help="报告年份", show_default="上一年")
    ] = None,
) -> None:
    """生成供单位用 Excel、WPS 填报的收集表，有名册时一个单位一份。"""
    from govdisclose.model.finding import Unusable

    try:
        begun = blank(source, year)
        earlier = reports_of(last_year)
        if roster:
            hand_out(units_on(roster), begun, earlier, output or Path("收集表"))
        else:
            write_one(begun, last_for(begun, earlier, last_year), output or Path("收集表.xlsx"))
    except Unusable as error:
        fail(error)


def blank(source: Path | None, year: int | None) -> Report:
    """The report that is begun, else an empty one, of the year asked for or the last one."""
    from datetime import date

    from govdisclose.files import disk
    from govdisclose.model.finding import Unusable
    from govdisclose.model.notices import NEWEST, form_for
    from govdisclose.model.report import Report

    begun = disk.read(source).report if source else Report()
    now = date.today().year - 1
    begun.year = (begun.year or now) if year is None else year
    if form_for(begun.year) is None:
        first = NEWEST.years.start
        raise Unusable(
            f"--year {begun.year}：没有这一年的报告格式；写四位的年份，从 {first} 起，例如 {now}"
        )
    return begun


def reports_of(last_year: Path | None) -> Earlier:
    """Last year's reports by unit, of a folder or of one file."""
    from govdisclose.county import last_year as earlier_reports
    from govdisclose.files import disk
    from govdisclose.model.text import plain

    if last_year is None:
        return {}
    if last_year.is_dir():
        return earlier_reports.units_in(last_year, None, lambda step: None)
    report = disk.read(last_year).report
    return {plain(report.bureau.name): {report.year: last_year}}


def last_for(report: Report, earlier: Earlier, last_year: Path | None = None) -> Report | None:
    """A unit's report of the year before; a file given for it is taken as it is."""
    from govdisclose.county import last_year as earlier_reports
    from govdisclose.files import disk
    from govdisclose.model.finding import Unusable
    from govdisclose.model.text import plain

    if last_year and not last_year.is_dir():
        return disk.read(last_year).report
    name = report.bureau.name
    path = earlier_reports.before(earlier.get(plain(name), {}), report.year)
    if last_year and path is None:
        whose = f"里面没有{name}上年的报告" if name else "是文件夹，不知道是哪个单位"
        raise Unusable(f"{last_year}：{whose}；写出那份报告的文件名，或者用 --roster")
    return disk.read(path).report if path else None


def write_one(report: Report, last: Report | None, path: Path) -> None:
    """Write one collection sheet, never over a file that is there."""
    from govdisclose.files import disk
    from govdisclose.formats import collection
    from govdisclose.model.finding import Unusable

    path = path / "收集表.xlsx" if path.is_dir() else path
    if path.suffix.lower() != ".xlsx":
        raise Unusable(f"{path}：收集表是 Excel 文件，-o 写成 {path.name}.xlsx")
    if disk.is_there(path):
        raise Unusable(f"{path}：已经有这个文件，没有覆盖；换一个名字")
    disk.make(path.parent)
    disk.save(path, collection.dumps(report, last))
    say(path)


def hand_out(units: tuple[RosterUnit, ...], begun: Report, earlier: Earlier, folder: Path) -> None:
    """Write a collection sheet a unit; one that is there may be filled, and stays."""
    import dataclasses

    from govdisclose.files import disk
    from govdisclose.formats import collection
    from govdisclose.model.finding import Unusable

    if folder.suffix.lower() == ".xlsx" and not folder.is_dir():
        raise Unusable(f"{folder}：有名册时一个单位一份，-o 写文件夹")
    disk.make(folder)
    kept, alone = 0, []
    for name, report in named(units, begun):
        last = last_for(report, earlier)
        if last is None:
            alone.append(report.bureau.name)
        else:
            report.bureau = dataclasses.replace(last.bureau, name=report.bureau.name)
        if disk.is_there(folder / name):
            kept += 1
            complain(f"{folder / name}：已有，没有动")
            continue
        disk.save(folder / name, collection.dumps(report, last))
        say(folder / name)
    complain(f"收集表：新做 {len(units) - kept} 份，已有 {kept} 份")
    if earlier and alone:
        complain(f"{len(alone)} 个单位没有找到上年的报告：{'、'.join(alone)}")
