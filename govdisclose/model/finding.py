"""What is wrong with a report, how grave it is, and how that is said."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from enum import Enum
from typing import NamedTuple

from govdisclose.model import limits


class Severity(Enum):
    """How grave a finding is; in order, the gravest first.

    An error contradicts the form, arithmetic or the regulation and stops
    printing. A warning needs a look and may be acknowledged with a reason. A
    hint is for information.
    """

    ERROR = "error"
    WARNING = "warning"
    HINT = "hint"

    @property
    def label(self) -> str:
        """The word an officer reads."""
        return _LABELS[self]

    @property
    def rank(self) -> int:
        """0 for the gravest."""
        return list(Severity).index(self)


_LABELS = {Severity.ERROR: "错误", Severity.WARNING: "待核", Severity.HINT: "提示"}


class Place(NamedTuple):
    """A line and a column of a file, both from 1, in characters.

    In a workbook they are row and column of a cell of ``sheet``.
    """

    line: int
    column: int
    sheet: str = ""

    def __str__(self) -> str:
        if self.sheet:
            return f"{self.sheet}!{letters(self.column)}{self.line}"
        return f"{self.line}:{self.column}"


def letters(column: int) -> str:
    """A column of a worksheet, from 1, as its head shows it: A, Z, AA."""
    before, last = divmod(column - 1, 26)
    return (letters(before) if before else "") + chr(ord("A") + last)


Span = tuple[int, int]
"""Start and end of some words in a text, in characters."""


class Repair(NamedTuple):
    """A remedy that needs no judgement: new words in a text, or a new figure.

    ``at`` is the path of the text or the figure; ``span`` is where in the text the
    words stand that give way, None where ``at`` is a figure.
    """

    at: str
    new: str
    span: Span | None = None


class Finding(NamedTuple):
    """One complaint; ``at`` is the dotted path of a figure, a row or a text.

    The first line of ``message`` says where and what, further lines show the
    arithmetic and what to do. ``place`` is given where it is more exact than
    the place of ``at``. ``span`` is where the words it complains of stand in the
    text of the report; ``repairs`` put right what needs no judgement.
    """

    code: str
    severity: Severity
    at: str
    message: str
    place: Place | None = None
    span: Span | None = None
    repairs: tuple[Repair, ...] = ()


def at_most(findings: Iterable[Finding], most: int = limits.SAME_FINDINGS) -> list[Finding]:
    """The first findings of each code; how many more there are, the next one says."""
    findings = list(findings)
    if len(findings) <= most:
        return findings
    told: list[Finding] = []
    counts: Counter[str] = Counter()
    following: dict[str, int] = {}
    for finding in findings:
        counts[finding.code] += 1
        if counts[finding.code] == most + 1:
            following[finding.code] = len(told)
        if counts[finding.code] <= most + 1:
            told.append(finding)
    for code, at in following.items():
        message = f"这样的问题还有 {counts[code] - most} 处，没有再列；先改正列出的这些"
        told[at] = told[at]._replace(message=message)
    return told


class Unusable(Exception):
    """Something that cannot be used at all, in one sentence for the officer."""


def said(finding: Finding, file: str, place: Place | None) -> str:
    """A finding as printed: ``file:line:column  code severity  message``."""
    where = f"{file}:{place}" if place else file
    first, *rest = finding.message.splitlines()
    lines = [f"{where}  {finding.code} {finding.severity.label}  {first}"]
    return "\n".join(lines + [f"    {line}" for line in rest])


def as_data(finding: Finding) -> dict[str, object]:
    """A finding as JSON gives it."""
    code, severity, at, message, place, span, repairs = finding
    return {
        "code": code,
        "severity": severity.value,
        "at": at,
        "line": place.line if place else None,
        "column": place.column if place else None,
        "message": message,
        "span": list(span) if span else None,
        "repairs": [
            {"at": each.at, "span": list(each.span) if each.span else None, "new": each.new}
            for each in repairs
        ],
    }
