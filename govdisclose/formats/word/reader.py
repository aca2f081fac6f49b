"""What a Word document says: its paragraphs, tables and pictures, as a reader sees them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, NamedTuple

from govdisclose.formats import published
from govdisclose.formats.container import DAMAGED, TOO_MUCH, check_markup, unpacked, untrusted
from govdisclose.formats.document import SIGNED, Block, Paragraph, Picture
from govdisclose.formats.look import HEADING, PART, TITLE
from govdisclose.formats.word import ooxml
from govdisclose.formats.word.numbering import Numbering
from govdisclose.formats.word.template import W, styles_in, value_of
from govdisclose.formats.word.text_tables import own, text_table
from govdisclose.model import limits
from govdisclose.model.finding import Unusable
from govdisclose.model.report import Reading

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

NUMBERING = "word/numbering.xml"
STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
MARKUP = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
MARKS = {f"{W}tab": "\t", f"{W}noBreakHyphen": "-"}
PICTURES = (f"{W}drawing", f"{W}pict", f"{W}object")
IMAGES = ("blip", "imagedata")
GONE = (f"{W}del", f"{W}moveFrom", f"{MARKUP}Fallback")
PIECES = (f"{W}t", f"{W}br", f"{W}cr", *MARKS, *PICTURES)


def loads(data: bytes) -> Reading:
    """The report in a .docx, ours or another of this form."""
    return published.read(read(data))


def read(data: bytes) -> list[Block]:
    """What stands in a .docx, in order."""
    with untrusted(DAMAGED):
        package = unpacked(data)
        root = parsed(package[main_part(package)])
        styles = parsed(package[ooxml.STYLES]) if ooxml.STYLES in package else None
        lists = parsed(package[NUMBERING]) if NUMBERING in package else None
        seen = Seen(
            levels_in(styles) if styles is not None else {},
            hidden_in(styles) if styles is not None else frozenset(),
            Numbering(lists, styles),
        )
        return list(blocks(root, seen))


def main_part(package: Mapping[str, bytes]) -> str:
    """The part that holds the text."""
    if ooxml.DOCUMENT in package:
        return ooxml.DOCUMENT
    links = parsed(package["_rels/.rels"])
    target = next(
        link.get("Target", "") for link in links if link.get("Type", "").endswith("/officeDocument")
    )
    return target.lstrip("/")


def parsed(part: bytes) -> Element:
    """A part as XML; entities and the network are never followed."""
    from lxml import etree

    check_markup(part)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    if STRICT in part[:4096]:
        part = part.replace(STRICT, ooxml.MAIN.encode())
    return etree.fromstring(part, parser)


class Seen(NamedTuple):
    """What styles and lists make of a paragraph: heading levels, what is hidden, numbers."""

    levels: Mapping[str, int]
    hidden: frozenset[str]
    numbers: Numbering


def levels_in(styles: Element) -> dict[str, int]:
    """The heading level of each style by its id, 0 for the title."""
    known = {TITLE.lower(): 0, HEADING: 1, PART: 2}
    return {
        style.id: known[style.name.lower()]
        for style in styles_in(styles)
        if style.name.lower() in known
    }


def hidden_in(styles: Element) -> frozenset[str]:
    """The styles whose text is not shown, by id."""
    return frozenset(
        style.get(f"{W}styleId", "")
        for style in styles.iterchildren(f"{W}style")
        if is_on(style.find(f"{W}rPr/{W}vanish"))
    )


def is_on(switch: Element | None) -> bool:
    """Whether a property is set."""
    return switch is not None and switch.get(f"{W}val", "1") not in ("0", "false", "off")


def blocks(root: Element, seen: Seen) -> Iterator[Block]:
    """The paragraphs, tables and pictures of a body, those in boxes and controls too."""
    count = tables = 0
    data: set[Element] = set()
    for element in root.iter(f"{W}p", f"{W}tbl"):
        count += 1
        if count > limits.BLOCKS:
            raise Unusable(TOO_MUCH)
        if is_gone(element):
            continue
        if element.tag == f"{W}tbl":
            if is_data(element):
                data.add(element)
                tables += 1
                yield text_table(element, f"第 {tables} 个表", lambda p: text_of(p, seen))
        elif not is_in(element, data):
            yield from paragraph(element, seen)


def is_gone(element: Element) -> bool:
    """Whether something has been struck out, or stands there twice for older programs."""
    return next(element.iterancestors(*GONE), None) is not None


def is_data(table: Element) -> bool:
    """Whether a table is one of figures, and not a frame around other text."""
    if next(table.iterdescendants(f"{W}tbl"), None) is not None:
        return False
    rows = [len(list(row.iterchildren(f"{W}tc", f"{W}sdt"))) for row in own(table, "tr")]
    return max(rows, default=0) > 1


def is_in(paragraph: Element, data: set[Element]) -> bool:
    """Whether a paragraph is part of one of the tables of figures, not of a box in it."""
    above = next(paragraph.iterancestors(f"{W}tbl", f"{W}txbxContent"), None)
    return above is not None and above in data


def paragraph(element: Element, seen: Seen) -> Iterator[Block]:
    """A paragraph with its number, and the pictures in it."""
    style = value_of(element, f"{W}pPr/{W}pStyle")
    text = text_of(element, seen)
    number = seen.numbers.before(element, style)
    level = seen.levels.get(style)
    if level is None and value_of(element, f"{W}pPr/{W}jc") in ("right", "end"):
        level = SIGNED
    yield Paragraph(number + text if text.strip() else text, level)
    if next(element.iterdescendants(*PICTURES), None) is not None:
        near = "".join(text.split())[:12]
        for image in element.iter():
            tag = image.tag.rpartition("}")[2] if isinstance(image.tag, str) else ""
            if tag in IMAGES and not is_gone(image):
                yield Picture(f"“{near}”处" if near else "单独一段的图片")


def text_of(paragraph: Element, seen: Seen | None = None) -> str:
    """The text of a paragraph that is shown; line ends are kept."""
    hidden = seen.hidden if seen else frozenset()
    if value_of(paragraph, f"{W}pPr/{W}pStyle") in hidden:
        return ""
    return "".join(
        piece
        for run in own(paragraph, "r")
        if is_shown(run, hidden) and not is_gone(run)
        for piece in pieces(run)
    )


def pieces(run: Element) -> Iterator[str]:
    """What a run says."""
    for piece in run.iterchildren(*PIECES):
        if piece.tag == f"{W}t":
            yield piece.text or ""
        elif piece.tag in (f"{W}br", f"{W}cr"):
            yield "" if piece.get(f"{W}type") in ("page", "column") else "\n"
        else:
            yield MARKS.get(str(piece.tag), "")


def is_shown(run: Element, hidden: frozenset[str]) -> bool:
    """Whether the text of a run is seen."""
    properties = run.find(f"{W}rPr")
    if properties is None:
        return True
    is_hidden = value_of(properties, f"{W}rStyle") in hidden
    return not (is_hidden or is_on(properties.find(f"{W}vanish")))
