"""Read texts: their sentences, every number in them with its role and its place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import islice
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
_SUBJECT = re.compile(
    r"[申依]请|复议|诉讼|起诉|规范性|规章|行政[许处强]|办结|答复|结转|办理|公开[^，。]{0,4}\d|处理|提供|自然人|同比|上年|回复|[以意分予部]公开"
)
_NUMBERS = re.compile(
    r"(?<!\d)\d[\d,.]*(?!\d|年|月|日|号)|[一二三四五六七八九十]+[件条次篇期场个份]"
)
_SAYING = re.compile(r"[未无没不零皆]|全部|悉数|均|都|所有|全数|办[结复]率")


@dataclass(frozen=True, eq=False)
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


@lru_cache(maxsize=128)
def read(text: str, at: str, heading: str, reporter: Reporter) -> tuple[Sentence, ...]:
    """The sentences of a text as printed, understood as far as may be.

    Kept for the texts read last: a draft is checked anew after every answer.
    """
    return tuple(sentences(text, at, heading, reporter))


def sentences(text: str, at: str, heading: str, reporter: Reporter) -> Iterator[Sentence]:
    """The sentences of a text one after another."""
    source = prepare(text, reporter.names)
    reader = Reader(reporter, heading)
    for match in _SENTENCE.finditer(source.text):
        bare = Sentence(at, heading, match[0], match.start(), source)
        is_subject = _SUBJECT.search(match[0])
        has_numbers = _NUMBER.search(match[0]) and (is_subject or is_list(match[0]))
        has_sayings = is_subject and _SAYING.search(match[0])
        if not (has_numbers or has_sayings):
            yield bare
            continue
        found = tuple(statements.sayings(bare.tokens, reader)) if has_sayings else ()
        numbers = tuple(reader.read(bare.tokens)) if has_numbers else ()
        trends = tuple(reader.trends) if has_numbers else ()
        yield Sentence(at, heading, match[0], match.start(), source, numbers, found, trends)


def is_list(text: str) -> bool:
    """Whether a sentence has numbers enough for a total and its parts."""
    return sum(1 for _ in islice(_NUMBERS.finditer(text), 3)) == 3


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
