"""Characters and text: full width, display width, numerals, paragraphs."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_HALF = {0x3000: " "} | {0xFF01 + n: chr(0x21 + n) for n in range(94)}


def half(text: str) -> str:
    """A text with its full-width letters, digits and signs made half-width."""
    return text.translate(_HALF)


UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
"""What has no place in a Word file: control characters but tab and line feed, lone surrogates."""


def is_unprintable(character: str) -> bool:
    """Whether a character has no place in a Word file."""
    return UNPRINTABLE.match(character) is not None


_STEERING = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f"
    r"\ufeff\ufff9-\ufffb\ud800-\udfff\U000e0000-\U000e007f]"
)


def visible(text: object) -> str:
    """A text fit for a terminal: what would steer it or is not seen becomes its number.

    Control characters other than tab and the end of a line, overrides of the
    direction of writing, what has no width, bytes that are no text. JSON stays
    the same JSON.
    """
    return _STEERING.sub(written_out, str(text))


def in_one_line(text: object) -> str:
    """The name of a file or a bureau fit for a sentence: ends of lines become signs too."""
    return visible(text).replace("\n", "\\u000a").replace("\t", "\\u0009")


def written_out(match: re.Match[str]) -> str:
    """A character as its number."""
    units = match[0].encode("utf-16-be", "surrogatepass").hex()
    return "".join(f"\\u{units[at : at + 4]}" for at in range(0, len(units), 4))


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
    return sum(map(columns, text))


@lru_cache(maxsize=4096)
def columns(character: str) -> int:
    """The columns that a character takes on a screen."""
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def paragraphs(text: str) -> list[str]:
    """The paragraphs of a text: its lines without edges, empty ones left out."""
    return [line for line in map(str.strip, text.splitlines()) if line]


def plain(name: str) -> str:
    """A name without blanks, its brackets and digits of one width."""
    return "".join(unicodedata.normalize("NFKC", name).split())
