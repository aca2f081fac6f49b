"""Many drafts: each read, checked and printed, whatever is wrong with another.

First all are read and checked, in several processes side by side; only then is
it known whether two are of one unit, and those without an error are printed.
What has not changed since the last time is not printed again.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from enum import Enum
from functools import partial
from itertools import chain, count
from pathlib import Path
from typing import NamedTuple, TypeVar

from govdisclose import __version__, files, listing, rules
from govdisclose.crew import spread
from govdisclose.files import Style
from govdisclose.finding import Finding, Severity, Unusable
from govdisclose.report import Limits, Reading
from govdisclose.rules import bureaus
from govdisclose.rules.bureaus import Entry, Roll, plain

Given = TypeVar("Given")
Made = TypeVar("Made")


class State(Enum):
    """What has become of a draft; in order, the best first."""

    PRINTED = "已生成"
    UNCHANGED = "未变化"
    DOUBTFUL = "待核"
    MISSING = "未报送"
    WRONG = "有错误"
    UNREADABLE = "读不出"
    UNWRITTEN = "写不出"

    @property
    def rank(self) -> int:
        """0 for the best."""
        return list(State).index(self)


@dataclass(frozen=True)
class Outcome:
    """What has become of one draft.

    ``documents`` are those on disk that are up to date; ``reason`` says why
    there are none. ``last`` is the report of last year it was held against.
    A unit of the roster that has no draft has the roster as its path.
    """

    path: Path
    bureau: str
    state: State
    findings: tuple[Finding, ...] = ()
    documents: tuple[Path, ...] = ()
    reason: str = ""
    last: Path | None = None


class Step(NamedTuple):
    """How far a stage of the work is, and the draft that is done."""

    stage: str
    done: int
    total: int
    path: Path


Progress = Callable[[Step], None]

STANDARD = Style()


def run(
    paths: Iterable[Path],
    folder: Path,
    *,
    jobs: int | None = None,
    suffixes: Sequence[str] = (".docx",),
    style: Style = STANDARD,
    limits: Limits | None = None,
    last: Path | None = None,
    roster: Sequence[str] = (),
    everything: bool = False,
    progress: Progress = lambda step: None,
) -> list[Outcome]:
    """Check the drafts that some paths stand for, and print them into a folder.

    ``limits`` are the office's own, ``last`` is a folder of last year's
    reports, ``roster`` the names of those that owe a draft; with ``everything``
    also what has not changed is printed. Unusable only where there is nothing
    to do or nowhere to write.
    """
    drafts = found(paths)
    files.make(folder)
    work = partial(look, earlier=units_in(last, jobs) if last else {}, limits=limits)
    looks = looked(drafts, work, jobs, progress)
    looks, missing = compared(looks, roster)
    press = Press(folder, tuple(suffixes), style)
    tasks = planned(looks, press, everything)
    results = pressed(tasks, press, jobs, progress)
    return [
        *(outcome(each, folder, tasks.get(each.path), results.get(each.path)) for each in looks),
        *(Outcome(Path(), each.at, State.MISSING, (each,)) for each in missing),
    ]


def found(paths: Iterable[Path]) -> list[Path]:
    """The drafts that some paths, folders and patterns stand for, each once."""
    paths = list(paths)
    drafts = list({os.path.realpath(path): path for path in files.drafts(paths)}.values())
    if not drafts:
        names = "、".join(str(path) for path in paths)
        raise Unusable(f"{names}：里面没有草稿（{files.DRAFT} 文件）")
    return drafts


def staged(
    stage: str,
    work: Callable[[Given], Made],
    items: Sequence[Given],
    paths: Sequence[Path],
    jobs: int | None,
    progress: Progress,
) -> Iterator[Made | None]:
    """The results of a stage in the order of its items, each told as it comes."""
    results = spread(work, items, jobs)
    for done, (path, result) in enumerate(zip(paths, results, strict=True), start=1):
        progress(Step(stage, done, len(items), path))
        yield result


# Reading and checking


@dataclass(frozen=True)
class Look:
    """A draft as it was read and checked; ``entry`` is None where it was not.

    ``stem`` is the name of its documents, ``digest`` that of its bytes.
    """

    path: Path
    entry: Entry | None = None
    stem: str = ""
    digest: str = ""
    findings: tuple[Finding, ...] = ()
    last: Path | None = None
    reason: str = ""

    @property
    def unit(self) -> str:
        """Unit and year, the same however the name is spaced."""
        return f"{self.entry.unit} {self.entry.year}" if self.entry else ""

    @property
    def is_sound(self) -> bool:
        """Whether it was read and nothing in it stops printing."""
        return self.entry is not None and not self.has(Severity.ERROR)

    def has(self, severity: Severity) -> bool:
        """Whether a finding is so grave."""
        return any(finding.severity is severity for finding in self.findings)


Earlier = Mapping[str, Mapping[int | None, Path]]


def looked(
    drafts: list[Path], work: Callable[[Path], Look], jobs: int | None, progress: Progress
) -> list[Look]:
    """Every draft, read and checked."""
    results = staged("核对", work, drafts, drafts, jobs, progress)
    return [
        seen or Look(path, reason=died(path)) for path, seen in zip(drafts, results, strict=True)
    ]


def look(path: Path, earlier: Earlier, limits: Limits | None = None) -> Look:
    """Read and check a draft; whatever keeps it from that is told."""
    try:
        return checked(path, earlier, limits)
    except Unusable as error:
        return Look(path, reason=str(error))
    except Exception as error:  # a fault of ours in one draft must not stop the others
        return Look(path, reason=fault(path, error))


def fault(path: Path, error: Exception) -> str:
    """What to say of a fault of ours."""
    kind = f"{type(error).__name__}：{error}"[:200]
    return f"{path}：程序在这份草稿上出错（{kind}），请连同草稿告诉开发者；其他草稿不受影响"


def died(path: Path) -> str:
    """What to say where the process died, for lack of memory or a fault of ours."""
    return f"{path}：处理这份草稿的进程意外结束，可能是内存不足；其他草稿不受影响"


def checked(path: Path, earlier: Earlier, limits: Limits | None) -> Look:
    """A draft with its findings, those against last year's report among them."""
    digest = hashlib.sha256(files.content(path)).hexdigest()
    reading = files.read(path)
    report = reading.report
    report.limits = limits or report.limits
    last = before(earlier.get(plain(report.bureau.name), {}), report.year)
    findings = rules.check(
        report, last=files.read(last).report if last else None, known=reading.findings
    )
    return Look(
        path,
        bureaus.entry(str(path), report),
        files.document_name(report, ""),
        digest,
        tuple(placed(findings, reading)),
        last,
    )


