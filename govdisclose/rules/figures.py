"""R2: whether the figures of the tables add up."""

from collections.abc import Iterator

from govdisclose.form import Address, Equation, Law
from govdisclose.report import Report, shown
from govdisclose.rules.case import Case, Fault, figure_name


def failing(report: Report, law: Law, table: str) -> Iterator[tuple[Equation, str, str]]:
    """The equations of a table that do not hold, each with its two sums."""
    for equation in report.form.equations:
        if equation.law is law and equation.left[0].table == table:
            left, right = report.add(equation.left), report.add(equation.right)
            if left is not None and right is not None and left != right:
                yield equation, shown(left), shown(right)


def added(report: Report, addresses: tuple[Address, ...]) -> str:
    """Some figures as a sum; of a long one only what is not 0."""
    terms = [shown(report.figures[address]) for address in addresses]
    if len(terms) > 7:
        terms = [term for term in terms if term != "0"] or ["0"]
    return " + ".join(terms)


def apart(left: str, right: str) -> str:
    """How far two whole numbers are from each other."""
    return f"相差 {abs(int(left) - int(right))}"


def wrong_totals(case: Case, law: Law, table: str) -> Iterator[Fault]:
    """A fault for each total of a table that is not the sum of its terms."""
    report = case.report
    for equation, total, terms in failing(report, law, table):
        yield Fault(
            str(equation.left[0]),
            f"{figure_name(report.form, equation.left[0])}：填 {total}，"
            f"各项之和为 {terms}，{apart(total, terms)}\n"
            f"{added(report, equation.right)} ≠ {total}      改正合计或其中一格后再试",
        )


def row_totals(case: Case) -> Iterator[Fault]:
    """第三部分每行的总计等于各类申请人之和。

    总计 = 自然人 + 其他五类申请人，共 25 行。

    依据：算术。
    不通过：received = [3, 5, 7, 0, 0, 0, 16]
    通过：received = [3, 5, 7, 0, 0, 0, 15]
    """
    yield from wrong_totals(case, Law.ROW, "applications")


def outcome_totals(case: Case) -> Iterator[Fault]:
    """第三部分（七）总计等于各种办理结果之和。

    （七）总计 = （一）至（六）21 行之和，7 列都要相等。

    依据：格式。
    不通过：（一）予以公开 2，其余各行 0，（七）总计 3
    通过：（一）予以公开 2，其余各行 0，（七）总计 2
    """
    yield from wrong_totals(case, Law.COLUMN, "applications")


def balances(case: Case) -> Iterator[Fault]:
    """第三部分第一项加第二项，等于第三项（七）加第四项。

    新收的和上年结转的，不是当年办结，就是结转下年度。这一勾稽关系印在表上，7 列都要相等。

    依据：格式。
    不通过：新收 58，上年结转 2，办结 59，结转下年度 2
    通过：新收 58，上年结转 2，办结 58，结转下年度 2
    """
    report = case.report
    form = report.form
    for equation, left, right in failing(report, Law.BALANCE, "applications"):
        at = equation.right[-1]
        yield Fault(
            str(at),
            f"{form.homes[at.table].short}｜{form.column_name(at)}：第一项加第二项为 {left}，"
            f"第三项（七）加第四项为 {right}，{apart(left, right)}\n"
            f"{added(report, equation.left)} ≠ {added(report, equation.right)}"
            f"      改正其中一格后再试",
        )


def dispute_totals(case: Case) -> Iterator[Fault]:
    """第四部分每组的总计等于四种结果之和。

    总计 = 结果维持 + 结果纠正 + 其他结果 + 尚未审结，行政复议和两类行政诉讼各一组。

    依据：算术。
    不通过：reconsideration = [1, 0, 0, 1, 1]
    通过：reconsideration = [1, 0, 0, 1, 2]
    """
    yield from wrong_totals(case, Law.ROW, "disputes")


def carried_out_within(case: Case) -> Iterator[Fault]:
    """结转下年度的不多于新收和上年结转的。

    办理结果还没有填完时先看这一条；填完以后由第一项加第二项等于第三项加第四项来核对。

    依据：算术。
    不通过：新收 3，上年结转 0，结转下年度 4
    通过：新收 3，上年结转 0，结转下年度 1
    """
    report = case.report
    form = report.form
    for law, left, (*handled, carried) in form.equations:
        there, over = report.add(left), report.figures.get(carried)
        if law is not Law.BALANCE or there is None or over is None:
            continue
        if over > there and report.add(tuple(handled)) is None:
            yield Fault(
                str(carried),
                f"{figure_name(form, carried)}：结转 {shown(over)} 件，"
                f"多于新收和上年结转之和 {shown(there)} 件\n"
                f"{added(report, left)} < {shown(over)}      核对这三格",
            )
