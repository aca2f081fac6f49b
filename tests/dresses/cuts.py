"""The alterations: what offices, programs and web sites do to a report."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from random import Random

from govdisclose.model.grid import Cell, Role
from tests.dresses.pattern import (
    Chapter,
    Pattern,
    Piece,
    inserted_column,
    inserted_row,
    split,
    transposed,
    without_row,
)

Cut = Callable[[Pattern, Random], None]
TABLES = ("disclosure", "applications", "disputes")
TRADITIONAL = str.maketrans(
    "规现处决许罚强业费单万关请结转办开国属违法内务过执档查询机关没制补后诉类报举复独无数"
    "认确获当缴讼审维纠正总计体导问题进项动据对于与为条废发颁议续经农户会组织团体护",
    "規現處決許罰強業費單萬關請結轉辦開國屬違法內務過執檔查詢機關沒製補後訴類報舉復獨無數"
    "認確獲當繳訟審維糾正總計體導問題進項動據對於與為條廢發頒議續經農戶會組織團體護",
)
ZEROS = (
    "0件",
    "０",
    "0 ",
    "\u00a00",
    "0\u200b",
    "0.0",
    "0①",
    "0[1]",
    "O",
    "/",
    "-",
    "—",
    "无",
    "",
    "〇",
    "零",
)
BLANKS = ("/", "-", "—", "", "无", "——", "/ ")


def plain(pattern: Pattern, random: Random) -> None:
    """As it is."""


def text_of_labels(change: Callable[[str, Random], str], share: float = 1.0) -> Cut:
    """An alteration of headings, of a share of them."""

    def cut(pattern: Pattern, random: Random) -> None:
        for piece in pattern.pieces:
            piece.cells = [
                cell._replace(text=change(cell.text, random))
                if cell.text and cell.role is not Role.FIGURE and random.random() < share
                else cell
                for cell in piece.cells
            ]

    return cut


def misprinted(text: str, random: Random) -> str:
    """A character changed, dropped or doubled; two in a long label."""
    if len(text) < 4:
        return text
    for _ in range(1 if len(text) < 8 else 2):
        at = random.randrange(2, len(text))
        kind = random.choice("cdx")
        new = {"c": random.choice("政法事项数公开办"), "d": "", "x": text[at] * 2}[kind]
        text = text[:at] + new + text[at + 1 :]
    return text


def figures(change: Callable[[str, Random], str], share: float = 1.0) -> Cut:
    """An alteration of figures, of a share of them."""

    def cut(pattern: Pattern, random: Random) -> None:
        for piece in pattern.pieces:
            piece.cells = [
                cell._replace(text=change(cell.text, random))
                if cell.role is Role.FIGURE and cell.text and random.random() < share
                else cell
                for cell in piece.cells
            ]

    return cut


def thousands(text: str, random: Random) -> str:
    return f"{int(text):,}" if text.isdecimal() and len(text) > 3 else text


def gapped(text: str, random: Random) -> str:
    return f"{text[:1]} {text[1:]}" if text.isdecimal() and len(text) > 1 else text


def broken(text: str, random: Random) -> str:
    return f"{text[:-1]}\n{text[-1]}" if text.isdecimal() and len(text) > 3 else text


def zero(text: str, random: Random) -> str:
    return random.choice(ZEROS) if text == "0" else text


def footnoted(text: str, random: Random) -> str:
    return text + random.choice(("①", "[1]", "*", "（注）", "¹"))


def spaced(text: str, random: Random) -> str:
    at = random.randrange(len(text))
    return text[:at] + random.choice((" ", "\n", "　", "\u00a0")) + text[at:]


def numbered_otherwise(text: str, random: Random) -> str:
    return text.replace("1.", "1、").replace("2.", "2．").replace("（", "(").replace("）", ")")


def shortened(text: str, random: Random) -> str:
    return {
        "行政规范性文件": "规范性文件",
        "本年制发件数": "本年度制发数",
        "本年废止件数": "本年度废止数",
        "现行有效件数": "现行有效数",
        "社会公益组织": "公益组织",
        "总计": "合计",
    }.get(text, text)


def numbers_dropped(text: str, random: Random) -> str:
    return text.split(".", 1)[-1] if text[:1].isdigit() else text


def spans(how: str, keys: tuple[str, ...] = TABLES) -> Cut:
    """Merged cells lost."""

    def cut(pattern: Pattern, random: Random) -> None:
        for key in keys:
            pattern.piece(key).spans = how

    return cut


def on_its_side(pattern: Pattern, random: Random) -> None:
    """Tables three and four transposed."""
    for key in random.choice((("applications",), ("disputes",), ("applications", "disputes"))):
        piece = pattern.piece(key)
        piece.cells = transposed(piece.cells)


def column_before(pattern: Pattern, random: Random) -> None:
    """A column of running numbers on the left of table three."""
    piece = pattern.piece("applications")
    texts = {0: "序号", **{row: str(row - 2) for row in range(3, piece.height)}}
    piece.cells = inserted_column(piece.cells, 0, texts)


def column_after(pattern: Pattern, random: Random) -> None:
    """A column of last year's totals on the right of table three."""
    piece = pattern.piece("applications")
    heading = random.choice(("上年总计", "上年同期", "2023年总计（上年）", "同比增减", "备注"))
    texts = {0: heading}
    if heading != "备注":
        texts |= {row: str(random.randint(0, 30)) for row in range(3, piece.height)}
    piece.cells = inserted_column(piece.cells, piece.width, texts)


