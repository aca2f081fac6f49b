import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import docx
import pytest

from govdisclose.formats import draft, word
from govdisclose.model.report import Report
from tests.support.cli import FAULTY, LANGXI, SAMPLES, run, run_in_bytes
from tests.support.generator import reports, write

DOCUMENT = "郎溪县科技工信局2024年政府信息公开工作年度报告.docx"


def test_alone_it_shows_the_short_way(tmp_path):
    code, out, _ = run(cwd=tmp_path)
    assert code == 0
    assert "govdisclose fill" in out


def test_version(tmp_path):
    assert run("--version", cwd=tmp_path)[1].startswith("govdisclose ")


def test_check_is_silent_on_a_sound_draft(tmp_path):
    code, out, err = run("check", LANGXI, cwd=tmp_path)
    assert (code, out) == (0, "")
    assert "没有发现问题" in err


def test_check_says_where_what_and_what_to_do(tmp_path):
    code, out, _ = run("check", FAULTY, cwd=tmp_path)
    assert code == 1
    assert f"{FAULTY}:85:26  R101 错误  三、收到和处理…｜三（五）1.信访举报投诉类申请：" in out


def test_check_json_prints_nothing_but_json(tmp_path):
    code, out, _ = run("check", FAULTY, LANGXI, "--json", cwd=tmp_path)
    data = json.loads(out)
    assert code == 1
    assert [file["file"] for file in data["files"]] == [str(FAULTY), str(LANGXI)]
    first = data["files"][0]["findings"][0]
    keys = ["code", "severity", "at", "line", "column", "message", "span", "repairs"]
    assert list(first) == keys
    assert {f["severity"] for f in data["files"][0]["findings"]} <= {"error", "warning", "hint"}
    assert data["files"][1]["findings"] == []


def test_json_is_utf8_whatever_the_console_takes(tmp_path):
    printed = b""
    for encoding in ("utf-8", "gbk"):
        done = run_in_bytes("check", FAULTY, "--json", cwd=tmp_path, PYTHONIOENCODING=encoding)
        assert printed in (b"", done.stdout)
        printed = done.stdout
    assert "总计" in printed.decode("utf-8")


def test_check_takes_folders_and_patterns(tmp_path):
    for words in ([SAMPLES / "示例县"], [SAMPLES / "示例县" / "*教育*.toml"]):
        code, _, err = run("check", *words, cwd=tmp_path)
        assert code == 0
        assert "示例县教育局2024.toml" in err


def test_render_puts_the_document_where_it_belongs(tmp_path):
    (tmp_path / "a.toml").write_bytes(LANGXI.read_bytes())
    code, out, _ = run("render", "a.toml", cwd=tmp_path)
    assert (code, out.strip()) == (0, DOCUMENT)
    report = draft.loads(LANGXI.read_bytes()).report
    assert word.loads((tmp_path / DOCUMENT).read_bytes()).report.figures == report.figures
    assert run("render", "a.toml", "-o", "b/c.docx", cwd=tmp_path)[0] == 0
    assert (tmp_path / "b" / "c.docx").read_bytes() == (tmp_path / DOCUMENT).read_bytes()


def test_render_refuses_on_an_error_unless_forced_and_then_marks_it(tmp_path):
    code, out, err = run("render", FAULTY, "-o", tmp_path, cwd=tmp_path)
    assert (code, out, list(tmp_path.iterdir())) == (1, "", [])
    assert "R201" in err
    assert "--force" in err
    code, out, _ = run("render", FAULTY, "-o", tmp_path, "--force", cwd=tmp_path)
    assert code == 1
    header = docx.Document(out.strip()).sections[0].header
    assert "草稿" in "".join(p.text for p in header.paragraphs)


def test_a_bad_draft_does_not_stop_the_others(tmp_path):
    (tmp_path / "坏.toml").write_bytes(b"\0\0")
    code, out, err = run(
        "render",
        tmp_path / "坏.toml",
        FAULTY,
        LANGXI,
        "没有.toml",
        "-o",
        tmp_path / "出",
        cwd=tmp_path,
    )
    assert code == 2
    assert out.split() == [str(tmp_path / "出" / DOCUMENT)]
    assert "不是文本文件" in err
    assert "没有这个文件" in err
    assert "[3/4]" in err


def test_two_drafts_of_one_bureau_do_not_overwrite_each_other(tmp_path):
    for name in ("a.toml", "b.toml"):
        (tmp_path / name).write_bytes(LANGXI.read_bytes())
    code, out, err = run("render", "a.toml", "b.toml", "-o", "出", cwd=tmp_path)
    assert code == 2
    assert len(out.split()) == 1
    assert "没有覆盖" in err


