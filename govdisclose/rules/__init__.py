"""The catalogue of checks; each rule is a generator that documents itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from govdisclose.model import limits
from govdisclose.model.finding import Finding, Span, Unusable, at_most
from govdisclose.model.report import Acknowledged, Report
from govdisclose.rules import acknowledgement
from govdisclose.rules.case import Case, Fault, Rule
from govdisclose.rules.registry import ERROR, RULES


def check(
    report: Report, *, last: Report | None = None, known: Iterable[Finding] = ()
) -> list[Finding]:
    """All findings on a report, the known ones among them, the gravest first.

    ``known`` are what reading it has found: a figure that could not be read is
    not reported again as not answered. A warning that has been acknowledged is
    a hint that says so, until the figures change for which that was done.
    """
    known = list(known)
    unreadable = frozenset(finding.at for finding in known if finding.severity is ERROR)
    case = Case(report, last, unreadable)
    texts = dict(report.texts())
    found = [
        finding
        for rule in RULES
        for finding in at_most(in_report(case, texts, rule, rule.check(case)))
    ]
    return sorted(known + found, key=lambda finding: finding.severity.rank)


def in_report(
    case: Case, texts: Mapping[str, str], rule: Rule, faults: Iterable[Fault]
) -> Iterator[Finding]:
    """The findings of a rule: spans in the report's own texts, acknowledged ones told so."""
    numbers: dict[str, int] = {}

    def drafted(at: str, span: Span | None) -> Span | None:
        return case.report.drafted(texts[at], span) if span and at in texts else None

    for number, fault in enumerate(faults):
        if number > limits.SAME_FINDINGS:  # it will only be counted: where it stands is dear
            yield Finding(rule.code, rule.severity, fault.at, "")
            continue
        number = numbers.get(fault.at, 0)
        numbers[fault.at] = number + 1
        repairs = tuple(each._replace(span=drafted(each.at, each.span)) for each in fault.repairs)
        span = drafted(fault.at, fault.span)
        finding = Finding(
            rule.code, rule.severity, fault.at, fault.message, span=span, repairs=repairs
        )
        yield acknowledgement.apply_acknowledgement(case, finding, fault, number)


def renewed(report: Report, last: Report | None = None) -> tuple[Acknowledged, ...]:
    """The acknowledgements of a report, those kept as sentences put into figures and hashes."""
    items = report.acknowledged
    if not any(acknowledgement.is_old(item) for item in items):
        return items
    case = Case(report, last)
    rules = {rule.code: rule for rule in RULES}

    def renew(item: Acknowledged) -> Acknowledged:
        if not acknowledgement.is_old(item) or item.rule not in rules:
            return item
        faults = [fault for fault in rules[item.rule].check(case) if fault.at == item.at]
        kept = [f for n, f in enumerate(faults) if not acknowledgement.changed(case, f, item, n)]
        return acknowledgement.given(case, item.rule, item.reason, kept) if kept else item

    return tuple(renew(item) for item in items)


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
    from govdisclose.rules import catalogue, cross_unit

    rule = next((rule for rule in (*RULES, *cross_unit.RULES) if rule.code == code), None)
    if rule is None:
        is_known = any(page.code == code for page in catalogue.pages())
        raise Unusable(f"{code} 不能在草稿里确认" if is_known else f"没有检查项 {code}")
    if rule.severity is ERROR:
        raise Unusable(f"{code} 是错误，不能确认，只能改正")
    if not reason.strip():
        raise Unusable("请写明确认的理由")
    case = Case(report, last)
    if isinstance(rule, Rule):
        faults = [fault for fault in rule.check(case) if fault.at == at]
    elif beside is None:
        raise Unusable(f"{code} 要和别的单位放在一起看：加 --beside 草稿文件夹")
    else:
        faults = [
            Fault(f.at, f.message, about=f.message.partition("\n")[0])
            for f in beside
            if (f.code, f.at) == (code, at)
        ]
    if not faults:
        raise Unusable(f"{at} 处没有 {code} 的提示，不用确认")
    return acknowledgement.given(case, code, reason.strip(), faults)
