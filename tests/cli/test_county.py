"""The commands of an office that collects, as it would type them."""

import json
import os
import signal
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from govdisclose.formats import collection, draft, libreoffice
from tests.cli.test_cli import SAMPLES
from tests.support.cli import FAULTY, LANGXI, run
from tests.support.generator import reports, write

COUNTY = SAMPLES / "示例县"


def states_in(out: str) -> dict[str, str]:
    """The state of each unit, as the table of a batch gives it."""
    lines = (line.split() for line in out.splitlines() if not line.startswith(" "))
    return {" ".join(words[1:2]): words[0] for words in lines}


def test_batch_prints_what_it_can_and_tells_the_rest(tmp_path):
    (tmp_path / "坏.toml").write_bytes(b"\0")
    (tmp_path / "名册.txt").write_text("示例县教育局\n示例县档案局\n", "utf-8")
    words = (
        "batch",
        COUNTY,
        FAULTY,
        tmp_path / "坏.toml",
        "-o",
        "出",
        "--to",
        "docx",
        "--to",
        "html",
    )
    code, out, err = run(*words, "--roster", "名册.txt", "--report", "清单.json", cwd=tmp_path)
    assert code == 2
    states = states_in(out)
    assert states["示例县教育局"] == "已生成"
    assert states["示例县林业局"] == "有错误"
    assert states["示例县档案局"] == "未报送"
    assert "读不出" in states.values()
    assert "\n        R606 名册上没有示例县水利局" in out
    assert "坏.toml：不是文本文件" in out
    assert "核对 6/6" in err
    assert len(list((tmp_path / "出").glob("*教育局*"))) == 2
    listed = json.loads((tmp_path / "清单.json").read_text("utf-8"))
    assert "示例县林业局" in json.dumps(listed, ensure_ascii=False)


def test_the_list_is_printed_though_the_report_cannot_be_written(tmp_path):
    (tmp_path / "夹.xlsx").mkdir()
    code, out, err = run("batch", COUNTY, "-o", "出", "--report", "夹.xlsx", cwd=tmp_path)
    assert code == 2
    assert states_in(out)["示例县教育局"] == "已生成"
    assert "夹.xlsx：不是普通文件" in err


def test_a_list_in_an_unknown_format_is_refused_before_anything(tmp_path):
    code, out, err = run("batch", COUNTY, "-o", "出", "--report", "清单.pdf", cwd=tmp_path)
    assert (code, out) == (2, "")
    assert ".json" in err
    assert not (tmp_path / "出").exists()


def test_batch_for_machines(tmp_path):
    code, out, _ = run("batch", COUNTY, "-o", "出", "--json", cwd=tmp_path)
    assert code == 0
    assert {each["state"] for each in json.loads(out)["files"]} == {"printed"}


def test_units_without_a_report_of_last_year_are_named(tmp_path):
    (tmp_path / "上年").mkdir()
    _, _, err = run("batch", COUNTY, "-o", "出", "--last-year", "上年", cwd=tmp_path)
    assert "没有找到上年报告的：示例县" in err
    code, _, err = run("batch", COUNTY, "-o", "出", "--last-year", "无", cwd=tmp_path)
    assert code == 2
    assert "没有这个文件夹" in err


