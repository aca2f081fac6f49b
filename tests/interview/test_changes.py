"""A figure changed by the name of its place, and totals that have become stale."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from govdisclose.formats import draft
from govdisclose.interview import changes
from govdisclose.model.form import Address
from govdisclose.model.notices import NEWEST
from govdisclose.model.report import Report
from tests.support.cli import SAMPLES

HUAIAN = SAMPLES / "淮安市人民政府2024.toml"
STATED = [cell for cell in NEWEST.addresses if cell not in NEWEST.sums]


def huaian() -> Report:
    return draft.loads(HUAIAN.read_bytes()).report


@given(st.sampled_from(STATED), st.integers(0, 10**6))
@settings(max_examples=60, deadline=None)
def test_whatever_figure_is_changed_no_total_is_stale_and_nothing_else_moves(at, value):
    report, before = huaian(), huaian()
    told = changes.change(report, str(at), str(value))
    assert changes.stale_totals(report) == []
    moved = {cell for cell in NEWEST.addresses if report.figures[cell] != before.figures[cell]}
    assert moved <= {at, *NEWEST.above[at]}
    assert len(told) == len(moved)


def test_every_place_is_found_by_its_address_and_by_its_printed_name():
    for at in NEWEST.addresses:
        assert changes.located(NEWEST, str(at)) == at
        line = NEWEST.lines[at.table, at.row]
        if len(line.cells) > 1:
            assert changes.located(NEWEST, f"{line.name}.{NEWEST.column_name(at)}") == at
    assert changes.located(NEWEST, "行政许可") == Address("licensing", "licence", "decided")
    assert changes.located(NEWEST, "本年新收｜自然人") == Address(
        "applications", "received", "natural_person"
    )
    assert changes.located(NEWEST, "联系电话").path == "bureau.telephone"
    assert changes.located(NEWEST, "行政复议").path == "disputes.reconsideration"


@pytest.mark.parametrize(
    ("place", "typed", "said"),
    [
        ("applications.received.total", "3", "是算出来的"),
        ("applications.handled", "3 0 0 0 0 0", "是算出来的"),
        ("本年新收", "3", "一行有 6 个数"),
        ("本年新收", "3 1", "要 6 个数"),
        ("行政许可", "三", "不是数字"),
        ("fees.charge.collected", "961716000元", "应写 96171.6"),
        ("收费", "3", "可以是几处"),
        ("applications.received.totl", "3", "是不是 applications.received.total"),
        ("天气", "3", "表里没有“天气”"),
    ],
)
def test_what_is_not_understood_is_said_and_changes_nothing(place, typed, said):
    report = huaian()
    with pytest.raises(ValueError, match=said):
        changes.change(report, place, typed)
    assert report == huaian()


def test_a_figure_is_withdrawn_with_its_totals():
    report = huaian()
    assert "行政复议｜总计：351 → ?" in changes.change(report, "行政复议.维持", "？")


def test_stale_totals_are_told_with_both_numbers_and_mended():
    text = HUAIAN.read_text("utf-8").replace("3001,", "3002,", 1)
    report = draft.loads(text.encode()).report
    [stale] = changes.stale_totals(report)
    assert changes.told(NEWEST, stale).endswith("写的是 3119，各数之和是 3120")
    changes.mend_totals(report, [stale])
    assert changes.stale_totals(report) == []


def test_a_total_whose_terms_are_missing_is_left_as_it_is():
    report = huaian()
    at = NEWEST.by_name["applications.granted.research"]
    del report.figures[at]
    assert changes.stale_totals(report) == []
    assert changes.recomputed(report).figures == report.figures
