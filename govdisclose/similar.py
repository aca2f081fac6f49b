"""How much of a Chinese text stands in another word for word.

Only Chinese characters count, and what every report must say does not: names
of laws, document numbers, the sentence about fees. A run of :data:`RUN`
characters found in both texts is taken as copied; shorter ones are common
usage. To compare each of many texts with all others would cost a square: texts
that share runs are found by sorting a sample of all runs, and only those that
share most are compared.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import groupby, islice
from operator import itemgetter
from typing import NamedTuple
from zlib import crc32

RUN = 13
"""Characters: the length from which checks for copied papers commonly count."""

SAMPLE = 4
"""One run in so many is looked at to find texts that may be alike."""

BESIDE = 4
"""With so many texts on either side of it in a group a text is paired."""

MOST = 12
"""So many texts at most are compared with one."""

_SKIPPED = re.compile(
    r"《[^》\n]{0,60}》"
    r"|[\u4e00-\u9fff]{0,8}〔\d{4}〕\d+号"
    r"|(?:中华人民共和国)?政府信息公开(?:条例|工作年度报告)"
    r"|[^，。；\n]{0,20}信息处理费[^，。；\n]{0,20}"
    r"|[没无][^，。；\n]{0,8}需要?报告的[^，。；\n]{0,8}"
    r"|[^\u4e00-\u9fff]+"
)


class Match(NamedTuple):
    """A text and the one it resembles, by number; ``percent`` of it stands there."""

    text: int
    other: int
    percent: int


class Plain(NamedTuple):
    """The characters of a text that count, and where each stood."""

    text: str
    places: tuple[int, ...]


@lru_cache(maxsize=4096)
def plain(text: str) -> str:
    """The characters of a text that count."""
    return _SKIPPED.sub("", text)


def placed(text: str) -> Plain:
    """The characters of a text that count, with their offsets."""
    skipped = {n for match in _SKIPPED.finditer(text) for n in range(*match.span())}
    places = tuple(n for n in range(len(text)) if n not in skipped)
    return Plain("".join(text[n] for n in places), places)


def runs(text: str) -> Iterator[str]:
    """Every run of so many characters, in order."""
    return (text[n : n + RUN] for n in range(len(text) - RUN + 1))


def likeness(text: str, other: str) -> int:
    """How much of a text, in percent, stands in another word for word."""
    return share(plain(text), frozenset(runs(plain(other))))


def share(text: str, known: frozenset[str]) -> int:
    """The percentage of the characters of a text that lie in known runs."""
    covered = end = 0
    for start, run in enumerate(runs(text)):
        if run in known:
            covered += start + RUN - max(start, end)
            end = start + RUN
    return round(100 * covered / len(text)) if text else 0


def passages(text: str, other: str) -> tuple[str, str]:
    """The longest passage that two texts share, as each of them prints it."""
    one, two = placed(text), placed(other)
    start, at, length = longest(one.text, two.text)
    if not length:
        return "", ""
    ends = (one.places[start], one.places[start + length - 1] + 1)
    others = (two.places[at], two.places[at + length - 1] + 1)
    return text[slice(*ends)], other[slice(*others)]


def longest(text: str, other: str) -> tuple[int, int, int]:
    """Where the longest common passage stands in either text, and its length."""
    first = {run: at for at, run in reversed(list(enumerate(runs(other))))}
    best, end = (0, 0, 0), 0
    for start, run in enumerate(runs(text)):
        if start + RUN > end and run in first:
            length = common(text, start, other, first[run])
            end = start + length
            best = max(best, (start, first[run], length), key=itemgetter(2))
    return best


def common(text: str, start: int, other: str, at: int) -> int:
    """How many characters two texts have in common from two places on."""
    length = 0
    for one, two in zip(text[start:], other[at:], strict=False):
        if one != two:
            break
        length += 1
    return length


def alike(texts: Sequence[str], least: int) -> Iterator[Match]:
    """The pairs of texts of which the first is more than so many percent copied.

    Of a text that very many resemble not every one is named.
    """
    plains = [plain(text) for text in texts]
    for number, others in enumerate(candidates(plains)):
        for other in others:
            percent = share(plains[number], frozenset(runs(plains[other])))
            if percent > least:
                yield Match(number, other, percent)


def candidates(texts: Sequence[str]) -> Iterator[list[int]]:
    """For each text those that share enough of its sampled runs, the nearest first."""
    samples = [sampled(text) for text in texts]
    for number, counted in enumerate(meetings(samples)):
        own = samples[number]
        nearest = (other for other, _ in counted.most_common(MOST))
        yield [other for other in nearest if len(own & samples[other]) * ENOUGH >= len(own)]


ENOUGH = 12
"""Half a text in common, in passages of 16 characters, is an eighth of its runs."""


def sampled(text: str) -> frozenset[int]:
    """The hashes of a sample of the runs of a text, the same runs in every text."""
    data = text.encode("utf-16-le", "surrogatepass")
    hashes = (crc32(data[at : at + 2 * RUN]) for at in range(0, len(data) - 2 * RUN + 1, 2))
    return frozenset(key for key in hashes if key % SAMPLE == 0)


def meetings(samples: Sequence[Iterable[int]]) -> list[Counter[int]]:
    """For each text how often it meets others in the group of one run."""
    found: list[Counter[int]] = [Counter() for _ in samples]
    held = sorted(key << BITS | number for number, keys in enumerate(samples) for key in keys)
    for key, group in groupby(held, key=lambda each: each >> BITS):
        for one, two in neighbours(key, [each & MASK for each in group]):
            found[one][two] += 1
            found[two][one] += 1
    return found


BITS = 24
MASK = (1 << BITS) - 1


def neighbours(key: int, numbers: list[int]) -> Iterator[tuple[int, int]]:
    """Each of some texts with a few others, so that the pairs grow with the texts.

    In a large group the order is another for each key: texts that share many
    runs meet often, those that share one seldom.
    """
    if len(numbers) > BESIDE + 1:
        numbers = sorted(numbers, key=lambda number: (number + 1) * (key | 1) * SPREAD & WORD)
    for at, one in enumerate(numbers):
        for two in islice(numbers, at + 1, at + 1 + BESIDE):
            yield one, two


WORD = 0xFFFF_FFFF
SPREAD = 2_654_435_761
"""Knuth's multiplier: scatters whole numbers over a word."""
