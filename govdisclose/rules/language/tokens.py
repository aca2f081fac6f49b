"""Cut a text into typed tokens: the words of the lexicon, numbers, years, signs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from typing import NamedTuple

from govdisclose.model.form import Item
from govdisclose.model.notices import FORMS
from govdisclose.rules.language.lexicon import LEXICON

OWN_NAME = "\ue000"
"""Stands for every character of the bureau's own name, which no lexicon can list."""

_TRADITIONAL = (
    "規現處決許罰強業費單萬關請結轉辦開國屬違法內務過執檔查詢機關沒製補後訴類報舉復獨無數認確獲當繳訟審維糾正總計體導問題進項動據對於與"
    "為條廢發頒複議續經農戶會組織團體護產責監督評書記網臺簡實際號縣區鎮鄉廳廣東長時間週統門個們來這從歷聯繫電話郵編傳真話讀圖視頻種樣較減"
    "增漲幅達約餘兩億徵協調請領導員專欄聞佈設級層樹質滿應誤錯誰說讓還應節點擊閱覽評價標準範圍稅財務銀貸險環衛勞齡養醫療衛學習選舉參與與"
)
_SIMPLIFIED = (
    "规现处决许罚强业费单万关请结转办开国属违法内务过执档查询机关没制补后诉类报举复独无数认确获当缴讼审维纠正总计体导问题进项动据对于与"
    "为条废发颁复议续经农户会组织团体护产责监督评书记网台简实际号县区镇乡厅广东长时间周统门个们来这从历联系电话邮编传真话读图视频种样较减"
    "增涨幅达约余两亿征协调请领导员专栏闻布设级层树质满应误错谁说让还应节点击阅览评价标准范围税财务银贷险环卫劳龄养医疗卫学习选举参与与"
)
_WIDE = {0xFF10 + n: str(n) for n in range(10)} | {0xFF05: "%", 0xFF0E: "."}
_SIGNS = {
    0x28: "（",
    0x29: "）",
    0x3A: "：",
    0x3B: "；",
    0x3F: "？",
    0x21: "！",
    0x3C: "〈",
    0x3E: "〉",
}
_MORE = (
    "運运 輸输 鐵铁 場场 營营 財财 濟济 漁渔 獸兽 藥药 園园 藝艺 術术 黨党 幹干 紀纪 鄰邻 橋桥"
    " 隊队 擬拟 訂订 詞词 觀观 聽听 寫写 畫画 邊边 遠远 離离 遲迟 遞递 適适 遷迁 遺遗 釋释"
    " 針针 錄录 鍵键 鏈链 閉闭 間间 陳陈 陸陆 隨随 雖虽 雙双 雜杂 難难 雲云 靈灵 頁页 頂顶"
    " 順顺 須须 預预 頭头 額额 顯显 顧顾 飛飞 馬马 駐驻 驗验 麗丽 黃黄 齊齐 龍龙 質质 庫库"
    " 廠厂 廢废 異异 當当 盡尽 約约 級级 紹绍 終终 結结 給给 綜综 緊紧 編编 緩缓 練练 繼继"
    " 罰罚 職职 臨临 舊旧 蓋盖 蘇苏 補补 裝装 見见 覺觉 託托 訊讯 設设 評评 詢询 該该 詳详"
    " 認认 說说 論论 證证 識识 譯译 議议 變变 貝贝 負负 貢贡 貨货 資资 賠赔 賽赛 軍军 載载"
    " 輕轻 輔辅 轄辖"
)
SIMPLIFIED = str.maketrans(_TRADITIONAL, _SIMPLIFIED) | {
    ord(pair[0]): pair[1] for pair in _MORE.split()
}
"""Traditional characters as simplified ones, one for one."""

PLAIN = SIMPLIFIED | _WIDE | _SIGNS
"""One character for one: traditional, full-width and half-width made alike."""

