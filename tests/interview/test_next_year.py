"""This year's report begun from last year's: nothing of it stands as this year's."""

import re

import pytest

from govdisclose import rules
from govdisclose.formats import draft
from govdisclose.interview import bound_figures, next_year
from govdisclose.model.notices import NEWEST
from govdisclose.model.report import Bureau, Part, Prose, Report
from tests.support.cli import LANGXI, SAMPLES

HUAIAN = SAMPLES / "淮安市人民政府2024.toml"
BY = NEWEST.by_name


def huaian() -> Report:
    return draft.loads(HUAIAN.read_bytes()).report


def moved(text: str, heading: str = "", **figures: int) -> str:
    report = huaian()
    report.put({BY[name.replace("__", ".")]: value for name, value in figures.items()})
    return next_year.moved(report, text, heading)


@pytest.mark.parametrize("sample", [HUAIAN, LANGXI])
@pytest.mark.parametrize("text", [False, True])
def test_no_figure_of_last_year_is_left_and_its_file_still_reads(sample, text):
    last = draft.loads(sample.read_bytes()).report
    report = next_year.begin(last, text=text).report
    assert report.year == 2025
    assert report.bureau == last.bureau
    assert {address.row for address in report.figures} == {"carried_in"}
    assert report.last_year == last.figures
    for at, said in report.texts():
        bare = re.sub(r"\{[^{}]*\}|〔2020〕109号", "", said)
        assert re.findall(r"\d+", bare) in ([], ["2025"], ["2025", "5"]), at
    assert draft.loads(draft.dumps(report).encode()).report == report


def test_what_was_carried_out_is_what_was_carried_in():
    last = huaian()
    report = next_year.begin(last).report
    for column in ("natural_person", "enterprise", "total"):
        assert (
            report.figures[BY[f"applications.carried_in.{column}"]]
            == last.figures[BY[f"applications.carried_out.{column}"]]
        )


def test_headings_come_without_text_and_sentences_only_when_asked_for():
    last = huaian()
    headings = [part.heading for part in last.prose["overview"].parts]
    bare = next_year.begin(last).report.prose["overview"]
    assert bare == Prose("", tuple(Part(heading, "") for heading in headings))
    assert next_year.begin(last, text=True).report.prose["overview"].lead.startswith("2025年")


@pytest.mark.parametrize(
    ("said", "becomes"),
    [
        ("本年度新收政府信息公开申请3119件。", "本年度新收政府信息公开申请{applications.received.total}件。"),
        ("上年结转政府信息公开申请34件。", "上年结转政府信息公开申请{applications.carried_in.total}件。"),
        ("作出行政许可决定447228件。", "作出行政许可决定{licensing.licence.decided}件。"),
        # equal, but no figure of the tables
        ("新收政府信息公开申请3119件，发布信息3119条。",
         "新收政府信息公开申请{applications.received.total}件，发布信息【本年数】条。"),
        ("2024年，较2023年增长12.5%，2025年将继续。", "2025年，较2024年增长【本年数】%，2026年将继续。"),
        ("二〇二四年举办培训三次。", "二〇二五年举办培训【本年数】次。"),
        ("5月30日举办培训。", "5月【本年日期】举办培训。"),
        ("2024年5月20日至26日，举办培训2场。", "2025年5月【本年日期】，举办培训【本年数】场。"),
        ("2024.5.30开会。", "2025.5.【本年日期】开会。"),
        ("公开信息5500余条、1.2万次。", "公开信息【本年数】条、【本年数】次。"),
        ("投入1.2万元。", "投入【本年数】万元。"),
        ("发布会十二场。", "发布会【本年数】场。"),
        ("{applications.received.total}件", "{applications.received.total}件"),
    ],
)  # fmt: skip
def test_every_number_by_its_role(said, becomes):
    assert moved(said) == becomes


@pytest.mark.parametrize(
    "said",
    [
        "按照国办公开办函〔2021〕30号和国务院令第711号",
        "落实《安徽省2024年政务公开工作要点》",
        "条例第二十条第（一）项、第五十条",
        "共六个部分，五个方面",
        "一是加强审核；二是定期清理。",
        "（一）主动公开\n1.公开目录",
        "实行三审三校，做到三到位、一事一审，只说一件事",
        "地址：碧河路6号，电话：0563-7012656，邮编242100",
        "统计期限自1月1日起至12月31日止",
        "在20个工作日内答复",
        "自2019年5月15日起施行",
        "“十四五”时期",
        "5G、A4、12345热线",
        "一次性告知，一批专栏，一名副主任",
        "见http://www.x.gov.cn/2024/5/30.html",
        "例如{{待补}}",
        "碧河路6號，電話：0563-7012656，郵編：242100",
        "优化“1+N”政务新媒体矩阵",
    ],
)
def test_what_is_no_figure_of_last_year_stays(said):
    assert moved(said) == said


def test_a_reading_that_the_tables_bear_out_decides_between_several():
    """共收到 may be 新收 alone or with 结转: a sum cannot be bound, and is left open."""
    assert "【本年数】" in moved("全年共收到政府信息公开申请3153件。")
    assert "{applications.received.total}" in moved("全年共收到政府信息公开申请3119件。")


def test_what_is_left_open_stops_printing():
    report = next_year.begin(huaian(), text=True).report
    assert any(finding.code == "R503" for finding in rules.check(report))


def test_a_bound_figure_reads_by_its_name_and_comes_back():
    report = huaian()
    text = "新收申请{applications.received.total}件，许可{licensing.licence.decided}件{{注}}。"
    shown = bound_figures.readable(text, report)
    assert shown == "新收申请〔本年新收总计〕件，许可〔行政许可〕件{{注}}。"
    assert bound_figures.from_readable(shown, NEWEST) == text
    names = [bound_figures.label(NEWEST, address) for address in NEWEST.addresses]
    assert len(set(names)) == len(names)


def test_a_number_behind_a_bound_one_is_found_where_it_stands():
    report = huaian()
    text = "新收政府信息公开申请{applications.received.total}件，上年结转34件。"
    [number] = bound_figures.figures_in(report, text)
    assert text[number.start : number.end] == "34"
    assert number.cell == BY["applications.carried_in.total"]
    assert bound_figures.bound(text, [number]).endswith("{applications.carried_in.total}件。")


def test_a_report_without_a_year_or_figures():
    with pytest.raises(Exception, match="年份"):
        next_year.begin(Report())
    report = next_year.begin(Report(year=2024, bureau=Bureau("甲局"))).report
    assert report.figures == {}
