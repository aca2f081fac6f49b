"""What a published web page says: title, paragraphs and tables of its report."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING

from govdisclose.formats import published
from govdisclose.formats.container import TOO_MUCH, check_markup, untrusted
from govdisclose.formats.document import SIGNED, Block, Paragraph, TextGrid
from govdisclose.formats.published import NOT_A_REPORT, TITLE, is_section
from govdisclose.model import limits
from govdisclose.model.finding import Unusable
from govdisclose.model.notices import FORMS
from govdisclose.model.report import Reading

if TYPE_CHECKING:
    from lxml.html import HtmlElement as Element


def loads(data: bytes) -> Reading:
    """The report on a published web page, ours or another of this form."""
    with untrusted(published.NOT_A_REPORT):
        found = list(blocks(data))
    return published.read(found)


CHARSET = re.compile(rb"""charset\s*=\s*["']?\s*([A-Za-z0-9_-]+)""", re.IGNORECASE)
CHINESE = {"gb2312", "gbk", "gb_2312-80", "x-gbk", "gb18030"}
UNSEEN = {"script", "style", "noscript", "template", "head", "select", "button", "svg", "iframe"}
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
TABLES = ("table", "thead", "tbody", "tfoot", "tr", "td", "th")
LISTS = ("ul", "ol", "li", "dl", "dt", "dd")
PARTS = ("html", "body", "header", "footer", "main", "nav", "section", "article", "aside", "form")
PIECES = ("p", "div", "center", "pre", "blockquote", "address", "fieldset", "figure", "figcaption")
BLOCKS = frozenset((*HEADINGS, *TABLES, *LISTS, *PARTS, *PIECES, "hr", "details", "summary"))
RIGHT = re.compile(r"text-align:\s*(?:right|end)")
LEVELS = {"h1": 0, "h2": 1, "h3": 2}
BREAK = "\x00"
UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]")
BLANKS = re.compile(r"[ \t\r\n\f]+")
TORN = re.compile(r"(?<=[^\x00-\x7f])[ \t]*[\r\n]\s*(?=[^\x00-\x7f])")
VALUE = re.compile(r"""=\s*+(?:"[^"]*+(?:"|\Z)|'[^']*+(?:'|\Z)|)""")
TAG = re.compile(rf"<[A-Za-z](?:[^>=]|{VALUE.pattern})*+(?:>|\Z)")
FURNITURE = re.compile(
    r"(发布|发文|更新|成文|公开)(时间|日期)|浏览(次数|量)|访问(次数|量)|阅读(次数|量)?[：:]"
    r"|点击(数|率|量)|字号|字体|打印|分享|来源[：:]|责任编辑|索引号|当前位置|关闭窗口"
)
FOOT = re.compile(
    r"^(附件|上一[篇条]|下一[篇条]|相关(链接|文章|附件|稿件)|扫一扫|主办(单位)?[：:]|承办|版权所有)"
    r"|ICP备|公网安备|网站标识码|网站地图|责任编辑|打印|关闭窗口|分享到"
)


def blocks(data: bytes) -> Iterator[Block]:
    """The report on a page, title first; a page without sections is unusable."""
    root = parsed(decoded(data))
    found = list(islice(blocks_in(root), limits.BLOCKS + 1))
    if len(found) > limits.BLOCKS:
        raise Unusable(TOO_MUCH)
    first = next((at for at, (_, block) in enumerate(found) if opens(block)), None)
    if first is None:
        raise Unusable(NOT_A_REPORT)
    headings = [element for element, block in found if opens(block)]
    grids = [element for element, block in found[first:] if not isinstance(block, Paragraph)]
    body = home(headings if len(headings) > 1 else headings + grids)
    front = [block for _, block in found[:first] if isinstance(block, Paragraph)]
    own = [block for element, block in found[:first] if is_in(element, body)]
    rest = [block for element, block in found[first:] if is_in(element, body)]
    named = (root.findtext(".//title") or "").strip()
    yield from head(front, own, named)
    yield from without_foot(rest)


def decoded(data: bytes) -> str:
    """The text of a page in the character set it names, else in the likely one."""
    if len(data) > limits.FILE_BYTES:
        raise Unusable(f"文件超过 {limits.FILE_BYTES // 1_000_000} MB，不像一份年度报告")
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data.decode("utf-16", "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        named = CHARSET.search(data[:4096])
        charset = named[1].decode().lower() if named else "gbk"
        return data.decode(decodable(charset), "replace")


def decodable(charset: str) -> str:
    """A character set that can be decoded; all the Chinese ones are read as the widest."""
    try:
        name = "gb18030" if charset in CHINESE | {"utf-8"} else charset
        "".encode(name)
        return codecs.lookup(name).name
    except LookupError:
        return "gb18030"


def parsed(text: str) -> Element:
    """A page as elements; the network is never asked."""
    from lxml import etree
    from lxml import html as pages

    page = UNPRINTABLE.sub("", text)
    check_tags(page)
    check_markup(page.encode(), limits.PAGE_MARKUP)
    parser = pages.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True)
    try:
        return pages.document_fromstring(page.encode(), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, AssertionError) as why:
        raise Unusable(NOT_A_REPORT) from why


def check_tags(page: str) -> None:
    """Refuse a page in which an element has more attributes than any has."""
    for tag in TAG.finditer(page):
        if len(tag[0]) > limits.TAG_ATTRIBUTES:
            bare = VALUE.sub("= ", tag[0])
            if len(bare.split()) + bare.count("/") > limits.TAG_ATTRIBUTES:
                raise Unusable(TOO_MUCH)