def placed(findings: Iterable[Finding], reading: Reading) -> Iterator[Finding]:
    """The findings with the place in the file where they stand."""
    for finding in findings:
        yield finding._replace(place=finding.place or reading.places.get(finding.at))


def before(reports: Mapping[int | None, Path], year: int | None) -> Path | None:
    """Of a unit's reports that of the year before, else any other."""
    others = [path for each, path in reports.items() if each != year]
    return reports.get((year or 0) - 1, others[-1] if others else None)


def units_in(folder: Path, jobs: int | None) -> Earlier:
    """The reports in a folder by unit and year; other files are passed over."""
    paths = sorted(path for path in folder.glob("*") if path.suffix.lower() in (".docx", ".toml"))
    units: dict[str, dict[int | None, Path]] = defaultdict(dict)
    for path, known in zip(paths, spread(identity, paths, jobs), strict=True):
        if known:
            units[known[0]][known[1]] = path
    return units


def identity(path: Path) -> tuple[str, int | None] | None:
    """Unit and year of a report, None where there is none in the file."""
    with suppress(Exception):  # a folder of last year's holds other things too
        report = files.read(path).report
        return plain(report.bureau.name), report.year
    return None


def compared(looks: list[Look], roster: Sequence[str]) -> tuple[list[Look], list[Finding]]:
    """The drafts with what is found side by side, and who of the roster is missing."""
    remarks: dict[str, list[Finding]] = defaultdict(list)
    entries = tuple(each.entry for each in looks if each.entry)
    for file, finding in bureaus.check(Roll(entries, tuple(roster))):
        remarks[file].append(finding)
    missing = remarks.pop("", [])
    return [remarked(each, remarks.get(str(each.path), [])) for each in looks], missing