def shifted_row(pattern: Pattern, random: Random) -> None:
    """In some rows of table three an empty cell too much, or the first figure gone."""
    piece = pattern.piece("applications")
    rows = random.sample(range(3, piece.height), random.randint(1, 25))
    is_gone = random.random() < 0.3
    found = []
    for cell in piece.cells:
        if cell.row in rows and cell.role is Role.FIGURE:
            if is_gone and cell.column == 3:
                continue
            found.append(cell._replace(column=cell.column + (-1 if is_gone else 1)))
        else:
            found.append(cell)
    if not is_gone:
        found += [Cell(row, 3, 1, 1, "", None, Role.CORNER) for row in rows]
    piece.cells = found


def row_gone(pattern: Pattern, random: Random) -> None:
    """Some rows of table three missing."""
    piece = pattern.piece("applications")
    for _ in range(random.randint(1, 3)):
        piece.cells = without_row(piece.cells, random.randrange(3, piece.height))


def group_as_row(pattern: Pattern, random: Random) -> None:
    """（六）其他处理 printed as one row."""
    piece = pattern.piece("applications")
    group = next(cell for cell in piece.cells if cell.text.startswith("（六）"))
    cells = without_row(without_row(piece.cells, group.row), group.row)
    piece.cells = [
        cell._replace(address=None) if cell.address and cell.row == group.row else cell
        for cell in cells
        if not (cell.row == group.row and cell.column == group.column + 1)
    ]
    piece.cells = [
        cell._replace(width=2) if cell.text == group.text else cell for cell in piece.cells
    ]


def row_more(pattern: Pattern, random: Random) -> None:
    """A row that the form does not know in table three."""
    piece = pattern.piece("applications")
    if piece.height < 20:
        return  # lies on its side
    label = random.choice(("6.其他", "其中：网络申请", "9.其他不予公开情形", "上年数"))
    texts = [label, *(str(random.randint(0, 5)) for _ in range(7))]
    piece.cells = inserted_row(piece.cells, random.randrange(8, piece.height), texts, 3)


def page_break(pattern: Pattern, random: Random) -> None:
    """A table cut in two, with its headings repeated or not."""
    key = random.choice(("applications", "disclosure"))
    chapter = pattern.chapter(key)
    piece = pattern.piece(key)
    heads = random.choice((0, 3 if key == "applications" else 0))
    at = random.randrange(4, piece.height - 1)
    upper, lower = split(piece.cells, at, heads)
    chapter.blocks = [Piece(upper), *random.choice(([], ["续表"])), Piece(lower)]


