"""The text of a file in whatever character set it is written, declared rightly or not."""

from __future__ import annotations

import codecs

BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
MARKS = ("政府", "信息", "公开", "公開", "年度", "情况", "情況", "行政", "的")
CHINESE = {"gb2312", "gbk", "gb_2312-80", "x-gbk", "gb18030", "cp936"}


def decoded(data: bytes, declared: str = "") -> str:
    """The text of a file; of several character sets the one in which it is most like a report."""
    for bom, name in BOMS:
        if data.startswith(bom):
            return data.decode(name, "replace")
    if wide := without_bom(data):
        return data.decode(wide, "replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        names = dict.fromkeys((usable(declared), "gb18030", "big5hkscs", "utf-8"))
        return max((data.decode(name, "replace") for name in names if name), key=likely)


def without_bom(data: bytes) -> str:
    """The UTF-16 of a file that does not say so, empty where it is none."""
    head = data[:2000]
    zeros = [head[start::2].count(0) for start in (0, 1)]
    if len(head) < 8 or max(zeros) < len(head) / 20 or min(zeros) > max(zeros) / 4:
        return ""
    return "utf-16-be" if zeros[0] > zeros[1] else "utf-16-le"


def usable(declared: str) -> str:
    """A character set as Python knows it; all of the mainland's are read as the widest."""
    name = declared.strip().lower()
    if name in CHINESE:
        return "gb18030"
    try:
        "".encode(name or "utf-8")
        return codecs.lookup(name).name if name else ""
    except LookupError:
        return ""


def likely(text: str) -> tuple[int, int]:
    """How far a text is like a report: the words it has, and how little is lost."""
    return sum(text.count(mark) for mark in MARKS), -text.count("\ufffd")
