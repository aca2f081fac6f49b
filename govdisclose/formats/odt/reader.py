"""What an OpenDocument text says: its paragraphs, tables and pictures."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from govdisclose.formats import published
from govdisclose.formats.container import unpacked, untrusted
from govdisclose.formats.document import Block, Box, Paragraph, Picture, TextTable
from govdisclose.formats.word.reader import parsed
from govdisclose.model.finding import Unusable
from govdisclose.model.report import Reading

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

OFFICE = "urn:oasis:names:tc:opendocument:xmlns:"
TEXT, TABLE = f"{{{OFFICE}text:1.0}}", f"{{{OFFICE}table:1.0}}"
DRAW, STYLE = f"{{{OFFICE}drawing:1.0}}", f"{{{OFFICE}style:1.0}}"
DAMAGED = "文件已损坏，或者不是 OpenDocument 文档（.odt）"
LOCKED = "文件加了密码，打不开；请去掉密码，另存后再读"
MOST_SPAN = 200
MOST_CELLS = 50_000
MOST_BLANKS = 1_000
CELLS = (f"{TABLE}table-cell", f"{TABLE}covered-table-cell")
MARKS = {f"{TEXT}tab": "\t", f"{TEXT}line-break": "\n"}
GONE = (f"{TEXT}tracked-changes", f"{OFFICE}office:1.0annotation", f"{TEXT}note")


def loads(data: bytes) -> Reading:
    """The report in an .odt."""
    return published.read(read(data))


def read(data: bytes) -> list[Block]:
    """What stands in an .odt, in order."""
    with untrusted(DAMAGED):
        package = unpacked(data)
        if b"encryption-data" in package.get("META-INF/manifest.xml", b""):
            raise Unusable(LOCKED)
        root = parsed(package["content.xml"])
        return list(blocks(root, hidden_in(root)))


def hidden_in(root: Element) -> frozenset[str]:
    """The styles whose text is not shown."""
    return frozenset(
        style.getparent().get(f"{STYLE}name", "")  # type: ignore[union-attr]
        for style in root.iter(f"{STYLE}text-properties")
        if style.get(f"{{{OFFICE}text:1.0}}display") == "none"
    )


def blocks(root: Element, hidden: frozenset[str]) -> Iterator[Block]:
    """The paragraphs, tables and pictures of a document."""
    tables = 0
    for element in root.iter(f"{TEXT}p", f"{TEXT}h", f"{TABLE}table", f"{DRAW}image"):
        inside = next(element.iterancestors(f"{TABLE}table", f"{DRAW}text-box", *GONE), None)
        in_data = inside is not None and inside.tag == f"{TABLE}table" and is_data(inside)
        if in_data or (inside is not None and inside.tag in GONE):
            continue
        if element.tag == f"{TABLE}table":
            if is_data(element):
                tables += 1
                yield text_table(element, f"第 {tables} 个表", hidden)
        elif element.tag == f"{DRAW}image":
            yield Picture("图片")
        else:
            yield Paragraph(text_of(element, hidden))


def is_data(table: Element) -> bool:
    """Whether a table is one of figures, and not a frame around other text."""
    if next(table.iterdescendants(f"{TABLE}table"), None) is not None:
        return False
    rows = [len(list(row.iterchildren(*CELLS))) for row in table.iter(f"{TABLE}table-row")]
    return max(rows, default=0) > 1


def text_table(table: Element, place: str, hidden: frozenset[str]) -> TextTable:
    """A table as text; a cell over several places is one."""
    boxes: list[Box] = []
    held = row = 0
    for line in table.iter(f"{TABLE}table-row"):
        column = 0
        for cell in line.iterchildren(*CELLS):
            repeated = number(cell, "number-columns-repeated")
            height, width = (
                number(cell, "number-rows-spanned"),
                number(cell, "number-columns-spanned"),
            )
            text = "\n".join(
                filter(None, (text_of(p, hidden) for p in cell.iter(f"{TEXT}p", f"{TEXT}h")))
            )
            for _ in range(repeated):
                held += height * width
                if held > MOST_CELLS:
                    raise Unusable("文档里的表格过大，不像一份年度报告")
                if cell.tag == CELLS[0]:
                    boxes.append(Box(row, column, height, width, text))
                column += 1
        row += 1
    return TextTable(
        tuple(box._replace(height=min(box.height, row - box.row)) for box in boxes), place
    )


def number(cell: Element, name: str) -> int:
    """How many rows or columns a cell covers, or how often it is repeated."""
    given = cell.get(f"{TABLE}{name}", "1")
    return max(1, min(int(given), MOST_SPAN)) if given.isdecimal() and len(given) < 8 else 1


def text_of(paragraph: Element, hidden: frozenset[str]) -> str:
    """The text of a paragraph that is shown."""
    return "".join(pieces(paragraph, hidden, 0))


def pieces(element: Element, hidden: frozenset[str], depth: int) -> Iterator[str]:
    """What an element says, and what stands behind its children."""
    if element.get(f"{TEXT}style-name") in hidden or depth > MOST_SPAN:
        return
    yield element.text or ""
    for child in element:
        if child.tag == f"{TEXT}s":
            count = child.get(f"{TEXT}c", "1")
            yield " " * (min(int(count), MOST_BLANKS) if count.isdecimal() else 1)
        elif child.tag in MARKS:
            yield MARKS[str(child.tag)]
        elif child.tag in (f"{TEXT}span", f"{TEXT}a", f"{TEXT}bookmark", f"{TEXT}soft-page-break"):
            yield from pieces(child, hidden, depth + 1)
        yield child.tail or ""
