"""The command that adds bureaus up into the report of their county."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from govdisclose.cli.common import (
    FINE,
    FOUND,
    INTERRUPTED,
    Drafts,
    RosterOption,
    complain,
    fail,
    found,
    is_stopped,
    print_json,
    refuse,
    say,
    told,
    units_on,
)
from govdisclose.cli.progress import progress, stop_on_hang_up

if TYPE_CHECKING:
    from govdisclose.analysis.comparison import Change
    from govdisclose.county.other_reports import OtherReports
    from govdisclose.county.rollup import Gaps, Sum
    from govdisclose.model.finding import Finding
    from govdisclose.model.report import Reading
    from govdisclose.model.roster import RosterUnit
    from govdisclose.rules.double_counting import Contribution

LISTS = (".xlsx", ".csv")


@dataclass(frozen=True)
class RollupOptions:
    """What is to become of a sum: a new draft, new figures for an old one, or a check."""

    output: Path | None
    update: Path | None
    against: Path | None
    own: Path | None
    shares: Path | None
    roster: Path | None
    name: str
    partial: bool
    as_json: bool

    def say(self, line: object) -> None:
        """Print a line of the result, beside it where that is to be JSON."""
        say(line, err=self.as_json)

    @property
    def files(self) -> dict[str, Path]:
        """The files of the county itself, by the option that gives them."""
        given = {
            "-o": self.output,
            "--update": self.update,
            "--check": self.against,
            "--own": self.own,
        }
        return {option: path for option, path in given.items() if path}

    @property
    def county(self) -> Path | None:
        """The draft of the county that is there already."""
        return self.update or self.against


def rollup(
    drafts: Drafts,
    output: Annotated[
        Path | None,
        typer.Option("-o", "--output", help="新的汇总草稿（.toml）存在哪里", show_default=False),
    ] = None,
    name: Annotated[str, typer.Option("--name", help="汇总单位的全称")] = "",
    own: Annotated[
        Path | None, typer.Option("--own", help="本级自己的草稿，计入汇总", show_default=False)
    ] = None,
    roster: RosterOption = None,
    shares: Annotated[
        Path | None,
        typer.Option("--shares", help="各单位每格的数：.xlsx 或 .csv", show_default=False),
    ] = None,
    against: Annotated[
        Path | None, typer.Option("--check", help="核对这份汇总草稿，不生成", show_default=False)
    ] = None,
    update: Annotated[
        Path | None,
        typer.Option(
            "--update",
            help="只换这份汇总草稿里的数字，文字等不动；原来的另存一份，本级的数由 --own 给出",
            show_default=False,
        ),
    ] = None,
    partial: Annotated[
        bool, typer.Option("--partial", help="有单位没有报、没有填完也先汇总，那些格留着没有填")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="把问题和合计输出成 JSON")] = False,
) -> None:
    """把各单位逐格相加，成为县里的草稿；缺哪个单位、哪一格没有填，都指出来。"""
    from govdisclose.model.finding import Unusable

    options = RollupOptions(
        output, update, against, own, shares, roster, name.strip(), partial, as_json
    )
    stop_on_hang_up()
    try:
        check_options(options)
        county = county_draft(options.county) if options.county else None
        total = summed(drafts, options, county)
        differences = compared(county, total) if against and county else []
        code = (
            held(options, county, total, differences)
            if against and county
            else written(options, total)
        )
    except Unusable as error:
        fail(error)
    except KeyboardInterrupt:
        complain("中断：没有汇总，文件都没有动")
        raise typer.Exit(INTERRUPTED) from None
    if as_json:
        print_json(as_data(options, total, differences))
    raise typer.Exit(max(code, listed(total, shares) if shares else FINE))


# What is wanted, and from which files


def check_options(options: RollupOptions) -> None:
    """Refuse what cannot be done, before anything is read."""
    from govdisclose.files import disk, search
    from govdisclose.model.finding import Unusable

    target = options.output or options.update
    if len(options.files.keys() - {"--own"}) != 1:
        raise Unusable(
            "写 -o 新的.toml 生成汇总草稿，--update 已有的.toml 换上新的数字，"
            "或者 --check 已有的.toml 核对：三个里只写一个"
        )
    if target and not search.is_draft(target):
        raise Unusable(
            f"{target}：汇总存成草稿，文件名以 {disk.DRAFT} 结尾；"
            "要 Word 文档，汇总以后用 govdisclose render 生成"
        )
    if options.output and disk.is_there(options.output):
        raise Unusable(f"{options.output}：已经有这个文件，没有覆盖；换一个名字")
    if options.output and not (options.name or options.own):
        raise Unusable("没有写汇总单位的名称：加 --name 全称，或者用 --own 给出本级草稿")
    if options.name and options.county:
        raise Unusable(f"--name 只和 -o 一起用：名称以 {options.county} 里的为准")
    if options.shares and options.shares.suffix.lower() not in LISTS:
        raise Unusable(f"{options.shares}：各单位的数可以写成 {'、'.join(LISTS)} 文件")


def apart(options: RollupOptions) -> dict[str, str]:
    """The files of the county itself, each with the option that gives it."""
    from govdisclose.files import search
    from govdisclose.model.finding import Unusable

    given = dict[str, str]()
    for option, path in options.files.items():
        file = search.identity(path)
        if file in given:
            raise Unusable(f"{path}：{given[file]} 和 {option} 是同一个文件")
        given[file] = option
    return given


def chosen(drafts: list[Path], options: RollupOptions) -> list[Path]:
    """The drafts to be added up, without the files of the county itself."""
    from govdisclose.files import search
    from govdisclose.model.finding import Unusable

    aside, paths = apart(options), {search.identity(path): path for path in found(drafts)}
    if options.shares and search.identity(options.shares) in aside | paths:
        raise Unusable(f"{options.shares}：是要汇总的文件，没有覆盖；--shares 换一个名字")
    for file in aside.keys() & paths.keys():
        complain(f"{paths.pop(file)}：是 {aside[file]} 的文件，没有当作单位计入")
    return list(paths.values())


def county_draft(path: Path) -> Reading:
    """A draft of the county; Unusable where it cannot be read right."""
    from govdisclose.files import disk
    from govdisclose.model.finding import Unusable

    reading = disk.read(path)
    if is_stopped(reading.findings):
        for finding in reading.findings:
            complain(told(finding, path, reading))
        raise Unusable(f"{path}：先改正上面的错误")
    return reading


def summed(drafts: list[Path], options: RollupOptions, county: Reading | None) -> Sum:
    """The sum of some drafts and of the county's own share."""
    from govdisclose.county import contributions, rollup
    from govdisclose.model.finding import Unusable

    roster = units_on(options.roster)
    paths = chosen(drafts, options)
    own = county_draft(options.own) if options.own else None
    if options.output and own and not (options.name or own.report.bureau.name):
        raise Unusable(f"{options.own}：没有写单位名称；补上，或者加 --name 汇总单位的全称")
    begun = county.report if county else rollup.county_of(own.report) if own else None
    units = sound(contributions.read(paths, progress=progress()))
    county_names = {options.name, *(r.report.bureau.name for r in (own, county) if r)} - {""}
    others = among_drafts(drafts, units, roster, options, county_names)
    total = rollup.summed(
        [*units, *others.units],
        own=contributions.contribution(own, str(options.own)) if own else None,
        base=begun,
        name=options.name,
        roster=roster,
    )
    return total._replace(is_open=others.is_open and not roster)


