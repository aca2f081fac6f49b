"""Rollup: adding up is taking apart backwards, and nothing is guessed."""

import csv
from decimal import Decimal
from io import StringIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from govdisclose.county import rollup
from govdisclose.model.figures import Figure
from govdisclose.model.finding import Finding, Severity, Unusable
from govdisclose.model.form import Address, Kind
from govdisclose.model.notices import NEWEST
from govdisclose.model.report import Bureau, Prose, Report
from tests.support import huaian
from tests.support.generator import reports

STATED = [cell for cell in NEWEST.addresses if cell not in NEWEST.sums]
CELL = NEWEST.by_name["applications.received.natural_person"]


def unit(name: str, figures: dict[Address, Figure]) -> Report:
    prose = {key: Prose("有文字。") for key in NEWEST.prose}
    return Report(year=2024, bureau=Bureau(name), prose=prose, figures=dict(figures))


def empty(name: str) -> Report:
    return unit(name, {c: Decimal(0) if NEWEST.kind(c) is Kind.AMOUNT else 0 for c in STATED})


def units(*numbers: int) -> list[Report]:
    made = [one.report for one in reports(max(numbers, default=0) + 1, seed=7)]
    return [made[number] for number in numbers]


@st.composite
def splits(draw: st.DrawFn) -> tuple[Report, list[Report]]:
    """A report, and units among which all its figures are dealt out."""
    whole = draw(st.sampled_from([huaian.report(), *units(0, 1, 2)]))
    seed = draw(st.randoms(use_true_random=False))
    parts: list[dict[Address, Figure]] = [{} for _ in range(draw(st.integers(1, 5)))]
    for cell in STATED:
        left = whole.figures[cell]
        for part in parts[1:]:
            share = seed.randint(0, int(left * 10**4)) if left else 0
            exact = Decimal(share).scaleb(-4)
            part[cell] = exact if NEWEST.kind(cell) is Kind.AMOUNT else int(exact)
            left -= part[cell]
        parts[0][cell] = left
    return whole, [unit(f"第{number}局", part) for number, part in enumerate(parts)]


# Laws


@settings(deadline=None)  # to explain five units that do not add up takes its time
@given(splits())
def test_the_sum_of_a_split_is_the_whole(split: tuple[Report, list[Report]]):
    whole, parts = split
    total = rollup.add(parts, name="县").report
    assert total.figures == whole.figures
    assert rollup.compare(whole, rollup.add(parts).shares) == []


@given(st.permutations(range(5)))
def test_the_order_of_the_units_changes_no_figure(order: list[int]):
    made = units(*range(5))
    expected = rollup.add(made).report.figures
    assert rollup.add([made[number] for number in order]).report.figures == expected


def test_sums_of_sums_are_the_sum():
    made = units(*range(6))
    one, two = rollup.add(made[:2], name="甲"), rollup.add(made[2:], name="乙")
    assert rollup.add([one.report, two.report]).report.figures == rollup.add(made).report.figures


@settings(deadline=None, max_examples=30)
@given(st.permutations(range(5)), st.integers(0, 5))
def test_the_order_of_the_units_changes_nothing_that_is_found(order: list[int], missing: int):
    made = units(*range(5))
    made[1].put({CELL: None})
    twin = made[2].copy()
    twin.bureau = Bureau("乙局")
    given = [*made, twin]
    roster = [each.bureau.name for each in given[:missing]] + ["清河县气候局"]
    expected = rollup.add(given, roster=roster)
    total = rollup.add([*(made[number] for number in order), twin], roster=roster)
    assert total.report == expected.report
    assert sorted(map(str, total.findings)) == sorted(map(str, expected.findings))


@settings(deadline=None, max_examples=30)
@given(st.lists(st.integers(0, 3), min_size=9, max_size=9))
def test_town_county_and_city_add_up_as_if_at_once(places: list[int]):
    made = units(*range(9))
    made[0].put({CELL: None})
    own = units(9)[0]
    towns = [[each for each, at in zip(made, places, strict=True) if at == n] for n in range(4)]
    counties = [
        rollup.add(town, own=None if n else own, name=f"第{n}县").report
        for n, town in enumerate(towns)
        if town
    ]
    if not towns[0]:
        counties.append(own)
    assert rollup.add(counties).report.figures == rollup.add([*made, own]).report.figures


