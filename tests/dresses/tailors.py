"""Patterns sewn into files: Word, web pages, plain text and workbooks, by hand."""

from __future__ import annotations

import html
import io
import zipfile
from collections.abc import Callable, Iterator
from random import Random

import xlsxwriter

from govdisclose.model.grid import Cell
from tests.dresses.pattern import Pattern, Piece

MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml"'
    ' ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/>'
    "</Types>"
)
LINKS = (
    '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"'
    ' Target="word/document.xml"/></Relationships>'
)

Tailor = Callable[[Pattern, Random], bytes]


def rows_of(piece: Piece) -> Iterator[list[tuple[Cell, bool]]]:
    """The cells that each row meets, and whether they begin in it."""
    for row in range(piece.height):
        line = [
            (cell, cell.row == row)
            for cell in sorted(piece.cells, key=lambda cell: cell.column)
            if cell.row <= row < cell.row + cell.height
        ]
        yield line


# Word


def docx(pattern: Pattern, random: Random) -> bytes:
    """A .docx as programs write it, its runs broken up."""
    body = "".join(word_blocks(pattern, random))
    text = (
        f'<?xml version="1.0" encoding="UTF-8"?><w:document xmlns:w="{MAIN}"><w:body>{body}'
        "<w:sectPr/></w:body></w:document>"
    )
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", TYPES)
        archive.writestr("_rels/.rels", LINKS)
        archive.writestr("word/document.xml", text)
    return file.getvalue()


def word_blocks(pattern: Pattern, random: Random) -> Iterator[str]:
    for line in (*pattern.title, "", *pattern.preamble):
        yield word_paragraph(line, random)
    for text in pattern.hidden:
        yield f"<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>{text}</w:t></w:r></w:p>"
    for chapter in pattern.chapters:
        if chapter.label:
            yield word_paragraph(chapter.label, random)
        for block in chapter.blocks:
            if isinstance(block, Piece):
                yield word_table(block, random)
                yield word_paragraph("", random)
            else:
                yield word_paragraph(block, random)
    for line in pattern.after:
        yield word_paragraph(line, random)


def word_paragraph(text: str, random: Random) -> str:
    cut = random.randrange(len(text)) if len(text) > 3 else 0
    return f"<w:p>{word_run(text[:cut])}{word_run(text[cut:])}</w:p>"


def word_run(text: str) -> str:
    lines = html.escape(text, quote=False).replace("\t", "</w:t><w:tab/><w:t>").split("\n")
    joined = '</w:t><w:br/><w:t xml:space="preserve">'.join(lines)
    return f'<w:r><w:t xml:space="preserve">{joined}</w:t></w:r>'


def word_table(piece: Piece, random: Random) -> str:
    wide = 9000 // max(1, piece.width)
    columns = "".join(f'<w:gridCol w:w="{wide}"/>' for _ in range(piece.width))
    if piece.spans == "lost":
        columns = random.choice((columns, ""))
    rows = "".join(f"<w:tr>{word_row(line, piece, wide, random)}</w:tr>" for line in rows_of(piece))
    return f"<w:tbl><w:tblPr/><w:tblGrid>{columns}</w:tblGrid>{rows}</w:tbl>"


def word_row(line: list[tuple[Cell, bool]], piece: Piece, wide: int, random: Random) -> str:
    found = []
    for cell, begins in line:
        text = word_paragraph(cell.text if begins else "", random)
        if piece.spans == "kept":
            span = f'<w:gridSpan w:val="{cell.width}"/>' if cell.width > 1 else ""
            merge = "" if cell.height == 1 else "<w:vMerge/>"
            merge = '<w:vMerge w:val="restart"/>' if begins and merge else merge
            found.append(
                f'<w:tc><w:tcPr><w:tcW w:w="{wide * cell.width}" w:type="dxa"/>{span}{merge}'
                f"</w:tcPr>{text}</w:tc>"
            )
        elif piece.spans == "split":
            found.append(f"<w:tc><w:tcPr/>{text}</w:tc>")
            found.extend(
                f"<w:tc><w:tcPr/>{word_paragraph('', random)}</w:tc>" for _ in range(cell.width - 1)
            )
        elif begins or random.random() < 0.5:
            width = f'<w:tcW w:w="{wide * cell.width + random.randint(-20, 20)}" w:type="dxa"/>'
            found.append(f"<w:tc><w:tcPr>{width}</w:tcPr>{text}</w:tc>")
    return "".join(found)


# Web pages


def page(pattern: Pattern, random: Random) -> bytes:
    """A web page with the furniture of a site around the report."""
    body = "\n".join(page_blocks(pattern, random))
    title = "".join(pattern.title[-2:])
    charset = random.choice(("utf-8", "gb2312", "gbk", "utf-16"))
    text = (
        f'<html><head><meta charset="{charset}"><title>{title}-某县人民政府</title></head><body>'
        '<div class="nav"><a href="/">首页</a> <a>政府信息公开年度报告</a> 当前位置：首页 &gt; 公开</div>'
        f'<div class="main"><h1>{html.escape("".join(pattern.title))}</h1>'
        "<p>发布时间：2025-01-20 浏览次数：<span>33</span> 字体：大 中 小</p>"
        f'<div id="zoom">{body}</div><p>【打印】【关闭窗口】</p></div>'
        '<div class="foot">主办单位：某县人民政府办公室 备案号：ICP备12345号</div></body></html>'
    )
    encoding = {"gb2312": "gb18030", "gbk": "gb18030"}.get(charset, charset)
    return text.encode(encoding)


