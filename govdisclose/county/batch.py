"""Many drafts: each read, checked and printed, whatever is wrong with another.

First all are read and checked, in several processes side by side; only then is
it known whether two are of one unit, and those without an error are printed.
What has not changed since the last time is not printed again.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from pathlib import Path

from govdisclose.analysis.unit_names import UnitNames
from govdisclose.county import received
from govdisclose.county.crosscheck import BatchOptions, check_batch
from govdisclose.county.draft_store import temporary_store
from govdisclose.county.last_year import units_in
from govdisclose.county.located import report_in, where
from govdisclose.county.printing import (
    STANDARD,
    PrintJob,
    PrintResult,
    PrintTask,
    left_over,
    plan,
    print_due,
)
from govdisclose.county.validate import CheckedDraft, CheckOptions
from govdisclose.county.workers import Progress
from govdisclose.files import disk, search
from govdisclose.files.search import FoundFiles
from govdisclose.formats import PrintOptions
from govdisclose.formats.collection import cells
from govdisclose.formats.excel import listing
from govdisclose.model.finding import Finding, Severity, Unusable
from govdisclose.model.finding import as_data as finding_as_data
from govdisclose.model.report import Limits
from govdisclose.model.roster import Listed
from govdisclose.model.text import plain


class State(Enum):
    """What has become of a draft; in order, the best first."""

    PRINTED = "已生成"
    UNCHANGED = "未变化"
    DOUBTFUL = "待核"
    LEFT = "旧文档"
    MISSING = "未报送"
    UNREAD = "报了读不出"
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

    ``documents`` are those on disk that are up to date, ``fresh`` whether some
    were printed now; ``reason`` says why there are none. ``last`` is the report
    of last year it was held against. A unit of the roster that has no draft has
    an empty path.
    """

    path: Path
    bureau: str
    state: State
    findings: tuple[Finding, ...] = ()
    documents: tuple[Path, ...] = ()
    reason: str = ""
    last: Path | None = None
    fresh: bool = False

    @property
    def name(self) -> str:
        """The unit, or the file where that is not known."""
        return self.bureau or self.path.name


def run(
    paths: Iterable[Path],
    folder: Path,
    *,
    jobs: int | None = None,
    suffixes: Sequence[str] = (".docx",),
    style: PrintOptions = STANDARD,
    limits: Limits | None = None,
    last: Path | None = None,
    roster: Sequence[Listed] = (),
    everything: bool = False,
    progress: Progress = lambda step: None,
    tell: Callable[[FoundFiles], None] = lambda files: None,
) -> list[Outcome]:
    """Check the drafts that some paths stand for, and print them into a folder.

    ``limits`` are the office's own, ``last`` is a folder of last year's
    reports, ``roster`` the units that owe a draft, whose order is kept; with ``everything``
    also what has not changed is printed. ``tell`` is given the files once it is
    known which of them are drafts. Unusable only where there is nothing to do or
    nowhere to write.
    """
    paths = list(paths)
    files = search.listed(paths)
    refuse_nothing(paths, files)
    job = PrintJob(folder, tuple(suffixes), style)
    disk.make(folder)
    earlier = units_in(last, jobs, progress) if last else {}
    options = BatchOptions(
        CheckOptions(earlier, limits=limits), roster, jobs=jobs, progress=progress
    )
    with temporary_store() as store:
        found = check_batch(files, options, store)
        tell(found.files)
        refuse_nothing(paths, found.files)
        tasks = plan(found.drafts, job, everything)
        results = print_due(tasks, replace(job, store=found.store), jobs, progress)
    drafts = found.drafts
    is_whole = any(path.is_dir() for path in paths) and all(each.entry for each in drafts)
    left = left_over(folder, tasks) if is_whole else {}
    outcomes = [
        *(outcome(each, folder, tasks.get(each.path), results.get(each.path)) for each in drafts),
        *(old(folder / name, unit) for name, unit in left.items()),
        *absent(found.missing, folders_of(paths, drafts), UnitNames(roster)),
        *(Outcome(Path(), "", State.UNREADABLE, reason=reason) for reason in found.reasons),
    ]
    return in_order(outcomes, UnitNames(roster))


def folders_of(paths: Iterable[Path], drafts: Iterable[CheckedDraft]) -> set[Path]:
    """The folders in which it may be remembered what came in."""
    return {path for path in paths if path.is_dir()} | {each.path.parent for each in drafts}


