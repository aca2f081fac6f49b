"""Draw text as paragraphs in WordprocessingML."""

from __future__ import annotations

import re
from typing import NamedTuple

from govdisclose.formats.container import ILLEGAL
from govdisclose.model.finding import Unusable

BREAK = '</w:t>{}<w:t xml:space="preserve">'
ESCAPES = str.maketrans(
    {
        "&": "&amp;",
        "<": "&lt;",
        ">": "&gt;",
        '"': "&quot;",
        "\t": BREAK.format("<w:tab/>"),
        "\n": BREAK.format("<w:br/>"),
    }
)
HYPHENATED = re.compile(r"\d+(?:-\d+)+")
FIELD = (
    '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
    '<w:r><w:instrText xml:space="preserve"> SET NoBreak "" </w:instrText></w:r>'
    '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
)
"""A field that shows nothing.

LibreOffice breaks a line at a hyphen that must not be broken at, unless a
space or a field stands before it in the line (SwBlankPortion::MayUnderflow).
"""

UNBROKEN = re.compile("[!-~]{7,}")
"""What would leave a hole that is seen when its line is justified."""

CHINESE = '<w:rFonts w:hint="eastAsia"/>'
"""Punctuation is Chinese where a font of either kind has it."""


class Setting(NamedTuple):
    """How a paragraph is set otherwise than its style says; lengths in twips.

    ``run`` is what its characters have of their own, ``indent`` an element.
    """

    keep: bool = False
    before: int = 0
    after: int = 0
    indent: str = ""
    jc: str = ""
    run: str = CHINESE


PLAIN = Setting()


def escaped(text: str) -> str:
    """A text for XML; a character that no file can hold is unusable."""
    found = ILLEGAL.search(text)
    if found:
        near = text[max(0, found.start() - 10) : found.start()]
        raise Unusable(f"“{near}”之后有 Word 文件不能保存的字符 U+{ord(found[0]):04X}，请删去")
    return text.translate(ESCAPES)


def paragraph(style: str, text: str, setting: Setting = PLAIN) -> str:
    """A paragraph; a number is never broken at its hyphen."""
    start, end = f'<w:r><w:rPr>{setting.run}</w:rPr><w:t xml:space="preserve">', "</w:t></w:r>"

    def unbroken(number: re.Match[str]) -> str:
        hyphens = BREAK.format("<w:noBreakHyphen/>").join(number[0].split("-"))
        return f"{end}{FIELD}{start}{hyphens}"

    shown = HYPHENATED.sub(unbroken, escaped(text))
    return (
        f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{properties(setting)}</w:pPr>'
        f"{start}{shown}{end}</w:p>"
    )


def properties(setting: Setting) -> str:
    """The properties of a paragraph beyond its style, in the order of the schema."""
    keep = "<w:keepNext/>" if setting.keep else ""
    before = f' w:before="{setting.before}"' if setting.before else ""
    after = f' w:after="{setting.after}"' if setting.after else ""
    spacing = f"<w:spacing{before}{after}/>" if before or after else ""
    jc = f'<w:jc w:val="{setting.jc}"/>' if setting.jc else ""
    return f"{keep}{spacing}{setting.indent}{jc}"


def justified(text: str) -> Setting:
    """A paragraph of text: set flush left where a long Latin word would pull it apart."""
    return Setting(jc="left") if UNBROKEN.search(text) else PLAIN
