"""R2: whether the figures of the tables add up."""

from collections.abc import Iterator

from govdisclose.model.figures import shown
from govdisclose.model.finding import Repair
from govdisclose.model.form import Address, Equation, Form, Law
from govdisclose.model.report import Report
from govdisclose.rules.case import Case, Fault, cell_name, figure_name, signed
from govdisclose.rules.diagnosis import Slip

FOLDED = 3
"""From so many equations of one kind on, those that fail make one finding."""

LONG = 7
"""More terms than this are not shown one by one."""


def added(report: Report, addresses: tuple[Address, ...]) -> str:
    """Some figures as a sum; of a long one only what is not 0, or the result."""
    terms = [shown(report.figures[address]) for address in addresses]
    if len(terms) > LONG:
        terms = [term for term in terms if term != "0"] or ["0"]
    if len(terms) > LONG:
        return f"{len(terms)} 项之和 {shown(report.add(addresses))}"
    return " + ".join(terms)


def both(report: Report, equation: Equation) -> tuple[int, int]:
    """The two sums of an equation whose figures are all answered."""
    return int(report.add(equation.left) or 0), int(report.add(equation.right) or 0)


def arithmetic(report: Report, equation: Equation) -> str:
    """An equation that fails, in figures: 新收 3001 + 上年结转 34 = 3035；…"""
    left, right = both(report, equation)
    if equation.law is Law.BALANCE:
        sides = ((equation.left, left), (equation.right, right))
        return "；".join(f"{named_sum(report, cells)} = {value}" for cells, value in sides)
    terms = added(report, equation.right)
    total = "" if "之和" in terms else f" = {right}"
    return f"{terms}{total}，填的是 {left}"


def named_sum(report: Report, cells: tuple[Address, ...]) -> str:
    """A sum of a few figures, each with the name of its row: 本年新收 3001 + 上年结转 34."""
    lines = report.form.lines
    names = (lines[cell.table, cell.row].brief.lstrip("一二三四、") for cell in cells)
    pairs = zip(names, cells, strict=True)
    return " + ".join(f"{name} {shown(report.figures[cell])}" for name, cell in pairs)


def heading(form: Form, equation: Equation) -> str:
    """What an equation is about, without the section: a cell or a column."""
    at = equation.right[-1]
    if equation.law is Law.BALANCE:
        return form.column_name(at)
    return cell_name(form, equation.left[0])


def verdict(report: Report, equation: Equation) -> str:
    """What is stated and what was expected, and how far they are apart."""
    left, right = both(report, equation)
    if equation.law is Law.BALANCE:
        said = f"第一项加第二项为 {left}，第三项（七）加第四项为 {right}"
    else:
        said = f"填 {left}，各项之和为 {right}"
    return f"{said}，相差 {signed(left - right)}"


def place(equation: Equation) -> Address:
    """Where an officer looks first: the total, or 四 of the column."""
    return equation.right[-1] if equation.law is Law.BALANCE else equation.left[0]


def slip_fault(report: Report, slip: Slip) -> Fault:
    """One finding for all that one slip explains, at the figure to be looked at."""
    form = report.form
    first, *others = slip.change
    names = [figure_name(form, first), *(beside(form, first, cell) for cell in others)]
    sums = [form.equations[index] for index in sorted(slip.mends)]
    lines = [f"{heading(form, eq)}：{arithmetic(report, eq)}" for eq in sums]
    stated = "、".join(shown(report.figures[cell]) for cell in slip.change)
    right = "、".join(str(value) for value in slip.change.values())
    looks = f"，{slip.looks}" if slip.looks else ""
    return Fault(
        str(first),
        f"{'、'.join(names)}：填 {stated}，改为 {right} 就都对上了{looks}\n"
        + "\n".join(lines)
        + f"\n对照台账核对后改正{'这一格' if len(names) == 1 else '这几格'}",
        tuple(slip.change),
        repairs=stale_total(report, slip),
    )


def stale_total(report: Report, slip: Slip) -> tuple[Repair, ...]:
    """The repair of a total that no longer follows from its figures."""
    return tuple(
        Repair(str(cell), str(value))
        for cell, value in slip.change.items()
        if len(slip.change) == 1 and cell in report.form.sums
    )


def beside(form: Form, first: Address, cell: Address) -> str:
    """A further figure after one that has been named, by what differs."""
    if cell.row == first.row:
        return form.column_name(cell)
    return cell_name(form, cell)


def open_fault(report: Report, equation: Equation, hint: str) -> Fault:
    """A finding for an equation that no single slip explains."""
    form = report.form
    section = form.homes[equation.left[0].table].short
    return Fault(
        str(place(equation)),
        f"{section}｜{heading(form, equation)}：{verdict(report, equation)}\n"
        f"{arithmetic(report, equation)}      改正其中一格后再试{hint}",
        (*equation.left, *equation.right),
    )


