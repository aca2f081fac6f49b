"""Write a report as a web page."""

from __future__ import annotations

import html
from collections.abc import Iterator
from itertools import groupby

from govdisclose.formats import document
from govdisclose.formats.container import one_line
from govdisclose.formats.document import FormTable, Paragraph
from govdisclose.formats.look import MARK
from govdisclose.model.finding import Unusable
from govdisclose.model.form import Section
from govdisclose.model.front_matter import title, title_lines
from govdisclose.model.grid import Cell, Grid, Role
from govdisclose.model.report import Report, Signature
from govdisclose.model.text import is_unprintable

NARROW = 6
ROOM = 3.4
DIGIT, PADDING = 0.6, 0.8  # rem
BARE_TABLE = "border-collapse: collapse; width: 100%"
BARE_CELL = "border: 1px solid #333; padding: 4px; text-align: center"
BARE_LEFT = BARE_CELL.replace("center", "left")
STYLE = """
:root { color-scheme: light; --line: #555; --band: #c6d9f1; --head: #f2f5fa; }
* { box-sizing: border-box; }
body { margin: 0; background: #fff; color: #111; font: 1.0625rem/1.9 system-ui, "PingFang SC",
  "Microsoft YaHei", "Noto Sans CJK SC", sans-serif; -webkit-text-size-adjust: 100%; }
main { max-width: 56rem; margin: 0 auto; padding: 1.5rem 1rem 4rem; }
h1 { font-size: 1.7rem; line-height: 1.5; text-align: center; margin: 1rem 0 2rem;
  text-wrap: balance; }
h2 { font-size: 1.3rem; line-height: 1.6; margin: 2.2rem 0 .8rem; }
h3 { font-size: 1.1rem; line-height: 1.7; margin: 1.4rem 0 .5rem; }
p { margin: 0 0 .6rem; text-indent: 2em; text-align: justify; overflow-wrap: anywhere; }
.table { overflow-x: auto; margin: .5rem 0 1rem; }
.table:focus { outline: 2px solid #3a6ea5; outline-offset: 2px; }
table { width: 100%; border-collapse: collapse; table-layout: fixed; font-size: .9375rem;
  line-height: 1.45; }
th, td { border: 1px solid var(--line); padding: .35em .3em; text-align: center;
  vertical-align: middle; font-weight: normal; overflow-wrap: anywhere; }
th { background: var(--head); }
td { font-variant-numeric: tabular-nums; white-space: nowrap; overflow-wrap: normal; }
caption { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%);
  white-space: nowrap; }
th.band { background: var(--band); text-align: left; }
.left { text-align: left; }
.draft { position: sticky; top: 0; z-index: 1; margin: 0; padding: .2rem 1rem; background: #fff;
  border-bottom: 2px solid #c00000; color: #c00000; font-weight: bold; text-align: right; }
@page { size: A4; margin: 37mm 26mm 35mm 28mm; }
@page :right { @bottom-right { content: "— " counter(page) " —"; padding-right: 14pt; } }
@page :left { @bottom-left { content: "— " counter(page) " —"; padding-left: 14pt; } }
@page { @bottom-left { font: 14pt SimSun, "宋体", serif; }
  @bottom-right { font: 14pt SimSun, "宋体", serif; } }
@media print {
  body { font: 16pt/29pt "仿宋_GB2312", FangSong, "仿宋", serif; }
  main { max-width: none; padding: 0; }
  h1 { font: 22pt/36pt "方正小标宋简体", "华文中宋", SimSun, serif; margin: 0 0 29pt; }
  h2 { font: 16pt/29pt SimHei, "黑体", sans-serif; margin: 0; text-indent: 2em; }
  h3 { font: 16pt/29pt "楷体_GB2312", KaiTi, "楷体", serif; margin: 0; text-indent: 2em; }
  h2, h3 { break-after: avoid; }
  p { margin: 0; }
  .table { overflow: visible; break-inside: avoid; margin: 0; }
  table { min-width: 0 !important; font: 9.5pt/13pt SimSun, "宋体", serif; }
  th, td { padding: 2pt 1pt; }
  .draft { position: static; }
}
""".strip()


def dumps(report: Report, *, fragment: bool = False, marked: bool = False) -> str:
    """The report as one self-contained page, or bare for a content system.

    A fragment has no title, since content systems keep that in a field of its
    own, and no classes; its tables' lines stand at each cell.
    """
    if fragment:
        mark = [f"<p><strong>{MARK}</strong></p>"] if marked else []
        return "\n".join([*mark, *body(report, bare=True)]) + "\n"
    return "\n".join(page(report, marked)) + "\n"


def page(report: Report, marked: bool) -> Iterator[str]:
    """The lines of a whole page."""
    name, kind = (one_line(escaped(line)) for line in title(report))
    draft = f"（{MARK}）" if marked else ""
    yield '<!DOCTYPE html>\n<html lang="zh-CN">\n<head>\n<meta charset="utf-8">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield f'<meta name="author" content="{name}">\n<title>{name}{kind}{draft}</title>'
    yield f"<style>\n{STYLE}\n</style>\n</head>\n<body>"
    if marked:
        yield f'<p class="draft" role="note">{MARK}</p>'
    lines = [escaped(line) for line in title_lines(report)] or [
        line for line in (name, kind) if line
    ]
    yield f"<main>\n<h1>{'<br>'.join(lines)}</h1>"
    yield from body(report, bare=False)
    yield "</main>\n</body>\n</html>"