@pytest.mark.parametrize("name", ["../../etc/甲", "a\\b/c", "CON", "甲\n乙", "..", "长" * 300])
def test_a_name_from_a_draft_stays_in_the_folder(tmp_path, name):
    report = draft.loads(LANGXI.read_bytes()).report
    report.bureau = report.bureau.__class__(name)
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.toml").write_text(draft.dumps(report), "utf-8")
    run("render", tmp_path / "in" / "a.toml", "-o", tmp_path / "out", "--force", cwd=tmp_path)
    assert {p.name for p in tmp_path.iterdir()} == {"in", "out"}
    assert len(list((tmp_path / "out").iterdir())) == 1


def test_the_earlier_document_stays_when_writing_fails(tmp_path):
    (tmp_path / DOCUMENT).mkdir()
    code, _, err = run("render", LANGXI, "-o", tmp_path, cwd=tmp_path)
    assert code == 2
    assert "没有覆盖" in err
    assert [p.name for p in tmp_path.iterdir()] == [DOCUMENT]


def test_show_fits_80_columns_and_marks_faults(tmp_path):
    from govdisclose.model.text import wide

    code, out, _ = run("show", FAULTY, cwd=tmp_path, COLUMNS="200")
    assert code == 1
    assert max(wide(line) for line in out.split("\n")) <= 80
    assert "!22" in out
    assert "!三（五）1.信访举报投诉类申请" in out


@pytest.mark.parametrize("command", ["check", "render", "show"])
@pytest.mark.parametrize("target", ["没有.toml", "."])
def test_what_cannot_be_used_is_one_sentence(tmp_path, command, target):
    code, out, err = run(command, target, cwd=tmp_path)
    assert (code, out) == (2, "")
    assert err.startswith("用不了：")
    assert len(err.strip().splitlines()) == 1


def test_a_gbk_console_is_no_obstacle(tmp_path):
    for words in (["show", FAULTY], ["check", FAULTY], [], ["--help"]):
        code, out, _ = run(*words, cwd=tmp_path, PYTHONIOENCODING="gbk")
        assert code in (0, 1)
        assert out


def test_a_new_report_is_blank():
    assert Report().figures == {}


def test_render_in_other_formats(tmp_path):
    for suffix, start in ((".html", b"<!DOCTYPE html>"), (".xlsx", b"PK")):
        code, out, _ = run("render", LANGXI, "--to", suffix[1:], "-o", tmp_path, cwd=tmp_path)
        assert code == 0
        assert Path(out.strip()).suffix == suffix
        assert Path(out.strip()).read_bytes().startswith(start)
        assert run("render", LANGXI, "-o", f"x{suffix}", cwd=tmp_path)[0] == 0
        assert (tmp_path / f"x{suffix}").read_bytes() == Path(out.strip()).read_bytes()
    assert run("render", LANGXI, "-o", "y.html", "--fragment", cwd=tmp_path)[0] == 0
    assert b"<style" not in (tmp_path / "y.html").read_bytes()
    code, _, err = run("render", LANGXI, "-o", "x.odt", cwd=tmp_path)
    assert code == 2
    assert "不能生成 .odt" in err


def test_a_template_is_written_restyled_and_used(tmp_path):
    assert run("template", "-o", "a.docx", "--look", "annex", cwd=tmp_path)[0] == 0
    assert run("render", LANGXI, "--template", "a.docx", "-o", "b.docx", cwd=tmp_path)[0] == 0
    margins = {
        docx.Document(str(tmp_path / n)).sections[0].left_margin for n in ("a.docx", "b.docx")
    }
    assert len(margins) == 1
    code, _, err = run("template", "-o", "a.docx", cwd=tmp_path)
    assert code == 2
    assert "没有覆盖" in err
    (tmp_path / "c.docx").write_bytes(b"PK\x03\x04")
    code, _, err = run("render", LANGXI, "--template", "c.docx", "-o", "d.docx", cwd=tmp_path)
    assert code == 2
    assert len(err.strip().splitlines()) == 1
    assert not (tmp_path / "d.docx").exists()


def test_last_year_is_held_against_this_year(tmp_path):
    huaian = SAMPLES / "淮安市人民政府2024.toml"
    code, out, _ = run("check", LANGXI, "--last-year", huaian, cwd=tmp_path)
    assert code == 0
    assert "R301 待核" in out
    assert run("check", LANGXI, "--last-year", "没有.toml", cwd=tmp_path)[0] == 2


