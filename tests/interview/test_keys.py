"""The one key map: the same at questions, in lists, in texts and in the review."""

import pytest

from govdisclose.interview.keys import EVERYWHERE, KEYS, key_of, parted
from govdisclose.interview.loop import COMMANDS
from govdisclose.model.notices import NEWEST
from govdisclose.model.report import Bureau, Prose, Report
from tests.interview.test_loop import Script, figures, sit


def said(current) -> str:
    return "\n".join(current.terminal.said)


def test_every_key_does_something_and_is_known_full_width_too():
    assert set(COMMANDS) == set(KEYS)
    assert key_of(" ＜") == "<"
    assert key_of("Ｑ") == "q"
    assert key_of("qq") == ""


def test_a_key_on_a_line_of_its_own_ends_a_text():
    assert parted("第一段\n第二段\n<") == ("第一段\n第二段", "<")
    assert parted("<") == ("", "<")
    assert parted("第一段\n第二段") == ("第一段\n第二段", "")
    current, saved = sit(["甲。\n<", "q"], start="problems.存在")
    assert current.report.prose["problems"].parts[0].text == "甲。"
    assert current.step.question.path.startswith("disputes")
    assert len(saved) == 1


@pytest.mark.parametrize("key", EVERYWHERE)
def test_a_key_in_a_list_means_what_it_means_at_a_question(key):
    current, saved = sit(["5 0 0 0 0 0", "=", key, "q"], start="applications.received")
    if key == "u":
        assert "已撤销：一、本年新收政府信息公开申请数量｜自然人：5 → ?" in said(current)
        assert figures(current.report, "applications.received") == [None] * 7
    else:
        assert len(saved) == 1
    assert "没有编号" not in said(current)


def test_yes_is_enter_or_y_and_nothing_else():
    for typed, is_taken in (("", True), ("Y", True), ("好", False), ("0", False), ("n", False)):
        current, _ = sit(["3", typed], start="applications.received")
        assert (figures(current.report, "applications.received")[0] == 3) is is_taken


def test_undo_says_what_it_took_back_and_asks_it_again():
    current, _ = sit(["文字。", "u", "q"], start="problems.存在")
    assert "已撤销：五、存在的主要问题及改进情况的文字" in said(current)
    assert current.step.question.path == "problems.存在的主要问题"
    current, _ = sit(["u", "q"], start="problems.存在")
    assert "没有可以撤销的" in said(current)


def test_a_dash_clears_a_particular_a_text_and_a_row():
    report = Report(year=2024, bureau=Bureau("甲局", telephone="0563-7012656"))
    current, _ = sit(["-", "q"], report, start="bureau.telephone")
    assert current.report.bureau.telephone == ""
    current, _ = sit([" ", "q"], Report(year=2024, bureau=Bureau("甲局")), start="bureau.email")
    assert current.step.question.path == "bureau.website"
    current, _ = sit(["文字。", "<", "-", "q"], start="problems.存在")
    assert current.report.prose["problems"].parts[0].text == ""
    current, _ = sit(["1 2 3", "<", "-", "q"], start="documents.normative")
    assert figures(current.report, "documents.normative") == [None] * 3
    current, saved = sit(["-", "q"], start="year")
    assert saved == []
    assert "不能空着" in said(current)


def test_help_is_one_line_and_not_the_legend_again():
    current, _ = sit(["?", "q"], start="applications.received")
    assert said(current).count("每答一题就存盘") == 1
    assert any("g 整张表格里填" in text for text in current.terminal.said)


def test_shapes_are_looked_at_and_never_stop_the_interview():
    current, _ = sit(["12", "0563-7012656", "q"], start="bureau.telephone")
    assert "已记下“12”，请核对：电话通常是" in said(current)
    assert current.report.bureau.postcode == "0563-7012656"
    assert "邮政编码是 6 位数字" in said(current)
    for good in ("0563-7012656", "0517－83605210", "12345678", "0563-7012656转8001"):
        assert "请核对" not in said(sit([good], start="bureau.telephone")[0]), good


