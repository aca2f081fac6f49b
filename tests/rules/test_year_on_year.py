"""R1, R205–R208 and R3: what is missing, implausible, or differs from last year."""

from dataclasses import replace
from decimal import Decimal

import pytest

from govdisclose import rules
from govdisclose.model.form import Address
from govdisclose.model.notices import NEWEST
from govdisclose.model.report import Bureau, Limits, Part, Prose, Report

PLEASED = "本年度未收取信息处理费，没有其他需要报告的事项。"
FIVE = "主动公开、依申请公开、政府信息管理、平台建设和监督保障各方面工作有序开展。"


def report(**figures: int | Decimal) -> Report:
    """A county bureau's report, 0 in every cell but those given."""
    made = Report(
        year=2024,
        bureau=Bureau("甲县水务局", address="某路", telephone="0563-7012656", website="某网站"),
        prose={
            "overview": Prose(FIVE),
            "problems": Prose("有问题，已改进。"),
            "other": Prose(PLEASED),
        },
        figures={a: 0 for a in NEWEST.addresses if a not in NEWEST.sums},
    )
    made.put({cell(name): value for name, value in figures.items()})
    return made


def cell(name: str) -> Address:
    return NEWEST.by_name[name.replace("__", ".")]


def last(**figures: int | Decimal) -> Report:
    made = report(**figures)
    made.year = 2023
    return made


def codes(made: Report, *families: str, before: Report | None = None) -> list[str]:
    found = [finding.code for finding in rules.check(made, last=before)]
    return [code for code in found if code.startswith(families or "R")]


def message(made: Report, code: str, before: Report | None = None) -> str:
    return next(f.message for f in rules.check(made, last=before) if f.code == code)


def test_a_sound_report_has_no_finding():
    assert codes(report(), before=last()) == []


def test_a_part_of_the_overview_is_found_by_heading_or_in_the_text():
    made = report()
    made.prose["overview"] = Prose(
        "",
        (
            Part("主动公开情况", "公开信息 151 条。"),
            Part("申请公开办理", "没有收到依申请公开。"),
            Part("其他", "严格三审三校，加强门户网站管理。"),
        ),
    )
    assert codes(made, "R1") == ["R104"]
    assert message(made, "R104").startswith("一、总体情况：没有写到监督保障")


def test_a_government_reports_on_review_and_liability():
    made = report()
    made.bureau = replace(made.bureau, kind="government", name="甲县人民政府")
    assert message(made, "R105").startswith("一、总体情况：没有写到工作考核、社会评议、责任追究")
    made.prose["overview"] = Prose(FIVE + "纳入考核，开展社会评议，没有需要追责的情形。")
    assert codes(made, "R1") == []


def test_the_contact_is_needed_where_the_program_writes_the_preamble():
    made = report()
    made.bureau = replace(made.bureau, telephone=" ")
    assert codes(made, "R1") == ["R106"]
    made.preamble = "自拟的前言。"
    assert codes(made, "R1") == []


@pytest.mark.parametrize(
    ("name", "kind", "flagged"),
    [
        ("甲县水务局", "department", True),
        ("", "department", False),
        ("甲县人民政府", "government", True),
        ("某街道办事处", "department", True),
        ("淮安市人民政府", "government", False),
        ("广西壮族自治区人民政府", "government", False),
        ("恭城瑶族自治县人民政府", "government", True),
        ("教育部", "department", False),
        ("国家税务总局", "department", False),
    ],
)
def test_who_makes_no_rules(name, kind, flagged):
    made = report(documents__rules__in_force=2)
    made.bureau = replace(made.bureau, name=name, kind=kind)
    assert ("R205" in codes(made)) == flagged


