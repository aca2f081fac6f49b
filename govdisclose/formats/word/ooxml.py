"""The parts of a .docx that follow from a look alone, as XML.

Elements stand in the order that the schema prescribes, which Word insists on
and other programs do not.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape
from typing import NamedTuple

from govdisclose.formats.container import one_line
from govdisclose.formats.look import (
    BODY,
    CELL_MARGIN,
    FOOTER,
    HEADER,
    HEI,
    LATIN,
    MARK,
    SUBSTITUTES,
    TABLE,
    Look,
    TextStyle,
)

MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
CORE = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"

XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
SPACES = f'xmlns:w="{MAIN}" xmlns:r="{OFFICE}"'

DOCUMENT, PROPERTIES = "word/document.xml", "docProps/core.xml"
STYLES = "word/styles.xml"
TABLE_ID = "ReportTable"
TAB = 640  # two characters
WORD_MARGIN = 108  # what Word gives a table of its own


def fonts(east: str, latin: str) -> str:
    """The four fonts of a style."""
    return (
        f'<w:rFonts w:ascii="{latin}" w:hAnsi="{latin}" w:eastAsia="{east}" w:cs="{latin}"'
        ' w:hint="eastAsia"/>'
    )


def typeface(style: TextStyle) -> str:
    """Fonts and weight of a style."""
    bold = "<w:b/><w:bCs/>" if style.bold else ""
    return fonts(style.font, style.latin) + bold


def run_properties(style: TextStyle) -> str:
    """Fonts, weight and size of a style."""
    spacing = f'<w:spacing w:val="{style.spacing}"/>' if style.spacing else ""
    size = f'<w:sz w:val="{style.size}"/><w:szCs w:val="{style.size}"/>'
    return f"<w:rPr>{typeface(style)}{spacing}{size}</w:rPr>"


def paragraph_properties(style: TextStyle) -> str:
    """Pitch, indent, alignment and outline level of a style."""
    heading = style.level is not None or style.id == "Title"
    indent = f'<w:ind w:firstLineChars="200" w:firstLine="{style.indent}"/>' if style.indent else ""
    level = "" if style.level is None else f'<w:outlineLvl w:val="{style.level}"/>'
    return (
        f"<w:pPr>{'<w:keepNext/><w:keepLines/>' if heading else ''}"
        f'<w:spacing w:before="0" w:after="{style.after}" w:line="{style.pitch}"'
        f' w:lineRule="exact"/>{indent}<w:jc w:val="{style.jc}"/>{level}</w:pPr>'
    )


def style_xml(style: TextStyle) -> str:
    """A paragraph style as Word writes it."""
    custom = ' w:customStyle="1"' if style.name.startswith("表") else ""
    after = '<w:next w:val="BodyText"/>' if style.level is not None else ""
    return (
        f'<w:style w:type="paragraph"{custom} w:styleId="{style.id}"><w:name w:val="{style.name}"/>'
        f'<w:basedOn w:val="Normal"/>{after}<w:qFormat/>'
        f"{paragraph_properties(style)}{run_properties(style)}</w:style>"
    )


def border_xml(size: int) -> str:
    """Single lines on all sides and between the cells, in eighths of a point."""
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    return "".join(
        f'<w:{side} w:val="single" w:sz="{size}" w:space="0" w:color="auto"/>' for side in sides
    )


def margins(side: int) -> str:
    """Cell margins: so much beside the text, none above and below it.

    Word adds the latter to the least height of a row, LibreOffice does not.
    """
    sides = (("top", 0), ("left", side), ("bottom", 0), ("right", side))
    inner = "".join(f'<w:{name} w:w="{width}" w:type="dxa"/>' for name, width in sides)
    return f"<w:tblCellMar>{inner}</w:tblCellMar>"


def table_styles(look: Look) -> str:
    """Word's own style for tables that are added later, and the one ours are drawn in."""
    return (
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal">'
        '<w:name w:val="Normal Table"/><w:uiPriority w:val="99"/><w:semiHidden/>'
        '<w:unhideWhenUsed/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/>'
        f"{margins(WORD_MARGIN)}</w:tblPr></w:style>"
        '<w:style w:type="table" w:customStyle="1"'
        f' w:styleId="{TABLE_ID}">'
        f'<w:name w:val="{TABLE}"/><w:basedOn w:val="TableNormal"/><w:qFormat/>'
        f"<w:tblPr><w:tblBorders>{border_xml(look.border)}</w:tblBorders>"
        f"{margins(CELL_MARGIN)}</w:tblPr></w:style>"
    )