def test_a_warning_is_acknowledged_and_lapses(tmp_path):
    path = tmp_path / "a.toml"
    path.write_bytes(LANGXI.read_bytes())
    text = path.read_text("utf-8").replace(
        "rules     = [   0,   0,       0]", "rules     = [   0,   0,       2]"
    )
    path.write_text(text, "utf-8")
    assert "R205 待核" in run("check", path, cwd=tmp_path)[1]
    code, _, err = run("check", path, "--acknowledge", "R205@documents.rules", cwd=tmp_path)
    assert (code, "请写明确认的理由" in err) == (2, True)
    words = ("check", path, "--acknowledge", "R205@documents.rules", "--reason", "属于例外")
    assert run(*words, cwd=tmp_path)[0] == 0
    out = run("check", path, cwd=tmp_path)[1]
    assert "R205 提示" in out
    assert "已确认：属于例外" in out
    text = path.read_text("utf-8")
    assert "[[acknowledged]]" in text
    path.write_text(text.replace("       2]    # 规章", "       3]    # 规章"), "utf-8")
    out = run("check", path, cwd=tmp_path)[1]
    assert "R205 待核" in out
    assert "已失效" in out
    code, _, err = run("check", FAULTY, "--acknowledge", "R201@x", "--reason", "y", cwd=tmp_path)
    assert (code, "错误，不能确认" in err) == (2, True)


def test_findings_are_chosen_by_code(tmp_path):
    out = run("check", FAULTY, "--only", "R1,r204", "--skip", "R103", cwd=tmp_path)[1]
    codes = {line.split()[1] for line in out.splitlines() if line.startswith(str(FAULTY))}
    assert codes == {"R101", "R204"}


def test_limits_of_an_office(tmp_path):
    (tmp_path / "limits.toml").write_text("[limits]\noverview_longest = 10\n", "utf-8")
    out = run("check", LANGXI, "--limits", "limits.toml", cwd=tmp_path)[1]
    assert "R511 待核" in out
    (tmp_path / "limits.toml").write_text("[limits]\nlongest = 10\n", "utf-8")
    assert run("check", LANGXI, "--limits", "limits.toml", cwd=tmp_path)[0] == 2


def test_every_code_has_its_page_and_stands_in_the_readme(tmp_path):
    from govdisclose.rules import catalogue

    out = run("rules", cwd=tmp_path)[1]
    assert len(out.splitlines()) == len(catalogue.pages())
    for page in catalogue.pages():
        assert page.code in out
    assert "不通过：" in run("rules", "r203", cwd=tmp_path)[1]
    assert run("rules", "R999", cwd=tmp_path)[0] == 2
    assert catalogue.table() in (SAMPLES.parent / "README.md").read_text("utf-8")


def test_a_finding_on_a_text_stands_where_its_words_do(tmp_path):
    text = LANGXI.read_text("utf-8").replace("全年主动公开", "开头。\n2023年，我局主动公开")
    (tmp_path / "a.toml").write_text(text, "utf-8")
    line = text[: text.index("2023年，我局")].count("\n") + 1
    assert f"a.toml:{line}:1  R501" in run("check", "a.toml", cwd=tmp_path)[1]


def test_another_bureaus_document_is_not_overwritten(tmp_path):
    huaian = SAMPLES / "淮安市人民政府2024.toml"
    for name in ("a.docx", "a.xlsx", "a.html"):
        assert run("render", LANGXI, "-o", name, cwd=tmp_path)[0] == 0
        before = (tmp_path / name).read_bytes()
        code, _, err = run("render", huaian, "-o", name, cwd=tmp_path)
        assert (code, "另一份报告" in err) == (2, True)
        assert (tmp_path / name).read_bytes() == before
        assert run("render", LANGXI, "-o", name, cwd=tmp_path)[0] == 0


def test_a_draft_is_never_overwritten_by_a_document(tmp_path):
    (tmp_path / "a.toml").write_bytes(LANGXI.read_bytes())
    code, _, err = run("render", "a.toml", "-o", "a.toml", "--to", "docx", cwd=tmp_path)
    assert (code, "这是草稿" in err) == (2, True)
    assert (tmp_path / "a.toml").read_bytes() == LANGXI.read_bytes()


def test_unknown_codes_and_bad_acknowledgements_are_refused(tmp_path):
    assert run("check", FAULTY, "--only", "R205, R204", cwd=tmp_path)[0] == 1
    assert run("check", FAULTY, "--only", "R999", cwd=tmp_path)[0] == 2
    words = ("--acknowledge", "R205", "--reason", "x")
    assert run("check", FAULTY, *words, cwd=tmp_path)[0] == 2
    assert run("render", LANGXI, "-o", "a.docx", cwd=tmp_path)[0] == 0
    before = (tmp_path / "a.docx").read_bytes()
    words = ("--acknowledge", "R205@documents.rules", "--reason", "x")
    code, _, err = run("check", "a.docx", *words, cwd=tmp_path)
    assert (code, "只有草稿" in err) == (2, True)
    assert (tmp_path / "a.docx").read_bytes() == before


