"""Transcripts: what is typed, what is said, what the draft then holds."""

import contextlib
import os
import random
import signal
import time
from pathlib import Path

import pytest

from govdisclose.formats import draft
from govdisclose.interview import loop, review, session
from govdisclose.model.notices import NEWEST
from govdisclose.model.report import Bureau, Part, Prose, Report
from tests.cli.test_cli import SAMPLES
from tests.support.cli import LANGXI, run

DRAFT = "甲县乙局2024.toml"
PARTICULARS = ["甲县乙局", "2024", "1", "中心路1号", "000-1", "000000", "", "甲县网站"]
OVERVIEW = ["公开信息3条。", "都在网上。", ".", "没有收到申请。", ".", "", "", ""]
DISCLOSURE = ["0 0 0", "1 0 5", "12", "３件", "0", "1,234.50万元"]
APPLICATIONS = ["58 7 0 0 1 0", "2", "", *["0"] * 21, "60, 7, 0, 0, 1, 0"]
DISPUTES = ["", "1 0 0 0", "0", "0"]
PROBLEMS = ["形式单一。", ".", "多样。", "."]
OTHER = ["没有收取信息处理费。", "."]
WHOLE = [*PARTICULARS, *OVERVIEW, *DISCLOSURE, *APPLICATIONS, *DISPUTES, *PROBLEMS, *OTHER]


class Script:
    """A terminal that types what a list holds."""

    def __init__(self, typed: list[str]) -> None:
        self.typed = iter(typed)
        self.said: list[str] = []

    def say(self, text: str = "") -> None:
        self.said.append(text)

    def line(self, prompt: str, proposal: str = "", hint=None) -> str:
        self.say(prompt)
        try:
            return next(self.typed) or proposal
        except StopIteration:
            raise EOFError from None

    def lines(self, prompt, words=(), text=""):
        return self.line(f"{text}\n{prompt}", "")

    def edit_table(self, report, table, path, save):
        return False

    def choose(self, title, choices):
        return None


def sit(typed: list[str], report: Report | None = None, start: str = "", last=None):
    """An interview with a script from some question on; gives it and what was saved."""
    report = report or Report(year=2024, bureau=Bureau("甲县乙局"))
    saved: list[str] = []
    steps = session.steps(report)
    current = session.Session(
        report, Script(typed), lambda r: saved.append(draft.dumps(r)), steps, last
    )
    asked = (step.question.path for step in steps)
    current.go_to(next(path for path in asked if path.startswith(start)))
    with contextlib.suppress(EOFError, session.Stopped):
        loop.interview(current)
    return current, saved


def figures(report: Report, row: str) -> list:
    table, key = row.split(".")
    return [report.figures.get(cell) for cell in NEWEST.lines[table, key].cells]


def test_a_whole_report_piped_in(tmp_path):
    code, out, _ = run("fill", cwd=tmp_path, stdin="\n".join([*WHOLE, "", ""]).encode())
    reading = draft.loads((tmp_path / DRAFT).read_bytes())
    report = reading.report
    assert code == 0, out
    assert len(report.figures) == 200
    assert report.bureau == Bureau(
        "甲县乙局", "department", "中心路1号", "000-1", "000000", "", "甲县网站"
    )
    assert report.prose["overview"].parts[0].text == "公开信息3条。\n都在网上。"
    assert figures(report, "applications.received") == [58, 7, 0, 0, 1, 0, 66]
    assert figures(report, "applications.carried_in") == [2, 0, 0, 0, 0, 0, 2]
    assert figures(report, "disputes.reconsideration") == [1, 0, 0, 0, 1]
    assert str(report.figures[NEWEST.by_name["fees.charge.collected"]]) == "1234.50"
    assert (tmp_path / "甲县乙局2024年政府信息公开工作年度报告.docx").exists()


def test_the_end_of_input_keeps_every_answer_and_says_how_to_go_on(tmp_path):
    for count in (1, 2, 9, 20, 40):
        folder = tmp_path / str(count)
        folder.mkdir()
        code, out, _ = run("fill", cwd=folder, stdin="\n".join(WHOLE[:count]).encode())
        [path] = folder.glob("*.toml")
        assert code == 130
        assert f"接着填：govdisclose fill {path.name}" in out


