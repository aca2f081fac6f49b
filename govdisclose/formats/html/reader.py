"""What a published web page says: title, paragraphs and tables of its report.

Pages are read as a browser shows them. What a site prints around a report is
left out: above it all but the title, below it from the first line that reads
like a foot.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from govdisclose.formats import front, published
from govdisclose.formats.container import TOO_MUCH, check_markup, untrusted
from govdisclose.formats.document import SIGNED, Block, Paragraph, Picture, TextTable
from govdisclose.formats.encodings import decoded
from govdisclose.formats.headings import is_section
from govdisclose.formats.html.tables import UNSEEN, is_data, is_hidden, text_table
from govdisclose.formats.published import NOT_A_REPORT
from govdisclose.model import limits
from govdisclose.model.finding import Unusable
from govdisclose.model.notices import FORMS
from govdisclose.model.report import Reading

if TYPE_CHECKING:
    from lxml.html import HtmlElement as Element

CHARSET = re.compile(rb"""charset\s*=\s*["']?\s*([A-Za-z0-9_-]+)""", re.IGNORECASE)
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
TABLES = ("table", "thead", "tbody", "tfoot", "tr", "td", "th", "caption")
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
HIDING = re.compile(r"\.([\w-]+)\s*\{[^}]*display\s*:\s*none", re.IGNORECASE)
FURNITURE = re.compile(
    r"(发布|发文|更新|成文|公开)(时间|日期)|浏览(次数|量)|访问(次数|量)|阅读(次数|量)?[：:]"
    r"|点击(数|率|量)|字号|字体|打印|分享|来源[：:]|责任编辑|索引号|当前位置|关闭窗口"
)
FOOT = re.compile(
    r"^(上一[篇条]|下一[篇条]|相关(链接|文章|附件|稿件)|扫一扫|主办(单位)?[：:]|承办|版权所有)"
    r"|ICP备|公网安备|网站标识码|网站地图|责任编辑|打印|关闭窗口|分享到"
)
SMALLEST = 60  # pixels of a picture that is no sign of the site
SCRIPTED = "这个网页的内容是由脚本显示的，文件里没有；请在浏览器里打开，全选复制到 Word 里再读"


def loads(data: bytes) -> Reading:
    """The report on a published web page, ours or another of this form."""
    if len(data) > limits.FILE_BYTES:
        raise Unusable(f"文件超过 {limits.FILE_BYTES // 1_000_000} MB，不像一份年度报告")
    named = CHARSET.search(data[:4096])
    return read(decoded(data, named[1].decode() if named else ""))


def read(text: str) -> Reading:
    """The report in the text of a page."""
    with untrusted(NOT_A_REPORT):
        page = parsed(text)
        found = list(blocks(page))
    if not found and len("".join(page.itertext(with_tail=True))) < 200_000 and "<script" in text:
        raise Unusable(SCRIPTED)
    title = re.split(r"\s*[-_|—–]+\s*", (page.findtext(".//title") or "").strip())[0]
    return published.read(found, [title])


def parsed(text: str) -> Element:
    """A page as elements; the network is never asked."""
    from lxml import etree
    from lxml import html as pages

    clean = re.sub(r"^\s*<\?xml[^>]*\?>", "", UNPRINTABLE.sub("", text))
    page = clean.encode("utf-8", "replace")
    check_tags(clean)
    check_markup(page, limits.PAGE_MARKUP)
    parser = pages.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True)
    try:
        return pages.document_fromstring(page, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, AssertionError) as why:
        raise Unusable(NOT_A_REPORT) from why


def check_tags(page: str) -> None:
    """Refuse a page in which an element has more attributes than any has."""
    for tag in TAG.finditer(page):
        if len(tag[0]) > limits.TAG_ATTRIBUTES:
            bare = VALUE.sub("= ", tag[0])
            if len(bare.split()) + bare.count("/") > limits.TAG_ATTRIBUTES:
                raise Unusable(TOO_MUCH)


class Placed(NamedTuple):
    """A block, and the element in which it stands."""

    element: Element
    block: Block


def blocks(root: Element) -> list[Block]:
    """The report on a page, its title first; nothing where there is neither section nor table."""
    found = list(blocks_in(root))
    heads = [placed.element for placed in found if opens(placed.block)]
    grids = [placed.element for placed in found if isinstance(placed.block, TextTable)]
    if not heads and not grids:
        return []
    body = home(heads if len(heads) > 1 else heads + grids)
    first = next(
        n for n, placed in enumerate(found) if opens(placed.block) or placed.element in grids
    )
    inside = [is_in(placed.element, body) for placed in found]
    above = [p.block for p, own in zip(found[:first], inside, strict=False) if not own]
    front_lines = [p.block for p, own in zip(found[:first], inside, strict=False) if own]
    rest = [p.block for p, own in zip(found[first:], inside[first:], strict=True) if own]
    return [*title_in(above), *without_furniture(front_lines), *without_foot(rest)]


