"""The rollup command, as an office that collects would type it."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from govdisclose.county import contributions
from govdisclose.county.workers import WorkStep
from govdisclose.formats import draft, word
from govdisclose.model.notices import NEWEST
from govdisclose.model.report import Report
from tests.cli.test_cli import SAMPLES
from tests.support.cli import FAULTY, run
from tests.support.generator import reports, write

COUNTY = "示例县人民政府"
NAMED = ("--name", COUNTY)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with the four drafts of a county, to be changed as one likes."""
    (tmp_path / "草稿").mkdir()
    for path in (SAMPLES / "示例县").iterdir():
        (tmp_path / "草稿" / path.name).write_bytes(path.read_bytes())
    return tmp_path


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


# What is read


def test_a_file_given_twice_counts_once(folder):
    code, _, err = run("rollup", "草稿", "草稿/*教育局*", "-o", "县.toml", *NAMED, cwd=folder)
    assert code == 0
    assert "读取 4/4" in err
    assert run("rollup", "草稿", "--check", "县.toml", cwd=folder)[0] == 0


def test_two_drafts_of_a_unit_are_named(folder):
    old = folder / "草稿" / "示例县教育局2024.toml"
    (folder / "草稿" / "改.toml").write_bytes(old.read_bytes())
    code, _, err = run("rollup", "草稿", "-o", "县.toml", *NAMED, cwd=folder)
    assert code == 2
    assert "示例县教育局有两份草稿：草稿/改.toml、草稿/示例县教育局2024.toml" in err


def test_what_stands_against_a_sum_has_its_place(folder):
    code, _, err = run("rollup", "草稿", FAULTY, "-o", "县.toml", *NAMED, cwd=folder)
    assert code == 1
    assert f"{FAULTY}:85:26  R101 错误  示例县林业局：三、收到和处理…｜" in err
    assert "R204 错误" in err


def test_every_draft_that_cannot_be_read_is_told(folder):
    (folder / "草稿" / "坏.toml").write_bytes(b"\0")
    change(folder / "草稿" / "示例县教育局2024.toml", "licence ", "licenc ")
    code, _, err = run("rollup", "草稿", "-o", "县.toml", *NAMED, cwd=folder)
    assert code == 2
    assert "用不了：草稿/坏.toml：" in err
    assert "草稿/示例县教育局2024.toml:" in err
    assert "D002 错误" in err
    assert "2 份草稿读不对，没有汇总" in err
    assert not (folder / "县.toml").exists()


def test_drafts_without_a_year_are_named(folder):
    for path in (folder / "草稿").iterdir():
        change(path, "year = 2024", 'year = "?"')
    code, _, err = run("rollup", "草稿", "-o", "县.toml", *NAMED, cwd=folder)
    assert code == 2
    assert "示例县教育局（草稿/示例县教育局2024.toml）、" in err
    assert "没有写年份" in err
    assert "None" not in err


def test_the_number_of_processes_changes_nothing(tmp_path):
    write(tmp_path, reports(24, faulty=0.3))
    paths = sorted(tmp_path.iterdir())
    steps: list[WorkStep] = []
    alone = contributions.read(paths, jobs=1, progress=steps.append)
    assert alone == contributions.read(paths, jobs=2)
    assert [step.done for step in steps] == list(range(1, 25))


def test_thousands_of_drafts_show_how_far_they_are(tmp_path):
    write(tmp_path / "草稿", reports(100))
    code, _, err = run("rollup", "草稿", "-o", "县.toml", *NAMED, cwd=tmp_path)
    assert code == 0
    assert "读取 100/100" in err


# What is left out, and what would be counted twice


def test_the_files_of_the_county_are_not_counted(folder):
    run("rollup", "草稿", "-o", "草稿/县.toml", *NAMED, cwd=folder)
    code, _, err = run("rollup", "草稿", "--check", "草稿/县.toml", cwd=folder)
    assert code == 0
    assert "草稿/县.toml：是 --check 的文件，没有当作单位计入" in err


