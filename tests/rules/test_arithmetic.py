"""R2: every slip of the hand is caught, and most are named."""

from collections.abc import Callable, Iterator
from itertools import combinations
from random import Random

import pytest

from govdisclose import rules
from govdisclose.model.figures import Figure
from govdisclose.model.finding import Finding, Severity
from govdisclose.model.form import Address, Law
from govdisclose.model.notices import NEWEST
from govdisclose.model.report import Report
from govdisclose.rules.diagnosis import failing, slips
from tests.support import huaian

APPLICATIONS = [a for a in NEWEST.addresses if a.table == "applications"]
DISPUTES = [a for a in NEWEST.addresses if a.table == "disputes"]
Figures = dict[Address, Figure]


def sums(figures: Figures) -> list[Finding]:
    """What R2 says of some figures as they are stated."""
    report = Report(year=2024, figures=dict(figures))
    codes = ("R201", "R202", "R203", "R204")
    return [finding for finding in rules.check(report) if finding.code in codes]


def random_sound(random: Random) -> Figures:
    """Figures of a made-up report in which everything adds up."""
    stated: Figures = {}
    busy = random.choice((2, 9, 60, 900))
    for a in NEWEST.addresses:
        if a not in NEWEST.sums and a.row not in ("received", "carried_out"):
            stated[a] = random.randrange(busy) if random.random() < 0.4 else 0
    for column in ("natural_person", "enterprise", "research", "public_interest", "legal_service"):
        balance(stated, column, random.randrange(busy))
    balance(stated, "other", 0)
    return dict(Report(figures=stated).figures)


def balance(stated: Figures, column: str, left_over: int) -> None:
    handled = sum(
        stated[a]
        for total, terms in ((e.left[0], e.right) for e in NEWEST.equations if e.law is Law.COLUMN)
        if total.column == column
        for a in terms
    )
    carried_in = Address("applications", "carried_in", column)
    stated[carried_in] = min(stated[carried_in], handled + left_over)
    stated[Address("applications", "carried_out", column)] = left_over
    stated[Address("applications", "received", column)] = handled + left_over - stated[carried_in]


def turned(figure: int) -> Iterator[int]:
    """A number with two neighbouring digits exchanged, in every place."""
    digits = str(figure)
    for n in range(len(digits) - 1):
        other = digits[:n] + digits[n + 1] + digits[n] + digits[n + 2 :]
        if other != digits:
            yield int(other)


def single_slips(figures: Figures, cells: list[Address]) -> Iterator[tuple[Address, int]]:
    """Every cell with what a hand may write there instead."""
    for cell in cells:
        value = int(figures[cell])
        wrong = {value + 1, value * 10, value + 10, *turned(value)} - {value}
        yield from ((cell, other) for other in sorted(wrong))


def named(found: list[Finding], cell: Address, value: int) -> bool:
    """Whether one finding names the cell and what it has to be."""
    return len(found) == 1 and found[0].at == str(cell) and f"改为 {value} " in found[0].message


def sound_tables() -> list[Figures]:
    random = Random(7)
    return [huaian.figures(), *(random_sound(random) for _ in range(6))]


def test_the_city_has_no_error():
    findings = rules.check(huaian.report())
    assert [f for f in findings if f.severity is Severity.ERROR] == []


@pytest.mark.parametrize("figures", sound_tables())
def test_every_slip_in_one_cell_is_named(figures):
    assert sums(figures) == []
    tried = missed = 0
    for cell, wrong in single_slips(figures, APPLICATIONS):
        tried += 1
        missed += not named(sums({**figures, cell: wrong}), cell, int(figures[cell]))
    assert missed <= tried * 0.05, f"{missed} of {tried}"


def test_every_slip_in_a_dispute_is_caught():
    figures = huaian.figures()
    for cell, wrong in single_slips(figures, DISPUTES):
        found = sums({**figures, cell: wrong})
        assert [f.code for f in found] == ["R204"]


def exchanged(figures: Figures) -> Iterator[Figures]:
    """Two cells of a row or of a column in each other's place."""
    pairs = [
        (one, two)
        for one, two in combinations(APPLICATIONS, 2)
        if (one.row == two.row) != (one.column == two.column) and figures[one] != figures[two]
    ]
    for one, two in Random(1).sample(pairs, 200):
        yield {**figures, one: figures[two], two: figures[one]}


def shifted(figures: Figures) -> Iterator[Figures]:
    """A row entered one column too far right, its last figure fallen off."""
    for line in NEWEST.tables["applications"].lines:
        terms = line.cells[:-1]
        values = [figures[cell] for cell in terms]
        moved = [0, *values[:-1]]
        if values[-1] == 0 and moved != values:
            yield {**figures, **dict(zip(terms, moved, strict=True))}