_DIGITS = r"(?:\d{1,3}(?:,\d{3}){1,4}(?![\d])|\d{1,15})(?:\.\d{1,6})?"
_NUMERAL = r"[零〇一二两三四五六七八九十百千]{1,9}(?:万[零〇一二两三四五六七八九十百千]{0,9})?"
_UNIT = (
    r"件次|人次|条次|件(?!套)|份|条|起|宗|例|项|个百分点|百分点|个工作日|个(?!月|小时|年|工作日|方面|部分|环节|渠道|步骤)"
    r"|次|期|场|篇|部|万元|元|%|批次|批|户|家|名|人|倍|成(?![立员果效功为])(?:[多余]|以上)?|则|封|通|幅|张|册|卷"
)
_PATTERN = (
    r"(?P<title>《[^《》\n]{1,120}》(?:（[^（）\n]{1,40}）)?)"
    r"|(?P<docno>[〔\[【（﹝](?:19|20)\d\d[〕\]】）﹞]\s?\d{1,4}号|第?\d{1,4}号令?)"
    r"|(?P<span>(?:(?:19|20)\d\d年)?1月1日(?:零时|0时)?起?[，、]?(?:至|到|[-—－~～]+)(?:(?:19|20)\d\d年)?12月31日(?:24时)?止?)"
    r"|(?P<end>(?:截至|截止|至|到)(?:(?:19|20)\d\d年|今年|本年)?(?:12月(?:31日|底|末|份)?|年?年?[底末]))"
    r"|(?P<years>(?:19|20)\d\d年?(?:至|到|[-—－~～]+)(?:19|20)\d\d年)"
    r"|(?P<year>(?:19|20)\d\d年(?:度)?(?:全年|以来|期间|末|底)?)"
    r"|(?P<hanyear>二[〇零○]二[〇零一二三四五六七八九]年度?)"
    r"|(?P<month>(?:\d{1,2}|[一二三四五六七八九十]{1,3})(?:[-—~至](?:\d{1,2}))?月(?:份|\d{1,2}日|[底末初])?|\d{1,2}日)"
    r"|(?P<ordinal>第[\d一二三四五六七八九十百零]{1,5}[个项条批次届位]?|[每某逐][\d一]?[件条项份])"
    r"|(?P<deadline>[\d二三四五六七八九十]{1,4}个?(?:工作日|自然日|天|小时|分钟)(?:内)?)"
    r"|(?P<fraction>[一二两三四五六七八九]分之[一二三四五六七八九]|百分之(?:\d{1,9}(?:\.\d{1,6})?|[一二三四五六七八九十零点]+)|翻(?:了)?一番|翻番|一半|过半|半数)"
    r"|(?P<one>一[件](?=事)|一[条个次项]|(?<![\d])一起(?![因由案行复诉信政]))"
    rf"|(?P<number>(?P<n>{_DIGITS}|{_NUMERAL})(?P<wan>万|亿)?(?P<more>余|多|几)?(?P<unit>{_UNIT}))"
    rf"|(?P<bare>{_DIGITS}(?P<bwan>万)?(?P<bmore>余|多)?)"
)
_PUNCT = r"(?P<punct>[，、；：。！？（）\n“”‘’,—…〈〉])"


class Amount(NamedTuple):
    """A number as written: its value, the range it may stand for, its unit."""

    value: Decimal
    low: Decimal
    high: Decimal
    unit: str

    @property
    def exact(self) -> bool:
        """Whether it is written out to the last unit."""
        return self.low == self.high


class Token(NamedTuple):
    """A word or sign; ``start`` and ``end`` are places in the prepared text."""

    kind: str
    sense: str
    text: str
    start: int
    end: int
    amount: Amount | None = None


class Prepared(NamedTuple):
    """A text with blanks left out and characters made alike; offsets lead back."""

    text: str
    offsets: tuple[int, ...] | None

    def place(self, start: int, end: int) -> tuple[int, int]:
        """Where a stretch stands in the text as it was."""
        if self.offsets is None or not self.text:
            return start, end
        if start >= len(self.offsets):
            return self.offsets[-1] + 1, self.offsets[-1] + 1
        return self.offsets[start], self.offsets[max(start, end - 1)] + 1


