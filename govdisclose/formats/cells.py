"""What a cell says where a figure is expected: a figure, nothing, or what cannot be read."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from govdisclose.model.coverage import State, Value
from govdisclose.model.figures import figure
from govdisclose.model.form import Kind

LONGEST = 60  # characters; what is longer is no figure
NOTHING = re.compile(r"[/\\|]{1,3}|[-—–―_~─]{1,4}|无|空|暂无|N/?A", re.IGNORECASE)
NOTE = re.compile(
    r"(?:[①-⑳⑴-⒇*＊※#†]|[\[［【][注0-9①-⑳]{1,3}[\]］】]|[(（]注[0-9①-⑳]{0,2}[)）]|注[0-9①-⑳]{0,2})+$"
)
RAISED = re.compile("[\u00b9\u00b2\u00b3\u2070-\u209f]+$")
INVISIBLE = re.compile("[\u200b-\u200f\u2060\ufeff\u00ad\u202a-\u202e]")
UNIT = r"(?:[件份个条项宗起次]|万元|万|元|)"
NUMBER = re.compile(
    rf"[-+]?(?:\d{{1,3}}(?:,\d{{3}})+|\d{{1,40}})(?:\.\d{{1,40}})?[(]?{UNIT}[)]?", re.ASCII
)
ITEM = re.compile(r"[(]?\d{1,2}[)]?[.、]\s*[\u4e00-\u9fff“\"]")
ZEROS = "〇零○"
LONGEST_SLIP = 12  # characters of what stands where a figure is due
LOOSE = re.compile(r"[-+]?[\dOoＯ〇○零.,]*\d[\d.,]*%?")
WHOLE = re.compile(r"(\d+)\.0+", re.ASCII)


def plain(text: str) -> str:
    """A text without what is not seen, its figures half-width."""
    bare = RAISED.sub("", INVISIBLE.sub("", text.strip()))
    return unicodedata.normalize("NFKC", NOTE.sub("", bare.strip())).strip()


@lru_cache(maxsize=1 << 14)
def value(text: str, kind: Kind) -> Value:
    """What the text of a cell says where a figure of some kind is expected."""
    if len(text) > LONGEST:
        return Value(State.UNREADABLE, why="不是数字")
    said = plain(text)
    if not said or NOTHING.fullmatch(said):
        return Value(State.BLANK)
    tight = "".join(said.split())
    doubtful = re.search(r"\d\s+\d", said) is not None
    if not NUMBER.fullmatch(tight):
        return Value(State.UNREADABLE, why="不是数字")
    bare = tight.replace("(", "").replace(")", "").removesuffix("次")
    if kind is Kind.COUNT:
        bare = WHOLE.sub(r"\1", bare, count=1)
    try:
        return Value(State.READ, figure(bare, kind), doubtful=doubtful)
    except ValueError as why:
        return Value(State.UNREADABLE, why=str(why))


@lru_cache(maxsize=1 << 14)
def is_number(text: str) -> bool:
    """Whether a text is a number and nothing more."""
    if len(text) > LONGEST:
        return False
    tight = "".join(plain(text).split())
    return bool(tight) and bool(NUMBER.fullmatch(tight) or LOOSE.fullmatch(tight))


@lru_cache(maxsize=1 << 14)
def is_slot(text: str) -> bool:
    """Whether a text may stand where a figure is expected: a number, a sign for none, a slip."""
    said = plain(text)
    if not said or is_number(text) or NOTHING.fullmatch(said):
        return True
    letters = sum("\u4e00" <= sign <= "\u9fff" for sign in said)
    if len(said) > LONGEST_SLIP or ITEM.match(said):
        return False
    return not letters or said in ZEROS or (letters <= 3 and any(map(str.isdigit, said)))
