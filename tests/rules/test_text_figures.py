"""R4: what the text says against the tables."""

import re
import subprocess
from pathlib import Path

import pytest

from govdisclose import rules
from govdisclose.model.notices import NEWEST
from govdisclose.model.report import Part, Prose
from govdisclose.rules import language, registry
from govdisclose.rules.case import Case
from govdisclose.rules.language.tokens import numeral
from tests.support import corpus, huaian

EXAMPLES = list(corpus.examples())
REAL = Path(__file__).parents[3] / "shared" / "real" / "huaian-2024.pdf"


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.text[:24])
def test_a_sentence_gives_its_findings(example):
    assert sorted(corpus.found(example)) == sorted(example.codes)


@pytest.mark.parametrize("example", list(corpus.examples("fresh")), ids=lambda each: each.text[:24])
def test_a_sentence_written_without_a_look_at_the_rules(example):
    alone = corpus.report(example.organ, example.heading, "")
    known = {(each.code, each.message) for each in rules.check(alone)}
    made = corpus.report(example.organ, example.heading, example.text)
    found = {f.code for f in rules.check(made) if (f.code, f.message) not in known}
    assert found & {f"R{number}" for number in range(401, 514)} == set(example.codes)


def test_the_corpus_is_large_and_mostly_sound():
    quiet = [example for example in EXAMPLES if not example.codes]
    assert len(EXAMPLES) >= 150
    assert len(quiet) * 2 >= len(EXAMPLES)
    codes = {code for example in EXAMPLES for code in example.codes}
    assert codes >= {f"R4{number:02}" for number in range(1, 13)}


NUMERALS = {"十六": 16, "二十": 20, "一百零三": 103, "两千": 2000, "三千一百一十": 3110} | {
    "二〇二四": 2024,
    "一万二千": 12000,
    "百": 100,
}


@pytest.mark.parametrize(("words", "value"), NUMERALS.items())
def test_chinese_numerals(words, value):
    assert numeral(words) == value


def roles(text: str) -> list[tuple]:
    made = corpus.report("局", "依申请公开情况", text)
    return [
        (text[start:end], number.role.value, number.sense and number.sense.readings[0])
        for start, end, number in language.numbers(made, text, "依申请公开情况")
    ]


def test_numbers_are_read_with_their_roles_and_places():
    assert roles("收到申请１,２３４件，其中予以公开十六件、不予公开2 件，同比增长5%。") == [
        ("１,２３４件", "figure", "received"),
        ("十六件", "figure", "granted"),
        ("2 件", "figure", "refused"),
        ("5%", "change", "refused"),
    ]


def test_no_number_is_read_where_none_is_stated():
    assert roles("按“一件事一次办”和第三条的要求，每件申请逐一研究，坚持一事一审。") == []


def test_a_claim_is_quoted_with_what_the_table_says():
    made = corpus.report("局", "依申请公开情况", "全年共收到政府信息公开申请15件。")
    (found,) = [f for f in rules.check(made) if f.code == "R401"]
    assert found.at == "overview.parts.1.text"
    assert found.message == (
        "一、总体情况｜（一）依申请公开情况：写“全年共收到政府信息公开申请15件”，"
        "表三“一、本年新收”是 12 件（加上上年结转 2 件是 14 件），至少相差 +1 件\n"
        "核对后改文字，或者改表格"
    )


def test_a_figure_filled_in_from_the_table_agrees_with_it():
    text = "收到政府信息公开申请{applications.received.total}件。"
    made = corpus.report("局", "依申请公开情况", text)
    assert Case(made).sentences[0].text == "收到政府信息公开申请12件。"
    assert not [f for f in rules.check(made) if f.code.startswith("R4")]


def test_nothing_is_said_of_figures_that_are_not_answered():
    made = corpus.report("局", "依申请公开情况", "收到政府信息公开申请15件。")
    made.put({NEWEST.by_name["applications.received.research"]: None})
    assert not [f for f in rules.check(made) if f.code.startswith("R4")]


PAGES = [
    (rule.code, text.strip(), sign == "不")
    for rule in registry.RULES
    if rule.code.startswith(("R4", "R5")) and rule.code not in ("R413", "R511")
    for line in (rule.check.__doc__ or "").splitlines()
    for sign, mark, text in [line.strip().partition("通过：")]
    if mark and sign in ("", "不")
]


SECTIONS = {"R505": "other", "R515": "problems", "R516": "problems", "R518": "problems"}


@pytest.mark.parametrize(("code", "text", "fails"), PAGES)
def test_the_examples_of_a_page_do_as_it_says(code, text, fails):
    section = SECTIONS.get(code, "overview")
    made = corpus.report("局", "依申请公开情况", text, section)
    assert (code in {finding.code for finding in rules.check(made)}) == fails


@pytest.mark.skipif(not REAL.exists(), reason="the published report is not at hand")
def test_a_published_report_gives_no_error_and_no_false_alarm():
    text = subprocess.run(["pdftotext", str(REAL), "-"], capture_output=True, check=True).stdout
    plain = "".join(line.strip() for line in text.decode().splitlines())
    overview, rest = plain.split("一、总体情况", 1)[1].split("二、主动公开政府信息", 1)
    problems, other = rest.split("五、存在的主要问题及改进情况", 1)[1].split("六、其他需要", 1)
    made = huaian.report()
    pieces = re.split("（[一二三四五]）", overview)
    made.prose = {
        "overview": Prose(parts=tuple(Part(p[:7], p) for p in pieces)),
        "problems": Prose(problems),
        "other": Prose("六、其他需要" + other),
    }
    found = [f for f in rules.check(made) if f.code not in ("R105", "R106", "R210")]
    assert found == []
