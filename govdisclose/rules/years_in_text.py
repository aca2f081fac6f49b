"""R501, R508, R516: whether the years a text names are the right ones."""

from __future__ import annotations

import re
from collections.abc import Iterator

from govdisclose.rules.case import Case, Fault, quote, text_name
from govdisclose.rules.language.phrases import Number, Role
from govdisclose.rules.language.reading import Sentence
from govdisclose.rules.readings import worth
from govdisclose.rules.wording import around, fault, line, seen, sentence

YEAR = r"(?P<year>20\d\d|二[〇零○]二[〇零一二三四五六七八九])"
DOING = (
    r"主动公开|公开|发布|组织|开展|召开|举办|认真|坚持|制发|印发|编制|受理|办理|收到|推进|落实|围绕|按照|严格"
    r"|持续|深入|切实|不断|扎实|着力|紧紧|充分|加强|强化"
)
STALE = (
    rf"(?:^|(?<=[。；！？\n“：:]))[ \u3000]*(?:在|自)?{YEAR}\s*年(?:度)?(?:以来|全年|期间)?"
    r"(?P<next>的?(?:各项|政府信息公开|政务公开)?工作中(?=，)|(?=，|,|我|本|全[县市区镇乡省局年]|共|以来"
    r"|[^，。；\n《]{0,12}?(?:我|本)[局县市区镇乡街委办]|[^，。；\n《的]{2,14}(?:局|委|镇|乡|街道|办事处|政府|中心)"
    rf"(?:认真|积极|主动|依法|全面|严格|共|按照|坚持|在|未|没有|收到)|(?:{DOING})[^，。；\n的被]{{0,20}}?\d))"
)
NOT_STALE = (
    r"上年|去年|同期|同比|相比|比(?!例)|较(?![大多少好为高低强快])|今年|本年|问题|整改|至今|开始|(?<![提引发掀])起|曾|被[评授列命]|建成|实施以来"
    r"|立项|评为|获评|荣获|施行|颁布|年度?，?(?:国务院|中央|全国|省委|省政府)"
)
CARRIED = r"上年度?结转|上年度?转入|去年结转|上一年度结转"
TITLE = rf"{YEAR}\s*年(?:度)?政府信息公开(?:工作)?年度报告"
HAN = {"〇": "0", "○": "0"} | {word: str(n) for n, word in enumerate("零一二三四五六七八九")}


def year_of(match: re.Match[str]) -> int:
    """The year a match names, also in Chinese."""
    return int("".join(HAN.get(sign, sign) for sign in match["year"]))


def year_of_report(case: Case) -> Iterator[Fault]:
    """文字写的是本年度，没有留下别的年份。

    看句子开头作为报告期的年份、标题和报告名称里的年份、“结转到”的年度。作比较的、回顾往年的、
    文件名和书名号里的年份不提示，以后年份的计划也不提示。

    依据：实务。
    不通过：2023年，我局认真贯彻落实条例，稳步推进政府信息公开。
    不通过：2件申请结转到2024年度继续办理。
    通过：2024年，我局认真贯彻落实条例，稳步推进政府信息公开。
    通过：2023年我局被评为先进单位，2024年继续保持。
    """
    year = case.report.year
    if not year:
        return
    yield from stale_sentences(case, year)
    for at, match in seen(case, TITLE):
        before = match.string[: match.start()]
        quoted = before.rfind("《") > before.rfind("》")
        if year_of(match) != year and not quoted:
            yield wrong_year(case, at, match, year)
    for at, match in seen(case, rf"^[（(一二三四五六七八九十\d、.）) ]*{YEAR}\s*年度?"):
        if at.endswith(".heading") and year_of(match) < year and alone(case, at, match):
            yield wrong_year(case, at, match, year)
    pattern = rf"(?:结转|顺延|转入|转至|延)(?:到|至|入)?{YEAR}年度?(?:继续)?(?:办理|答复|处理|办结)"
    for at, match in seen(case, pattern):
        before, _ = sentence(match)
        told = re.search(rf"上年|去年|上一年|{year - 1}年", re.split("[，；]", before)[-1])
        if year_of(match) == year and not told:
            yield fault(
                case,
                at,
                f"写“{match[0]}”，本报告就是 {year} 年度的，结转应到下一年度",
                f"把年份改为 {year + 1} 年",
                match,
                match[0].replace(match["year"], str(year + 1)),
            )


def alone(case: Case, at: str, match: re.Match[str]) -> bool:
    """Whether a heading begins with the year, and is no name of a document."""
    return case.texts[at].strip().startswith(match[0].strip()) and "《" not in match[0]


def wrong_year(case: Case, at: str, match: re.Match[str], year: int) -> Fault:
    """A year that has to be this one in a title or a heading."""
    return fault(
        case,
        at,
        f"写“{around(match, 6)}”，本报告是 {year} 年度的",
        f"把年份改为 {year} 年",
        match,
        match[0].replace(match["year"], str(year)),
    )


