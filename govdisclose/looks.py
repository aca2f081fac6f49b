"""The built-in looks of the document: page, styles and fonts, as data.

Lengths are twips (1/20 pt) and sizes half points, as Word writes them. The
standard look follows GB/T 9704—2012, the annex look the notice's own annex.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from govdisclose.package import packed

MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
CORE = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"

XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
SPACES = f'xmlns:w="{MAIN}" xmlns:r="{OFFICE}"'

SONG, FANG, HEI, KAI, TITLE_SONG = "宋体", "仿宋_GB2312", "黑体", "楷体_GB2312", "方正小标宋简体"
LATIN = "Times New Roman"
SUBSTITUTES = {FANG: "仿宋", KAI: "楷体", TITLE_SONG: "方正小标宋_GBK,方正小标宋简,华文中宋"}


class Page(NamedTuple):
    """Paper and margins; ``header`` and ``footer`` are their distances from the edge."""

    top: int
    right: int
    bottom: int
    left: int
    header: int
    footer: int
    width: int = 11906
    height: int = 16838


class Style(NamedTuple):
    """A paragraph style; ``level`` is its outline level, ``pitch`` an exact line."""

    id: str
    name: str
    font: str
    size: int
    pitch: int
    jc: str = "both"
    indent: int = 0
    after: int = 0
    spacing: int = 0
    bold: bool = False
    level: int | None = None
    latin: str = LATIN


class Cells(NamedTuple):
    """How the table of a section is set: its text, least row height, row labels."""

    style: Style
    row: int
    labels: str = "left"


@dataclass(frozen=True)
class Look:
    """A page, the styles of its text, and its tables by the key of their section."""

    page: Page
    styles: tuple[Style, ...]
    tables: dict[str, Cells]
    page_number: Style | None = None
    border: int = 4
    band: str = "C6D9F1"


TITLE, HEADING, PART, BODY = "Title", "heading 1", "heading 2", "Body Text"
TABLE = "报告表格"
CELL_MARGIN = 28

STANDARD = Look(
    page=Page(top=2098, right=1474, bottom=1984, left=1588, header=851, footer=1304),
    styles=(
        Style("Title", TITLE, TITLE_SONG, 44, 724, jc="center", after=868),
        Style("Heading1", HEADING, HEI, 32, 579, jc="left", indent=640, level=0),
        Style("Heading2", PART, KAI, 32, 579, jc="left", indent=640, level=1),
        Style("BodyText", BODY, FANG, 32, 579, indent=640, spacing=-5),
    ),
    tables={
        "disclosure": Cells(Style("Table2", "表二", SONG, 24, 320, jc="center"), 480, "center"),
        "applications": Cells(Style("Table3", "表三", SONG, 19, 270, jc="center"), 350),
        "disputes": Cells(Style("Table4", "表四", SONG, 21, 280, jc="center"), 480),
    },
    page_number=Style("Footer", "footer", SONG, 28, 280, latin=SONG),
)

ANNEX = Look(
    page=Page(top=1440, right=1800, bottom=1440, left=1800, header=851, footer=992),
    styles=(
        Style("Title", TITLE, SONG, 36, 600, jc="center", after=400, bold=True, latin=SONG),
        Style("Heading1", HEADING, SONG, 24, 400, indent=480, bold=True, level=0, latin=SONG),
        Style("Heading2", PART, SONG, 24, 400, indent=480, bold=True, level=1, latin=SONG),
        Style("BodyText", BODY, SONG, 24, 400, indent=480, latin=SONG),
    ),
    tables={
        "disclosure": Cells(
            Style("Table2", "表二", SONG, 20, 280, jc="center", latin=SONG), 400, "center"
        ),
        "applications": Cells(Style("Table3", "表三", SONG, 18, 260, jc="center", latin=SONG), 380),
        "disputes": Cells(Style("Table4", "表四", SONG, 20, 280, jc="center", latin=SONG), 480),
    },
    border=8,
)

LOOKS = {"standard": STANDARD, "annex": ANNEX}


def fonts(east: str, latin: str) -> str:
    """The four fonts of a style."""
    return (
        f'<w:rFonts w:ascii="{latin}" w:hAnsi="{latin}" w:eastAsia="{east}" w:cs="{latin}"'
        ' w:hint="eastAsia"/>'
    )


def run_properties(style: Style) -> str:
    """Fonts, weight and size of a style."""
    bold = "<w:b/><w:bCs/>" if style.bold else ""
    spacing = f'<w:spacing w:val="{style.spacing}"/>' if style.spacing else ""
    size = f'<w:sz w:val="{style.size}"/><w:szCs w:val="{style.size}"/>'
    return f"<w:rPr>{fonts(style.font, style.latin)}{bold}{spacing}{size}</w:rPr>"


def paragraph_properties(style: Style) -> str:
    """Pitch, indent, alignment and outline level of a style."""
    heading = style.level is not None or style.id == "Title"
    indent = f'<w:ind w:firstLineChars="200" w:firstLine="{style.indent}"/>' if style.indent else ""
    level = "" if style.level is None else f'<w:outlineLvl w:val="{style.level}"/>'
    return (
        f"<w:pPr>{'<w:keepNext/><w:keepLines/>' if heading else ''}"
        f'<w:spacing w:before="0" w:after="{style.after}" w:line="{style.pitch}"'
        f' w:lineRule="exact"/>{indent}<w:jc w:val="{style.jc}"/>{level}</w:pPr>'
    )


def style_xml(style: Style) -> str:
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


def table_styles(look: Look) -> str:
    """The style all tables are drawn in: borders and cell margins."""
    margins = "".join(
        f'<w:{side} w:w="{width}" w:type="dxa"/>'
        for side, width in (
            ("top", CELL_MARGIN // 2),
            ("left", CELL_MARGIN),
            ("bottom", CELL_MARGIN // 2),
            ("right", CELL_MARGIN),
        )
    )
    return (
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal">'
        '<w:name w:val="Normal Table"/><w:uiPriority w:val="99"/><w:semiHidden/>'
        '<w:unhideWhenUsed/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/>'
        f"<w:tblCellMar>{margins}</w:tblCellMar></w:tblPr></w:style>"
        '<w:style w:type="table" w:customStyle="1" w:styleId="ReportTable">'
        f'<w:name w:val="{TABLE}"/><w:basedOn w:val="TableNormal"/><w:qFormat/>'
        f"<w:tblPr><w:tblBorders>{border_xml(look.border)}</w:tblBorders>"
        f"<w:tblCellMar>{margins}</w:tblCellMar></w:tblPr></w:style>"
    )


def drawn_in(look: Look) -> Iterator[Style]:
    """The paragraph styles that the text of a report needs."""
    yield from look.styles
    for cells in look.tables.values():
        yield cells.style


def all_styles(look: Look) -> Iterator[Style]:
    """Every paragraph style of a look."""
    yield from drawn_in(look)
    if look.page_number:
        yield look.page_number


def styles_part(look: Look) -> str:
    """The part ``word/styles.xml``."""
    body = next(style for style in look.styles if style.name == BODY)
    return (
        f"{XML}<w:styles {SPACES}><w:docDefaults><w:rPrDefault><w:rPr>"
        f'{fonts(body.font, body.latin)}<w:kern w:val="0"/><w:sz w:val="{body.size}"/>'
        f'<w:szCs w:val="{body.size}"/><w:lang w:val="zh-CN" w:eastAsia="zh-CN" w:bidi="ar-SA"/>'
        "</w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>"
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/>'
        '<w:qFormat/><w:pPr><w:widowControl w:val="0"/>'
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
    "<w:bordersDoNotSurroundFooter/><w:evenAndOddHeaders/>"
    '<w:characterSpacingControl w:val="compressPunctuation"/>'
    '<w:compat><w:useFELayout/><w:compatSetting w:name="compatibilityMode"'
    ' w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat></w:settings>'
)


def footer_part(style: Style, side: str) -> str:
    """A page number between dashes, one character in from the outer side."""
    return (
        f'{XML}<w:ftr {SPACES}><w:p><w:pPr><w:pStyle w:val="{style.id}"/>'
        f'<w:ind w:{side}="{style.size * 10}"/><w:jc w:val="{side}"/></w:pPr>'
        '<w:r><w:t xml:space="preserve">— </w:t></w:r>'
        '<w:fldSimple w:instr=" PAGE "><w:r><w:t>1</w:t></w:r></w:fldSimple>'
        '<w:r><w:t xml:space="preserve"> —</w:t></w:r></w:p></w:ftr>'
    )


def section_xml(look: Look) -> str:
    """The page setup at the end of the body."""
    page = look.page
    footers = (
        '<w:footerReference w:type="default" r:id="odd"/>'
        '<w:footerReference w:type="even" r:id="even"/>'
        if look.page_number
        else ""
    )
    return (
        f'<w:sectPr>{footers}<w:pgSz w:w="{page.width}" w:h="{page.height}"/>'
        f'<w:pgMar w:top="{page.top}" w:right="{page.right}" w:bottom="{page.bottom}"'
        f' w:left="{page.left}" w:header="{page.header}" w:footer="{page.footer}"'
        ' w:gutter="0"/></w:sectPr>'
    )


class Part(NamedTuple):
    """A part of the document: its file, relation and content, and its id."""

    id: str
    file: str
    kind: str
    content: str


def parts_of(look: Look) -> Iterator[Part]:
    """The parts that the document itself refers to."""
    yield Part("styles", "styles.xml", "styles", styles_part(look))
    yield Part("settings", "settings.xml", "settings", SETTINGS)
    yield Part("fonts", "fontTable.xml", "fontTable", fonts_part(look))
    if look.page_number:
        for id, side in (("odd", "right"), ("even", "left")):
            content = footer_part(look.page_number, side)
            yield Part(id, f"footer_{id}.xml", "footer", content)


def relations(links: Iterator[tuple[str, str, str]]) -> str:
    """A relationships part of ``(id, type, target)``."""
    items = "".join(
        f'<Relationship Id="{id}" Type="{kind}" Target="{target}"/>' for id, kind, target in links
    )
    return f'{XML}<Relationships xmlns="{RELATIONS}">{items}</Relationships>'


def content_types(parts: list[Part]) -> str:
    """The part that names the kind of every other."""
    kinds = {f"/word/{part.file}": f"{WORD}.{part.kind}+xml" for part in parts}
    kinds["/word/document.xml"] = f"{WORD}.document.main+xml"
    kinds["/docProps/core.xml"] = "application/vnd.openxmlformats-package.core-properties+xml"
    overrides = "".join(
        f'<Override PartName="{name}" ContentType="{kind}"/>' for name, kind in kinds.items()
    )
    return (
        f'{XML}<Types xmlns="{TYPES}"><Default Extension="rels"'
        ' ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>'
    )


@cache
def base(key: str) -> bytes:
    """A document of a look without any text."""
    look = LOOKS[key]
    parts = list(parts_of(look))
    top = (
        ("document", f"{OFFICE}/officeDocument", "word/document.xml"),
        ("core", CORE.replace("/metadata", "/relationships/metadata"), "docProps/core.xml"),
    )
    return packed(
        {
            "[Content_Types].xml": content_types(parts),
            "_rels/.rels": relations(iter(top)),
            "word/document.xml": f"{XML}<w:document {SPACES}><w:body>{section_xml(look)}"
            "</w:body></w:document>",
            "docProps/core.xml": core_part("", "", ""),
            "word/_rels/document.xml.rels": relations(
                (part.id, f"{OFFICE}/{part.kind}", part.file) for part in parts
            ),
            **{f"word/{part.file}": part.content for part in parts},
        }
    )


def core_part(title: str, subject: str, creator: str) -> str:
    """The part ``docProps/core.xml``, without times so that it never varies."""
    return (
        f'{XML}<cp:coreProperties xmlns:cp="{CORE}" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<dc:title>{title}</dc:title><dc:subject>{subject}</dc:subject>"
        f"<dc:creator>{creator}</dc:creator><dc:language>zh-CN</dc:language></cp:coreProperties>"
    )
