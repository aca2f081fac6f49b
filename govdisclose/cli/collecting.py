"""The commands that hand reports over as Excel sheets and take them in again."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from govdisclose.cli.common import (
    FINE,
    FOUND,
    complain,
    fail,
    found,
    is_stopped,
    refuse,
    told,
    units_on,
)
from govdisclose.cli.county import Roster

if TYPE_CHECKING:
    from collections.abc import Iterator

    from govdisclose.intake import Fate, Sent
    from govdisclose.report import Report
    from govdisclose.survey import Earlier


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
    roster: Roster = None,
    year: Annotated[
        int | None, typer.Option("--year", help="报告年份", show_default="上一年")
    ] = None,
) -> None:
    """生成供单位用 Excel、WPS 填报的收集表，有名册时一个单位一份。"""
    from govdisclose.finding import Unusable

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

    from govdisclose import files
    from govdisclose.finding import Unusable
    from govdisclose.notices import NEWEST, form_for
    from govdisclose.report import Report

    begun = files.read(source).report if source else Report()
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
    from govdisclose import files, survey
    from govdisclose.rules.bureaus import plain

    if last_year is None:
        return {}
    if last_year.is_dir():
        return survey.units_in(last_year, None, lambda step: None)
    report = files.read(last_year).report
    return {plain(report.bureau.name): {report.year: last_year}}


def last_for(report: Report, earlier: Earlier, last_year: Path | None = None) -> Report | None:
    """A unit's report of the year before; a file given for it is taken as it is."""
    from govdisclose import files, survey
    from govdisclose.finding import Unusable
    from govdisclose.rules.bureaus import plain

    if last_year and not last_year.is_dir():
        return files.read(last_year).report
    name = report.bureau.name
    path = survey.before(earlier.get(plain(name), {}), report.year)
    if last_year and path is None:
        whose = f"里面没有{name}上年的报告" if name else "是文件夹，不知道是哪个单位"
        raise Unusable(f"{last_year}：{whose}；写出那份报告的文件名，或者用 --roster")
    return files.read(path).report if path else None


def write_one(report: Report, last: Report | None, path: Path) -> None:
    """Write one collection sheet, never over a file that is there."""
    from govdisclose import files, sheet
    from govdisclose.finding import Unusable

    path = path / "收集表.xlsx" if path.is_dir() else path
    if path.suffix.lower() != ".xlsx":
        raise Unusable(f"{path}：收集表是 Excel 文件，-o 写成 {path.name}.xlsx")
    if files.is_there(path):
        raise Unusable(f"{path}：已经有这个文件，没有覆盖；换一个名字")
    files.make(path.parent)
    files.save(path, sheet.dumps(report, last))
    typer.echo(path)


def hand_out(units: tuple[str, ...], begun: Report, earlier: Earlier, folder: Path) -> None:
    """Write a collection sheet a unit; one that is there may be filled, and stays."""
    from govdisclose import files, sheet
    from govdisclose.finding import Unusable

    if folder.suffix.lower() == ".xlsx" and not folder.is_dir():
        raise Unusable(f"{folder}：有名册时一个单位一份，-o 写文件夹")
    files.make(folder)
    kept, alone = 0, []
    for name, report in named(units, begun):
        last = last_for(report, earlier)
        if last is None:
            alone.append(report.bureau.name)
        if files.is_there(folder / name):
            kept += 1
            complain(f"{folder / name}：已有，没有动")
            continue
        files.save(folder / name, sheet.dumps(report, last))
        typer.echo(folder / name)
    complain(f"收集表：新做 {len(units) - kept} 份，已有 {kept} 份")
    if earlier and alone:
        complain(f"{len(alone)} 个单位没有找到上年的报告：{'、'.join(alone)}")


def named(units: tuple[str, ...], begun: Report) -> Iterator[tuple[str, Report]]:
    """A blank report a unit, and the name of its sheet, no two of them the same."""
    from collections import Counter

    from govdisclose import files
    from govdisclose.report import Bureau, Report

    seen = Counter[str]()
    for unit in units:
        stem = files.safe_name(f"{unit}{begun.year}年收集表", "")
        seen[stem.lower()] += 1
        more = f"-{seen[stem.lower()]}" if seen[stem.lower()] > 1 else ""
        yield f"{stem}{more}.xlsx", Report(begun.form, begun.year, Bureau(unit))