def among_drafts(
    drafts: list[Path],
    units: list[Contribution],
    roster: tuple[RosterUnit, ...],
    options: RollupOptions,
    themselves: set[str],
) -> OtherReports:
    """The reports in the folders that are no drafts; what is counted and what is not is told."""
    from govdisclose.analysis.unit_names import UnitNames
    from govdisclose.county import other_reports
    from govdisclose.files import search

    own = [*options.files.values(), *([options.shares] if options.shares else [])]
    aside = other_reports.Aside({search.identity(path) for path in own}, themselves)
    found = other_reports.beside(drafts, units, UnitNames(roster), aside)
    if found.units:
        named = "、".join(f"{each.name}（{each.file}）" for each in found.units)
        complain(f"没有草稿、直接从报告里读的 {len(found.units)} 个单位：{named}")
    for why in dict.fromkeys(why for _, why in found.passed):
        paths = [str(path) for path, each in found.passed if each == why]
        more = f"等 {len(paths)} 个" if len(paths) > 5 else ""
        complain(f"{'、'.join(paths[:5])}{more}：{why}")
    if found.is_open and not roster:
        complain("上面没有读的文件里可能有单位的报告，没有计入；用 import 读成草稿，或者移到别处")
    return found


def sound(read: list[Contribution | str]) -> list[Contribution]:
    """The units; ends where the draft of one cannot be read right."""
    wrong = [each for each in read if isinstance(each, str) or each.slips]
    for each in wrong:
        if isinstance(each, str):
            refuse(each)
        else:
            complain("\n".join(lines((each.file, slip) for slip in each.slips)))
    if wrong:
        fail(f"{len(wrong)} 份草稿读不对，没有汇总：改正以后再试")
    return [each for each in read if not isinstance(each, str)]


# What becomes of it


def lines(remarks: Iterable[tuple[str, Finding]], roster: Path | None = None) -> Iterator[str]:
    """What stands against a sum, each with its place in a draft or on the roster."""
    from govdisclose.model.finding import said

    for file, finding in remarks:
        yield said(finding, file or str(roster), finding.place)


def is_due(options: RollupOptions, total: Sum) -> bool:
    """Whether the county's draft is to be written: nothing is missing, or that is wanted."""
    return options.against is None and (options.partial or not is_stopped(total.findings))


def written(options: RollupOptions, total: Sum) -> int:
    """Write the county's draft where nothing is missing, or that is wanted."""
    for line in lines(total.remarks, options.roster):
        complain(line)
    if not is_due(options, total):
        complain("没有汇总：改正、补齐以后再试；先看已有的，加 --partial")
    elif options.update:
        updated(options.update, options, total)
    elif options.output:
        made(options.output, options, total)
    tell_so_far(total)
    return FOUND if is_stopped(total.findings) or total.is_open else FINE


