"""R6: several bureaus' reports side by side.

Some rules are given a :class:`Roll`, what little all drafts say of themselves;
the others :class:`Beside`, the words of one draft and of those like it. They
stand in registries of their own: to check a single report costs nothing more.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from govdisclose.analysis.similarity import likeness, passages
from govdisclose.analysis.similarity import plain as plain_text
from govdisclose.analysis.unit_names import Meaning, likest
from govdisclose.model.figures import Figure, shown
from govdisclose.model.finding import Finding, Severity
from govdisclose.model.form import Address
from govdisclose.model.report import Report
from govdisclose.model.text import plain
from govdisclose.rules.case import Fault, row_name
from govdisclose.rules.peers import (
    NameIndex,
    PeerRemark,
    PeerRule,
    ReportTexts,
    Roster,
    SimilarPeers,
    grouped,
)


def one_draft_each(roll: Roster) -> Iterator[PeerRemark]:
    """一个单位一个年度只有一份草稿。

    有两份时不知道该用哪一份，都不生成。
    汇总时还看有没有哪一份算了两次：名称不同而数字或者文字完全相同的，作为待核指出；
    数字等于其余各单位之和的，是以前的汇总，不汇总。

    依据：算术。
    不通过：某局2024.toml 和 某局2024（改）.toml 都是某局 2024 年度的草稿
    通过：只留下某局2024.toml
    """
    for drafts in roll.units.values():
        years = grouped((str(each.year or ""), each) for each in drafts)
        for same in (same for same in years.values() if len(same) > 1):
            for each in same:
                others = "、".join(other.file for other in same if other is not each)
                yield PeerRemark(
                    each.file,
                    Fault(
                        "bureau.name",
                        f"{each.name} {each.year} 年度的草稿有 {len(same)} 份：另有 {others}\n"
                        "留下要用的一份，其余的移到别的文件夹",
                    ),
                )


MOST = 8
"""So many units are named in a message."""

SHORT = 80
"""A text of fewer characters may well be the same in several bureaus."""


def prose_of_its_own(beside: SimilarPeers) -> Iterator[Fault]:
    """各单位的文字是自己写的。

    一个部分的文字一半以上与另一单位相同时，把最长的相同段落并排列出；
    只换了单位名称、数字或者个别词语的也算，调换了前后次序的也算。
    法律、文件的名称和文号不算，前言和小标题不算，八十字以内的部分不看。
    本地另有比例的，用 [limits] 的 similarity 设定。

    依据：条例第四十七条（内容雷同、敷衍塞责）。
    不通过：乙局第五部分除单位名称以外与甲局一字不差
    通过：两个局各写各的问题和改进
    """
    own = beside.own
    for section, label in own.labels.items():
        text = own.prose(section)
        if not is_long(text):
            continue
        others = (each for each in beside.likest.get(section, ()) if each.unit != own.unit)
        likes = [(likeness(text, other.prose(section)), other) for other in others]
        found = sorted((like for like in likes if like[0] > own.limit), key=lambda like: -like[0])
        if found:
            same = passages(text, found[0][1].prose(section))
            named = [(other.name, percent) for percent, other in found]
            yield Fault(section, copied(label, named, same))


def is_long(text: str) -> bool:
    """Whether a text is so long that it should be one's own."""
    return len(plain_text(text)) > SHORT


def copied(label: str, others: list[tuple[str, int]], same: tuple[str, str]) -> str:
    """The sentence about a section that stands in other drafts too."""
    (name, percent), *more = others
    also = f"，另有{'、'.join(name for name, _ in more[:MOST])}" if more else ""
    strength = "几乎是同一份" if percent >= 90 else "大段相同"
    return (
        f"{label}：{percent}% 的文字与{name}相同，{strength}{also}\n"
        f"本单位写：{shortened(same[0])}\n{name}写：{shortened(same[1])}\n"
        "各按本单位的情况改写；内容雷同是审核中常被指出的问题"
    )


def shortened(text: str, room: int = 100) -> str:
    """A passage on one line, its middle left out where it is long."""
    line = " ".join(text.split())
    return line if len(line) <= room else f"{line[: room // 2]}……{line[-room // 2 :]}"


TOGETHER = re.compile(
    "(?:会同|联合|[与和同向由及对被给从到据经请报转送商在为按照、《“（]|根据|以及|协助|配合|参加|牵头|原)$"
)
"""What stands before the name of another organ that is rightly named."""

BELONGING = re.compile(
    "网站|门户|官网|公众号|官方|政府网|办公室|信息公开网|联合|会同|牵头|批准|决定|要求|部署|常务|"
    "印发|令|文件|关于|发布的|制定的|[、和与及等》”）]"
)
"""What stands behind it."""


