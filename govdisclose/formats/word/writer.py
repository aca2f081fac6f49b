"""Write a report as a Word document, from its grids."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import accumulate, pairwise
from typing import NamedTuple

from govdisclose.formats.container import ILLEGAL, packed
from govdisclose.formats.look import BODY, CELL_MARGIN, HEADING, PART, TABLE, TITLE, Cells
from govdisclose.formats.seal import sealed
from govdisclose.formats.word import ooxml
from govdisclose.formats.word.reader import LEFT
from govdisclose.formats.word.template import UI_NAMES, Template, opened
from govdisclose.model.finding import Unusable
from govdisclose.model.form import Section
from govdisclose.model.front_matter import preamble, title
from govdisclose.model.grid import Cell, Grid, Role, filled
from govdisclose.model.report import Report
from govdisclose.model.text import ordinal, paragraphs

SHOWN_IN = {
    TITLE: "单位名称、年份和报告名称",
    HEADING: "各部分的题目",
    PART: "（一）（二）等小标题",
    BODY: "各部分的文字。修改样式、页面设置、页眉页脚后保存，打印时用 --template 指定本文件；"
    "本页的文字不会印出来，样式的名称请勿改动。",
}

ESCAPES = str.maketrans(
    {
        "&": "&amp;",
        "<": "&lt;",
        ">": "&gt;",
        '"': "&quot;",
        "\t": '</w:t><w:tab/><w:t xml:space="preserve">',
        "\n": '</w:t><w:br/><w:t xml:space="preserve">',
    }
)
PLACES_END = "省市县区州盟旗镇乡"
LONGEST_NAME = 200


# Writing


def dumps(
    report: Report,
    *,
    template: bytes | None = None,
    look: str = "standard",
    marked: bool = False,
    made_from: str = "",
) -> bytes:
    """The report as the bytes of a .docx: the same for the same report, always.

    ``made_from`` is the SHA-256 of its draft, kept in the document's seal.
    """
    shell = opened(template, look, marked)
    return packed(sealed(filled_with(shell, body(report, shell), properties(report)), made_from))


def filled_with(shell: Template, blocks: Iterable[str], core: str) -> dict[str, bytes]:
    """The parts of the template with a body and core properties."""
    text = (
        f"{ooxml.XML}<w:document {ooxml.SPACES}><w:body>{''.join(blocks)}{shell.page}"
        "</w:body></w:document>"
    )
    return {**shell.rest, shell.text_part: text.encode(), shell.core_part: core.encode()}


def properties(report: Report) -> str:
    """The core properties: title, subject, author and language."""
    return ooxml.core_part(
        title="".join(title(report)), subject=report.form.title, creator=report.bureau.name
    )


def body(report: Report, shell: Template) -> Iterator[str]:
    """The paragraphs and tables of a report."""
    name, kind = title(report)
    room = max(1, shell.width // (shell.sizes[TITLE] * 10))
    yield paragraph(shell.ids[TITLE], "\n".join((*title_lines(name, room), kind)))
    for text in paragraphs(preamble(report)):
        yield paragraph(shell.ids[BODY], text)
    for section in report.form.sections:
        yield paragraph(shell.ids[HEADING], section.label)
        if section.is_prose:
            yield from list(prose(report, section, shell)) or [paragraph(shell.ids[BODY], "")]
        else:
            frame = frame_of(shell.look.tables[section.style], section.widths, shell)
            yield table(section.label, shell.ids[TABLE], filled(section, report), frame)


def prose(report: Report, section: Section, shell: Template) -> Iterator[str]:
    """The lead of a section, then its parts as （一）（二）…."""
    written = report.prose[section.key]
    for text in paragraphs(report.says(written.lead)):
        yield paragraph(shell.ids[BODY], text)
    for number, part in enumerate(written.parts, start=1):
        heading = " ".join(paragraphs(report.says(part.heading)))
        yield paragraph(shell.ids[PART], f"（{ordinal(number)}）{heading}")
        for text in paragraphs(report.says(part.text)):
            yield paragraph(shell.ids[BODY], text)


def title_lines(name: str, room: int) -> Iterator[str]:
    """A bureau's name in even lines of at most ``room`` characters.

    A line ends where the name of a place does, if one ends near the middle.
    One that is no name, being too long, is left to flow.
    """
    while room < len(name) <= LONGEST_NAME:
        lines = -(-len(name) // room)
        middle = -(-len(name) // lines)
        ends = range(max(2, len(name) - room * (lines - 1), middle - 4), min(room, middle + 3) + 1)
        places = [(abs(end - middle), end) for end in ends if name[end - 1] in PLACES_END]
        end = min(places, default=(0, middle))[1]
        yield name[:end]
        name = name[end:]
    if name:
        yield name


def escaped(text: str) -> str:
    """A text for XML; a character that no file can hold is unusable."""
    found = ILLEGAL.search(text)
    if found:
        near = text[max(0, found.start() - 10) : found.start()]
        raise Unusable(f"“{near}”之后有 Word 文件不能保存的字符 U+{ord(found[0]):04X}，请删去")
    return text.translate(ESCAPES)


def paragraph(style: str, text: str) -> str:
    """A paragraph; its punctuation is Chinese where a font of either kind has it."""
    return (
        f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr><w:r><w:rPr>'
        '<w:rFonts w:hint="eastAsia"/></w:rPr>'
        f'<w:t xml:space="preserve">{escaped(text)}</w:t></w:r></w:p>'
    )


class TableSetting(NamedTuple):
    """How a table is set; lengths in twips, the size of its text in half points."""

    widths: tuple[int, ...]
    height: int
    style: str
    size: int
    labels: str
    band: str


def frame_of(setting: Cells, widths: Iterable[int], shell: Template) -> TableSetting:
    """A setting with the styles of a template, as wide as its text."""
    name = setting.style.name
    return TableSetting(
        tuple(scaled(widths, shell.width)),
        setting.row,
        shell.ids[name],
        shell.sizes[name],
        setting.labels,
        shell.look.band,
    )


def table(caption: str, style: str, grid: Grid, frame: TableSetting) -> str:
    """A table that no page ever splits."""
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in frame.widths)
    rows = "".join(row(number, cells, grid, frame) for number, cells in enumerate(rows_of(grid)))
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="{style}"/>'
        f'<w:tblW w:w="{sum(frame.widths)}" w:type="dxa"/><w:jc w:val="center"/>'
        f'<w:tblLayout w:type="fixed"/><w:tblCaption w:val="{escaped(caption)}"/></w:tblPr>'
        f"<w:tblGrid>{columns}</w:tblGrid>{rows}</w:tbl>"
    )


def scaled(widths: Iterable[int], total: int) -> list[int]:
    """Column widths in proportion, that add up to ``total`` exactly."""
    ends = list(accumulate(widths, initial=0))
    return [
        round(right * total / ends[-1]) - round(left * total / ends[-1])
        for left, right in pairwise(ends)
    ]


def rows_of(grid: Grid) -> list[list[Cell]]:
    """The cells that each row of a grid meets, from left to right."""
    rows: list[list[Cell]] = [[] for _ in range(grid.height)]
    for cell in sorted(grid.cells, key=lambda cell: cell.column):
        for at in range(cell.row, cell.row + cell.height):
            rows[at].append(cell)
    return rows


def row(number: int, cells: list[Cell], grid: Grid, frame: TableSetting) -> str:
    """A row; all but the last keep with the next, so that the table stays whole."""
    header = "<w:tblHeader/>" if number < grid.heads else ""
    keep = "<w:keepNext/>" if number < grid.height - 1 else ""
    drawn = "".join(cell_xml(cell, number == cell.row, keep, frame) for cell in cells)
    return (
        f'<w:tr><w:trPr><w:cantSplit/><w:trHeight w:val="{frame.height}" w:hRule="atLeast"/>'
        f"{header}</w:trPr>{drawn}</w:tr>"
    )


@lru_cache(maxsize=4096)  # most cells of most reports are alike: headings and 0
def cell_xml(cell: Cell, first: bool, keep: str, frame: TableSetting) -> str:
    """A cell in its ``first`` row, or empty where it goes on in a row below."""
    width = sum(frame.widths[cell.column : cell.column + cell.width])
    text = run(cell, width, frame.size) if first and cell.text else ""
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{merged(cell, first)}'
        f'{shade(cell, frame)}<w:vAlign w:val="center"/></w:tcPr>'
        f'<w:p><w:pPr><w:pStyle w:val="{frame.style}"/>'
        f"{keep}{placed(cell, width, frame)}</w:pPr>{text}</w:p></w:tc>"
    )


def merged(cell: Cell, first: bool) -> str:
    """How far a cell reaches."""
    span = f'<w:gridSpan w:val="{cell.width}"/>' if cell.width > 1 else ""
    if cell.height == 1:
        return span
    return span + ('<w:vMerge w:val="restart"/>' if first else "<w:vMerge/>")


def shade(cell: Cell, frame: TableSetting) -> str:
    """The colour behind a band."""
    if cell.role is not Role.BAND:
        return ""
    return f'<w:shd w:val="clear" w:color="auto" w:fill="{frame.band}"/>'


def placed(cell: Cell, width: int, frame: TableSetting) -> str:
    """Where the text of a cell stands, unless it is centred."""
    if cell.role is Role.BAND or (cell.role is Role.ROW and frame.labels == "left"):
        return LEFT
    return even(cell.text, width, frame.size) if cell.role is Role.COLUMN else ""


def even(text: str, width: int, size: int) -> str:
    """Indents that make the lines of a heading in a narrow cell equally long."""
    room, character = width - 2 * CELL_MARGIN, size * 10
    lines = -(-len(text) // max(1, room // character))
    spare = room - -(-len(text) // lines) * character
    if lines == 1 or spare < character:
        return ""
    side = (spare - character // 2) // 2
    return f'<w:ind w:left="{side}" w:right="{side}"/>'


def run(cell: Cell, width: int, size: int) -> str:
    """The text of a cell; a figure too long for its column in a smaller size."""
    if cell.role is not Role.FIGURE:
        return f"<w:r><w:t>{escaped(cell.text)}</w:t></w:r>"
    fits = (width - 2 * CELL_MARGIN - 10) // (5 * len(cell.text))
    smaller = f'<w:rPr><w:sz w:val="{fits}"/><w:szCs w:val="{fits}"/></w:rPr>'
    return f"<w:r>{smaller if fits < size else ''}<w:t>{cell.text}</w:t></w:r>"


def template(look: str = "standard") -> bytes:
    """The built-in template, with every style visible on a sample page."""
    shell = opened(None, look, False)
    core = ooxml.core_part(title="", subject="", creator="")
    return packed(filled_with(shell, sample(shell), core))


def sample(shell: Template) -> Iterator[str]:
    """Each style by its name: those of text in paragraphs, of tables in tables."""
    for name, use in SHOWN_IN.items():
        yield paragraph(shell.ids[name], f"{UI_NAMES[name]}：{use}")
    for setting in shell.look.tables.values():
        texts = (f"{TABLE}：{setting.style.name}", "栏目", "12345678")
        roles = (Role.BAND, Role.COLUMN, Role.FIGURE)
        cells = (Cell(at, 0, 1, 1, texts[at], None, role) for at, role in enumerate(roles))
        grid = Grid(len(roles), 1, 1, tuple(cells))
        yield table(setting.style.name, shell.ids[TABLE], grid, frame_of(setting, [1], shell))
        yield "<w:p/>"