def test_going_on_asks_what_is_missing(tmp_path):
    run("fill", cwd=tmp_path, stdin="\n".join(WHOLE[:25]).encode())
    code, out, _ = run("fill", "--from", DRAFT, cwd=tmp_path, stdin=b"1\n\n")
    assert code == 130
    assert "[1/" in out
    assert "单位全称" not in out
    code, out, _ = run(
        "fill", "--from", DRAFT, "--section", "6", cwd=tmp_path, stdin="无其他。\n.\n".encode()
    )
    assert draft.loads((tmp_path / DRAFT).read_bytes()).report.prose["other"] == Prose("无其他。")


def test_a_row_that_is_not_understood_is_asked_again():
    current, saved = sit(
        ["58 7", "a b c d e f", "1 2 3 4 5 6 9", "1 2 3 4 5 6 21"], start="applications.received"
    )
    said = "\n".join(current.terminal.said)
    assert "要 6 个数（自然人、商业企业、科研机构、公益组织、法律服务、其他），写了 2 个" in said
    assert "“a”不是数字" in said
    assert "总计写的是 9，各数之和是 21" in said
    assert figures(current.report, "applications.received") == [1, 2, 3, 4, 5, 6, 21]
    assert len(saved) == 1


@pytest.mark.parametrize(
    "typed",
    ["58 7 0 0 1 0", "58,7,0,0,1,0", "５８　７　０　０　１　０", "58\t7\t0\t0\t1\t0\t66",
     "58件、7件、0、0、1件、0", "[58, 7, 0, 0, 1, 0]",
     "一、本年新收政府信息公开申请数量 58 7 0 0 1 0 66"],
)  # fmt: skip
def test_many_ways_to_type_a_row(typed):
    current, _ = sit([typed], start="applications.received")
    assert figures(current.report, "applications.received") == [58, 7, 0, 0, 1, 0, 66]


def test_a_figure_alone_is_that_of_natural_persons_and_is_echoed_before_it_counts():
    current, saved = sit(["5870010", "n", "3", ""], start="applications.received")
    assert figures(current.report, "applications.received") == [3, 0, 0, 0, 0, 0, 3]
    said = "\n".join(current.terminal.said)
    assert "只写了一个数：自然人 3，总计 3，其余为 0。回车算数，n 重填" in said
    assert len(saved) == 1
    current, _ = sit(["3"], start="documents.rules")
    assert "  要 3 个数，只写了一个；整行都是 0 时才可以只写一个 0" in current.terminal.said


def test_back_skip_undo_and_help():
    current, saved = sit(
        ["1", "", "2", "", "<", "<", "?", "5", "", ">", "u", "q"], start="applications.received"
    )
    assert figures(current.report, "applications.received") == [1, 0, 0, 0, 0, 0, 1]
    assert figures(current.report, "applications.carried_in") == [2, 0, 0, 0, 0, 0, 2]
    assert any("补正后的申请不另计一件" in text for text in current.terminal.said)
    assert len(saved) == 4


def test_no_applications_and_no_disputes_are_one_answer_each():
    current, _ = sit(["0", "0", "0", "0"], start="applications.received")
    assert figures(current.report, "applications.carried_out") == [0] * 7
    assert figures(current.report, "disputes.litigation_after") == [0] * 5
    assert current.step.question.path == "problems.存在的主要问题"