def own_name_only(beside: SimilarPeers) -> Iterator[Fault]:
    """文字里没有误留别的单位的名称。

    从别的单位的报告改写时，常有单位名称忘了改。
    “会同某局”“某县人民政府网站”这样提到别的单位，不算。

    依据：实务。
    不通过：甲局的报告写“2024年，乙局认真落实……”
    通过：甲局的报告写“会同乙局开展检查”
    """
    own, printed = beside.own, beside.names.printed
    for at, text in own.texts.items():
        found = {
            unit: start
            for start, unit in named(text, beside.names)
            if unit not in own.unit and is_astray(text, start, start + len(unit))
        }
        for unit, start in found.items():
            around = shortened(text[max(0, start - 8) : start + len(unit) + 16])
            message = f"{where(own, at)}：写着{printed[unit]}，本单位是{own.name}\n"
            yield Fault(at, f"{message}“{around}”      核对是不是忘了改")


def named(text: str, names: NameIndex) -> Iterator[tuple[int, str]]:
    """Each name in a text with its offset; of two at one place the longer."""
    for match in names.firsts.finditer(text):
        start = match.start()
        words = (text[start : start + length] for length in names.lengths)
        unit = next((word for word in words if word in names.printed), "")
        if unit:
            yield start, unit


def is_astray(text: str, start: int, end: int) -> bool:
    """Whether a name stands where the reporting organ would name itself."""
    return not TOGETHER.search(text[max(0, start - 4) : start]) and not BELONGING.match(text, end)


def where(own: ReportTexts, at: str) -> str:
    """The section of a text, as a message names it."""
    return own.labels.get(at.partition(".")[0], "前言")


def own_contact(roll: Roster) -> Iterator[PeerRemark]:
    """电话和地址是本单位自己的。

    几个单位合署办公的，电话、地址可以相同；只作提示，相同的几家并成一条。

    依据：实务。
    不通过：甲局、乙局的联系电话都是 0563-7012656
    通过：各单位写各自的电话
    """
    for label, path, keys in (
        ("电话", "bureau.telephone", ((digits(each.telephone), each) for each in roll.entries)),
        ("地址", "bureau.address", ((plain(each.address), each) for each in roll.entries)),
    ):
        for drafts in grouped(keys).values():
            names = list({each.unit: each.name for each in drafts}.values())
            if len(names) > 1:
                told = "、".join(names[:MOST]) + (f"等 {len(names)} 家" if names[MOST:] else "")
                value = drafts[0].telephone if label == "电话" else drafts[0].address
                message = f"{told}的{label}相同：{value}\n核对是不是抄了别家的；合署办公的不用改"
                yield PeerRemark(drafts[0].file, Fault(path, message))


def digits(text: str) -> str:
    """The digits of a telephone number; nothing where they are too few for one."""
    found = "".join(filter(str.isdecimal, unicodedata.normalize("NFKC", text)))
    return found if len(found) >= 7 else ""


def on_the_roster(roll: Roster) -> Iterator[PeerRemark]:
    """名册上的单位都有草稿，有草稿的单位都在名册上。

    给了名册才核对。简称、曾用名和缺了县名的也认得，说明按哪个单位算；
    可能是两个单位的不猜，差几个字的，指出最接近的一个。
    汇总时（rollup）缺报的单位使各格没有合计，按错误处理。

    依据：实务。
    不通过：名册有某县水利局，文件夹里只有某县水务局的草稿
    通过：名册和草稿的单位一一对应
    """
    if not roll.names.units:
        return
    strangers = []
    for each in (each for each in roll.entries if each.unit):
        meaning = roll.names.find(each.name)
        if not meaning.units:
            strangers.append(each)
        elif message := misnamed(each.name, meaning):
            yield PeerRemark(each.file, Fault("bureau.name", message))
    absent = [unit.name for unit in roll.names.units if plain(unit.name) not in roll.units]
    for name in absent:
        message = f"名册上的{name}没有草稿{nearest(name, [each.name for each in strangers])}"
        yield PeerRemark("", Fault(name, f"{message}\n催报，或者核对单位名称"))
    for each in strangers:
        message = f"名册上没有{each.name}{nearest(each.name, absent)}"
        yield PeerRemark(
            each.file, Fault("bureau.name", f"{message}\n核对单位名称，或者把它加进名册")
        )


def misnamed(name: str, meaning: Meaning) -> str:
    """What is wrong with a name that is not the full one; empty where it is."""
    full = "、".join(unit.name for unit in meaning.units)
    if meaning.is_open:
        return f"“{name}”在名册上可能是{full}，不知道是哪一个\n写单位全称"
    if plain(name) == plain(full):
        return ""
    return f"名册上是{full}，这里写的是“{name}”，已按{full}算\n写单位全称，标题里印的就是它"


