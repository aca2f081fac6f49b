"""What units send back, made into drafts; the newest of each unit stands, nothing is lost.

A draft knows the file it was made from. An older file does not take the place
of a newer one, an edited draft is not touched unasked, and what is replaced is
kept; a file that is not the unit's it says it is is set aside.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import Enum
from pathlib import Path

from govdisclose import formats
from govdisclose.analysis.unit_names import UnitNames
from govdisclose.county import identity
from govdisclose.county.arrivals import Arrival
from govdisclose.files import disk, names, overwrite, search
from govdisclose.files.search import DRAFT
from govdisclose.formats import draft
from govdisclose.model.finding import Finding, Severity, Unusable
from govdisclose.model.report import Reading, Received, Report, Unread


class State(Enum):
    """What has become of a file that was sent."""

    NEW = "新收"
    REPLACED = "替换"
    SAME = "没有变化"
    COPY = "同样的又一份"
    OLDER = "不是最新、没有用"
    REFUSED = "比草稿旧、没有换"
    EDITED = "收后改过、没有动"
    CONFLICT = "没有覆盖"
    ASIDE = "放在一边"
    UNREADABLE = "读不出"

    @property
    def is_read(self) -> bool:
        """Whether the unit's report is known from it."""
        return self not in (State.ASIDE, State.UNREADABLE)


@dataclass(frozen=True)
class Submission:
    """A file that was read, and where its draft goes; ``notes`` say how its name was taken."""

    arrival: Arrival
    reading: Reading
    target: Path
    notes: tuple[str, ...] = ()

    @property
    def report(self) -> Report:
        """What it says."""
        return self.reading.report

    @property
    def has_name(self) -> bool:
        """Whether it says whose it is."""
        return bool(self.report.bureau.name.strip())

    @property
    def digest(self) -> str:
        """What stands for all that it says, and for nothing of where it came from."""
        return said(self.report)

    @property
    def data(self) -> bytes:
        """The draft."""
        sheet = self.report.received.sheet if self.report.received else ""
        arrival = self.arrival
        received = Received(arrival.label, arrival.date, self.digest, sheet, unread(self.reading))
        return draft.dumps(replace(self.report, received=received)).encode()


def said(report: Report) -> str:
    """What stands for all that a report says, wherever it came from."""
    return overwrite.digest(draft.dumps(replace(report, received=None)).encode())


def unread(reading: Reading) -> tuple[Unread, ...]:
    """What of a file has not come in, and is not found again by reading the draft."""
    again = draft.loads(draft.dumps(replace(reading.report, received=None)).encode())
    known = {(each.code, each.at) for each in again.findings}
    return tuple(
        Unread(each.code, each.at, f"{each.place}：{first}" if each.place else first)
        for each in reading.findings
        if each.severity is Severity.ERROR and (each.code, each.at) not in known
        for first in [each.message.partition("\n")[0]]
    )


# Reading


def read(arrival: Arrival, output: Path | None, roster: UnitNames) -> Submission:
    """A file that was sent; Unusable where there is no report in it."""
    if arrival.why:
        raise Unusable(arrival.why)
    reading = formats.reader(arrival.name.suffix.lower())(arrival.data)
    if is_empty(reading.report):
        raise Unusable("里面什么也没有填，没有存成草稿")
    report, notes = identity.named(reading.report, roster)
    reading = reading._replace(report=report)
    return Submission(arrival, reading, target(arrival, report, output), tuple(notes))


def is_empty(report: Report) -> bool:
    """Whether there is neither a figure nor a sentence in a report, nor a name of its own."""
    handed_out = report.received.sheet.startswith(report.bureau.name) if report.received else False
    return not (
        (report.bureau.name.strip() and not handed_out)
        or report.figures
        or any(prose.is_answered for prose in report.prose.values())
    )


def target(arrival: Arrival, report: Report, output: Path | None) -> Path:
    """Where a draft goes: the file given, else a folder under the name of its unit."""
    if output and output.suffix and not output.is_dir():
        return output
    has_name = report.bureau.name.strip()
    name = names.draft_name(report) if has_name else names.safe_name(arrival.name.stem, DRAFT)
    return (output or arrival.path.parent) / name


def commonest_year(sent: Iterable[Submission]) -> int | None:
    """The year of more than half of what was sent, None where there is none or little was sent."""
    years = Counter(each.report.year for each in sent)
    [(year, count)] = years.most_common(1) or [(None, 0)]
    return year if count > 2 and count * 2 > years.total() else None


# Which of several stands


def by_target(sent: Iterable[Submission]) -> list[list[Submission]]:
    """What was sent for each draft, the latest first."""
    groups: dict[Path, list[Submission]] = defaultdict(list)
    for each in sent:
        groups[each.target].append(each)
    return [sorted(group, key=lambda each: -each.arrival.time) for group in groups.values()]


def latest(group: list[Submission]) -> tuple[Submission, str]:
    """Of several files for one draft the one that stands, and why it does.

    Unusable where that cannot be told.
    """
    first, *others = group
    if all(each.digest == first.digest for each in others):
        return first, ""
    listed = "、".join(f"{each.arrival.label}（{when(each.arrival.date)}）" for each in group)
    if not first.has_name:
        raise Unusable(f"{listed}：都没有写单位名称，文件名又相同；先在表里写上单位名称")
    whose = first.report.bureau.name
    rivals = [each for each in others if each.arrival.time == first.arrival.time]
    if any(each.digest != first.digest for each in rivals):
        raise Unusable(
            f"{whose}有 {len(group)} 份，改动时间相同，分不出哪份是新的：{listed}；只留一份"
        )
    return first, f"{whose}有 {len(group)} 份：{listed}；用最后改动的 {first.arrival.label}"


