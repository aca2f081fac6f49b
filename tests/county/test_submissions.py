"""What units send back, and what becomes of the drafts that are there."""

import json
import os
from pathlib import Path

import pytest

from govdisclose.files import overwrite
from govdisclose.files.overwrite import Fate
from govdisclose.formats import collection, draft
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
    code, _, err = collect(county)
    assert code == 0
    assert [line for line in err.splitlines() if "扫描.pdf、收回/照片.JPG：不是收集表" in line]
    for name in ("扫描.pdf", "照片.JPG"):
        code, _, err = run("import", f"收回/{name}", "-o", "草稿", cwd=county)
        assert (code, len(err.splitlines())) == (2, 1)
        assert f"用不了：收回/{name}：不是收集表" in err
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
    code, _, err = collect(county)
    assert code == 2
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
    assert err.splitlines()[-1] in ("替换 1 份，没有变化 1 份", "没有变化 1 份，替换 1 份")
    assert draft.loads(path.read_bytes()).report == small(1200, SCHOOL)
    assert len(drafts(county)) == 2


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


# What becomes of a draft


@pytest.mark.parametrize(
    ("there", "known", "wanted", "fate"),
    [
        (None, None, False, Fate.NEW),
        (b"new", None, False, Fate.SAME),
        (b"old", b"old", False, Fate.REPLACED),
        (b"edited", b"new", False, Fate.EDITED),
        (b"edited", b"new", True, Fate.REPLACED),
        (b"edited", b"old", False, Fate.CONFLICT),
        (b"edited", None, False, Fate.CONFLICT),
        (b"edited", None, True, Fate.REPLACED),
    ],
)
def test_the_fate_of_a_draft(tmp_path: Path, there, known, wanted: bool, fate: Fate):
    path = tmp_path / "a.toml"
    if there is not None:
        path.write_bytes(there)
    record = {} if known is None else {path.name: overwrite.digest(known)}
    assert overwrite.fate(path, b"new", record, wanted) is fate
