"""Labels of the form as they are met in files: shortened, misprinted, in other characters."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache

from rapidfuzz.distance import Levenshtein

from govdisclose.model.form import Item

NUMERAL = "[一二三四五六七八九十百千零]"
NUMBERED = re.compile(rf"[(]?(?:{NUMERAL}+|\d+)[)、.,:]+")
INNER_NUMBER = re.compile(rf"(?:[(]{NUMERAL}+[)]|\d+[.、])")
LONGEST = 80  # characters; what is longer is no label

SIMPLIFIED = str.maketrans(
    "規現處決許罰強業費單萬關請結轉辦開國屬違法內務過執檔查詢機關沒製補後訴類報舉復獨無數"
    "認確獲當繳訟審維糾正總計體導問題進項動據對於與為條廢發頒複議續經農戶會組織團體護",
    "规现处决许罚强业费单万关请结转办开国属违法内务过执档查询机关没制补后诉类报举复独无数"
    "认确获当缴讼审维纠正总计体导问题进项动据对于与为条废发颁复议续经农户会组织团体护",
)
SAME = {"合计": "总计", "共计": "总计", "其它": "其他"}

EQUAL, CONTAINED = 1.0, 0.9
LEAST = {2: 0.5, 3: 0.6, 4: 0.7}  # of likeness, by length of the label
LEAST_LONG = 0.6


@lru_cache(maxsize=8192)
def normal(text: str) -> str:
    """A label without number, spaces and punctuation, in simplified characters."""
    plain = "".join(unicodedata.normalize("NFKC", text).split())
    return "".join(filter(str.isalnum, NUMBERED.sub("", plain, count=1))).translate(SIMPLIFIED)


@lru_cache(maxsize=8192)
def readings(text: str) -> tuple[str, ...]:
    """The labels that a cell may mean: the whole, and what follows its last number."""
    if len(text) > 2 * LONGEST:
        return ()
    whole = normal(text)
    plain = "".join(unicodedata.normalize("NFKC", text).split())
    last = normal(INNER_NUMBER.split(plain)[-1])
    found = (whole, last) if last and last != whole else (whole,)
    return tuple(SAME.get(label, label) for label in found if label)


@lru_cache(maxsize=1 << 16)
def alike(label: str, other: str) -> bool:
    """Whether two normal labels name the same: equal, or one ends the other."""
    short, long = sorted((label, other), key=len)
    return short == long or (len(short) >= 4 and long.endswith(short))


def carries(labels: set[str], item: Item) -> bool:
    """Whether one of some normal labels is that of a heading, long or short."""
    names = {normal(item.label), normal(item.brief)}
    return any(alike(name, label) for label in labels for name in names)


@lru_cache(maxsize=1 << 17)
def likeness(label: str, name: str) -> float:
    """How far a normal label is a name: 1 the same, 0 when it differs too much."""
    if label == name:
        return EQUAL
    short, long = sorted((label, name), key=len)
    if len(short) >= 4 and (long.endswith(short) or long.startswith(short)):
        return CONTAINED
    least = LEAST.get(len(name), LEAST_LONG) if len(name) > 1 else EQUAL
    score = float(Levenshtein.normalized_similarity(label, name, score_cutoff=least))
    return 0.95 * score if score >= least else 0.0


def named(text: str, item: Item) -> float:
    """How far a text is the label of a heading, long or short."""
    return called(text, item.label, item.brief) if text else 0.0


@lru_cache(maxsize=1 << 17)
def called(text: str, label: str, brief: str) -> float:
    """How far a text is one of two labels."""
    names = {normal(label), normal(brief)}
    return max((likeness(said, name) for said in readings(text) for name in names), default=0.0)


def best_of(text: str, items: Iterable[Item]) -> float:
    """How far a text is the label of the heading it is most like."""
    return max((named(text, item) for item in items), default=0.0)


def in_order(fits: Sequence[Sequence[float]]) -> dict[int, int]:
    """The best pairs of headings and lines that keep their order.

    ``fits[n][m]`` says how far line m carries heading n. Of pairs that are as
    good the first is taken.
    """
    width = len(fits[0]) if fits else 0
    best = [[0.0] * (width + 1) for _ in range(len(fits) + 1)]
    for n in range(len(fits) - 1, -1, -1):
        here, below, line = best[n], best[n + 1], fits[n]
        for m in range(width - 1, -1, -1):
            value = max(below[m], here[m + 1])
            if line[m] and below[m + 1] + line[m] > value:
                value = below[m + 1] + line[m]
            here[m] = value
    found: dict[int, int] = {}
    n = m = 0
    while n < len(fits) and m < width:
        taken = best[n + 1][m + 1] + fits[n][m]
        if fits[n][m] and taken >= best[n][m]:
            found[n] = m
            n, m = n + 1, m + 1
        elif best[n + 1][m] >= best[n][m]:
            n += 1
        else:
            m += 1
    return found