def test_a_pasted_block_is_shown_and_taken_after_enter():
    rows = [line.row for line in NEWEST.tables["applications"].lines]
    values = [f"{n % 3} 0 0 0 0 0" for n in range(len(rows))]
    values[23] = f"{sum(n % 3 for n in range(2, 23))} 0 0 0 0 0"
    for labels in (True, False):
        text = "\n".join(
            (row.text + "\t" if labels else "") + value.replace(" ", "\t")
            for row, value in zip(rows, values, strict=True)
        )
        current, _ = sit([text, "", ""], start="applications.received")
        assert figures(current.report, "applications.excessive")[0] == 18 % 3
        assert figures(current.report, "applications.carried_out")[0] == 24 % 3
        assert any("读出 25 行" in said for said in current.terminal.said)
    current, saved = sit([text, "n"], start="applications.received")
    assert saved == []
    wrong = text.replace(values[23].replace(" ", "\t"), "9\t9\t9\t9\t9\t9")
    current, saved = sit([wrong, ""], start="applications.received")
    assert any("R202" in said or "总计" in said for said in current.terminal.said)


def test_a_figure_in_a_wrong_column_is_seen_before_the_last_row_is_answered():
    typed = ["3", "", "0", "0 0 3 0 0 0", *["0"] * 21]
    current, _ = sit(typed, start="applications.received")
    said = "\n".join(current.terminal.said)
    assert "科研机构 -3" in said
    assert "填错了栏，打 = 去改" in said


def test_what_does_not_balance_is_said_and_can_be_mended_at_once():
    current, _ = sit(
        ["3", "", "0", *["0"] * 22, "99", "24", "3", ""], start="applications.received"
    )
    said = "\n".join(current.terminal.said)
    assert "按第一项加第二项减第三项（七）：自然人 3" in said
    assert "这一部分的数字对不上" in said
    assert figures(current.report, "applications.carried_out")[0] == 3


def test_last_year_gives_proposals():
    last = draft.loads(LANGXI.read_bytes()).report
    last.put({NEWEST.by_name["applications.carried_out.natural_person"]: 4})
    last.put({NEWEST.by_name["documents.normative.in_force"]: 8})
    current, _ = sit(["5", "", ""], start="applications.received", last=last)
    assert figures(current.report, "applications.carried_in")[0] == 4
    assert "  上年：0 0 0 0 0 0" in current.terminal.said
    current, _ = sit(["2 1"], start="documents.normative", last=last)
    assert figures(current.report, "documents.normative") == [2, 1, 9]
    current, _ = sit([""], start="documents.normative", last=last)
    assert figures(current.report, "documents.normative") == [0, 0, 8]


def test_a_draft_keeps_the_figures_of_last_year_it_is_checked_by(tmp_path):
    typed = "\n".join(["甲县乙局", "2025", "q", ""]).encode()
    run("fill", "--last-year", SAMPLES / "淮安市人民政府2024.toml", cwd=tmp_path, stdin=typed)
    report = draft.loads((tmp_path / "甲县乙局2025.toml").read_bytes()).report
    assert report.last_year[NEWEST.by_name["applications.carried_out.natural_person"]] == 103
    assert report.bureau.kind == "government"


def test_a_wording_is_offered_and_never_put_in_unasked():
    current, saved = sit(["d", "x"], start="overview.依申请公开")
    assert any("d 调出拟好的一段来改" in said for said in current.terminal.said)
    assert any("〔本年新收总计〕" in said for said in current.terminal.said)
    assert len(saved) == 1
    assert current.report.prose["overview"].parts[0].text == "x"
    last = draft.loads(LANGXI.read_bytes()).report
    current, saved = sit(["l", "<"], start="overview.监督保障", last=last)
    assert any("主要负责人" in said for said in current.terminal.said)
    assert saved == []


def test_the_officers_editor_changes_a_text(monkeypatch, tmp_path):
    editor = tmp_path / "editor"
    editor.write_text("#!/bin/sh\nprintf '改过的\\n' > \"$1\"\nexit $CODE\n")
    editor.chmod(0o755)
    monkeypatch.setenv("VISUAL", str(editor))
    for code in ("0", "3"):
        monkeypatch.setenv("CODE", code)
        current, _ = sit(["原来的", "<", "e"], start="problems.存在的主要问题")
        assert current.report.prose["problems"].parts[0].text == "改过的"
    monkeypatch.setenv("VISUAL", "/no/such/editor")
    current, _ = sit(["原来的", "<", "e"], start="problems.存在的主要问题")
    assert current.report.prose["problems"].parts[0].text == "原来的"


