"""Findings as a bureau understands them: where in its sheet, what to do, in plain words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from govdisclose.files import disk
from govdisclose.formats.collection import cells
from govdisclose.formats.draft.positions import RECEIVED
from govdisclose.model.finding import Finding, Place, Severity, Unusable
from govdisclose.model.report import Report
from govdisclose.model.text import ordinal, paragraphs

_COMMAND = re.compile(r"govdisclose|--\w|草稿|\[|R\d{3}|D\d{3}|\.toml|fill|rollup")
_QUOTED = re.compile(r"“([^”]+)”")
_SOURCE = re.compile(r"收到的文件里(?P<place>[^：]*![A-Z]+\d+)：")
ACKNOWLEDGE = re.compile(r"，?写明理由后确认|后确认")


class LocatedFinding(NamedTuple):
    """A finding in a bureau's words: where it is, what is wrong, what to do."""

    finding: Finding
    where: str
    what: str
    remedy: str


def report_in(path: Path) -> Report | None:
    """The report of a draft, None where it cannot be read."""
    with suppress(Unusable):
        return disk.read(path).report
    return None


def located(findings: Iterable[Finding], report: Report) -> Iterator[LocatedFinding]:
    """Findings with the places at which a bureau knows them."""
    places = cells.places(report)
    for finding in findings:
        what, remedy = in_plain_words(finding.message)
        yield LocatedFinding(finding, where(finding, report, places), what, remedy)


def where(finding: Finding, report: Report, places: dict[str, Place]) -> str:
    """The cell of the sheet, or the paragraph of a text."""
    at = finding.at
    if at.startswith(RECEIVED):
        found = _SOURCE.search(finding.message)
        return found["place"].replace("!", " ") if found else "交来的文件"
    if place := places.get(at):
        sheet, _, cell = str(place).rpartition("!")
        return f"{sheet} {cell}"
    key, *rest = at.split(".")
    section = next((s for s in report.form.sections if s.key == key), None)
    if section is None:
        return "" if key != "preamble" else "前言"
    return f"{section.label}{part_of(rest)}{paragraph_of(finding, report)}"


def part_of(rest: list[str]) -> str:
    """The part of a section that a path names."""
    number = rest[1] if rest[:1] == ["parts"] and len(rest) > 1 else ""
    return f"（{ordinal(int(number))}）" if number.isdecimal() else ""


def paragraph_of(finding: Finding, report: Report) -> str:
    """Which paragraph of a text holds the words that a finding complains of."""
    text = dict(report.texts()).get(finding.at, "")
    if finding.span and text:
        before = text[: finding.span[0]].rpartition("\n")[0]
        return f" 第 {len(paragraphs(before)) + 1} 段"
    quoted = _QUOTED.findall(finding.message)
    for number, paragraph in enumerate(paragraphs(report.says(text)), start=1):
        if any(words.strip("…") in paragraph for words in quoted if words.strip("…")):
            return f" 第 {number} 段"
    return ""


def in_plain_words(message: str) -> tuple[str, str]:
    """What is wrong and what to do, without commands and the words of drafts."""
    what, *rest = message.split("\n")
    what = _SOURCE.sub("", what)
    clauses = (clause.strip() for line in rest for clause in re.split("；|      ", line))
    kept = [ACKNOWLEDGE.sub("，写明理由报我们", c) for c in clauses if c and not _COMMAND.search(c)]
    return what, "；".join(kept)


def by_severity(found: Iterable[LocatedFinding], severity: Severity) -> list[LocatedFinding]:
    """Those of a severity."""
    return [each for each in found if each.finding.severity is severity]