def pieces_of_two(pattern: Pattern, random: Random) -> None:
    """Table two as four tables."""
    chapter = pattern.chapter("disclosure")
    piece = pattern.piece("disclosure")
    starts = [cell.row for cell in piece.cells if cell.role is Role.BAND] + [piece.height]
    chapter.blocks = []
    is_captioned = random.random() < 0.5
    for start, end in pairwise(starts):
        cells = [c._replace(row=c.row - start) for c in piece.cells if start <= c.row < end]
        if is_captioned:
            band, cells = cells[0], cells[1:]
            chapter.blocks.append(band.text)
            cells = [c._replace(row=c.row - 1) for c in cells]
        chapter.blocks.append(Piece(cells))


def four_as_rows(pattern: Pattern, random: Random) -> None:
    """Table four with its three kinds of cases as rows."""
    piece = pattern.piece("disputes")
    table = pattern.report.form.tables["disputes"]
    texts = {cell.address: cell.text for cell in piece.cells if cell.address}
    names = ["行政复议", "行政诉讼未经复议直接起诉", "行政诉讼复议后起诉"]
    if random.random() < 0.5:
        names = ["行政复议", "未经复议直接起诉", "复议后起诉"]
    cells = [Cell(0, 0, 1, 1, random.choice(("", "类别")), None, Role.CORNER)]
    for column, item in enumerate(table.columns, start=1):
        cells.append(Cell(0, column, 1, 1, item.label, None, Role.COLUMN))
    for row, (line, name) in enumerate(zip(table.lines, names, strict=True), start=1):
        cells.append(Cell(row, 0, 1, 1, name, None, Role.ROW))
        for column, address in enumerate(line.cells, start=1):
            cells.append(Cell(row, column, 1, 1, texts[address], address, Role.FIGURE))
    piece.cells = transposed(cells) if random.random() < 0.4 else cells


def four_as_three(pattern: Pattern, random: Random) -> None:
    """Table four as three tables, each under its name."""
    chapter = pattern.chapter("disputes")
    piece = pattern.piece("disputes")
    table = pattern.report.form.tables["disputes"]
    texts = {cell.address: cell.text for cell in piece.cells if cell.address}
    inside = random.random() < 0.5
    chapter.blocks = []
    for line in table.lines:
        cells = []
        top = 0
        if inside:
            cells.append(Cell(0, 0, 1, 5, line.row.label, None, Role.BAND))
            top = 1
        else:
            chapter.blocks.append(line.row.label)
        for column, (item, address) in enumerate(zip(table.columns, line.cells, strict=True)):
            cells.append(Cell(top, column, 1, 1, item.label, None, Role.COLUMN))
            cells.append(Cell(top + 1, column, 1, 1, texts[address], address, Role.FIGURE))
        chapter.blocks.append(Piece(sorted(cells, key=lambda c: c[:2])))


def blank_above(pattern: Pattern, random: Random) -> None:
    """A blank form above the one that is filled in."""
    for key in TABLES:
        chapter = pattern.chapter(key)
        piece = pattern.piece(key)
        empty = [c._replace(text="", address=None) if c.address else c for c in piece.cells]
        chapter.blocks.insert(0, Piece(empty))


def wrong_total(pattern: Pattern, random: Random) -> None:
    """A total that the source states wrongly: it is read as it stands."""
    piece = pattern.piece("applications")
    found = [c for c in piece.cells if c.address and c.address.column == "total"]
    chosen = random.choice(found)
    assert chosen.address
    value = int(chosen.text) + 1
    pattern.report.figures[chosen.address] = value
    piece.cells = [c._replace(text=str(value)) if c is chosen else c for c in piece.cells]


def column_gone(pattern: Pattern, random: Random) -> None:
    """A column of table three left out."""
    piece = pattern.piece("applications")
    at = random.randrange(4, 9)
    found = []
    for cell in piece.cells:
        if cell.column == at and cell.width == 1:
            continue
        if cell.column > at:
            cell = cell._replace(column=cell.column - 1)
        elif cell.column + cell.width > at:
            cell = cell._replace(width=cell.width - 1)
        found.append(cell)
    piece.cells = found


