"""The review as a place: numbers that stay, faults that open and come back."""

import contextlib
from dataclasses import replace

from govdisclose.formats import draft
from govdisclose.interview import review, session
from govdisclose.model.notices import NEWEST
from tests.interview.test_loop import Script, figures
from tests.support.cli import LANGXI, run


def sitting(typed: list[str], **changes: int):
    """A review of 郎溪 with some figures changed; gives it and whether it printed."""
    report = draft.loads(LANGXI.read_bytes()).report
    report.put({NEWEST.by_name[name.replace("__", ".")]: v for name, v in changes.items()})
    current = session.Session(report, Script(typed), lambda r: None, [])
    printed: list[int] = []
    with contextlib.suppress(EOFError):
        review.sit(current, lambda: printed.append(1))
    return current, printed


def said(current) -> str:
    return "\n".join(current.terminal.said)


def test_enter_prints_where_nothing_is_wrong():
    assert sitting([""])[1] == [1]
    assert sitting(["n"])[1] == []


def test_enter_goes_to_the_first_fault_and_comes_back():
    current, printed = sitting(["", "0 0 0 0 0 0", ""], applications__received__natural_person=1)
    assert "R203" in said(current)
    assert printed == []
    current, printed = sitting(
        ["", "1 0 0 0 0 0", "", ""], applications__received__natural_person=1
    )
    assert figures(current.report, "applications.carried_out")[0] == 1


def test_every_answer_is_a_line_that_opens_and_comes_back():
    current, _ = sitting(["四", "1", "1 0 0 0", "0", "5", "0563-1234567", ""])
    assert figures(current.report, "disputes.reconsideration") == [1, 0, 0, 0, 1]
    current, _ = sitting(["0", "5", "0563-1234567", "n"])
    assert current.report.bureau.telephone == "0563-1234567"


def test_findings_keep_their_numbers_for_the_whole_sitting():
    current, _ = sitting(
        ["k1 属于例外", "k2 属于例外", "k-1", "n"],
        documents__rules__in_force=2,
        fees__charge__collected=200000,
    )
    text = said(current)
    assert "已确认：R205，属于例外" in text
    assert text.count("k1 R205 待核") == 2
    assert "k-1 R205 提示" in text
    assert "已确认：R206，属于例外" in text
    assert [item.rule for item in current.report.acknowledged] == ["R206"]


def test_several_are_acknowledged_at_once_and_shown():
    current, _ = sitting(
        ["k1 2 已核对", "n"], documents__rules__in_force=2, fees__charge__collected=200000
    )
    assert {item.reason for item in current.report.acknowledged} == {"已核对"}
    assert len(current.report.acknowledged) == 2
    assert "R205  " in said(current)
    current, _ = sitting(["u", "n"])
    assert "没有可以撤销的" in said(current)
    current, _ = sitting(["k1 x", "u", "n"], documents__rules__in_force=2)
    assert current.report.acknowledged == ()
    assert "已撤销：待核的确认" in said(current)


def test_a_number_that_is_not_there_and_an_acknowledgement_without_a_reason():
    current, _ = sitting(["k99", "k1", "", "n"], documents__rules__in_force=2)
    assert "没有第 99 条" in said(current)
    assert current.report.acknowledged == ()


def test_keys_mean_the_same_in_the_review():
    current, _ = sitting(["?", "v", "<", "q"])
    assert "上一题" in said(current)
    assert "本年新收" in said(current)
    assert "六、其他需要报告的事项" in said(current)


def test_fill_with_nothing_missing_goes_to_the_review(tmp_path):
    (tmp_path / "a.toml").write_bytes(LANGXI.read_bytes())
    code, out, _ = run("fill", "a.toml", "--missing", cwd=tmp_path, stdin=b"n\n")
    assert code == 0
    assert "== 核对 ==" in out
    assert "每答一题" not in out


def test_a_section_by_its_printed_number(tmp_path):
    for number in ("三", "3", "第三部分"):
        (tmp_path / "a.toml").write_bytes(LANGXI.read_bytes())
        stdin = b"1 0 0 0 0 0\nq\n"
        _, out, _ = run("fill", "a.toml", "--section", number, cwd=tmp_path, stdin=stdin)
        assert "== 三、" in out
        report = draft.loads((tmp_path / "a.toml").read_bytes()).report
        assert figures(report, "applications.received")[0] == 1
    code, _, err = run("fill", "a.toml", "--section", "9", cwd=tmp_path)
    assert code == 2
    assert "没有第 9 部分" in err


def test_a_draft_whose_year_is_changed_becomes_a_new_file(tmp_path):
    (tmp_path / "a.toml").write_bytes(LANGXI.read_bytes())
    stdin = b"2\n\n2025\nq\n"
    _, out, _ = run("fill", "a.toml", cwd=tmp_path, stdin=stdin)
    assert (tmp_path / "a.toml").read_bytes() == LANGXI.read_bytes()
    assert "没有动，2025 年的另存为" in out
    made = tmp_path / "郎溪县科技工信局2025.toml"
    assert draft.loads(made.read_bytes()).report.year == 2025


def test_f_makes_the_repairs_that_check_would_and_says_each():
    report = draft.loads(LANGXI.read_bytes()).report
    part = report.prose["overview"].parts[0]
    wrong = part._replace(text=part.text.replace("，", ",", 1))
    report.prose["overview"] = replace(
        report.prose["overview"], parts=(wrong, *report.prose["overview"].parts[1:])
    )
    current = session.Session(report, Script(["f", "u", "f", "n"]), lambda r: None, [])
    review.sit(current, lambda: None)
    assert "打 f 代改" in said(current)
    assert "“,”改为“，”" in said(current)
    assert "已撤销：一、总体情况的文字" in said(current)
    assert current.report.prose["overview"].parts[0] == part
