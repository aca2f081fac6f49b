"""R512 to R514: what has fallen out, what is mistyped, what cannot be reached."""

from __future__ import annotations

import re
from collections.abc import Iterator

from govdisclose.rules.case import Case, Fault
from govdisclose.rules.wording import around, fault, seen

COUNTED = r"件|条|份|篇|期|场次|场|次|起|宗|人次"
NO_MEASURE = (
    r"条件|文件|附件|案件|事件|邮件|稿件|要件|证件|信件|来件|办件|请件|开件|软件|硬件|零件|组件|件件|原件|复印件|征询件|转办件|交办件"
    r"|头条|逐条|链条|线条|多次|每次|层次|批次|档次|逐次|首次|再次|依次|年次|名次|场次|人次|件次|身份|年份|月份|股份|省份"
    r"|定期|日期|长期|时期|周期|工期|到期|限期|近期|前期|后期|按期|如期|分期|延期|逾期|同期|预期|初期|中期|末期|现场|市场|立场|广场|当场|到场"
    r"|诗篇|通篇|发起|引起|提起|一起|早期|任期|学期|假期|效期|备份|逐件|每件|件件|急件|条条|每条|农场|商场|机场|考场|会场|场场"
)
FALLEN = (
    rf"(?:(?<!公)共(?![同享性建治青产识鸣商用管])|累计|合计|总计)(?:[^\d，。；、！？：（）\n零一二两三四五六七八九十百千几多若]{{0,14}}?)"
    rf"(?P<unit>{COUNTED})(?=[，。；、]|$)"
    rf"|(?:收到|公开|发布|办结|答复|受理|制发|推送|结转|召开|举办)[^\d，。；\n]{{0,12}}?"
    rf"[ \u3000]+(?:{COUNTED})(?=[，。；、]|$)"
    r"|(?:截至|截止|至|自)\s*20\d\d\s+\d{1,2}\s+\d{1,2}\s*日?|(?:截至|至|自)\s*年\s*月\s*日"
    r"|20\d\d\s*年\s*月\s*(?:\d{0,2}\s*)日"
)


def fallen_numbers(case: Case) -> Iterator[Fault]:
    """件数、日期没有漏掉数字。

    依据：实务。
    不通过：全年共主动公开政府信息条。
    不通过：截至2024 12 31日，收到申请12件。
    通过：全年共主动公开政府信息151条，均附文件。
    """
    for at, match in seen(case, rf"(?m){FALLEN}"):
        if match["unit"] and re.search(rf"(?:{NO_MEASURE})$", match[0]):
            continue
        yield fault(case, at, f"像是漏了数字：{around(match, 8)}", "补上数字", match)


UNTIL = r"截止(?=\s*(?:到|至)?\s*(?:20\d\d\s*年|\d{1,2}\s*月|目前|年底|本年|今年))"
TWICE = (
    r"可通过可以通过|可以通过可通过|进行了进行|的情况的情况|以及和(?!谐)|并且并|或者或|如对如|根据按照|依据根据"
    r"|现将现|已经已(?!办|答|公)|不断不断"
)


def mistyped(case: Case) -> Iterator[Fault]:
    """没有用错、打错的词语。

    日期前面用“截至”，“截止”后面不跟日期；“可通过可以通过”一类是改句子时留下的。

    依据：实务。
    不通过：截止2024年12月31日，全部整改完毕。
    不通过：本报告可通过可以通过政府网站查阅。
    通过：截至2024年12月31日，全部整改完毕；报名截止时间为5月1日。
    """
    for at, match in seen(case, UNTIL):
        what = f"日期前用了“截止”：{around(match, 10)}"
        yield fault(case, at, what, "改为“截至”", match, "截至")
    for at, match in seen(case, TWICE):
        yield fault(case, at, f"词语重复：{around(match, 8)}", "删去多余的", match)


POSTCODE = r"(?:邮编|邮政编码|邮 编)[为：:\s]*(?P<code>[\dA-Za-z*]+)"
PHONE = r"(?:电话|传真|热线)(?:号码)?[为：:]\s*(?P<code>[\d\-—－()（） 转、/*]{3,40})"
EMAIL = r"(?:邮箱|E-?mail|电子邮件)(?:地址)?[为：:]\s*(?P<code>[^，。；、\s）)\n]{3,60})"
WEB = (
    r"(?P<code>(?:https?|http)[:：；;/\\]+[^\s，。；、）)\u4e00-\u9fff]*"
    r"|www[.。，,][^\s，。；、）)\u4e00-\u9fff]*)"
)


EXTENSION = r"(?:\d{3,4}[-—－]?)?\d{7,8}[-—－]\d{1,5}"


def is_phone(number: str) -> bool:
    """Whether a number can be dialled: 0563-7012656, 12345, 400-…, 13912345678."""
    plain = re.sub(r"\D", "", number)
    if "*" in number or not plain or re.fullmatch(EXTENSION, number.strip(" （()）")):
        return True
    if re.fullmatch(r"1[3-9]\d{9}", plain) or re.fullmatch(r"[48]00\d{7}", plain):
        return True
    return len(plain) in (3, 5, 7, 8) or (plain[0] == "0" and len(plain) in (10, 11, 12))


def unreachable(case: Case) -> Iterator[Fault]:
    """邮编、电话、邮箱、网址的样子正确。

    前言和 [bureau] 里的都看。邮编是 6 位数字，电话是区号加 7、8 位，邮箱要有 @。

    依据：实务。
    不通过：如有疑问，请联系我局（邮编：24250，电话：0563-7012656）。
    不通过：本报告可在http//www.example.gov.cn下载。
    通过：如有疑问，请联系我局（邮编：242500，电话：0563-7012656，邮箱：a@example.gov.cn）。
    """
    for at, match in seen(case, POSTCODE):
        if not re.fullmatch(r"\d{6}", match["code"]) and "*" not in match["code"]:
            yield fault(case, at, f"邮编“{match['code']}”不是 6 位数字", "核对邮编", match)
    for at, match in seen(case, PHONE):
        numbers = re.split(r"[、/转]|(?<=\d{7})\s+(?=\d{7})", match["code"])
        if not all(is_phone(number) for number in numbers if number.strip(" （()）")):
            yield fault(case, at, f"电话“{match['code'].strip()}”的位数不对", "核对电话", match)
    for at, match in seen(case, EMAIL):
        code = match["code"]
        if code.isascii() and not re.fullmatch(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+", code):
            yield fault(case, at, f"邮箱“{code}”不像邮箱", "核对邮箱", match)
    for at, match in seen(case, WEB):
        if not re.match(
            r"(?:https?://[\w-]+(?:\.[\w-]+)+|www\.[\w-]+(?:\.[\w-]+)+)", match["code"]
        ):
            yield fault(case, at, f"网址“{around(match, 12)}”写得不对", "核对网址", match)
    bureau = case.report.bureau
    if bureau.postcode and not re.fullmatch(r"\d{6}", bureau.postcode.strip()):
        yield Fault("bureau.postcode", f"邮编“{bureau.postcode}”不是 6 位数字\n核对邮编")
    if bureau.email and "@" not in bureau.email:
        yield Fault("bureau.email", f"邮箱“{bureau.email}”里没有 @\n核对邮箱")
    if bureau.telephone and not is_phone(
        re.split(r"[、/转，,；;\s（(]", bureau.telephone.strip())[0]
    ):
        yield Fault("bureau.telephone", f"电话“{bureau.telephone}”的位数不对\n核对电话")
