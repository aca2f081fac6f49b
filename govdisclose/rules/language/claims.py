"""What sentences claim of the figures in the tables."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import NamedTuple

from govdisclose.rules.language.phrases import Number, Role, Sense
from govdisclose.rules.language.reading import Sentence


class Claim(NamedTuple):
    """A number of a sentence that one of some readings of a table should bear out."""

    sense: Sense
    number: Number
    sentence: Sentence

    @property
    def span(self) -> tuple[int, int]:
        """Where its words stand in the text as printed."""
        phrase = self.number.phrase
        return self.sentence.span(phrase.start, phrase.end)

    @property
    def words(self) -> str:
        """Its words, as they lead to the number."""
        phrase = self.number.phrase
        return self.sentence.text[phrase.start : phrase.end]

    def agrees(self, value: Decimal | int) -> bool:
        """Whether a value of the table is what the number says, as it is written."""
        amount = self.number.amount
        return amount.low <= value <= amount.high


def read(sentences: Iterable[Sentence]) -> list[Claim]:
    """The claims of some sentences, in order."""
    return [
        Claim(number.sense, number, sentence)
        for sentence in sentences
        for number in sentence.numbers
        if number.role is Role.FIGURE and number.sense
    ]
