"""What the drafts of bureaus give to a sum, read in several processes side by side."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from hashlib import sha256
from pathlib import Path

from govdisclose.analysis import similarity
from govdisclose.county.workers import Failure, Progress, staged
from govdisclose.files import disk
from govdisclose.formats.draft.positions import placed
from govdisclose.formats.draft.reader import still_unread
from govdisclose.model.finding import Finding, Severity
from govdisclose.model.report import Reading, Report
from govdisclose.rules import registry
from govdisclose.rules.case import Case
from govdisclose.rules.cross_unit import is_long
from govdisclose.rules.double_counting import Contribution

RULES = tuple(
    rule
    for rule in registry.RULES
    if rule.severity is Severity.ERROR and rule.code.startswith(("R101", "R2"))
)
"""What keeps figures from being added: a cell is unanswered, or they do not add up."""


def contribution(reading: Reading, file: str = "") -> Contribution:
    """What a report that has been read gives to the sum."""
    report = reading.report
    left = [*still_unread(report)]
    errors = (e for e in reading.findings if e.severity is Severity.ERROR and e not in left)
    return Contribution(
        file,
        report.bureau.name,
        report.year,
        report.form.key,
        tuple(map(report.figures.get, report.form.addresses)),
        words(report),
        reading.places.get("bureau.name"),
        tuple(placed(errors, reading)),
        tuple(placed((*left, *unsound(report)), reading)),
    )


def words(report: Report) -> str:
    """What stands for its prose without its own name, "" where that says little."""
    text = "\n".join(report.says(text) for _, text in report.texts())
    text = text.replace(report.bureau.name, "")
    return sha256(similarity.plain(text).encode()).hexdigest() if is_long(text) else ""


def unsound(report: Report) -> Iterator[Finding]:
    """What keeps the figures of a unit from being added, with its name."""
    case = Case(report)
    for rule in RULES:
        for fault in rule.check(case):
            message = f"{report.bureau.name}：{fault.message}"
            yield Finding(rule.code, rule.severity, fault.at, message)


def read(
    paths: Sequence[Path], jobs: int | None = None, progress: Progress = lambda step: None
) -> list[Contribution | str]:
    """What each draft gives to the sum, or why it cannot be read, in their order."""
    results = staged("读取", read_contribution, paths, paths, jobs, progress)
    return [result.reason if isinstance(result, Failure) else result for result in results]


def read_contribution(path: Path) -> Contribution:
    """What a draft gives to the sum; Unusable where it cannot be read."""
    return contribution(disk.read(path), str(path))
