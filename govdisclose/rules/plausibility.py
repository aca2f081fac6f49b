"""R2: figures that add up but can hardly be meant."""

import re
from collections.abc import Iterator
from decimal import Decimal

from govdisclose.model.figures import shown
from govdisclose.model.finding import Repair
from govdisclose.model.form import Kind
from govdisclose.model.report import Report
from govdisclose.rules.case import Case, Fault, figure_name, row_name
from govdisclose.rules.readings import worth

MINISTRY = r"^(国家|国务院|中国|中华人民共和国|海关)|部$|总署$|总局$"
COUNTY = r"(?<!自治)[县区旗镇乡](人民政府)?$|自治县(人民政府)?$|街道(办事处)?$"


def makes_no_rules(report: Report) -> bool:
    """Whether an organ is for certain none of those that make rules (规章)."""
    name = report.bureau.name.strip()
    if re.search(COUNTY, name):
        return True
    return bool(name) and report.bureau.kind == "department" and not re.search(MINISTRY, name)


def rules_of_law(case: Case) -> Iterator[Fault]:
    """部门、乡镇和县区没有规章。

    规章由国务院部门和省、设区的市、自治州的人民政府制定，其他机关这一行通常填 0。
    本机关起草、由上级政府制定的规章，由制定机关填报。

    依据：实务（立法法）。
    不通过：某县水务局 rules = [0, 0, 2]
    通过：某县水务局 rules = [0, 0, 0]
    """
    report = case.report
    cells = report.form.cells_of("documents", "rules")
    stated = [cell for cell in cells if report.figures.get(cell)]
    if stated and makes_no_rules(report):
        values = "，".join(
            f"{report.form.column_name(cell)} {shown(report.figures[cell])}" for cell in stated
        )
        yield Fault(
            "documents.rules",
            f"{row_name(report.form, cells[0])}：填了{values}，这类机关通常没有规章\n"
            "规范性文件请填在下一行",
            tuple(stated),
        )


YUAN = 100_000
"""So many 万元 are more than a department is likely to collect."""


def fees_in_wan(case: Case) -> Iterator[Fault]:
    """收费金额的单位是万元，没有误填成元。

    是上年的 10 倍以上，或者一个部门、乡镇的收费达到 10 亿元（100000 万元）时请核对单位。

    依据：实务。
    不通过：charge = 961716.00（上年 95.3）
    通过：charge = 96.1716（上年 95.3）
    """
    report = case.report
    amounts = (table for table in report.form.tables.values() if table.kind is Kind.AMOUNT)
    for cell in (cell for table in amounts for line in table.lines for cell in line.cells):
        value, before = report.figures.get(cell), case.before.get(cell)
        if not value:
            continue
        grown = before is not None and 0 < before * 10 <= value
        if grown or (report.bureau.kind == "department" and value >= YUAN):
            last = f"，上年是 {shown(before)} 万元" if before is not None else ""
            yield Fault(
                str(cell),
                f"{figure_name(report.form, cell)}：填 {shown(value)} 万元{last}，像是以元为单位\n"
                f"如果是 {shown(value)} 元，改填 {shown(Decimal(value) / 10000)}",
                (cell,),
                repairs=(Repair(str(cell), shown(Decimal(value) / 10000)),),
            )


def unpaid_fees_told(case: Case) -> Iterator[Fault]:
    """有逾期未缴费的申请，第六部分写到收费。

    第三部分（六）2 有数，说明发出过信息处理费的缴费通知，第六部分要报告收取信息处理费的情况。

    依据：实务。
    不通过：fee_unpaid 填 1，第六部分写“没有其他需要报告的事项。”
    通过：fee_unpaid 填 1，第六部分写“本年度发出信息处理费缴费通知 1 件，未收取费用。”
    """
    report = case.report
    other = case.prose("other")
    for cell in report.form.cells_of("applications", "fee_unpaid")[-1:]:
        if not report.figures.get(cell) or not other or "费" in other:
            continue
        yield Fault(
            "other",
            f"{report.form.prose['other'].label}：没有写到信息处理费，"
            f"而第三部分填了{report.form.row_name(cell)} {shown(report.figures[cell])} 件\n"
            "写明本年度收取信息处理费的情况",
            (cell,),
        )


def in_force_at_least(case: Case) -> Iterator[Fault]:
    """现行有效的不少于制发减去废止的。

    当年制发、年底仍然有效的都在现行有效里；划转、到期失效可以使它少于这个差。

    依据：实务。
    不通过：normative = [12, 3, 5]
    通过：normative = [12, 3, 9]
    """
    form, figures = case.report.form, case.report.figures
    for line in form.lines_of("documents"):
        issued, repealed, in_force = (figures.get(cell) for cell in line.cells)
        if issued is None or repealed is None or in_force is None:
            continue
        if in_force < issued - repealed:
            yield Fault(
                str(line.cells[-1]),
                f"{figure_name(form, line.cells[-1])}：填 {shown(in_force)}，"
                f"少于制发减去废止的 {shown(issued - repealed)}\n"
                f"制发 {shown(issued)} − 废止 {shown(repealed)} = {shown(issued - repealed)}      "
                "核对这三格；当年制发又划转、失效的，写明理由后确认",
                line.cells,
            )


REVIEW_FIRST = 2024
"""From this year on a refusal goes to reconsideration before it goes to court."""


def sued_without_review(case: Case) -> Iterator[Fault]:
    """有不予公开又有未经复议直接起诉的，看一看分类。

    2024 年起，对不予公开不服的先申请行政复议，再提起诉讼。直接起诉的案件如果是针对不予公开，
    可能应填在“复议后起诉”，或者法院不予受理；针对其他答复的可以直接起诉。

    依据：实务（2024 年起施行的行政复议法）。
    不通过：不予公开 9，litigation_direct = [1, 0, 0, 0, 1]（2024 年度）
    通过：不予公开 0，litigation_direct = [1, 0, 0, 0, 1]（2024 年度）
    """
    report = case.report
    form = report.form
    refused = worth(report, form.tables.get("applications"), "refused")
    after = form.cells_of("disputes", "litigation_after")[-1:]
    for cell in form.cells_of("disputes", "litigation_direct")[-1:] if after else ():
        sued = report.figures.get(cell)
        if (report.year or 0) < REVIEW_FIRST or not sued or not refused or not refused.value:
            continue
        yield Fault(
            str(cell),
            f"{figure_name(form, cell)}：填 {shown(sued)} 件，第三部分又有不予公开 "
            f"{shown(refused.value)} 件\n"
            f"对不予公开不服的要先复议，看一看这几件是不是{form.row_name(after[0])}",
            (cell,),
        )