def test_a_warning_is_acknowledged_in_the_review():
    report = draft.loads(LANGXI.read_bytes()).report
    report.put({NEWEST.by_name["documents.rules.in_force"]: 2})
    saved: list[str] = []
    current = session.Session(
        report,
        Script(["", "属于例外"]),
        lambda r: saved.append(draft.dumps(r)),
        session.steps(report),
    )
    findings = review.review(current)
    number = [f.code for f in findings].index("R205") + 1
    assert any(f"k{number} R205 待核" in said for said in current.terminal.said)
    assert any("1 月 31 日前公布" in said for said in current.terminal.said)
    assert review.acknowledge(current, findings, f"k{number}")
    assert report.acknowledged == ()
    assert review.acknowledge(current, findings, f"k {number}")
    assert "属于例外" in saved[-1]
    assert "R205 提示" in " ".join(f"{f.code} {f.severity.label}" for f in review.review(current))
    assert not review.acknowledge(current, findings, "k99")


def test_a_paste_with_a_hole_asks_the_hole_and_nothing_else():
    lines = NEWEST.tables["applications"].lines
    skipped = ("state_secret", "handled")
    kept = [line.row for line in lines if line.row.key not in skipped]
    text = "\n".join(f"{row.text}\t1\t\t1,234\t0\t0\t0" for row in kept[:3])
    text += "\n" + "\n".join(f"{row.text} 1 0 0 0 0 x 0" for row in kept[3:4])
    text += "\n" + "\n".join(f"{row.text} 0 0 0 0 0 0" for row in kept[4:])
    current, _ = sit([text, ""], start="applications.received")
    said = "\n".join(current.terminal.said)
    assert "没有读懂：三（二）部分公开：“x”不是数字" in said
    assert figures(current.report, "applications.received")[:3] == [1, None, 1234]
    assert current.step.question.path == "applications.received"
    text = text.replace("\t\t", "\t0\t")
    current, _ = sit([text, ""], start="applications.received")
    assert current.step.question.path == "applications.partly_granted"
    current, _ = sit([text, "", "1 0 0 0 0 0", "0 0 0 0 0 0"], start="applications.received")
    assert current.step.question.path == "disputes"


def test_a_paste_without_figures_is_refused():
    current, saved = sit(["只有文字\n没有数"], start="applications.received")
    assert saved == []
    assert any("没有读出数字" in said for said in current.terminal.said)


def test_the_one_line_of_disputes_fills_three_rows():
    line = "72 64 178 37 351 13 4 8 1 26 12 1 1 6 20"
    current, _ = sit([line, ""], start="disputes")
    assert figures(current.report, "disputes.litigation_after") == [12, 1, 1, 6, 20]
    assert current.step.question.path == "problems.存在的主要问题"


def test_braces_in_a_text_are_printed_as_they_are():
    text = "问题是{待补}，申请{applications.received.total}件。"
    current, saved = sit([text], start="problems.存在的主要问题")
    assert current.report.prose["problems"].parts[0].text == text.replace("{待补}", "{{待补}}")
    assert draft.loads(saved[-1].encode()).findings == []


@pytest.mark.parametrize("typed", ["q", "n", "ｎ"])
def test_the_review_prints_only_on_enter(tmp_path, typed):
    answers = ["?", "abc", "9", typed]
    stdin = "\n".join([*WHOLE, *answers, ""]).encode()
    code, out, _ = run("fill", cwd=tmp_path, stdin=stdin)
    assert code == 0
    assert out.count("没有看懂") == 2
    assert "收回第 3 条的确认" in out
    assert list(tmp_path.glob("*.docx")) == []


def test_a_document_polished_by_hand_is_left_alone(tmp_path):
    name = "甲县乙局2024年政府信息公开工作年度报告"
    (tmp_path / f"{name}.docx").write_bytes(b"polished")
    _, out, _ = run("fill", cwd=tmp_path, stdin="\n".join([*WHOLE, "", ""]).encode())
    assert (tmp_path / f"{name}.docx").read_bytes() == b"polished"
    assert f"{name}-2.docx" in out


