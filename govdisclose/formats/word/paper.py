"""A paper that is no report as a Word document, in the styles of one."""

from __future__ import annotations

from collections.abc import Iterator

from govdisclose.formats.container import packed
from govdisclose.formats.look import BODY, HEADING, TABLE, TITLE
from govdisclose.formats.paper import Block, Head, Paper, Rows, Text, is_number, shown
from govdisclose.formats.word import ooxml
from govdisclose.formats.word.paragraphs import escaped, paragraph
from govdisclose.formats.word.tables import scaled
from govdisclose.formats.word.template import Template, opened
from govdisclose.formats.word.writer import filled_with

SIZE = 21  # half points
SHADE, MARKED = "D9D9D9", "FFF2B3"


def dumps(paper: Paper) -> bytes:
    """The paper as the bytes of a .docx: the same for the same paper, always."""
    base = opened(None, "standard", False)
    core = ooxml.core_part(title=paper.title, subject="", creator="")
    return packed(filled_with(base, body(paper, base), core))


def body(paper: Paper, base: Template) -> Iterator[str]:
    """The paragraphs and tables."""
    yield paragraph(base.ids[TITLE], paper.title)
    for block in paper.blocks:
        yield drawn(block, base)


def drawn(block: Block, base: Template) -> str:
    """A heading, a paragraph or a table."""
    if isinstance(block, Head):
        return paragraph(base.ids[HEADING], block.text)
    if isinstance(block, Text):
        return paragraph(base.ids[BODY], block.text)
    return table(block, base)


def table(block: Rows, base: Template) -> str:
    """A table over the width of the text, its headings repeated on every page."""
    widths = scaled(block.widths, base.width)
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    rows = [row(block.headers, widths, SHADE, is_head=True)]
    for number, cells in enumerate(block.rows):
        fill = MARKED if number in block.marked else ""
        rows.append(row([shown(value) for value in cells], widths, fill))
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="{base.ids[TABLE]}"/><w:tblW w:w="{sum(widths)}"'
        f' w:type="dxa"/><w:tblLayout w:type="fixed"/><w:tblCaption w:val="{escaped(block.name)}"/>'
        f"</w:tblPr><w:tblGrid>{columns}</w:tblGrid>{''.join(rows)}</w:tbl>"
        f"{paragraph(base.ids[BODY], '')}"
    )


def row(
    cells: list[str] | tuple[str, ...], widths: list[int], fill: str, *, is_head: bool = False
) -> str:
    """A row of a table."""
    head = "<w:tblHeader/>" if is_head else ""
    body = "".join(cell(text, width, fill) for text, width in zip(cells, widths, strict=True))
    return f"<w:tr><w:trPr><w:cantSplit/>{head}</w:trPr>{body}</w:tr>"


def cell(text: str, width: int, fill: str) -> str:
    """A cell with its lines, figures to the right."""
    shade = f'<w:shd w:val="clear" w:color="auto" w:fill="{fill}"/>' if fill else ""
    side = "right" if is_number(text) else "left"
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{shade}</w:tcPr>'
        f'<w:p><w:pPr><w:spacing w:line="300" w:lineRule="exact"/><w:jc w:val="{side}"/></w:pPr>'
        f'<w:r><w:rPr><w:rFonts w:hint="eastAsia"/><w:sz w:val="{SIZE}"/></w:rPr>'
        f'<w:t xml:space="preserve">{escaped(text)}</w:t></w:r></w:p></w:tc>'
    )