def stale_sentences(case: Case, year: int) -> Iterator[Fault]:
    """Sentences that tell of a year gone by as of the one that is reported."""
    told_of = {(each.at, each.span(0, 1)[0]): each for each in case.sentences if each.numbers}
    for at, match in seen(case, rf"(?m){STALE}"):
        said = re.sub(CARRIED, "", match[0] + sentence(match)[1])
        start = case.page.span(*match.span("year"))[0]
        begins = ((at, start - back) for back in range(4))
        of = next((told_of[key] for key in begins if key in told_of), None)
        if year_of(match) >= year or re.search(rf"{year}", said):
            continue
        verdict = tells_this_years(case, of) if of else None
        if verdict is False or (verdict is None and re.search(NOT_STALE, said)):
            continue
        yield fault(
            case,
            at,
            f"写“{quote(match[0].strip() + line(match)[1], 16)}”，本报告是 {year} 年度的",
            f"如果说的是本年度的工作，把年份改为 {year} 年",
            match,
        )


def tells_this_years(case: Case, told: Sentence) -> bool | None:
    """Whether the figures told of another year are this year's; None where there are none."""
    numbers = [n for n in told.numbers if n.role is Role.OTHER_YEAR and n.sense]
    return any(is_this_years(case, number) for number in numbers) if numbers else None


def is_this_years(case: Case, number: Number) -> bool:
    """Whether a number is what the tables of this year give."""
    if number.sense is None or not number.amount.value:
        return False
    table = case.report.form.tables.get(number.sense.table)
    found = (worth(case.report, table, reading) for reading in number.sense.readings)
    return any(each and each.value == number.amount.value for each in found)


DAY = r"(?P<m1>\d{1,2})\s*月\s*(?P<d1>\d{1,2})\s*日"
PERIOD = (
    rf"(?:(?P<from>20\d\d)\s*年\s*)?{DAY}(?:零时|0时)?起?[，、]?\s*(?:至|到|[-—－~～]+)\s*"
    r"(?:(?P<to>20\d\d)\s*年\s*)?(?P<m2>\d{1,2})\s*月\s*(?P<d2>\d{1,2})\s*日"
)
MONTHS = (
    r"(?:(?P<from>20\d\d)年)?(?P<m1>\d{1,2})月?\s*(?:至|到|[-—－~～]+)\s*"
    r"(?:(?P<to>20\d\d)年)?(?P<m2>\d{1,2})月(?!\d|份?上|份?下)"
)
STATISTICS = r"统计(?:期|数据|时|截)|所列|报告期|数据.{0,4}期|起止时间"


def period(case: Case) -> Iterator[Fault]:
    """统计期限是当年1月1日至12月31日。

    依据：格式。
    不通过：所列数据的统计期限自2024年1月1日起，至2024年12月30日止。
    不通过：统计期限为2023年1月1日至2023年12月31日。
    通过：所列数据的统计期限自2024年1月1日起，至2024年12月31日止。
    通过：5月20日至5月26日开展科技活动周。
    """
    year, text = case.report.year, case.page.text
    for start, end in stretches(text):
        for pattern, right_days in ((PERIOD, ["1", "1", "12", "31"]), (MONTHS, ["1", "12"])):
            for match in re.compile(pattern).finditer(text, start, end):
                names = ("m1", "d1", "m2", "d2") if pattern is PERIOD else ("m1", "m2")
                days = [str(int(match[name])) for name in names]
                years = {int(match[name]) for name in ("from", "to") if match[name]}
                if days != right_days or (year and years - {year}):
                    at = case.page.at(match.start())
                    right = f"{year or ''}年1月1日至{year or ''}年12月31日"
                    yield fault(case, at, f"统计期限写作“{match[0]}”", f"改为 {right}", match)


def stretches(text: str) -> Iterator[tuple[int, int]]:
    """The sentences that speak of a period of statistics."""
    last = 0
    for match in re.finditer(STATISTICS, text):
        if match.start() < last:
            continue
        start = max(text.rfind(sign, 0, match.start()) for sign in "。\n") + 1
        ends = [text.find(sign, match.end()) for sign in "。\n"]
        last = min((end for end in ends if end >= 0), default=len(text))
        yield start, last


PROMISE = (
    r"(?:^|(?<=[。；！？\n：，]))[ \u3000]*(?P<year>20\d\d)年度?，?[^。；\n]{0,12}?"
    r"(?P<will>将(?!近|军|[^，。；\n]{1,16}(?:纳入|列入|作为|融入|列为|调整|与))|计划|拟|力争|打算|要(?=进一步|继续|加强|着力))"
)


def promises(case: Case) -> Iterator[Fault]:
    """第五部分的打算是对以后说的，没有写成报告年度。

    依据：实务。
    不通过：2024年，我局将进一步加强政策解读。
    通过：2025年，我局将进一步加强政策解读。
    """
    year = case.report.year
    for at, match in seen(case, rf"(?m){PROMISE}"):
        if int(match["year"]) != year or not at.startswith("problems."):
            continue
        if re.search("已|了", match[0]):
            continue
        span = case.page.span(*match.span())
        words = quote(case.words(at, span).strip())
        message = f"{text_name(case.report, at)}：写“{words}”，{year} 年是报告的年度，已经过去"
        yield Fault(at, f"{message}\n说的是今后的打算，把年份改为 {year + 1} 年", span=span)
