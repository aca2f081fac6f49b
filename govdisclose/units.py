"""What the drafts of bureaus give to a sum, read in several processes side by side."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from govdisclose import files, rules, similar
from govdisclose.crew import Progress, died, fault, staged
from govdisclose.finding import Finding, Place, Severity, Unusable
from govdisclose.form import Form
from govdisclose.notices import FORMS
from govdisclose.report import Figure, Reading, Report
from govdisclose.rules.bureaus import Entry, is_long, plain
from govdisclose.rules.case import Case
from govdisclose.survey import placed

RULES = tuple(
    rule
    for rule in rules.RULES
    if rule.severity is Severity.ERROR and rule.code.startswith(("R101", "R2"))
)
"""What keeps figures from being added: a cell is unanswered, or they do not add up."""


@dataclass(frozen=True)
class Unit:
    """What a draft gives to the sum.

    ``figures`` are in the order of the form, None where one is not answered;
    ``words`` stand for its prose, "" where that says little; ``place`` is where
    the draft names its unit. ``slips`` are errors of the
    file, ``findings`` what keeps its figures from being added.
    """

    file: str
    name: str
    year: int | None
    form_key: str
    figures: tuple[Figure | None, ...]
    words: str = ""
    place: Place | None = None
    slips: tuple[Finding, ...] = ()
    findings: tuple[Finding, ...] = ()

    @property
    def unit(self) -> str:
        """The name, the same however it is spaced."""
        return plain(self.name)

    @property
    def form(self) -> Form:
        """The form it was reported in."""
        return FORMS[self.form_key]

    @property
    def told(self) -> str:
        """The name as a message gives it, with its file."""
        return f"{self.name}（{self.file}）" if self.file else self.name

    @property
    def entry(self) -> Entry:
        """What it says of itself, held against a roster."""
        return Entry(self.file or self.name, self.name, self.year)


def unit(reading: Reading, file: str = "") -> Unit:
    """What a report that has been read gives to the sum."""
    report = reading.report
    errors = (each for each in reading.findings if each.severity is Severity.ERROR)
    return Unit(
        file,
        report.bureau.name,
        report.year,
        report.form.key,
        tuple(map(report.figures.get, report.form.addresses)),
        words(report),
        reading.places.get("bureau.name"),
        tuple(placed(errors, reading)),
        tuple(placed(unsound(report), reading)),
    )


def words(report: Report) -> str:
    """What stands for its prose without its own name, "" where that says little."""
    text = "\n".join(report.says(text) for _, text in report.texts())
    text = text.replace(report.bureau.name, "")
    return sha256(similar.plain(text).encode()).hexdigest() if is_long(text) else ""


def unsound(report: Report) -> Iterator[Finding]:
    """What keeps the figures of a unit from being added, with its name."""
    case = Case(report)
    for rule in RULES:
        for at, message, _ in rule.check(case):
            yield Finding(rule.code, rule.severity, at, f"{report.bureau.name}：{message}")


def read(
    paths: Sequence[Path], jobs: int | None = None, progress: Progress = lambda step: None
) -> list[Unit | str]:
    """What each draft gives to the sum, or why it cannot be read, in their order."""
    results = staged("读取", taken, paths, paths, jobs, progress)
    return [result or died(path) for path, result in zip(paths, results, strict=True)]


def taken(path: Path) -> Unit | str:
    """What a draft gives to the sum, or why it cannot be read."""
    try:
        return unit(files.read(path), str(path))
    except Unusable as error:
        return str(error)
    except Exception as error:  # a fault of ours in one draft must not stop the others
        return fault(path, error)
