"""Drafts read and checked, each for itself."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from govdisclose import draft, files, rules, search
from govdisclose.crew import Progress, fault, staged
from govdisclose.finding import Finding, Severity, Unusable
from govdisclose.report import Limits, Reading
from govdisclose.rules import bureaus
from govdisclose.rules.bureaus import Entry, plain
from govdisclose.shelf import Words, words


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


def look(path: Path, earlier: Earlier, limits: Limits | None = None) -> tuple[Look, Words | None]:
    """Read and check a draft; whatever keeps it from that is told."""
    try:
        return checked(path, earlier, limits)
    except Unusable as error:
        return Look(path, reason=str(error)), None
    except Exception as error:  # a fault of ours in one draft must not stop the others
        return Look(path, reason=fault(path, error)), None


def checked(path: Path, earlier: Earlier, limits: Limits | None) -> tuple[Look, Words]:
    """A draft with its findings, those against last year's report among them."""
    digest = hashlib.sha256(files.content(path)).hexdigest()
    reading = files.read(path)
    report = reading.report
    report.limits = limits or report.limits
    last = before(earlier.get(plain(report.bureau.name), {}), report.year)
    findings = rules.check(
        report, last=files.read(last).report if last else None, known=reading.findings
    )
    entry = bureaus.entry(str(path), report)
    name = files.document_name(report, "")
    return Look(path, entry, name, digest, tuple(placed(findings, reading)), last), words(report)


def placed(findings: Iterable[Finding], reading: Reading) -> Iterator[Finding]:
    """The findings with the place in the file where they stand."""
    for finding in findings:
        yield finding._replace(place=draft.place_of(finding, reading))


def before(reports: Mapping[int | None, Path], year: int | None) -> Path | None:
    """Of a unit's reports that of the year before, else any other."""
    others = [path for each, path in reports.items() if each != year]
    return reports.get((year or 0) - 1, others[-1] if others else None)


LAST_YEAR = search.Wanted((".docx", ".toml", ".html", ".htm"))


def units_in(folder: Path, jobs: int | None, progress: Progress) -> Earlier:
    """The reports in a folder by unit and year; other files are passed over."""
    if not folder.is_dir():
        raise Unusable(f"{folder}：没有这个文件夹，这里要放着上年报告的文件夹")
    paths = search.found([folder], LAST_YEAR).paths
    units: dict[str, dict[int | None, Path]] = defaultdict(dict)
    known = staged("读上年", identity, paths, paths, jobs, progress)
    for path, found in zip(paths, known, strict=True):
        if found:
            units[found[0]][found[1]] = path
    return units


def identity(path: Path) -> tuple[str, int | None] | None:
    """Unit and year of a report, None where there is none in the file."""
    with suppress(Exception):  # a folder of last year's holds other things too
        report = files.read(path).report
        return plain(report.bureau.name), report.year
    return None