@settings(deadline=None, max_examples=30)
@given(st.data())
def test_every_share_is_in_the_sum_and_nothing_else(data: st.DataObject):
    made, own = units(*range(4)), units(5)[0]
    gone = data.draw(st.sets(st.sampled_from(STATED), max_size=3))
    made[data.draw(st.integers(0, 3))].put(dict.fromkeys(gone))
    shares = rollup.add(made, own=own).shares
    for cell, figures in shares.figures.items():
        assert figures == tuple(each.figures.get(cell) for each in (*made, own))
        assert (shares.total(cell) is None) == (None in figures) == (cell in shares.open)
        assert shares.known(cell) == sum(figure for figure in figures if figure is not None)


def test_a_single_unit_is_its_own_sum():
    [made] = units(3)
    assert rollup.add([made]).report.figures == made.figures


def test_decimals_add_exactly_and_keep_their_places():
    made = [empty("甲局"), empty("乙局"), empty("丙局")]
    fee = NEWEST.by_name["fees.charge.collected"]
    for report, charge in zip(made, ("0.10", "0.20", "1234567.123456"), strict=True):
        report.put({fee: Decimal(charge)})
    assert str(rollup.add(made).report.figures[fee]) == "1234567.423456"


def test_adding_changes_no_report():
    made = units(0, 1)
    before = [dict(report.figures) for report in made]
    rollup.add(made, own=empty("县"))
    assert [report.figures for report in made] == before


@given(st.sampled_from(STATED), st.integers(0, 3))
def test_an_unanswered_figure_is_not_guessed(cell: Address, number: int):
    made = units(*range(4))
    made[number].put({cell: None})
    total = rollup.add(made)
    assert cell not in total.report.figures
    assert all(total.shares.total(c) == total.report.figures.get(c) for c in NEWEST.addresses)
    [finding] = [f for f in total.findings if f.code == "R101"]
    assert finding.severity is Severity.ERROR
    assert finding.message.startswith(made[number].bureau.name)
    assert NEWEST.row_name(cell) in finding.message


# What stands against a sum


def test_a_unit_that_does_not_add_up_is_named():
    made = units(0, 1)
    made[1].figures[NEWEST.by_name["applications.received.total"]] += 1
    codes = {(f.code, f.message.partition("：")[0]) for f in rollup.add(made).findings}
    assert ("R201", made[1].bureau.name) in codes


def test_a_missing_unit_is_an_error():
    made = units(0, 1)
    roster = [made[0].bureau.name, made[1].bureau.name, "清河县气候局"]
    [finding] = rollup.add(made, roster=roster).findings
    assert (finding.code, finding.severity) == ("R606", Severity.ERROR)
    assert "清河县气候局" in finding.message


def test_a_unit_that_no_roster_names_is_a_warning():
    made = units(0, 1)
    total = rollup.add(made, roster=[made[0].bureau.name])
    [finding] = total.findings
    assert (finding.code, finding.severity) == ("R606", Severity.WARNING)
    assert "它的数字已经计入" in finding.message
    assert total.report.figures == rollup.add(made).report.figures


def test_a_unit_given_twice_is_unusable():
    with pytest.raises(Unusable, match="有两份草稿"):
        rollup.add(units(0, 0))


def test_a_unit_without_a_name_is_unusable():
    with pytest.raises(Unusable, match="没有写单位名称"):
        rollup.add([empty("")])


def test_another_year_is_unusable():
    made = units(0, 1)
    made[1].year = 2023
    with pytest.raises(Unusable, match="2023 年度"):
        rollup.add(made)


def test_the_year_is_that_of_most_units_whatever_their_order():
    made = units(0, 1, 2)
    made[0].year = 2023
    for order in (made, made[::-1]):
        with pytest.raises(Unusable, match=f"{made[0].bureau.name}是 2023 年度的，汇总的是 2024"):
            rollup.add(order)


def test_a_unit_without_a_year_is_unusable():
    made = units(0, 1)
    made[0].year = made[1].year = None
    both = "、".join(each.bureau.name for each in made)
    with pytest.raises(Unusable, match=f"^{both}没有写年份"):
        rollup.add(made)