def test_an_earlier_sum_among_the_drafts_is_refused(folder):
    run("rollup", "草稿", "-o", "草稿/县.toml", *NAMED, cwd=folder)
    code, _, err = run("rollup", "草稿", "-o", "新.toml", *NAMED, cwd=folder)
    assert code == 2
    assert f"{COUNTY}（草稿/县.toml）就是汇总的单位" in err
    code, _, err = run("rollup", "草稿", "-o", "新.toml", "--name", "示例县政府", cwd=folder)
    assert code == 1
    assert f"草稿/县.toml:8:8  R608 错误  {COUNTY}（草稿/县.toml）的数字等于" in err
    assert not (folder / "新.toml").exists()


def test_an_earlier_sum_is_not_the_own_share(folder):
    run("rollup", "草稿", "-o", "县.toml", *NAMED, cwd=folder)
    code, _, err = run("rollup", "草稿", "-o", "新.toml", "--own", "县.toml", cwd=folder)
    assert (code, "R608 错误" in err) == (1, True)
    code, _, err = run("rollup", "草稿", "--check", "县.toml", "--own", "县.toml", cwd=folder)
    assert (code, "--check 和 --own 是同一个文件" in err) == (2, True)


# Units that are missing, or have not answered


@pytest.fixture
def wanting(folder: Path) -> Path:
    """The same folder and its sum, with a roster of one unit more and an open cell."""
    run("rollup", "草稿", "-o", "县.toml", *NAMED, cwd=folder)
    names = [path.stem.removesuffix("2024") for path in (folder / "草稿").iterdir()]
    (folder / "名册.txt").write_text("\n".join([*names, "示例县档案局"]), "utf-8")
    return folder


def test_a_check_tells_which_units_are_missing(wanting):
    words = ("rollup", "草稿", "--check", "县.toml", "--roster", "名册.txt")
    code, out, err = run(*words, cwd=wanting)
    assert code == 1
    assert out.startswith("名册.txt  R606 错误  名册上的示例县档案局没有草稿")
    assert "格没有核对：没有示例县档案局的草稿" in err
    assert "一致" not in err


def test_a_check_tells_how_many_cells_it_could_not_check(wanting):
    change(wanting / "草稿/示例县教育局2024.toml", "licence = 886", 'licence = "?"')
    code, out, err = run("rollup", "草稿", "--check", "县.toml", cwd=wanting)
    assert code == 1
    assert "草稿/示例县教育局2024.toml:" in out
    assert "R101 错误  示例县教育局：" in out
    assert "县.toml：1 格没有核对：没有填报的是示例县教育局 1 格" in err
    assert "格，都和各单位之和一致" in err


def test_a_check_tells_what_the_county_has_not_answered(wanting):
    change(wanting / "县.toml", "licence = 2232", 'licence = "?"')
    code, _, err = run("rollup", "草稿", "--check", "县.toml", cwd=wanting)
    assert (code, "县.toml：1 格自己没有填报" in err) == (1, True)


def test_a_check_is_of_one_year(wanting):
    change(wanting / "县.toml", "year = 2024", "year = 2023")
    code, _, err = run("rollup", "草稿", "--check", "县.toml", cwd=wanting)
    assert (code, "2024 年度的，汇总的是 2023 年度" in err) == (2, True)


def test_a_partial_sum_is_marked_by_what_is_not_answered(wanting):
    words = ("rollup", "草稿", "--roster", "名册.txt", "-o", "新.toml", "--shares", "各.csv")
    code, _, err = run(*words, *NAMED, cwd=wanting)
    assert (code, "加 --partial" in err, (wanting / "新.toml").exists()) == (1, True, False)
    code, out, err = run(*words, *NAMED, "--partial", cwd=wanting)
    assert (code, out) == (1, "新.toml\n")
    assert "格没有合计，留着没有填：没有示例县档案局的草稿" in err
    code, out, _ = run("check", "新.toml", "--only", "R101", cwd=wanting)
    assert (code, "R101 错误" in out) == (1, True)
    head, *rows = (wanting / "各.csv").read_text("utf-8-sig").splitlines()
    assert head.endswith(",示例县档案局")
    assert all(row.endswith(",") for row in rows)
    assert ",,2232," in "\n".join(rows)


# What is refused before anything is read