def merged(figures: Figures) -> Iterator[Figures]:
    """Two neighbours run together: 2|0 entered as 20|0."""
    for line in NEWEST.tables["applications"].lines:
        for one, two in zip(line.cells, line.cells[1:-1], strict=False):
            if figures[one]:
                yield {**figures, one: int(f"{figures[one]}{figures[two]}"), two: 0}


@pytest.mark.parametrize(
    ("slips", "words"),
    [(exchanged, "互相填反"), (shifted, "整行向右错了一列"), (merged, "连成了一个数")],
)
def test_slips_in_several_cells_are_named(
    slips: Callable[[Figures], Iterator[Figures]], words: str
):
    tried = told = 0
    for figures in slips(huaian.figures()):
        found = sums(figures)
        assert found
        tried += 1
        told += words in "".join(finding.message for finding in found)
    assert told >= tried * 0.95, f"{told} of {tried}"


def said(**changes: int) -> list[str]:
    """The findings on the city's figures with some changed, as codes and messages."""
    figures = huaian.figures()
    for name, value in changes.items():
        figures[NEWEST.by_name["applications." + name.replace("__", ".")]] = value
    return [f"{finding.code} {finding.message}" for finding in sums(figures)]


def test_one_slip_is_one_finding_with_all_it_upsets():
    assert said(granted__natural_person=2188) == [
        "R201 三、收到和处理…｜三（一）予以公开｜自然人：填 2188，改为 1288 就都对上了，"
        "像是相邻两位数字写颠倒了\n"
        "三（一）予以公开｜总计：2188 + 21 + 0 + 0 + 50 + 3 = 2262，填的是 1362\n"
        "三（七）总计｜自然人：19 项之和 3832，填的是 2932\n"
        "对照台账核对后改正这一格"
    ]


def test_two_slips_are_two_findings():
    assert len(said(repeated__natural_person=250, petition__total=70)) == 2


def test_a_total_copied_from_the_row_above_is_recognised():
    assert "像是抄了上一行的数" in said(partly_granted__total=1362)[0]


def test_columns_out_by_as_much_are_told_together():
    """Where totals follow their terms, a figure in the wrong column moves two balances."""
    (found,) = said(
        granted__natural_person=1286,
        granted__enterprise=23,
        handled__natural_person=2930,
        handled__enterprise=55,
    )
    assert found.startswith(
        "R203 三、收到和处理…｜自然人、商业企业一多一少，都是 2，像是有一行的数填错了列\n"
        "自然人：第一项加第二项为 3035，第三项（七）加第四项为 3033，相差 +2\n"
    )


def test_the_balance_of_the_totals_is_not_told_beside_that_of_its_column():
    assert len(said(received__natural_person=3002, received__total=3120)) == 1


def test_equal_findings_fold():
    empty = {f"received__{a.column}": 0 for a in APPLICATIONS if a.row == "received"}
    (found,) = said(**empty)
    assert found.startswith(
        "R203 三、收到和处理…｜自然人、商业企业、法律服务等 4 处对不上\n"
        "自然人：第一项加第二项为 34，第三项（七）加第四项为 3035，相差 −3001\n"
    )


def test_nothing_is_said_of_sums_that_are_not_answered():
    figures = huaian.figures()
    del figures[NEWEST.by_name["applications.granted.natural_person"]]
    del figures[NEWEST.by_name["applications.granted.total"]]
    assert sums(figures) == []


def test_a_slip_sets_right_what_it_says_where_it_is_put_right():
    random = Random(11)
    for _ in range(300):
        stated = random_sound(random)
        for cell in random.sample(APPLICATIONS, random.choice((1, 2, 3))):
            stated[cell] = random.choice((int(stated[cell]) + 5, int(stated[cell]) * 10, 17))
        report = Report(year=2024, figures=dict(stated))
        for slip in slips(report, "applications"):
            right = {**stated, **slip.change}
            followed = {a: right[a] for a in right if a not in NEWEST.sums or a in slip.change}
            mended = [Report(figures=right), Report(figures=followed)]
            assert any(slip.mends.isdisjoint(failing(each)["applications"]) for each in mended)


def test_a_sum_and_its_part_are_never_told_to_be_exchanged():
    figures = dict.fromkeys(NEWEST.addresses, 0)
    for row, value in (("received", 17), ("granted", 12), ("handled", 17)):
        for column in ("natural_person", "total"):
            figures[Address("applications", row, column)] = value
    assert "互相填反" not in "".join(finding.message for finding in sums(figures))
