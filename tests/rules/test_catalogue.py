"""The laws of the catalogue, over all rules and over any report."""

import ast
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from govdisclose import rules
from govdisclose.model.front_matter import preamble
from govdisclose.model.notices import NEWEST
from govdisclose.model.report import Report
from govdisclose.rules.case import Case
from govdisclose.rules.catalogue import pages
from tests.support import corpus
from tests.support.strategies import reports

PACKAGE = Path(rules.__file__).parent
BASES = ("格式", "算术", "条例", "实务", "草稿的写法", "Word 文件的格式")


@pytest.mark.parametrize("page", pages(), ids=lambda page: page.code)
def test_a_page_says_what_on_what_basis_and_with_examples(page):
    assert 4 <= len(page.title) <= 40
    assert page.basis.startswith(BASES)
    for mark in ("\n不通过：", "\n通过："):
        assert mark in page.text


def test_codes_are_unique():
    codes = [page.code for page in pages()]
    assert len(codes) == len(set(codes))
    assert {code[:2] for code in codes} == {"D0", "R1", "R2", "R3", "R4", "R5", "R6"}


def test_practice_is_not_worded_as_law():
    """Only what the form prints or the regulation says may be told as a must."""
    for path in PACKAGE.glob("*.py"):
        tree = ast.parse(path.read_text("utf-8"))
        pages_of = {
            ast.get_docstring(node, clean=False)
            for node in ast.walk(tree)
            if isinstance(node, ast.Module | ast.FunctionDef | ast.ClassDef)
        }
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                text = "" if node.value in pages_of else node.value
                assert not any(word in text for word in ("规定", "应当", "必须")), (path.name, text)


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(reports(), reports())
def test_any_report_can_be_checked(report: Report, last: Report):
    before = dict(report.figures)
    given = str([(made.bureau.name, *made.texts()) for made in (report, last)])
    found = rules.check(report, last=last)
    assert report.figures == before
    assert found == rules.check(report, last=last)
    assert [f.severity.rank for f in found] == sorted(f.severity.rank for f in found)
    for finding in found:
        assert finding.message.strip() == finding.message
        assert "None" not in finding.message or "None" in given


WORDS = """
收到 政府信息公开 申请 12 一百 件 ， 。 ； 、 （ ） 其中 自然人 法人 予以公开 同比
增长 50 % 百分之 十 万 行政复议 诉讼 维持 规范性文件 制发 全部 办结 结转 下年度
未收到 2023年 一是 三是 的的 《 【 XX { 1.2 ,000 余 近 第 每 两 零 〇
国办函 2020 109号 信息处理费 元 1月1日 至 12月31日 统计
"""


@settings(deadline=None)
@given(st.lists(st.sampled_from(WORDS.split()), max_size=40).map("".join))
def test_any_text_can_be_read(text: str):
    report = corpus.report("局", "依申请公开", text)
    assert rules.check(report) == rules.check(report)


@pytest.mark.parametrize(
    "text", ["9" * 9000 + "件", "一" * 9000 + "件", "信息处理费" + "9" * 900 + "元"]
)
def test_absurd_numbers_can_be_read(text):
    rules.check(corpus.report("局", "依申请公开", f"收到申请{text}。", "other"))


@settings(deadline=None)
@given(st.text(max_size=80))
def test_any_characters_can_be_read(text: str):
    rules.check(corpus.report("市", text, text, "other"))


def test_the_preamble_the_program_writes_is_sound():
    report = corpus.report("局", "", "")
    report.preamble = preamble(report)
    assert [f for f in rules.check(report) if f.at.startswith("preamble")] == []


def test_an_empty_report_has_only_what_is_missing():
    assert {finding.code for finding in rules.check(Report())} == {"R101", "R102", "R103", "R106"}


def test_every_text_is_named_as_it_stands():
    report = corpus.report("局", "（一）x", "工作,扎实。")
    (finding,) = [f for f in rules.check(report) if f.code == "R509"]
    assert finding.at in dict(report.texts())
    assert Case(report).page.at(0) == "overview.parts.1.heading"
    assert NEWEST.prose["overview"].label in finding.message