def opens(block: Block) -> bool:
    """Whether a block is the heading of a section."""
    return isinstance(block, Paragraph) and any(
        is_section(block, section) for form in FORMS.values() for section in form.sections
    )


def is_in(element: Element, body: Element) -> bool:
    """Whether an element is another, or stands in it."""
    return element is body or any(above is body for above in element.iterancestors())


def home(elements: Sequence[Element]) -> Element:
    """The innermost element that holds all of some elements: the body of a report."""
    chains = [list(element.iterancestors()) or [element] for element in elements]
    return next(above for above in chains[0] if all(above in chain for chain in chains[1:]))


def head(front: list[Paragraph], own: list[Block], named: str) -> Iterator[Paragraph]:
    """The title of a page, then the paragraphs between it and the first section.

    Wherever it stands above the report, else it is the one in the browser's
    title bar, up to the name of the site.
    """
    texts = [block for block in own if isinstance(block, Paragraph)]
    titles = [line for line in front if is_title(line.text)]
    chosen = max(titles, key=lambda line: (line.level == 0, len(line.text)), default=None)
    bar = re.split(r"\s*[-_|—–]+\s*", named)[0]
    yield Paragraph(chosen.text if chosen else bar if is_title(bar) else "", 0)
    start = texts.index(chosen) + 1 if chosen in texts else 0
    yield from (
        Paragraph(line.text)
        for line in texts[start:]
        if line != chosen and (len(line.text) > 80 or not FURNITURE.search(line.text))
    )


def without_foot(blocks: list[Block]) -> list[Block]:
    """The report without what a site prints below its last section."""
    last = max(at for at, block in enumerate(blocks) if opens(block))
    foot = (
        at
        for at, block in enumerate(blocks)
        if at > last
        and isinstance(block, Paragraph)
        and len(block.text) < 80
        and FOOT.search(block.text)
    )
    return blocks[: next(foot, None)]


def is_title(text: str) -> bool:
    """Whether a text reads like the title of a report with its year."""
    tight = "".join(text.split())
    match = TITLE.match(tight)
    return bool(match and len(tight) < 80 and (match["year"] or match["early"]))


def blocks_in(root: Element) -> Iterator[tuple[Element, Block]]:
    """The paragraphs and tables of a page, each with its element, in order."""
    pending: list[str] = []
    owner = root
    for element, piece in walk(root):
        if isinstance(piece, str):
            pending.append(piece)
            continue
        text = tidy("".join(pending))
        pending.clear()
        if text:
            level = SIGNED if RIGHT.search(owner.get("style", "")) else LEVELS.get(str(owner.tag))
            yield owner, Paragraph(text, level)
        owner = element
        if piece is not None:
            yield element, piece


def walk(root: Element) -> Iterator[tuple[Element, str | TextGrid | None]]:
    """The texts and tables of an element in order; None where a paragraph ends."""
    from lxml import etree

    steps = etree.iterwalk(root, events=("start", "end"))
    for event, element in steps:
        is_whole = is_unseen(element) or (element.tag == "table" and is_data(element))
        if event == "start" and is_whole:
            steps.skip_subtree()
            if not is_unseen(element):
                yield element, None
                yield element, text_grid(element)
        elif event == "start":
            yield element, edge(element)
            yield element, element.text or ""
        else:
            if not is_whole and element.tag in BLOCKS:
                yield element, None
            above = element.getparent()
            if element is not root and above is not None:
                yield above, element.tail or ""


def edge(element: Element) -> str | None:
    """What stands where an element begins: the end of a paragraph, of a line, nothing."""
    if element.tag == "br":
        return BREAK if next(element.iterancestors(*LEVELS), None) is not None else None
    return None if element.tag in BLOCKS else ""


def is_unseen(element: Element) -> bool:
    """Whether a browser does not show an element: a comment, a script, what is hidden."""
    tag = element.tag
    return not isinstance(tag, str) or tag in UNSEEN or is_hidden(element)


def is_hidden(element: Element) -> bool:
    """Whether a page says that an element is not shown."""
    return "display:none" in "".join(element.get("style", "").split()).lower()


def tidy(text: str) -> str:
    """A text as a browser shows it: blanks run together, torn Chinese rejoined."""
    lines = (BLANKS.sub(" ", TORN.sub("", part)).strip() for part in text.split(BREAK))
    return "\n".join(line for line in lines if line)


def is_data(table: Element) -> bool:
    """Whether a table holds figures, and not the layout of the page."""
    if next(table.iterdescendants("table"), None) is not None:
        return False
    rows = list(table.iter("tr"))
    return len(rows) > 1 and any(len(row) > 2 for row in rows)


def text_grid(table: Element) -> TextGrid:
    """A table as text; merged cells repeat theirs over all they cover."""
    found: dict[tuple[int, int], str] = {}
    lines = list(table.iter("tr"))
    for row, line in enumerate(lines):
        column = 0
        for cell in line.iterchildren("td", "th"):
            while (row, column) in found:
                column += 1
            text = tidy(" ".join(cell.itertext()))
            for down in range(min(span(cell, "rowspan"), len(lines) - row)):
                for right in range(span(cell, "colspan")):
                    found.setdefault((row + down, column + right), text)
            if len(found) > limits.TABLE_CELLS:
                raise Unusable("网页里的表格过大，不像一份年度报告")
    widths = [0] * len(lines)
    for row, column in found:
        widths[row] = max(widths[row], column + 1)
    return [[found.get((row, c), "") for c in range(width)] for row, width in enumerate(widths)]


def span(cell: Element, name: str) -> int:
    """How many rows or columns a cell covers."""
    given = cell.get(name, "1").strip()
    return max(1, min(int(given[:9]), limits.TABLE_SPAN)) if given.isdecimal() else 1
