"""What the commands share: reading drafts, saying what is wrong, ending.

Results go to standard output, progress and complaints to standard error. The
exit code is 0 where all is well, 1 for findings that stop, 2 for wrong usage
or unusable input, 130 after an interruption.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from govdisclose.model.text import in_one_line, visible

if TYPE_CHECKING:
    from govdisclose.files.search import FileKinds, FoundFiles
    from govdisclose.model.finding import Finding
    from govdisclose.model.report import Limits, Reading, Report
    from govdisclose.model.roster import RosterUnit

FINE, FOUND, UNUSABLE, INTERRUPTED = 0, 1, 2, 130

Drafts = Annotated[
    list[Path],
    typer.Argument(
        metavar="草稿", help="草稿文件、文件夹（连同下级文件夹）或通配符", show_default=False
    ),
]
LastYear = Annotated[
    Path | None,
    typer.Option("--last-year", help="上年的草稿或报告", show_default=False),
]


def say(text: object, *, err: bool = False) -> None:
    """Print some lines of the result; nothing in them steers the terminal."""
    typer.echo(visible(text), err=err)


def complain(text: object) -> None:
    """Say something to the officer beside the result."""
    say(text, err=True)


def print_json(value: object) -> None:
    """Print what programs read: UTF-8 and LF, whatever the console's encoding is."""
    import json

    typer.echo(visible(json.dumps(value, ensure_ascii=False, indent=2)).encode())


def refuse(message: object) -> int:
    """Say one sentence about something unusable; gives its exit code."""
    complain(f"用不了：{message}")
    return UNUSABLE


def fail(message: object) -> NoReturn:
    """End with one sentence about something unusable."""
    raise typer.Exit(refuse(message))


def found(paths: Iterable[Path], wanted: FileKinds | None = None) -> list[Path]:
    """The drafts that the paths stand for; what is passed over is said; exits at none."""
    from govdisclose.files import search

    paths = list(paths)
    if wanted:
        return some_of(search.found(paths, wanted), paths, "可以收的文件")
    return some_of(search.found(paths), paths)


def some_of(files: FoundFiles, paths: Iterable[Path], what: str = "") -> list[Path]:
    """The files that some paths stand for; what is passed over is said; exits at none."""
    from govdisclose.files import search

    tell_passed(files)
    if not files.paths:
        what = what or f"草稿（{search.DRAFT} 文件）"
        fail(f"{'、'.join(map(in_one_line, paths))}：里面没有{what}")
    return files.paths


def tell_passed(files: FoundFiles) -> None:
    """Say, in a line for each reason, which files were passed over."""
    for why in dict.fromkeys(each.why for each in files.passed):
        paths = [each.path for each in files.passed if each.why == why]
        more = f"等 {len(paths)} 个" if len(paths) > 5 else ""
        complain(f"{'、'.join(map(in_one_line, paths[:5]))}{more}：{why}")


def readings(
    paths: Iterable[Path], wanted: FileKinds | None = None
) -> list[tuple[Path, Reading | str]]:
    """Each draft that the paths stand for, or why it cannot be read."""
    from govdisclose.files import disk
    from govdisclose.model.finding import Unusable

    read: list[tuple[Path, Reading | str]] = []
    for path in found(paths, wanted):
        try:
            read.append((path, disk.read(path)))
        except Unusable as error:
            read.append((path, str(error)))
    return read


def units_on(path: Path | None) -> tuple[RosterUnit, ...]:
    """The units on a roster, none where none is given; what was read is told."""
    from govdisclose.county import roster

    if path is None:
        return ()
    read = roster.read(path)
    for line in roster.told(path, read):
        complain(line)
    return read.units


def year_before(path: Path | None) -> Report | None:
    """The report of the year before, where a file of it is given."""
    from govdisclose.files import disk
    from govdisclose.model.finding import Unusable

    try:
        report = disk.read(path).report if path else None
    except Unusable as error:
        fail(error)
    if path and report and not (report.figures or is_written(path, report)):
        fail(f"{path}：没有读到上年的数字；请核对是不是这份报告")
    return report


def is_written(path: Path, report: Report) -> bool:
    """Whether a draft says something in words, though it has no figures yet."""
    from govdisclose.files import search

    return search.is_draft(path) and any(prose.is_answered for prose in report.prose.values())


def opened(path: Path) -> Reading:
    """A draft that is to be written again; Unusable while reading it would lose anything."""
    from govdisclose.files import disk, search
    from govdisclose.model.finding import Unusable

    reading = disk.read(path)
    if not search.is_draft(path):
        raise Unusable(f"{path}：不是草稿（{disk.DRAFT}），先用 import 读成草稿")
    for finding in reading.findings:
        complain(told(finding, path, reading))
    if is_stopped(finding for finding in reading.findings if finding.code != "D007"):
        raise Unusable(f"{path}：先在文件里改正上面指出的地方，免得丢掉写在那里的内容")
    return reading


def checked(reading: Reading, last: Report | None = None) -> list[Finding]:
    """All findings on a report that has been read, beside that of the year before."""
    from govdisclose import rules

    return rules.check(reading.report, last=last, known=reading.findings)


def told(finding: Finding, path: Path, reading: Reading) -> str:
    """A finding as printed, with its place in the file."""
    from govdisclose.formats.draft import positions
    from govdisclose.model.finding import said

    return said(finding, str(path), positions.place_of(finding, reading))


def acknowledging(path: Path, warning: Finding) -> str:
    """The command that acknowledges a warning on a draft."""
    from govdisclose.files.names import in_shell

    beside = f"--beside {in_shell(path.parent)} " if warning.code.startswith("R6") else ""
    what = f"{warning.code}@{warning.at}"
    return f"govdisclose check {in_shell(path)} {beside}--acknowledge {what} --reason 理由"


def is_stopped(findings: Iterable[Finding]) -> bool:
    """Whether there is an error among some findings."""
    return any(finding.severity.value == "error" for finding in findings)


def summary(path: Path, findings: list[Finding]) -> str:
    """How many findings of each severity a file has."""
    from govdisclose.model.finding import Severity

    counts = [
        f"{severity.label} {count} 条"
        for severity in Severity
        if (count := sum(finding.severity is severity for finding in findings))
    ]
    return f"{path}：{'，'.join(counts) or '没有发现问题'}"


def target_of(path: Path, report: Report, output: Path | None, suffix: str) -> Path:
    """Where a report's document goes: beside its draft, or where -o says."""
    from govdisclose.files import disk, names

    if output is not None and output.suffix and not output.is_dir():
        disk.make(output.parent)
        return output
    folder = output or path.parent
    disk.make(folder)
    return folder / names.document_name(report, suffix)


def office_limits(path: Path | None) -> Limits | None:
    """The limits that a file of the office sets, written like those in a draft."""
    from govdisclose.files import disk
    from govdisclose.formats import draft
    from govdisclose.model.finding import Unusable

    if path is None:
        return None
    try:
        reading = draft.loads(disk.content(path))
    except Unusable as error:
        fail(f"{path}：{error}")
    faults = [f for f in reading.findings if f.at != "year" and is_stopped([f])]
    if faults:
        fail(f"{path}：{faults[0].message}")
    return reading.report.limits


RosterOption = Annotated[
    Path | None,
    typer.Option(
        "--roster",
        help="应报单位名册：一行一个，或者表格，列有全称、简称、联系人、电话",
        show_default=False,
    ),
]