def absent(
    missing: Iterable[Finding], folders: Iterable[Path], names: UnitNames
) -> Iterator[Outcome]:
    """The units without a draft: nothing was sent, or nothing that could be read."""
    files = [each for folder in folders for each in received.recorded(folder)]
    unread = received.unread_by_unit(files, names)
    for each in missing:
        sent = unread.get(plain(each.at), [])
        if sent:
            reason = "；".join(f"{file.file}：{file.reason}" for file in sent)
            yield Outcome(Path(), each.at, State.UNREAD, (each,), reason=reason)
        else:
            yield Outcome(Path(), each.at, State.MISSING, (each,))


def in_order(outcomes: list[Outcome], names: UnitNames) -> list[Outcome]:
    """What has become of drafts in the order of the roster, what it does not name last."""
    order = {plain(unit.name): number for number, unit in enumerate(names.units)}
    return sorted(outcomes, key=lambda each: order.get(names.key(each.bureau), len(order)))


def old(path: Path, unit: str) -> Outcome:
    """A document of a draft that is there no more."""
    reason = f"{path}：不是这次的草稿生成的，不用了就删去"
    return Outcome(Path(), unit.partition(" ")[0], State.LEFT, documents=(path,), reason=reason)


def refuse_nothing(paths: list[Path], files: FoundFiles) -> None:
    """Unusable where there is no draft among some files."""
    if not files.paths:
        names = "、".join(str(path) for path in paths)
        raise Unusable(f"{names}：里面没有草稿（{disk.DRAFT} 文件）")


def outcome(
    seen: CheckedDraft, folder: Path, task: PrintTask | None, result: PrintResult | None
) -> Outcome:
    """What has become of a draft after all."""
    if seen.entry is None or task is None:
        return Outcome(seen.path, "", State.UNREADABLE, reason=seen.reason)
    told = Outcome(seen.path, seen.entry.name, state(seen, result), seen.findings, last=seen.last)
    if not seen.is_sound:
        left = "、".join(name for name in task.documents if (folder / name).exists())
        return replace(told, reason=f"文件夹里的 {left} 是以前生成的" if left else "")
    made, reason = result or PrintResult({})
    left_out = set(task.due) - made.keys()
    documents = tuple(folder / name for name in task.documents if name not in left_out)
    return replace(told, documents=documents, reason=reason, fresh=bool(made))


def state(seen: CheckedDraft, result: PrintResult | None) -> State:
    """The state of a draft that has been read, and printed where it was due."""
    if not seen.is_sound:
        return State.WRONG
    if result and result.reason:
        return State.UNWRITTEN
    if seen.has(Severity.WARNING):
        return State.DOUBTFUL
    return State.PRINTED if result else State.UNCHANGED


# Telling

LISTS = (".xlsx", ".csv", ".json")
"""The formats of a list of findings."""

HEADERS = (
    "单位",
    "联系人",
    "状态",
    "编号",
    "级别",
    "位置",
    "说明",
    "来源文件",
    "草稿",
    "行",
    "列",
    "草稿里的名称",
)
FOR_PEOPLE = listing.Printing(hidden=tuple(range(8, len(HEADERS))), head_columns=1)
"""Where a finding stands in the draft is for those who open it; on paper it says nothing."""


def report(outcomes: Iterable[Outcome], suffix: str, roster: Sequence[Listed] = ()) -> bytes:
    """All findings as a file, by its suffix: .xlsx, .csv or .json."""
    if suffix == ".json":
        told = {"files": [as_data(each) for each in outcomes]}
        return json.dumps(told, ensure_ascii=False, indent=2).encode("utf-8", "replace")
    names = UnitNames(roster)
    lines = (row for each in outcomes for row in rows(each, names))
    return listing.dumps(HEADERS, lines, suffix, FOR_PEOPLE)


def rows(told: Outcome, names: UnitNames) -> Iterator[listing.ListRow]:
    """The rows of a draft: one a finding, one where there is none."""
    unit = names.find(told.bureau).unit
    draft = str(told.path) if told.path.name else ""
    read = report_in(told.path) if draft and told.findings else None
    source = read.received.file if read and read.received else ""
    start = (told.bureau, unit.reached if unit else "", told.state.value)
    if told.reason or not told.findings:
        yield (*start, "", "", "", told.reason, source, draft, None, None, "")
    places = cells.places(read) if read else {}
    for finding in told.findings:
        code, severity, at, message, place, *_ = finding
        line, column = (place.line, place.column) if place else (None, None)
        spot = where(finding, read, places) if read else ""
        yield (*start, code, severity.label, spot, message, source, draft, line, column, at)


def as_data(told: Outcome) -> dict[str, object]:
    """An outcome as JSON gives it; its findings as those of a check."""
    return {
        "file": str(told.path) if told.path.name else None,
        "bureau": told.bureau,
        "state": told.state.name.lower(),
        "documents": [str(path) for path in told.documents],
        "reason": told.reason,
        "findings": [*map(finding_as_data, told.findings)],
    }
