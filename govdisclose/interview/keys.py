"""The one map of keys: what each means at a question, in a list, a text, the review."""

from __future__ import annotations

from govdisclose.model.text import half

EVERYWHERE = {
    "<": "上一题",
    ">": "先跳过",
    "?": "说明",
    "=": "选题",
    "v": "看这部分",
    "u": "撤销",
    "q": "存好退出",
}
"""What always means the same."""

AT_TABLES = {"g": "整张表格里填"}
AT_TEXTS = {"e": "编辑器里改", "d": "调出拟好的一段", "l": "调出上年的", "b": "数字随表变"}
AT_DRAFTS = {"f": "代改不用判断的错"}

KEYS = (*EVERYWHERE, *AT_TABLES, *AT_TEXTS, *AT_DRAFTS)

LEGEND = "  ".join(f"{key} {what}" for key, what in EVERYWHERE.items())
"""One line that names the keys that are everywhere."""

INTRO = f"""\
每答一题就存盘，随时可以停。回车采用建议的答案（按 → 改它），- 清空；也可以输入
  {LEGEND}"""


class Pressed(Exception):
    """A key of the map, typed where something else was asked; ``key`` says which."""

    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.key = key


def key_of(typed: str) -> str:
    """The key that was typed alone, full width or half, empty where it was none."""
    key = half(typed).strip().lower()
    return key if key in KEYS else ""


def parted(typed: str) -> tuple[str, str]:
    """A text and the key on a line of its own below it; either may be empty."""
    if key := key_of(typed):
        return "", key
    text, _, last = typed.rstrip().rpartition("\n")
    key = key_of(last)
    return (text.strip("\n"), key) if key and text.strip() else (typed, "")
