"""Drafts read and checked, each for itself."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from govdisclose import rules
from govdisclose.county.last_year import Earlier, before
from govdisclose.county.text_index import TextSketch, sketch_texts
from govdisclose.county.workers import internal_error
from govdisclose.files import disk, names
from govdisclose.formats.draft.positions import placed
from govdisclose.model.finding import Finding, Severity, Unusable
from govdisclose.model.report import Limits
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


def check_draft(
    path: Path, earlier: Earlier, limits: Limits | None = None
) -> tuple[CheckedDraft, TextSketch | None]:
    """Read and check a draft; whatever keeps it from that is told."""
    try:
        return check_report(path, earlier, limits)
    except Unusable as error:
        return CheckedDraft(path, reason=str(error)), None
    except Exception as error:  # an internal error in one draft must not stop the others
        return CheckedDraft(path, reason=internal_error(path, error)), None


def check_report(
    path: Path, earlier: Earlier, limits: Limits | None
) -> tuple[CheckedDraft, TextSketch]:
    """A draft with its findings, those against last year's report among them."""
    digest = hashlib.sha256(disk.content(path)).hexdigest()
    reading = disk.read(path)
    report = reading.report
    report.limits = limits or report.limits
    last = before(earlier.get(plain(report.bureau.name), {}), report.year)
    findings = rules.check(
        report, last=disk.read(last).report if last else None, known=reading.findings
    )
    entry = peers.particulars_of(str(path), report)
    name = names.document_name(report, "")
    return CheckedDraft(
        path, entry, name, digest, tuple(placed(findings, reading)), last
    ), sketch_texts(report)