_BLANK = re.compile(r"[ \t\u3000\xa0]")


def prepare(text: str, names: tuple[str, ...] = ()) -> Prepared:
    """A text ready to be cut; the bureau's own names are marked."""
    plain = text.translate(PLAIN)
    offsets = None
    if _BLANK.search(plain):
        kept = [at for at, sign in enumerate(plain) if not _BLANK.match(sign)]
        plain = "".join(plain[at] for at in kept)
        offsets = tuple(kept)
    for name in names:
        if name in plain:
            plain = plain.replace(name, OWN_NAME * len(name))
    return Prepared(plain, offsets)


@cache
def words() -> dict[str, tuple[str, str]]:
    """The kind and the sense of every word; of one listed twice the first."""
    found = dict(form_words())
    for kind, senses in LEXICON.items():
        for sense, listed in senses.items():
            for word in listed.split():
                found.setdefault(word, (kind, sense))
    return found


def form_words() -> Iterator[tuple[str, tuple[str, str]]]:
    """The rows and applicants of the form by their printed labels: they stand in no lexicon."""
    applicants = {sense.partition("|")[0]: sense for sense in LEXICON["applicant"]}
    for form in FORMS.values():
        for column in columns(form.tables["applications"].columns):
            if column.key in applicants:
                yield column.label, ("applicant", applicants[column.key])
            if column.items and column.key in applicants:
                for words_of_all in (f"公民、{column.label}", f"公民{column.label}"):
                    yield words_of_all, ("anybody", "")
        for (table, key), line in form.lines.items():
            label = re.sub(r"（.*）", "", line.row.label)
            if table == "disputes" and len(label) > 4:
                yield label, ("case", key)
            elif table == "applications" and key in LEXICON["detail"] and len(label) > 4:
                yield label, ("detail", key)


def columns(items: tuple[Item, ...]) -> Iterator[Item]:
    """Every heading of a table's columns, groups too."""
    for item in items:
        yield item
        yield from columns(item.items)


@cache
def pattern() -> re.Pattern[str]:
    """Everything that is a token, the longest word first."""
    tree: dict[str, dict] = {}  # type: ignore[type-arg]
    for word in words():
        node = tree
        for sign in word:
            node = node.setdefault(sign, {})
        node[""] = {}
    return re.compile(
        rf"(?P<own>{OWN_NAME}+)|(?=[\d〇零一二两三四五六七八九十百千第每某逐翻过半《〔（\[【﹝截至到])(?:{_PATTERN})"
        rf"|{_PUNCT}|(?P<word>{branches(tree)})"
    )


def branches(node: dict[str, dict]) -> str:  # type: ignore[type-arg]
    """A tree of words as an expression that takes the longest."""
    rest = [re.escape(sign) + branches(below) for sign, below in node.items() if sign]
    if not rest:
        return ""
    inner = "|".join(rest)
    return f"(?:{inner})?" if "" in node else (f"(?:{inner})" if len(rest) > 1 else inner)


def tokens(text: str) -> list[Token]:
    """The tokens of a prepared text, what is not understood among them.

    A word of one character between two that are not known is no word but a part
    of one: 公|共|法律.
    """
    found = list(cut(text))
    for at in range(1, len(found) - 1):
        token = found[at]
        if (
            token.end - token.start == 1
            and token.kind in SHORT
            and found[at - 1].kind == found[at + 1].kind == "unknown"
        ):
            found[at] = token._replace(kind="unknown", sense="")
    return found


SHORT = frozenset(("filler", "sum", "and", "among", "thing", "every", "also", "share", "average"))


