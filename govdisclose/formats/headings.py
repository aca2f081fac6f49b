"""What a line of a report is: the title, the heading of a section or a part, or no part of it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

from govdisclose.formats.document import Block, Paragraph
from govdisclose.formats.labels import NUMERAL, normal
from govdisclose.model.form import Form, Section
from govdisclose.model.text import half

PART_NUMBER = re.compile(rf"\s*(?:[（(]\s*{NUMERAL}+\s*[）)]|[㈠-㈩])[、.．]?\s*")
ITEM_NUMBER = re.compile(r"\s*\d{1,2}\s*[.．、]\s*(?!\d)")
HEAD_END = re.compile(r"[。：:；;！？!?]")
LONGEST_HEAD = 40

FURNITURE = re.compile(
    r"(?:[-—–－─~～]\s*)?\d{1,3}(?:\s*[-—–－─~～])?|第?\s*\d{1,3}\s*页.{0,12}|\d{1,3}\s*/\s*\d{1,3}"
    r"|(?:https?://|www\.)\S+(?:\s.{0,20})?|用?.{0,6}扫(?:描|一扫).{0,20}|.{0,4}分享.{0,12}"
    r"|(?:主办|承办|主管)(?:单位)?[：:].*|(?:打印本页|关闭窗口|返回顶部).*|上一[篇条][：:].*|下一[篇条][：:].*"
)
TABLE_NOTE = re.compile(
    r"[（(]?\s*(?:单位[：:].{1,12}|文字描述|表格?如下[：:]?|见[下附]表[：:。]?|续表.{0,6}|\d{4}年度?)\s*[）)]?"
)
DATE = re.compile(
    r"[（(]?\s*(?:\d{4}|[二2][〇○零Oo0][一二三四五六七八九〇○零]{2})\s*年\s*[\d一二三四五六七八九十元]{1,3}\s*月"
    r"(?:\s*[\d一二三四五六七八九十]{1,3}\s*日)?\s*[）)]?"
)
ATTACHED = re.compile(r"附[件表](?:\s*\d*\s*[：:].*|\s*\d*)")
CONTENTS = re.compile(r"目\s*[录錄次]")
LEADERS = re.compile(r"[.．…·\s]{3,}\d{1,3}\s*$|\t\s*\d{1,3}\s*$")


def is_section(line: Paragraph, section: Section) -> bool:
    """Whether a line reads like the heading of a section, its number included."""
    number, _, label = section.label.partition("、")
    text = "".join(LEADERS.sub("", line.text).split())
    if not text or len(text) > len(label) + 12 or PART_NUMBER.match(text):
        return False
    if normal(text) == normal(label):
        return True
    same_number = half(text).startswith((f"{number}、", f"{number}.", f"{number},", f"({number})"))
    return same_number and SequenceMatcher(None, normal(text), normal(label)).ratio() > 0.6


def is_styled(lines: Iterable[Paragraph], form: Form) -> bool:
    """Whether the first-level headings are just the sections of the form."""
    return [line.text for line in lines if line.level == 1] == [s.label for s in form.sections]


class Chapters(NamedTuple):
    """The blocks of each section by its key, and those before the first."""

    front: list[Block]
    bodies: dict[str, list[Block]]


def chapters(blocks: Sequence[Block], form: Form, styled: bool) -> Chapters:
    """A document cut at the headings of its sections.

    Where these stand twice, as in a table of contents, the later ones count.
    """
    hits = [
        (at, n)
        for at, block in enumerate(blocks)
        if isinstance(block, Paragraph)
        for n, section in enumerate(form.sections)
        if (
            (block.text, block.level) == (section.label, 1)
            if styled
            else is_section(block, section)
        )
    ]
    chain = best_chain(hits)
    if not chain:
        return Chapters(list(blocks), {})
    ends = [at for at, _ in chain[1:]] + [len(blocks)]
    bodies = {
        form.sections[n].key: list(blocks[at + 1 : end])
        for (at, n), end in zip(chain, ends, strict=True)
    }
    return Chapters(without_contents(blocks[: chain[0][0]], form), bodies)


def best_chain(hits: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest row of headings in order; of those as long, the one that starts last."""
    following, lengths = [-1] * len(hits), [1] * len(hits)
    later: list[int] = []  # hits to the right, each above those that come before it
    for at in reversed(range(len(hits))):
        while later and hits[later[-1]][1] <= hits[at][1]:
            later.pop()
        if later:
            following[at], lengths[at] = later[-1], 1 + lengths[later[-1]]
        later.append(at)
    at = max(range(len(hits)), key=lambda start: (lengths[start], start), default=-1)
    best = []
    while at >= 0:
        best.append(hits[at])
        at = following[at]
    return best


def without_contents(front: Sequence[Block], form: Form) -> list[Block]:
    """What stands before the first section, without a table of contents."""
    return [
        block
        for block in front
        if not isinstance(block, Paragraph)
        or not (
            CONTENTS.fullmatch(block.text.strip())
            or LEADERS.search(block.text)
            or any(is_section(block, section) for section in form.sections)
        )
    ]


class Head(NamedTuple):
    """The heading of a part, and the text that follows it in the same line."""

    heading: str
    rest: str


def part_head(line: Paragraph, section: Section, styled: bool, numbered: bool) -> Head | None:
    """The heading of a part, None for plain text; ``numbered`` parts bear （一）."""
    number = PART_NUMBER.match(line.text)
    if styled:
        plain = line.text[number.end() if number else 0 :]
        return Head(plain, "") if line.level == 2 else None
    if number:
        return head_of(line.text[number.end() :])
    known = {normal(part) for part in section.parts}
    item = None if numbered else ITEM_NUMBER.match(line.text)
    text = line.text[item.end() :] if item else line.text
    head = head_of(text) if item else Head(text.strip(), "")
    if bare(head.heading) in known and len(head.heading) < 24:
        return head
    return None


def bare(heading: str) -> str:
    """A heading without what is often added to it."""
    plain = normal(heading)
    for tail in ("情况", "方面", "工作"):
        plain = plain.removesuffix(tail)
    return plain


def head_of(text: str) -> Head:
    """A heading and what is run in with it; a line that is a sentence has no heading."""
    end = HEAD_END.search(text)
    heading, rest = (text[: end.start()], text[end.end() :]) if end else (text, "")
    if "\n" in heading:
        heading, _, below = heading.partition("\n")
        rest = f"{below}{text[end.start() :] if end else ''}"
    is_sentence = len(heading) > LONGEST_HEAD or (
        ("，" in heading or "," in heading) and (bool(rest) or any(map(str.isdigit, heading)))
    )
    if is_sentence or (end and not rest.strip() and any(map(str.isdigit, heading))):
        return Head("", text.strip())
    return Head(heading.strip(), rest.strip())


def is_furniture(text: str) -> bool:
    """Whether a line is of the page or the site and not of the report."""
    return len(text) < 60 and FURNITURE.fullmatch(text.strip()) is not None
