"""Many drafts read, checked and held side by side.

What they say in words is on a shelf meanwhile: in memory stays of each draft
only what is to be told of it at the end.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import NamedTuple

from govdisclose.county.text_index import TextIndex, TextSketch, temporary_index
from govdisclose.county.validate import CheckedDraft
from govdisclose.county.workers import Progress, died, internal_error, staged
from govdisclose.files import disk
from govdisclose.formats.draft.positions import placed
from govdisclose.model.finding import Finding, Unusable
from govdisclose.model.roster import Listed, unit_of
from govdisclose.rules import acknowledgement, cross_unit
from govdisclose.rules.case import Fault
from govdisclose.rules.peers import Roster

DraftChecker = Callable[[Path], tuple[CheckedDraft, TextSketch | None]]


class BatchCheck(NamedTuple):
    """The drafts as they were found, who is missing, and what was not compared and why."""

    looks: list[CheckedDraft]
    missing: tuple[Finding, ...] = ()
    reasons: tuple[str, ...] = ()


class DraftToCompare(NamedTuple):
    """A draft by its number, and what is known of it by its particulars."""

    number: int
    path: Path
    remarks: tuple[Finding, ...]


class CrossCheck(NamedTuple):
    """What was found of a draft beside others; a reason where it is gone."""

    findings: tuple[Finding, ...] = ()
    reason: str = ""


def check_batch(
    drafts: list[Path],
    work: DraftChecker,
    roster: Sequence[Listed],
    jobs: int | None,
    progress: Progress,
) -> BatchCheck:
    """Every draft, read and checked for itself and beside the others."""
    looks: list[CheckedDraft] = []
    seen = check_each(drafts, work, looks, jobs, progress)
    with temporary_index() as shelf:
        reasons = [*index_texts(seen, shelf, roster)]
        remarks, missing, faults = check_roster(looks, roster)
        beside = partial(cross_check, shelf=None if reasons else shelf)
        looks = cross_check_all(looks, remarks, beside, jobs, progress)
    return BatchCheck(looks, missing, (*reasons, *faults))


def check_each(
    drafts: list[Path],
    work: DraftChecker,
    looks: list[CheckedDraft],
    jobs: int | None,
    progress: Progress,
) -> Iterator[tuple[int, TextSketch]]:
    """Collect every draft, read and checked; gives by number what they say."""
    results = staged("核对", work, drafts, drafts, jobs, progress)
    for number, (path, result) in enumerate(zip(drafts, results, strict=True)):
        seen, words = result or (CheckedDraft(path, reason=died(path)), None)
        looks.append(seen)
        if words:
            yield number, words


def index_texts(
    seen: Iterator[tuple[int, TextSketch]], shelf: TextIndex, roster: Sequence[Listed]
) -> Iterator[str]:
    """Fill a shelf; a reason where the disk does not hold it, the drafts are read all the same."""
    try:
        shelf.fill(seen, [unit_of(each).name for each in roster])
    except Unusable as error:
        yield str(error)
        for _ in seen:
            pass


def check_roster(
    looks: list[CheckedDraft], roster: Sequence[Listed]
) -> tuple[dict[str, list[Finding]], tuple[Finding, ...], list[str]]:
    """What the particulars of all drafts say: of each, of the roster, and internal errors."""
    remarks: dict[str, list[Finding]] = defaultdict(list)
    entries = tuple(each.entry for each in looks if each.entry)
    faults = []
    for rule in cross_unit.ROSTER_RULES:
        try:
            for file, finding in cross_unit.found(rule, Roster(entries, tuple(roster))):
                remarks[file].append(finding)
        except Exception as error:  # an internal error in one rule must not stop the batch
            faults.append(internal_error(Path(rule.code), error))
    return remarks, tuple(remarks.pop("", [])), faults


def cross_check_all(
    looks: list[CheckedDraft],
    remarks: dict[str, list[Finding]],
    beside: Callable[[DraftToCompare], CrossCheck],
    jobs: int | None,
    progress: Progress,
) -> list[CheckedDraft]:
    """Every draft with what is found of it beside the others.

    Interrupted, it has ended the processes before the shelf is cleared away.
    """
    tasks = [
        DraftToCompare(number, each.path, tuple(remarks.get(str(each.path), ())))
        for number, each in enumerate(looks)
        if each.entry
    ]
    paths = [task.path for task in tasks]
    with closing(staged("比对", beside, tasks, paths, jobs, progress)) as results:
        return [with_cross_check(each, next(results)) if each.entry else each for each in looks]


def with_cross_check(seen: CheckedDraft, told: CrossCheck | None) -> CheckedDraft:
    """A draft with what was found of it beside the others, the gravest first."""
    findings, reason = told or CrossCheck((), died(seen.path))
    if reason:
        return CheckedDraft(seen.path, reason=reason)
    every = sorted((*seen.findings, *findings), key=lambda finding: finding.severity.rank)
    return replace(seen, findings=tuple(every))


def cross_check(task: DraftToCompare, shelf: TextIndex | None) -> CrossCheck:
    """What is found of a draft beside the others; what is acknowledged is a hint."""
    remarks = (*task.remarks, *(by_words(task, shelf) if shelf else ()))
    if not remarks:
        return CrossCheck()
    try:
        reading = disk.read(task.path)
        judged = (
            acknowledgement.apply_acknowledgement(
                reading.report, remark, Fault(remark.at, remark.message)
            )
            for remark in remarks
        )
        return CrossCheck(tuple(placed(judged, reading)))
    except Unusable as error:  # taken away meanwhile
        return CrossCheck((), str(error))
    except Exception as error:  # an internal error in one draft must not stop the others
        return CrossCheck((), internal_error(task.path, error))


def by_words(task: DraftToCompare, shelf: TextIndex) -> tuple[Finding, ...]:
    """What the words of a draft and of others say; what keeps us from it stops nothing."""
    try:
        return tuple(cross_unit.check_words(shelf.beside(task.number)))
    except Unusable as error:
        reason = str(error)
    except Exception as error:  # an internal error in one draft must not stop the others
        reason = internal_error(task.path, error)
    rule = cross_unit.TEXT_RULES[0]
    return (Finding(rule.code, rule.severity, "bureau.name", reason),)
