"""Warnings that an officer has looked at, and when they come back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from hashlib import sha256

from govdisclose.model.figures import shown
from govdisclose.model.finding import Finding, Severity
from govdisclose.model.form import Address
from govdisclose.model.report import Acknowledged, Report
from govdisclose.rules.case import Case, Fault, figure_name

MARK = "#"
"""Begins a hash of words; what does not is a sentence, as 0.1.0 kept it."""


def concerned(case: Case, fault: Fault) -> dict[str, str]:
    """What a fault is about: its figures as stated, else its words, as a hash."""
    report = case.report
    cells = fault.figures or figures_at(report, fault.at)
    stated = {str(cell): shown(report.figures.get(cell)) for cell in cells}
    if figures_at(report, fault.at):
        return stated
    return stated | {fault.at: MARK + sha256(subject(case, fault).encode()).hexdigest()[:12]}


def subject(case: Case, fault: Fault) -> str:
    """The words a fault is about: those it complains of, else all of its place."""
    if fault.about:
        return fault.about
    if fault.span:
        return case.words(fault.at, fault.span)
    texts = [text for at, text in case.texts.items() if f"{at}.".startswith(f"{fault.at}.")]
    return "\n".join(texts) or fault.message.partition("\n")[0]


def figures_at(report: Report, at: str) -> tuple[Address, ...]:
    """The figures of a path: one, those of a row, or none where it is a text."""
    form = report.form
    if at in form.by_name:
        return (form.by_name[at],)
    table, _, row = at.partition(".")
    return form.lines[table, row].cells if (table, row) in form.lines else ()


def given(case: Case, code: str, reason: str, faults: Iterable[Fault]) -> Acknowledged:
    """The acknowledgement of all faults of one rule at one place."""
    figures: dict[str, str] = {}
    at = ""
    for fault in faults:
        at = fault.at
        for name, value in concerned(case, fault).items():
            said = figures.get(name, value).split("\n")
            figures[name] = "\n".join(dict.fromkeys((*said, value)))
    return Acknowledged(code, at, reason, tuple(figures.items()))


def is_old(item: Acknowledged) -> bool:
    """Whether an acknowledgement is kept as a sentence, as 0.1.0 did."""
    kept = dict(item.figures).get(item.at, MARK)
    return not kept.startswith(MARK) and "：" in kept


def apply_acknowledgement(case: Case, finding: Finding, fault: Fault, number: int) -> Finding:
    """A finding as it is to be told, with regard to what has been acknowledged.

    ``number`` counts, from 0, the faults of its rule at its place.
    """
    for item in case.report.acknowledged:
        if (item.rule, item.at) == (finding.code, finding.at):
            return acknowledged_finding(case, finding, fault, item, number)
    return finding


def judge_remarks(case: Case, remarks: Iterable[Finding]) -> Iterator[Finding]:
    """What other drafts say of one, with regard to what has been acknowledged."""
    numbers: Counter[tuple[str, str]] = Counter()
    for remark in remarks:
        fault = Fault(remark.at, remark.message, about=remark.message.partition("\n")[0])
        key = remark.code, remark.at
        yield apply_acknowledgement(case, remark, fault, numbers[key])
        numbers[key] += 1


def acknowledged_finding(
    case: Case, finding: Finding, fault: Fault, item: Acknowledged, number: int
) -> Finding:
    """A finding that has been acknowledged: a hint, unless that does not hold."""
    if finding.severity is Severity.ERROR:
        return finding._replace(message=f"{finding.message}\n错误不能确认，只能改正")
    if changes := changed(case, fault, item, number):
        lapsed = f"原先的确认（{item.reason}）已失效：{'；'.join(changes)}"
        return finding._replace(message=f"{finding.message}\n{lapsed}")
    message = f"{finding.message}\n已确认：{item.reason}"
    return finding._replace(severity=Severity.HINT, message=message)


def changed(case: Case, fault: Fault, item: Acknowledged, number: int) -> list[str]:
    """What has changed since a fault was acknowledged: figures, else the text.

    One kept as sentences counts for as many faults as there are sentences.
    """
    before, form = dict(item.figures), case.report.form
    now = concerned(case, fault)
    if is_old(item):
        if number >= len(before[item.at].split("\n")):
            return ["又有一处"]
        now = {name: value for name, value in now.items() if name in before and name != item.at}
    other = [name for name in now if now[name] not in before.get(name, "").split("\n")]
    figures = [
        f"{figure_name(form, form.by_name[name])}原为 {before.get(name) or '空'}，现为 {now[name]}"
        for name in other
        if name in form.by_name
    ]
    return figures or ["文字有改动"] * bool(other)