def test_nothing_to_add_is_unusable():
    with pytest.raises(Unusable, match="没有可以汇总的草稿"):
        rollup.add([])


# What would be counted twice


def doubled(total: rollup.Sum) -> list[Finding]:
    return [finding for finding in total.findings if finding.code in ("R608", "R609", "R610")]


@pytest.mark.parametrize("name", ["清河县人民政府", " 清河县 人民政府"])
def test_the_county_is_no_unit_of_its_own(name: str):
    made = [*units(0, 1), empty("清河县人民政府")]
    with pytest.raises(Unusable, match="清河县人民政府就是汇总的单位"):
        rollup.add(made, name=name)
    with pytest.raises(Unusable, match="清河县人民政府就是汇总的单位"):
        rollup.add(made, own=empty(name))


def test_an_earlier_sum_is_no_share():
    made = units(*range(6))
    old = rollup.add(made, name="县").report
    for total in (rollup.add(made, own=old), rollup.add([*made, old])):
        [finding] = total.findings
        assert (finding.code, finding.severity) == ("R608", Severity.ERROR)
        assert finding.message.startswith("县的数字等于其余各单位之和，像是以前的汇总")
        assert "--update" in finding.message


def test_an_earlier_sum_is_known_after_a_unit_has_changed_or_come():
    made = units(*range(6))
    own = empty("县")
    own.put({CELL: 3})
    made[0].put({CELL: 40})
    for old in (rollup.add(made, own=own), rollup.add(made)):
        county = old.report.copy()
        made[0].put({CELL: 41})
        [finding] = doubled(rollup.add(made, own=county))
        assert finding.severity is Severity.ERROR
        assert "格等于其余各单位之和" in finding.message


def test_an_earlier_sum_is_known_after_a_unit_has_come():
    made = units(*range(6))
    for number in range(6):
        old = rollup.add(made[:number] + made[number + 1 :], name="县").report
        [finding] = rollup.add(made, own=old).findings
        assert (finding.code, finding.severity) == ("R608", Severity.ERROR)
    old = rollup.add(made[:4], name="县").report
    [finding] = rollup.add(made, own=old).findings
    assert (finding.code, finding.severity) == ("R609", Severity.WARNING)
    assert "每一格都不小于 4 个单位的数" in finding.message


def test_an_own_share_is_no_earlier_sum():
    made = units(*range(30))
    for number, own in enumerate(made):
        assert rollup.add(made[:number] + made[number + 1 :], own=own).findings == []


def test_units_without_anything_are_not_taken_for_each_other():
    assert rollup.add([empty("甲局"), empty("乙局"), empty("丙局")], own=empty("县")).findings == []
    made = [empty("甲局"), empty("乙局"), empty("丙局")]
    for each in made[:2]:
        each.put({CELL: 1})
    made[2].put({CELL: 2})
    assert doubled(rollup.add(made)) == []


def test_a_unit_under_two_names_is_told():
    made = units(0, 1, 2)
    twin = made[1].copy()
    twin.bureau = Bureau("乙局")
    [finding] = rollup.add([*made, twin]).findings
    assert (finding.code, finding.severity) == ("R610", Severity.WARNING)
    assert "乙局、" in finding.message
    assert f"{made[1].bureau.name}的数字" in finding.message


@pytest.mark.parametrize("same", ["数字", "文字", "数字和文字"])
def test_what_is_the_same_under_two_names_is_told(same: str):
    text = (
        "本局全年公布河道、水库和取水许可的信息，由办公室逐条核对后交叉检查，并在网站专栏发布。" * 3
    )
    made = [empty("甲局"), empty("乙局"), empty("丙局")]
    for each in made[:2]:
        each.put({CELL: 123456} if "数字" in same else {})
        said = text.replace("本局", each.bureau.name) if "文字" in same else "有文字。"
        each.prose["overview"] = Prose(said)
    for order in (made, made[::-1]):
        [finding] = doubled(rollup.add(order))
        assert finding.message.startswith(f"乙局、甲局的{same}完全相同")


# The county's own share


