"""A template, ours or an office's own, emptied so that reports can be written into it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from html import escape
from io import BytesIO
from typing import TYPE_CHECKING, NamedTuple

from govdisclose.formats.container import DAMAGED, unpacked, untrusted
from govdisclose.formats.look import BODY, HEADING, LOOKS, PART, TABLE, TITLE, Look
from govdisclose.formats.seal import prepared
from govdisclose.formats.word import ooxml
from govdisclose.model.finding import Unusable

if TYPE_CHECKING:
    from docx.document import Document
    from docx.section import Section as PageSetup
    from lxml.etree import _Element as Element

W = f"{{{ooxml.MAIN}}}"
UI_NAMES = {TITLE: "标题", HEADING: "标题 1", PART: "标题 2", BODY: "正文文本"}
TWIP = 635  # EMU
MOST_DIGITS = 8
LARGEST = 3276  # the largest size that Word knows, in half points
UNUSABLE = f"模板不能使用：{DAMAGED}"


class Template(NamedTuple):
    """An emptied template, ready to be written into.

    ``ids`` and ``sizes`` (half points) are those of its styles, by name;
    ``width`` is the width of its text in twips, ``page`` the page setup,
    ``part_run`` what makes a run look like the heading of a part.
    """

    look: Look
    ids: Mapping[str, str]
    sizes: Mapping[str, int]
    width: int
    page: str
    text_part: str
    core_part: str
    part_run: str
    rest: Mapping[str, bytes]


@lru_cache(maxsize=8)
def opened(template: bytes | None, key: str, marked: bool) -> Template:
    """The template, or the built-in look, without its text."""
    look = LOOKS[key]
    made = built_in(look, marked) if template is None else restyled(look, template, marked)
    return made._replace(rest=prepared(made.rest))


def built_in(look: Look, marked: bool) -> Template:
    """A look as it is."""
    package = ooxml.package_of(look, marked)
    return Template(
        look,
        {TABLE: ooxml.TABLE_ID, **{style.name: style.id for style in look.drawn}},
        {style.name: style.size for style in look.drawn},
        look.page.text_width,
        ooxml.section_xml(look, marked),
        ooxml.DOCUMENT,
        ooxml.PROPERTIES,
        next(ooxml.typeface(style) for style in look.styles if style.name == PART),
        {name: part.encode() for name, part in package.items()},
    )


@untrusted(UNUSABLE)
def restyled(look: Look, template: bytes, marked: bool) -> Template:
    """A look with page, styles, header and footer of an office's template."""
    from docx.opc.constants import RELATIONSHIP_TYPE
    from lxml import etree

    document = loaded(template)
    found = {style.name.lower(): style for style in styles_in(document.styles.element)}
    needed = {style.name: style.size for style in look.drawn}
    names = (*needed, TABLE)
    check_styles(name for name in names if name.lower() not in found)
    styles = {name: found[name.lower()] for name in names}
    if marked:
        mark(document)
    document.core_properties.title = ""
    package = document.part.package
    page = document.sections[-1]
    return Template(
        look,
        {name: escape(style.id) for name, style in styles.items()},
        {name: styles[name].size or size for name, size in needed.items()},
        width_of(page),
        etree.tostring(page._sectPr, encoding="unicode", with_tail=False),
        document.part.partname.lstrip("/"),
        package.part_related_by(RELATIONSHIP_TYPE.CORE_PROPERTIES).partname.lstrip("/"),
        typeface_of(document.styles.element, styles[PART].id),
        saved(document),
    )


def typeface_of(styles: Element, id: str) -> str:
    """The fonts and the weight of a style, as a run has them of its own."""
    from lxml import etree

    own = styles.find(f"{W}style[@{W}styleId='{id}']/{W}rPr")
    found = [] if own is None else [own.find(W + tag) for tag in ("rFonts", "b", "bCs")]
    return "".join(
        etree.tostring(element, encoding="unicode", with_tail=False)
        for element in found
        if element is not None
    )


def loaded(template: bytes) -> Document:
    """A template as a document; one that has macros or declares entities is unusable."""
    import docx

    package = unpacked(template)
    if any(name.endswith("vbaProject.bin") for name in package):
        raise Unusable("模板里有宏，为安全起见不予使用，请另存为不带宏的 .docx")
    if any(declares(part) for name, part in package.items() if name.endswith((".xml", ".rels"))):
        raise Unusable(
            "模板里有文档类型声明（DOCTYPE），为安全起见不予使用，请在 Word 或 WPS 中另存"
        )
    return docx.Document(BytesIO(template))


def declares(part: bytes) -> bool:
    """Whether a part has a DOCTYPE, in an encoding of one byte or of several."""
    return b"<!DOCTYPE" in part.replace(b"\0", b"")


def width_of(page: PageSetup) -> int:
    """The width of the text in twips."""
    taken = (page.left_margin, page.right_margin, page.gutter)
    width = round(((page.page_width or 0) - sum(length or 0 for length in taken)) / TWIP)
    if width <= 0:
        raise Unusable("模板没有可用的页面设置，请在 Word 或 WPS 中重设纸张和页边距")
    return width


def saved(document: Document) -> dict[str, bytes]:
    """The parts of a document."""
    file = BytesIO()
    document.save(file)
    return unpacked(file.getvalue())


class StyleName(NamedTuple):
    """A style of a document: its id, the name that Word knows it by, its size or 0."""

    id: str
    name: str
    size: int


def styles_in(part: Element) -> Iterator[StyleName]:
    """The styles of a styles part, sizes in half points."""
    for style in part.iter(f"{W}style"):
        size = number_of(style, f"{W}rPr/{W}sz")
        yield StyleName(
            style.get(f"{W}styleId", ""),
            value_of(style, f"{W}name"),
            size if size <= LARGEST else 0,
        )


def value_of(element: Element, path: str) -> str:
    """The value of a setting below an element, "" where it is not set."""
    found = element.find(path)
    return "" if found is None else found.get(f"{W}val", "")


def number_of(element: Element, path: str) -> int:
    """The number set below an element, 0 where none is set or it is out of all bounds."""
    text = value_of(element, path)
    return int(text) if text.isdecimal() and len(text) <= MOST_DIGITS else 0


def check_styles(missing: Iterable[str]) -> None:
    """Refuse a template that lacks styles, by the names Word shows."""
    names = [f"“{UI_NAMES.get(name, name)}”" for name in missing]
    if names:
        raise Unusable(
            f"模板缺少样式{'、'.join(names)}，请以 govdisclose template 写出的模板为底本修改"
        )


def mark(document: Document) -> None:
    """Put 草稿 on top of every header of the last section."""
    from docx.oxml import parse_xml

    page = document.sections[-1]
    headers = [page.header]
    if document.settings.odd_and_even_pages_header_footer:
        headers.append(page.even_page_header)
    if page.different_first_page_header_footer:
        headers.append(page.first_page_header)
    for header in headers:
        if header.is_linked_to_previous:
            header.is_linked_to_previous = False
            header._element.clear()
        header._element.insert(0, parse_xml(ooxml.mark_xml()))