def tell_so_far(total: Sum) -> None:
    """While units are missing, say how many have answered and what they add up to."""
    from govdisclose.county import rollup
    from govdisclose.model.figures import shown

    shares = total.shares
    if not shares.missing:
        return
    owed = [unit for unit in shares.units if unit != rollup.OWN]
    complain(f"已报 {len(owed) - len(shares.missing)}/{len(owed)}，缺：{'、'.join(shares.missing)}")
    known = "，".join(f"{name} {shown(figure)}" for name, figure, _ in rollup.headline(shares))
    complain(f"已报各单位之和：{known}；每一格见 --shares")


def made(output: Path, options: RollupOptions, total: Sum) -> None:
    """Write a new draft of the county."""
    from govdisclose.county import last_sum
    from govdisclose.files import disk
    from govdisclose.formats import draft

    disk.make(output.parent)
    disk.save(output, draft.dumps(total.report).encode())
    last_sum.keep(output, total.shares)
    options.say(output)
    tell_open(output, total)


def updated(path: Path, options: RollupOptions, total: Sum) -> None:
    """Put the new figures into the county's draft, and tell every cell that has changed."""
    from govdisclose.analysis import comparison
    from govdisclose.county import last_sum
    from govdisclose.files import disk
    from govdisclose.files.overwrite import put_aside
    from govdisclose.formats import draft

    old = county_draft(path).report  # as it stands now, whoever has changed it meanwhile
    new = replace(old, year=total.report.year, figures=total.report.figures)
    changes = comparison.changes(old, new)
    if not changes:
        complain(f"{path}：数字没有变化，没有动")
        return
    backup = put_aside(path)
    disk.save(path, draft.dumps(new).encode())
    for line in last_sum.changed(path, total.shares):
        complain(line)
    last_sum.keep(path, total.shares)
    for change in changes:
        options.say(in_words(change, total))
    complain(f"{path}：改了 {len(changes)} 格，原来的存为 {backup}；再用 check 核对文字里的数字")
    if not options.own:
        tell_less(path, changes)
    tell_open(path, total)


def tell_less(path: Path, changes: list[Change]) -> None:
    """Say that the county's own share may have been in figures that are smaller now."""
    if less := sum(change.is_less for change in changes):
        complain(
            f"{path}：{less} 格比原来少，没有写 --own，本级自己的数没有计入："
            "原来计入过的，加 --own 本级草稿 再更新一次"
        )


def in_words(change: Change, total: Sum) -> str:
    """A cell with its figure before and after."""
    from govdisclose.model.figures import shown
    from govdisclose.rules.case import figure_name

    old, new = (shown(figure) or "没有填" for figure in (change.old, change.new))
    return f"{figure_name(total.shares.form, change.cell)}：{old} → {new}"


def tell_open(path: Path, total: Sum) -> None:
    """Say which cells of a county's draft are left open, and because of whom."""
    from govdisclose.county import rollup

    if total.shares.open:
        because = blame(rollup.gaps(total.report, total.shares), total.shares.missing)
        complain(f"{path}：{len(total.shares.open)} 格没有合计，留着没有填：{because}")


def compared(county: Reading, total: Sum) -> list[Finding]:
    """Where a county's draft differs from the sum of its bureaus, placed in it."""
    from govdisclose.county import rollup
    from govdisclose.formats.draft.positions import placed

    return [*placed(rollup.compare(county.report, total.shares), county)]


def held(options: RollupOptions, county: Reading, total: Sum, differences: list[Finding]) -> int:
    """Tell what came of holding a county's draft against the sum of its bureaus."""
    from govdisclose.county import last_sum, rollup

    remarks = (*total.remarks, *((str(options.against), each) for each in differences))
    for line in lines(remarks, options.roster):
        options.say(line)
    gaps = rollup.gaps(county.report, total.shares)
    for line in verdict(differences, gaps, total):
        complain(f"{options.against}：{line}")
    if options.against and differences:
        for line in last_sum.changed(options.against, total.shares):
            complain(line)
    tell_so_far(total)
    is_whole = not (total.is_open or differences or gaps.cells or gaps.own)
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


def as_data(options: RollupOptions, total: Sum, differences: list[Finding]) -> dict[str, object]:
    """All that was found, every sum, and the draft that was written."""
    from govdisclose.county import rollup

    others = {str(options.against): differences} if options.against else {}
    target = (options.output or options.update) if is_due(options, total) else None
    data = rollup.as_data(total, str(options.roster), others)
    data["output"] = str(target) if target else None
    return data


def listed(total: Sum, path: Path) -> int:
    """Write the list of all shares; gives the exit code."""
    from govdisclose.county import rollup
    from govdisclose.files import disk
    from govdisclose.model.finding import Unusable

    try:
        disk.make(path.parent)
        disk.save(path, rollup.table(total.shares, path.suffix.lower()))
    except Unusable as error:
        return refuse(error)
    complain(f"各单位的数：{path}")
    return FINE
