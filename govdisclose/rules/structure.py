"""R515, R517 to R519: whether the parts of a report say what belongs there."""

from __future__ import annotations

import re
from collections.abc import Iterator

from govdisclose.model.report import Prose
from govdisclose.rules.case import Case, Fault
from govdisclose.rules.language.tokens import numeral
from govdisclose.rules.wording import around, fault, seen, sentence

PROBLEM = (
    r"问题|不足|差距|薄弱|欠缺|不够|有待|短板|单一|较慢|还需|不高|滞后|不强|不全|不及时|困难|缺乏|不完善|不到位|不规范|弱项|需要进一步"
    r"|尚未|仍需|不深|偏少|较少|不多"
)
MEASURE = (
    r"下一步|改进|措施|加强|针对|强化|进一步|整改|提升|完善|将|推进|优化|健全|今后|加大|落实|丰富"
    r"|规范|提高|已经|增加|组织|开展"
)


def problems_told(case: Case) -> Iterator[Fault]:
    """第五部分既写问题，也写改进情况。

    依据：格式。
    不通过：下一步，加强业务培训，增加图解和视频解读。
    通过：一是解读形式单一。下一步，增加图解和视频解读。
    """
    prose = case.report.prose.get("problems", Prose())
    if not prose.is_answered:
        return
    said = case.prose("problems")
    if len(prose.parts) == 1:  # one heading names both, and says nothing of either
        said = said.replace(case.texts.get("problems.parts.1.heading", ""), "", 1)
    label = case.report.form.prose["problems"].label
    if not re.search(PROBLEM, said):
        yield Fault(
            "problems", f"{label}：没有写存在的问题\n写本年度工作中看得见的问题", about="问题"
        )
    elif not re.search(MEASURE, said):
        yield Fault("problems", f"{label}：没有写改进情况\n对应每个问题写怎样改进", about="改进")


COUNT = (
    r"(?P<count>[一二两三四五六七八九十\d]{1,2})\s*个?(?:大|主要)?部分"
    r"(?![地单人内领信政文公])"
)
SIX = re.compile(r"情况|事项|问题|概述|概况|总体|措施|说明|依据|费用|附表")


def parts_counted(case: Case) -> Iterator[Fault]:
    """“由几个部分组成”与列出的一致。

    依据：实务。
    不通过：本报告由总体情况、主动公开政府信息情况、存在的主要问题及改进情况等六部分组成。
    通过：全文由总体情况、主动公开政府信息情况、存在的主要问题及改进情况三部分组成。
    """
    for at, match in seen(case, COUNT):
        before, after = sentence(match)
        listing = before if before.count("、") + before.count("；") > 1 else after
        parts = list(pieces(listing))
        count = int(match["count"]) if match["count"].isdigit() else numeral(match["count"])
        if len(parts) >= 3 and len(parts) != count and is_about_parts(before, after):
            what = f"写“{match[0].strip()}”，列出的是 {len(parts)} 个：{'、'.join(parts)[:60]}"
            yield fault(case, at, what, "改正个数，或者补上缺少的部分", match)


def is_about_parts(before: str, after: str) -> bool:
    """Whether a number of parts is that of a report."""
    return bool(
        re.search(r"报告|全文|年报", before)
        and re.search("组成|构成|包括|：|分为|由|包含", before + after)
    )


def pieces(listing: str) -> Iterator[str]:
    """The parts that a sentence lists; 复议、诉讼情况 is one of them."""
    listing = re.sub(
        r"^.*?(?:由|包括|包含|分为|主要内容为|内容为|主要有)[：:]?", "", listing, count=1
    )
    listing = re.sub(r"(?:等|共|这)*$", "", re.sub(r"[（(][^）)]*[）)]", "", listing)).rstrip("，")
    whole = ""
    for piece in re.split(r"[、，；;]", listing):
        whole = f"{whole}、{piece}" if whole else piece
        if SIX.search(piece) and not re.search(r"行政复议$", piece):
            yield whole.strip()
            whole = ""


VAGUE = r"(?:多数|大多数|部分|个别|一些|有的|少数)(?:部门|地区|县区|县市区|乡镇|区县|市直部门|镇街)"


def own_words(case: Case) -> Iterator[Fault]:
    """写的是本单位的情况，第一部分有数字。

    部门、乡镇的报告写“多数部门”“部分地区”，像是抄自上级的报告。

    依据：实务。
    不通过：部分部门对政务公开重视不够。
    通过：个别科室报送不够及时。
    """
    report = case.report
    if report.bureau.kind == "department":
        for at, match in seen(case, VAGUE):
            if at.startswith("problems."):
                what = f"写“{around(match, 8)}”，本报告是一个单位的"
                yield fault(case, at, what, "改写成本单位自己的情况", match)
    first = next(iter(report.form.prose))
    said = re.sub(r"20\d\d|第[\d一二三四五六七八九十]+|〔.*?〕\d+号|711", "", case.prose(first))
    if len(said) > 400 and not re.search(r"\d|[零一二两三四五六七八九十]+[件条次份篇期场]", said):
        label = report.form.prose[first].label
        yield Fault(first, f"{label}：通篇没有一个数字\n写明公开了多少、收到多少", about="数字")


MISSING = (
    r"(?:详见|见|如)(?:后附|下列|所附)?(?:附件|附表|附图|下表|上表|下图|上图|右图|左图|图\d|表\d)"
)
TYPED = r"^\s*(?:[（(][一二三四五六七八九十]{1,3}[）)]|[一二三四五六七八九十]{1,3}、)\s*"


def not_there(case: Case) -> Iterator[Fault]:
    """提到的附件、图表确实在，序号没有重复打。

    报告里没有附件和图，正文里写“见附件”读者找不到；表格粘贴成了文字、标题里又打了（一），
    打印出来都不成样子。

    依据：实务。
    不通过：公开情况详见附件。
    通过：公开情况见第二部分。
    """
    for at, match in seen(case, MISSING):
        yield fault(case, at, f"写“{around(match, 8)}”，报告里没有", "附上，或者删去", match)
    for at, text in case.texts.items():
        rows = [row for row in text.split("\n") if row.count("\t") > 1]
        if len(rows) > 1:
            what = f"像是粘贴成文字的表格，{len(rows)} 行用制表符隔开"
            yield fault(case, at, what, "改成句子，或者删去")
    for number_at, match in seen(case, rf"(?m){TYPED}"):
        if number_at.endswith(".heading") and case.texts[number_at].startswith(match[0]):
            what = f"标题里打了序号“{match[0].strip()}”，打印时会再编一次"
            yield fault(case, number_at, what, "删去标题里的序号", match, "")
