"""What a workbook says: one of our collection sheets, or a report that others made."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from govdisclose.formats import collection, published
from govdisclose.formats.document import Block, Box, Paragraph, TextTable
from govdisclose.formats.excel import reading
from govdisclose.formats.excel.reading import Texts
from govdisclose.formats.front import titled
from govdisclose.formats.headings import is_section
from govdisclose.formats.labels import normal
from govdisclose.model.finding import letters
from govdisclose.model.notices import NEWEST
from govdisclose.model.report import LABELS, Reading

MOST_CELLS = 50_000
LONGEST_LABEL = 40
LEAST_PARTICULARS = 3  # of a collection sheet, by their labels
INDENT = "　　"


def loads(data: bytes) -> Reading:
    """The report in a workbook as .xlsx, .xls, .ods or .et."""
    sheets = reading.read(data)
    if is_collection(sheets):
        return collection.read(sheets)
    return published.read(in_order(list(blocks(sheets))), [sheet.name for sheet in sheets])


def is_collection(sheets: Sequence[Texts]) -> bool:
    """Whether a workbook is a collection sheet: it asks for the particulars of a bureau."""
    asked = {normal(label) for label in LABELS.values()}
    found = {
        normal(text)
        for sheet in sheets
        for row in sheet.rows
        for text in row[:3]
        if 2 <= len(text) <= LONGEST_LABEL
    }
    return len(asked & found) >= LEAST_PARTICULARS


def blocks(sheets: Iterable[Texts]) -> Iterator[Block]:
    """The lines and tables of some sheets."""
    held = 0
    for sheet in sheets:
        held += sum(len(row) for row in sheet.rows)
        if held > MOST_CELLS * 4:
            return
        heading = next((s for s in NEWEST.sections if is_named(sheet, s.label)), None)
        if heading:
            yield Paragraph(heading.label)
        yield from blocks_in(sheet)


def in_order(blocks: list[Block]) -> list[Block]:
    """The sections of a workbook in the order of the form, wherever their sheets stand."""
    rank = -1
    ranked: list[tuple[int, Block]] = []
    for block in blocks:
        if isinstance(block, Paragraph):
            if titled(block.text):
                rank = -1
            sections = enumerate(NEWEST.sections)
            rank = next((n for n, section in sections if is_section(block, section)), rank)
        ranked.append((rank, block))
    return [block for _, block in sorted(ranked, key=lambda pair: pair[0])]


def is_named(sheet: Texts, label: str) -> bool:
    """Whether the name of a sheet is the heading of a section that it does not show itself."""
    number, _, text = label.partition("、")
    name = "".join(sheet.name.split())
    is_meant = normal(name) == normal(text) or name in (f"表{number}", number, f"（{number}）")
    return is_meant and not any(
        is_section(Paragraph(cell), section)
        for row in sheet.rows
        for cell in row
        for section in NEWEST.sections
        if cell.strip()
    )


def blocks_in(sheet: Texts) -> Iterator[Block]:
    """The lines and tables of a sheet, tables by their rows that hold more than one text."""
    run: list[int] = []
    for at, row in enumerate([*sheet.rows, []]):
        texts = [text for text in row if text.strip()]
        if len(texts) > 1 or (run and len(texts) == 1 and is_part(texts[0])):
            run.append(at)
            continue
        if len(texts) == 1 and is_part(texts[0]) and is_wide(sheet, at + 1):
            run.append(at)
            continue
        if run:
            yield from table(sheet, run)
            run = []
        for text in texts:
            yield from lines(text)


def is_part(text: str) -> bool:
    """Whether the only text of a row may belong to the table around it."""
    return (
        len(text) <= LONGEST_LABEL
        and not titled(text)
        and not text.startswith(INDENT)
        and not any(is_section(Paragraph(text), section) for section in NEWEST.sections)
    )


def is_wide(sheet: Texts, at: int) -> bool:
    """Whether a row holds more than one text."""
    return at < len(sheet.rows) and sum(bool(text.strip()) for text in sheet.rows[at]) > 1


def table(sheet: Texts, rows: Sequence[int]) -> Iterator[Block]:
    """Some rows as a table; the columns are those of the sheet."""
    while rows and len([text for text in sheet.rows[rows[-1]] if text.strip()]) == 1:
        rows = rows[:-1]
    width = max((len(sheet.rows[at]) for at in rows), default=0)
    boxes = (
        Box(n, column, 1, 1, sheet.rows[at][column] if column < len(sheet.rows[at]) else "")
        for n, at in enumerate(rows)
        for column in range(width)
    )
    if rows:
        place = f"工作表“{sheet.name}”{letters(1)}{rows[0] + 1} 起的表"
        yield TextTable(tuple(boxes), place)


def lines(text: str) -> Iterator[Paragraph]:
    """A cell of prose; one that is set in is text, whatever it begins with."""
    yield Paragraph(text.strip())