def take_in(
    sources: Annotated[
        list[Path],
        typer.Argument(help="收集表、Word 或网页报告，或者放它们的文件夹", show_default=False),
    ],
    output: Annotated[
        Path | None,
        typer.Option("-o", "--output", help="一个文件时是草稿，几个时是文件夹", show_default=False),
    ] = None,
    replace: Annotated[
        bool, typer.Option("--replace", help="草稿改过也换成收上来的，原来的留作 .bak")
    ] = False,
) -> None:
    """把收集表或已公布的 Word、网页报告读成草稿，读不准的指出在哪一格。"""
    from govdisclose import files, intake
    from govdisclose.finding import Unusable

    paths = found(sources, intake.RETURNED)
    is_file = output is not None and output.suffix and not output.is_dir()
    if is_file and len(paths) > 1:
        fail(f"{output}：有 {len(paths)} 个文件，-o 要写文件夹")
    try:
        if output is not None:
            files.make(output.parent if is_file else output)
    except Unusable as error:
        fail(error)
    code, sent = FINE, []
    for path in paths:
        try:
            sent.append(intake.read(path, output))
        except Unusable as error:
            code = refuse(error)
    raise typer.Exit(max(code, take_all(sent, bool(is_file), replace)))


def take_all(sent: list[Sent], is_pinned: bool, replace: bool) -> int:
    """Write a draft for each unit, and remember them; gives the exit code."""
    from collections import Counter

    from govdisclose import intake
    from govdisclose.finding import Unusable

    code, fates = FINE, Counter[str]()
    records: dict[Path, dict[str, str]] = {}
    for group in intake.by_target(sent):
        folder = group[0].target.parent
        record = records.setdefault(folder, {} if is_pinned else dict(intake.recorded(folder)))
        try:
            each, why = intake.latest(group)
            if why:
                complain(why)
            fate = intake.fate(each.target, each.data, record, replace)
            code = max(code, take_one(each, fate, record, is_pinned and not replace))
        except Unusable as error:
            code = refuse(error)
            continue
        fates[fate.value] += 1
    for folder, record in records.items() if not is_pinned else ():
        intake.keep(folder, record)
    if fates:
        complain("，".join(f"{fate} {count} 份" for fate, count in fates.items()))
    return code


def take_one(sent: Sent, fate: Fate, record: dict[str, str], is_pinned: bool) -> int:
    """Write the draft of one file where it may be; gives the exit code it deserves."""
    from govdisclose import intake
    from govdisclose.finding import Unusable

    path, reading, target = sent
    if fate is intake.Fate.EDITED:
        complain(f"{target}：收后改过，收上来的没有变，没有动")
        return FINE
    for finding in reading.findings:
        complain(told(finding, path, reading))
    if fate is intake.Fate.CONTESTED or (is_pinned and fate is not intake.Fate.NEW):
        raise Unusable(
            f"{target}：已经有这个草稿，没有覆盖；要换成 {path} 里的，加 --replace"
            "（原来的留作 .bak），或者用 -o 换一个名字"
        )
    if fate is not intake.Fate.SAME:
        kept = intake.put(target, sent.data, record)
        typer.echo(target)
        if fate is intake.Fate.REPLACED:
            complain(f"{target}：换成了 {path} 里的{f'，原来的留在 {kept}' if kept else ''}")
    record[target.name] = intake.digest(sent.data)
    if not sent.has_name:
        complain(f"{path}：没有写单位名称，草稿按文件名存为 {target.name}；在草稿的 name 里补上")
    return FOUND if is_stopped(reading.findings) or not sent.has_name else FINE


def doctor() -> None:
    """查看文档要用的字体、LibreOffice、终端编码和各部分的版本。"""
    from govdisclose import doctor

    topic = ""
    for line in doctor.examine():
        if line.topic != topic:
            typer.echo(f"{line.topic}")
            topic = line.topic
        typer.echo(f"  {'    ' if line.is_fine else '注意'} {line.name}  {line.text}")