def body(report: Report, *, bare: bool) -> Iterator[str]:
    """What stands below the title."""
    for block in document.body(report):
        if isinstance(block, Paragraph):
            tag = {1: "h2", 2: "h3"}.get(block.level or 0, "p")
            if block.text:
                yield f"<{tag}>{escaped(block.text)}</{tag}>"
        elif isinstance(block, FormTable):
            yield from table(block.section, block.grid, bare=bare)
        elif isinstance(block, Signature):
            for line in filter(None, (block.unit, block.date)):
                yield f'<p style="text-align: right">{escaped(line)}</p>'


def table(section: Section, grid: Grid, *, bare: bool) -> Iterator[str]:
    """The table of a section; on a page it scrolls in a region of its own.

    A bare one carries its lines in attributes, since content systems rarely
    draw any and leave out classes.
    """
    label = escaped(section.label)
    if bare:
        yield f'<table border="1" aria-label="{label}" style="{BARE_TABLE}">'
    else:
        room = f' style="min-width: {least_width(section, grid):g}rem"'
        yield f'<div class="table" role="region" aria-label="{label}" tabindex="0">'
        yield f"<table{room}>\n<caption>{label}</caption>"
        yield f"<colgroup>{''.join(columns(section.widths))}</colgroup>"
    yield from groups(grid, bare)
    yield "</table>" if bare else "</table>\n</div>"


def least_width(section: Section, grid: Grid) -> float:
    """The width in rem below which a figure would have no room in its columns."""
    total = sum(section.widths)
    needed = [
        (len(cell.text) * DIGIT + PADDING)
        * total
        / sum(section.widths[cell.column : cell.column + cell.width])
        for cell in grid.cells
        if cell.role is Role.FIGURE
    ]
    least = grid.width * ROOM if grid.width > NARROW else 0
    return round(max(least, *needed), 1)


def columns(widths: tuple[int, ...]) -> Iterator[str]:
    """The columns with their share of the width in percent."""
    for width in widths:
        yield f'<col style="width: {100 * width / sum(widths):.2f}%">'


def groups(grid: Grid, bare: bool) -> Iterator[str]:
    """The rows of a grid: a group under each band, else the heads and the rest."""
    bands = [cell.row for cell in grid.cells if cell.role is Role.BAND]
    starts = bands or [0, grid.heads]
    for start, end in zip(starts, [*starts[1:], grid.height], strict=True):
        tag = "thead" if start < grid.heads and not bands else "tbody"
        yield f"<{tag}>"
        yield from rows(grid, range(start, end), bare)
        yield f"</{tag}>"


def rows(grid: Grid, wanted: range, bare: bool) -> Iterator[str]:
    """Some rows of a grid, each with the cells that begin in it."""
    above = groups_in(grid)
    for row, cells in groupby(grid.cells, key=lambda cell: cell.row):
        if row in wanted:
            drawn = "".join(cell_html(cell, cell in above, bare) for cell in cells)
            yield f"<tr>{drawn}</tr>"


def groups_in(grid: Grid) -> frozenset[Cell]:
    """The headings that have headings of their own role below or beside them."""
    starts = {(cell.row, cell.column, cell.role) for cell in grid.cells}
    after = {Role.COLUMN: (1, 0), Role.ROW: (0, 1)}
    return frozenset(
        cell
        for cell in grid.cells
        for down, right in [after.get(cell.role, (0, 0))]
        if (cell.row + down * cell.height, cell.column + right * cell.width, cell.role) in starts
        and (down or right)
    )


def cell_html(cell: Cell, is_group: bool, bare: bool) -> str:
    """A heading with its scope, or a figure."""
    spans = "".join(
        f' {name}="{size}"'
        for name, size in (("rowspan", cell.height), ("colspan", cell.width))
        if size > 1
    )
    text = escaped(cell.text)
    drawn = bare_style(cell, is_group) if bare else ""
    if cell.role is Role.FIGURE:
        return f"<td{spans}{drawn}>{text}</td>"
    kind = drawn if bare else class_of(cell, is_group)
    return f'<th scope="{scope(cell, is_group)}"{spans}{kind}>{text}</th>'


def scope(cell: Cell, is_group: bool) -> str:
    """What a heading heads."""
    if cell.role is Role.BAND:
        return "rowgroup"
    return ("row" if cell.role is Role.ROW else "col") + ("group" if is_group else "")


def class_of(cell: Cell, is_group: bool) -> str:
    """How a heading is set: bands shaded, long row labels on the left."""
    if cell.role is Role.BAND:
        return ' class="band"'
    return ' class="left"' if cell.role is Role.ROW and not is_group else ""


def bare_style(cell: Cell, is_group: bool) -> str:
    """The lines of a cell and where its text stands, for a page without our styles."""
    return f' style="{BARE_LEFT if class_of(cell, is_group) else BARE_CELL}"'


def escaped(text: str) -> str:
    """A text for HTML; a character that no page can hold is unusable."""
    wrong = next(filter(is_unprintable, text), None)
    if wrong:
        near = text[max(0, text.index(wrong) - 10) : text.index(wrong)]
        raise Unusable(f"“{near}”之后有网页不能保存的字符 U+{ord(wrong):04X}，请删去")
    return html.escape(text)
