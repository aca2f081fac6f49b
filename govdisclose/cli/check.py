"""Check drafts, and acknowledge warnings: the command ``check``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from govdisclose.cli import completion
from govdisclose.cli.common import (
    FINE,
    FOUND,
    Drafts,
    LastYear,
    RosterOption,
    acknowledging,
    checked,
    complain,
    fail,
    is_stopped,
    office_limits,
    print_json,
    readings,
    refuse,
    summary,
    told,
    units_on,
    year_before,
)
from govdisclose.cli.progress import progress

if TYPE_CHECKING:
    from govdisclose.model.finding import Finding
    from govdisclose.model.report import Reading, Report
    from govdisclose.model.roster import RosterUnit


def check(
    drafts: Drafts,
    as_json: Annotated[bool, typer.Option("--json", help="输出 JSON")] = False,
    last_year: LastYear = None,
    only: Annotated[
        list[str] | None,
        typer.Option(
            "--only",
            help="只看这些代码，R4 是 R4 开头的",
            metavar="代码",
            autocompletion=completion.codes,
        ),
    ] = None,
    skip: Annotated[
        list[str] | None,
        typer.Option(
            "--skip", help="不看这些代码", metavar="代码", autocompletion=completion.codes
        ),
    ] = None,
    limits: Annotated[
        Path | None, typer.Option("--limits", help="写有 [limits] 的文件", show_default=False)
    ] = None,
    acknowledge: Annotated[
        str,
        typer.Option(
            "--acknowledge",
            help="确认一条待核",
            metavar="代码@位置",
            show_default=False,
            autocompletion=completion.warnings,
        ),
    ] = "",
    reason: Annotated[str, typer.Option("--reason", help="确认的理由", show_default=False)] = "",
    beside: Annotated[
        list[Path] | None,
        typer.Option("--beside", help="再和这些草稿比对（R6），几份一起核对时不用写"),
    ] = None,
    roster: RosterOption = None,
) -> None:
    """核对草稿：哪里没有填、哪里对不上，怎么改；几份一起核对时互相比对。"""
    from govdisclose.files import search

    last, office = year_before(last_year), office_limits(limits)
    wanted = codes(only or []), codes(skip or [])
    others = among_others(drafts, beside or [], *wanted, units_on(roster))
    if acknowledge:
        acknowledged(drafts, acknowledge, reason, last, others)
        return
    code, listed = FINE, []
    for path, reading in readings(drafts):
        if isinstance(reading, str):
            code = refuse(reading)
            continue
        reading.report.limits = office or reading.report.limits
        found = [*checked(reading, last), *others.get(search.identity(path), ())]
        findings = sorted(chosen(found, *wanted), key=lambda finding: finding.severity.rank)
        if is_stopped(findings):
            code = max(code, FOUND)
        listed.append(as_data(path, reading, findings))
        if not as_json:
            tell(path, reading, findings)
    if len(listed) > 1:
        clean = sum(not each["findings"] for each in listed)
        complain(f"共 {len(listed)} 份，没有问题的 {clean} 份")
    if as_json:
        print_json({"files": listed})
    raise typer.Exit(code)


def tell(path: Path, reading: Reading, findings: list[Finding]) -> None:
    """Print the findings on a file, and how many they are."""
    from govdisclose.files import search

    for finding in findings:
        typer.echo(told(finding, path, reading))
    complain(summary(path, findings))
    open_ones = [finding for finding in findings if finding.severity.value == "warning"]
    if open_ones and search.is_draft(path):
        complain(f"看过无误的待核可以确认：{acknowledging(path, open_ones[0])}")


MANY = 50
"""With more drafts to compare the officer is shown that something goes on."""


def among_others(
    drafts: list[Path],
    beside: list[Path],
    only: Codes,
    skip: Codes,
    roster: tuple[RosterUnit, ...] = (),
) -> dict[str, list[Finding]]:
    """What R6 finds where there are several drafts or a roster, by file."""
    from functools import partial

    from govdisclose.files import disk, search

    paths = disk.drafts([*drafts, *beside])
    if (len(paths) < 2 and not roster) or not is_chosen("R6", only, skip):
        return {}
    from govdisclose.county.crosscheck import check_batch
    from govdisclose.county.validate import check_draft

    shown = progress() if len(paths) > MANY else lambda step: None
    survey = check_batch(paths, partial(check_draft, earlier={}), roster, None, shown)
    for reason in survey.reasons:
        complain(reason)
    if survey.missing and len(paths) > 1:
        named = "、".join(each.at for each in survey.missing)
        complain(f"名册上还没有草稿的 {len(survey.missing)} 个：{named}")
    return {
        search.identity(each.path): [f for f in each.findings if f.code.startswith("R6")]
        for each in survey.looks
    }


Codes = tuple[str, ...]


def is_chosen(code: str, only: Codes, skip: Codes) -> bool:
    """Whether a code, or codes that begin so, may be among those to be told."""
    return not code.startswith(skip) and any(
        code.startswith(each) or each.startswith(code) for each in only or ("",)
    )


def chosen(findings: list[Finding], only: Codes, skip: Codes) -> list[Finding]:
    """The findings whose code begins with one of ``only`` and none of ``skip``."""
    return [f for f in findings if f.code.startswith(only or ("",)) and not f.code.startswith(skip)]


def codes(given: list[str]) -> Codes:
    """Codes, or beginnings of codes, as they were given; ends where one is unknown."""
    from govdisclose.rules import catalogue

    found = tuple(filter(None, (code.strip().upper() for code in ",".join(given).split(","))))
    for code in found:
        if not any(page.code.startswith(code) for page in catalogue.pages()):
            fail(f"没有代码 {code}；全部代码见 govdisclose rules")
    return found


def acknowledged(
    drafts: list[Path],
    what: str,
    reason: str,
    last: Report | None,
    found: dict[str, list[Finding]],
) -> None:
    """Write into a draft that a warning has been looked at."""
    from govdisclose import rules
    from govdisclose.files import disk, search
    from govdisclose.interview import autosave
    from govdisclose.model.finding import Unusable

    [(path, reading), *more] = readings(drafts)
    code, _, at = what.partition("@")
    try:
        if more or isinstance(reading, str):
            raise Unusable(reading if isinstance(reading, str) else "一次只能确认一份草稿里的一条")
        if not search.is_draft(path):
            raise Unusable(f"{path}：只有草稿（{disk.DRAFT}）里可以记下确认，先用 import 读成草稿")
        if not at:
            raise Unusable(f"{what}：写成 代码@位置，例如 R205@documents.rules")
        if is_stopped(reading.findings):
            raise Unusable(f"{path}：先改正文件里的错误，再确认")
        report = reading.report
        beside = found.get(search.identity(path))
        given = rules.acknowledge(report, code.upper(), at, reason, last=last, beside=beside)
        others = (a for a in report.acknowledged if (a.rule, a.at) != (given.rule, given.at))
        report.acknowledged = (*others, given)
        keeper = autosave.AutoSave(path, path, complain)
        keeper.save(report)
    except Unusable as error:
        fail(error)
    complain(f"{keeper.path}：已确认 {what}：{reason}")


def as_data(path: Path, reading: Reading, findings: list[Finding]) -> dict[str, object]:
    """The findings on a file as ``--json`` gives them."""
    from govdisclose.formats.draft import positions
    from govdisclose.model import finding

    placed = (each._replace(place=positions.place_of(each, reading)) for each in findings)
    return {"file": str(path), "findings": [finding.as_data(each) for each in placed]}
