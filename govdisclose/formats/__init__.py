"""What a report is read from and printed to, by format."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from govdisclose.formats import sniff
from govdisclose.formats.sniff import Kind
from govdisclose.model.finding import Unusable
from govdisclose.model.report import Reading, Report

if TYPE_CHECKING:
    from govdisclose.formats.paper import Paper


def loads(data: bytes, suffix: str = "") -> Reading:
    """The report in a file, by its content; ``suffix`` only tells a draft from other texts."""
    kind = sniff.kind_of(data)
    if (kind in PLAIN and suffix == DRAFT_SUFFIX) or kind is Kind.DRAFT:
        from govdisclose.formats import draft

        return draft.loads(data)
    if kind in REFUSED:
        raise Unusable(REFUSED[kind])
    return READERS[kind](data)


def reader(suffix: str) -> Callable[[bytes], Reading]:
    """What reads a file with a name of some suffix."""
    return partial(loads, suffix=suffix)


def read_word(data: bytes) -> Reading:
    """The report in a .docx."""
    from govdisclose.formats import word

    return word.loads(data)


def read_page(data: bytes) -> Reading:
    """The report on a web page."""
    from govdisclose.formats import html

    return html.loads(data)


def read_mail_page(data: bytes) -> Reading:
    """The report on a web page saved as one file."""
    from govdisclose.formats.html import mail

    return mail.loads(data)


def read_workbook(data: bytes) -> Reading:
    """The report in a workbook: a collection sheet, else a table of others."""
    from govdisclose.formats import workbooks

    return workbooks.loads(data)


def read_text(data: bytes) -> Reading:
    """The report in a plain text."""
    from govdisclose.formats.text import reader

    return reader.loads(data)


def read_open_text(data: bytes) -> Reading:
    """The report in a document of LibreOffice."""
    from govdisclose.formats.odt import reader

    return reader.loads(data)


def read_pdf(data: bytes) -> Reading:
    """The report in a PDF."""
    from govdisclose.formats.pdf import reader

    return reader.loads(data)


def read_old(data: bytes) -> Reading:
    """The report in an old Word file, by way of LibreOffice."""
    return read_word(modern({"": data})[""])


def modern(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Files of old formats as .docx, all in one start of LibreOffice; others as they are."""
    from govdisclose.formats import libreoffice

    old = {
        name: (data, OLD[kind])
        for name, data in files.items()
        if (kind := sniff.kind_of(data)) in OLD
    }
    if not old:
        return dict(files)
    if libreoffice.find() is None:
        raise Unusable(NO_CONVERTER)
    numbered = {f"{n}{suffix}": data for n, (data, suffix) in enumerate(old.values())}
    done = libreoffice.convert(numbered, "docx")
    names = dict(zip(numbered, old, strict=True))
    return dict(files) | {names[name]: data for name, data in done.items()}


PLAIN = (Kind.TEXT, Kind.DRAFT, Kind.UNKNOWN, Kind.PAGE)
DRAFT_SUFFIX = ".toml"
OLD = {Kind.OLD_WORD: ".doc", Kind.RICH_TEXT: ".rtf"}
NO_CONVERTER = (
    "这是旧格式的文件（.doc、.wps、.rtf），请在 WPS 或 Word 里另存为 .docx 再读；"
    "装了 LibreOffice 的电脑可以直接读"
)
REFUSED = {
    Kind.PICTURE: "这是图片，里面的字和数读不出；请要 Word、Excel 或网页的原件",
    Kind.ARCHIVE: "这是压缩文件，或者文件已损坏，打不开；请先解压，再读里面的文件",
    Kind.LOCKED: "文件加了密码，打不开；请在 WPS 或 Word 里去掉密码，另存后再读",
    Kind.UNKNOWN: "不认识这种文件；能读 Word、WPS、Excel、PDF、网页、纯文本的报告和收集表",
}
READERS: dict[Kind, Callable[[bytes], Reading]] = {
    Kind.WORD: read_word,
    Kind.OLD_WORD: read_old,
    Kind.RICH_TEXT: read_old,
    Kind.OPEN_TEXT: read_open_text,
    Kind.WORKBOOK: read_workbook,
    Kind.PAGE: read_page,
    Kind.MAIL_PAGE: read_mail_page,
    Kind.PDF: read_pdf,
    Kind.TEXT: read_text,
}


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


def printed_paper(paper: Paper, suffix: str) -> bytes:
    """A paper (a comparison, a notice) as a file: .docx, .html or .xlsx."""
    if suffix == ".docx":
        from govdisclose.formats.word import paper as word

        return word.dumps(paper)
    if suffix == ".html":
        from govdisclose.formats.html import paper as html

        return html.dumps(paper).encode()
    if suffix == ".xlsx":
        from govdisclose.formats.excel import paper as excel

        return excel.dumps(paper)
    raise Unusable(f"不能生成 {suffix} 文件，可以生成的是 .docx、.html、.xlsx")
