"""What needs no judgement is put right by the repair that a finding carries."""

import pytest

from govdisclose import rules
from govdisclose.rules.repairs import repaired
from tests.support import corpus

AT = "overview.parts.1.text"
FIXED = [
    ("加强领导,健全制度。公开政务(含解读)。", "加强领导，健全制度。公开政务（含解读）。"),
    ("工作扎实推进。。", "工作扎实推进。"),
    ("根据国办公开办函【2021】30号编制。", "根据国办公开办函〔2021〕30号编制。"),
    ("落实青政办[2024]6号。", "落实青政办〔2024〕6号。"),
    ("截止2024年12月31日，全部更新。", "截至2024年12月31日，全部更新。"),
    ("稳步推进政府信息的的公开。", "稳步推进政府信息的公开。"),
    ("1件申请结转到2024年度继续办理。", "1件申请结转到2025年度继续办理。"),
    (
        "上年结转政府信息公开申请5件。",
        "上年结转政府信息公开申请{applications.carried_in.total}件。",
    ),
]


@pytest.mark.parametrize(("wrong", "right"), FIXED)
def test_words_are_put_right(wrong, right):
    report = corpus.report("局", "依申请公开情况", wrong)
    made, done = repaired(report, rules.check(report))
    assert done
    assert dict(made.texts())[AT] == right
    assert dict(report.texts())[AT] == wrong


@pytest.mark.parametrize(("wrong", "right"), FIXED)
def test_what_has_been_put_right_is_not_complained_of_again(wrong, right):
    report = corpus.report("局", "依申请公开情况", wrong)
    made, _ = repaired(report, rules.check(report))
    assert repaired(made, rules.check(made))[1] == []


@pytest.mark.parametrize(
    "text",
    [
        "全年共收到政府信息公开申请15件。",  # 12, or 14 with those carried over
        "收到的政府信息公开申请已全部办结。",
        "2023年，我局扎实推进政府信息公开。",
        "一是加强领导；三是加强培训。",
        "全年公开信息XX条。",
    ],
)
def test_an_error_of_judgement_has_no_repair(text):
    report = corpus.report("局", "依申请公开情况", text)
    found = [finding for finding in rules.check(report) if finding.at == AT]
    assert found
    assert all(finding.repairs == () for finding in found)


def test_a_heading_with_a_stale_year_and_a_fee_in_yuan():
    report = corpus.report("局", "2023年主动公开情况", "全年公开信息151条。")
    charge = report.form.by_name["fees.charge.collected"]
    report.put({charge: 188710})
    report.last_year = {charge: 19}
    made, _ = repaired(report, rules.check(report))
    assert made.prose["overview"].parts[0].heading == "2024年主动公开情况"
    assert str(made.figures[charge]) == "18.871"
