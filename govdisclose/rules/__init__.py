"""The catalogue of checks; each rule is a generator that documents itself."""

from __future__ import annotations

from collections.abc import Iterable

from govdisclose.finding import Finding, Severity, Unusable
from govdisclose.report import Acknowledged, Report
from govdisclose.rules import (
    acknowledged,
    complete,
    figures,
    plausible,
    reading,
    statements,
    text,
    wording,
    writing,
    years,
)
from govdisclose.rules.case import Case, Fault, Rule

ERROR, WARNING, HINT = Severity

RULES = (
    Rule("R101", ERROR, complete.figures_answered),
    Rule("R102", ERROR, complete.bureau_and_year),
    Rule("R103", ERROR, complete.prose_answered),
    Rule("R104", WARNING, complete.parts_of_overview),
    Rule("R105", WARNING, complete.government_topics),
    Rule("R106", WARNING, complete.contact_given),
    Rule("R201", ERROR, figures.row_totals),
    Rule("R202", ERROR, figures.outcome_totals),
    Rule("R203", ERROR, figures.balances),
    Rule("R204", ERROR, figures.dispute_totals),
    Rule("R205", WARNING, plausible.rules_of_law),
    Rule("R206", WARNING, plausible.fees_in_wan),
    Rule("R207", ERROR, figures.carried_out_within),
    Rule("R208", WARNING, plausible.unpaid_fees_told),
    Rule("R301", WARNING, years.carried_over),
    Rule("R302", WARNING, years.stock_of_documents),
    Rule("R303", WARNING, years.repealed_within_stock),
    Rule("R304", HINT, years.leaps),
    Rule("R305", WARNING, years.copied_prose),
    Rule("R306", WARNING, years.year_before),
    Rule("R401", WARNING, text.received_said),
    Rule("R402", WARNING, text.carried_in_said),
    Rule("R403", WARNING, text.handled_said),
    Rule("R404", WARNING, text.carried_out_said),
    Rule("R405", WARNING, text.outcomes_said),
    Rule("R406", WARNING, text.applicants_said),
    Rule("R407", WARNING, text.disputes_said),
    Rule("R408", WARNING, text.documents_said),
    Rule("R409", WARNING, statements.said_all_done),
    Rule("R410", WARNING, statements.said_none),
    Rule("R411", WARNING, statements.growth_said),
    Rule("R412", HINT, statements.parts_said),
    Rule("R501", WARNING, wording.year_of_report),
    Rule("R502", WARNING, wording.document_numbers),
    Rule("R503", ERROR, wording.left_over),
    Rule("R504", WARNING, wording.old_form),
    Rule("R505", WARNING, wording.processing_fees),
    Rule("R506", WARNING, writing.personal_data),
    Rule("R507", WARNING, writing.numbering),
    Rule("R508", WARNING, wording.period),
    Rule("R509", HINT, writing.punctuation),
    Rule("R510", HINT, writing.doubled_words),
    Rule("R511", WARNING, wording.within_limits),
)


def check(
    report: Report, *, last: Report | None = None, known: Iterable[Finding] = ()
) -> list[Finding]:
    """All findings on a report, the known ones among them, the gravest first.

    ``known`` are what reading it has found: a figure that could not be read is
    not reported again as not answered. A warning that has been acknowledged is
    a hint that says so, until the figures change for which that was done.
    """
    known = list(known)
    spoilt = frozenset(finding.at for finding in known if finding.severity is ERROR)
    case = Case(report, last, spoilt)
    found = [
        acknowledged.judged(report, Finding(rule.code, rule.severity, *fault[:2]), fault)
        for rule in RULES
        for fault in rule.check(case)
    ]
    return sorted(known + found, key=lambda finding: finding.severity.rank)


def acknowledge(
    report: Report,
    code: str,
    at: str,
    reason: str,
    *,
    last: Report | None = None,
    beside: Iterable[Finding] | None = None,
) -> Acknowledged:
    """A warning as looked at, with the figures it is given for.

    ``beside`` is what R6 has found among other drafts, None where there are
    none. Unusable, in a sentence, where there is no such warning to acknowledge.
    """
    from govdisclose.rules import bureaus, catalogue

    rule = next((rule for rule in (*RULES, *bureaus.RULES) if rule.code == code), None)
    if rule is None:
        is_known = any(page.code == code for page in catalogue.pages())
        raise Unusable(f"{code} 不能在草稿里确认" if is_known else f"没有检查项 {code}")
    if rule.severity is ERROR:
        raise Unusable(f"{code} 是错误，不能确认，只能改正")
    if not reason.strip():
        raise Unusable("请写明确认的理由")
    if isinstance(rule, Rule):
        faults = [fault for fault in rule.check(Case(report, last)) if fault.at == at]
    elif beside is None:
        raise Unusable(f"{code} 要和别的单位放在一起看：加 --beside 草稿文件夹")
    else:
        faults = [Fault(f.at, f.message) for f in beside if (f.code, f.at) == (code, at)]
    if not faults:
        raise Unusable(f"{at} 处没有 {code} 的提示，不用确认")
    return acknowledged.given(report, code, reason.strip(), faults)


def unreadable(code: str, at: str, message: str) -> Finding:
    """A finding on a draft file, as grave as the page of its code says."""
    return Finding(code, reading.PAGES[code][0], at, message)