def test_a_sum_is_a_draft_and_nothing_else(folder):
    for name in ("县.docx", "县", "县.xlsx"):
        code, _, err = run("rollup", "草稿", "-o", name, *NAMED, cwd=folder)
        assert (code, "文件名以 .toml 结尾" in err) == (2, True)
        assert not (folder / name).exists()


def test_a_sum_has_a_name(folder):
    code, _, err = run("rollup", "草稿", "-o", "县.toml", cwd=folder)
    assert (code, "加 --name 全称" in err) == (2, True)
    change(folder / "草稿/示例县教育局2024.toml", 'name = "示例县教育局"', 'name = ""')
    (folder / "草稿/示例县教育局2024.toml").rename(folder / "本级.toml")
    code, _, err = run("rollup", "草稿", "-o", "县.toml", "--own", "本级.toml", cwd=folder)
    assert (code, "本级.toml：没有写单位名称" in err) == (2, True)
    assert not (folder / "县.toml").exists()


def test_a_sum_overwrites_no_draft(folder):
    (folder / "县.toml").write_text("#", "utf-8")
    code, _, err = run("rollup", "草稿", "-o", "县.toml", *NAMED, cwd=folder)
    assert (code, err) == (2, "用不了：县.toml：已经有这个文件，没有覆盖；换一个名字\n")


def test_the_name_of_a_county_that_is_checked_is_its_own(folder):
    code, _, err = run("rollup", "草稿", "--check", "县.toml", *NAMED, cwd=folder)
    assert (code, "--name 只和 -o 一起用" in err) == (2, True)


# The list of shares


def test_shares_are_a_list_and_nothing_else(folder):
    for name in ("各.toml", "各.docx", "各.json", "各"):
        words = ("rollup", "草稿", "-o", "县.toml", *NAMED, "--shares", name)
        code, _, err = run(*words, cwd=folder)
        assert (code, "可以写成 .xlsx、.csv 文件" in err) == (2, True)
    assert not (folder / "县.toml").exists()


def test_shares_are_written_anew_but_over_no_draft(folder):
    (folder / "各.csv").write_text("旧", "utf-8")
    code, _, err = run("rollup", "草稿", "-o", "县.toml", *NAMED, "--shares", "各.csv", cwd=folder)
    assert (code, "各单位的数：各.csv" in err) == (0, True)
    assert "示例县教育局" in (folder / "各.csv").read_text("utf-8-sig")
    run("sheet", "--from", "草稿/示例县教育局2024.toml", "-o", "表.xlsx", cwd=folder)
    words = ("rollup", "表.xlsx", "-o", "新.toml", *NAMED, "--shares", "表.xlsx")
    code, _, err = run(*words, cwd=folder)
    assert (code, "表.xlsx：是要汇总的文件，没有覆盖" in err) == (2, True)


def test_shares_that_cannot_be_written_stop_no_sum(folder):
    (folder / "各.csv").mkdir()
    code, out, err = run(
        "rollup", "草稿", "-o", "县.toml", *NAMED, "--shares", "各.csv", cwd=folder
    )
    assert (code, out) == (2, "县.toml\n")
    assert "各.csv：不是普通文件" in err
    assert (folder / "县.toml").exists()


# A sum brought up to date


@pytest.fixture
def edited(folder: Path) -> Path:
    """The same folder and its sum, to which the office has added; then a unit changes."""
    run("rollup", "草稿", "-o", "县.toml", *NAMED, cwd=folder)
    change(folder / "县.toml", 'telephone = ""', 'telephone = "0563-7012656"')
    change(
        folder / "县.toml", '[other]\nlead = ""', '[other]\nlead = "收到{fees.charge.collected}。"'
    )
    change(folder / "草稿/示例县教育局2024.toml", "licence = 886", "licence = 900")
    return folder


def read(path: Path) -> Report:
    return draft.loads(path.read_bytes()).report


