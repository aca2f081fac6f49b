"""The catalogue of checks; each rule is a generator that documents itself."""

from __future__ import annotations

from collections.abc import Iterable

from govdisclose.finding import Finding, Severity
from govdisclose.report import Report
from govdisclose.rules import complete, figures, reading
from govdisclose.rules.case import Case, Rule

ERROR, WARNING, HINT = Severity

RULES = (
    Rule("R101", ERROR, complete.figures_answered),
    Rule("R102", ERROR, complete.bureau_and_year),
    Rule("R103", ERROR, complete.prose_answered),
    Rule("R201", ERROR, figures.row_totals),
    Rule("R202", ERROR, figures.outcome_totals),
    Rule("R203", ERROR, figures.balances),
    Rule("R204", ERROR, figures.dispute_totals),
    Rule("R207", ERROR, figures.carried_out_within),
)


def check(
    report: Report, *, last: Report | None = None, known: Iterable[Finding] = ()
) -> list[Finding]:
    """All findings on a report, the known ones among them, the gravest first.

    ``known`` are what reading it has found: a figure that could not be read is
    not reported again as not answered.
    """
    known = list(known)
    spoilt = frozenset(finding.at for finding in known if finding.severity is ERROR)
    case = Case(report, last, spoilt)
    found = [
        Finding(rule.code, rule.severity, fault.at, fault.message)
        for rule in RULES
        for fault in rule.check(case)
    ]
    return sorted(known + found, key=lambda finding: finding.severity.rank)


def unreadable(code: str, at: str, message: str) -> Finding:
    """A finding on a draft file, as grave as the page of its code says."""
    return Finding(code, reading.PAGES[code][0], at, message)
