"""Characters and text: full width, display width, numerals, paragraphs."""

from __future__ import annotations

import re
import unicodedata

_HALF = {0x3000: " "} | {0xFF01 + n: chr(0x21 + n) for n in range(94)}


def half(text: str) -> str:
    """A text with its full-width letters, digits and signs made half-width."""
    return text.translate(_HALF)


UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
"""What has no place in a Word file: control characters but tab and line feed, lone surrogates."""


def is_unprintable(character: str) -> bool:
    """Whether a character has no place in a Word file."""
    return UNPRINTABLE.match(character) is not None


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


def wide(text: str) -> int:
    """The columns a text takes on a screen: two for a Chinese character."""
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def paragraphs(text: str) -> list[str]:
    """The paragraphs of a text: its lines without edges, empty ones left out."""
    return [line for line in map(str.strip, text.splitlines()) if line]


def plain(name: str) -> str:
    """A name without blanks, its brackets and digits of one width."""
    return "".join(unicodedata.normalize("NFKC", name).split())
