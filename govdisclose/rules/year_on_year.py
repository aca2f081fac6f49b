"""R3: whether a report agrees with that of the year before."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from govdisclose.analysis.comparison import is_outlier
from govdisclose.analysis.similarity import likeness
from govdisclose.model.figures import Figure, shown
from govdisclose.model.form import Address, Form, Kind
from govdisclose.rules.case import Case, Fault, figure_name, row_name


def carried_over(case: Case) -> Iterator[Fault]:
    """上年结转等于上年报告的结转下年度。

    上年报告第三部分第四项留下多少件，今年第二项就从多少件开始，各列相同。

    依据：实务。
    不通过：carried_in = [2, 0, 0, 0, 0, 0]（上年 carried_out = [3, 0, 0, 0, 0, 0]）
    通过：carried_in = [3, 0, 0, 0, 0, 0]（上年 carried_out = [3, 0, 0, 0, 0, 0]）
    """
    form, figures, before = case.report.form, case.report.figures, case.before
    was = {cell: cell._replace(row="carried_out") for cell in form.cells_of(*CARRIED_IN)}
    wrong = [
        cell
        for cell, old in was.items()
        if cell in figures and old in before and figures[cell] != before[old]
    ]
    wrong = [cell for cell in wrong if cell not in form.sums] or wrong
    if wrong:
        values = "；".join(
            f"{form.column_name(cell)}填 {shown(figures[cell])}，上年为 {shown(before[was[cell]])}"
            for cell in wrong
        )
        yield Fault(
            str(wrong[0]) if len(wrong) == 1 else ".".join(CARRIED_IN),
            f"{row_name(form, wrong[0])}：与上年报告的结转下年度不同\n"
            f"{values}\n核对上年报告；上年数字已更正的，写明理由后确认",
            tuple(wrong),
        )


CARRIED_IN = ("applications", "carried_in")


class Stock(NamedTuple):
    """Documents in force last year, issued and repealed since, and in force now."""

    before: int
    issued: int
    repealed: int
    in_force: int


def stocks(case: Case) -> Iterator[tuple[tuple[Address, ...], Stock]]:
    """The rows of documents of which all is known: issued, repealed, in force."""
    figures = case.report.figures
    for table in case.report.form.tables.values():
        for line in table.lines if table.stock else ():
            columns = table.stock or ()
            cells = tuple(Address(table.key, line.row.key, column) for column in columns)
            before = case.before.get(cells[-1])
            now = [int(figures[cell]) for cell in cells if cell in figures]
            if before is not None and len(now) == len(cells):
                yield cells, Stock(int(before), *now)


def in_force_balance(case: Case) -> Iterator[Fault]:
    """现行有效 = 上年现行有效 + 制发 − 废止。

    到期失效、机构调整划转、集中清理会使它不相等，属于这些情形的写明理由后确认。

    依据：实务。
    不通过：normative = [3, 1, 20]（上年现行有效 17）
    通过：normative = [3, 1, 19]（上年现行有效 17）
    """
    form = case.report.form
    for cells, (before, issued, repealed, in_force) in stocks(case):
        expected = before + issued - repealed
        if in_force != expected >= 0:
            yield Fault(
                str(cells[-1]),
                f"{figure_name(form, cells[-1])}：填 {in_force}，按上年数推算是 {expected}\n"
                f"上年 {before} + 制发 {issued} − 废止 {repealed} = {expected}      "
                "核对这三格；到期失效、划转、清理造成的，写明理由后确认",
                cells,
            )


def repealed_within_stock(case: Case) -> Iterator[Fault]:
    """废止的不多于上年现行有效的和本年制发的。

    依据：算术。
    不通过：normative = [1, 5, 0]（上年现行有效 3）
    通过：normative = [1, 4, 0]（上年现行有效 3）
    """
    form = case.report.form
    for cells, (before, issued, repealed, _) in stocks(case):
        if repealed > before + issued:
            cell = cells[1]
            yield Fault(
                str(cell),
                f"{figure_name(form, cell)}：废止 {repealed} 件，"
                f"多于上年现行有效和本年制发之和 {before + issued} 件\n"
                f"上年 {before} + 制发 {issued} < 废止 {repealed}      核对这三个数",
                cells,
            )


def outliers(case: Case) -> Iterator[Fault]:
    """与上年相比没有异常的增减。

    一个数是上年的 5 倍以上或者不到五分之一、较大的数不小于 30 时提示核对。
    有总计的行只看总计；现行有效另有 R302，收费金额像是以元为单位的另有 R206。

    依据：实务。
    不通过：licence = 1200（上年 120）
    通过：licence = 150（上年 120）
    """
    form = case.report.form
    for cell in compared(form):
        now, before = case.report.figures.get(cell), case.before.get(cell)
        if now is None or before is None or is_in_yuan(form, cell, now, before):
            continue
        if is_outlier(now, before):
            yield Fault(
                str(cell),
                f"{figure_name(form, cell)}：今年 {shown(now)}，上年 {shown(before)}，相差悬殊\n"
                "核对有没有多打、少打一位；数字无误的，可以在文字里说明原因",
                (cell,),
            )


def is_in_yuan(form: Form, cell: Address, now: Figure, before: Figure) -> bool:
    """Whether an amount has grown so much that R206 speaks of it."""
    return form.kind(cell) is Kind.AMOUNT and 0 < before * 10 <= now


def compared(form: Form) -> Iterator[Address]:
    """The figures worth comparing: of a row with a total only the total."""
    for line in form.lines.values():
        for cell in [cell for cell in line.cells if cell in form.sums] or line.cells:
            if cell.column != "in_force":
                yield cell


def pending_disputes(case: Case) -> Iterator[Fault]:
    """行政复议总计不少于上年尚未审结的。

    上年没有审结的，今年不是审结就是仍未审结，都在今年的总计里。

    依据：实务。
    不通过：reconsideration = [0, 0, 0, 0, 0]（上年尚未审结 2）
    通过：reconsideration = [1, 0, 1, 0, 2]（上年尚未审结 2）
    """
    form, figures = case.report.form, case.report.figures
    for line in form.lines_of("disputes"):
        total, pending = line.cells[-1], line.cells[-1]._replace(column="pending")
        now, before = figures.get(total), case.before.get(pending)
        if now is not None and before is not None and now < before:
            yield Fault(
                str(total),
                f"{figure_name(form, total)}：填 {shown(now)} 件，少于上年尚未审结的 "
                f"{shown(before)} 件\n上年没有审结的也要计入今年，核对这两个数",
                (total,),
            )


SHORT = 80
"""A text of fewer characters may well be the same every year."""


def copied_prose(case: Case) -> Iterator[Fault]:
    """文字没有大段照抄上年。

    一个部分的文字一半以上与上年相同时请改写，九成以上相同时几乎是上年的原文；
    只换了年份、数字或者个别词语的也算，调换了前后次序的也算。
    本地另有比例的，用 [limits] 的 similarity 设定。八十字以内的不看。

    依据：条例第四十七条（内容雷同、敷衍塞责）。
    不通过：第五部分除年份以外与上年一字不差
    通过：第五部分写今年的问题和改进
    """
    report, last = case.report, case.last
    for key, section in report.form.prose.items() if last else ():
        text = case.prose(key)
        same = likeness(text, Case(last).prose(key)) if last and len(text) > SHORT else 0
        if same > (report.limits.similarity or 50):
            strength = "几乎是上年的原文" if same >= 90 else "大段与上年相同"
            yield Fault(
                key,
                f"{section.label}：{same}% 的文字与上年相同，{strength}\n"
                "按今年的情况改写；内容雷同是审核中常被指出的问题",
            )


def year_before(case: Case) -> Iterator[Fault]:
    """对照的是本单位上一年的报告。

    依据：算术。
    不通过：2024 年度的报告对照 2022 年度的报告
    通过：2024 年度的报告对照本单位 2023 年度的报告
    """
    report, last = case.report, case.last
    if last is None:
        return
    if report.year and last.year and last.year != report.year - 1:
        yield Fault(
            "year",
            f"对照的上年报告是 {last.year} 年度的，本报告是 {report.year} 年度的\n换成上一年的",
        )
    names = [re.sub(r"\s", "", each.bureau.name) for each in (report, last)]
    if all(names) and names[0] != names[1]:
        yield Fault(
            "bureau.name",
            f"对照的上年报告是“{names[1]}”的，本报告是“{names[0]}”的\n单位更名的，写明理由后确认",
        )
