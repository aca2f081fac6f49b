"""Two years side by side."""

from decimal import Decimal

from hypothesis import given, settings

from govdisclose.analysis import comparison
from govdisclose.analysis.comparison import Change, Comparison
from govdisclose.model.notices import NEWEST
from govdisclose.model.report import Report
from tests.support.samples import small
from tests.support.strategies import reports

CELL = NEWEST.by_name["licensing.licence.decided"]


def put(report: Report, **figures: int) -> Report:
    report.put({NEWEST.by_name[name.replace("__", ".")]: f for name, f in figures.items()})
    return report


@given(reports())
@settings(max_examples=30, deadline=None)
def test_a_report_differs_in_nothing_from_itself(report: Report):
    assert comparison.changes(report, report.copy()) == []
    assert comparison.changed_texts(report, report.copy()) == []
    assert list(comparison.other_changes(report, report.copy())) == []


@given(reports(), reports())
@settings(max_examples=30, deadline=None)
def test_every_cell_that_differs_is_told_and_no_other(old: Report, new: Report):
    differing = {each.cell for each in comparison.changes(old, new)}
    for cell in NEWEST.addresses:
        assert (old.figures.get(cell) != new.figures.get(cell)) == (cell in differing)


def test_no_percent_from_nothing_and_what_is_open_is_never_0():
    assert Change(CELL, 0, 7).percent == ""
    assert Change(CELL, None, 7).difference is None
    assert Change(CELL, 4, 7).percent == "+75.0%"
    assert Change(CELL, Decimal("2.0"), Decimal("1.5")).percent == "-25.0%"


def test_seven_columns_are_carried_over_and_documents_stay_in_force():
    old = put(small(), applications__carried_out__natural_person=3, documents__rules__in_force=4)
    new = put(small(), applications__carried_in__natural_person=3, documents__rules__issued=1)
    found = Comparison(old, new)
    assert len(found.identities) == 7 + 2
    assert [str(each.cell) for each in found.broken] == ["documents.rules.in_force"]
    assert found.broken[0].because == "上年 4 + 1 − 0"


def test_what_is_not_answered_breaks_nothing():
    found = Comparison(Report(year=2023), small())
    assert found.broken == []
    assert not any(each.is_known for each in found.identities)


def test_repeated_and_stale_sentences_are_found():
    old, new = small(), small()
    [first, *_] = comparison.text_pairs(old, new)
    assert first.percent == 100
    assert first.repeated
    assert comparison.is_stale("2023年，本局公开信息12条。", 2024)
    assert not comparison.is_stale("较2023年增加12条。", 2024)


def test_units_are_ranked_by_what_balances_and_by_disputes():
    rows = [cell.row for cell in comparison.headline(NEWEST)]
    assert rows[:4] == ["received", "carried_in", "handled", "carried_out"]
    assert len(rows) == 7
