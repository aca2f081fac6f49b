"""What one organ reports for one year: its particulars, prose and figures."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import NamedTuple

from govdisclose.finding import Finding, Place
from govdisclose.form import Address, Form, Kind
from govdisclose.notices import NEWEST

Figure = int | Decimal

KINDS = {"department": "部门、乡镇", "government": "政府（含下级汇总）"}


@dataclass(frozen=True)
class Bureau:
    """The organ that reports, and where the public reaches it."""

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


@dataclass
class Report:
    """The one value in the middle: readers make it, writers print it.

    A figure that is absent has not been answered. A sum whose terms are all
    there is always there: it is computed where it is not stated. ``last_year``
    holds those figures of the year before that are known.
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
            return sum((self.figures[address] for address in addresses), start=0)
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

        return _BRACES.sub(put_in, text) if "{" in text or "}" in text else text


class Reading(NamedTuple):
    """What a reader found: a report, what is wrong, and where things stand."""

    report: Report
    findings: list[Finding]
    places: Mapping[str, Place]


_NUMBER = re.compile(
    r"(?P<number>-?(?:\d{1,3}(?:,\d{3})+|\d{1,40})(?:\.\d{1,40})?) ?"
    r"(?P<unit>[件份个条项宗起]|万元|万|元|)",
    re.ASCII,
)
_HALF = {0x3000: " "} | {0xFF01 + n: chr(0x21 + n) for n in range(94)}
_BRACES = re.compile(r"\{\{|\}\}|\{(?P<name>[^{}\n]*)\}|[{}]")


def stray_braces(text: str, form: Form) -> Iterator[tuple[int, str]]:
    """Offset and wording of each brace that names no figure of the form."""
    for match in _BRACES.finditer(text):
        if match[0] not in ("{{", "}}") and (match["name"] or "") not in form.by_name:
            yield match.start(), match[0]


def with_braces_kept(text: str, form: Form) -> str:
    """A text in which every brace that names no figure is printed as it is."""
    return _BRACES.sub(lambda m: m[0] if (m["name"] or "") in form.by_name else kept(m[0]), text)


def kept(wording: str) -> str:
    """Some wording with its single braces doubled."""
    return wording if wording in ("{{", "}}") else without_braces(wording)


def without_braces(text: str) -> str:
    """A foreign text in which no brace is taken for the name of a figure."""
    return text.replace("{", "{{").replace("}", "}}")


def shown(figure: Figure | None) -> str:
    """A figure as printed: plain digits, decimals kept, nothing where absent."""
    if figure is None:
        return ""
    return format(figure, "f") if isinstance(figure, Decimal) else str(figure)


def figure(text: str, kind: Kind) -> Figure:
    """A figure as an officer writes it; ValueError says in Chinese what is wrong.

    Full-width digits, 1,234 and a unit behind (12件, 3.5万元) are understood.
    """
    match = _NUMBER.fullmatch(half(text).strip())
    if not match:
        raise ValueError(f"“{text.strip()}”不是数字，没有发生的填 0")
    number, unit = match["number"].replace(",", ""), match["unit"]
    if len(number.partition(".")[2]) > 6:
        raise ValueError(f"“{text.strip()[:30]}”小数最多 6 位")
    if kind is Kind.AMOUNT:
        if unit not in ("", "万元", "万"):
            raise ValueError(f"“{text.strip()}”：这里的单位是万元，请换算后只写数字")
        return limited(Decimal(number), text)
    if "." in number or unit in ("万元", "万", "元"):
        raise ValueError(f"“{text.strip()}”：这里填件数，是不带小数的整数")
    return limited(int(number), text)


def limited(value: Figure, text: str) -> Figure:
    """The value, where it is one that a report can hold: from 0 to 12 digits."""
    if value < 0:
        raise ValueError(f"“{text.strip()}”小于 0，数字从 0 起")
    if value >= 10**12:
        raise ValueError(f"“{text.strip()[:20]}”太大，请核对")
    return value + 0  # so that -0 is 0


def half(text: str) -> str:
    """A text with its full-width letters, digits and signs made half-width."""
    return text.translate(_HALF)


def is_unprintable(character: str) -> bool:
    """Whether a character has no place in a Word file."""
    return character in "\ufffe\uffff" or (
        unicodedata.category(character) in ("Cc", "Cs") and character not in "\n\t"
    )


def ordinal(number: int) -> str:
    """A number from 1 to 9999 in Chinese: 一, 十二, 一百一十, 一千零五; above in digits."""
    if number > 9999:
        return str(number)
    places = zip(f"{number:04}", ("千", "百", "十", ""), strict=True)
    text = "".join(
        "零一二三四五六七八九"[int(digit)] + unit * (digit > "0") for digit, unit in places
    )
    tight = re.sub("零+", "零", text).strip("零")
    return tight.removeprefix("一") if 10 <= number < 20 else tight


def title(report: Report) -> tuple[str, str]:
    """The two lines of the title: the organ, then year and kind of report."""
    year = "" if report.year is None else f"{report.year}年"
    return report.bureau.name, year + report.form.title


def preamble(report: Report) -> str:
    """The paragraph above section 一: the draft's own, or made from its particulars.

    Basis, six parts, period, where to download, contact: the five usual parts.
    """
    if report.preamble.strip():
        return report.says(report.preamble)
    labels = "、".join(section.label.partition("、")[2] for section in report.form.sections)
    bureau, year = report.bureau, report.year or ""
    contact = "，".join(
        f"{label}：{value}"
        for label, value in (
            ("地址", bureau.address),
            ("电话", bureau.telephone),
            ("邮编", bureau.postcode),
            ("电子邮箱", bureau.email),
        )
        if value
    )
    return "".join(
        (
            f"本报告根据{report.form.basis}要求编制。",
            f"全文包括{labels}，共{ordinal(len(report.form.sections))}个部分。",
            f"所列数据的统计期限自{year}年1月1日起，至{year}年12月31日止。",
            f"本报告可在{bureau.website}查阅、下载。" if bureau.website else "",
            f"如对本报告有疑问，请与{bureau.name}联系（{contact}）。" if contact else "",
        )
    )