@pytest.mark.skipif(not hasattr(signal, "SIGHUP"), reason="signals of Unix")
@pytest.mark.parametrize("name", ["SIGHUP", "SIGTERM", "SIGINT"])
def test_a_terminal_that_goes_leaves_nothing_behind(name, tmp_path):
    write(tmp_path / "in", reports(300))
    (tmp_path / "tmp").mkdir()
    words = [sys.executable, "-m", "govdisclose", "batch", "in", "-o", "out", "--jobs", "2"]
    process = subprocess.Popen(
        words,
        cwd=tmp_path,
        env=os.environ | {"TMPDIR": str(tmp_path / "tmp"), "PYTHONUNBUFFERED": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
        text=True,
    )
    assert process.stderr
    for line in process.stderr:
        if line.startswith("比对"):
            break
    os.killpg(process.pid, signal.Signals[name])
    _, err = process.communicate(timeout=60)
    assert process.returncode == 130
    assert "Traceback" not in err
    assert "再运行一次接着做" in err
    assert not list((tmp_path / "tmp").iterdir())
    assert not list((tmp_path / "out").glob("*.tmp"))


def test_batch_again_prints_only_what_changed(tmp_path):
    for path in COUNTY.iterdir():
        (tmp_path / path.name).write_bytes(path.read_bytes())
    assert run("batch", ".", "-o", "出", cwd=tmp_path)[0] == 0
    changed = tmp_path / "示例县教育局2024.toml"
    changed.write_text(changed.read_text("utf-8").replace("licence = ", "licence = 1"), "utf-8")
    _, out, _ = run("batch", ".", "-o", "出", cwd=tmp_path)
    states = states_in(out)
    assert states["示例县教育局"] == "已生成"
    assert states["示例县青石镇人民政府"] == "未变化"


def test_rollup_adds_up_and_checks(tmp_path):
    words = (
        "rollup",
        COUNTY,
        "-o",
        "县.toml",
        "--name",
        "示例县人民政府",
        "--shares",
        "各单位.csv",
    )
    assert run(*words, cwd=tmp_path)[0] == 0
    total = draft.loads((tmp_path / "县.toml").read_bytes()).report
    parts = [draft.loads(path.read_bytes()).report for path in COUNTY.iterdir()]
    for address, value in total.figures.items():
        assert value == sum(part.figures[address] for part in parts)
    assert run("rollup", COUNTY, "--check", "县.toml", cwd=tmp_path)[0] == 0
    text = (tmp_path / "县.toml").read_text("utf-8")
    (tmp_path / "县.toml").write_text(text.replace("licence = ", "licence = 1"), "utf-8")
    code, out, _ = run("rollup", COUNTY, "--check", "县.toml", cwd=tmp_path)
    assert code == 1
    assert "R605" in out
    assert run(*words, cwd=tmp_path)[0] == 2


def test_rollup_refuses_to_guess(tmp_path):
    words = ("rollup", COUNTY, FAULTY, "-o", "县.toml", "--name", "示例县人民政府")
    code, _, err = run(*words, cwd=tmp_path)
    assert code != 0
    assert "示例县林业局" in err
    assert not (tmp_path / "县.toml").exists()
    assert run("rollup", COUNTY, cwd=tmp_path)[0] == 2


def test_a_sheet_goes_out_and_comes_back(tmp_path):
    assert run("sheet", "--from", LANGXI, "-o", "表.xlsx", cwd=tmp_path)[0] == 0
    assert run("import", "表.xlsx", "-o", "回.toml", cwd=tmp_path)[0] == 0
    back = draft.loads((tmp_path / "回.toml").read_bytes()).report
    assert back == draft.loads(LANGXI.read_bytes()).report
    code, _, err = run("import", "表.xlsx", "-o", "回.toml", cwd=tmp_path)
    assert (code, "没有覆盖" in err) == (2, True)


def test_a_sheet_for_each_unit_of_a_roster(tmp_path):
    (tmp_path / "名册.csv").write_text("单位\n甲局\n乙/镇\n", "utf-8")
    words = ("sheet", "-o", "表", "--roster", "名册.csv", "--year", "2024")
    code, out, _ = run(*words, cwd=tmp_path)
    assert code == 0
    files = sorted((tmp_path / "表").iterdir())
    assert [collection.loads(file.read_bytes()).report.bureau.name for file in files] == [
        "乙/镇",
        "甲局",
    ]
    assert len(out.splitlines()) == 2


def test_a_sheet_that_is_there_is_not_written_over(tmp_path):
    (tmp_path / "名册.csv").write_text("单位\n甲局\n", "utf-8")
    words = ("sheet", "-o", "表", "--roster", "名册.csv", "--year", "2024")
    assert run(*words, cwd=tmp_path)[0] == 0
    [filled] = (tmp_path / "表").iterdir()
    filled.write_bytes(b"filled in")
    (tmp_path / "名册.csv").write_text("单位\n甲局\n丙局\n", "utf-8")
    code, out, err = run(*words, cwd=tmp_path)
    assert code == 0, "a roster that has grown is no mistake"
    assert filled.read_bytes() == b"filled in"
    assert [line.endswith("丙局2024年收集表.xlsx") for line in out.splitlines()] == [True]
    assert err.splitlines() == [
        "名册 名册.csv：2 个单位",
        f"{filled.relative_to(tmp_path)}：已有，没有动",
        "收集表：新做 1 份，已有 1 份",
    ]
    assert run("sheet", "--roster", "名册.csv", "-o", "表.xlsx", cwd=tmp_path)[0] == 2
    assert not (tmp_path / "表.xlsx").exists()


def test_units_whose_files_would_be_called_the_same_have_one_each(tmp_path):
    (tmp_path / "名册.csv").write_text("单位\n甲/乙局\n甲*乙局\n", "utf-8")
    for made in (2, 0):
        code, out, _ = run("sheet", "--roster", "名册.csv", cwd=tmp_path)
        assert (code, len(out.splitlines())) == (0, made)
    names = {
        collection.loads(f.read_bytes()).report.bureau.name for f in (tmp_path / "收集表").iterdir()
    }
    assert names == {"甲/乙局", "甲*乙局"}


def test_the_year_of_a_sheet_is_the_one_reported_now(tmp_path):
    year = date.today().year - 1
    (tmp_path / "名册.txt").write_text("甲局\n", "utf-8")
    _, out, _ = run("sheet", "--roster", "名册.txt", "-o", "表", cwd=tmp_path)
    assert Path(out.strip()).name == f"甲局{year}年收集表.xlsx"
    assert run("sheet", cwd=tmp_path)[0] == 0
    for path in (tmp_path / "收集表.xlsx", tmp_path / out.strip()):
        assert collection.loads(path.read_bytes()).report.year == year
    assert run("sheet", "--from", LANGXI, "-o", "a.xlsx", cwd=tmp_path)[0] == 0
    assert collection.loads((tmp_path / "a.xlsx").read_bytes()).report.year == 2024


@pytest.mark.parametrize(
    "words", [("--year", "24"), ("--year", "0"), ("--year", "2019"), ("-o", "a.pdf")]
)
def test_a_sheet_that_cannot_be_is_one_sentence(tmp_path, words):
    code, out, err = run("sheet", *words, cwd=tmp_path)
    assert (code, out, len(err.splitlines())) == (2, "", 1)
    assert list(tmp_path.iterdir()) == []


def test_each_unit_is_given_its_own_figures_of_last_year(tmp_path):
    school, town = "示例县教育局", "示例县青石镇人民政府"
    (tmp_path / "名册.txt").write_text(f"{school}\n{town}\n示例县档案局\n", "utf-8")
    words = ("sheet", "--roster", "名册.txt", "--year", "2025", "--last-year", COUNTY, "-o", "表")
    code, _, err = run(*words, cwd=tmp_path)
    assert code == 0
    assert "1 个单位没有找到上年的报告：示例县档案局" in err
    for name in (school, town):
        back = collection.loads((tmp_path / "表" / f"{name}2025年收集表.xlsx").read_bytes()).report
        last = draft.loads((COUNTY / f"{name}2024.toml").read_bytes()).report
        assert back.last_year
        assert all(last.figures[at] == value for at, value in back.last_year.items())
    file = COUNTY / f"{town}2024.toml"
    words = ("sheet", "--roster", "名册.txt", "--year", "2025", "--last-year", file, "-o", "另")
    assert "2 个单位没有找到上年的报告" in run(*words, cwd=tmp_path)[2]
    back = collection.loads((tmp_path / "另" / f"{school}2025年收集表.xlsx").read_bytes()).report
    assert back.last_year == {}


def test_one_sheet_may_find_its_unit_in_a_folder(tmp_path):
    words = ("sheet", "--last-year", COUNTY)
    code, _, err = run(*words, cwd=tmp_path)
    assert (code, "不知道是哪个单位" in err) == (2, True)
    (tmp_path / "a.toml").write_text('year = 2025\n[bureau]\nname = "示例县教育局"\n', "utf-8")
    assert run(*words, "--from", "a.toml", cwd=tmp_path)[0] == 0
    assert collection.loads((tmp_path / "收集表.xlsx").read_bytes()).report.last_year


def test_published_reports_become_drafts(tmp_path):
    for suffix in ("docx", "html"):
        run("render", LANGXI, "-o", f"a.{suffix}", cwd=tmp_path)
        assert run("import", f"a.{suffix}", "-o", f"{suffix}.toml", cwd=tmp_path)[0] == 0
        back = draft.loads((tmp_path / f"{suffix}.toml").read_bytes()).report
        assert back.figures == draft.loads(LANGXI.read_bytes()).report.figures


@pytest.mark.skipif(libreoffice.find() is None, reason="LibreOffice is not here")
def test_pdf_of_several_drafts(tmp_path):
    code, out, _ = run("render", COUNTY, "-o", "出", "--to", "pdf", cwd=tmp_path)
    assert code == 0
    for name in out.splitlines():
        assert (tmp_path / name).read_bytes().startswith(b"%PDF")


def test_without_libreoffice_pdf_is_one_sentence(tmp_path):
    code, out, err = run("render", LANGXI, "--to", "pdf", cwd=tmp_path, PATH="/nowhere")
    if code == 0:
        pytest.skip("LibreOffice lies where its installer puts it")
    assert (code, out) == (2, "")
    assert len(err.strip().splitlines()) == 1
    assert "LibreOffice" in err


def test_the_doctor_looks_at_fonts_and_programs(tmp_path):
    code, out, _ = run("doctor", cwd=tmp_path)
    assert code == 0
    for topic in ("字体", "LibreOffice", "终端", "仿宋_GB2312"):
        assert topic in out
