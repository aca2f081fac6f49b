"""R5: whether the text is of this form, finished, and says what it has to."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import groupby
from operator import itemgetter

from govdisclose.model.finding import Repair, Span
from govdisclose.model.report import Limits
from govdisclose.rules.case import Case, Fault, text_name
from govdisclose.rules.language.tokens import numeral


def seen(case: Case, pattern: str) -> Iterator[tuple[str, re.Match[str]]]:
    """Where a pattern stands in the texts, by path."""
    for match in re.finditer(pattern, case.page.text):
        yield case.page.at(match.start()), match


def in_texts(case: Case, pattern: str) -> Iterator[tuple[str, list[re.Match[str]]]]:
    """The texts in which a pattern stands, each with all its places."""
    for at, group in groupby(seen(case, pattern), key=itemgetter(0)):
        yield at, [match for _, match in group]


def listed(matches: list[re.Match[str]], width: int = 12) -> str:
    """Places of a text in their context, the first three of many."""
    words = "；".join(around(match, width) for match in matches[:3])
    return f"{words}等 {len(matches)} 处" if len(matches) > 3 else words


def line(match: re.Match[str]) -> tuple[str, str]:
    """The rest of its paragraph before and behind a match."""
    text, (start, end) = match.string, match.span()
    first, last = max(0, start - FAR), min(len(text), end + FAR)
    stop = text.find("\n", end, last)
    begin = text.rfind("\n", first, start) + 1 or first
    return text[begin:start], text[end : stop if stop >= 0 else last]


FAR = 400
"""So far from a place words may bear upon it; so the work at a place has a bound."""


def sentence(match: re.Match[str]) -> tuple[str, str]:
    """The rest of its sentence before and behind a match."""
    before, after = line(match)
    return re.split("[。！？]", before)[-1], re.split("[。！？]", after)[0]


def around(match: re.Match[str], width: int = 12) -> str:
    """A finding in its context, on one line."""
    before, after = line(match)
    left = "…" + before[-width:] if len(before) > width else before
    right = after[:width] + "…" if len(after) > width else after
    return f"{left}{match[0].strip()}{right}"


def fault(
    case: Case,
    at: str,
    what: str,
    remedy: str,
    match: re.Match[str] | None = None,
    new: str | None = None,
) -> Fault:
    """A fault of a text: where and what, then what to do.

    ``match`` is where its words stand; ``new`` are the words to be put there.
    """
    span: Span | None = case.page.span(*match.span()) if match else None
    repairs = (Repair(at, new, span),) if new is not None else ()
    message = f"{text_name(case.report, at)}：{what}\n{remedy}"
    return Fault(at, message, span=span, repairs=repairs)


NOTICE = (
    r"国办(?P<organ>公开办|公开|公|政务公开办|政公办|政务公开办公室)?(?P<kind>[函涵发字]?)\s*"
    r"(?P<left>[〔\[【(（﹝［{<〈]?)\s*(?P<year>20\d\d)\s*(?P<right>[〕\]】)）﹞］}>〉]?)\s*(?P<number>\d{1,3})\s*号"
)
FORMAT = r"年度报告格式|格式|编制|年度报告|年报"
FEE_RULES = r"信息处理费"
BRACKETED = (
    r"[\[【(（﹝［{](?<=[\u4e00-\u9fff].)(?P<year>20\d\d)[\]】)）﹞］}]\s*(?P<number>\d+)\s*号"
)
ORDER = r"政府信息公开条例[》”]?[^。；《]{0,6}国务?院?令?\s*(?:第\s*)?(?P<order>\d+)\s*号"


def meant(match: re.Match[str]) -> str:
    """The document a number of the State Council's office must be, empty where any."""
    organ, kind, year, number = match["organ"], match["kind"], match["year"], match["number"]
    before, after = sentence(match)
    about_format = re.search(FORMAT, before[-60:] + after[:6])
    if (year, number) == ("2021", "30"):
        return "国办公开办函〔2021〕30号"
    if (year, number) == ("2020", "109"):
        return "国办函〔2020〕109号"
    if organ and (year, number) == ("2019", "60"):
        return "国办公开办函〔2021〕30号"
    if organ and about_format and (year == "2021" or number == "30"):
        return "国办公开办函〔2021〕30号"
    if not organ and kind in ("函", "涵") and re.search(FEE_RULES, before[-30:]):
        return "国办函〔2020〕109号"
    if (organ and (not kind or kind == "涵")) or kind == "涵":
        name = "国办公开办函" if organ else "国办函"
        return f"{name}〔{year}〕{number}号"
    return ""


