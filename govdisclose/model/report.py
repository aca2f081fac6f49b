"""What one bureau reports for one year: its particulars, prose and figures."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from govdisclose.model.coverage import Coverage
from govdisclose.model.figures import Figure, shown
from govdisclose.model.finding import Finding, Place, Span
from govdisclose.model.form import Address, Form
from govdisclose.model.notices import NEWEST
from govdisclose.model.placeholders import FIGURE_IN_TEXT

KINDS = {"department": "部门、乡镇", "government": "政府（含下级汇总）"}


@dataclass(frozen=True)
class Bureau:
    """The bureau that reports, and where the public reaches it."""

    name: str = ""
    kind: str = "department"
    address: str = ""
    telephone: str = ""
    postcode: str = ""
    email: str = ""
    website: str = ""


class Part(NamedTuple):
    """A numbered part of a section; its text is paragraphs, one a line."""

    heading: str
    text: str


@dataclass(frozen=True)
class Prose:
    """A section in sentences: a lead, then numbered parts."""

    lead: str = ""
    parts: tuple[Part, ...] = ()

    @property
    def is_answered(self) -> bool:
        """Whether anything has been written."""
        return any(text.strip() for text in (self.lead, *(part.text for part in self.parts)))


class Acknowledged(NamedTuple):
    """A warning an officer has looked at, and the figures it was given for."""

    rule: str
    at: str
    reason: str
    figures: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Limits:
    """What the office that collects the reports asks for; None where nothing.

    Lengths are in characters without blanks, ``similarity`` is in percent.
    """

    overview_longest: int | None = None
    section_shortest: int | None = None
    report_longest: int | None = None
    similarity: int | None = None


class Unread(NamedTuple):
    """Something in a file that could not be read: what was found there, and where it belongs."""

    code: str
    at: str
    message: str


@dataclass(frozen=True)
class Received:
    """The file that a report was read from.

    ``date`` is when the file was changed last, to be compared as text; ``digest``
    stands for what the report said; ``sheet`` is whom a collection sheet was made
    for. ``unread`` is what of the file has not come into the report.
    """

    file: str = ""
    date: str = ""
    digest: str = ""
    sheet: str = ""
    unread: tuple[Unread, ...] = ()


class Signature(NamedTuple):
    """Who signs a report and when, as printed below it; both empty where nobody does."""

    unit: str = ""
    date: str = ""


NO_SIGNATURE = Signature()


@dataclass
class Report:
    """The one value in the middle: readers make it, writers print it.

    A figure that is absent has not been answered. A sum whose terms are all
    there is always there: it is computed where it is not stated. ``last_year``
    holds those figures of the year before that are known; ``title_lines`` say
    where the title breaks where the draft wants that otherwise than we do.
    ``received`` says what file it came from; that is no part of what it reports.
    """

    form: Form = NEWEST
    year: int | None = None
    bureau: Bureau = field(default_factory=Bureau)
    preamble: str = ""
    prose: dict[str, Prose] = field(default_factory=dict)
    figures: dict[Address, Figure] = field(default_factory=dict)
    acknowledged: tuple[Acknowledged, ...] = ()
    last_year: Mapping[Address, Figure] = field(default_factory=dict)
    limits: Limits = Limits()
    received: Received | None = field(default=None, compare=False)
    title_lines: tuple[str, ...] = ()
    signature: Signature = NO_SIGNATURE

    def __post_init__(self) -> None:
        """Give every section of prose a place, and compute what sums are missing."""
        self.prose = {key: self.prose.get(key, Prose()) for key in self.form.prose}
        self.settle()

    def copy(self) -> Report:
        """The same report, to be filled in apart."""
        return replace(self, prose=dict(self.prose), figures=dict(self.figures))

    def settle(self) -> None:
        """Compute each sum that is not stated and whose terms are all answered."""
        figures = self.figures
        open_sums = [total for total in self.form.sums if total not in figures]
        while ready := [total for total in open_sums if self.expected(total) is not None]:
            for total in ready:
                value = self.expected(total)
                if value is not None:
                    figures[total] = value
            open_sums = [total for total in open_sums if total not in figures]

    def expected(self, total: Address) -> Figure | None:
        """The sum of a total's terms, None while one of them is not answered."""
        for terms in self.form.sums[total]:
            value = self.add(terms)
            if value is not None:
                return value
        return None

    def add(self, addresses: tuple[Address, ...]) -> Figure | None:
        """The sum of some figures, None while one of them is not answered."""
        try:
            return sum(map(self.figures.__getitem__, addresses), start=0)
        except KeyError:
            return None

    def put(self, answers: Mapping[Address, Figure | None]) -> None:
        """Answer some figures (None withdraws one) and compute their sums anew."""
        for address in answers:
            for total in self.form.above[address]:
                self.figures.pop(total, None)
        for address, value in answers.items():
            if value is None:
                self.figures.pop(address, None)
            else:
                self.figures[address] = value
        self.settle()

    def unread(self) -> Iterator[tuple[int, Unread]]:
        """What of its file has not come in and has not been filled in since, with its number."""
        for number, each in enumerate(self.received.unread if self.received else (), start=1):
            address = self.form.by_name.get(each.at)
            is_filled = address in self.figures if address else each.at == "year" and self.year
            if not is_filled:
                yield number, each

    def texts(self) -> Iterator[tuple[str, str]]:
        """Every text with its dotted path; parts are counted from 1."""
        yield "preamble.text", self.preamble
        for key, prose in self.prose.items():
            yield f"{key}.lead", prose.lead
            for number, part in enumerate(prose.parts, start=1):
                yield f"{key}.parts.{number}.heading", part.heading
                yield f"{key}.parts.{number}.text", part.text

    def says(self, text: str) -> str:
        """A text as printed: every ``{address}`` replaced by its figure."""

        def put_in(match: re.Match[str]) -> str:
            if match[0] in ("{{", "}}"):
                return match[0][0]
            address = self.form.by_name.get(match["name"] or "")
            return shown(self.figures.get(address)) if address else match[0]

        return FIGURE_IN_TEXT.sub(put_in, text) if "{" in text or "}" in text else text

    def drafted(self, text: str, span: Span) -> Span:
        """Where a stretch of a text as printed stands in the text itself."""
        if "{" not in text and "}" not in text:
            return span
        begin, end = self._drafted_at(text, span[0]), self._drafted_at(text, span[1])
        if span[1] > span[0] and end == self._drafted_at(text, span[1] - 1):
            match = FIGURE_IN_TEXT.match(text, end)
            return begin, match.end() if match else end
        return begin, end

    def _drafted_at(self, text: str, start: int) -> int:
        """Where a place of a text as printed stands in the text itself."""
        shift = 0
        for match in FIGURE_IN_TEXT.finditer(text):
            length, at = len(self.says(match[0])), match.start() - shift
            if start < at:
                break
            if start < at + length:
                return match.start()
            shift += match.end() - match.start() - length
        return start + shift


class Reading(NamedTuple):
    """What a reader found: a report, what is wrong, and where things stand.

    ``digest`` is the SHA-256 of the bytes that were read, "" where there were none;
    ``is_foreign`` where they have nothing of a draft; ``coverage`` says what became of
    every figure, where a report was looked for in a file that others made.
    """

    report: Report
    findings: list[Finding]
    places: Mapping[str, Place]
    digest: str = ""
    is_foreign: bool = False
    coverage: Coverage | None = None


LABELS = {
    "name": "单位全称",
    "kind": "单位类别",
    "address": "联系地址",
    "telephone": "联系电话",
    "postcode": "邮政编码",
    "email": "电子邮箱",
    "website": "在哪里可以下载本报告（网站名称）",
}
PARTICULARS = "单位基本情况"