def test_an_update_changes_the_figures_and_keeps_the_rest(edited):
    before, old = (edited / "县.toml").read_bytes(), read(edited / "县.toml")
    code, out, err = run("rollup", "草稿", "--update", "县.toml", cwd=edited)
    assert code == 0
    assert out == "二、主动公开…｜行政许可｜决定数量：2232 → 2246\n"
    assert "县.toml：改了 1 格，原来的存为 县.toml.bak" in err
    assert (edited / "县.toml.bak").read_bytes() == before
    new = read(edited / "县.toml")
    [cell] = [cell for cell in old.figures if new.figures[cell] != old.figures[cell]]
    assert replace(new, figures={}) == replace(old, figures={})
    assert new.figures[cell] == 2246
    assert run("rollup", "草稿", "--check", "县.toml", cwd=edited)[0] == 0


def test_an_update_that_changes_nothing_writes_nothing(edited):
    run("rollup", "草稿", "--update", "县.toml", cwd=edited)
    before = {path: path.stat().st_mtime_ns for path in edited.iterdir()}
    code, out, err = run("rollup", "草稿", "--update", "县.toml", cwd=edited)
    assert (code, out) == (0, "")
    assert "县.toml：数字没有变化，没有动" in err
    assert {path: path.stat().st_mtime_ns for path in edited.iterdir()} == before


def test_the_own_share_comes_from_its_own_draft(edited):
    own = edited / "本级.toml"
    own.write_bytes((edited / "草稿/示例县教育局2024.toml").read_bytes())
    change(own, 'name = "示例县教育局"', 'name = "示例县政府办公室"')
    change(own, "licence = 900", "licence = 5")
    words = ("rollup", "草稿", "--update", "县.toml")
    code, out, err = run(*words, "--own", "本级.toml", cwd=edited)
    assert (code, "2232 → 2251" in out, "没有写 --own" in err) == (0, True, False)
    code, out, err = run(*words, cwd=edited)
    assert (code, "2251 → 2246" in out) == (0, True)
    assert "格比原来少，没有写 --own，本级自己的数没有计入" in err
    assert "县.toml-2.bak" in err
    assert read(edited / "县.toml").bureau.telephone == "0563-7012656"


def test_an_update_leaves_open_what_is_not_known(edited):
    change(edited / "草稿/示例县教育局2024.toml", "licence = 900", 'licence = "?"')
    code, out, _ = run("rollup", "草稿", "--update", "县.toml", cwd=edited)
    assert (code, out, (edited / "县.toml.bak").exists()) == (1, "", False)
    code, out, err = run("rollup", "草稿", "--update", "县.toml", "--partial", cwd=edited)
    assert (code, "2232 → 没有填" in out) == (1, True)
    assert "1 格没有合计，留着没有填：没有填报的是示例县教育局 1 格" in err


def test_only_a_draft_that_is_there_is_updated(edited):
    run("render", "县.toml", "--force", "-o", "县.docx", cwd=edited)
    code, _, err = run("rollup", "草稿", "--update", "县.docx", cwd=edited)
    assert (code, "文件名以 .toml 结尾" in err) == (2, True)
    code, _, err = run("rollup", "草稿", "--update", "无.toml", cwd=edited)
    assert (code, "没有这个文件" in err) == (2, True)
    code, _, err = run("rollup", "草稿", "--update", "县.toml", "-o", "新.toml", cwd=edited)
    assert (code, "只写一个" in err) == (2, True)


# For programs


def test_json_gives_findings_as_a_check_does_and_all_sums(wanting):
    change(wanting / "草稿/示例县教育局2024.toml", "licence = 886", 'licence = "?"')
    change(wanting / "县.toml", "coercion = 11", "coercion = 12")
    code, out, err = run("rollup", "草稿", "--check", "县.toml", "--json", cwd=wanting)
    data = json.loads(out)
    assert (code, "R605" in err) == (1, True)
    assert list(data) == ["files", "bureau", "year", "missing", "totals", "output"]
    assert (data["bureau"], data["year"], data["missing"]) == (COUNTY, 2024, [])
    drafts = sorted(f"草稿/{path.name}" for path in (wanting / "草稿").iterdir())
    assert [each["file"] for each in data["files"]] == [*drafts, "县.toml"]
    by_file = {each["file"]: each["findings"] for each in data["files"]}
    [finding] = by_file["草稿/示例县教育局2024.toml"]
    keys = ["code", "severity", "at", "line", "column", "message", "span", "repairs"]
    assert list(finding) == keys
    assert (finding["code"], finding["severity"], finding["line"]) == ("R101", "error", 51)
    [difference] = by_file["县.toml"]
    assert difference["code"] == "R605"
    assert difference["line"]
    assert set(data["totals"]) == set(NEWEST.by_name)
    assert data["totals"]["licensing.licence.decided"] is None
    assert data["totals"]["penalties.coercion.decided"] == 11
    assert data["totals"]["fees.charge.collected"] == "104.023"
    assert data["output"] is None