def title_in(above: list[Block]) -> list[Block]:
    """The lines of a title that stands outside the text of a report."""
    lines = [block for block in above if isinstance(block, Paragraph)]
    tops = [line for line in lines if line.level == 0 and front.titled(line.text)]
    if tops:
        return [tops[-1]]
    found = front.best_title([line.text for line in lines])
    return list(lines[found.start : found.end]) if found and found.is_enough else []


def without_furniture(blocks: list[Block]) -> list[Block]:
    """What stands above the first section, without what a site says of the page."""
    return [
        block
        for block in blocks
        if not isinstance(block, Paragraph)
        or len(block.text) > 80
        or not FURNITURE.search(block.text)
    ]


def without_foot(blocks: list[Block]) -> list[Block]:
    """The report without what a site prints below its last section."""
    last = max((at for at, block in enumerate(blocks) if opens(block)), default=0)
    foot = (
        at
        for at, block in enumerate(blocks)
        if at > last
        and isinstance(block, Paragraph)
        and len(block.text) < 80
        and FOOT.search(block.text)
    )
    return blocks[: next(foot, None)]


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
    others = [set(chain) for chain in chains[1:]]
    return next(above for above in chains[0] if all(above in chain for chain in others))


def blocks_in(root: Element) -> Iterator[Placed]:
    """The paragraphs, tables and pictures of a page, each with its element, in order."""
    pending: list[str] = []
    owner = root
    count = 0
    for element, piece in walk(root):
        if isinstance(piece, str):
            pending.append(piece)
            continue
        text = tidy("".join(pending))
        pending.clear()
        if text:
            count += 1
            level = SIGNED if RIGHT.search(owner.get("style", "")) else LEVELS.get(str(owner.tag))
            yield Placed(owner, Paragraph(text, level))
        owner = element
        if piece is not None:
            count += 1
            yield Placed(element, piece)
        if count > limits.BLOCKS:
            raise Unusable(TOO_MUCH)


def walk(root: Element) -> Iterator[tuple[Element, str | TextTable | Picture | None]]:
    """The texts, tables and pictures of a page in order; None where a paragraph ends."""
    from lxml import etree

    classes = frozenset(
        name for style in root.iter("style") for name in HIDING.findall(style.text or "")
    )
    skipping: Element | None = None
    tables = 0
    for event, element in etree.iterwalk(root, events=("start", "end")):
        if event == "start":
            if skipping is not None:
                continue
            tag = element.tag
            if not isinstance(tag, str) or tag in UNSEEN or is_hidden(element, classes):
                skipping = element
            elif tag == "table" and is_data(element):
                skipping = element
                tables += 1
                yield element, None
                for caption in element.iter("caption"):
                    yield element, "".join(caption.itertext())
                    yield element, None
                yield element, text_table(element, f"第 {tables} 个表", classes)
            else:
                yield from opening(element)
        else:
            if skipping is not None and skipping is not element:
                continue
            if skipping is None and element.tag in BLOCKS:
                yield element, None
            skipping = None
            if element is not root and element.getparent() is not None:
                yield element.getparent(), element.tail or ""


def opening(element: Element) -> Iterator[tuple[Element, str | Picture | None]]:
    """What an element says where it begins."""
    if element.tag == "br":
        in_heading = next(element.iterancestors(*LEVELS), None) is not None
        yield element, BREAK if in_heading else None
    elif element.tag == "img":
        sizes = [element.get(side, "").removesuffix("px") for side in ("width", "height")]
        if not any(size.isdecimal() and int(size[:6]) < SMALLEST for size in sizes):
            name = element.get("alt") or element.get("src", "").rpartition("/")[2]
            yield element, Picture(name[:30] or "图片")
    elif element.tag in BLOCKS:
        yield element, None
    if element.text:
        yield element, element.text


def tidy(text: str) -> str:
    """A text as a browser shows it: blanks run together, torn Chinese rejoined."""
    lines = (BLANKS.sub(" ", TORN.sub("", part)).strip() for part in text.split(BREAK))
    return "\n".join(line for line in lines if line)
