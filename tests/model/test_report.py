import sys
import unicodedata
from decimal import Decimal

import pytest
from hypothesis import given

from govdisclose.model.figures import shown
from govdisclose.model.form import Address
from govdisclose.model.front_matter import preamble, title
from govdisclose.model.notices import NEWEST
from govdisclose.model.placeholders import stray_braces, without_braces
from govdisclose.model.report import Bureau, Report
from govdisclose.model.text import is_unprintable, ordinal
from tests.support.strategies import reports, texts

RECEIVED = Address("applications", "received", "natural_person")
TOTAL = Address("applications", "received", "total")


def zeros() -> dict[Address, int]:
    return dict.fromkeys(NEWEST.addresses, 0)


def test_sums_are_computed_where_they_are_not_stated():
    stated = {a: 1 for a in NEWEST.addresses if a not in NEWEST.sums}
    figures = Report(figures=stated).figures
    assert len(figures) == 200
    assert figures[TOTAL] == 6
    assert figures[Address("applications", "handled", "total")] == 21 * 6


def test_a_sum_stays_open_while_a_term_is_not_answered():
    report = Report(figures={a: v for a, v in zeros().items() if a not in (RECEIVED, TOTAL)})
    assert TOTAL not in report.figures


def test_a_stated_sum_is_not_changed():
    assert Report(figures={**zeros(), TOTAL: 9}).figures[TOTAL] == 9


def test_a_new_answer_renews_the_sums_above_it():
    report = Report(figures={**zeros(), TOTAL: 9})
    report.put({RECEIVED: 4})
    assert report.figures[TOTAL] == 4
    report.put({RECEIVED: None})
    assert TOTAL not in report.figures


@given(reports())
def test_settling_twice_changes_nothing(report: Report):
    before = dict(report.figures)
    report.settle()
    assert report.figures == before


@given(texts)
def test_foreign_braces_print_as_they_are(text: str):
    escaped = without_braces(text)
    assert Report().says(escaped) == text
    assert not list(stray_braces(escaped, NEWEST))


def test_a_figure_in_a_text_is_filled_in():
    report = Report(figures={RECEIVED: 12})
    assert report.says("自然人{applications.received.natural_person}件") == "自然人12件"
    assert list(stray_braces("共{applications.recieved.total}件 {", NEWEST)) == [
        (1, "{applications.recieved.total}"),
        (32, "{"),
    ]


@pytest.mark.parametrize(
    ("figure", "text"),
    [(0, "0"), (None, ""), (Decimal("18.8710"), "18.8710"), (Decimal("1E+5"), "100000")],
)
def test_figures_are_printed_plain(figure, text):
    assert shown(figure) == text


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (1, "一"),
        (10, "十"),
        (12, "十二"),
        (20, "二十"),
        (45, "四十五"),
        (100, "一百"),
        (101, "一百零一"),
        (110, "一百一十"),
        (120, "一百二十"),
        (1000, "一千"),
        (1005, "一千零五"),
        (1010, "一千零一十"),
        (2300, "二千三百"),
        (9999, "九千九百九十九"),
        (10000, "10000"),
    ],
)
def test_ordinals(number, text):
    assert ordinal(number) == text


def test_no_two_ordinals_are_the_same():
    assert len({ordinal(number) for number in range(1, 10001)}) == 10000


def test_title_and_preamble_are_made_from_the_particulars():
    report = Report(year=2024, bureau=Bureau("甲县乙局", telephone="000-1", website="甲县网站"))
    assert title(report) == ("甲县乙局", "2024年政府信息公开工作年度报告")
    text = preamble(report)
    for said in (NEWEST.notice, "共六个部分", "2024年12月31日", "甲县网站", "（电话：000-1）"):
        assert said in text
    report.preamble = "自拟{applications.received.total}件"
    assert preamble(report) == "自拟件"


def test_only_control_characters_and_surrogates_are_unprintable():
    kinds = ("Cc", "Cs")
    for code in range(sys.maxunicode + 1):
        is_wrong = unicodedata.category(chr(code)) in kinds and chr(code) not in "\n\t"
        assert is_unprintable(chr(code)) == (is_wrong or chr(code) in "\ufffe\uffff"), hex(code)
