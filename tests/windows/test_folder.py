"""The portable folder itself: how it starts, and what lies in it."""

import shutil

from tests.support.cli import FAULTY, LANGXI
from tests.windows.conftest import Windows


def test_the_folder_holds_what_an_officer_needs_and_says_how_to_start(windows):
    names = {path.name for path in windows.folder.iterdir()}
    assert names == {"govdisclose.cmd", "开始使用.html", "python", "lib", "samples"}
    start = (windows.folder / "govdisclose.cmd").read_bytes()
    assert start.count(b"\n") == start.count(b"\r\n")
    assert "双击 govdisclose.cmd" in (windows.folder / "开始使用.html").read_text("utf-8")


def test_a_command_runs_in_the_folder_one_is_in_and_gives_its_exit_code(windows, tmp_path):
    (tmp_path / "甲局.toml").write_bytes(FAULTY.read_bytes())
    done = windows.double_click("check", "甲局.toml", cwd=tmp_path)
    assert done.code == 1
    assert "甲局.toml:85:26  R101" in done.said
    done = windows.double_click("--version", cwd=tmp_path)
    assert (done.code, done.out[:12]) == (0, b"govdisclose ")


def test_without_a_command_the_way_is_shown_and_nothing_is_left_behind(windows, tmp_path):
    before = {path.name for path in windows.folder.iterdir()}
    done = windows.double_click(cwd=tmp_path, stdin=b"\r\n")
    assert "govdisclose fill" in done.said
    assert {path.name for path in windows.folder.iterdir()} == before
    assert not list(tmp_path.iterdir())


def test_a_double_click_within_the_zip_is_told_to_unpack(windows, tmp_path):
    shutil.copy(windows.folder / "govdisclose.cmd", tmp_path)
    done = Windows(tmp_path).double_click(cwd=tmp_path, stdin=b"\r\n")
    assert done.code == 2
    assert "Please extract the whole zip file first." in done.said


def test_nothing_but_the_folder_is_used(windows, tmp_path):
    """No other Python's libraries, nor a module that happens to lie beside the draft."""
    (tmp_path / "typer.py").write_text("raise SystemExit(9)")
    (tmp_path / "甲.toml").write_bytes(LANGXI.read_bytes())
    done = windows.run("check", "甲.toml", cwd=tmp_path, PYTHONPATH=str(tmp_path))
    assert done.code == 0, done.said
