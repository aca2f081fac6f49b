"""One figure of a report: read from a text, within its limits, and shown."""

from __future__ import annotations

import re
from decimal import Decimal

from govdisclose.model.form import Kind
from govdisclose.model.text import half

UNANSWERED = "?"

LARGEST = 10**12

Figure = int | Decimal


LONGEST = 100  # characters, blanks among them

_NUMBER = re.compile(
    r"(?P<number>-?(?:\d{1,3}(?:,\d{3})+|\d{1,40})(?:\.\d{1,40})?) ?"
    r"(?P<unit>[件份个条项宗起]|万元|万|元|)",
    re.ASCII,
)


def shown(figure: Figure | None) -> str:
    """A figure as printed: plain digits, decimals kept, nothing where absent."""
    if figure is None:
        return ""
    return format(figure, "f") if isinstance(figure, Decimal) else str(figure)


def figure(text: str, kind: Kind) -> Figure:
    """A figure as an officer writes it; ValueError says in Chinese what is wrong.

    Full-width digits, 1,234 and a unit behind (12件, 3.5万元) are understood.
    """
    match = _NUMBER.fullmatch(half(text).strip()) if len(text) <= LONGEST else None
    if not match:
        raise ValueError(f"“{text.strip()[:30]}”不是数字，没有发生的填 0")
    number, unit = match["number"].replace(",", ""), match["unit"]
    if len(number.partition(".")[2]) > 6:
        raise ValueError(f"“{text.strip()[:30]}”小数最多 6 位")
    if kind is Kind.AMOUNT:
        if unit == "元":
            raise ValueError(f"“{text.strip()}”：这里的单位是万元，应写 {in_ten_thousands(number)}")
        if unit not in ("", "万元", "万"):
            raise ValueError(f"“{text.strip()}”：这里的单位是万元，请换算后只写数字")
        return limited(Decimal(number), text)
    if "." in number or unit in ("万元", "万", "元"):
        raise ValueError(f"“{text.strip()}”：这里填件数，是不带小数的整数")
    return limited(int(number), text)


def in_ten_thousands(yuan: str) -> str:
    """An amount in 元 as it is written in 万元."""
    tight = format(Decimal(yuan).scaleb(-4), "f")
    return tight.rstrip("0").rstrip(".") if "." in tight else tight


def limited(value: Figure, text: str) -> Figure:
    """The value, where it is one that a report can hold: from 0 to 12 digits."""
    if value < 0:
        raise ValueError(f"“{text.strip()}”小于 0，数字从 0 起")
    if value >= LARGEST:
        raise ValueError(f"“{text.strip()[:20]}”太大，请核对")
    return value + 0  # so that -0 is 0