@pytest.mark.parametrize(
    ("name", "kind"),
    [("淮安市人民政府", "government"), ("甲县人民政府", "government"),
     ("乙镇人民政府", "department"), ("丙乡人民政府", "department"),
     ("郎溪县科技工信局", "department"),
     ("丁街道办事处", "department")],
)  # fmt: skip
def test_the_kind_of_bureau_is_guessed_from_its_name(name, kind):
    current, _ = sit([name], Report(year=2024), start="bureau.name")
    assert current.report.bureau.kind == kind


def test_money_typed_in_yuan_is_offered_in_ten_thousands():
    current, _ = sit(["961716000元", ""], start="fees.charge")
    assert str(current.report.figures[NEWEST.by_name["fees.charge.collected"]]) == "96171.6"
    current, saved = sit(["961716000元", "n"], start="fees.charge")
    assert saved == []


def test_a_number_in_a_text_is_offered_to_be_bound_and_never_shown_as_an_address():
    report = Report(year=2024, bureau=Bureau("甲局"))
    report.put({cell: 0 for cell in NEWEST.addresses if cell not in NEWEST.sums})
    report.put({NEWEST.by_name["applications.received.natural_person"]: 58})
    text = "本年度新收政府信息公开申请58件。"
    current, _ = sit([text, "b", "<", "q"], report, start="overview.依申请公开")
    assert "58 是〔本年新收总计〕：打 b" in said(current)
    held = current.report.prose["overview"].parts[0].text
    assert held == "本年度新收政府信息公开申请{applications.received.total}件。"
    assert "applications." not in said(current)
    assert "〔本年新收总计〕件" in said(current)


def test_last_years_text_comes_with_its_years_moved_on():
    from govdisclose.formats import draft
    from tests.support.cli import SAMPLES

    last = draft.loads((SAMPLES / "淮安市人民政府2024.toml").read_bytes()).report
    current, _ = sit(["l", "q"], start="overview.依申请公开", last=last)
    report = Report(year=2025, bureau=Bureau("甲"))
    current, _ = sit(["l", "新的。", "q"], report, start="overview.lead", last=last)
    assert any("2025年，淮安市各级行政机关" in text for text in current.terminal.said)
    assert current.report.prose["overview"].lead == "新的。"


def test_stale_totals_are_said_at_once_and_mended_by_one_key():
    report = Report(year=2024, bureau=Bureau("甲局"))
    report.put(dict.fromkeys(NEWEST.lines["applications", "received"].cells[:-1], 0))
    report.figures[NEWEST.by_name["applications.received.total"]] = 5
    current, saved = sit(["f", "u", "q"], report, start="bureau.address")
    assert "总计：写的是 5，各数之和是 0" in said(current)
    assert "已改" in said(current)
    assert current.report.figures[NEWEST.by_name["applications.received.total"]] == 5
    assert len(saved) == 2


def test_the_lead_of_a_section_with_parts_is_asked_only_where_it_is_wanted():
    current, _ = sit([""], Report(year=2024, bureau=Bureau("甲")), start="bureau.website")
    assert current.step.question.path == "overview.主动公开"
    current, _ = sit(["=", "1", "1", "开头。", "q"], start="overview.主动公开")
    assert current.report.prose["overview"].lead == "开头。"


def test_sections_are_numbered_as_printed_and_chosen_so():
    current, _ = sit(["=", "三", "1", "q"], start="documents.rules")
    assert "  3 三、收到和处理政府信息公开申请情况" in said(current)
    assert current.step.question.path == "applications.received"


def test_a_script_has_every_method_of_a_terminal():
    assert not Script([]).edit_table(None, None, "", None)


def test_places_left_open_are_filled_in_by_their_numbers_alone():
    report = Report(year=2025, bureau=Bureau("甲局"))
    report.prose["other"] = Prose(
        "5月【本年日期】培训【本年数】次，{applications.received.total}件。"
    )
    current, _ = sit(["3", "30日 2", "q"], report, start="other.lead")
    assert "上面有 2 处要填" in said(current)
    assert "有 2 处要填，写了 1 个" in said(current)
    assert "applications." not in said(current)
    held = current.report.prose["other"].lead
    assert held == "5月30日培训2次，{applications.received.total}件。"