@pytest.mark.parametrize(
    "words", [("check", "x" * 300), ("check", "**x.toml"), ("template", "-o", "x" * 300)]
)
def test_names_no_system_takes_are_one_sentence(tmp_path, words):
    code, _, err = run(*words, cwd=tmp_path)
    assert code == 2
    assert len(err.strip().splitlines()) == 1


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a full device is not here")
@pytest.mark.parametrize("words", [("rules",), ("--help",), ("check", FAULTY), ("schema",)])
def test_a_full_device_is_one_sentence(tmp_path, words):
    with open("/dev/full", "w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "govdisclose", *map(str, words)],
            stdout=full, stderr=subprocess.PIPE, cwd=tmp_path, check=False,
        )  # fmt: skip
    assert done.returncode == 2
    assert b"Traceback" not in done.stderr


def test_a_template_is_not_overwritten_by_a_document(tmp_path):
    run("template", "-o", "t.docx", cwd=tmp_path)
    before = (tmp_path / "t.docx").read_bytes()
    assert run("render", LANGXI, "--template", "t.docx", "-o", "t.docx", cwd=tmp_path)[0] == 2
    assert (tmp_path / "t.docx").read_bytes() == before


def copied(folder) -> tuple[Path, Path]:
    """Two drafts, the second with the prose of the first."""
    one = next(reports(1)).report
    two = replace(one, bureau=replace(one.bureau, name="清河县林业局", telephone="0563-7654321"))
    paths = folder / "一.toml", folder / "二.toml"
    for path, report in zip(paths, (one, two), strict=True):
        path.write_text(draft.dumps(report), "utf-8")
    return paths


def test_several_drafts_are_held_beside_each_other(tmp_path):
    one, two = copied(tmp_path)
    code, out, err = run("check", one, two, cwd=tmp_path)
    assert code == 0
    assert "R602" in out
    assert f"govdisclose check {one} --beside {tmp_path} --acknowledge R602@overview" in err
    assert "R602" in run("check", one, "--beside", tmp_path, cwd=tmp_path)[1]
    assert "R602" not in run("check", one, cwd=tmp_path)[1]
    assert "R602" not in run("check", one, two, "--skip", "R6", cwd=tmp_path)[1]
    assert "R602" not in run("check", one, two, "--only", "R2", cwd=tmp_path)[1]
    assert run("check", one, two, "--only", "R602", cwd=tmp_path)[1].count("  R602 ") == 4


def test_a_copy_that_was_looked_at_is_acknowledged(tmp_path):
    one, two = copied(tmp_path)
    words = ("check", one, "--acknowledge", "R602@overview", "--reason", "合署办公")
    code, _, err = run(*words, cwd=tmp_path)
    assert code == 2
    assert "--beside" in err
    assert run(*words, "--beside", two, cwd=tmp_path)[0] == 0
    out = run("check", one, two, "--only", "R602", cwd=tmp_path)[1]
    assert "已确认：合署办公" in out
    two.write_text(two.read_text("utf-8").replace("主动公开", "公开"), "utf-8")
    assert (
        "已确认：合署办公" in run("check", one, "--beside", two, "--only", "R602", cwd=tmp_path)[1]
    )


def test_many_drafts_are_not_compared_in_silence(tmp_path):
    write(tmp_path / "in", reports(51))
    code, _, err = run("check", "in", cwd=tmp_path)
    assert code == 0
    assert "比对 51/51" in err


def test_check_shows_and_makes_the_repairs_and_keeps_the_old_draft(tmp_path):
    text = LANGXI.read_text("utf-8").replace("全年主动公开", "扎实推进,全年主动公开")
    draft = tmp_path / "a.toml"
    draft.write_text(text, "utf-8")
    _, out, _ = run("check", "a.toml", "--diff", cwd=tmp_path)
    assert any(line.startswith("+") and "扎实推进，全年" in line for line in out.splitlines())
    assert draft.read_text("utf-8") == text
    _, _, err = run("check", "a.toml", "--fix", cwd=tmp_path)
    assert "a.toml.bak" in err
    assert (tmp_path / "a.toml.bak").read_text("utf-8") == text
    assert "扎实推进，全年主动公开" in draft.read_text("utf-8")
