"""R1: whether everything the form asks for has been answered."""

import re
from collections.abc import Iterator

from govdisclose.model.form import Line, Table
from govdisclose.rules.case import Case, Fault, row_name


def missing(case: Case, line: Line) -> list[str]:
    """The columns of a row that are not answered, sums left out."""
    form, figures = case.report.form, case.report.figures
    return [
        form.column_name(cell)
        for cell in line.cells
        if cell not in figures and cell not in form.sums and not case.is_unreadable(cell)
    ]


def asked(case: Case, table: Table) -> list[Line]:
    """The rows of a table that an officer states: those not made of sums."""
    sums = case.report.form.sums
    return [line for line in table.lines if not all(cell in sums for cell in line.cells)]


def figures_answered(case: Case) -> Iterator[Fault]:
    """每一格数字都已填报。

    三张表的每一格都要填数字，没有发生的填 0，不留空、不画“/”。合计由程序计算，不必填。
    同一行缺几格并成一条，整张表没有填的并成一条。

    依据：格式。
    不通过：received = [58, 7, "?", 0, 1, 0]
    通过：received = [58, 7, 0, 0, 1, 0]
    """
    form = case.report.form
    for table in form.tables.values():
        lines = asked(case, table)
        gaps = [(line, columns) for line in lines if (columns := missing(case, line))]
        whole = all(len(columns) == stated(case, line) for line, columns in gaps)
        if whole and len(gaps) == len(lines) > 1:
            band = f"｜{table.band}" if table.band else ""
            yield Fault(
                f"{table.key}",
                f"{form.homes[table.key].short}{band}：{len(gaps)} 行都还没有填报\n"
                f"运行 govdisclose fill 草稿 接着填；没有发生的填 0",
            )
            continue
        for line, columns in gaps:
            names = "整行" if len(columns) == stated(case, line) else "、".join(columns)
            yield Fault(
                f"{table.key}.{line.row.key}",
                f"{row_name(form, line.cells[0])}：{names}还没有填报\n没有发生的填 0",
            )


def stated(case: Case, line: Line) -> int:
    """How many figures of a row an officer states."""
    return sum(cell not in case.report.form.sums for cell in line.cells)


def bureau_and_year(case: Case) -> Iterator[Fault]:
    """写明单位名称和报告年份。

    标题、正文和文件名都由单位名称和年份组成。

    依据：格式。
    不通过：year = "?"
    通过：year = 2024
    """
    if not case.report.bureau.name.strip() and "bureau.name" not in case.unreadable:
        yield Fault("bureau.name", "单位名称还没有填报\n在 [bureau] 的 name 中写单位全称")
    if case.report.year is None and "year" not in case.unreadable:
        yield Fault("year", "报告年份还没有填报\n在开头写 year = 报告的年份")


def prose_answered(case: Case) -> Iterator[Fault]:
    """一、五、六三个部分都有文字。

    没有其他需要报告的事项，也要在第六部分写明。

    依据：格式。
    不通过：[other] lead = ""
    通过：[other] lead = "本年度未收取信息处理费，没有其他需要报告的事项。"
    """
    for key, section in case.report.form.prose.items():
        if not case.report.prose[key].is_answered and not any(
            at.startswith(f"{key}.") for at in case.unreadable
        ):
            yield Fault(key, f"{section.label}：还没有文字\n{section.note}")


TOPICS = {
    "主动": r"主动公开|公开.{0,12}信息.{0,6}条",
    "申请": r"依申请|申请公开|公开申请",
    "管理": r"信息(?:资源)?管理|审[核查]|三审|保密|规范性文件|动态更新|清理",
    "平台": r"平[台臺]|网站|公众号|专栏|新媒体",
    "保障": r"监督|保障|培训|考核|领导小组|队伍",
}
"""For a word in the name of a part, how texts speak of its subject."""


def parts_of_overview(case: Case) -> Iterator[Fault]:
    """第一部分写到五个方面。

    五个方面是主动公开、依申请公开、政府信息管理、平台建设、监督保障。
    不一定各列一条标题，文字里写到就算；标题用意思相近的说法也可以。

    依据：格式。
    不通过：第一部分只有“（一）主动公开”和“（二）依申请公开”
    通过：五个方面各有一段，或者在一段里都写到
    """
    section = next(iter(case.report.form.prose.values()))
    said = case.prose(section.key)
    missing = [
        part
        for part in section.parts
        if not any(word in part and re.search(topic, said) for word, topic in TOPICS.items())
    ]
    if said and missing:
        yield Fault(
            section.key,
            f"{section.label}：没有写到{'、'.join(missing)}\n没有情况的也写一句说明",
            about="、".join(missing),
        )


GOVERNMENT_TOPICS = {
    "工作考核": "考核|绩效|评估|监测",
    "社会评议": "评议|满意度|测评|第三方评估",
    "责任追究": "追究|追责|问责|约谈",
}


def government_topics(case: Case) -> Iterator[Fault]:
    """政府的报告写到工作考核、社会评议和责任追究结果。

    只看各级人民政府的报告（kind = "government"），部门和乡镇的报告不看。

    依据：条例第五十条第四项。
    不通过：政府的报告通篇没有“评议”
    通过：本年度将政务公开纳入综合考核，开展了社会评议，没有发生责任追究的情形。
    """
    report = case.report
    said = case.page.text
    missing = [name for name, topic in GOVERNMENT_TOPICS.items() if not re.search(topic, said)]
    if report.bureau.kind == "government" and missing and said:
        section = next(iter(report.form.prose.values()))
        yield Fault(
            section.key,
            f"{section.label}：没有写到{'、'.join(missing)}\n"
            "条例第五十条第四项：政府的年度报告还要包括这些内容，没有发生的也写明",
            about="、".join(missing),
        )


CONTACT = {
    "website": "网站（website）",
    "address": "地址（address）",
    "telephone": "电话（telephone）",
}


def contact_given(case: Case) -> Iterator[Fault]:
    """前言要用的网站、地址、电话已填报。

    前言由程序写出时，要告诉公众在哪里下载、向谁询问。自拟前言的不看这一条。

    依据：实务。
    不通过：telephone = ""
    通过：telephone = "0563-7012656"
    """
    report = case.report
    missing = [name for key, name in CONTACT.items() if not getattr(report.bureau, key).strip()]
    if missing and not report.preamble.strip():
        yield Fault("bureau", f"前言：缺少{'、'.join(missing)}\n在 [bureau] 中补上")
