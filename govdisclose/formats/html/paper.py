"""A paper that is no report as a web page."""

from __future__ import annotations

from collections.abc import Iterator

from govdisclose.formats.html.writer import STYLE, escaped
from govdisclose.formats.paper import Block, Head, Paper, Rows, Text, shown

MORE = """
tr.marked td { background: #fff2b3; font-weight: bold; }
td.text, th.text { text-align: left; }
table { table-layout: auto; }
""".strip()


def dumps(paper: Paper) -> str:
    """The paper as one self-contained page."""
    return "\n".join(page(paper)) + "\n"


def page(paper: Paper) -> Iterator[str]:
    """The lines of the page."""
    title = escaped(paper.title)
    yield '<!DOCTYPE html>\n<html lang="zh-CN">\n<head>\n<meta charset="utf-8">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield f"<title>{title}</title>\n<style>\n{STYLE}\n{MORE}\n</style>\n</head>\n<body>"
    yield f"<main>\n<h1>{title}</h1>"
    for block in paper.blocks:
        yield from drawn(block)
    yield "</main>\n</body>\n</html>"


def drawn(block: Block) -> Iterator[str]:
    """A heading, a paragraph or a table."""
    if isinstance(block, Head):
        yield f"<h2>{escaped(block.text)}</h2>"
    elif isinstance(block, Text):
        yield f"<p>{escaped(block.text)}</p>"
    else:
        yield from table(block)


def table(block: Rows) -> Iterator[str]:
    """A table; what wants a look is marked by more than colour."""
    name = escaped(block.name)
    yield f'<div class="table" role="region" aria-label="{name}" tabindex="0">\n<table>'
    heads = "".join(f'<th scope="col">{escaped(head)}</th>' for head in block.headers)
    yield f"<thead><tr>{heads}</tr></thead>\n<tbody>"
    for number, row in enumerate(block.rows):
        kind = ' class="marked"' if number in block.marked else ""
        cells = "".join(
            f"<td>{shown(value)}</td>"
            if not isinstance(value, str)
            else f'<td class="text">{escaped(value)}</td>'
            for value in row
        )
        yield f"<tr{kind}>{cells}</tr>"
    yield "</tbody>\n</table>\n</div>"
