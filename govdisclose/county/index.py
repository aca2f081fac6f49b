"""A page that lists the reports of a batch, to be published beside them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from urllib.parse import quote

from govdisclose.county.batch import Outcome
from govdisclose.formats.html.writer import STYLE, escaped

NAME = "index.html"
LABELS = {".html": "网页", ".pdf": "PDF", ".docx": "Word", ".xlsx": "Excel"}


def dumps(outcomes: Iterable[Outcome], folder: Path) -> bytes:
    """The page, with a line for each unit that has documents, in the order of the outcomes."""
    listed = [each for each in outcomes if each.bureau and each.path.name and each.documents]
    return ("\n".join(page(listed, folder)) + "\n").encode()


def page(listed: list[Outcome], folder: Path) -> Iterator[str]:
    """The lines of the page."""
    title = "政府信息公开工作年度报告"
    yield '<!DOCTYPE html>\n<html lang="zh-CN">\n<head>\n<meta charset="utf-8">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield f"<title>{title}</title>\n<style>\n{STYLE}\n</style>\n</head>\n<body>\n<main>"
    yield f"<h1>{title}</h1>\n<p>共 {len(listed)} 个单位。</p>\n<ol>"
    for each in listed:
        yield f"<li>{escaped(each.bureau)}：{'　'.join(links(each, folder))}</li>"
    yield "</ol>\n</main>\n</body>\n</html>"


def links(each: Outcome, folder: Path) -> Iterator[str]:
    """The documents of a unit, those for reading first."""
    order = list(LABELS)
    for path in sorted(each.documents, key=lambda p: order.index(p.suffix)):
        target = quote(path.relative_to(folder).as_posix())
        yield f'<a href="{target}">{LABELS[path.suffix]}</a>'
