"""Warnings that an officer has looked at, and when they come back."""

from __future__ import annotations

from collections.abc import Iterable

from govdisclose.model.figures import shown
from govdisclose.model.finding import Finding, Severity
from govdisclose.model.form import Address
from govdisclose.model.report import Acknowledged, Report
from govdisclose.rules.case import Fault, figure_name


def concerned(report: Report, fault: Fault) -> dict[str, str]:
    """What a fault is about: its figures as stated, or what it says of a text."""
    cells = fault.figures or figures_at(report, fault.at)
    stated = {str(cell): shown(report.figures.get(cell)) for cell in cells}
    if figures_at(report, fault.at):
        return stated
    return stated | {fault.at: fault.message.partition("\n")[0]}


def figures_at(report: Report, at: str) -> tuple[Address, ...]:
    """The figures of a path: one, those of a row, or none where it is a text."""
    form = report.form
    if at in form.by_name:
        return (form.by_name[at],)
    table, _, row = at.partition(".")
    return form.lines[table, row].cells if (table, row) in form.lines else ()


def given(report: Report, code: str, reason: str, faults: Iterable[Fault]) -> Acknowledged:
    """The acknowledgement of all faults of one rule at one place."""
    figures: dict[str, str] = {}
    at = ""
    for fault in faults:
        at = fault.at
        for name, value in concerned(report, fault).items():
            said = figures.get(name, value).split("\n")
            figures[name] = "\n".join(dict.fromkeys((*said, value)))
    return Acknowledged(code, at, reason, tuple(figures.items()))


def apply_acknowledgement(report: Report, finding: Finding, fault: Fault) -> Finding:
    """A finding as it is to be told, with regard to what has been acknowledged."""
    for item in report.acknowledged:
        if (item.rule, item.at) == (finding.code, finding.at):
            return acknowledged_finding(report, finding, fault, item)
    return finding


def acknowledged_finding(
    report: Report, finding: Finding, fault: Fault, item: Acknowledged
) -> Finding:
    """A finding that has been acknowledged: a hint, unless that does not hold."""
    if finding.severity is Severity.ERROR:
        return finding._replace(message=f"{finding.message}\n错误不能确认，只能改正")
    if changes := changed(report, fault, item):
        lapsed = f"原先的确认（{item.reason}）已失效：{'；'.join(changes)}"
        return finding._replace(message=f"{finding.message}\n{lapsed}")
    message = f"{finding.message}\n已确认：{item.reason}"
    return finding._replace(severity=Severity.HINT, message=message)


def changed(report: Report, fault: Fault, item: Acknowledged) -> list[str]:
    """What has changed since a fault was acknowledged: figures, else the text."""
    before, form = dict(item.figures), report.form
    now = concerned(report, fault)
    other = [name for name in now if now[name] not in before.get(name, "").split("\n")]
    figures = [
        f"{figure_name(form, form.by_name[name])}原为 {before.get(name) or '空'}，现为 {now[name]}"
        for name in other
        if name in form.by_name
    ]
    return figures or ["文字有改动"] * bool(other)