def document_numbers(case: Case) -> Iterator[Fault]:
    """引用的文号正确，年份用六角括号。

    年度报告格式是国办公开办函〔2021〕30号，条例是国务院令第711号，信息处理费办法是
    国办函〔2020〕109号。2019、2020 年度用的国办公开办函〔2019〕60号已不再使用。

    依据：格式。
    不通过：根据国办公开办函【2021】30号编制。
    不通过：按国办公开办函〔2021〕31号的格式编制。
    不通过：根据《中华人民共和国政府信息公开条例》（国务院令第771号）编制。
    通过：根据《中华人民共和国政府信息公开条例》（国务院令第711号）和国办公开办函〔2021〕30号编制。
    通过：按照《关于全面推进基层政务公开标准化规范化工作的指导意见》（国办发〔2019〕54号）推进。
    """
    told: set[tuple[str, int]] = set()
    for at, match in seen(case, NOTICE):
        right = meant(match)
        if right:
            told.add((at, match.end()))
        if right and re.sub(r"\s", "", match[0]) != right:
            yield fault(case, at, f"文号写作“{match[0]}”", f"改为 {right}", match, right)
    for at, match in seen(case, BRACKETED):
        if (at, match.end()) not in told:
            right = f"〔{match['year']}〕{match['number']}号"
            what = f"文号“{around(match, 8)}”的年份没有用六角括号"
            yield fault(case, at, what, f"改为 {right}", match, right)
    for at, match in seen(case, ORDER):
        if match["order"] != "711":
            right = f"{match[0][: match.start('order') - match.start()]}711号"
            what = f"条例的令号写作第{match['order']}号"
            yield fault(case, at, what, "现行条例是国务院令第711号", match, right)


FILL_IN = r"请填写|自行填写|据实填写|字数|宋体|仿宋|黑体|楷体|小[二三四五]|[二三四五]号字|行距|缩进"
LEFT_OVER = (
    r"(?=[（(\[【表小T此宋仿楷XxＸ×待_＿年])(?:[（(]文字描述[）)]|表格如下|小四号|TODO|此处(?:填写|插入|省略)"
    rf"|[（(\[【][^）)\]】\n]{{0,12}}(?:{FILL_IN})[^）)\]】\n]{{0,12}}[）)\]】]"
    r"|(?:宋体|仿宋|楷体)(?:加粗)?小?[二三四五]号"
    r"|(?<![A-Za-z])[XxＸ×]{2,}(?=[\u4e00-\u9fff])|(?<=[\u4e00-\u9fff])[XxＸ×]{2,}(?![A-Za-z])"
    r"|[XＸ×](?=[年月日件条次份篇])"
    r"|[（(\[【]待(?:补(?![正交缴])|填|定|核|确认|更新|写)[^）)\]】\n]{0,40}[）)\]】]"
    r"|(?<![有尚亟仍还需])待(?:补|填写?)(?=[。，；\n]|$)"
    r"|年度报告应.包括|【本年[^】\n]{0,12}】"
    r"|_{2,}|＿{2,}|[（(][ \u3000]+[）)]|[（(\[【](?:单位|机关|部门)[名全]称[）)\]】])"
)


def left_over(case: Case) -> Iterator[Fault]:
    """没有留下填写说明和空白。

    依据：实务。
    不通过：（文字描述）
    不通过：全年公开信息XX条。
    不通过：培训次数待补。
    不通过：全年培训【本年数】次。
    不通过：一、总体情况（宋体加粗小四号字）
    通过：全年公开信息151条，部分栏目有待补充完善。
    """
    for at, matches in in_texts(case, LEFT_OVER):
        said = f"留有填写说明或空白：{listed(matches, 8)}"
        yield fault(case, at, said, "换成本单位的内容，或者删去", matches[0])


OLD_FORM = (
    r"本年新制作数量|本年新公开数量|对外公开总数量|上一年项目数量|本年增/减"
    r"|其[他它]对外管理服务事项|(?<=由)概述(?=、)|不予公开政府信息(?:的)?情况(?=、)"
    r"|政府信息公开的?收费及减免情况"
)


def old_form(case: Case) -> Iterator[Fault]:
    """没有旧格式的用语。

    2021 年度起改用新格式，旧表的“本年新制作数量”“对外公开总数量”等项目，更早的“概述”
    “收费及减免情况”等部分已经取消。

    依据：格式。
    不通过：规范性文件本年新制作数量3件，对外公开总数量20件。
    通过：制发行政规范性文件3件，现行有效19件。
    """
    for at, matches in in_texts(case, OLD_FORM):
        yield fault(
            case,
            at,
            f"“{matches[0][0]}”是旧格式的项目：{listed(matches)}",
            f"按{case.report.form.notice}改写",
            matches[0],
        )


