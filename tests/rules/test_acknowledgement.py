"""A warning may be acknowledged with a reason; it comes back when its figures change."""

import pytest

from govdisclose import rules
from govdisclose.model.finding import Finding, Severity, Unusable
from govdisclose.model.notices import NEWEST
from govdisclose.model.report import Acknowledged, Report
from tests.support import corpus

AT = "overview.parts.1.text"
RECEIVED = NEWEST.by_name["applications.received.natural_person"]


def disagreeing() -> Report:
    return corpus.report("局", "依申请公开", "收到政府信息公开申请15件。上年结转申请4件。")


def of(report: Report, code: str) -> list[Finding]:
    return [finding for finding in rules.check(report) if finding.code == code]


def test_an_acknowledged_warning_is_a_hint_that_says_why():
    report = disagreeing()
    assert of(report, "R401")[0].severity is Severity.WARNING
    report.acknowledged = (rules.acknowledge(report, "R401", AT, "含转办 3 件"),)
    (finding,) = of(report, "R401")
    assert finding.severity is Severity.HINT
    assert finding.message.endswith("\n已确认：含转办 3 件")
    assert of(report, "R402")[0].severity is Severity.WARNING


def test_it_keeps_the_figures_it_was_given_for():
    item = rules.acknowledge(disagreeing(), "R401", AT, "含转办 3 件")
    assert item[:3] == ("R401", AT, "含转办 3 件")
    assert ("applications.received.total", "12") in item.figures


def test_it_lapses_when_its_figures_change():
    report = disagreeing()
    report.acknowledged = (rules.acknowledge(report, "R401", AT, "含转办 3 件"),)
    report.put({RECEIVED: 12})
    (finding,) = of(report, "R401")
    assert finding.severity is Severity.WARNING
    assert "原先的确认（含转办 3 件）已失效：" in finding.message
    assert "｜一、本年新收政府信息公开申请数量｜总计原为 12，现为 14" in finding.message


def test_it_lapses_when_the_text_changes():
    report = disagreeing()
    report.acknowledged = (rules.acknowledge(report, "R401", AT, "含转办 3 件"),)
    changed = corpus.report("局", "依申请公开", "收到政府信息公开申请16件。")
    changed.acknowledged = report.acknowledged
    (finding,) = of(changed, "R401")
    assert finding.severity is Severity.WARNING
    assert "文字有改动" in finding.message


def test_what_else_changes_does_not_matter():
    report = disagreeing()
    report.acknowledged = (rules.acknowledge(report, "R401", AT, "含转办 3 件"),)
    report.put({NEWEST.by_name["licensing.licence.decided"]: 9})
    assert of(report, "R401")[0].severity is Severity.HINT


def test_two_warnings_at_one_place_are_acknowledged_together():
    report = corpus.report("局", "依申请公开", "工作,扎实。成效明显。。")
    report.acknowledged = (rules.acknowledge(report, "R509", AT, "原文如此"),)
    assert ["已确认" in finding.message for finding in of(report, "R509")] == [True, True]


def test_a_figure_needs_no_list_of_figures():
    report = corpus.report("局", "", "")
    report.figures[NEWEST.by_name["documents.rules.in_force"]] = 2
    item = rules.acknowledge(report, "R205", "documents.rules", "代为保管")
    assert item.figures == (("documents.rules.in_force", "2"),)


def test_errors_cannot_be_acknowledged():
    report = corpus.report("局", "", "全年公开信息XX条。")
    with pytest.raises(Unusable, match="不能确认"):
        rules.acknowledge(report, "R503", AT, "理由")
    for code in ("R605", "D001"):
        with pytest.raises(Unusable, match="不能在草稿里确认"):
            rules.acknowledge(report, code, AT, "理由")
    with pytest.raises(Unusable, match="没有检查项"):
        rules.acknowledge(report, "R999", AT, "理由")
    with pytest.raises(Unusable, match="理由"):
        rules.acknowledge(disagreeing(), "R401", AT, " ")
    with pytest.raises(Unusable, match="没有 R402"):
        rules.acknowledge(report, "R402", AT, "理由")
    report.acknowledged = (rules.acknowledge(disagreeing(), "R401", AT, "x")._replace(rule="R503"),)
    (finding,) = of(report, "R503")
    assert finding.severity is Severity.ERROR
    assert "错误不能确认" in finding.message


def test_the_words_are_kept_as_a_hash_not_as_a_sentence():
    """Rewording a message voids nobody's acknowledgement."""
    item = rules.acknowledge(disagreeing(), "R401", AT, "含转办 3 件")
    assert dict(item.figures)[AT].startswith("#")


def kept_by_0_1_0(sentence: str) -> Acknowledged:
    figures = (("applications.received.total", "12"), (AT, sentence))
    return Acknowledged("R401", AT, "含转办 3 件", figures)


def test_a_sentence_that_0_1_0_kept_counts_once_for_its_rule_and_place():
    report = disagreeing()
    old = "一、总体情况｜（一）依申请公开：写“收到政府信息公开申请15件”，表中本年新收是 12"
    report.acknowledged = (kept_by_0_1_0(old),)
    assert of(report, "R401")[0].severity is Severity.HINT
    twice = corpus.report("局", "依申请公开", "收到政府信息公开申请15件。共收到申请17件。")
    twice.acknowledged = report.acknowledged
    grades = [finding.severity for finding in of(twice, "R401")]
    assert grades == [Severity.WARNING, Severity.HINT]


def test_a_sentence_that_0_1_0_kept_is_rewritten_when_saved():
    report = disagreeing()
    report.acknowledged = (kept_by_0_1_0("一、总体情况：写“收到政府信息公开申请15件”"),)
    (item,) = report.acknowledged = rules.renewed(report)
    assert dict(item.figures)[AT].startswith("#")
    assert of(report, "R401")[0].severity is Severity.HINT
    assert rules.renewed(report) == report.acknowledged
