"""Check drafts, and acknowledge warnings: the command ``check``."""

from __future__ import annotations

from dataclasses import dataclass
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
    complain,
    fail,
    is_stopped,
    office_limits,
    print_json,
    readings,
    refuse,
    say,
    some_of,
    summary,
    units_on,
    year_before,
)
from govdisclose.cli.progress import progress

if TYPE_CHECKING:
    from collections.abc import Iterable

    from govdisclose.county.last_year import Earlier
    from govdisclose.county.validate import CheckedDraft, CheckOptions
    from govdisclose.files.search import FoundFiles
    from govdisclose.model.finding import Finding
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
    diff: Annotated[bool, typer.Option("--diff", help="显示 --fix 会改哪些地方，不动文件")] = False,
    fix: Annotated[
        bool, typer.Option("--fix", help="把不用判断的问题改好，原来的草稿留作 .bak")
    ] = False,
) -> None:
    """核对草稿：哪里没有填、哪里对不上，怎么改；几份一起核对时互相比对。"""
    from govdisclose.county.validate import CheckOptions

    earlier = units_before(last_year)
    last = year_before(last_year) if earlier is None else None
    options = CheckOptions(earlier or {}, last, office_limits(limits))
    wanted = codes(only or []), codes(skip or [])
    among = Among(options, beside or [], units_on(roster), is_chosen("R6", *wanted))
    if acknowledge:
        acknowledged(drafts, among, acknowledge, reason)
        return
    code, listed = FINE, []
    for draft in checked_drafts(drafts, among):
        if draft.entry is None:
            code = refuse(draft.reason)
            continue
        findings = chosen(draft.findings, *wanted)
        if is_stopped(findings):
            code = max(code, FOUND)
        listed.append(as_data(draft.path, findings))
        if not as_json:
            tell(draft.path, findings)
        if diff or fix:
            mend(draft.path, findings, write=fix)
    if len(listed) > 1:
        clean = sum(not each["findings"] for each in listed)
        complain(f"共 {len(listed)} 份，没有问题的 {clean} 份")
    if as_json:
        print_json({"files": listed})
    raise typer.Exit(code)


def units_before(path: Path | None) -> Earlier | None:
    """The reports of the year before in a folder, None where it is none; ends where it is empty."""
    from govdisclose.county.last_year import units_in
    from govdisclose.model.finding import Unusable

    if path is None or not path.is_dir():
        return None
    try:
        found = units_in(path, None, lambda step: None)
    except Unusable as error:
        fail(error)
    if not found:
        fail(f"{path}：里面没有上年的报告")
    return found


def tell(path: Path, findings: list[Finding]) -> None:
    """Print the findings on a file, and how many they are."""
    from govdisclose.files import search
    from govdisclose.model.finding import said

    for finding in findings:
        say(said(finding, str(path), finding.place))
    complain(summary(path, findings))
    if any("{" in repair.new for finding in findings for repair in finding.repairs):
        complain("文字里的数写成表中的地址，打印时自动填表中的数；--diff 看怎样写，--fix 代为换好")
    open_ones = [finding for finding in findings if finding.severity.value == "warning"]
    if open_ones and search.is_draft(path):
        complain(f"看过无误的待核可以确认：{acknowledging(path, open_ones[0])}")


def mend(path: Path, findings: list[Finding], *, write: bool) -> None:
    """Show what the repairs of some findings change in a draft, or make them."""
    from difflib import unified_diff

    from govdisclose.files import disk, overwrite, search
    from govdisclose.formats import draft
    from govdisclose.model.finding import Unusable
    from govdisclose.rules.repairs import repaired

    if not search.is_draft(path):
        complain(f"{path}：只有草稿（{disk.DRAFT}）能代为改动")
        return
    try:
        reading = disk.read(path)
        if is_stopped(reading.findings):
            raise Unusable(f"{path}：先改正文件里的错误")
        report, done = repaired(reading.report, findings)
        if not done:
            complain(f"{path}：没有可以代为改动的")
            return
        old, new = draft.dumps(reading.report), draft.dumps(report)
        for line in unified_diff(old.splitlines(), new.splitlines(), str(path), str(path), n=1):
            if not write:
                say(line.rstrip())
        if write:
            kept = overwrite.put_aside(path)
            disk.save(path, new.encode())
            complain(f"{path}：改了 {len(done)} 处，原来的留在 {kept}")
    except Unusable as error:
        fail(error)


