"""R6: sentences and folders that must be flagged, and those to leave alone."""

from collections.abc import Iterator
from typing import NamedTuple

import pytest

from govdisclose.model.finding import Finding
from govdisclose.model.report import Bureau, Part, Prose, Report
from govdisclose.rules import cross_unit, peers
from govdisclose.rules.peers import Particulars, ReportTexts, Roster, SimilarPeers
from tests.support.generator import reports

TEXT = (
    "水库水位和取水许可每月在网站专栏公布，由法规科逐条核对，汛期每天更新雨水情。"
    "工程招标信息从立项到验收全过程公开，施工单位和监理单位的名称、合同金额一并列出。"
    "针对河道采砂的疑问，执法大队录制短片说明规划范围和处罚标准，在乡镇便民中心滚动播出。"
)
OWN = (
    "开学前公布各小学初中的划片范围和咨询电话，家长在手机上输入小区名称就能查到对应的学校。"
    "校车线路按站点列出时刻，遇到道路施工提前三天通知。食堂的食材来源、价格和抽检结果每周张贴一次。"
    "教师招聘从报名条件到拟录用名单逐步公示，群众来电由人事股记录并在两天之内回复清楚。"
)


class Draft(NamedTuple):
    """A draft as R6 sees it."""

    entry: Particulars
    said: ReportTexts


def drawn(file: str, report: Report) -> Draft:
    return Draft(peers.particulars_of(file, report), peers.texts_of(report))


def unit(name: str, text: str = "", **given) -> Draft:
    return drawn(
        f"{name}.toml",
        Report(
            year=2024,
            bureau=Bureau(name, **given),
            prose={"overview": Prose(parts=(Part("主动公开", text),))},
        ),
    )


def findings(*drafts: Draft, roster: tuple[str, ...] = ()) -> Iterator[tuple[str, Finding]]:
    """What all rules find where every draft is held against every other."""
    roll = Roster(tuple(draft.entry for draft in drafts), roster)
    for rule in cross_unit.ROSTER_RULES:
        yield from cross_unit.found(rule, roll)
    names = peers.names_of([*roster, *(draft.said.name for draft in drafts)])
    for draft in drafts:
        others = [other.said for other in drafts if other is not draft]
        beside = SimilarPeers(draft.said, dict.fromkeys(draft.said.labels, others), names)
        yield from ((draft.entry.file, finding) for finding in cross_unit.check_words(beside))


def found(*drafts: Draft, roster: tuple[str, ...] = ()) -> list[tuple[str, str]]:
    return [(file, finding.code) for file, finding in findings(*drafts, roster=roster)]


def messages(*drafts: Draft, roster: tuple[str, ...] = ()) -> str:
    return "\n".join(finding.message for _, finding in findings(*drafts, roster=roster))


def test_generated_drafts_are_left_alone():
    made = [drawn(str(n), one.report) for n, one in enumerate(reports(60))]
    names = tuple(each.entry.name for each in made)
    assert found(*made, roster=names) == []


def test_the_order_of_the_drafts_changes_nothing():
    made = [drawn(str(n), one.report) for n, one in enumerate(reports(60, copied=0.3))]
    assert sorted(found(*made)) == sorted(found(*made[::-1])) != []


# R601


def test_two_drafts_of_a_unit_are_told_at_both():
    one, two = unit("甲县乙局"), unit(" 甲县 乙局")
    assert found(one, two) == [("甲县乙局.toml", "R601"), (" 甲县 乙局.toml", "R601")]


def test_two_years_of_a_unit_are_two_reports():
    one = unit("甲县乙局", TEXT)
    other = Draft(Particulars("b", "甲县乙局", 2023), one.said)
    assert found(one, other) == []


def test_drafts_without_a_name_are_no_unit():
    assert found(unit(""), unit("")) == []


# R602


def test_a_copy_is_told_at_both_with_its_passages():
    one, two = unit("甲县乙局", TEXT), unit("甲县丙局", TEXT.replace("每月", "每月3次"))
    assert found(one, two) == [("甲县乙局.toml", "R602"), ("甲县丙局.toml", "R602")]
    said = messages(one, two)
    assert "100% 的文字与甲县丙局相同，几乎是同一份" in said
    assert "\n本单位写：" in said
    assert "\n甲县丙局写：" in said


def test_prose_of_its_own_is_left_alone():
    assert found(unit("甲县乙局", TEXT), unit("甲县丙局", OWN)) == []


def test_less_than_half_is_left_alone():
    one = unit("甲县乙局", OWN + TEXT + TEXT[::-1] + OWN[::-1])
    assert found(one, unit("甲县丙局", OWN[:60] + "".join(sorted(OWN)))) == []


def test_a_short_copy_of_a_long_text_is_told_where_it_was_copied():
    one, two = unit("甲县乙局", TEXT + TEXT[::-1] + OWN[::-1]), unit("甲县丙局", TEXT)
    assert found(one, two) == [("甲县丙局.toml", "R602")]


def test_a_short_text_is_left_alone():
    assert found(unit("甲县乙局", TEXT[:70]), unit("甲县丙局", TEXT[:70])) == []


def test_official_words_are_left_alone():
    official = "《中华人民共和国政府信息公开条例》和国办公开办函〔2021〕30号，" * 20
    assert found(unit("甲县乙局", official), unit("甲县丙局", official)) == []


