"""R5: wording, numbering, punctuation, personal data, limits."""

import pytest

from govdisclose import rules
from govdisclose.model.report import Bureau, Limits, Prose
from govdisclose.rules import registry
from govdisclose.rules.proofreading import is_card, is_id_card
from tests.support import corpus

EXAMPLES = list(corpus.examples("wording"))


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.text[:24])
def test_a_sentence_gives_its_findings(example):
    assert set(corpus.found(example, "R5")) == set(example.codes)


@pytest.mark.parametrize("report", list(corpus.reports()))
def test_a_whole_sound_report_gives_no_false_alarm(report):
    assert corpus.alarms(report) == []


def test_every_rule_of_wording_has_its_sentences():
    codes = {code for each in EXAMPLES for code in each.codes} | {"R505", "R511"}
    assert codes == {rule.code for rule in registry.RULES if rule.code.startswith("R5")}


def test_check_digits():
    assert is_id_card("11010519491231002X")
    assert not is_id_card("110105194912310021")
    assert is_card("6222021234567890128")
    assert not is_card("6222021234567890129")


def messages(text: str, code: str, *, section: str = "overview", **given) -> list[str]:
    report = corpus.report("局", "主动公开", text, section)
    for name, value in given.items():
        setattr(report, name, value)
    return [finding.message for finding in rules.check(report) if finding.code == code]


def test_personal_numbers_are_never_repeated():
    (message,) = messages("申请人身份证号11010519491231002X。", "R506")
    assert "110*************2X" in message
    assert "19491231" not in message


def test_the_contact_of_the_particulars_is_no_personal_data():
    bureau = Bureau("甲局", telephone="13912345678")
    assert messages("联系电话13912345678。", "R506", bureau=bureau) == []
    assert messages("联系电话13912345679。", "R506", bureau=bureau) != []
    assert messages("有文字。", "R506", preamble="联系电话13912345679。") == []


@pytest.mark.parametrize(
    ("text", "flagged"),
    [
        ("没有其他需要报告的事项。", True),
        ("本年度未收取信息处理费。", False),
        ("全年收取信息处理费3940元。", False),
        ("全年收取信息处理费3945元。", True),
        ("收取信息处理费0.394万元。", False),
        ("未收取信息处理费。全年收取信息处理费200元。", True),
        ("本年度没有收取任何费用。", False),
    ],
)
def test_processing_fees(text, flagged):
    assert bool(messages(text, "R505", section="other")) == flagged


def test_an_empty_section_is_no_matter_of_wording():
    assert messages("", "R505", section="other") == []


def test_limits_are_silent_until_they_are_set():
    text = "公开信息，" * 210
    assert messages(text, "R511") == []
    (message,) = messages(text, "R511", limits=Limits(overview_longest=1000))
    assert "1054 字，本地要求不超过 1000 字" in message
    assert len(messages("短。", "R511", limits=Limits(section_shortest=100))) == 1
    assert len(messages(text, "R511", limits=Limits(report_longest=1000))) == 1


def test_wording_is_read_as_printed():
    assert messages("公开{applications.received.total}件。", "R503") == []


def test_the_lead_is_read_as_the_parts_are():
    report = corpus.report("局", "", "")
    report.prose["problems"] = Prose("工作扎实推进。。")
    assert [f.at for f in rules.check(report) if f.code == "R509"] == ["problems.lead"]


def test_the_blanks_of_a_text_fold_into_one_finding():
    (message,) = messages("培训XX次，公开XX条，解读XX篇，活动XX场。", "R503")
    assert message.splitlines()[0].endswith("等 4 处")
