"""The commands of an office that collects, as it would type them."""

import json

import pytest

from govdisclose import draft, office, sheet
from tests.test_cli import FAULTY, LANGXI, SAMPLES, run

COUNTY = SAMPLES / "示例县"


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
    states = {line.split()[1]: line.split()[0] for line in out.splitlines()}
    assert states["示例县教育局"] == "已生成"
    assert states["示例县林业局"] == "有错误"
    assert states["示例县档案局"] == "未报送"
    assert "读不出" in states.values()
    assert "核对 6/6" in err
    assert len(list((tmp_path / "出").glob("*教育局*"))) == 2
    listed = json.loads((tmp_path / "清单.json").read_text("utf-8"))
    assert "示例县林业局" in json.dumps(listed, ensure_ascii=False)


def test_batch_again_prints_only_what_changed(tmp_path):
    for path in COUNTY.iterdir():
        (tmp_path / path.name).write_bytes(path.read_bytes())
    assert run("batch", ".", "-o", "出", cwd=tmp_path)[0] == 0
    changed = tmp_path / "示例县教育局2024.toml"
    changed.write_text(changed.read_text("utf-8").replace("licence = ", "licence = 1"), "utf-8")
    _, out, _ = run("batch", ".", "-o", "出", cwd=tmp_path)
    states = {line.split()[1]: line.split()[0] for line in out.splitlines()}
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
    code, _, err = run("rollup", COUNTY, FAULTY, "-o", "县.toml", cwd=tmp_path)
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
    assert [sheet.loads(file.read_bytes()).report.bureau.name for file in files] == [
        "乙/镇",
        "甲局",
    ]
    assert len(out.splitlines()) == 2


def test_published_reports_become_drafts(tmp_path):
    for suffix in ("docx", "html"):
        run("render", LANGXI, "-o", f"a.{suffix}", cwd=tmp_path)
        assert run("import", f"a.{suffix}", "-o", f"{suffix}.toml", cwd=tmp_path)[0] == 0
        back = draft.loads((tmp_path / f"{suffix}.toml").read_bytes()).report
        assert back.figures == draft.loads(LANGXI.read_bytes()).report.figures


@pytest.mark.skipif(office.find() is None, reason="LibreOffice is not here")
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