def all_styles(look: Look) -> Iterator[TextStyle]:
    """Every paragraph style of a look."""
    yield from look.drawn
    yield from (HEADER, FOOTER)


def styles_part(look: Look) -> str:
    """The part ``word/styles.xml``."""
    body = next(style for style in look.styles if style.name == BODY)
    return (
        f"{XML}<w:styles {SPACES}><w:docDefaults><w:rPrDefault><w:rPr>"
        f'{fonts(body.font, body.latin)}<w:kern w:val="0"/><w:sz w:val="{body.size}"/>'
        f'<w:szCs w:val="{body.size}"/><w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/>'
        "</w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>"
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/>'
        "<w:qFormat/><w:pPr><w:widowControl/>"
        '<w:overflowPunct/><w:autoSpaceDE w:val="0"/><w:autoSpaceDN w:val="0"/>'
        f'<w:adjustRightInd w:val="0"/><w:snapToGrid w:val="0"/><w:jc w:val="both"/></w:pPr>'
        f"<w:rPr>{fonts(body.font, body.latin)}</w:rPr></w:style>"
        '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
        '<w:name w:val="Default Paragraph Font"/><w:uiPriority w:val="1"/><w:semiHidden/>'
        "<w:unhideWhenUsed/></w:style>"
        f"{table_styles(look)}{''.join(map(style_xml, all_styles(look)))}</w:styles>"
    )


def fonts_part(look: Look) -> str:
    """The part ``word/fontTable.xml``: what to take where a font is missing."""
    used = dict.fromkeys(font for style in all_styles(look) for font in (style.font, style.latin))
    return f"{XML}<w:fonts {SPACES}>{''.join(map(font_xml, used))}</w:fonts>"


def font_xml(name: str) -> str:
    """One font with its substitutes and its character set (86: Chinese)."""
    instead = f'<w:altName w:val="{SUBSTITUTES[name]}"/>' if name in SUBSTITUTES else ""
    charset = "00" if name == LATIN else "86"
    return (
        f'<w:font w:name="{name}">{instead}<w:charset w:val="{charset}"/>'
        '<w:family w:val="auto"/><w:pitch w:val="default"/></w:font>'
    )


SETTINGS = (
    f'{XML}<w:settings {SPACES}><w:zoom w:percent="100"/><w:bordersDoNotSurroundHeader/>'
    f'<w:bordersDoNotSurroundFooter/><w:defaultTabStop w:val="{TAB}"/><w:evenAndOddHeaders/>'
    '<w:characterSpacingControl w:val="compressPunctuation"/>'
    '<w:compat><w:useFELayout/><w:compatSetting w:name="compatibilityMode"'
    ' w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat></w:settings>'
)


def footer_part(side: str) -> str:
    """A page number between dashes, one character in from the outer side."""
    return (
        f'{XML}<w:ftr {SPACES}><w:p><w:pPr><w:pStyle w:val="{FOOTER.id}"/>'
        f'<w:ind w:{side}="{FOOTER.size * 10}"/><w:jc w:val="{side}"/></w:pPr>'
        '<w:r><w:t xml:space="preserve">— </w:t></w:r>'
        '<w:fldSimple w:instr=" PAGE "><w:r><w:t>1</w:t></w:r></w:fldSimple>'
        '<w:r><w:t xml:space="preserve"> —</w:t></w:r></w:p></w:ftr>'
    )


def mark_xml() -> str:
    """The paragraph that says on each page that this is a draft."""
    return (
        f'<w:p {SPACES}><w:pPr><w:spacing w:before="0" w:after="0"/><w:jc w:val="right"/></w:pPr>'
        f'<w:r><w:rPr>{fonts(HEI, LATIN)}<w:color w:val="C00000"/><w:sz w:val="32"/>'
        f'<w:szCs w:val="32"/></w:rPr><w:t>{MARK}</w:t></w:r></w:p>'
    )


