"""Finding drafts: in folders within folders, by patterns, and what is passed over."""

import os
import time
from pathlib import Path

import pytest

from govdisclose.files import disk, search
from govdisclose.formats import draft
from govdisclose.model.finding import Unusable
from tests.support.cli import LANGXI, run
from tests.support.samples import blank, small


def put(path: Path, text: str = "") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    own = LANGXI.read_text("utf-8").replace("郎溪县科技工信局", path.stem)
    path.write_text(text or own, encoding="utf-8")
    return path


def names(folder: Path, *paths: Path) -> list[str]:
    return [path.relative_to(folder).as_posix() for path in search.found(paths).paths]


@pytest.fixture
def county(tmp_path: Path) -> Path:
    """A folder of a county: a folder for each town, and what else lies about."""
    for name in ("教育局.toml", "甲镇/甲镇.toml", "乙镇/所/财政所.TOML", "乙镇/乙镇.Toml"):
        put(tmp_path / name)
    put(tmp_path / ".git/config.toml")
    put(tmp_path / "甲镇/.备份.toml")
    put(tmp_path / "甲镇/说明.txt", "说明")
    return tmp_path


def test_a_folder_is_searched_with_those_below_it(county: Path):
    assert names(county, county) == [
        "教育局.toml",
        "乙镇/乙镇.Toml",
        "乙镇/所/财政所.TOML",
        "甲镇/甲镇.toml",
    ]


@pytest.mark.parametrize(
    ("pattern", "count"),
    [
        ("*.toml", 1),
        ("*/*.toml", 2),
        ("**/*.toml", 4),
        ("乙*/**/*.toml", 2),
        ("?镇", 3),
        ("*", 4),
        ("**", 4),
        ("*/所/财政所.toml", 1),
        ("[甲]镇/*", 2),
        ("没有/*.toml", 0),
        ("**x.toml", 0),
    ],
)
def test_a_pattern_may_stand_in_any_part(county: Path, pattern: str, count: int):
    assert len(search.found([county / pattern]).paths) == count


def test_signs_in_a_real_name_are_no_pattern(tmp_path: Path):
    path = put(tmp_path / "县[1]" / "a[2].toml")
    assert search.found([path]).paths == [path]
    assert search.found([tmp_path / "县[1]" / "*.toml"]).paths == [path]


def test_a_draft_found_twice_is_read_once(county: Path):
    path = county / "教育局.toml"
    assert search.found([path, county, county / "*.toml"]).paths[0] == path
    assert len(search.found([path, county, county / "*.toml"]).paths) == 4


@pytest.mark.parametrize(
    "text",
    [
        '[project]\nname = "a"\n',
        "\n",
        "# 只有说明\n",
        "[limits]\noverview_longest = 9\n",
        "[tool.x]\nyear = 3\n",
    ],
)
def test_foreign_toml_is_passed_over_where_it_is_only_found(county: Path, text: str):
    path = put(county / "甲镇/pyproject.toml", text)
    for given in (county, county / "**" / "*.toml"):
        found = search.found([given])
        assert path not in found.paths
        assert len(found.paths) == 4
        assert found.passed == [search.Passed(path, search.FOREIGN)]
    assert search.found([path]) == search.FoundFiles([path], [])


@pytest.mark.parametrize(
    "text",
    [
        draft.dumps(blank()),
        "\ufeff# 草稿\n\n\nyear = 2024\n",
        "[bureau]\n",
        "[documents]\n",
        '[overview]\nlead = ""\n',
        "year = \n",
        "乱写",
        "a = [",
    ],
)
def test_what_may_be_a_draft_is_read(tmp_path: Path, text: str):
    path = put(tmp_path / "a.toml", text)
    assert search.found([tmp_path]).paths == [path]


def test_a_draft_in_utf_16_is_one(tmp_path: Path):
    (tmp_path / "a.toml").write_bytes(draft.dumps(small()).encode("utf-16"))
    assert len(search.found([tmp_path]).paths) == 1


@pytest.mark.skipif(os.name == "nt", reason="a link takes rights on Windows")
def test_links_in_a_circle_are_not_followed(county: Path):
    (county / "甲镇" / "圈").symlink_to(county, target_is_directory=True)
    (county / "自己").symlink_to("自己")
    found = search.found([county])
    assert len(found.paths) == 4
    assert found.passed == [search.Passed(county / "甲镇" / "圈", search.LINKED)]
    assert len(search.found([county / "**" / "*.toml"]).paths) == 4


def test_a_closed_folder_is_told(county: Path, monkeypatch: pytest.MonkeyPatch):
    scan = os.scandir

    def closed(folder):
        if Path(folder).name == "甲镇":
            raise PermissionError(13, "Permission denied")
        return scan(folder)

    monkeypatch.setattr(os, "scandir", closed)
    for given in (county, county / "*" / "*.toml", county / "**" / "*.toml"):
        assert county / "甲镇" in search.found([given]).paths
    with pytest.raises(Unusable, match="甲镇：文件夹打不开，没有权限"):
        disk.read(county / "甲镇")


def test_many_other_files_cost_little(tmp_path: Path):
    for folder in range(10):
        (tmp_path / str(folder)).mkdir()
        for number in range(1000):
            (tmp_path / str(folder) / f"{number}.txt").touch()
    path = put(tmp_path / "5" / "a.toml")
    start = time.perf_counter()
    assert search.found([tmp_path]).paths == [path]
    assert time.perf_counter() - start < 2


def test_only_the_folder_itself_is_looked_at_for_drafts_begun(county: Path):
    put(county / "pyproject.toml", "[project]\n")
    assert search.here(county) == [county / "教育局.toml"]
    assert search.here(county / "没有") == []


# As a person types it


def test_check_reads_every_town(county: Path):
    for words in (".", "**/*.toml", "*镇"):
        code, _, err = run("check", words, cwd=county)
        assert code == 0, err
        assert "财政所.TOML" in err
    code, _, err = run("batch", ".", "-o", "出", cwd=county)
    assert "核对 4/4" in err


def test_check_says_in_one_line_what_it_passed_over(county: Path):
    for number in range(7):
        put(county / f"甲镇/{number}.toml", "[tool]\n")
    code, _, err = run("check", ".", cwd=county)
    told = [line for line in err.splitlines() if "不像是草稿" in line]
    assert code == 0
    assert len(told) == 1
    assert told[0].startswith(f"{Path('甲镇/0.toml')}、")
    assert "等 7 个" in told[0]
    assert run("check", "甲镇/0.toml", cwd=county)[0] == 1


def test_nothing_but_foreign_files_is_no_draft(tmp_path: Path):
    put(tmp_path / "pyproject.toml", "[project]\n")
    code, _, err = run("check", ".", cwd=tmp_path)
    assert code == 2
    assert "不像是草稿" in err
    assert err.splitlines()[-1].startswith("用不了：.：里面没有草稿")


def test_a_draft_in_capitals_is_a_draft_to_every_command(tmp_path: Path):
    path = tmp_path / "A.TOML"
    text = LANGXI.read_text("utf-8")
    path.write_text(text.replace("rules     = [   0,   0,       0]", "rules = [0, 0, 2]"), "utf-8")
    words = ("--acknowledge", "R205@documents.rules", "--reason", "属于例外")
    assert run("check", path, *words, cwd=tmp_path)[0] == 0
    assert "属于例外" in path.read_text("utf-8")
