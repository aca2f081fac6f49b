"""Two years side by side, as an office compares them."""

import json
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest

from govdisclose.formats import draft, word
from govdisclose.model.notices import NEWEST
from govdisclose.model.report import Report
from govdisclose.model.text import wide
from tests.support.cli import run
from tests.support.samples import city, small


def saved(path: Path, report: Report, year: int, **figures: int) -> Path:
    report.year = year
    report.put({NEWEST.by_name[name.replace("__", ".")]: f for name, f in figures.items()})
    path.parent.mkdir(exist_ok=True)
    path.write_text(draft.dumps(report), "utf-8")
    return path


@pytest.fixture
def years(tmp_path: Path) -> Path:
    for name, number in (("甲县教育局", 3), ("甲县水利局", 40)):
        saved(
            tmp_path / "上年" / f"{name}2023.toml",
            small(name=name),
            2023,
            applications__received__natural_person=number,
        )
        saved(
            tmp_path / "本年" / f"{name}2024.toml",
            small(name=name),
            2024,
            applications__received__natural_person=5,
        )
    saved(tmp_path / "上年" / "甲县旧局2023.toml", small(name="甲县旧局"), 2023)
    saved(tmp_path / "本年" / "甲县新局2024.toml", small(name="甲县新局"), 2024)
    return tmp_path


def test_two_files_say_what_changed_within_a_screen(years: Path):
    words = ("上年/甲县水利局2023.toml", "本年/甲县水利局2024.toml")
    code, out, _ = run("compare", *words, cwd=years)
    assert code == 0
    assert "9 处可以核对，9 处相等，0 处不相等" in out
    assert "-87.5%" in out
    assert all(wide(line) <= 80 for line in out.splitlines() if not line.startswith("  "))
    assert run("compare", *words[::-1], cwd=years)[1] == out, "the earlier year is the old one"


def test_a_broken_identity_is_exit_1(years: Path):
    path = years / "本年" / "甲县水利局2024.toml"
    saved(path, small(name="甲县水利局"), 2024, applications__carried_in__natural_person=9)
    code, out, _ = run("compare", "上年/甲县水利局2023.toml", path, cwd=years)
    assert code == 1
    assert "上年结转 0" in out


def test_a_word_report_and_a_draft_compare(years: Path):
    report = city()
    (years / "a.docx").write_bytes(word.dumps(report))
    saved(years / "b.toml", city(), 2025, licensing__licence__decided=1)
    code, out, _ = run("compare", "a.docx", "b.toml", "--json", cwd=years)
    data = json.loads(out)
    assert code == 1
    assert data["years"] == [2024, 2025]
    assert len(data["identities"]) == 9
    assert "licensing.licence.decided" in [each["at"] for each in data["changes"]]


@pytest.mark.parametrize("suffix", ["docx", "html", "xlsx"])
def test_a_county_is_held_against_last_year(years: Path, suffix: str):
    code, out, err = run(
        "compare", "本年", "上年", "--to", suffix, "-o", f"对照.{suffix}", cwd=years
    )
    assert code == 0
    assert "没有上年报告的 1 个：甲县新局" in out
    assert "没有本年报告的 1 个：甲县旧局" in out
    assert "增减悬殊" in out
    assert f"另存为 对照.{suffix}" in err
    data = (years / f"对照.{suffix}").read_bytes()
    assert len(data) > 2000
    if suffix == "xlsx":
        names = ZipFile(BytesIO(data)).namelist()
        assert any(name.startswith("xl/charts/chart") for name in names)


def test_nothing_is_written_over_and_nothing_without_figures_compared(years: Path):
    (years / "对照.html").write_text("mine")
    code, _, err = run("compare", "本年", "上年", "-o", "对照.html", cwd=years)
    assert (code, "没有覆盖" in err) == (2, True)
    (years / "a.toml").write_text("year = 2024\n")
    code, _, err = run("compare", "a.toml", "本年/甲县新局2024.toml", cwd=years)
    assert (code, "没有读到数字" in err) == (2, True)
    assert run("compare", "本年", "a.toml", cwd=years)[0] == 2


def test_a_check_takes_last_years_folder(years: Path):
    path = years / "本年" / "甲县水利局2024.toml"
    saved(path, small(name="甲县水利局"), 2024, applications__carried_in__natural_person=9)
    _, out, _ = run("check", path, "--last-year", "上年", cwd=years)
    assert "R301 待核" in out
    _, out, _ = run("check", "本年", "--last-year", "上年", "--only", "R301", cwd=years)
    assert out.count("R301") == 1
    (years / "空").mkdir()
    code, _, err = run("check", path, "--last-year", "空", cwd=years)
    assert (code, "里面没有上年的报告" in err) == (2, True)
    (years / "别的.toml").write_text("year = 2023\n")
    code, _, err = run("check", path, "--last-year", "别的.toml", cwd=years)
    assert (code, "没有读到上年的数字" in err) == (2, True)
