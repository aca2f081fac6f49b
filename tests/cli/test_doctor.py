import io

import pytest

from govdisclose.cli import doctor
from govdisclose.formats import libreoffice
from govdisclose.formats.look import LOOKS


def test_everything_is_looked_at():
    lines = doctor.examine()
    assert {line.topic for line in lines} == {"版本", "字体", "LibreOffice", "终端"}
    assert all(line.name and line.text and "\n" not in line.text for line in lines)
    names = {line.name for line in lines}
    assert {"Python", "govdisclose", "python-docx", "xlsxwriter", "仿宋_GB2312"} <= names


def test_every_font_of_every_look_is_looked_for():
    fonts = doctor.document_fonts()
    assert len(fonts) == len(set(fonts))
    for look in LOOKS.values():
        for style in look.drawn:
            assert {style.font, style.latin} <= set(fonts)


@pytest.mark.parametrize(
    ("present", "fine", "words"),
    [
        ({"仿宋_gb2312"}, True, "已安装"),
        ({"fangsong_gb2312"}, True, "已安装"),
        ({"fangsong"}, False, "会用“仿宋”代替"),
        ({"arial"}, False, "默认的字体"),
    ],
)
def test_a_font_is_known_by_either_name_or_by_what_stands_in(present, fine, words):
    [line] = doctor.fonts(["仿宋_GB2312"], frozenset(present))
    assert line.is_fine is fine
    assert words in line.text


def test_an_entry_of_the_registry_may_name_two_families():
    assert list(doctor.named("SimSun & NSimSun (TrueType)")) == ["SimSun", "NSimSun"]


def test_where_libreoffice_is_missing_it_says_what_to_install(monkeypatch):
    monkeypatch.setattr(libreoffice, "find", lambda: None)
    line = doctor.libreoffice()
    assert not line.is_fine
    assert "安装" in line.text


@pytest.mark.parametrize(
    ("encoding", "fine"), [("utf-8", True), ("gb18030", True), ("gbk", True), ("ascii", False)]
)
def test_a_terminal_must_show_chinese(monkeypatch, encoding, fine):
    monkeypatch.setattr("sys.stdout", io.TextIOWrapper(io.BytesIO(), encoding=encoding))
    monkeypatch.setenv("COLUMNS", "100")
    line = doctor.terminal()
    assert (line.name, line.is_fine) == (encoding, fine)


def test_a_narrow_terminal_is_said_to_be(monkeypatch):
    monkeypatch.setenv("COLUMNS", "40")
    assert "太窄" in doctor.terminal().text


def test_without_fontconfig_nothing_is_known(monkeypatch):
    monkeypatch.setenv("PATH", "")
    doctor.fontconfig.cache_clear()
    assert doctor.fontconfig("fc-list", "--format=x") == ()
    doctor.fontconfig.cache_clear()