def remarked(seen: Look, remarks: list[Finding]) -> Look:
    """A draft with more findings, the gravest first."""
    if not remarks:
        return seen
    findings = [*seen.findings, *placed(remarks, files.read(seen.path))]
    findings.sort(key=lambda finding: finding.severity.rank)
    return replace(seen, findings=tuple(findings))


# Printing

RECORD = ".govdisclose.json"


class Done(NamedTuple):
    """A document printed earlier: of which unit, and from what."""

    unit: str
    made_from: str


Record = dict[str, Done]


class Task(NamedTuple):
    """The documents of a draft, and those of them that are to be printed now."""

    path: Path
    digest: str
    documents: Record
    due: tuple[str, ...] = ()


class Printed(NamedTuple):
    """The documents of a draft that were printed, and why the others were not."""

    names: tuple[str, ...]
    reason: str = ""


def recorded(folder: Path) -> Record:
    """What has been printed into a folder; nothing where that is not known."""
    with suppress(OSError, ValueError, TypeError, AttributeError):
        known = json.loads((folder / RECORD).read_text(encoding="utf-8"))
        return {name: Done(*map(str, done)) for name, done in known["documents"].items()}
    return {}


def keep(folder: Path, record: Record) -> None:
    """Remember what has been printed; where that fails, it is printed again."""
    text = json.dumps({"documents": record}, ensure_ascii=False, indent=1)
    with suppress(Unusable):
        files.save(folder / RECORD, text.encode())


@dataclass(frozen=True)
class Press:
    """Where documents are printed, in which formats and in which look."""

    folder: Path
    suffixes: tuple[str, ...] = (".docx",)
    style: Style = STANDARD

    def documents(self, stem: str, seen: Look) -> Record:
        """The documents of a draft under a name."""
        return {
            f"{stem}{suffix}": Done(seen.unit, self.mark(suffix, seen.digest))
            for suffix in self.suffixes
        }

    def mark(self, suffix: str, digest: str) -> str:
        """What a document depends on: this version, its style and the draft."""
        parts = (__version__, suffix, digest, *map(repr, self.style))
        return hashlib.sha256(" ".join(parts).encode()).hexdigest()


def planned(looks: Iterable[Look], press: Press, everything: bool) -> dict[Path, Task]:
    """What is to be printed of each draft that has been read.

    One with an error prints nothing; its documents are those of an earlier time.
    """
    record = recorded(press.folder)
    owners = {Path(name).stem.casefold(): done.unit for name, done in record.items()}
    tasks = {}
    for seen in looks:
        if seen.is_sound:
            documents = press.documents(stem(seen, owners), seen)
            due = (
                name
                for name, done in documents.items()
                if everything or record.get(name) != done or not (press.folder / name).exists()
            )
            tasks[seen.path] = Task(seen.path, seen.digest, documents, tuple(due))
        elif seen.entry:
            old = {name: done for name, done in record.items() if done.unit == seen.unit}
            tasks[seen.path] = Task(seen.path, seen.digest, old)
    return tasks


def stem(seen: Look, owners: dict[str, str]) -> str:
    """A name for the documents of a draft that is no other unit's, now taken."""
    names = chain([seen.stem], (f"{seen.stem}-{number}" for number in count(2)))
    return next(
        name for name in names if owners.setdefault(name.casefold(), seen.unit) == seen.unit
    )


