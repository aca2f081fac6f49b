"""Write a report as a Word document, from its grids."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from govdisclose.formats import document
from govdisclose.formats import title as title_breaks
from govdisclose.formats.container import packed
from govdisclose.formats.document import FormTable, Paragraph, PrintedBlock, Title
from govdisclose.formats.look import BODY, HEADING, PART, TABLE, TITLE
from govdisclose.formats.seal import sealed
from govdisclose.formats.word import ooxml
from govdisclose.formats.word.paragraphs import Setting, justified, paragraph
from govdisclose.formats.word.tables import outline, setting_of
from govdisclose.formats.word.template import UI_NAMES, Template, opened
from govdisclose.model.front_matter import title
from govdisclose.model.grid import Cell, Grid, Role, blank
from govdisclose.model.report import Report, Signature

SHOWN_IN = {
    TITLE: "单位名称、年份和报告名称",
    HEADING: "各部分的题目",
    PART: "（一）（二）等小标题",
    BODY: "各部分的文字。修改样式、页面设置、页眉页脚后保存，打印时用 --template 指定本文件；"
    "本页的文字不会印出来，样式的名称请勿改动。",
}
TYPED_PART = re.compile("（[一二三四五六七八九十]+）[^。；：，]{1,30}")
"""What an officer types as a text and means as a heading of a part."""

BELOW_TABLE, ABOVE_TABLE, BLANK_LINE = 160, 80, 579  # twips
INDENT = 4  # characters


def dumps(
    report: Report,
    *,
    template: bytes | None = None,
    look: str = "standard",
    marked: bool = False,
    flow: bool = False,
    made_from: str = "",
) -> bytes:
    """The report as the bytes of a .docx: the same for the same report, always.

    With ``flow`` a long table may go on on the next page. ``made_from`` is the
    SHA-256 of its draft, kept in the document's seal.
    """
    base = opened(template, look, marked)
    return packed(
        sealed(filled_with(base, body(report, base, flow), properties(report)), made_from)
    )


def filled_with(base: Template, blocks: Iterable[str], core: str) -> dict[str, bytes]:
    """The parts of the template with a body and core properties."""
    text = (
        f"{ooxml.XML}<w:document {ooxml.SPACES}><w:body>{''.join(blocks)}{base.page}"
        "</w:body></w:document>"
    )
    return {**base.rest, base.text_part: text.encode(), base.core_part: core.encode()}


def properties(report: Report) -> str:
    """The core properties: title, subject, author and language."""
    return ooxml.core_part(
        title="".join(title(report)), subject=report.form.title, creator=report.bureau.name
    )


def body(report: Report, base: Template, flow: bool) -> Iterator[str]:
    """The paragraphs and tables of a report."""
    blocks: list[PrintedBlock | None] = [None, *document.printed(report), None]
    for before, block, after in zip(blocks, blocks[1:], blocks[2:], strict=False):
        if isinstance(block, Title):
            room = base.width / (base.sizes[TITLE] * 10)
            yield paragraph(base.ids[TITLE], "\n".join(title_breaks.lines(block, room)))
        elif isinstance(block, Paragraph):
            yield drawn(block, before, after, base)
        elif isinstance(block, FormTable):
            section = block.section
            setting = setting_of(base.look.tables[section.style], section.widths, base)
            drawn_once = outline(section.label, base.ids[TABLE], blank(section), setting, flow)
            yield drawn_once.filled(block.figures)
        elif block:
            yield from signed(block, base)


def drawn(
    block: Paragraph, before: PrintedBlock | None, after: PrintedBlock | None, base: Template
) -> str:
    """A heading, with some room between it and a table, or a paragraph of text."""
    if block.level:
        style = HEADING if block.level == 1 else PART
        above = BELOW_TABLE if isinstance(before, FormTable) else 0
        below = ABOVE_TABLE if isinstance(after, FormTable) else 0
        setting = Setting(before=above, after=below)
        return paragraph(base.ids[style], block.text, setting)
    keep = isinstance(after, Signature)
    if TYPED_PART.fullmatch(block.text):
        setting = Setting(keep=True, run=base.part_run)
        return paragraph(base.ids[BODY], block.text, setting)
    return paragraph(base.ids[BODY], block.text, justified(block.text)._replace(keep=keep))


def signed(signature: Signature, base: Template) -> Iterator[str]:
    """The unit, centred above the date, which ends four characters from the right."""
    size = base.sizes[BODY] * 10
    lines = [line for line in (signature.unit, signature.date) if line]
    date_middle = INDENT + title_breaks.width(lines[-1]) / 2
    for number, line in enumerate(lines):
        is_last = number == len(lines) - 1
        right = INDENT if is_last else max(0, date_middle - title_breaks.width(line) / 2)
        indent = f'<w:ind w:right="{round(right * size)}" w:firstLineChars="0" w:firstLine="0"/>'
        above = 0 if number else BLANK_LINE
        yield paragraph(base.ids[BODY], line, Setting(not is_last, above, 0, indent, "right"))


def template(look: str = "standard") -> bytes:
    """The built-in template, with every style visible on a sample page."""
    base = opened(None, look, False)
    core = ooxml.core_part(title="", subject="", creator="")
    return packed(filled_with(base, sample(base), core))


def sample(base: Template) -> Iterator[str]:
    """Each style by its name: those of text in paragraphs, of tables in tables."""
    for name, use in SHOWN_IN.items():
        yield paragraph(base.ids[name], f"{UI_NAMES[name]}：{use}")
    for setting in base.look.tables.values():
        texts = (f"{TABLE}：{setting.style.name}", "栏目", "12345678")
        roles = (Role.BAND, Role.COLUMN, Role.FIGURE)
        cells = (Cell(at, 0, 1, 1, texts[at], None, role) for at, role in enumerate(roles))
        grid = Grid(len(roles), 1, 1, tuple(cells))
        name, frame = setting.style.name, setting_of(setting, [1], base)
        yield outline(name, base.ids[TABLE], grid, frame, False).filled(texts[-1:])
        yield "<w:p/>"
