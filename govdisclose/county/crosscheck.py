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

from govdisclose.county.text_index import Shelf, Words, temporary
from govdisclose.county.validate import Look
from govdisclose.county.workers import Progress, died, fault, staged
from govdisclose.files import disk
from govdisclose.formats.draft.positions import placed
from govdisclose.model.finding import Finding, Unusable
from govdisclose.rules import acknowledgement, cross_unit
from govdisclose.rules.case import Fault
from govdisclose.rules.peers import Roll

Work = Callable[[Path], tuple[Look, Words | None]]


class Survey(NamedTuple):
    """The drafts as they were found, who is missing, and what was not compared and why."""

    looks: list[Look]
    missing: tuple[Finding, ...] = ()
    reasons: tuple[str, ...] = ()


class Task(NamedTuple):
    """A draft by its number, and what is known of it by its particulars."""

    number: int
    path: Path
    remarks: tuple[Finding, ...]


class Told(NamedTuple):
    """What was found of a draft beside others; a reason where it is gone."""

    findings: tuple[Finding, ...] = ()
    reason: str = ""


def surveyed(
    drafts: list[Path], work: Work, roster: Sequence[str], jobs: int | None, progress: Progress
) -> Survey:
    """Every draft, read and checked for itself and beside the others."""
    looks: list[Look] = []
    seen = looked(drafts, work, looks, jobs, progress)
    with temporary() as shelf:
        reasons = [*shelved(seen, shelf, roster)]
        remarks, missing, faults = rolled(looks, roster)
        beside = partial(told, shelf=None if reasons else shelf)
        looks = side_by_side(looks, remarks, beside, jobs, progress)
    return Survey(looks, missing, (*reasons, *faults))


def looked(
    drafts: list[Path], work: Work, looks: list[Look], jobs: int | None, progress: Progress
) -> Iterator[tuple[int, Words]]:
    """Collect every draft, read and checked; gives by number what they say."""
    results = staged("核对", work, drafts, drafts, jobs, progress)
    for number, (path, result) in enumerate(zip(drafts, results, strict=True)):
        seen, words = result or (Look(path, reason=died(path)), None)
        looks.append(seen)
        if words:
            yield number, words


def shelved(
    seen: Iterator[tuple[int, Words]], shelf: Shelf, roster: Sequence[str]
) -> Iterator[str]:
    """Fill a shelf; a reason where the disk does not hold it, the drafts are read all the same."""
    try:
        shelf.fill(seen, roster)
    except Unusable as error:
        yield str(error)
        for _ in seen:
            pass


def rolled(
    looks: list[Look], roster: Sequence[str]
) -> tuple[dict[str, list[Finding]], tuple[Finding, ...], list[str]]:
    """What the particulars of all drafts say: of each, of the roster, and faults of ours."""
    remarks: dict[str, list[Finding]] = defaultdict(list)
    entries = tuple(each.entry for each in looks if each.entry)
    faults = []
    for rule in cross_unit.ROLL_RULES:
        try:
            for file, finding in cross_unit.found(rule, Roll(entries, tuple(roster))):
                remarks[file].append(finding)
        except Exception as error:  # a fault of ours in one rule must not stop the batch
            faults.append(fault(Path(rule.code), error))
    return remarks, tuple(remarks.pop("", [])), faults


def side_by_side(
    looks: list[Look],
    remarks: dict[str, list[Finding]],
    beside: Callable[[Task], Told],
    jobs: int | None,
    progress: Progress,
) -> list[Look]:
    """Every draft with what is found of it beside the others.

    Interrupted, it has ended the processes before the shelf is cleared away.
    """
    tasks = [
        Task(number, each.path, tuple(remarks.get(str(each.path), ())))
        for number, each in enumerate(looks)
        if each.entry
    ]
    paths = [task.path for task in tasks]
    with closing(staged("比对", beside, tasks, paths, jobs, progress)) as results:
        return [beside_others(each, next(results)) if each.entry else each for each in looks]


def beside_others(seen: Look, told: Told | None) -> Look:
    """A draft with what was found of it beside the others, the gravest first."""
    findings, reason = told or Told((), died(seen.path))
    if reason:
        return Look(seen.path, reason=reason)
    every = sorted((*seen.findings, *findings), key=lambda finding: finding.severity.rank)
    return replace(seen, findings=tuple(every))


def told(task: Task, shelf: Shelf | None) -> Told:
    """What is found of a draft beside the others; what is acknowledged is a hint."""
    remarks = (*task.remarks, *(by_words(task, shelf) if shelf else ()))
    if not remarks:
        return Told()
    try:
        reading = disk.read(task.path)
        judged = (
            acknowledgement.judged(reading.report, remark, Fault(remark.at, remark.message))
            for remark in remarks
        )
        return Told(tuple(placed(judged, reading)))
    except Unusable as error:  # taken away meanwhile
        return Told((), str(error))
    except Exception as error:  # a fault of ours in one draft must not stop the others
        return Told((), fault(task.path, error))


def by_words(task: Task, shelf: Shelf) -> tuple[Finding, ...]:
    """What the words of a draft and of others say; what keeps us from it stops nothing."""
    try:
        return tuple(cross_unit.check_words(shelf.beside(task.number)))
    except Unusable as error:
        reason = str(error)
    except Exception as error:  # a fault of ours in one draft must not stop the others
        reason = fault(task.path, error)
    rule = cross_unit.TEXT_RULES[0]
    return (Finding(rule.code, rule.severity, "bureau.name", reason),)
