"""What a Word document says: its paragraphs and tables."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from govdisclose.formats import published
from govdisclose.formats.container import DAMAGED, check_markup, unpacked, untrusted
from govdisclose.formats.document import SIGNED, Block, Paragraph, TextGrid
from govdisclose.formats.look import HEADING, PART, TITLE
from govdisclose.formats.word import ooxml
from govdisclose.formats.word.template import W, number_of, styles_in, value_of
from govdisclose.model.finding import Unusable
from govdisclose.model.report import Reading

if TYPE_CHECKING:
    from lxml.etree import _Element as Element
MOST_COLUMNS = 200
MOST_CELLS = 50_000


def loads(data: bytes) -> Reading:
    """The report in a .docx, ours or another of this form."""
    with untrusted(DAMAGED):
        package = unpacked(data)
        root = parsed(package[ooxml.DOCUMENT])
        levels = levels_in(parsed(package[ooxml.STYLES])) if ooxml.STYLES in package else {}
        found = list(blocks(root, levels))
    return published.read(found)


def parsed(part: bytes) -> Element:
    """A part as XML; entities and the network are never followed."""
    from lxml import etree

    check_markup(part)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    return etree.fromstring(part, parser)


def levels_in(styles: Element) -> dict[str, int]:
    """The heading level of each style by its id, 0 for the title."""
    known = {TITLE.lower(): 0, HEADING: 1, PART: 2}
    return {
        style.id: known[style.name.lower()]
        for style in styles_in(styles)
        if style.name.lower() in known
    }


def blocks(root: Element, levels: Mapping[str, int]) -> Iterator[Block]:
    """The paragraphs and tables of a body, those in content controls too."""
    for element in root.iter(f"{W}p", f"{W}tbl"):
        if element.tag == f"{W}tbl":
            yield text_grid(element)
        elif next(element.iterancestors(f"{W}tc", f"{W}txbxContent"), None) is None:
            level = levels.get(value_of(element, f"{W}pPr/{W}pStyle"))
            right = level is None and value_of(element, f"{W}pPr/{W}jc") in ("right", "end")
            yield Paragraph(text_of(element), SIGNED if right else level)


def own(element: Element, *tags: str) -> Iterator[Element]:
    """The elements of some tags inside one, but not in another of its kind."""
    for found in element.iter(*(W + tag for tag in tags)):
        if next(found.iterancestors(element.tag)) is element:
            yield found


def text_of(paragraph: Element) -> str:
    """The text of a paragraph."""
    marks = {f"{W}tab": "\t", f"{W}br": "\n", f"{W}noBreakHyphen": "-"}
    return "".join(
        marks.get(str(piece.tag)) or piece.text or ""
        for run in own(paragraph, "r")
        for piece in run.iterchildren(f"{W}t", *marks)
    )


def text_grid(table: Element) -> TextGrid:
    """A table as text; merged cells repeat theirs over all they cover."""
    grid: TextGrid = []
    held = 0
    for line in own(table, "tr"):
        texts: list[str] = []
        above = grid[-1] if grid else []
        for cell in own(line, "tc"):
            merge = cell.find(f"{W}tcPr/{W}vMerge")
            if merge is None or merge.get(f"{W}val") == "restart" or len(texts) >= len(above):
                text = "\n".join(filter(None, map(text_of, cell.iter(f"{W}p"))))
            else:
                text = above[len(texts)]
            span = number_of(cell, f"{W}tcPr/{W}gridSpan")
            texts.extend([text] * max(1, min(span, MOST_COLUMNS)))
            if held + len(texts) > MOST_CELLS:
                raise Unusable("文档里的表格过大，不像一份年度报告")
        held += len(texts)
        grid.append(texts)
    return grid