def headless(pattern: Pattern, random: Random) -> None:
    """The headings of sections two to four missing."""
    for key in TABLES:
        pattern.chapter(key).label = ""


def contents(pattern: Pattern, random: Random) -> None:
    """A table of contents above the text."""
    pattern.preamble = [
        *pattern.preamble,
        "目 录",
        *(f"{chapter.label}\t{n}" for n, chapter in enumerate(pattern.chapters, start=1)),
    ]


def signed(pattern: Pattern, random: Random) -> None:
    """Unit, date and a list of files at the end."""
    pattern.after = [pattern.report.bureau.name, "2025年1月20日", "附件：1.汇总表"]


def furnished(pattern: Pattern, random: Random) -> None:
    """Page numbers and lines of a site in the text."""
    for chapter in pattern.chapters:
        chapter.blocks.append(random.choice(("— 3 —", "第 3 页 共 6 页", "- 2 -")))
    pattern.after = ["用微信扫描二维码", "主办单位：某县人民政府办公室"]


def titled_otherwise(pattern: Pattern, random: Random) -> None:
    """A title in other words and lines."""
    name, year = pattern.report.bureau.name, pattern.report.year
    chinese = "".join("〇一二三四五六七八九"[int(digit)] for digit in str(year))
    pattern.title = random.choice(
        (
            [name, f"{chinese}年政府信息公开", "工作年度报告"],
            [f"关于{name}{year}年度政府信息公开工作年度报告"],
            [f"{year}年度{name}政府信息公开工作年度报告"],
            [f"{name}文件", "某政办〔2025〕3号", name, f"{year} 年政府信息公开工作年度报告"],
            [f"{name}{year}年政府信息公开年度报告（全文）"],
        )
    )


def old_form(pattern: Pattern, random: Random) -> None:
    """Table two with the columns of the form of 2019."""
    piece = pattern.piece("disclosure")
    names = {
        "本年制发件数": "本年新制作数量",
        "本年废止件数": "本年新公开数量",
        "现行有效件数": "对外公开总数量",
    }
    piece.cells = [
        c._replace(text=names.get(c.text, c.text))
        if c.address is None
        else (c._replace(address=None) if c.address.table == "documents" else c)
        for c in piece.cells
    ]


CUTS: dict[str, Cut] = {
    "plain": plain,
    "misprinted": text_of_labels(misprinted, 0.4),
    "spaced labels": text_of_labels(spaced, 0.7),
    "other numbers": text_of_labels(numbered_otherwise),
    "shortened": text_of_labels(shortened),
    "numbers dropped": text_of_labels(numbers_dropped),
    "traditional": text_of_labels(lambda text, _: text.translate(TRADITIONAL)),
    "thousands": figures(thousands),
    "gapped": figures(gapped, 0.3),
    "broken": figures(broken),
    "zeros": figures(zero, 0.7),
    "blanks": figures(lambda t, r: r.choice(BLANKS), 0.2),
    "footnotes": figures(footnoted, 0.2),
    "units": figures(lambda t, r: t + "件" if t.isdecimal() else t, 0.5),
    "decimals": figures(lambda t, r: t + ".0" if t.isdecimal() else t),
    "spans split": spans("split"),
    "spans lost": spans("lost"),
    "spans lost in three": spans("lost", ("applications",)),
    "transposed": on_its_side,
    "running numbers": column_before,
    "last year's column": column_after,
    "shifted rows": shifted_row,
    "rows gone": row_gone,
    "six as one": group_as_row,
    "a row more": row_more,
    "page break": page_break,
    "two in pieces": pieces_of_two,
    "four as rows": four_as_rows,
    "four as three": four_as_three,
    "blank above": blank_above,
    "wrong total": wrong_total,
    "column gone": column_gone,
    "no headings": headless,
    "contents": contents,
    "signed": signed,
    "furnished": furnished,
    "titled otherwise": titled_otherwise,
    "old form": old_form,
}

__all__ = ["CUTS", "Chapter"]