def cut(text: str) -> Iterator[Token]:
    """Every token of a text in turn; what lies between two is unknown."""
    last = 0
    known = words()
    for match in pattern().finditer(text):
        start, end = match.span()
        if start > last:
            yield Token("unknown", "", text[last:start], last, start)
        last = end
        name = match.lastgroup or ""
        said = match[0]
        if name == "word":
            yield Token(*known[said], said, start, end)
        elif name == "punct":
            yield Token("punct", said, said, start, end)
        else:
            yield numeric(match, name, said, start, end)
    if last < len(text):
        yield Token("unknown", "", text[last:], last, len(text))


def numeric(match: re.Match[str], name: str, said: str, start: int, end: int) -> Token:
    """A token that is no word: a name, a year, a number."""
    if name == "own":
        return Token("organ", "own", said, start, end)
    if name in ("span", "end"):
        return Token("time", "year", said, start, end)
    if name in ("year", "hanyear"):
        return Token("time", "year", said, start, end)
    if name == "years":
        return Token("time", "other", said, start, end)
    if name == "month":
        return Token("time", "part", said, start, end)
    if name in ("title", "docno", "ordinal", "deadline", "one"):
        return Token(name, "", said, start, end)
    if name == "fraction":
        return Token("number", "fraction", said, start, end, fraction(said))
    groups = match.groupdict()
    if groups["number"]:
        worth = amount(groups["n"], groups["wan"], groups["more"], groups["unit"])
        return Token("number", groups["unit"], said, start, end, worth)
    number = re.match(_DIGITS, said)
    worth = amount(number[0] if number else "0", groups["bwan"], groups["bmore"], "")
    return Token("number", "", said, start, end, worth)


def amount(number: str, scale: str | None, more: str | None, unit: str) -> Amount:
    """What a written number is worth; 3100余 may be anything up to 3199."""
    if number[0].isdigit():
        value = Decimal(number.replace(",", ""))
        places = len(number.partition(".")[2])
    else:
        value, places = Decimal(numeral(number)), 0
    factor = {"万": 10_000, "亿": 100_000_000}.get(scale or "", 1)
    step = Decimal(factor) / 10**places
    worth = value * factor
    if len(unit) > 1 and unit[0] == "成":
        return Amount(worth, worth, worth + 1, "成")
    if more:
        digits = str(int(value))
        zeros = len(digits) - len(digits.rstrip("0")) if not places else 0
        return Amount(worth, worth, worth + step * 10 ** min(zeros, len(digits) - 1) - 1, unit)
    if scale and unit not in ("万元", "元"):
        return Amount(worth, worth - step, worth + step, unit)
    return Amount(worth, worth, worth, unit)


def fraction(said: str) -> Amount:
    """A share or a growth in words, in percent: 三分之一, 百分之三十, 翻一番."""
    if said.startswith("百分之"):
        words = said[3:]
        value = Decimal(words) if words[0].isdigit() else Decimal(numeral(words.replace("点", "")))
        return Amount(value, value, value, "%")
    if "分之" in said:
        below, _, above = said.partition("分之")
        value = Decimal(100 * numeral(above)) / numeral(below)
        return Amount(value, value - 1, value + 1, "约%")
    value = Decimal(100) if "番" in said else Decimal(50)
    return Amount(value, value - 2, value + 2, "约%")


VALUES = {word: value for value, word in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
UNITS = {"十": 10, "百": 100, "千": 1000}


def numeral(words: str) -> int:
    """A Chinese numeral: 十六, 二十, 一百零三, 二〇二四."""
    high, ten_thousand, low = words.rpartition("万")
    if ten_thousand:
        return numeral(high) * 10000 + (numeral(low) if low else 0)
    if not any(word in UNITS for word in words):
        return int("".join(str(VALUES[word]) for word in words))
    total, digit = 0, 0
    for word in words:
        if word in UNITS:
            total, digit = total + (digit or 1) * UNITS[word], 0
        else:
            digit = VALUES[word]
    return total + digit