def test_the_own_share_is_added_and_kept_apart():
    made, own = units(0, 1), empty("清河县人民政府")
    own.put({CELL: 5})
    total = rollup.add(made, own=own)
    assert total.shares.units[-1] == rollup.OWN
    assert total.shares.figures[CELL][-1] == 5
    assert total.report.figures[CELL] == 5 + sum(int(r.figures[CELL]) for r in made)
    assert total.report.bureau == Bureau("清河县人民政府", "government")
    assert total.report.prose == own.prose


def test_a_name_goes_before_that_of_the_own_share():
    total = rollup.add(units(0), own=empty("县政府办公室"), name="清河县人民政府")
    assert total.report.bureau.name == "清河县人民政府"


# The workbook and R605


def test_every_share_stands_in_the_table():
    made = units(0, 1, 2)
    made[1].put({CELL: None})
    total = rollup.add(made, own=empty("县"))
    text = rollup.table(total.shares, ".csv").decode("utf-8-sig")
    [head, *rows] = csv.reader(StringIO(text))
    assert head[3:5] == ["合计", "已报之和"]
    assert head[5:] == [*(r.bureau.name for r in made), rollup.OWN]
    assert len(rows) == len(NEWEST.addresses)
    row = rows[NEWEST.addresses.index(CELL)]
    assert row[3] == row[6] == ""
    assert row[5] == str(made[0].figures[CELL])
    assert int(row[4]) == sum(int(number) for number in row[5:] if number)


def test_a_missing_unit_has_a_column_and_answers_nothing():
    made = units(0, 1)
    roster = [*(each.bureau.name for each in made), "清河县气候局", "清河县气候 局"]
    total = rollup.add(made, own=empty("县"), roster=roster)
    assert len(total.shares.missing) == 1
    assert total.report.figures == {}
    assert set(total.shares.open) == set(NEWEST.addresses)
    text = rollup.table(total.shares, ".csv").decode("utf-8-sig")
    [head, *rows] = csv.reader(StringIO(text))
    assert head[-2:] == [*total.shares.missing, rollup.OWN]
    assert {(row[3], row[-2]) for row in rows} == {("", "")}
    assert total.report == rollup.add(made, own=empty("县"), roster=roster[::-1]).report


def test_the_county_on_its_own_roster_is_answered_by_its_own_share():
    made = units(0, 1)
    roster = [*(each.bureau.name for each in made), "县政府办公室"]
    assert rollup.add(made, own=empty("县政府办公室"), name="县", roster=roster).findings == []
    assert rollup.add(made, name="县", roster=roster).shares.missing == ("县政府办公室",)


def test_a_county_that_differs_is_told_where_and_by_whom():
    made = [empty("甲局"), empty("乙局"), empty("丙局")]
    made[0].put({CELL: 3})
    made[1].put({CELL: 2})
    total = rollup.add(made, name="清河县人民政府")
    county = total.report.copy()
    county.put({CELL: 6})
    [finding] = rollup.compare(county, total.shares)
    assert (finding.code, finding.severity) == ("R605", Severity.WARNING)
    assert finding.at == str(CELL)
    assert "自然人填 6，各单位之和为 5：甲局 3，乙局 2" in finding.message
    assert "用 --own 计入" in finding.message


def test_a_cell_that_a_unit_has_not_answered_is_not_compared():
    made = units(0, 1)
    county = rollup.add(made).report.copy()
    county.put({CELL: 10**6})
    made[0].put({CELL: None})
    assert rollup.compare(county, rollup.add(made).shares) == []


def test_what_is_not_compared_is_told_and_because_of_whom():
    made = units(0, 1, 2)
    county = rollup.add(made).report.copy()
    made[0].put({CELL: None})
    shares = rollup.add(made, roster=[made[0].bureau.name]).shares
    gaps = rollup.gaps(county, shares)
    assert set(gaps.cells) == set(shares.open) != set()
    assert gaps.units == {made[0].bureau.name: len(gaps.cells)}
    assert gaps.own == ()
    county.put({STATED[-1]: None})
    assert STATED[-1] in rollup.gaps(county, shares).own


def test_a_county_not_answered_is_not_compared():
    made = units(0, 1)
    assert rollup.compare(Report(year=2024), rollup.add(made).shares) == []
