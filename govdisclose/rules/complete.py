"""R1: whether everything the form asks for has been answered."""

from collections.abc import Iterator

from govdisclose.form import Line, Table
from govdisclose.rules.case import Case, Fault, row_name


def missing(case: Case, line: Line) -> list[str]:
    """The columns of a row that are not answered, sums left out."""
    form, figures = case.report.form, case.report.figures
    return [
        form.column_name(cell)
        for cell in line.cells
        if cell not in figures and cell not in form.sums and not case.is_spoilt(cell)
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
                f"运行 govdisclose fill --from 草稿 接着填；没有发生的填 0",
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
    if not case.report.bureau.name.strip() and "bureau.name" not in case.spoilt:
        yield Fault("bureau.name", "单位名称还没有填报\n在 [bureau] 的 name 中写单位全称")
    if case.report.year is None and "year" not in case.spoilt:
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
            at.startswith(f"{key}.") for at in case.spoilt
        ):
            yield Fault(key, f"{section.label}：还没有文字\n{section.note}")