def test_going_on_remembers_last_year(tmp_path):
    last = SAMPLES / "淮安市人民政府2024.toml"
    stdin = "\n".join(["甲县乙局", "2025", "q", ""]).encode()
    _, out, _ = run("fill", "--last-year", last, cwd=tmp_path, stdin=stdin)
    assert f"fill 甲县乙局2025.toml --last-year {last}" in out
    stdin = b"5 0 0 0 0 0\n\n"
    _, out, _ = run(
        "fill", "--from", "甲县乙局2025.toml", "--section", "3", cwd=tmp_path, stdin=stdin
    )
    assert "[103 0 0 0 0 0]" in out


def test_parts_alike_and_empty_ones_are_kept():
    prose = Prose("", (Part("其他", "甲"), Part("空的", ""), Part("其他", "乙")))
    report = Report(year=2024, bureau=Bureau("甲"), prose={"overview": prose})
    steps = [step for step in session.steps(report) if step.question.path.startswith("overview")]
    paths = [step.question.path for step in steps]
    assert paths[-3:] == ["overview.其他", "overview.空的", "overview.其他.1"]
    typed = [*[""] * 5, ">", "", "改写"]
    current = session.Session(report, Script(typed), lambda r: None, steps)
    with contextlib.suppress(EOFError):
        loop.interview(current)
    assert report.prose["overview"].parts == (
        Part("其他", "甲"),
        Part("空的", ""),
        Part("其他", "改写"),
    )


def test_what_the_disk_refuses_is_saved_elsewhere_and_told(tmp_path, monkeypatch):
    from govdisclose.cli.fill import leave
    from govdisclose.interview.autosave import AutoSave
    from govdisclose.model.finding import Unusable

    keeper = AutoSave(tmp_path / "a.toml", None, print)
    current, _ = sit(["1 0 1"], start="documents.rules")
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))

    def refuse(report):
        raise Unusable("磁盘已满")

    current.save, current.is_saved = refuse, False
    assert leave(current, keeper, None, 0) == 2
    assert any("原处存不下" in said for said in current.terminal.said)
    assert figures(
        draft.loads((tmp_path / "甲县乙局2024.toml").read_bytes()).report, "documents.rules"
    ) == [1, 0, 1]


def test_a_draft_somebody_has_changed_is_not_removed_by_a_new_name(tmp_path, monkeypatch):
    from govdisclose.interview.autosave import AutoSave

    monkeypatch.chdir(tmp_path)
    keeper = AutoSave(None, None, print)
    report = Report(year=2024, bureau=Bureau("甲局"))
    keeper.save(report)
    Path("甲局2024.toml").write_text("别人改的", "utf-8")
    report.bureau = Bureau("乙局")
    keeper.save(report)
    assert Path("甲局2024.toml").read_text("utf-8") == "别人改的"
    assert Path("乙局2024.toml").exists()


def test_a_link_to_a_draft_is_followed(tmp_path):
    (tmp_path / "real.toml").write_bytes(LANGXI.read_bytes())
    (tmp_path / "link.toml").symlink_to("real.toml")
    run("fill", "--from", "link.toml", cwd=tmp_path, stdin="2\n丁局\nq\n".encode())
    assert (tmp_path / "link.toml").is_symlink()
    assert "丁局" in (tmp_path / "real.toml").read_text("utf-8")


def test_a_full_disk_loses_no_answer():
    from govdisclose.model.finding import Unusable

    saved: list[Report] = []

    def save(report: Report) -> None:
        if len(saved) < 1 and report.figures:
            saved.append(Report())
            raise Unusable("磁盘已满")
        saved.append(report.copy())

    report = Report(year=2024, bureau=Bureau("甲"))
    steps = [step for step in session.steps(report) if step.chapter.startswith("二")]
    current = session.Session(report, Script(["1 0 1", "2 0 2"]), save, steps)
    with contextlib.suppress(EOFError):
        loop.interview(current)
    assert any("没有存上：磁盘已满" in said for said in current.terminal.said)
    assert figures(saved[-1], "documents.rules") == [1, 0, 1]


