"""Many drafts read, checked and held side by side.

What was read is in a store meanwhile: in memory stays of each draft only what
is to be told of it at the end.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import NamedTuple

from govdisclose.county.draft_store import DraftStore, StoredDraft, stored_draft
from govdisclose.county.validate import CheckedDraft, CheckOptions, check_draft
from govdisclose.county.workers import Failure, Progress, attempt, staged
from govdisclose.files import disk
from govdisclose.files.search import FoundFiles
from govdisclose.formats.draft.positions import placed
from govdisclose.model.finding import Finding, Unusable
from govdisclose.model.roster import Listed, unit_of
from govdisclose.rules import acknowledgement, cross_unit
from govdisclose.rules.case import Case
from govdisclose.rules.peers import Roster


@dataclass(frozen=True)
class BatchOptions:
    """How many drafts are checked: each for itself, and by whom.

    ``roster`` names those that owe a draft; with ``is_beside`` they are also
    held beside each other.
    """

    check: CheckOptions = field(default_factory=CheckOptions)
    roster: Sequence[Listed] = ()
    is_beside: bool = True
    jobs: int | None = None
    progress: Progress = lambda step: None


class BatchCheck(NamedTuple):
    """The drafts as they were found, who is missing, and what was not compared and why.

    ``files`` are those that are drafts; ``store`` is None where it holds nothing.
    """

    drafts: list[CheckedDraft]
    files: FoundFiles
    store: DraftStore | None = None
    missing: tuple[Finding, ...] = ()
    reasons: tuple[str, ...] = ()


class DraftToCompare(NamedTuple):
    """A draft by its number, and what is known of it by its particulars."""

    number: int
    path: Path
    remarks: tuple[Finding, ...]


def check_batch(files: FoundFiles, options: BatchOptions, store: DraftStore) -> BatchCheck:
    """Every draft, opened once, checked for itself and beside the others."""
    drafts: list[CheckedDraft] = []
    foreign: list[Path] = []
    each = check_each(files, options, drafts, foreign)
    reasons = [*fill(store, each, options.roster)]
    whole = None if reasons else store
    found = BatchCheck(drafts, files.without(foreign), whole, (), tuple(reasons))
    return cross_checked(found, options) if options.is_beside else found


def check_each(
    files: FoundFiles, options: BatchOptions, drafts: list[CheckedDraft], foreign: list[Path]
) -> Iterator[tuple[int, StoredDraft]]:
    """Collect every draft, read and checked; gives by number what is to be stored."""
    paths = files.paths
    work = partial(check_and_store, options=options.check)
    results = staged("核对", work, paths, paths, options.jobs, options.progress)
    for path, result in zip(paths, results, strict=True):
        if isinstance(result, Failure):
            drafts.append(CheckedDraft(path, reason=result.reason))
            continue
        checked, stored, is_foreign = result
        if is_foreign and path in files.unsure:
            foreign.append(path)
        else:
            drafts.append(checked)
            yield len(drafts) - 1, stored


def check_and_store(path: Path, options: CheckOptions) -> tuple[CheckedDraft, StoredDraft, bool]:
    """A draft read and checked, what is stored of it, and whether it may be none at all."""
    checked, reading = check_draft(path, options)
    return checked, stored_draft(reading), reading.is_foreign


def fill(
    store: DraftStore, drafts: Iterator[tuple[int, StoredDraft]], roster: Sequence[Listed]
) -> Iterator[str]:
    """Fill a store; a reason where the disk does not hold it, the drafts are read all the same."""
    try:
        store.fill(drafts, [unit_of(each).name for each in roster])
    except Unusable as error:
        yield str(error)
        for _ in drafts:
            pass


def cross_checked(found: BatchCheck, options: BatchOptions) -> BatchCheck:
    """Every draft with what is found of it beside the others.

    Interrupted, it has ended the processes before the store is cleared away.
    """
    remarks, missing, faults = check_roster(found.drafts, options.roster)
    tasks = [
        DraftToCompare(number, each.path, tuple(remarks.get(str(each.path), ())))
        for number, each in enumerate(found.drafts)
        if each.entry
    ]
    work, paths = partial(cross_check, store=found.store), [task.path for task in tasks]
    results = staged("比对", work, tasks, paths, options.jobs, options.progress)
    with closing(results):
        drafts = [
            with_cross_check(each, next(results)) if each.entry else each for each in found.drafts
        ]
    return found._replace(drafts=drafts, missing=missing, reasons=(*found.reasons, *faults))


def check_roster(
    drafts: list[CheckedDraft], roster: Sequence[Listed]
) -> tuple[dict[str, list[Finding]], tuple[Finding, ...], list[str]]:
    """What the particulars of all drafts say: of each, of the roster, and internal errors."""
    remarks: dict[str, list[Finding]] = defaultdict(list)
    entries = tuple(each.entry for each in drafts if each.entry)
    faults = []
    for rule in cross_unit.ROSTER_RULES:
        roll = Roster(entries, tuple(roster))
        found = attempt(Path(rule.code), lambda: [*cross_unit.found(rule, roll)])  # noqa: B023
        if isinstance(found, Failure):
            faults.append(found.reason)
            continue
        for file, finding in found:
            remarks[file].append(finding)
    return remarks, tuple(remarks.pop("", [])), faults


def with_cross_check(draft: CheckedDraft, told: tuple[Finding, ...] | Failure) -> CheckedDraft:
    """A draft with what was found of it beside the others, the gravest first."""
    if isinstance(told, Failure):
        return CheckedDraft(draft.path, reason=told.reason)
    every = sorted((*draft.findings, *told), key=lambda finding: finding.severity.rank)
    return replace(draft, findings=tuple(every))


def cross_check(task: DraftToCompare, store: DraftStore | None) -> tuple[Finding, ...]:
    """What is found of a draft beside the others; what is acknowledged is a hint."""
    remarks = (*task.remarks, *(by_words(task, store) if store else ()))
    if not remarks:
        return ()
    reading = store.reading(task.number) if store else disk.read(task.path)
    return tuple(placed(acknowledgement.judge_remarks(Case(reading.report), remarks), reading))


def by_words(task: DraftToCompare, store: DraftStore) -> tuple[Finding, ...]:
    """What the words of a draft and of others say; what keeps us from it stops nothing."""
    found = attempt(task.path, lambda: tuple(cross_unit.check_words(store.beside(task.number))))
    if not isinstance(found, Failure):
        return found
    rule = cross_unit.TEXT_RULES[0]
    return (Finding(rule.code, rule.severity, "bureau.name", found.reason),)
