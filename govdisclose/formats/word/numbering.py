"""The numbers that Word puts before paragraphs by itself: 一、 （一） 1."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, NamedTuple

from govdisclose.formats.word.template import W
from govdisclose.model.text import ordinal

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

CHINESE = ("chinese", "japaneseCounting", "ideographDigital", "taiwaneseCounting")
MOST_LEVELS = 9


class Level(NamedTuple):
    """How the paragraphs of a level are numbered."""

    kind: str
    text: str
    start: int


class Numbering:
    """The lists of a document, counted on as its paragraphs come."""

    def __init__(self, part: Element | None, styles: Element | None) -> None:
        self.levels = dict(levels_of(part)) if part is not None else {}
        self.lists = dict(lists_of(part)) if part is not None else {}
        self.styles = dict(styles_of(styles)) if styles is not None else {}
        self.counts: dict[str, list[int]] = defaultdict(lambda: [0] * MOST_LEVELS)

    def before(self, paragraph: Element, style: str) -> str:
        """What stands before a paragraph, empty where it is not numbered."""
        given = paragraph.find(f"{W}pPr/{W}numPr")
        which = named(given) if given is not None else self.styles.get(style)
        if which is None or which[0] not in self.lists:
            return ""
        kind, depth = self.lists[which[0]], which[1]
        level = self.levels.get((kind, depth))
        if level is None or level.kind in ("bullet", "none"):
            return ""
        counts = self.counts[kind]
        counts[depth] = counts[depth] + 1 if counts[depth] else level.start
        counts[depth + 1 :] = [0] * (MOST_LEVELS - depth - 1)
        return re.sub(r"%(\d)", lambda m: self.number(kind, int(m[1]) - 1, counts), level.text)

    def number(self, kind: str, depth: int, counts: list[int]) -> str:
        """The number of a level as it is written."""
        level = self.levels.get((kind, depth))
        count = counts[depth] or 1
        is_chinese = level is not None and level.kind.startswith(CHINESE)
        return ordinal(count) if is_chinese else str(count)


def levels_of(part: Element) -> Iterator[tuple[tuple[str, int], Level]]:
    """The levels of the lists by their kind and depth."""
    for kind in part.iterchildren(f"{W}abstractNum"):
        for level in kind.iterchildren(f"{W}lvl"):
            depth = integer(level.get(f"{W}ilvl"))
            values = {child.tag: child.get(f"{W}val", "") for child in level}
            start = integer(values.get(f"{W}start") or "1")
            text = values.get(f"{W}lvlText", "")
            if depth < MOST_LEVELS:
                yield (
                    (kind.get(f"{W}abstractNumId", ""), depth),
                    Level(values.get(f"{W}numFmt", ""), text, start),
                )


def lists_of(part: Element) -> Iterator[tuple[str, str]]:
    """The kind of each list by its number."""
    for each in part.iterchildren(f"{W}num"):
        kind = each.find(f"{W}abstractNumId")
        if kind is not None:
            yield each.get(f"{W}numId", ""), kind.get(f"{W}val", "")


def styles_of(styles: Element) -> Iterator[tuple[str, tuple[str, int]]]:
    """The list and depth that a style numbers its paragraphs by."""
    for style in styles.iterchildren(f"{W}style"):
        given = style.find(f"{W}pPr/{W}numPr")
        if given is not None and (which := named(given)):
            yield style.get(f"{W}styleId", ""), which


def named(given: Element) -> tuple[str, int] | None:
    """The list and depth that a paragraph names; list 0 is none."""
    values: Mapping[str, str] = {str(child.tag): child.get(f"{W}val", "") for child in given}
    number = values.get(f"{W}numId", "")
    return (number, integer(values.get(f"{W}ilvl"))) if number not in ("", "0") else None


def integer(text: str | None) -> int:
    """A small number, 0 where it is none."""
    return int(text) if text and text.isdecimal() and len(text) < 6 else 0
