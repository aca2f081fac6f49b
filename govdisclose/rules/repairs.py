"""Put right what needs no judgement: the repairs that findings carry."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from govdisclose.model.figures import figure
from govdisclose.model.finding import Finding, Repair
from govdisclose.model.report import Part, Report


def repaired(report: Report, findings: Iterable[Finding]) -> tuple[Report, list[Repair]]:
    """A copy of a report with the repairs of some findings made, and those made.

    Of two that meet in one place the first counts; the other is found again when
    the report is checked anew.
    """
    made = report.copy()
    done: list[Repair] = []
    words: dict[str, list[Repair]] = {}
    for repair in (each for finding in findings for each in finding.repairs):
        if repair.span is None:
            address = report.form.by_name[repair.at]
            made.put({address: figure(repair.new, report.form.kind(address))})
            done.append(repair)
        elif not any(meets(repair, other) for other in words.get(repair.at, ())):
            words.setdefault(repair.at, []).append(repair)
            done.append(repair)
    for at, repairs in words.items():
        put_words(made, at, repairs)
    return made, done


def meets(one: Repair, two: Repair) -> bool:
    """Whether two repairs of a text change the same words."""
    if one.span is None or two.span is None:
        return False
    return (one.span[0] < two.span[1] and two.span[0] < one.span[1]) or one.span == two.span


def put_words(report: Report, at: str, repairs: list[Repair]) -> None:
    """Make the repairs of one text."""
    text = dict(report.texts())[at]
    for repair in sorted(repairs, key=lambda each: each.span or (0, 0), reverse=True):
        start, end = repair.span or (0, 0)
        text = text[:start] + repair.new + text[end:]
    section, _, rest = at.partition(".")
    if section == "preamble":
        report.preamble = text
        return
    prose = report.prose[section]
    if rest == "lead":
        report.prose[section] = replace(prose, lead=text)
        return
    _, number, field = rest.split(".")
    parts = list(prose.parts)
    part = parts[int(number) - 1]
    parts[int(number) - 1] = (
        Part(text, part.text) if field == "heading" else Part(part.heading, text)
    )
    report.prose[section] = replace(prose, parts=tuple(parts))
