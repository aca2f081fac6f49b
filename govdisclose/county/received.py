"""Every file that ever came in, remembered beside the drafts: whose, when, what became of it."""

from __future__ import annotations

import json
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from govdisclose.analysis.unit_names import UnitNames
from govdisclose.county.intake import Intake
from govdisclose.county.submissions import State
from govdisclose.files import disk
from govdisclose.model.finding import Severity, Unusable
from govdisclose.model.text import plain

RECORD = ".govdisclose-received.json"
STATES = {state.value: state for state in State}


@dataclass(frozen=True)
class ReceivedFile:
    """A file that came in: whose it is as far as is known, and what became of it.

    ``date`` is when it was changed last; ``state`` and ``reason`` are as they were
    told; ``faults`` counts the errors that arose on reading.
    """

    file: str
    date: str = ""
    unit: str = ""
    state: str = ""
    reason: str = ""
    faults: int = 0
    draft: str = ""

    @property
    def is_read(self) -> bool:
        """Whether the unit's report is known from it."""
        return STATES.get(self.state, State.UNREADABLE).is_read

    @property
    def day(self) -> str:
        """When it was changed last, to the minute."""
        return self.date[:16]


def noted(taken: Iterable[Intake], roster: UnitNames) -> list[ReceivedFile]:
    """What came in, to be remembered; of a file that cannot be read the name tells whose it is."""
    return [
        ReceivedFile(
            each.arrival.label,
            each.arrival.date,
            each.unit or unit_in(each, roster),
            each.state.value,
            each.reason,
            sum(finding.severity is Severity.ERROR for finding in each.findings),
            each.sent.target.name if each.sent and each.state.is_read else "",
        )
        for each in taken
    ]


def unit_in(each: Intake, roster: UnitNames) -> str:
    """The one unit that a file's name or its folder's names, empty where that is not one."""
    for text in (each.arrival.name.stem, each.arrival.path.stem, each.arrival.name.parent.name):
        units = roster.named_in(plain(text)) if text else ()
        if len(units) == 1:
            return units[0].name
    return ""


def merged(known: Iterable[ReceivedFile], new: Iterable[ReceivedFile]) -> list[ReceivedFile]:
    """All that ever came in; a file that came in again as it was is one."""
    files = {(each.file, each.date): each for each in known}
    for each in new:
        before = files.get((each.file, each.date))
        is_idle = before and before.is_read and each.state in (State.SAME.value, State.COPY.value)
        files[each.file, each.date] = before if before and is_idle else each
    return sorted(files.values(), key=lambda each: (each.date, each.file))


def recorded(folder: Path) -> list[ReceivedFile]:
    """What has come in for the drafts of a folder; nothing where that is not known."""
    with suppress(OSError, ValueError, TypeError, AttributeError, KeyError):
        known = json.loads((folder / RECORD).read_text(encoding="utf-8"))
        blank = ReceivedFile("")
        return [
            replace(blank, **{k: type(getattr(blank, k))(v) for k, v in each.items()})
            for each in known["files"]
        ]
    return []


def keep(folder: Path, files: Iterable[ReceivedFile]) -> None:
    """Remember what has come in; where that fails, the next register knows less."""
    text = json.dumps({"files": [asdict(each) for each in files]}, ensure_ascii=False, indent=1)
    with suppress(Unusable):
        disk.save(folder / RECORD, text.encode())


def unread_by_unit(
    files: Iterable[ReceivedFile], roster: UnitNames
) -> dict[str, list[ReceivedFile]]:
    """The files from which no report is known, by the unit that they are of."""
    found: dict[str, list[ReceivedFile]] = {}
    for each in files:
        if not each.is_read and each.unit:
            found.setdefault(roster.key(each.unit), []).append(each)
    return found
