"""Labels compared as people write them."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from govdisclose.model.form import Item

NUMERAL = "[一二三四五六七八九十百千零]"
NUMBERED = re.compile(rf"[(]?(?:{NUMERAL}+|\d+)[)、.,:]+")

SIMPLIFIED = str.maketrans(
    "規現處決許罰強業費單萬關請結轉辦開國屬違法內務過執檔查詢機關沒製補後訴類報舉復獨無數"
    "認確獲當繳訟審維糾正總計體導問題進項動據對於與為條廢發頒複議續經農戶會組織團體護",
    "规现处决许罚强业费单万关请结转办开国属违法内务过执档查询机关没制补后诉类报举复独无数"
    "认确获当缴讼审维纠正总计体导问题进项动据对于与为条废发颁复议续经农户会组织团体护",
)


@lru_cache(maxsize=4096)
def normal(text: str) -> str:
    """A label without number, spaces and punctuation, in simplified characters."""
    plain = "".join(unicodedata.normalize("NFKC", text).split())
    return "".join(filter(str.isalnum, NUMBERED.sub("", plain, count=1))).translate(SIMPLIFIED)


@lru_cache(maxsize=1 << 16)
def alike(label: str, other: str) -> bool:
    """Whether two normal labels name the same: equal, or one ends the other."""
    short, long = sorted((label, other), key=len)
    return short == long or (len(short) >= 4 and long.endswith(short))


def carries(labels: set[str], item: Item) -> bool:
    """Whether one of some normal labels is that of a heading, long or short."""
    names = {normal(item.label), normal(item.brief)}
    return any(alike(name, label) for label in labels for name in names)