def of_one_year(roll: Roster) -> Iterator[PeerRemark]:
    """各单位的草稿是同一个年度的。

    一批草稿多半是同一年度的，指出不是这一年度的几份。

    依据：实务。
    不通过：十一个单位的草稿是 2024 年度的，一个单位写成 2023 年度
    通过：十二个单位的草稿都是 2024 年度的
    """
    years = Counter(each.year for each in roll.entries)
    for year, count in years.most_common(1):
        for each in roll.entries if count * 2 > len(roll.entries) else ():
            if each.year not in (year, None):
                message = f"是 {each.year} 年度的，其余 {count} 份是 {year} 年度的"
                remedy = "核对年份；确实是另一年度的，移到别的文件夹"
                yield PeerRemark(each.file, Fault("year", f"{each.name}的草稿{message}\n{remedy}"))


def nearest(name: str, names: Iterable[str]) -> str:
    """The name most like one, as the end of a sentence; only for those near."""
    near = likest(name, names)
    return f"，最接近的是{near}" if near else ""


class County(NamedTuple):
    """A county's report, and the shares of its units in each cell.

    Shares are in the order of ``units``, None where one has not answered.
    """

    report: Report
    units: tuple[str, ...]
    shares: Mapping[Address, tuple[Figure | None, ...]]


def county_is_the_sum(county: County) -> Iterator[Fault]:
    """县里的每一格等于各单位之和。

    一行里几格不等的并成一条，列出各单位在这一格的数字。
    县里自己的数用本级草稿（--own）计入；有单位没有填报的格不核对，指出是哪个单位。

    依据：实务。
    不通过：甲局收到申请 3 件、乙局 2 件，县里填 6 件
    通过：甲局收到申请 3 件、乙局 2 件，县里填 5 件
    """
    form, figures = county.report.form, county.report.figures
    for line in form.lines.values():
        sums = {cell: total(county.shares[cell]) for cell in line.cells if cell in figures}
        wrong = [c for c, sum_ in sums.items() if sum_ is not None and figures[c] != sum_]
        wrong = [cell for cell in wrong if cell not in form.sums] or wrong
        if wrong:
            values = "\n".join(
                f"{form.column_name(cell)}填 {shown(figures[cell])}，各单位之和为 "
                f"{shown(sums[cell])}：{listed(county, cell)}"
                for cell in wrong
            )
            yield Fault(
                str(wrong[0]) if len(wrong) == 1 else f"{line.cells[0].table}.{line.row.key}",
                f"{row_name(form, wrong[0])}：与各单位之和不同\n{values}\n"
                "核对县里的数字和有关单位的草稿；各单位以外的数写进本级草稿，用 --own 计入",
                tuple(wrong),
            )


def total(shares: Iterable[Figure | None]) -> Figure | None:
    """The sum of some shares, None while one is not answered."""
    whole: Figure = 0
    for share in shares:
        if share is None:
            return None
        whole += share
    return whole


def listed(county: County, cell: Address) -> str:
    """The shares in a cell in words, the largest first, those of 0 left out."""
    pairs = zip(county.units, county.shares[cell], strict=True)
    told = sorted(((unit, share) for unit, share in pairs if share), key=lambda pair: -pair[1])
    words = "，".join(f"{unit} {shown(share)}" for unit, share in told[:MOST])
    more = f"，等 {len(told)} 家" if len(told) > MOST else ""
    return words + more if told else "都是 0"


ROSTER = PeerRule("R606", Severity.WARNING, on_the_roster)

ROSTER_RULES = (
    PeerRule("R601", Severity.ERROR, one_draft_each),
    PeerRule("R604", Severity.HINT, own_contact),
    ROSTER,
    PeerRule("R607", Severity.WARNING, of_one_year),
)

TEXT_RULES = (
    PeerRule("R602", Severity.WARNING, prose_of_its_own),
    PeerRule("R603", Severity.WARNING, own_name_only),
)

RULES = (*ROSTER_RULES, *TEXT_RULES)

COUNTY = PeerRule("R605", Severity.WARNING, county_is_the_sum)


def found(rule: PeerRule[Roster, PeerRemark], roll: Roster) -> Iterator[tuple[str, Finding]]:
    """What a rule says of several reports, each finding with its file."""
    for file, fault in rule.check(roll):
        yield file, Finding(rule.code, rule.severity, fault.at, fault.message)


def check_words(beside: SimilarPeers) -> Iterator[Finding]:
    """What a report says in words, held beside those like it."""
    for rule in TEXT_RULES:
        for fault in rule.check(beside):
            yield Finding(rule.code, rule.severity, fault.at, fault.message)
