"""What a report is read from and printed to, by format."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from govdisclose.model.finding import Unusable
from govdisclose.model.report import Reading, Report


def reader(suffix: str) -> Callable[[bytes], Reading]:
    """What reads the files of a suffix."""
    if suffix == ".docx":
        from govdisclose.formats.word import loads
    elif suffix in (".html", ".htm"):
        from govdisclose.formats.html import loads
    elif suffix in (".xlsx", ".xls", ".ods", ".et"):
        from govdisclose.formats.collection import loads
    elif suffix in (".doc", ".wps"):
        loads = old_word
    else:
        from govdisclose.formats.draft import loads
    return loads


def old_word(data: bytes) -> Reading:
    """The report in an old Word file, by way of LibreOffice."""
    from govdisclose.formats import libreoffice, word

    return word.loads(libreoffice.convert({"x.doc": data}, "docx")["x.doc"])


class PrintOptions(NamedTuple):
    """How a document is to look; what a format does not know it leaves aside.

    ``template`` is an office's own .docx, ``look`` a built-in one, ``fragment``
    a web page without its frame, ``marked`` a draft marked as one; with ``flow``
    a long table goes on on the next page.
    """

    template: bytes | None = None
    look: str = "standard"
    fragment: bool = False
    marked: bool = False
    flow: bool = False


STANDARD = PrintOptions()


def printed(
    report: Report, suffix: str, style: PrintOptions = STANDARD, *, made_from: str = ""
) -> bytes:
    """The document of a report in the format of a suffix: .docx, .html and .xlsx are sealed.

    ``made_from`` is the SHA-256 of the draft file, "" where there is none.
    """
    template, look, fragment, marked, flow = style
    if suffix == ".toml":
        from govdisclose.formats import draft

        return draft.dumps(report).encode()
    if suffix == ".pdf":
        from govdisclose.formats import libreoffice

        return libreoffice.pdf({"报告": printed(report, ".docx", style)})["报告"]
    if suffix == ".docx":
        from govdisclose.formats import word

        return word.dumps(
            report, template=template, look=look, marked=marked, flow=flow, made_from=made_from
        )
    if suffix == ".html":
        from govdisclose.formats import html
        from govdisclose.formats.seal import sealed_page

        page = html.dumps(report, fragment=fragment, marked=marked)
        return sealed_page(page.encode(), made_from)
    if suffix == ".xlsx":
        from govdisclose.formats import excel

        return excel.dumps(report, marked=marked, made_from=made_from)
    raise Unusable(f"不能生成 {suffix} 文件，可以生成的是 .docx、.html、.xlsx、.pdf")