def when(date: str) -> str:
    """A date and time as an officer says it."""
    try:
        time = datetime.fromisoformat(date)
    except ValueError:
        return "时间不明"
    return f"{time.month}月{time.day}日 {time:%H:%M}"


# What becomes of a draft


UNTOUCHED = "收后改过，收上来的没有变，没有动"


@dataclass(frozen=True)
class Standing:
    """What has become of a draft for which something was sent.

    ``old`` is what the draft said before, ``kept`` where that is kept; ``why``
    is why it was left alone.
    """

    state: State
    old: Report | None = None
    kept: Path | None = None
    why: str = ""


def settle(sent: Submission, record: dict[str, str], *, force: bool, pinned: bool) -> Standing:
    """Put the draft of a file where it may stand.

    ``record`` holds the digests of drafts as they were written, by name, and is
    kept up; with ``force`` whatever is there gives way, with ``pinned`` nothing
    does that is not the same.
    """
    path, data = sent.target, sent.data
    if not disk.is_there(path):
        disk.save(path, data)
        record[path.name] = overwrite.digest(data)
        return Standing(State.NEW)
    there = disk.content(path)
    old = draft_in(there)
    is_edited = edited(there, old, record.get(path.name, ""))
    if old and said(old) == sent.digest and not pinned:
        if is_edited and path.name in record:  # a comment may have been written into it
            return Standing(State.EDITED, why=UNTOUCHED)
        if is_newer(sent, old) and not is_edited:
            disk.save(path, data)
            there = data
        record[path.name] = overwrite.digest(there)
        return Standing(State.SAME)
    if not force and (why := objection(sent, old, is_edited=is_edited, pinned=pinned)):
        return why
    kept = overwrite.put_aside(path)
    disk.save(path, data)
    record[path.name] = overwrite.digest(data)
    return Standing(State.REPLACED, old, kept)


def draft_in(data: bytes) -> Report | None:
    """The report in a draft, None where it cannot be read."""
    with suppress(Unusable):
        return draft.loads(data).report
    return None


def edited(there: bytes, old: Report | None, known: str) -> bool:
    """Whether somebody has worked on a draft since it was written here."""
    if known:
        return overwrite.digest(there) != known
    return not (old and old.received and old.received.digest == said(old))


def is_newer(sent: Submission, old: Report) -> bool:
    """Whether a file is newer than the one that a draft was made from."""
    return not old.received or old.received.date < sent.arrival.date


def objection(
    sent: Submission, old: Report | None, *, is_edited: bool, pinned: bool
) -> Standing | None:
    """Why a file does not take the place of a draft, None where it may."""
    received = old.received if old else None
    remedy = "要换，加 --replace（原来的留作 .bak）"
    if pinned:
        why = f"已经有这个草稿，没有覆盖；{remedy}，或者用 -o 换一个名字"
        return Standing(State.CONFLICT, why=why)
    if received and received.digest == sent.digest and is_edited:
        return Standing(State.EDITED, why=UNTOUCHED)
    if received and received.date > sent.arrival.date:
        return Standing(
            State.REFUSED,
            why=f"{sent.arrival.label}（{when(sent.arrival.date)}）比草稿所用的 {received.file}"
            f"（{when(received.date)}）旧，没有换；{remedy}",
        )
    if is_edited:
        why = f"已经有这个草稿，没有覆盖；要换成 {sent.arrival.label} 里的，加 --replace"
        return Standing(State.CONFLICT, why=f"{why}（原来的留作 .bak），或者用 -o 换一个名字")
    is_tied = received and received.date == sent.arrival.date
    if received and is_tied and received.file != sent.arrival.label:
        why = f"{sent.arrival.label} 和草稿所用的 {received.file} 改动时间相同，内容不同，没有换"
        return Standing(State.CONFLICT, why=f"{why}；{remedy}")
    return None


# Drafts that a corrected name or year has left behind

SEASON = timedelta(days=180)
"""Of two files of one unit sent within it, for two years, one has the wrong year."""


def left_behind(sent: Submission, roster: UnitNames) -> Iterator[Path]:
    """The drafts beside one that are of the same unit, made under a wrong name or year."""
    for path in search.here(sent.target.parent):
        if path == sent.target:
            continue
        with suppress(Unusable):
            report = draft_in(disk.content(path))
            if report and report.received and is_left(report, report.received, sent, roster):
                yield path


def is_left(report: Report, received: Received, sent: Submission, roster: UnitNames) -> bool:
    """Whether a draft says what the unit has corrected since in another."""
    if received.date > sent.arrival.date:
        return False
    sheet = sent.report.received.sheet if sent.report.received else ""
    if received.file == sent.arrival.label or (sheet and received.sheet == sheet):
        return True
    whose = roster.key(sent.report.bureau.name)
    if not roster.units or not whose or roster.key(report.bureau.name) != whose:
        return False
    return report.year == sent.report.year or is_recent(received.date, sent.arrival.date)


def is_recent(date: str, now: str) -> bool:
    """Whether two files were sent in the same season."""
    try:
        return datetime.fromisoformat(now) - datetime.fromisoformat(date) < SEASON
    except ValueError:
        return False


def retire(path: Path, record: dict[str, str]) -> Path:
    """Take a draft out of the way of those that are summed; gives where it is kept."""
    kept = overwrite.put_aside(path)
    disk.remove(path)
    record.pop(path.name, None)
    return kept


def is_stopped(findings: Iterable[Finding]) -> bool:
    """Whether there is an error among some findings."""
    return any(each.severity is Severity.ERROR for each in findings)