def test_headings_of_last_year_are_proposed_and_kept_in_order():
    last = draft.loads((SAMPLES / "淮安市人民政府2024.toml").read_bytes()).report
    report = Report(year=2025, bureau=Bureau("甲"))
    asked = [step.question.path for step in session.steps(report, last)]
    assert "overview.依申请公开情况" in asked
    steps = [step for step in session.steps(report, last) if step.chapter.startswith("一")]
    current = session.Session(report, Script(["", "乙", "<", "<", "甲", "q"]), print, steps, last)
    current.save = lambda report: None
    with contextlib.suppress(session.Stopped):
        loop.interview(current)
    headings = [part.heading for part in report.prose["overview"].parts]
    assert headings == ["主动公开情况", "依申请公开情况"]


def test_a_bureau_without_applications_takes_20_keys_for_200_figures():
    typed = ["0"] * 6 + ["0", "0", "0"] + ["0"]
    current, _ = sit(typed, start="documents.rules")
    assert len(current.report.figures) == 200
    assert sum(len(answer) + 1 for answer in typed) == 20


def test_a_draft_changed_by_somebody_else_is_left_alone(tmp_path):
    from govdisclose.interview.autosave import AutoSave

    path = tmp_path / "a.toml"
    path.write_bytes(LANGXI.read_bytes())
    told: list[str] = []
    keeper = AutoSave(path, path, told.append)
    report = draft.loads(LANGXI.read_bytes()).report
    keeper.save(report)
    path.write_text("year = 2024\n", "utf-8")
    keeper.save(report)
    assert path.read_text("utf-8") == "year = 2024\n"
    assert keeper.path == tmp_path / "a-2.toml"
    assert "没有覆盖" in told[0]
    keeper.save(report)
    assert len(list(tmp_path.iterdir())) == 2


def test_a_draft_with_mistakes_is_not_gone_on_with(tmp_path):
    (tmp_path / "a.toml").write_text("year = 2024\n[bureau]\nnmae = '甲'\n", "utf-8")
    before = (tmp_path / "a.toml").read_bytes()
    code, _, err = run("fill", "--from", "a.toml", cwd=tmp_path)
    assert code == 2
    assert "D002" in err
    assert (tmp_path / "a.toml").read_bytes() == before


def test_gbk_input_under_another_locale(tmp_path):
    run("fill", cwd=tmp_path, stdin="甲县乙局\n2024\n".encode("gbk"), LANG="C", PYTHONUTF8="0")
    assert [p.name for p in tmp_path.glob("*.toml")] == [DRAFT]


def test_killed_at_any_moment_every_answer_given_is_on_disk(tmp_path):
    """A real process and kill -9, 200 times; asking on means the answer is on disk."""
    from govdisclose.interview.autosave import AutoSave

    saves = [""]
    report = Report(year=2024)
    current = session.Session(
        report, Script(WHOLE), lambda r: saves.append(draft.dumps(r)), session.steps(report)
    )
    with contextlib.suppress(EOFError):
        loop.interview(current)
    random.seed(7)
    unfinished = 0
    for number in range(200):
        path = tmp_path / f"{number}.toml"
        asked, told = os.pipe()
        child = os.fork()
        if child == 0:
            keeper = AutoSave(path, None, print)

            def save(report, keeper=keeper, told=told):
                keeper.save(report)
                os.write(told, b".")

            fresh = Report(year=2024)
            with contextlib.suppress(BaseException):
                loop.interview(session.Session(fresh, Script(WHOLE), save, session.steps(fresh)))
            os._exit(0)
        os.close(told)
        time.sleep(random.uniform(0, 0.12))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        count = len(os.read(asked, 10_000))
        os.close(asked)
        held = path.read_text("utf-8") if path.exists() else ""
        assert held in saves
        assert saves.index(held) >= count
        unfinished += 0 < count < len(saves) - 1
    assert unfinished > 50
