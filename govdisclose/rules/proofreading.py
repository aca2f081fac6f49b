"""R5: numbering, punctuation, doubled words, and what no report should publish."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

from govdisclose.model.finding import Repair
from govdisclose.rules.case import Case, Fault
from govdisclose.rules.language.tokens import numeral
from govdisclose.rules.wording import around, fault, in_texts, listed, seen

ID_CARD = (
    r"(?<!\d)[1-9]\d{5}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01])\d{3}[\dXx](?![\dA-Za-z])"
)
MOBILE = r"1(?<!\d.)[3-9]\d(?:[- ]?\d{4}){2}(?!\d)"
CARD = r"(?:62(?<!\d\d\d)\d{14}(?:\d{3})?|(?<=卡号|账号|账户|行卡|号：|户：)[3-9]\d{15,18})(?!\d)"
SURNAME = (
    "王李张刘陈杨赵黄周吴徐孙胡朱郭林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘蒋蔡杜叶苏魏吕丁沈姚卢"
    "姜崔谭陆汪范廖贾韦付邹熊孟秦邱江尹薛闫段雷侯陶黎贺顾毛郝龚邵覃钱严武戴莫孔汤"
)
APPLICANT = (
    rf"申请人(?:[：:为（(]|是)?(?P<name>[{SURNAME}][\u4e00-\u9fff]{{1,2}}?)"
    r"(?=[，。、；）)（(]|于\d|于20|向[我本县市]|提出|提交|要求|申请公开|的申请|因)"
)
NO_NAME = (
    r"许可|陈述|周知|严格|许多|武断|顾虑|江苏|陈情|田间|周边|周期|张贴|严重|严肃|付费|付款|段落"
)
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def is_id_card(number: str) -> bool:
    """Whether an identity-card number has the check digit of GB 11643."""
    total = sum(int(digit) * weight for digit, weight in zip(number, WEIGHTS, strict=False))
    return "10X98765432"[total % 11] == number[-1].upper()


def is_card(number: str) -> bool:
    """Whether a bank-card number has the check digit of Luhn."""
    digits = [int(digit) for digit in reversed(number)]
    doubled = (sum(divmod(2 * digit, 10)) for digit in digits[1::2])
    return (sum(digits[::2]) + sum(doubled)) % 10 == 0


def masked(number: str) -> str:
    """A number that must not be repeated in full."""
    return number[:3] + "*" * (len(number) - 5) + number[-2:]


def personal_data(case: Case) -> Iterator[Fault]:
    """文字里没有公民的身份证号、手机号、银行卡号和申请人姓名。

    身份证号、银行卡号按校验码核实后才提示。前言里的联系电话不看。

    依据：实务（个人信息保护）。
    不通过：申请人身份证号11010519491231002X。
    不通过：联系人手机13800138000。
    不通过：申请人张某某，于3月提出申请。
    通过：咨询电话0563-7012656，备案编号110105194912310021。
    """
    own = re.sub(r"\D", "", case.report.bureau.telephone)
    for name, pattern, holds in (
        ("身份证号", ID_CARD, is_id_card),
        ("手机号", MOBILE, lambda number: number != own),
        ("银行卡号", CARD, is_card),
    ):
        for at, match in seen(case, pattern):
            number = re.sub(r"[- ]", "", match[0])
            contact = name == "手机号" and at.startswith("preamble")
            if holds(number) and not contact and not (name == "银行卡号" and is_id(number)):
                yield fault(case, at, f"像是{name} {masked(number)}", "公开前删去", match)
    for at, match in seen(case, APPLICANT):
        if not re.match(NO_NAME, match["name"]):
            what = f"像是申请人姓名：“{around(match, 4)}”"
            yield fault(case, at, what, "公开前删去姓名", match)


def is_id(number: str) -> bool:
    """Whether a number is an identity-card number, well formed and checked."""
    return bool(re.fullmatch(ID_CARD, number)) and is_id_card(number)


class NumberingStyle(NamedTuple):
    """A way of numbering: how an item begins, after what, and how it is written."""

    pattern: str
    edges: str
    sample: str


NUMERALS = "一二三四五六七八九十"
SPACES = " \u3000\n"
STOPS = "。；;：:" + SPACES
CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮"
STYLES = (
    NumberingStyle(rf"(?P<n>[{NUMERALS}]{{1,3}})是(?!否)", STOPS + "，,！？“、", "{}是"),
    NumberingStyle(rf"第(?P<n>[{NUMERALS}]{{1,3}})(?=[，、：])", STOPS, "第{}"),
    NumberingStyle(rf"[（(](?P<n>[{NUMERALS}]{{1,3}})[）)]", STOPS, "（{}）"),
    NumberingStyle(
        rf"(?P<n>[{NUMERALS}]{{1,3}})要(?![求点素件闻职害领塞义道紧])", STOPS + "，,", "{}要"
    ),
    NumberingStyle(rf"其(?P<n>[{NUMERALS}])(?=[，、：])", STOPS + "，,", "其{}"),
    NumberingStyle(r"(?P<n>\d{1,2})[.．、](?!\d)", STOPS, "{}."),
    NumberingStyle(rf"(?P<n>[{CIRCLED}])", "", "{}"),
    NumberingStyle(r"[（(](?P<n>\d{1,2})[）)]", STOPS, "（{}）"),
)


def items(case: Case, style: NumberingStyle) -> Iterator[tuple[str, re.Match[str]]]:
    """The numbers of a style that begin an item, by path."""
    for at, match in seen(case, style.pattern):
        before = match.string[max(0, match.start() - 1) : match.start()]
        if (not style.edges or before in style.edges) and not at.endswith(".heading"):
            yield at, match


def numbering(case: Case) -> Iterator[Fault]:
    """序号连续，不跳不重。

    看“一是、二是”“第一、第二”“（一）（二）”“1.2.”几种，每段从一开始。

    依据：实务。
    不通过：一是加强领导；三是加强培训。
    不通过：一是加强领导；二是健全制度；二是加强培训。
    通过：一是加强领导；二是健全制度；三是加强培训。
    """
    for style in STYLES:
        for at, group in groupby(items(case, style), key=itemgetter(0)):
            before, last = "", 0
            for _, match in group:
                after, now = match["n"], value(match["n"])
                if now not in (1, last + 1) or now == last:
                    said = out_of_order(style, before, after)
                    yield fault(case, at, said, "补上缺少的一项，或者改正序号", match)
                    break
                before, last = after, now


def value(number: str) -> int:
    """An ordinal in digits or Chinese."""
    if number in CIRCLED:
        return CIRCLED.index(number) + 1
    return int(number) if number.isdigit() else numeral(number)


def out_of_order(style: NumberingStyle, before: str, after: str) -> str:
    """How a numbering goes wrong between two items."""
    if not before:
        return f"序号从“{style.sample.format(after)}”开始"
    if before == after:
        return f"序号“{style.sample.format(after)}”重复"
    return f"序号“{style.sample.format(before)}”之后是“{style.sample.format(after)}”"


HALF_WIDTH = (
    r"[,;:!?](?<=[\u4e00-\u9fff”）》].)(?=[\u4e00-\u9fff“（《])"
    r"|[()](?<=[\u4e00-\u9fff].)(?=[\u4e00-\u9fff])|\)(?<=[\u4e00-\u9fff].)(?=[，。；、])"
)
TWICE = r"[，、。；：](?:[ \u3000]*[，、；：])+|[，、；：](?:[ \u3000]*。)+|。(?:[ \u3000]*。)+"
PAIRS = (("《", "》"), ("“", "”"), ("（", "）"), ("【", "】"), ("〔", "〕"), ("〈", "〉"))
ITEM_SIGN = r"(?<![（(\d一二三四五六七八九十])[\d一二三四五六七八九十]{1,3}）"


def punctuation(case: Case) -> Iterator[Fault]:
    """标点用全角，不重复，成对。

    依据：实务。
    不通过：认真落实条例,稳步推进公开。
    不通过：稳步推进公开。。
    不通过：认真落实《政府信息公开条例的要求。
    通过：认真落实《政府信息公开条例》的要求，稳步推进公开。
    """
    for at, matches in in_texts(case, HALF_WIDTH):
        what = f"中文里用了半角标点：{listed(matches)}"
        yield mended(case, at, what, "改为全角标点", matches, lambda match: FULL[match[0]])
    for at, matches in in_texts(case, TWICE):
        what = f"标点重复：{listed(matches)}"
        yield mended(case, at, what, "留下一个", matches, lambda match: kept_sign(match[0]))
    for at, text in case.texts.items():
        plain = re.sub(ITEM_SIGN, "", text) if "）" in text else text
        for left, right in PAIRS:
            one, two = plain.count(left), plain.count(right)
            if one != two:
                said = f"{left}{right} 不成对：{left} {one} 个，{right} {two} 个"
                yield fault(case, at, said, "补上缺少的一半")


FULL = dict(zip(",;:!?()", "，；：！？（）", strict=True))


def kept_sign(signs: str) -> str:
    """The one of several signs that stays: a full stop before any other."""
    return "。" if "。" in signs else signs.strip()[0]


def mended(
    case: Case,
    at: str,
    what: str,
    remedy: str,
    matches: list[re.Match[str]],
    new: Callable[[re.Match[str]], str],
) -> Fault:
    """One fault for many places of a text, each with its repair."""
    found = fault(case, at, what, remedy, matches[0])
    repairs = tuple(Repair(at, new(match), case.page.span(*match.span())) for match in matches)
    return found._replace(repairs=repairs)


STUTTER = (
    r"信息息|政府府|公开开(?![展放设始通门发工会创辟支拓启])|申请请(?![求示教假])|条例例(?![如外行会])"
    r"|答复复(?![议核查印函杂工])|管理理(?![念论解事顺应财由性])|情况况|报告告(?![知示诉])|群众众(?!多|所)"
    r"|机关关(?![于注心键系联闭])|制度度(?!过|量)|网站站(?![点群内位在长稳所])|服务务(?![必实工求农])"
    r"|工作作(?![风出为用业品])|监督督(?![促查办导])"
)
DOUBLED = (
    r"(?P<one>[的了是在和与及对为将把从向也并或以由我有于等])(?P=one)"
    r"|(?P<many>[\u4e00-\u9fff]{2,6})(?P=many)"
)
LAWFUL_BEFORE = {
    "的": "目",
    "了": "为除受得",
    "是": "于还但就凡可",
    "在": "存现潜实所内旨",
    "和": "温缓平调总共",
    "与": "参给赋",
    "及": "以涉普顾波触",
    "对": "针相面应核绝比反校",
    "为": "作成认行分视称改定设转变因列以更最极尤名",
    "将": "即必",
    "向": "方面导转走意动一",
    "并": "合归一",
    "或": "亦",
    "以": "可予加所得足何难给",
    "由": "理自事缘经案",
    "我": "自",
    "有": "所具没含占享拥国私公只仅设持未",
    "于": "由关对基终等处位属便利善勇敢用至鉴限",
    "等": "平同对高上中初优劣何",
}
LAWFUL_AFTER = {
    "的": "确",
    "了": "解结不",
    "在": "线职建校编岗册于场办",
    "和": "谐睦平",
    "及": "时早其",
    "对": "照外接应比",
    "为": "民主期基辅例了此人",
    "将": "来",
    "并": "且联网",
    "以": "来上下及内外便人",
    "有": "关效序力利的待所限意",
    "等": "级待",
    "我": "们局县市",
    "是": "否",
    "与": "会",
    "从": "事严",
    "或": "者",
    "由": "于",
    "于": "是",
    "向": "上",
    "把": "关握",
}
LAWFUL = (
    r"^(?:公开|服务|研究|[一二三四五六七八九十百]+|逐.+|一.{1,2}|谢谢|.公开|信息公开|政务公开)$"
)


def doubled_words(case: Case) -> Iterator[Fault]:
    """没有多打的重复字词。

    “目的的”“为了了解”“以及及时”“信息公开公开栏”等合乎语法的不提示。

    依据：实务。
    不通过：稳步推进政府信息的的公开。
    不通过：进一步进一步加强学习培训。
    通过：为了了解群众需求，以及及时回应关切，建成信息公开公开栏，这一目的的确立很有必要。
    """
    for at, match in seen(case, DOUBLED):
        word = match["one"] or match["many"]
        if not (is_lawful_pair(match) if match["one"] else re.match(LAWFUL, word)):
            what = f"“{match[0]}”重复：{around(match, 8)}"
            yield fault(case, at, what, "删去多打的", match, word)
    for at, match in seen(case, STUTTER):
        what = f"“{match[0]}”里多打了一个字：{around(match, 8)}"
        yield fault(case, at, what, "删去多打的", match, match[0][:-1])


def is_lawful_pair(match: re.Match[str]) -> bool:
    """Whether two equal characters belong to two words: 目的|的, 为|了解."""
    text, word = match.string, match["one"]
    before, after = text[: match.start()][-1:], text[match.end() :][:1]
    left, right = LAWFUL_BEFORE.get(word, ""), LAWFUL_AFTER.get(word, "")
    return (before != "" and before in left) or (after != "" and after in right)
