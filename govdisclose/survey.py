"""Many drafts read and checked, each for itself and beside the others."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from govdisclose import draft, files, rules
from govdisclose.crew import Progress, died, fault, spread, staged
from govdisclose.finding import Finding, Severity, Unusable
from govdisclose.report import Limits, Reading
from govdisclose.rules import acknowledged, bureaus
from govdisclose.rules.bureaus import Entry, Roll, plain
from govdisclose.rules.case import Fault


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
        yield finding._replace(place=draft.place_of(finding, reading))


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
    """A draft with more findings, the gravest first; those acknowledged are hints."""
    if not remarks:
        return seen
    try:
        reading = files.read(seen.path)
    except Unusable as error:  # taken away meanwhile
        return Look(seen.path, reason=str(error))
    told = [
        acknowledged.judged(reading.report, remark, Fault(remark.at, remark.message))
        for remark in remarks
    ]
    findings = sorted(
        (*seen.findings, *placed(told, reading)), key=lambda finding: finding.severity.rank
    )
    return replace(seen, findings=tuple(findings))
