"""``import --json``: what became of every file, for programs, and nothing else on stdout."""

import json
from pathlib import Path

from tests.support.cli import LANGXI, run


def test_every_file_is_accounted_for(tmp_path: Path):
    (tmp_path / "收回").mkdir()
    document = tmp_path / "收回" / "报告.docx"
    assert run("render", LANGXI, "-o", document, cwd=tmp_path)[0] == 0
    (tmp_path / "收回" / "图.png").write_bytes(b"\x89PNG")
    code, out, _ = run("import", "收回", "-o", "草稿", "--json", cwd=tmp_path)
    files = {Path(each["file"]).name: each for each in json.loads(out)["files"]}
    good, bad = files["报告.docx"], files["图.png"]
    assert code == 1
    assert (good["state"], good["bureau"], good["year"]) == ("new", "郎溪县科技工信局", 2024)
    assert Path(good["draft"]).name == "郎溪县科技工信局2024.toml"
    assert (tmp_path / good["draft"]).exists()
    assert sum(good["figures"].values()) == 200
    assert (bad["state"], bad["draft"], bad["figures"]) == ("unreadable", None, None)
    assert "图片" in bad["reason"]


def test_nothing_read_is_said_in_json_too(tmp_path: Path):
    (tmp_path / "a.png").write_bytes(b"\x89PNG")
    code, out, err = run("import", "a.png", "--json", cwd=tmp_path)
    assert code == 2
    assert json.loads(out)["files"][0]["state"] == "unreadable"
    assert err.startswith("用不了：")