def test_json_tells_what_is_missing_and_what_was_written(wanting):
    words = ("rollup", "草稿", "-o", "新.toml", *NAMED, "--json")
    assert json.loads(run(*words, cwd=wanting)[1])["output"] == "新.toml"
    code, out, _ = run(*words[:3], "又.toml", *words[4:], "--roster", "名册.txt", cwd=wanting)
    data = json.loads(out)
    assert (code, data["missing"], data["output"]) == (1, ["示例县档案局"], None)
    assert data["files"][-1]["file"] == "名册.txt"
    assert data["files"][-1]["findings"][0]["code"] == "R606"
    code, out, _ = run("rollup", "草稿", "--update", "县.toml", "--json", cwd=wanting)
    assert json.loads(out)["output"] == "县.toml"


# A sum that grows


def lots(folder: Path) -> list[str]:
    """Three drafts of a county; gives the names of the units."""
    made = [each.report for each in reports(3)]
    write(folder, reports(3))
    return [report.bureau.name for report in made]


def test_while_units_are_missing_the_sum_so_far_is_told(tmp_path: Path):
    names = lots(tmp_path / "草稿")
    roster = "\n".join([*names, "清河县气候局"])
    (tmp_path / "名册.txt").write_text(roster, "utf-8")
    words = ("rollup", "草稿", "-o", "县.toml", "--name", "清河县", "--roster", "名册.txt")
    code, _, err = run(*words, "--partial", cwd=tmp_path)
    assert code == 1
    assert "已报 3/4，缺：清河县气候局" in err
    assert "已报各单位之和：一、本年新收政府信息公开申请数量 " in err


def test_a_check_names_the_unit_that_has_changed(tmp_path: Path):
    lots(tmp_path / "草稿")
    run("rollup", "草稿", "-o", "县.toml", "--name", "清河县", cwd=tmp_path)
    path = sorted((tmp_path / "草稿").iterdir())[0]
    report = draft.loads(path.read_bytes()).report
    cell = report.form.by_name["licensing.licence.decided"]
    report.put({cell: 99_999})
    path.write_text(draft.dumps(report), "utf-8")
    code, _, err = run("rollup", "草稿", "--check", "县.toml", cwd=tmp_path)
    assert code == 1
    assert f"{report.bureau.name}：汇总以后改过：" in err
    assert "→ 99999" in err
    run("rollup", "草稿", "--update", "县.toml", cwd=tmp_path)
    assert run("rollup", "草稿", "--check", "县.toml", cwd=tmp_path)[0] == 0


def test_reports_that_are_no_drafts_are_counted_or_told(tmp_path: Path):
    folder = tmp_path / "草稿"
    lots(folder)
    *_, path = sorted(folder.iterdir())
    report = draft.loads(path.read_bytes()).report
    (folder / "另报.docx").write_bytes(word.dumps(report))
    words = ("rollup", "草稿", "--name", "清河县")
    assert run(*words, "-o", "一.toml", cwd=tmp_path)[0] == 0
    path.unlink()
    code, _, err = run(*words, "-o", "二.toml", cwd=tmp_path)
    assert (code, "没有草稿、直接从报告里读的 1 个单位" in err) == (0, True)
    sums = [draft.loads((tmp_path / f"{n}.toml").read_bytes()).report.figures for n in "一二"]
    assert sums[0] == sums[1]
    (folder / "扫描.pdf").write_bytes(b"%PDF-1.4")
    code, _, err = run(*words, "-o", "三.toml", cwd=tmp_path)
    assert (code, "扫描.pdf：" in err) == (1, True)