def test_fees_in_yuan():
    assert codes(report(fees__charge__collected=Decimal("961716.00"))) == ["R206"]
    assert "改填 96.1716" in message(report(fees__charge__collected=Decimal("961716")), "R206")
    few = report(fees__charge__collected=Decimal("953"))
    assert codes(few) == []
    assert codes(few, before=last(fees__charge__collected=Decimal("95.3"))) == ["R206"]


def test_unpaid_fees_are_spoken_of():
    made = report(applications__fee_unpaid__natural_person=1)
    made.prose["other"] = Prose("没有其他需要报告的事项。")
    assert "R208" in codes(made)
    made.prose["other"] = Prose(PLEASED)
    assert "R208" not in codes(made)


def test_what_was_carried_over():
    made = report(applications__carried_in__natural_person=2)
    before = last(applications__carried_out__natural_person=3)
    found = [f for f in rules.check(made, last=before) if f.code == "R301"]
    assert [f.at for f in found] == ["applications.carried_in.natural_person"]
    assert "自然人填 2，上年为 3" in found[0].message
    assert "R301" not in codes(made, before=last(applications__carried_out__natural_person=2))


def test_several_columns_carried_over_make_one_finding():
    before = last(
        applications__carried_out__natural_person=3, applications__carried_out__enterprise=1
    )
    found = [f for f in rules.check(report(), last=before) if f.code == "R301"]
    assert [f.at for f in found] == ["applications.carried_in"]


def test_last_years_figures_may_stand_in_the_draft():
    made = report()
    made.last_year = {cell("applications__carried_out__total"): 4}
    assert "总计填 0，上年为 4" in message(made, "R301")


def test_the_stock_of_documents():
    made = report(
        documents__normative__issued=3,
        documents__normative__repealed=1,
        documents__normative__in_force=20,
    )
    assert "上年 17 + 制发 3 − 废止 1 = 19" in message(
        made, "R302", last(documents__normative__in_force=17)
    )
    assert codes(made, before=last(documents__normative__in_force=18)) == []
    gone = report(documents__normative__repealed=5)
    assert codes(gone, before=last(documents__normative__in_force=3)) == ["R303"]


@pytest.mark.parametrize(
    ("now", "before", "flagged"),
    [(1200, 120, True), (150, 120, False), (29, 0, False), (30, 0, True), (3, 40, True)],
)
def test_leaps(now, before, flagged):
    made = report(licensing__licence__decided=now)
    found = codes(made, "R3", before=last(licensing__licence__decided=before))
    assert found == (["R304"] if flagged else [])


WRITTEN = (
    "我局对标先进地区，政策解读形式仍然偏少，个别股室报送信息不够及时，基层业务人员更换频繁。"
    "今后将增加图解和视频解读，按月通报各股室报送情况，每半年组织一次业务培训，确保新上岗人员"
    "及时掌握公开要求，并把办理质量列入股室考评。"
)
FRESH = (
    "本年度主要不足是目录更新偶有滞后，群众来电咨询反映检索不便，镇村两级衔接还不顺畅。"
    "已经会同信息中心重新编排栏目，增设检索入口，安排专人每周巡查，并与各镇签订衔接清单，"
    "明确由谁发布、何时发布、由谁复核，全年巡查情况见县政府网站。"
)


def test_prose_copied_from_last_year():
    made, before = report(), last()
    made.prose["problems"], before.prose["problems"] = Prose(WRITTEN), Prose(WRITTEN)
    assert "100% 的文字" in message(made, "R305", before)
    half = WRITTEN[: len(WRITTEN) // 2] + FRESH[: len(FRESH) // 2]
    made.prose["problems"] = Prose(half)
    made.limits = Limits(similarity=80)
    assert codes(made, before=before) == []
    made.prose["problems"], made.limits = Prose(FRESH), Limits()
    assert codes(made, before=before) == []


def test_the_report_compared_is_that_of_the_year_before():
    before = last()
    before.year, before.bureau = 2022, Bureau("乙县水务局")
    assert codes(report(), before=before) == ["R306", "R306"]