FEE = r"(?:信息|公开)处理费"
OTHERS = r"行政事业|支出|罚款|工本|印制|印刷|补贴|预算|其他费"
HAN = "零〇一二两三四五六七八九十百千"
MONEY = (
    rf"{FEE}(?:(?!{OTHERS})[^。；\n]){{0,20}}?"
    rf"(?P<amount>\d[\d,]{{0,14}}(?:\.\d{{1,6}})?|[{HAN}]{{1,9}})\s*(?P<wan>万)?元"
)
NO_FEE = (
    rf"(?:未|没有|无)[^。；，\n]{{0,10}}{FEE}|{FEE}[^。；，\n]{{0,6}}(?:为零|为0元?|(?<!\d)0元)"
    rf"|{FEE}[^。；，\n]{{0,4}}(?:未(?:收取|产生|发生)|没有收取|无收取)"
)


def processing_fees(case: Case) -> Iterator[Fault]:
    """第六部分写明信息处理费，金额合理。

    收取信息处理费的情况在第六部分报告，没有收取也写明。按国办函〔2020〕109号计收的金额
    都是 10 元的倍数。信息处理费不是行政事业性收费，不填在第二部分的表里。

    依据：格式。
    不通过：没有其他需要报告的事项。
    不通过：全年收取信息处理费3945元。
    不通过：本年度未收取信息处理费，全年收取信息处理费200元。
    通过：全年收取信息处理费3940元。
    通过：本年度未收取信息处理费，没有其他需要报告的事项。
    """
    form, said = case.report.form, case.prose("other")
    if "other" not in form.prose:
        return
    answered, label = case.report.prose["other"].is_answered, form.prose["other"].label
    unpaid = any(map(case.report.figures.get, form.cells_of("applications", "fee_unpaid")[-1:]))
    if answered and not re.search(rf"{FEE}|收费|费用", said) and not unpaid:
        yield Fault("other", f"{label}：没有写到信息处理费\n写明本年度收取的情况，没有收取也写明")
    amounts = [(at, match, yuan(match)) for at, match in seen(case, MONEY)]
    for at, match, amount in amounts:
        if amount % 10:
            yield fault(
                case,
                at,
                f"写“{around(match, 4)}”，不是 10 元的倍数",
                "按件、按量计收都是 10 元的倍数，核对金额",
                match,
            )
    paid = [(at, match) for at, match, amount in amounts if amount]
    if paid and re.search(NO_FEE, said):
        at, match = paid[0]
        what = f"既写没有收取，又写“{around(match, 4)}”"
        yield fault(case, at, what, "核对后只留一种说法", match)


def yuan(match: re.Match[str]) -> Decimal:
    """An amount in 元."""
    words = match["amount"].replace(",", "")
    value = Decimal(words) if words[0].isdigit() else Decimal(numeral(words))
    return value * 10000 if match["wan"] else value


def within_limits(case: Case) -> Iterator[Fault]:
    """篇幅在本地要求的范围内。

    长短由本地的通知决定，在草稿的 [limits] 中设定；没有设定就不看。

    依据：实务（本地要求）。
    不通过：第一部分 1200 字，设定 overview_longest = 1000
    通过：第一部分 900 字，设定 overview_longest = 1000
    """
    limits, form = case.report.limits, case.report.form
    if limits == Limits():
        return
    lengths = {key: length(case.prose(key)) for key in form.prose}
    first = next(iter(lengths))
    if limits.overview_longest and lengths[first] > limits.overview_longest:
        yield Fault(
            first,
            f"{form.prose[first].label}：{lengths[first]} 字，"
            f"本地要求不超过 {limits.overview_longest} 字\n删减后再试",
        )
    for key, count in lengths.items():
        if limits.section_shortest and 0 < count < limits.section_shortest:
            yield Fault(
                key,
                f"{form.prose[key].label}：{count} 字，"
                f"本地要求不少于 {limits.section_shortest} 字\n补充后再试",
            )
    total = sum(lengths.values())
    if limits.report_longest and total > limits.report_longest:
        yield Fault(
            first, f"全文文字 {total} 字，本地要求不超过 {limits.report_longest} 字\n删减后再试"
        )


def length(text: str) -> int:
    """The characters of a text, blanks left out."""
    return len(re.sub(r"\s", "", text))
