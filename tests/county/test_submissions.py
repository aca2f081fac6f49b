"""What units send back, and what becomes of the drafts that are there."""

import json
import os
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from govdisclose.county import arrivals, intake
from govdisclose.files import overwrite
from govdisclose.formats import collection, draft
from govdisclose.formats.collection import pages
from govdisclose.formats.excel import workbook
from govdisclose.formats.excel.workbook import CellStyle, Spot
from govdisclose.model.notices import NEWEST
from govdisclose.model.report import Bureau, Report
from tests.support.cli import run
from tests.support.samples import small

SCHOOL, TOWN = "云溪县教育局", "青石镇人民政府"


def put(path: Path, name: str = SCHOOL, length: int = 900, hours: int = 0) -> Path:
    """A collection sheet as it was sent, some hours after the first ones."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(collection.dumps(small(length, name)))
    os.utime(path, (1_700_000_000 + 3600 * hours,) * 2)
    return path


def drafts(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.rglob("*") if path.suffix in (".toml", ".bak"))


def collect(folder: Path, *words: object):
    return run("import", "收回", "-o", "草稿", *words, cwd=folder)


@pytest.fixture
def county(tmp_path: Path) -> Path:
    """What has come back: two sheets, in folders, and what else lies there."""
    put(tmp_path / "收回" / "教育局.xlsx")
    put(tmp_path / "收回" / "乡镇" / "青石镇.XLSX", TOWN)
    (tmp_path / "收回" / "~$教育局.xlsx").write_bytes(b"\x05WPS")
    (tmp_path / "收回" / ".隐藏.xlsx").write_bytes(b"?")
    return tmp_path


def test_a_folder_is_taken_in_with_those_below_it(county: Path):
    code, out, err = collect(county)
    assert (code, err.splitlines()) == (0, ["新收 2 份"])
    assert len(out.splitlines()) == 2
    for name in (SCHOOL, TOWN):
        back = draft.loads((county / "草稿" / f"{name}2024.toml").read_bytes()).report
        assert back == small(name=name)


def test_without_o_each_draft_lies_beside_its_sheet(county: Path):
    for _ in range(2):
        assert run("import", "收回", cwd=county)[0] == 0
    assert (county / "收回" / "乡镇" / f"{TOWN}2024.toml").exists()
    assert (county / "收回" / f"{SCHOOL}2024.toml").exists()


def test_what_cannot_be_taken_in_makes_no_draft(county: Path):
    (county / "收回" / "扫描.pdf").write_bytes(b"%PDF-1.4\n1 0 obj\n")
    (county / "收回" / "照片.JPG").write_bytes(b"\xff\xd8\xff")
    (county / "收回" / "材料.rar").write_bytes(b"Rar!")
    code, _, err = collect(county)
    assert code == 1
    assert "收回/照片.JPG：是图片" in err
    assert "收回/材料.rar：是RAR 压缩包，没有读；先解开" in err
    assert err.splitlines()[-1] == "新收 2 份，读不出 3 份"
    code, _, err = run("import", "收回/照片.JPG", "-o", "草稿", cwd=county)
    assert (code, len(err.splitlines())) == (2, 1)
    assert drafts(county) == [f"{SCHOOL}2024.toml", f"{TOWN}2024.toml"]


def test_a_lock_file_named_by_a_shell_is_passed_over(county: Path):
    words = ("收回/~$教育局.xlsx", "收回/教育局.xlsx", "-o", "草稿")
    code, out, err = run("import", *words, cwd=county)
    assert (code, len(out.splitlines())) == (0, 1)
    assert "是 Excel、WPS 打开文件时的临时文件" in err


def test_a_sheet_without_a_name_is_told_and_named_after_its_file(county: Path):
    put(county / "收回" / "财政.xlsx", "")
    code, _, err = collect(county)
    assert code == 1
    assert "财政.xlsx：没有写单位名称，草稿按文件名存为 财政.toml" in err
    assert (county / "草稿" / "财政.toml").exists()
    put(county / "收回" / "乡镇" / "财政.xlsx", "", 1000)
    code, _, err = collect(county)
    assert code == 2
    assert "都没有写单位名称" in err


def test_a_sheet_with_nothing_in_it_makes_no_draft(county: Path):
    (county / "收回" / "空.xlsx").write_bytes(collection.dumps(Report(year=2024)))
    handed_out = Report(year=2024, bureau=Bureau("云溪县财政局"))
    (county / "收回" / "财政局.xlsx").write_bytes(collection.dumps(handed_out))
    code, _, err = collect(county)
    assert code == 1
    assert "什么也没有填" in err
    assert len(drafts(county)) == 2


# Again


def test_again_changes_nothing(county: Path):
    collect(county)
    code, out, err = collect(county)
    assert (code, out, err.splitlines()) == (0, "", ["没有变化 2 份"])


def test_a_correction_replaces_a_draft_that_nobody_edited(county: Path):
    collect(county)
    put(county / "收回" / "教育局.xlsx", length=1200)
    code, out, err = collect(county)
    path = county / "草稿" / f"{SCHOOL}2024.toml"
    assert (code, out.splitlines()) == (0, [str(path.relative_to(county))])
    assert "换成了 收回/教育局.xlsx 里的" in err
    assert "    文字改动：" in err
    assert err.splitlines()[-1] in ("替换 1 份，没有变化 1 份", "没有变化 1 份，替换 1 份")
    assert draft.loads(path.read_bytes()).report == small(1200, SCHOOL)
    kept = draft.loads(path.with_name(f"{path.name}.bak").read_bytes()).report
    assert kept == small(name=SCHOOL)
    assert len(drafts(county)) == 3


def test_an_edited_draft_stays_where_the_same_is_sent(county: Path):
    collect(county)
    path = county / "草稿" / f"{SCHOOL}2024.toml"
    edited = path.read_bytes() + b"# edited\n"
    path.write_bytes(edited)
    code, out, err = collect(county)
    assert (code, out) == (0, "")
    assert f"{SCHOOL}2024.toml：收后改过" in err
    assert path.read_bytes() == edited


def test_an_edited_draft_gives_way_to_a_correction_only_if_it_is_wanted(county: Path):
    collect(county)
    path = county / "草稿" / f"{SCHOOL}2024.toml"
    edited = path.read_bytes() + b"# edited\n"
    for number in range(2):
        path.write_bytes(edited)
        put(county / "收回" / "教育局.xlsx", length=1200 + 100 * number)
        code, _, err = collect(county)
        assert code == 2
        assert "没有覆盖；要换成 收回/教育局.xlsx 里的，加 --replace" in err
        assert path.read_bytes() == edited
        assert collect(county, "--replace")[0] == 0
        assert draft.loads(path.read_bytes()).report == small(1200 + 100 * number, SCHOOL)
    kept = [name for name in drafts(county) if name.endswith(".bak")]
    assert kept == [f"{SCHOOL}2024.toml-2.bak", f"{SCHOOL}2024.toml.bak"]
    assert all((path.parent / name).read_bytes() == edited for name in kept)


def test_a_draft_of_ones_own_is_not_replaced(county: Path):
    path = county / "草稿" / f"{SCHOOL}2024.toml"
    path.parent.mkdir()
    path.write_text(draft.dumps(Report(year=2024, bureau=Bureau(SCHOOL))), "utf-8")
    before = path.read_bytes()
    assert collect(county)[0] == 2
    assert path.read_bytes() == before


@pytest.mark.parametrize("record", ["", "{", "[]", '{"drafts": 3}', '{"drafts": {"a": 1}}'])
def test_a_spoilt_record_costs_no_draft(county: Path, record: str):
    collect(county)
    (county / "草稿" / overwrite.IMPORTED).write_text(record, "utf-8")
    assert collect(county)[0] == 0
    assert SCHOOL in json.dumps(overwrite.import_record(county / "草稿"), ensure_ascii=False)


def test_a_file_that_is_named_is_only_replaced_if_it_is_wanted(county: Path):
    words = ("import", "收回/教育局.xlsx", "-o", "a.toml")
    assert run(*words, cwd=county)[0] == 0
    put(county / "收回" / "教育局.xlsx", length=1200)
    assert run(*words, cwd=county)[0] == 2
    assert run(*words, "--replace", cwd=county)[0] == 0
    assert drafts(county) == ["a.toml", "a.toml.bak"]
    assert run("import", "收回", "-o", "b.toml", cwd=county)[0] == 2


# Two files of one unit


def test_of_two_files_of_a_unit_the_later_stands(county: Path):
    put(county / "收回" / "教育局（修改版）.xlsx", length=1200, hours=2)
    code, _, err = collect(county)
    assert code == 0
    assert f"{SCHOOL}有 2 份：收回/教育局（修改版）.xlsx（" in err
    assert "用最后改动的 收回/教育局（修改版）.xlsx" in err
    path = county / "草稿" / f"{SCHOOL}2024.toml"
    assert draft.loads(path.read_bytes()).report == small(1200, SCHOOL)
    put(county / "收回" / "教育局-再改.xlsx", length=1300, hours=3)
    assert collect(county)[0] == 0
    assert draft.loads(path.read_bytes()).report == small(1300, SCHOOL)


def test_of_two_files_as_old_as_each_other_none_stands(county: Path):
    put(county / "收回" / "教育局（修改版）.xlsx", length=1200)
    code, _, err = collect(county)
    assert code == 2
    assert "分不出哪份是新的" in err
    assert drafts(county) == [f"{TOWN}2024.toml"]


def test_a_copy_is_no_second_file(county: Path):
    put(county / "收回" / "教育局 (1).xlsx", hours=5)
    code, _, err = collect(county)
    assert (code, err.splitlines()) == (0, ["新收 2 份"])


def test_a_copy_of_the_same_sent_later_makes_the_draft_no_older(county: Path):
    collect(county)
    put(county / "收回" / "教育局 (1).xlsx", hours=5)
    collect(county)
    put(county / "中间" / "教育局.xlsx", length=1200, hours=3)
    code, _, err = run("import", "中间", "-o", "草稿", cwd=county)
    assert (code, "旧，没有换" in err) == (1, True)


# Never backwards


def test_an_older_file_takes_no_newer_ones_place_unless_that_is_wanted(county: Path):
    put(county / "第二批" / "教育局.xlsx", length=1200, hours=2)
    assert run("import", "第二批", "-o", "草稿", cwd=county)[0] == 0
    path = county / "草稿" / f"{SCHOOL}2024.toml"
    before = path.read_bytes()
    code, _, err = collect(county)
    assert code == 1
    assert "收回/教育局.xlsx（" in err
    assert "比草稿所用的 第二批/教育局.xlsx（" in err
    assert path.read_bytes() == before
    assert collect(county, "--replace")[0] == 0
    assert draft.loads(path.read_bytes()).report == small(name=SCHOOL)
    assert path.with_name(f"{path.name}.bak").read_bytes() == before


def figures(report: Report, number: int) -> Report:
    report.put({NEWEST.by_name["licensing.licence.decided"]: number})
    return report


def test_a_replacement_says_which_cells_changed(county: Path):
    collect(county)
    report = figures(small(name=SCHOOL), 12)
    (county / "收回" / "教育局.xlsx").write_bytes(collection.dumps(report))
    _, _, err = collect(county)
    assert "｜行政许可｜决定数量：0 → 12" in err


@settings(max_examples=25, deadline=None)
@given(st.data())
def test_in_whatever_order_the_newest_of_each_unit_stands_and_nothing_is_lost(data: st.DataObject):
    with TemporaryDirectory() as name:
        folder, sent = Path(name), {}
        for unit in (SCHOOL, TOWN):
            for hour in range(data.draw(st.integers(1, 3))):
                number = data.draw(st.integers(0, 2))
                report = figures(small(name=unit), number)
                path = folder / f"批{hour}" / f"{unit}.xlsx"
                path.parent.mkdir(exist_ok=True)
                path.write_bytes(collection.dumps(report))
                os.utime(path, (1_700_000_000 + 3600 * hour,) * 2)
                sent[unit, hour] = (path, number)
        order = data.draw(st.lists(st.sampled_from(sorted(sent)), min_size=1, max_size=6))
        order += data.draw(st.permutations(sorted(sent)))
        terms = intake.Terms(folder / "草稿")
        (folder / "草稿").mkdir()
        for key in order:
            intake.take_in([sent[key][0]], terms)
        cell = NEWEST.by_name["licensing.licence.decided"]
        for unit in (SCHOOL, TOWN):
            newest = max(hour for each, hour in sent if each == unit)
            found = draft.loads((folder / "草稿" / f"{unit}2024.toml").read_bytes()).report
            assert found.figures[cell] == sent[unit, newest][1]
            assert found.received.date == datetime.fromtimestamp(
                1_700_000_000 + 3600 * newest
            ).isoformat(" ")


# Whose it is


def test_another_units_sheet_is_set_aside(county: Path):
    for name in ("石门镇人民政府", "石门坎乡人民政府"):
        handed_out = Report(year=2024, bureau=Bureau(name))
        (county / f"{name}.xlsx").write_bytes(collection.dumps(handed_out))
    put(county / "收回" / "石门镇.xlsx", "石门镇人民政府")
    put(county / "收回" / "石门坎乡2024年收集表.xlsx", "石门镇人民政府", 1000, hours=2)
    code, _, err = collect(county)
    assert code == 1
    assert "石门坎乡2024年收集表.xlsx：文件名是石门坎乡的，里面写的是石门镇人民政府" in err
    path = county / "草稿" / "石门镇人民政府2024.toml"
    assert draft.loads(path.read_bytes()).report == small(name="石门镇人民政府")


def filled(report: Report, *cells: Spot, page: int = 0, **swaps: str) -> bytes:
    """A sheet as it came back: some cells written into, some texts put for others."""
    made = list(pages.pages(report, {}))
    spots = [
        spot._replace(value=swaps.get(str(spot.value), spot.value)) for spot in made[page].spots
    ]
    made[page] = replace(made[page], spots=(*spots, *cells))
    return workbook.written(made, "", "")


def renamed(report: Report, name: str) -> bytes:
    """A sheet handed out to one unit in which another wrote its name."""
    return filled(report, **{report.bureau.name: name})


def test_a_sheet_made_for_another_unit_or_year_is_set_aside(county: Path):
    path = county / "收回" / "表.xlsx"
    path.write_bytes(renamed(small(name="石门镇人民政府"), "石门坎乡人民政府"))
    code, _, err = collect(county)
    assert (code, "这份表是发给石门镇人民政府的，里面写的是石门坎乡人民政府" in err) == (1, True)
    path.write_bytes(renamed(small(name="城关镇"), "城关镇人民政府"))
    code, out, err = collect(county)
    assert (code, out.strip()) == (0, str(Path("草稿/城关镇人民政府2024.toml")))


def test_with_a_roster_short_names_become_the_full_ones(county: Path):
    (county / "名册.txt").write_text("云溪县教育局\n青石镇人民政府\n城关镇人民政府\n", "utf-8")
    put(county / "收回" / "城关.xlsx", "城关镇")
    code, out, err = collect(county, "--roster", "名册.txt")
    assert code == 0
    assert "“城关镇”按名册读作城关镇人民政府，请核对" in err
    assert [Path(line).stem for line in out.splitlines()] == [
        "云溪县教育局2024",
        "青石镇人民政府2024",
        "城关镇人民政府2024",
    ]


def test_a_draft_left_by_a_corrected_name_is_retired(county: Path):
    path = put(county / "收回" / "教育局.xlsx", "云溪县教育体育局")
    collect(county)
    path.write_bytes(collection.dumps(small(name=SCHOOL)))
    _, _, err = collect(county)
    assert "旧草稿退下，存为" in err
    assert f"{SCHOOL}2024.toml" in drafts(county)
    assert "云溪县教育体育局2024.toml.bak" in drafts(county)
    assert "云溪县教育体育局2024.toml" not in drafts(county)


# Archives


def test_what_lies_in_an_archive_is_read(county: Path):
    with ZipFile(county / "收回" / "乡镇.zip", "w") as archive:
        archive.writestr("乡镇/城关镇.xlsx", collection.dumps(small(name="城关镇人民政府")))
        archive.writestr("乡镇/扫描.jpg", b"\xff\xd8")
        archive.writestr("__MACOSX/._城关镇.xlsx", b"?")
    code, _, err = collect(county)
    assert code == 1
    assert "收回/乡镇.zip：乡镇/扫描.jpg：是图片" in err
    assert "城关镇人民政府2024.toml" in drafts(county)


def test_an_archive_that_holds_too_much_is_refused(county: Path, monkeypatch):
    path = county / "大.zip"
    with ZipFile(path, "w", ZIP_DEFLATED) as archive:
        archive.writestr("a.xlsx", b"0" * 3_000_000)
    monkeypatch.setattr(arrivals, "MOST_BYTES", 2_000_000)
    assert ["太大" in each.why for each in arrivals.opened(path)] == [True]
    path.write_bytes(b"PK\3\4")
    assert ["已损坏" in each.why for each in arrivals.opened(path)] == [True]


# Reading errors and the register


def test_what_could_not_be_read_stays_with_the_draft(county: Path):
    stray = (Spot(60, 3, 7, CellStyle()), Spot(60, 4, 8, CellStyle()))
    sent = filled(small(name=SCHOOL), *stray, page=2)
    (county / "收回" / "教育局.xlsx").write_bytes(sent)
    assert collect(county)[0] == 1
    code, out, _ = run("batch", "草稿", "-o", "文档", cwd=county)
    assert code == 1
    assert "D010 收到的文件里" in out
    code, _, err = run("rollup", "草稿", "-o", "县.toml", "--name", "云溪县", cwd=county)
    assert (code, "D010" in err) == (1, True)


def register(folder: Path) -> dict[str, list[str]]:
    from govdisclose.county.register import UNITS
    from govdisclose.formats.excel import reading

    sheets = reading.read((folder / "台账.xlsx").read_bytes())
    [rows] = [sheet.rows for sheet in sheets if sheet.name == UNITS]
    return {row[1]: row for row in rows[3:]}


def test_the_register_grows_with_every_import(county: Path):
    units = (SCHOOL, TOWN, "云溪县财政局", "云溪县水利局")
    (county / "名册.csv").write_text(
        "单位名称,联系人,电话\n" + "".join(f"{name},张三,0563-1\n" for name in units), "utf-8"
    )
    (county / "收回" / "财政局盖章.pdf").write_bytes(b"%PDF-1.4")
    words = ("--roster", "名册.csv", "--register", "台账.xlsx", "--deadline", "2023-11-14")
    assert collect(county, *words)[0] == 1
    found = register(county)
    assert list(found) == list(units)
    assert [row[4] for row in found.values()] == ["已报", "已报", "报了，读不出", "未报送"]
    assert found[SCHOOL][2:4] == ["张三", "0563-1"]
    put(county / "再收" / "水利局.xlsx", "云溪县水利局", hours=48)
    code, _, err = run("import", "再收", "-o", "草稿", *words[:4], cwd=county)
    assert (code, "已报 3 个，报了，读不出 1 个" in err) == (0, True)
    found = register(county)
    assert [row[4] for row in found.values()] == ["已报", "已报", "报了，读不出", "已报"]
    assert found["云溪县水利局"][7].startswith("逾期")
    assert found[SCHOOL][8].endswith("教育局.xlsx")
    _, out, _ = run("batch", "草稿", "-o", "文档", "--roster", "名册.csv", cwd=county)
    assert "报了读不出" in out


def test_a_register_is_never_written_over_another_workbook(county: Path):
    put(county / "台账.xlsx", SCHOOL)
    before = (county / "台账.xlsx").read_bytes()
    code, _, err = collect(county, "--register", "台账.xlsx")
    assert (code, "不是收报台账" in err) == (2, True)
    assert (county / "台账.xlsx").read_bytes() == before
