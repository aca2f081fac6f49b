"""What came in, file by file: read, held against the roster, and made into drafts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from govdisclose.analysis.unit_names import UnitNames
from govdisclose.county import identity, submissions
from govdisclose.county.arrivals import Arrival, opened
from govdisclose.county.submissions import State, Submission
from govdisclose.county.workers import Failure, attempt
from govdisclose.files import overwrite
from govdisclose.model.finding import Finding, Unusable
from govdisclose.model.report import Report
from govdisclose.model.text import plain


@dataclass(frozen=True)
class Intake:
    """A file that was sent, and what has become of it.

    ``sent`` is None where it could not be read; ``notes`` are what is to be said
    of its name, ``retired`` the drafts that it leaves behind, each with where it
    is kept.
    """

    arrival: Arrival
    state: State
    reason: str = ""
    sent: Submission | None = None
    old: Report | None = None
    kept: Path | None = None
    notes: tuple[str, ...] = ()
    retired: tuple[tuple[Path, Path], ...] = ()

    @property
    def unit(self) -> str:
        """Whose it says it is."""
        return self.sent.report.bureau.name if self.sent else ""

    @property
    def findings(self) -> list[Finding]:
        """What was wrong with the file."""
        return self.sent.reading.findings if self.sent else []


@dataclass(frozen=True)
class Terms:
    """How files are taken in.

    ``roster`` are the units that are to send one; with ``force`` a draft that
    was edited gives way; ``is_pinned`` where one file is named for the draft.
    """

    output: Path | None = None
    roster: UnitNames = field(default_factory=lambda: UnitNames(()))
    force: bool = False
    is_pinned: bool = False


def take_in(files: Iterable[Path], terms: Terms) -> list[Intake]:
    """Make drafts of what was sent; nothing that is wrong with one file stops another."""
    read, refused = read_all(files, terms)
    year = submissions.commonest_year(read) if terms.roster.units else None
    good, aside = set_aside(read, year, terms)
    taken = [*refused, *aside]
    records: dict[Path, dict[str, str]] = {}
    for group in submissions.by_target(good):
        folder = group[0].target.parent
        known = {} if terms.is_pinned else dict(overwrite.import_record(folder))
        taken += settled(group, records.setdefault(folder, known), terms)
    for folder, record in records.items() if not terms.is_pinned else ():
        overwrite.save_import_record(folder, record)
    return in_order(taken, terms.roster)


def in_order(taken: list[Intake], roster: UnitNames) -> list[Intake]:
    """What came in, in the order of the roster, then of the files."""
    order = {plain(unit.name): number for number, unit in enumerate(roster.units)}
    return sorted(
        taken,
        key=lambda each: (order.get(roster.key(each.unit), len(order)), each.arrival.label),
    )


def read_all(files: Iterable[Path], terms: Terms) -> tuple[list[Submission], list[Intake]]:
    """The files that could be read, and those that could not, with the reason."""
    read: list[Submission] = []
    refused: list[Intake] = []
    for arrival in (each for path in files for each in opened(path)):
        bare = arrival._replace(data=b"")  # a folder of archives is not held in memory
        work = partial(submissions.read, arrival, terms.output, terms.roster)
        result = attempt(arrival.path, work)
        if isinstance(result, Failure):
            refused.append(Intake(bare, State.UNREADABLE, result.reason))
        else:
            read.append(replace(result, arrival=bare))
    return read, refused


def set_aside(
    read: list[Submission], year: int | None, terms: Terms
) -> tuple[list[Submission], list[Intake]]:
    """The files that are whose they say they are, and those of which that is not sure."""
    good: list[Submission] = []
    aside: list[Intake] = []
    for sent in read:
        report = sent.report
        reasons = list(identity.mismatches(report, sent.arrival.name, terms.roster))
        if year and report.year and report.year != year:
            reasons.append(f"是 {report.year} 年度的，这次收的多是 {year} 年度的；核对年份再收")
        if reasons:
            aside.append(Intake(sent.arrival, State.ASIDE, reasons[0], sent))
        else:
            good.append(sent)
    return good, aside


def settled(group: list[Submission], record: dict[str, str], terms: Terms) -> Iterator[Intake]:
    """What becomes of the files for one draft: the latest stands."""
    try:
        best, why = submissions.latest(group)
        found = submissions.settle(best, record, force=terms.force, pinned=terms.is_pinned)
    except Unusable as error:
        yield from (Intake(each.arrival, State.CONFLICT, str(error), each) for each in group)
        return
    notes = (*([why] if why else []), *best.notes)
    retired: tuple[tuple[Path, Path], ...] = ()
    if found.state in (State.NEW, State.REPLACED, State.SAME) and not terms.is_pinned:
        left = list(submissions.left_behind(best, terms.roster))
        retired = tuple((path, submissions.retire(path, record)) for path in left)
    yield Intake(best.arrival, found.state, found.why, best, found.old, found.kept, notes, retired)
    for other in group:
        if other is not best:
            same = other.digest == best.digest
            state = State.COPY if same else State.OLDER
            yield Intake(other.arrival, state, f"用的是 {best.arrival.label}" * (not same), other)
