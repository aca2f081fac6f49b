"""The built-in looks of the document: page, styles and fonts, as data.

Lengths are twips (1/20 pt) and sizes half points, as Word writes them. The
standard look follows GB/T 9704—2012, the annex look the notice's own annex.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

SONG, FANG, HEI, KAI, TITLE_SONG = "宋体", "仿宋_GB2312", "黑体", "楷体_GB2312", "方正小标宋简体"
LATIN = "Times New Roman"
SUBSTITUTES = {FANG: "仿宋", KAI: "楷体", TITLE_SONG: "方正小标宋_GBK,方正小标宋简,华文中宋"}


class PageSetup(NamedTuple):
    """Paper and margins; ``header`` and ``footer`` are their distances from the edge."""

    top: int
    right: int
    bottom: int
    left: int
    header: int
    footer: int
    width: int = 11906
    height: int = 16838

    @property
    def text_width(self) -> int:
        """What the margins leave."""
        return self.width - self.left - self.right


class TextStyle(NamedTuple):
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

    style: TextStyle
    row: int
    labels: str = "left"


@dataclass(frozen=True)
class Look:
    """A page, the styles of its text, and its tables by the name of their style."""

    page: PageSetup
    styles: tuple[TextStyle, ...]
    tables: dict[str, Cells]
    numbered: bool = True
    border: int = 4
    band: str = "C6D9F1"

    @property
    def drawn(self) -> tuple[TextStyle, ...]:
        """The paragraph styles that the text of a report needs."""
        return (*self.styles, *(cells.style for cells in self.tables.values()))


MARK = "草稿"
TITLE, HEADING, PART, BODY = "Title", "heading 1", "heading 2", "Body Text"
TABLE = "报告表格"
CELL_MARGIN = 28
HEADER = TextStyle("Header", "header", SONG, 21, 280, jc="right", latin=SONG)
FOOTER = TextStyle("Footer", "footer", SONG, 28, 280, latin=SONG)

STANDARD = Look(
    page=PageSetup(top=2098, right=1474, bottom=1984, left=1588, header=851, footer=1440),
    styles=(
        TextStyle("Title", TITLE, TITLE_SONG, 44, 724, jc="center", after=868),
        TextStyle("Heading1", HEADING, HEI, 32, 579, jc="left", indent=640, level=0),
        TextStyle("Heading2", PART, KAI, 32, 579, jc="left", indent=640, level=1),
        TextStyle("BodyText", BODY, FANG, 32, 579, indent=640, spacing=-5),
    ),
    tables={
        "表二": Cells(TextStyle("Table2", "表二", SONG, 24, 320, jc="center"), 480, "center"),
        "表三": Cells(TextStyle("Table3", "表三", SONG, 19, 260, jc="center"), 336),
        "表四": Cells(TextStyle("Table4", "表四", SONG, 21, 280, jc="center"), 480),
    },
)

ANNEX = Look(
    page=PageSetup(top=1440, right=1800, bottom=1440, left=1800, header=851, footer=992),
    styles=(
        TextStyle("Title", TITLE, SONG, 36, 600, jc="center", after=400, bold=True, latin=SONG),
        TextStyle("Heading1", HEADING, SONG, 24, 400, indent=480, bold=True, level=0, latin=SONG),
        TextStyle("Heading2", PART, SONG, 24, 400, indent=480, bold=True, level=1, latin=SONG),
        TextStyle("BodyText", BODY, SONG, 24, 400, indent=480, latin=SONG),
    ),
    tables={
        "表二": Cells(
            TextStyle("Table2", "表二", SONG, 20, 280, jc="center", latin=SONG), 400, "center"
        ),
        "表三": Cells(TextStyle("Table3", "表三", SONG, 18, 260, jc="center", latin=SONG), 380),
        "表四": Cells(TextStyle("Table4", "表四", SONG, 20, 280, jc="center", latin=SONG), 480),
    },
    numbered=False,
    border=8,
)

LOOKS = {"standard": STANDARD, "annex": ANNEX}
