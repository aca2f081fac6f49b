"""How much of a Chinese text stands in another, word for word or nearly so.

Only Chinese characters count, and what every report must say does not: names
of laws, document numbers, the sentence about fees. A text is taken piece by
piece, a piece being a sentence or some of its clauses; RapidFuzz finds where in
the other text each piece fits best. Whole texts are never scored against each
other: the order of their parts does not matter, and two Chinese texts that
share nothing have a third of their characters in common.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple
from zlib import crc32

PIECE = 20
"""Characters: clauses of a sentence are taken together until there are so many."""

SHORT = 10
"""Characters: a piece of fewer, such as a heading, says nothing of one's own."""

NEAR = 80
"""Percent: a piece so like a passage is copied, a name or a verb changed."""

NEARER = 90
"""Percent: the same for a piece that came out shorter than :data:`PIECE`."""

LONGEST = 20_000
"""Of a text so many characters are compared."""

_MARKS = "，、：。；！？\n"
_BOILERPLATE = (
    r"《[^》\n]{0,60}》"
    r"|[\u4e00-\u9fff]{0,8}〔\d{4}〕\d+号"
    r"|(?:中华人民共和国)?政府信息公开(?:条例|工作年度报告)"
    r"|[^，。；\n]{0,20}信息处理费[^，。；\n]{0,20}"
    r"|[没无][^，。；\n]{0,8}需要?报告的[^，。；\n]{0,8}"
)
_BUT_MARKS = re.compile(rf"{_BOILERPLATE}|[^\u4e00-\u9fff{_MARKS}]+")
_SKIPPED = re.compile(rf"{_BOILERPLATE}|[^\u4e00-\u9fff]+")
_SENTENCE = re.compile(r"[^。；！？\n]+")
_CLAUSE = re.compile(r"[^，、：]{1,60}")


class PlainText(NamedTuple):
    """The characters of a text that count, and where each stood."""

    text: str
    places: tuple[int, ...]


class TextSpan(NamedTuple):
    """A passage by its offsets in the characters that count."""

    start: int
    end: int

    @property
    def length(self) -> int:
        """In characters."""
        return self.end - self.start


class Copy(NamedTuple):
    """A passage of a text and the one it resembles in another."""

    own: TextSpan
    other: TextSpan


@lru_cache(maxsize=64)
def plain(text: str) -> str:
    """The characters of a text that count."""
    return _SKIPPED.sub("", text)[:LONGEST]


def placed(text: str) -> PlainText:
    """The characters of a text that count, with their offsets."""
    skipped = {n for match in _SKIPPED.finditer(text) for n in range(*match.span())}
    places = tuple(n for n in range(len(text)) if n not in skipped)[:LONGEST]
    return PlainText("".join(text[n] for n in places), places)


@lru_cache(maxsize=64)
def pieces(text: str) -> tuple[TextSpan, ...]:
    """The pieces of a text that can be copied, in order."""
    return tuple(piece for piece in cut(_BUT_MARKS.sub("", text)) if piece.end <= LONGEST)


def cut(text: str) -> Iterator[TextSpan]:
    """Where the pieces of a text lie that consists of what counts and of marks."""
    end = 0
    for sentence in _SENTENCE.findall(text):
        ends = [end]
        for clause in _CLAUSE.findall(sentence):
            end += len(clause)
            if end - ends[-1] >= PIECE:
                ends.append(end)
        if end - ends[-1] < SHORT and ends[1:]:
            ends.pop()
        ends.append(end)
        yield from (TextSpan(*each) for each in pairwise(ends) if each[1] - each[0] >= SHORT)


def likeness(text: str, other: str) -> int:
    """How much of a text, in percent, stands in another."""
    whole = sum(piece.length for piece in pieces(text))
    same = sum(copy.own.length for copy in copies(text, other))
    return round(100 * same / whole) if whole else 0


def copies(text: str, other: str) -> Iterator[Copy]:
    """Each piece of a text that stands in another, with the passage most like it."""
    from rapidfuzz.fuzz import partial_ratio_alignment

    own, searched = plain(text), plain(other)
    for start, end in pieces(text):
        least = NEAR if end - start >= PIECE else NEARER
        found = partial_ratio_alignment(own[start:end], searched, score_cutoff=least)
        if found and found.src_end - found.src_start >= SHORT:
            yield Copy(
                TextSpan(start + found.src_start, start + found.src_end),
                TextSpan(found.dest_start, found.dest_end),
            )


def passages(text: str, other: str) -> tuple[str, str]:
    """The longest passage that two texts share, as each of them prints it."""
    copy = max(joined(copies(text, other)), key=lambda copy: copy.own.length, default=None)
    if copy is None:
        return "", ""
    return printed(text, copy.own), printed(other, copy.other)


def joined(found: Iterable[Copy]) -> Iterator[Copy]:
    """Copies that follow each other in both texts as one."""
    last: Copy | None = None
    for own, other in found:
        if last and last.own.end == own.start and abs(other.start - last.other.end) < SHORT:
            last = Copy(TextSpan(last.own.start, own.end), TextSpan(last.other.start, other.end))
            continue
        if last:
            yield last
        last = Copy(own, other)
    if last:
        yield last


def printed(text: str, span: TextSpan) -> str:
    """A passage with all that stands between its characters."""
    places = placed(text).places[slice(*span)]
    return text[places[0] : places[-1] + 1]


# Which of many texts to compare

RUN = 8
"""Characters: texts that have none of so many in a row in common are not compared."""

SAMPLE = 4
"""One run in so many is looked at."""

ENOUGH = 6
"""Texts are compared where one in so many of the runs of either is the other's."""


def sketch(text: str) -> frozenset[int]:
    """The hashes of a sample of the runs of a text, the same runs in every text."""
    data = plain(text).encode("utf-16-le")
    runs = {data[at : at + 2 * RUN] for at in range(0, len(data) - 2 * RUN + 1, 2)}
    return frozenset([key for key in map(crc32, runs) if key % SAMPLE == 0])


def may_be_alike(own: frozenset[int], other: Iterable[int]) -> bool:
    """Whether it is worth while to compare a text with another, by their sketches."""
    return len(own.intersection(other)) * ENOUGH >= len(own) > 0