MANY = 50
"""With more drafts to compare the officer is shown that something goes on."""


@dataclass(frozen=True)
class Among:
    """How drafts are checked, the others that they are among, and the units that owe one."""

    options: CheckOptions
    beside: list[Path]
    roster: tuple[RosterUnit, ...]
    is_compared: bool

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to compare one with."""
        return not (self.beside or self.roster)


def checked_drafts(drafts: list[Path], among: Among) -> list[CheckedDraft]:
    """Every draft, opened and checked once; where there are several also beside the others."""
    from govdisclose.county.validate import CheckedDraft, check_draft
    from govdisclose.files import search
    from govdisclose.model.finding import Unusable

    files = search.listed(drafts)
    together = search.listed([*drafts, *among.beside]) if among.beside else files
    if len(together.paths) > 1 or (among.roster and among.is_compared):
        return checked_beside(drafts, files, together, among)
    [path] = some_of(files, drafts)
    try:
        checked, reading = check_draft(path, among.options)
    except Unusable as error:
        return [CheckedDraft(path, reason=str(error))]
    if reading.is_foreign:
        some_of(files.without(files.unsure), drafts)
    return [checked]


def checked_beside(
    drafts: list[Path], files: FoundFiles, together: FoundFiles, among: Among
) -> list[CheckedDraft]:
    """The files that some paths stand for, checked among more."""
    from govdisclose.county.crosscheck import BatchOptions, check_batch
    from govdisclose.county.draft_store import temporary_store
    from govdisclose.model.finding import Unusable

    shown = progress() if len(together.paths) > MANY else lambda step: None
    options = BatchOptions(among.options, among.roster, among.is_compared, progress=shown)
    try:
        with temporary_store() as store:
            found = check_batch(together, options, store)
    except Unusable as error:
        fail(error)
    wanted = frozenset(files.paths)
    some_of(files.without(wanted.difference(found.files.paths)), drafts)
    for reason in found.reasons:
        complain(reason)
    if found.missing and len(found.files.paths) > 1:
        named = "、".join(each.at for each in found.missing)
        complain(f"名册上还没有草稿的 {len(found.missing)} 个：{named}")
    return [draft for draft in found.drafts if draft.path in wanted]


Codes = tuple[str, ...]


def is_chosen(code: str, only: Codes, skip: Codes) -> bool:
    """Whether a code, or codes that begin so, may be among those to be told."""
    return not code.startswith(skip) and any(
        code.startswith(each) or each.startswith(code) for each in only or ("",)
    )


def chosen(findings: Iterable[Finding], only: Codes, skip: Codes) -> list[Finding]:
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


def acknowledged(drafts: list[Path], among: Among, what: str, reason: str) -> None:
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
        given = rules.acknowledge(
            report,
            code.upper(),
            at,
            reason,
            last=among.options.report_before(report),
            beside=found_beside(path, among),
        )
        others = (a for a in report.acknowledged if (a.rule, a.at) != (given.rule, given.at))
        report.acknowledged = (*others, given)
        keeper = autosave.AutoSave(path, path, complain)
        keeper.save(report)
    except Unusable as error:
        fail(error)
    complain(f"{keeper.path}：已确认 {what}：{reason}")


def found_beside(path: Path, among: Among) -> list[Finding] | None:
    """What is found of a draft beside others, None where there are none."""
    if among.is_empty:
        return None
    [draft] = checked_drafts([path], among)
    return [finding for finding in draft.findings if finding.code.startswith("R6")]


def as_data(path: Path, findings: list[Finding]) -> dict[str, object]:
    """The findings on a file as ``--json`` gives them."""
    from govdisclose.model import finding

    return {"file": str(path), "findings": [finding.as_data(each) for each in findings]}
