"""Drafts read and checked, each for itself."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from govdisclose import rules
from govdisclose.county.last_year import Earlier, before
from govdisclose.files import disk, names
from govdisclose.formats.draft.positions import placed
from govdisclose.model.finding import Finding, Severity
from govdisclose.model.report import Limits, Reading, Report
from govdisclose.model.text import plain
from govdisclose.rules import peers
from govdisclose.rules.peers import Particulars


@dataclass(frozen=True)
class CheckedDraft:
    """A draft as it was read and checked; ``entry`` is None where it was not.

    ``stem`` is the name of its documents, ``digest`` that of its bytes.
    """

    path: Path
    entry: Particulars | None = None
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


@dataclass(frozen=True)
class CheckOptions:
    """What drafts are held against: the reports of last year, and an office's limits.

    ``earlier`` are those of each unit, ``last`` is one for all.
    """

    earlier: Earlier = field(default_factory=dict)
    last: Report | None = None
    limits: Limits | None = None

    def file_before(self, report: Report) -> Path | None:
        """The file of a unit's report of the year before, where one is known by its name."""
        return before(self.earlier.get(plain(report.bureau.name), {}), report.year)

    def report_before(self, report: Report) -> Report | None:
        """A unit's report of the year before; Unusable where its file cannot be read."""
        path = self.file_before(report)
        return disk.read(path).report if path else self.last


def check_draft(path: Path, options: CheckOptions) -> tuple[CheckedDraft, Reading]:
    """A draft with its findings, those against last year's report among them.

    Unusable where it cannot be read, or last year's cannot.
    """
    reading = disk.read(path)
    report = reading.report
    report.limits = options.limits or report.limits
    before_it = options.file_before(report)
    last = options.report_before(report)
    findings = rules.check(report, last=last, known=reading.findings)
    checked = CheckedDraft(
        path,
        peers.particulars_of(str(path), report),
        names.document_name(report, ""),
        reading.digest,
        tuple(placed(findings, reading)),
        before_it,
    )
    return checked, reading
