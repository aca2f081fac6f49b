"""Take in what came back or was published: the command ``import``."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from govdisclose.cli.common import (
    FINE,
    FOUND,
    UNUSABLE,
    RosterOption,
    complain,
    fail,
    is_stopped,
    print_json,
    refuse,
    say,
    tell_passed,
    told,
    units_on,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from govdisclose.analysis.unit_names import UnitNames
    from govdisclose.county.intake import Intake
    from govdisclose.model.finding import Finding
    from govdisclose.model.report import Report
    from govdisclose.model.roster import RosterUnit

MOST_TOLD = 3
"""Of one kind of finding so many are told each for itself; more fold to one line."""

MOST_CHANGES = 30
"""So many changed cells of a draft are told."""


def named(units: tuple[RosterUnit, ...], begun: Report) -> Iterator[tuple[str, Report]]:
    """A blank report a unit, and the name of its sheet, no two of them the same."""
    from collections import Counter

    from govdisclose.files import names
    from govdisclose.model.report import Bureau, Report

    seen = Counter[str]()
    for unit in units:
        stem = names.safe_name(f"{unit.name}{begun.year}年收集表", "")
        seen[stem.lower()] += 1
        more = f"-{seen[stem.lower()]}" if seen[stem.lower()] > 1 else ""
        yield f"{stem}{more}.xlsx", Report(begun.form, begun.year, Bureau(unit.name))


def take_in(
    sources: Annotated[
        list[Path],
        typer.Argument(
            help="收集表、Word 或网页报告、.zip，或者放它们的文件夹", show_default=False
        ),
    ],
    output: Annotated[
        Path | None,
        typer.Option("-o", "--output", help="一个文件时是草稿，几个时是文件夹", show_default=False),
    ] = None,
    roster: RosterOption = None,
    register: Annotated[
        Path | None,
        typer.Option(
            "--register", help="收报台账（.xlsx）：谁报了、谁没有，每收一次续上", show_default=False
        ),
    ] = None,
    deadline: Annotated[
        str,
        typer.Option(
            "--deadline", help="报送截止日期，例如 2025-01-20", metavar="日期", show_default=False
        ),
    ] = "",
    replace: Annotated[
        bool,
        typer.Option("--replace", help="草稿改过、收上来的较旧，也换，原来的留作 .bak"),
    ] = False,
    into: Annotated[
        Path | None,
        typer.Option(
            "--into", help="把文档里改过的地方收进这份草稿，一处一处问", show_default=False
        ),
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", help="和 --into 一起：不问，都收")] = False,
    as_json: Annotated[
        bool, typer.Option("--json", help="把每个文件的结果输出成 JSON；和 --into 一起只列出不同")
    ] = False,
) -> None:
    """把收集表或已公布的 Word、网页报告读成草稿，读不准的指出在哪一格。"""
    from govdisclose.analysis.unit_names import UnitNames
    from govdisclose.county import arrivals, intake
    from govdisclose.files import disk
    from govdisclose.model.finding import Unusable

    if into is not None:
        from govdisclose.cli.merge import merge_into

        if len(sources) != 1:
            fail("--into 一次只收一个文档")
        raise typer.Exit(merge_into(sources[0], into, all_of_it=yes, as_json=as_json))
    until = day(deadline)
    found = arrivals.files_in(sources)
    files = found.paths
    tell_passed(found)
    if not files:
        fail(f"{'、'.join(map(str, sources))}：里面没有可以收的文件")
    is_file = output is not None and bool(output.suffix) and not output.is_dir()
    if is_file and len(files) > 1:
        fail(f"{output}：有 {len(files)} 个文件，-o 要写文件夹")
    if register and register.suffix.lower() != ".xlsx":
        fail(f"{register}：收报台账是 Excel 文件，写成 {register.name}.xlsx")
    names = UnitNames(units_on(roster))
    try:
        if output is not None:
            disk.make(output.parent if is_file else output)
        terms = intake.Terms(output, names, replace, is_file and not replace)
        taken = intake.take_in(files, terms)
    except Unusable as error:
        fail(error)
    code = tell(taken, in_json=as_json)
    if as_json:
        print_json({"files": [as_data(each) for each in taken]})
    raise typer.Exit(max(code, registered(taken, output, names, register, until)))


def day(text: str) -> date | None:
    """A day as it was given; ends where it is none."""
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        fail(f"--deadline {text}：日期写成年-月-日，例如 {date.today().year}-01-20")


# What became of the files


def tell(taken: list[Intake], *, in_json: bool = False) -> int:
    """Say what became of every file; gives the exit code.

    With ``in_json`` the names of the drafts do not go to standard output.
    """
    from collections import Counter

    from govdisclose.county.submissions import State

    unread = [each for each in taken if each.state is State.UNREADABLE]
    for why in dict.fromkeys(each.reason for each in unread):
        same = [each.arrival.label for each in unread if each.reason == why]
        more = f"等 {len(same)} 个" if len(same) > 5 else ""
        refuse(f"{'、'.join(same[:5])}{more}：{why}")
    codes = [tell_one(each, in_json) for each in taken if each.state is not State.UNREADABLE]
    counts = Counter(each.state.value for each in taken if each.state is not State.COPY)
    if codes:
        complain("，".join(f"{state} {count} 份" for state, count in counts.items()))
    code = max(codes, default=FINE)
    return max(code, (FOUND if codes else UNUSABLE) if unread else FINE)


def tell_one(each: Intake, in_json: bool) -> int:
    """Say what became of a file that was read; gives the exit code it deserves."""
    from govdisclose.county.submissions import State

    label, sent = each.arrival.label, each.sent
    for note in each.notes:
        complain(note if label in note else f"{label}：{note}")
    if each.state is State.CONFLICT:
        return refuse(each.reason if label in each.reason else f"{label}：{each.reason}")
    if each.state is State.ASIDE:
        complain(f"{label}：{each.reason}，没有收")
        return FOUND
    if sent is None or each.state in (State.OLDER, State.COPY):
        return FINE
    if each.state in (State.EDITED, State.REFUSED):
        complain(f"{sent.target}：{each.reason}")
        return FINE if each.state is State.EDITED else FOUND
    tell_findings(each)
    tell_coverage(each)
    if each.state is not State.SAME and not in_json:
        say(sent.target)
    tell_replaced(each)
    for path, kept in each.retired:
        complain(f"{path}：单位名称或者年份改正了，旧草稿退下，存为 {kept}")
    if not sent.has_name:
        name = sent.target.name
        complain(f"{label}：没有写单位名称，草稿按文件名存为 {name}；在草稿的 name 里补上")
    is_strange = any(note.startswith("名册上没有") for note in each.notes)
    is_dated = sent.report.year is not None
    if not is_dated:
        complain(f"{label}：没有找到年份；在草稿的 year 里补上")
    is_open = is_stopped(each.findings) or is_strange or not (sent.has_name and is_dated)
    return FOUND if is_open else FINE


def as_data(each: Intake) -> dict[str, object]:
    """A file for programs: its state, its draft, its findings and what became of 200 figures."""
    from collections import Counter

    from govdisclose.model.finding import as_data as finding_as_data

    sent = each.sent
    coverage = sent.reading.coverage if sent else None
    values = coverage.values.values() if coverage else ()
    counts = Counter(value.state.name.lower() for value in values)
    return {
        "file": each.arrival.label,
        "state": each.state.name.lower(),
        "reason": each.reason,
        "bureau": each.unit,
        "year": sent.report.year if sent else None,
        "draft": str(sent.target) if sent else None,
        "figures": counts if coverage else None,
        "findings": [finding_as_data(finding) for finding in each.findings],
    }


def tell_findings(each: Intake) -> None:
    """Print what was wrong with a file; many of one kind fold to one line."""
    assert each.sent
    by_code: dict[str, list[Finding]] = {}
    for finding in each.findings:
        by_code.setdefault(finding.code, []).append(finding)
    for same in by_code.values():
        shown = same if len(same) <= MOST_TOLD else same[:1]
        for finding in shown:
            complain(told(finding, Path(each.arrival.label), each.sent.reading))
        if len(same) > len(shown):
            places = [str(f.place or f.at) for f in same[len(shown) :]]
            more = f"等 {len(places)} 处" if len(places) > 10 else ""
            complain(f"    同样的还有：{'、'.join(filter(None, places[:10]))}{more}")


def tell_coverage(each: Intake) -> None:
    """Say how many of the form's figures were read, and which stand there blank."""
    from govdisclose.formats import accounting

    coverage = each.sent.reading.coverage if each.sent else None
    if each.sent is None or coverage is None:
        return
    complain(f"{each.arrival.label}：{accounting.summary(coverage)}")
    for finding in accounting.blanks(coverage):
        complain(told(finding, Path(each.arrival.label), each.sent.reading))