def header_part() -> str:
    """A header that marks a draft."""
    return f"{XML}<w:hdr {SPACES}>{mark_xml()}</w:hdr>"


def section_xml(look: Look, marked: bool) -> str:
    """The page setup at the end of the body."""
    page = look.page
    references = "".join(
        f'<w:{part.kind}Reference w:type="{part.pages}" r:id="{part.id}"/>'
        for part in margin_parts(look, marked)
    )
    return (
        f'<w:sectPr>{references}<w:pgSz w:w="{page.width}" w:h="{page.height}"/>'
        f'<w:pgMar w:top="{page.top}" w:right="{page.right}" w:bottom="{page.bottom}"'
        f' w:left="{page.left}" w:header="{page.header}" w:footer="{page.footer}"'
        ' w:gutter="0"/></w:sectPr>'
    )


class PackagePart(NamedTuple):
    """A part that the document refers to; ``pages`` of a header or a footer."""

    id: str
    kind: str
    content: str
    pages: str = ""

    @property
    def file(self) -> str:
        """Its file in the folder of the document."""
        return f"{self.id}.xml"


def margin_parts(look: Look, marked: bool) -> Iterator[PackagePart]:
    """Headers where the report is marked, footers where the pages are numbered."""
    for pages, side in (("default", "right"), ("even", "left")):
        if marked:
            yield PackagePart(f"header_{pages}", "header", header_part(), pages)
        if look.numbered:
            yield PackagePart(f"footer_{pages}", "footer", footer_part(side), pages)


def parts_of(look: Look, marked: bool) -> Iterator[PackagePart]:
    """The parts that the document itself refers to."""
    yield PackagePart("styles", "styles", styles_part(look))
    yield PackagePart("settings", "settings", SETTINGS)
    yield PackagePart("fontTable", "fontTable", fonts_part(look))
    yield from margin_parts(look, marked)


def relations(links: Iterable[tuple[str, str, str]]) -> str:
    """A relationships part of ``(id, type, target)``."""
    items = "".join(
        f'<Relationship Id="{id}" Type="{kind}" Target="{target}"/>' for id, kind, target in links
    )
    return f'{XML}<Relationships xmlns="{RELATIONS}">{items}</Relationships>'


def content_types(parts: list[PackagePart]) -> str:
    """The part that names the kind of every other."""
    kinds = {f"/word/{part.file}": f"{WORD}.{part.kind}+xml" for part in parts}
    kinds[f"/{DOCUMENT}"] = f"{WORD}.document.main+xml"
    kinds[f"/{PROPERTIES}"] = "application/vnd.openxmlformats-package.core-properties+xml"
    overrides = "".join(
        f'<Override PartName="{name}" ContentType="{kind}"/>' for name, kind in kinds.items()
    )
    return (
        f'{XML}<Types xmlns="{TYPES}"><Default Extension="rels"'
        ' ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>'
    )


def package_of(look: Look, marked: bool) -> dict[str, str]:
    """A document of a look by its parts, all but its text and properties."""
    parts = list(parts_of(look, marked))
    top = (
        ("document", f"{OFFICE}/officeDocument", DOCUMENT),
        ("core", CORE.replace("/metadata", "/relationships/metadata"), PROPERTIES),
    )
    return {
        "[Content_Types].xml": content_types(parts),
        "_rels/.rels": relations(top),
        "word/_rels/document.xml.rels": relations(
            (part.id, f"{OFFICE}/{part.kind}", part.file) for part in parts
        ),
        **{f"word/{part.file}": part.content for part in parts},
    }


def core_part(title: str, subject: str, creator: str) -> str:
    """The part ``docProps/core.xml``, without times so that it never varies."""
    title, subject, creator = (escape(one_line(text)) for text in (title, subject, creator))
    return (
        f'{XML}<cp:coreProperties xmlns:cp="{CORE}" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<dc:title>{title}</dc:title><dc:subject>{subject}</dc:subject>"
        f"<dc:creator>{creator}</dc:creator><dc:language>zh-CN</dc:language></cp:coreProperties>"
    )
