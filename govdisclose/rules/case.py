"""What a rule is given, and how it names a place."""

from __future__ import annotations

from bisect import bisect
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from operator import itemgetter
from typing import NamedTuple

from govdisclose.model.figures import Figure, shown
from govdisclose.model.finding import Repair, Severity, Span
from govdisclose.model.form import Address, Form
from govdisclose.model.report import Report
from govdisclose.model.text import ordinal
from govdisclose.rules.diagnosis import Slip, failing, slips
from govdisclose.rules.language import claims, reading
from govdisclose.rules.language.claims import Claim
from govdisclose.rules.language.reading import Sentence
from govdisclose.rules.language.reporter import Reporter
from govdisclose.rules.language.tokens import SIMPLIFIED
from govdisclose.rules.readings import contradicted


class JoinedTexts(NamedTuple):
    """Texts one under another: where each starts, with its path."""

    text: str
    starts: tuple[tuple[int, str], ...]

    def at(self, offset: int) -> str:
        """The path of the text in which a character stands."""
        return self.starts[bisect(self.starts, offset, key=itemgetter(0)) - 1][1]

    def span(self, start: int, end: int) -> Span:
        """Where a stretch of it stands in its own text."""
        first = self.starts[bisect(self.starts, start, key=itemgetter(0)) - 1][0]
        return start - first, end - first


def starts(texts: Mapping[str, str]) -> Iterator[tuple[int, str]]:
    """Where each text starts when they stand one under another."""
    offset = 0
    for at, text in texts.items():
        yield offset, at
        offset += len(text) + 1


@dataclass(frozen=True)
class Case:
    """A report to be checked, and what else is known of it.

    ``last`` is the report of the year before. ``unreadable`` are the paths that
    could not be read and have been complained of: they count as answered.
    """

    report: Report
    last: Report | None = None
    unreadable: frozenset[str] = frozenset()

    def is_unreadable(self, address: Address) -> bool:
        """Whether a figure, or its whole row, could not be read."""
        return not self.unreadable.isdisjoint((str(address), f"{address.table}.{address.row}"))

    @property
    def before(self) -> Mapping[Address, Figure]:
        """The figures of the year before, so far as they are known."""
        return self.last.figures if self.last else self.report.last_year

    @cached_property
    def texts(self) -> dict[str, str]:
        """Every text that says something, as printed, by its path."""
        report = self.report
        return {at: report.says(text) for at, text in report.texts() if text.strip()}

    @cached_property
    def page(self) -> JoinedTexts:
        """Every text one under another, to be looked through at once."""
        return JoinedTexts("\n".join(self.texts.values()), tuple(starts(self.texts)))

    @cached_property
    def sentences(self) -> list[Sentence]:
        """The sentences of its texts; the headings of parts say what they are about."""
        reporter = Reporter.of(self.report)
        return [
            sentence
            for at, text in self.texts.items()
            if not at.endswith(".heading")
            for sentence in reading.read(
                text, at, self.texts.get(f"{at[:-5]}.heading", ""), reporter
            )
        ]

    @cached_property
    def claims(self) -> list[Claim]:
        """What its texts claim of the figures in its tables."""
        return claims.read(self.sentences)

    @cached_property
    def contradicted(self) -> list[Claim]:
        """Those claims that the tables do not bear out."""
        return contradicted(self.report, self.claims)

    def words(self, at: str, span: Span) -> str:
        """Some words of a text, as it is printed."""
        return self.texts[at][slice(*span)]

    def prose(self, section: str) -> str:
        """All that a section says in simplified characters, a paragraph a line."""
        said = "\n".join(text for at, text in self.texts.items() if at.startswith(f"{section}."))
        return said.translate(SIMPLIFIED)

    @cached_property
    def unequal(self) -> dict[str, list[int]]:
        """By table, which of the form's equations do not hold."""
        return failing(self.report)

    @cached_property
    def slips(self) -> dict[str, list[Slip]]:
        """By table, the slips of the hand that explain it."""
        return {
            table: slips(self.report, table) if wrong else []
            for table, wrong in self.unequal.items()
        }


class Fault(NamedTuple):
    """What a rule says: the path it is about, the sentence, the figures concerned.

    ``span`` is where the words it complains of stand in the text as printed; so
    are the spans of its ``repairs``. ``about`` tells what it is about where that is
    neither a figure nor a word: an acknowledgement holds as long as it is the same.
    """

    at: str
    message: str
    figures: tuple[Address, ...] = ()
    span: Span | None = None
    about: str = ""
    repairs: tuple[Repair, ...] = ()


Check = Callable[[Case], Iterator[Fault]]


class Rule(NamedTuple):
    """A check with its code; its page is the docstring of the function."""

    code: str
    severity: Severity
    check: Check

    @property
    def title(self) -> str:
        """The first line of the page."""
        return (self.check.__doc__ or "").partition("\n")[0].rstrip("。")


def figure_name(form: Form, address: Address) -> str:
    """A figure as a message names it: section, row and column as printed."""
    return f"{form.homes[address.table].short}｜{cell_name(form, address)}"


def cell_name(form: Form, address: Address) -> str:
    """A figure by its row and column alone, where the section is clear."""
    return f"{form.row_name(address)}｜{form.column_name(address)}"


def row_name(form: Form, address: Address) -> str:
    """A row as a message names it: section, then row as printed."""
    return f"{form.homes[address.table].short}｜{form.row_name(address)}"


def text_name(report: Report, at: str) -> str:
    """A text as a message names it: section, then the heading of its part."""
    section, _, rest = at.partition(".")
    if section not in report.prose:
        return "前言"
    label = report.form.prose[section].label
    if not rest.startswith("parts."):
        return label
    number = int(rest.split(".")[1])
    return f"{label}｜（{ordinal(number)}）{quote(report.prose[section].parts[number - 1].heading)}"


def quote(words: str, width: int = 36) -> str:
    """Words of a text on one line, short enough for a message."""
    plain = " ".join(words.split())
    return plain if len(plain) <= width else f"{plain[: width - 1]}…"


def table_name(form: Form, table: str) -> str:
    """A table as officers call it, by the number of its section: 表三."""
    return f"表{form.homes[table].label.partition('、')[0]}"


def signed(gap: Figure) -> str:
    """A difference with its sign: +3, −3, 0."""
    return f"{'+' if gap > 0 else '−' if gap < 0 else ''}{shown(gap if gap > 0 else -gap)}"