def tell_replaced(each: Intake) -> None:
    """Say of a draft that was replaced which cells have changed, from what to what."""
    from govdisclose.analysis import comparison
    from govdisclose.county.submissions import State
    from govdisclose.model.figures import shown
    from govdisclose.rules.case import figure_name

    if each.state is not State.REPLACED or each.sent is None:
        return
    target, new = each.sent.target, each.sent.report
    complain(f"{target}：换成了 {each.arrival.label} 里的，原来的留在 {each.kept}")
    if each.old is None or each.old.form != new.form:
        return
    lines = [
        f"{figure_name(new.form, cell)}：{shown(old) or '没有填'} → {shown(now) or '没有填'}"
        for cell, old, now in comparison.changes(each.old, new)
    ]
    lines += [
        f"{name}：{old or '没有填'} → {now or '没有填'}"
        for name, old, now in comparison.other_changes(each.old, new)
    ]
    if texts := comparison.changed_texts(each.old, new):
        lines.append(f"文字改动：{'、'.join(texts)}")
    for line in lines[:MOST_CHANGES]:
        complain(f"    {line}")
    if lines[MOST_CHANGES:]:
        complain(f"    另有 {len(lines) - MOST_CHANGES} 处改动")


# The register


def registered(
    taken: Iterable[Intake],
    output: Path | None,
    names: UnitNames,
    register: Path | None,
    deadline: date | None,
) -> int:
    """Remember what came in, and bring the register up to date; gives the exit code."""
    from govdisclose.county import received
    from govdisclose.county import register as registers
    from govdisclose.files import disk
    from govdisclose.model.finding import Unusable

    by_folder: dict[Path, list[Intake]] = {}
    for each in taken:
        beside = each.sent.target.parent if each.sent else each.arrival.path.parent
        folder = output if output is not None and output.is_dir() else beside
        by_folder.setdefault(folder, []).append(each)
    files: list[received.ReceivedFile] = []
    for folder, some in by_folder.items():
        known = received.recorded(folder)
        every = received.merged(known, received.noted(some, names))
        received.keep(folder, every)
        files += every
    if register is None:
        return FINE
    try:
        disk.make(register.parent)
        made = registers.dumps(register, files, by_folder, names, deadline, date.today())
        disk.save(register, made.data)
    except Unusable as error:
        return refuse(error)
    complain(f"收报台账：{register}（{made.counts}）")
    return FINE