def pressed(
    tasks: Mapping[Path, Task], press: Press, jobs: int | None, progress: Progress
) -> dict[Path, Printed]:
    """Print what is due, and remember it also when interrupted."""
    due = [task for task in tasks.values() if task.due]
    paths = [task.path for task in due]
    record, results = recorded(press.folder), {}
    made = staged("生成", partial(printed, press=press), due, paths, jobs, progress)
    try:
        for task, result in zip(due, made, strict=True):
            results[task.path] = result = result or Printed((), died(task.path))
            record.update((name, task.documents[name]) for name in result.names)
    finally:
        keep(press.folder, record)
    return results


def printed(task: Task, press: Press) -> Printed:
    """Print the documents of a draft that are due, each whole or not at all."""
    names = []
    try:
        if hashlib.sha256(files.content(task.path)).hexdigest() != task.digest:
            raise Unusable(f"{task.path}：草稿在核对以后又改动过，没有生成，请再运行一次")
        report = files.read(task.path).report
        for name in task.due:
            document = files.printed(report, Path(name).suffix, press.style)
            files.save(press.folder / name, document)
            names.append(name)
    except Unusable as error:
        return Printed(tuple(names), str(error))
    except Exception as error:  # a fault of ours in one draft must not stop the others
        return Printed(tuple(names), fault(task.path, error))
    return Printed(tuple(names))


def outcome(seen: Look, folder: Path, task: Task | None, result: Printed | None) -> Outcome:
    """What has become of a draft after all."""
    if seen.entry is None or task is None:
        return Outcome(seen.path, "", State.UNREADABLE, reason=seen.reason)
    told = Outcome(seen.path, seen.entry.name, state(seen, result), seen.findings, last=seen.last)
    if not seen.is_sound:
        left = "、".join(name for name in task.documents if (folder / name).exists())
        return replace(told, reason=f"文件夹里的 {left} 是改动以前生成的" if left else "")
    left_out = set(task.due) - set(result.names if result else ())
    documents = tuple(folder / name for name in task.documents if name not in left_out)
    return replace(told, documents=documents, reason=result.reason if result else "")


def state(seen: Look, result: Printed | None) -> State:
    """The state of a draft that has been read, and printed where it was due."""
    if not seen.is_sound:
        return State.WRONG
    if result is None:
        return State.UNCHANGED
    if result.reason:
        return State.UNWRITTEN
    return State.DOUBTFUL if seen.has(Severity.WARNING) else State.PRINTED


# Telling

HEADERS = ("草稿", "单位", "状态", "编号", "级别", "行", "列", "位置", "说明")


def report(outcomes: Iterable[Outcome], suffix: str) -> bytes:
    """All findings as a file, by its suffix: .xlsx, .csv or .json."""
    if suffix == ".json":
        told = {"files": [as_data(each) for each in outcomes]}
        return json.dumps(told, ensure_ascii=False, indent=2).encode()
    return listing.dumps(HEADERS, chain.from_iterable(map(rows, outcomes)), suffix)


def rows(told: Outcome) -> Iterator[listing.Row]:
    """The rows of a draft: one a finding, one where there is none."""
    draft = (str(told.path) if told.path.name else "", told.bureau, told.state.value)
    if told.reason or not told.findings:
        yield (*draft, "", "", None, None, "", told.reason)
    for code, severity, at, message, place in told.findings:
        yield (*draft, code, severity.label, *(place or (None, None)), at, message)


def as_data(told: Outcome) -> dict[str, object]:
    """An outcome as JSON gives it; its findings as those of a check."""
    return {
        "file": str(told.path) if told.path.name else None,
        "bureau": told.bureau,
        "state": told.state.name.lower(),
        "documents": [str(path) for path in told.documents],
        "reason": told.reason,
        "findings": [
            {
                "code": code,
                "severity": severity.value,
                "at": at,
                "line": place.line if place else None,
                "column": place.column if place else None,
                "message": message,
            }
            for code, severity, at, message, place in told.findings
        ],
    }
