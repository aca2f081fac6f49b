"""Names of files, and what is said where the system refuses."""

import errno
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from govdisclose.files import disk, names
from govdisclose.model.finding import Unusable
from tests.support.cli import LANGXI, run
from tests.support.samples import small


@pytest.mark.parametrize("name", ["...", "", " . ", "。。", "//", "？", "\u202e", "——"])
def test_a_name_that_is_but_signs_has_another(name: str):
    report = small(name=name)
    title = f"{names.NAMELESS}2024年政府信息公开工作年度报告"
    assert names.document_name(report, ".docx") == f"{title}.docx"
    assert names.draft_name(report) == f"{names.NAMELESS}2024.toml"


@pytest.mark.parametrize("name", ["con", "NUL", "Com1", "lpt¹", "CONIN$", "aux.甲", "prn .甲"])
def test_a_name_is_no_device_of_windows(name: str):
    assert names.safe_name(name, ".toml") == f"_{name}.toml"


@pytest.mark.parametrize(
    ("name", "stem"),
    [("甲/乙局", "甲_乙局"), ("...甲局", "甲局"), ("IT.", "IT"), ("CON", "_CON"), ("2024", "2024")],
)
def test_a_name_keeps_what_a_file_may_be_called(name: str, stem: str):
    assert names.draft_name(small(name=name)) == f"{stem}2024.toml"
    assert names.document_name(small(name=name), "").startswith(f"{stem}2024年")


def test_a_long_name_leaves_room_for_a_suffix():
    assert len(names.document_name(small(name="局" * 300), ".docx").encode()) <= 205


@pytest.mark.parametrize("number", sorted(errno.errorcode))
def test_the_usual_refusals_are_said_in_chinese(number: int):
    said = disk.reason(OSError(number, os.strerror(number)))
    usual = (errno.EEXIST, errno.EFBIG, errno.EIO, errno.ENOSPC, errno.EACCES, errno.ENOTEMPTY)
    assert said
    assert number not in usual or not any(sign.isascii() for sign in said)


def test_a_file_in_the_way_of_a_folder_is_told(tmp_path: Path):
    (tmp_path / "出").write_text("", "utf-8")
    with pytest.raises(Unusable, match="出：不能用作输出文件夹，已经有同名的文件"):
        disk.make(tmp_path / "出")
    code, _, err = run("render", LANGXI, "-o", "出/", cwd=tmp_path)
    assert code == 2
    assert "File exists" not in err


@pytest.mark.skipif(sys.platform == "win32", reason="limits of Unix")
def test_a_file_too_large_for_the_system_is_told(tmp_path: Path):
    resource = pytest.importorskip("resource")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    try:
        resource.setrlimit(resource.RLIMIT_FSIZE, (1000, before[1]))
        with pytest.raises(Unusable, match="文件超过了系统允许的大小"):
            disk.save(tmp_path / "a", b"x" * 2000)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, handler)
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_is_read_only_is_not_written_over(tmp_path):
    path = tmp_path / "a.toml"
    path.write_bytes(b"1")
    path.chmod(0o444)
    with pytest.raises(Unusable, match="文件是只读的，没有覆盖"):
        disk.save(path, b"2")
    assert path.read_bytes() == b"1"
    assert [each.name for each in tmp_path.iterdir()] == ["a.toml"]


def test_windows_has_one_error_for_no_rights_and_for_a_file_in_use(tmp_path, monkeypatch):
    error = PermissionError(errno.EACCES, "Access is denied", str(tmp_path / "a.docx"))
    monkeypatch.setattr(disk, "ON_WINDOWS", False)
    assert disk.reason(error) == "没有权限"
    monkeypatch.setattr(disk, "ON_WINDOWS", True)
    assert "正被别的程序（Word、WPS、Excel）打开" in disk.reason(error)


def test_a_path_too_long_for_windows_is_said_to_be_that(tmp_path, monkeypatch):
    monkeypatch.setattr(disk, "ON_WINDOWS", True)
    path = tmp_path.joinpath(*["长" * 80] * 3, "a.toml")
    with pytest.raises(Unusable, match="路径超过 259 个字符"):
        disk.content(path)
    with pytest.raises(Unusable, match="没有这个文件"):
        disk.content(tmp_path / "a.toml")


@pytest.mark.parametrize("name", ["甲县乙局2024.toml", "a/b-c_1.toml"])
def test_a_plain_path_is_one_word_of_a_command_as_it_is(name: str):
    assert names.in_shell(Path(name)) == str(Path(name))


@pytest.mark.parametrize("name", ["甲 局.toml", "a&b.toml", "甲（1）.toml"])
def test_another_path_is_quoted_as_the_shell_takes_it(name: str):
    echo = f"{sys.executable} -c 'import sys; print(len(sys.argv))' {names.in_shell(Path(name))}"
    if sys.platform == "win32":
        assert names.in_shell(Path(name)) == f'"{name}"'
    else:
        assert subprocess.check_output(echo, shell=True) == b"2\n"
