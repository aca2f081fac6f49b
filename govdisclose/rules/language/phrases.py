"""Sentences cut into phrases, and what a number in one of them can be."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum
from typing import NamedTuple

from govdisclose.rules.language.reporter import Reporter
from govdisclose.rules.language.tokens import Amount, Token


class Role(Enum):
    """What a number in a sentence is."""

    FIGURE = "figure"  # a figure of the form, of this organ and year
    SUM = "sum"  # a total of numbers just given: 合计14件
    PART = "part"  # a part of a total that the form does not know
    TOTAL = "total"  # a total of something the form does not count: 信息151条
    CHANGE = "change"  # a growth or a fall
    SHARE = "share"  # 占 50%
    AVERAGE = "average"
    PEAK = "peak"
    OTHER_YEAR = "other year"
    OTHER_ORGAN = "other organ"
    MONEY = "money"
    UNKNOWN = "unknown"


class Sense(NamedTuple):
    """What a figure counts: sums of rows (or ``row.column``) of a table it may be."""

    kind: str
    readings: tuple[str, ...]
    table: str = "applications"


class Phrase(NamedTuple):
    """The words around one number; ``opened`` and ``closed`` are the signs beside it."""

    left: tuple[Token, ...]
    number: Token | None
    right: tuple[Token, ...]
    opened: str
    closed: str

    @property
    def words(self) -> tuple[Token, ...]:
        """All its words."""
        return (*self.left, *self.right)

    @property
    def unit(self) -> str:
        """The unit of its number, empty where there is none."""
        return self.number.amount.unit if self.number and self.number.amount else ""

    @property
    def start(self) -> int:
        """Where it begins."""
        first = self.left[0] if self.left else self.number or self.right[0]
        return first.start

    @property
    def end(self) -> int:
        """Where it ends."""
        last = self.right[-1] if self.right else self.number or self.left[-1]
        return last.end


class Number(NamedTuple):
    """A number of a text with its role, and its sense where it is a figure.

    ``strong`` says that it is called the whole (共, 全年). ``inside`` is "list"
    behind 其中 and "bracket" in brackets; ``marker`` says that a list begins with
    it: "part" (其中), "each" (分别为) or "colon"; ``gap`` counts the phrases without a
    number since the last one. The sense of a growth is what has grown.
    """

    role: Role
    amount: Amount
    start: int
    end: int
    phrase: Phrase
    sense: Sense | None = None
    strong: bool = False
    inside: str = ""
    marker: str = ""
    gap: int = 0


class Trend(NamedTuple):
    """That something has grown, fallen or stayed, without a number."""

    sense: Sense
    way: str
    start: int
    end: int


@dataclass
class Context:
    """What has been said so far in a sentence."""

    reporter: Reporter
    matter: str = ""
    time: str = "own"
    organ: str = "own"
    clear: bool = True
    inside: str = ""
    narrow: bool = False
    parts_by: str = ""
    fate: str = ""
    papers: tuple[str, ...] = ()
    cases: tuple[str, ...] = ()
    rows: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    pending: tuple[Token, ...] = ()
    channels: int = 0
    marker: str = ""
    gap: int = 0
    last: Sense | None = None
    shares: tuple[Token, ...] = ()
    outcomes: int = 0
    asked: bool = False


def phrases(tokens: Iterable[Token]) -> tuple[list[Phrase], list[tuple[int, list[Token]]]]:
    """The phrases of a sentence, and what stands in brackets with where it belongs.

    The second holds, for each bracket, after how many phrases it opens.
    """
    found: list[Phrase] = []
    inner: list[tuple[int, list[Token]]] = []
    left: list[Token] = []
    number: Token | None = None
    right: list[Token] = []
    opened, depth = "", 0
    hidden: list[Token] = []
    for token in tokens:
        sign = token.text if token.kind == "punct" else ""
        if sign == "（":
            depth += 1
            if depth == 1:
                hidden = []
                continue
        if depth:
            if sign == "）":
                depth -= 1
                if not depth:
                    inner.append((len(found), hidden))
                    continue
            hidden.append(token)
            continue
        if sign in ("“", "”", "‘", "’", "）"):
            continue
        if sign:
            if left or number or right:
                found.append(Phrase(tuple(left), number, tuple(right), opened, sign))
            left, number, right, opened = [], None, [], sign
        elif token.kind == "number":
            if number is not None:
                keep, move = divide(right)
                found.append(Phrase(tuple(left), number, tuple(keep), opened, ""))
                left, right, opened = move, [], ""
            number = token
        elif number is None:
            left.append(token)
        else:
            right.append(token)
    if left or number or right:
        found.append(Phrase(tuple(left), number, tuple(right), opened, ""))
    if depth and hidden:
        inner.append((len(found), hidden))
    return found, inner


def divide(between: list[Token]) -> tuple[list[Token], list[Token]]:
    """The words between two numbers of one clause: those of the first, of the second."""
    for at, token in enumerate(between):
        if token.kind == "among":
            return between[: at + 1], between[at + 1 :]
    at = 0
    while at < len(between) and between[at].kind in ("subject", "case_at_large", "thing"):
        at += 1
    return between[:at], between[at:]


AFTER_CHANGE = frozenset(
    {
        "link",
        "about_number",
        "sum",
        "each",
        "filler",
        "subject",
        "case",
        "paper",
        "decision",
        "thing",
        "about",
    }
)


def is_change(phrase: Phrase) -> bool:
    """Whether a number says by how much something grew or fell."""
    if phrase.number and phrase.number.text.startswith("翻"):
        return True
    if phrase.unit == "倍" and any(t.kind == "time" and t.sense == "last" for t in phrase.left):
        return True
    if phrase.left and phrase.left[-1].text in ("到", "至"):
        return False
    for token in reversed(phrase.left):
        if token.kind == "change":
            return True
        if token.kind not in AFTER_CHANGE:
            break
    return False


def ends_in_organ(phrase: Phrase) -> bool:
    """Whether a phrase names another organ: an unknown word before 局, 县, 系统."""
    words = phrase.words
    return any(
        words[at].kind == "unknown" and words[at + 1].kind == "suffix"
        for at in range(len(words) - 1)
    )