def test_many_copies_are_one_finding_each():
    made = [unit(f"甲县第{number}局", TEXT) for number in range(30)]
    assert sorted(found(*made)) == sorted((each.entry.file, "R602") for each in made)


# R603


@pytest.mark.parametrize(
    "text",
    [
        "2024年，甲县丙局认真做好公开工作。",
        "甲县丙局全年公开信息12条。",
        "本年度公开信息12条。甲县丙局负责人多次听取汇报。",
        "一年来，甲县丙局党组高度重视。",
    ],
)
def test_a_name_left_over_is_told(text: str):
    one, two = unit("甲县乙局", text), unit("甲县丙局")
    assert found(one, two) == [("甲县乙局.toml", "R603")]
    assert "写着甲县丙局，本单位是甲县乙局" in messages(one, two)


@pytest.mark.parametrize(
    "text",
    [
        "2024年，甲县乙局认真做好公开工作。",
        "会同甲县丙局开展检查。",
        "与甲县丙局联合发文。",
        "由甲县丙局牵头，本局配合。",
        "在甲县丙局网站上公布。",
        "《甲县丙局关于公开的通知》已经转发。",
        "甲县丙局、甲县丁局派员参加。",
        "向甲县丙局报送材料。",
        "甲县丙局印发通知以后，组织学习。",
    ],
)
def test_a_name_in_its_place_is_left_alone(text: str):
    assert found(unit("甲县乙局", text), unit("甲县丙局")) == []


def test_a_name_inside_ones_own_is_left_alone():
    assert found(unit("甲县乙局水政大队", "甲县乙局水政大队认真。"), unit("甲县乙局")) == []


def test_the_longer_name_is_meant():
    assert found(
        unit("甲县丁局", "甲县乙局水政大队认真。"), unit("甲县乙局"), unit("甲县乙局水政大队")
    ) == [("甲县丁局.toml", "R603")]


# R604


@pytest.mark.parametrize(
    ("one", "two", "expected"),
    [
        ({"telephone": "0563-7012656"}, {"telephone": "0563 7012656"}, 1),
        ({"telephone": "０５６３-7012656"}, {"telephone": "05637012656"}, 1),
        ({"address": "中心路 2号"}, {"address": "中心路2号"}, 1),
        ({"telephone": "0563-7012656"}, {"telephone": "0563-7012657"}, 0),
        ({"telephone": "12345"}, {"telephone": "12345"}, 0),
        ({"telephone": ""}, {"telephone": ""}, 0),
        ({"address": "中心路2号"}, {"address": "中心路3号"}, 0),
    ],
)
def test_the_same_contact_is_told_once(one: dict, two: dict, expected: int):
    codes = [code for _, code in found(unit("甲县乙局", **one), unit("甲县丙局", **two))]
    assert codes == ["R604"] * expected


# R606


def test_a_unit_nearly_of_that_name_is_named():
    said = messages(unit("甲县水务局"), roster=("甲县水利局",))
    assert "名册上的甲县水利局没有草稿，最接近的是甲县水务局" in said
    assert "名册上没有甲县水务局，最接近的是甲县水利局" in said


def test_spaces_and_brackets_make_no_other_unit():
    assert found(unit("甲县(乙)局"), roster=("甲县（乙） 局",)) == []


def test_a_short_name_is_told_and_nobody_is_missing():
    full = "城关镇人民政府"
    [message] = messages(unit("城关镇"), roster=(full,)).split("\n\n")
    assert f"名册上是{full}，这里写的是“城关镇”" in message
    assert found(unit("城关镇"), roster=(full,)) == [("城关镇.toml", "R606")]


def test_one_unit_under_its_full_and_its_short_name_has_two_drafts():
    codes = {
        code
        for _, code in found(unit("城关镇"), unit("城关镇人民政府"), roster=("城关镇人民政府",))
    }
    assert "R601" in codes


def test_a_name_of_two_units_is_left_open():
    said = messages(unit("城关"), roster=("城关镇人民政府", "城关乡人民政府"))
    assert "可能是城关镇人民政府、城关乡人民政府，不知道是哪一个" in said


def test_without_a_roster_nobody_is_missing():
    assert found(unit("甲县乙局")) == []


# R607


def test_a_draft_of_another_year_is_told():
    drafts = [unit(f"甲县第{number}局") for number in range(3)]
    odd = Draft(Particulars("b.toml", "甲县丁局", 2023), drafts[0].said)
    assert found(*drafts, odd) == [("b.toml", "R607")]
    assert "其余 3 份是 2024 年度的" in messages(*drafts, odd)


def test_where_there_is_no_majority_no_year_is_odd():
    one, two = unit("甲县乙局"), unit("甲县丙局")
    assert found(one, Draft(Particulars("b.toml", "甲县丁局", 2023), two.said)) == []


# The pages


@pytest.mark.parametrize(
    "rule",
    [*cross_unit.ROSTER_RULES, *cross_unit.TEXT_RULES, cross_unit.COUNTY],
    ids=lambda rule: rule.code,
)
def test_every_rule_has_a_page_with_examples(rule: peers.PeerRule):
    page = rule.check.__doc__ or ""
    assert rule.title
    for mark in ("依据：", "不通过：", "\n    通过："):
        assert mark in page
