"""Judged prose beside the project: what it may be complained of, and what must be found."""

import pytest

from govdisclose import rules
from tests.support import prose

pytestmark = pytest.mark.skipif(not prose.HERE.exists(), reason="the judged prose is not at hand")

JUDGED = {
    ("beiyinhe_town_2022", "R513", "preamble.text"): "“可通过可以通过”，原文如此",
    ("beiyinhe_town_2022", "R518", "overview"): "第一部分确实没有一个数字",
    ("huaian_city_2024", "R105", "overview"): "节选里没有社会评议、责任追究",
    ("huaian_city_2024", "R210", "disputes.litigation_direct.total"): "只是请看一看",
    ("taian_finance_2022", "R503", "preamble.text"): "“年度报告应当包括”是填写说明",
    ("tongxiang_city_2024", "R105", "overview"): "节选里没有责任追究",
    ("xiangan_emergency_2023", "R501", "overview.lead"): "2023 年的报告写 2022 年",
    ("xiangan_emergency_2023", "R501", "overview.parts.2.text"): "同上",
    ("xiangan_emergency_2023", "R501", "preamble.text"): "同上",
    ("xiangan_emergency_2023", "R508", "preamble.text"): "同上",
    ("xiangan_emergency_2023", "R514", "preamble.text"): "网址里有空格",
    ("xiongkou_zone_2025", "R504", "preamble.text"): "目录是更早的格式",
    ("xintian_town_2022", "R412", "overview.lead"): "382 条，各项合计 2558 条",
    ("xuwen_justice_2023", "R104", "overview"): "只有一句话",
}
"""Every finding on the published prose, with the verdict: all of them are right."""


def test_every_finding_on_published_prose_has_been_judged():
    families = ("R1", "R20", "R21", "R4", "R5")
    found = {
        (name, finding.code, finding.at)
        for name, report in prose.published()
        for finding in rules.check(report)
        if finding.code.startswith(families) and finding.code != "R106"
    }
    assert found <= JUDGED.keys()


def test_innocent_sentences_are_left_alone_and_guilty_ones_found():
    innocent = [each for each in prose.sentences() if not each.codes]
    guilty = [each for each in prose.sentences() if each.codes]
    flagged = [each.text for each in innocent if prose.added(each)]
    missed = [each.text for each in guilty if not prose.codes(prose.added(each)) & each.codes]
    assert len(flagged) <= len(innocent) * 0.01, flagged
    assert len(missed) <= len(guilty) * 0.08, missed


def test_faults_planted_in_published_prose_are_found():
    plants = list(prose.plants())
    missed = [each.new for each in plants if not prose.codes(prose.planted(each)) & each.codes]
    assert len(missed) <= len(plants) * 0.1, missed
