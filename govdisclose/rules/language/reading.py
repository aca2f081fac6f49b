"""Read texts: their sentences, every number in them with its role and its place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from govdisclose.model.report import Report
from govdisclose.rules.language import statements
from govdisclose.rules.language.grammar import Reader
from govdisclose.rules.language.phrases import Number, Trend
from govdisclose.rules.language.reporter import Reporter
from govdisclose.rules.language.statements import Saying
from govdisclose.rules.language.tokens import Prepared, Token, prepare, tokens

_SENTENCE = re.compile(r"[^。！？\n]+[。！？]?")
_NUMBER = re.compile(
    r"\d|[一二两三四五六七八九十百千零〇万余多]+(?:件|份|条|起|宗|例|项|部|次|个|成|分|篇|期|倍)"
    r"|翻番|翻了?一番|持平|一半|同比|比上年|较上年|去年"
)
_SAYING = re.compile(r"[未无没不零皆]|全部|悉数|均|都|所有|全数|办[结复]率")


@dataclass(frozen=True)
class Sentence:
    """A sentence of a text, prepared; ``offset`` is where it begins there.

    ``at`` is the path of the text, ``heading`` that of its part.
    """

    at: str
    heading: str
    text: str
    offset: int
    source: Prepared
    numbers: tuple[Number, ...] = ()
    sayings: tuple[Saying, ...] = ()
    trends: tuple[Trend, ...] = ()

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where a stretch of it stands in the text as printed."""
        return self.source.place(self.offset + start, self.offset + end)

    @cached_property
    def tokens(self) -> list[Token]:
        """Its words, numbers and signs."""
        return tokens(self.text)


def read(text: str, at: str, heading: str, reporter: Reporter) -> Iterator[Sentence]:
    """The sentences of a text as printed, understood as far as may be."""
    source = prepare(text, reporter.names)
    reader = Reader(reporter, heading)
    for match in _SENTENCE.finditer(source.text):
        bare = Sentence(at, heading, match[0], match.start(), source)
        has_numbers, has_sayings = _NUMBER.search(match[0]), _SAYING.search(match[0])
        if not (has_numbers or has_sayings):
            yield bare
            continue
        found = tuple(statements.sayings(bare.tokens, reader)) if has_sayings else ()
        numbers = tuple(reader.read(bare.tokens)) if has_numbers else ()
        trends = tuple(reader.trends) if has_numbers else ()
        yield Sentence(at, heading, match[0], match.start(), source, numbers, found, trends)


class Place(NamedTuple):
    """A number and where it stands in a text as printed."""

    start: int
    end: int
    number: Number


def numbers(report: Report, text: str, heading: str = "") -> list[Place]:
    """Every number of a text of a report, with its role and its place.

    ``text`` is as printed, ``heading`` that of its part: in a part about
    applications 办结12件 needs no further word. A number whose role is FIGURE (or
    OTHER_YEAR: a figure, but of the year before) has a sense; its readings are
    sums of rows of ``sense.table`` — ``received``, ``received+carried_in``,
    ``received.natural_person`` — of which any may be meant, the likeliest first.
    """
    reporter = Reporter.of(report)
    return [
        Place(*sentence.span(number.start, number.end), number)
        for sentence in read(text, "", heading, reporter)
        for number in sentence.numbers
    ]