def folded(report: Report, equations: list[Equation], hint: str) -> Fault:
    """One finding for several equations of one kind that fail."""
    form, first = report.form, equations[0]
    names = [heading(form, equation) for equation in equations]
    lines = [
        f"{name}：{verdict(report, equation)}"
        for name, equation in zip(names, equations, strict=True)
    ]
    return Fault(
        str(place(first)),
        f"{form.homes[first.left[0].table].short}｜{'、'.join(names[:FOLDED])}"
        f"{crossed(report, equations) or f'等 {len(names)} 处对不上'}\n" + "\n".join(lines) + hint,
        tuple(cell for equation in equations for cell in (*equation.left, *equation.right)),
    )


def crossed(report: Report, equations: list[Equation]) -> str:
    """Whether two columns are out by as much, one too high and one too low."""
    if len(equations) != 2:
        return ""
    (a, b), (c, d) = (both(report, equation) for equation in equations)
    return f"一多一少，都是 {abs(a - b)}，像是有一行的数填错了列" if a - b == d - c else ""


def unequal(case: Case, law: Law, table: str) -> Iterator[Fault]:
    """The findings on one kind of equation of a table: slips, then what is left.

    A slip that explains equations of several kinds is told of with the first.
    """
    report, equations = case.report, case.report.form.equations
    hints: dict[int, str] = {}
    for slip in case.slips.get(table, ()):
        if not slip.sure:
            hints |= dict.fromkeys(slip.mends, likely(report, slip))
        elif equations[min(slip.mends)].law is law:
            yield slip_fault(report, slip)
    left = unexplained(case, law, table)
    alike = [equations[index] for index in left]
    if len(alike) >= FOLDED or crossed(report, alike):
        yield folded(report, alike, "".join(dict.fromkeys(hints.get(i, "") for i in left)))
        return
    for index in left:
        yield open_fault(report, equations[index], hints.get(index, ""))


def unexplained(case: Case, law: Law, table: str) -> list[int]:
    """The equations of a kind that fail by no slip and not because others do."""
    equations = case.report.form.equations
    told = {index for slip in case.slips.get(table, ()) if slip.sure for index in slip.mends}
    return [
        index
        for index in case.unequal.get(table, ())
        if equations[index].law is law and index not in told and not follows(case, equations[index])
    ]


def likely(report: Report, slip: Slip) -> str:
    """A line on a slip that would explain an equation, as others might."""
    cells = "，".join(
        f"{cell_name(report.form, cell)} {shown(report.figures[cell])} 改为 {value}"
        for cell, value in slip.change.items()
    )
    return f"\n{slip.looks}：{cells}"


def follows(case: Case, equation: Equation) -> bool:
    """Whether an equation of sums fails only because those of their terms do."""
    form = case.report.form
    rows = {eq.left[0]: index for index, eq in enumerate(form.equations) if eq.law is Law.ROW}
    wrong = case.unequal[equation.left[0].table]
    return all(
        cell in rows and rows[cell] not in wrong and case.report.add(form.sums[cell][0]) is not None
        for cell in (*equation.left, *equation.right)
    )


def row_totals(case: Case) -> Iterator[Fault]:
    """第三部分每行的总计等于各类申请人之和。

    总计 = 自然人 + 其他五类申请人，共 25 行。一格填错使几个等式都不成立时，只报这一格，
    并说明改成多少就都对上；数字颠倒、连写、错行错列的样子也会指出，但从不代为改动。

    依据：算术。
    不通过：received = [3, 5, 7, 0, 0, 0, 16]
    通过：received = [3, 5, 7, 0, 0, 0, 15]
    """
    yield from unequal(case, Law.ROW, "applications")


def outcome_totals(case: Case) -> Iterator[Fault]:
    """第三部分（七）总计等于各种办理结果之和。

    （七）总计 = （一）至（六）21 行之和，7 列都要相等。

    依据：格式。
    不通过：（一）予以公开 2，其余各行 0，（七）总计 3
    通过：（一）予以公开 2，其余各行 0，（七）总计 2
    """
    yield from unequal(case, Law.COLUMN, "applications")


def balances(case: Case) -> Iterator[Fault]:
    """第三部分第一项加第二项，等于第三项（七）加第四项。

    新收的和上年结转的，不是当年办结，就是结转下年度。这一勾稽关系印在表上，7 列都要相等。

    依据：格式。
    不通过：新收 58，上年结转 2，办结 59，结转下年度 2
    通过：新收 58，上年结转 2，办结 58，结转下年度 2
    """
    yield from unequal(case, Law.BALANCE, "applications")


def dispute_totals(case: Case) -> Iterator[Fault]:
    """第四部分每组的总计等于四种结果之和。

    总计 = 结果维持 + 结果纠正 + 其他结果 + 尚未审结，行政复议和两类行政诉讼各一组。

    依据：算术。
    不通过：reconsideration = [1, 0, 0, 1, 1]
    通过：reconsideration = [1, 0, 0, 1, 2]
    """
    yield from unequal(case, Law.ROW, "disputes")


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
                (*left, carried),
            )