def page_blocks(pattern: Pattern, random: Random) -> Iterator[str]:
    tag = random.choice(("p", "div", "p"))
    for text in pattern.hidden:
        yield f'<p style="display: none">{text}</p>'
    for line in pattern.preamble:
        yield page_line(line, tag, random)
    for chapter in pattern.chapters:
        if chapter.label:
            yield page_line(chapter.label, tag, random)
        for block in chapter.blocks:
            if isinstance(block, Piece):
                yield page_table(block, random)
            else:
                yield page_line(block, tag, random)
    for line in pattern.after:
        yield page_line(line, tag, random)


def page_line(text: str, tag: str, random: Random) -> str:
    said = html.escape(text)
    if random.random() < 0.3:
        said = f'<span style="font-size:16pt">　　{said}</span>'
    return f"<{tag}>{said}</{tag}>"


def page_table(piece: Piece, random: Random) -> str:
    rows = []
    for line in rows_of(piece):
        cells = []
        for cell, begins in line:
            text = html.escape(cell.text).replace("\n", "<br>") or random.choice(("", "&nbsp;"))
            if piece.spans == "split":
                cells.append(f"<td>{text if begins else ''}</td>")
                cells.extend("<td></td>" for _ in range(cell.width - 1))
            elif begins:
                spans = f' rowspan="{cell.height}" colspan="{cell.width}"'
                tag = random.choice(("td", "th")) if not cell.address else "td"
                cells.append(
                    f"<{tag}{'' if piece.spans == 'lost' else spans}><p><span>{text}</span></p></{tag}>"
                )
        rows.append(f"<tr>{''.join(cells)}</tr>")
    return f'<table border="1" class="MsoNormalTable"><tbody>{"".join(rows)}</tbody></table>'


def mail_page(pattern: Pattern, random: Random) -> bytes:
    """A page saved as one file."""
    from email.mime.multipart import MIMEMultipart
    from email.mime.text import MIMEText

    whole = MIMEMultipart("related")
    data = page(pattern, Random(1))
    for charset in ("utf-8", "utf-16", "gb18030"):
        try:
            text = data.decode(charset)
            break
        except UnicodeDecodeError:
            continue
    whole.attach(MIMEText(text, "html", "utf-8"))
    return whole.as_bytes()


# Plain text


def text_lines(pattern: Pattern, random: Random) -> bytes:
    """A plain text in which cells are parted by tabs or blanks."""
    gap = random.choice(("\t", "    "))

    def table(piece: Piece) -> Iterator[str]:
        for line in rows_of(piece):
            texts = [c.text.replace("\n", "") for c, begins in line if begins and c.text.strip()]
            if texts:
                yield gap.join(texts)

    return written(pattern, table).encode(random.choice(("utf-8", "gb18030", "utf-8-sig")))


def one_a_line(pattern: Pattern, random: Random) -> bytes:
    """A plain text with one cell a line."""

    def table(piece: Piece) -> Iterator[str]:
        for line in rows_of(piece):
            yield from (c.text.replace("\n", "") for c, begins in line if begins)

    return written(pattern, table).encode()


def written(pattern: Pattern, table: Callable[[Piece], Iterator[str]]) -> str:
    lines = [*pattern.title, *pattern.preamble]
    for chapter in pattern.chapters:
        lines.append(chapter.label)
        for block in chapter.blocks:
            lines.extend(table(block) if isinstance(block, Piece) else [block])
    return "\n".join((*lines, *pattern.after))


# Workbooks


def workbook(pattern: Pattern, random: Random) -> bytes:
    """A workbook as offices make it: a sheet for all, or one for each table."""
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"in_memory": True})
    whole = random.random() < 0.5
    title = "".join(pattern.title)
    page = book.add_worksheet("年报") if whole else None
    top = 0
    if page:
        page.write_string(0, 0, title)
        top = 1
    for n, chapter in enumerate(pattern.chapters):
        if page is None or (not whole and chapter.blocks):
            page, top = book.add_worksheet(f"表{n + 1}"), 0
            if n == 0 or random.random() < 0.5:
                page.write_string(0, 0, title)
                top = 1
            if n == 0:
                for line in pattern.preamble:
                    page.write_string(top, 0, line)
                    top += 1
        if chapter.label:
            page.write_string(top, 0, chapter.label)
            top += 1
        for block in chapter.blocks:
            if isinstance(block, Piece):
                top = sheet_table(page, block, top)
            else:
                page.write_string(top, 0, block)
                top += 1
        if not whole:
            page = None
    book.close()
    return file.getvalue()


def sheet_table(page: object, piece: Piece, top: int) -> int:
    for cell in piece.cells:
        row, column = top + cell.row, cell.column
        if piece.spans == "kept" and cell.height * cell.width > 1:
            bottom, right = row + cell.height - 1, column + cell.width - 1
            page.merge_range(row, column, bottom, right, "")  # type: ignore[attr-defined]
        if cell.text.isdecimal():
            page.write_number(row, column, int(cell.text))  # type: ignore[attr-defined]
        elif cell.text:
            page.write_string(row, column, cell.text)  # type: ignore[attr-defined]
    return top + piece.height + 1


TAILORS: dict[str, Tailor] = {
    "docx": docx,
    "html": page,
    "mht": mail_page,
    "txt": text_lines,
    "cells.txt": one_a_line,
    "xlsx": workbook,
}
