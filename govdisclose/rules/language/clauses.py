"""Read Chinese prose into sentences, clauses and the numbers they state."""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property, lru_cache
from itertools import pairwise
from typing import NamedTuple

SENTENCE = r"[^。！？\n]+[。！？]?"
BREAK = r"[，；：（）();:。！？]|,(?!\d)"
DIGITS = r"(?:\d{1,3}(?:,\d{3}){1,4}(?!\d)|\d{1,15})(?:\.\d{1,6})?"
NUMERAL = r"[零〇一二两三四五六七八九十百千]{1,9}(?:万[零〇一二两三四五六七八九十百千]{0,9})?"
UNIT = r"件次|人次|件(?!套)|份|条|起|宗|例|项|个百分点|个|次|期|场|篇|万元|元|%"
QUANTITY = (
    r"(?=[\d零〇一二两三四五六七八九十百千])(?<![第每某逐这\d.])(?:百分之(?P<share>\d{1,9}(?:\.\d{1,6})?|[一二三四五六七八九十百]+)"
    rf"|(?P<number>{DIGITS}|{NUMERAL})(?P<wan>万)?(?P<more>余|多|几)?(?P<unit>{UNIT}))"
)
ONE_THING = r"一件事|一[条个次项]"
ABOUT = r"(?:近|约|超|超过|逾|不到|将近|大约)$"
REACH, STRETCH = 300, 100
WIDE = str.maketrans("０１２３４５６７８９％．", "0123456789%.")

StatedFigure = int | Decimal


@lru_cache(maxsize=512)
def regex(words: str, year: int = 0) -> re.Pattern[str]:
    """An expression, compiled once; LAST, YEAR and NEXT are the years around one."""
    for name, value in (("LAST", year - 1), ("YEAR", year), ("NEXT", year + 1)):
        words = words.replace(name, str(value))
    return re.compile(words)


class Mention(NamedTuple):
    """A number with its unit, and the words of its clause around it.

    ``before`` and ``after`` reach to the next number or the end of the clause;
    ``start`` is where the number stands in its sentence, ``offset`` in its clause.
    """

    value: StatedFigure
    unit: str
    vague: bool
    before: str
    after: str
    start: int
    offset: int
    clause: str

    @property
    def next_words(self) -> str:
        """The first words behind the number, in which it may be named."""
        return self.after[:12]

    @property
    def led(self) -> str:
        """The words of its clause that lead to the number, as far as these reach."""
        return self.clause[max(0, self.offset - REACH) : self.offset]


@dataclass(frozen=True)
class Sentence:
    """A sentence of a text, blanks left out; ``heading`` is that of its part."""

    at: str
    heading: str
    text: str

    def said(self, mention: Mention) -> str:
        """What comes before a number in it."""
        return self.said_before(mention.start)

    def said_before(self, place: int) -> str:
        """What comes before a place, as far back as words can bear upon it.

        That is ``REACH`` characters and the rest of the clause in which they
        begin, or ``STRETCH`` of that rest: the work at a place has a bound.
        """
        if place <= REACH:
            return self.text[:place]
        edges = self.edges
        edge = edges[bisect(edges, place - REACH) - 1]
        return self.text[max(edge, place - REACH - STRETCH) : place]

    @cached_property
    def edges(self) -> list[int]:
        """Where its clauses begin, empty ones too."""
        return [0, *(match.end() for match in regex(BREAK).finditer(self.text))]

    @cached_property
    def clauses(self) -> list[tuple[int, str]]:
        """The clauses, each with the place where it starts."""
        spans = pairwise([*self.edges, len(self.text) + 1])
        return [(start, self.text[start : end - 1]) for start, end in spans if end - 1 > start]

    @cached_property
    def mentions(self) -> list[Mention]:
        """The numbers with units in it, in order."""
        if not regex(QUANTITY).search(self.text):
            return []
        return [mention for start, clause in self.clauses for mention in mentions_in(clause, start)]


def sentences(texts: Mapping[str, str], headings: Mapping[str, str]) -> Iterator[Sentence]:
    """The sentences of some texts, by path."""
    for at, text in texts.items():
        plain = regex(r"[ \t\u3000\xa0]+").sub("", text.translate(WIDE))
        for match in regex(SENTENCE).finditer(plain):
            yield Sentence(at, headings.get(at, ""), match[0])


def mentions_in(clause: str, start: int) -> Iterator[Mention]:
    """The numbers with units in a clause that starts at a place."""
    found = [
        m
        for m in regex(QUANTITY).finditer(clause)
        if not regex(ONE_THING).match(m[0] + clause[m.end() : m.end() + 1])
    ]
    for number, match in enumerate(found):
        left = found[number - 1].end() if number else 0
        right = found[number + 1].start() if number + 1 < len(found) else len(clause)
        before = clause[left : match.start()]
        if number and "、" in before:
            before = before.partition("、")[2]
        yield Mention(
            value=worth(match),
            unit=match["unit"] or "%",
            vague=bool(match["wan"] or match["more"] or regex(ABOUT).search(before)),
            before=regex(ABOUT).sub("", before),
            after=clause[match.end() : right].partition("、")[0],
            start=start + match.start(),
            offset=match.start(),
            clause=clause,
        )


def worth(match: re.Match[str]) -> StatedFigure:
    """The number a quantity states."""
    words = match["share"] or match["number"]
    if words[0].isdigit():
        plain = words.replace(",", "")
        value: StatedFigure = Decimal(plain) if "." in plain else int(plain)
    else:
        value = numeral(words)
    return value * 10000 if match["wan"] else value


VALUES = {word: value for value, word in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
UNITS = {"十": 10, "百": 100, "千": 1000}


def numeral(words: str) -> int:
    """A Chinese numeral: 十六, 二十, 一百零三, 二〇二四."""
    high, ten_thousand, low = words.rpartition("万")
    if ten_thousand:
        return numeral(high) * 10000 + (numeral(low) if low else 0)
    if not any(word in UNITS for word in words):
        return int("".join(str(VALUES[word]) for word in words))
    total, digit = 0, 0
    for word in words:
        if word in UNITS:
            total, digit = total + (digit or 1) * UNITS[word], 0
        else:
            digit = VALUES[word]
    return total + digit
