import os
import stat
import time
from pathlib import Path

import pytest

from govdisclose.formats import fonts, libreoffice, word
from govdisclose.model.finding import Unusable
from tests.support import samples

needs_office = pytest.mark.skipif(libreoffice.find() is None, reason="not here: LibreOffice")


@needs_office
def test_many_files_are_converted_with_one_start(monkeypatch):
    starts = []
    run = libreoffice.run
    monkeypatch.setattr(libreoffice, "run", lambda *given: starts.append(given) or run(*given))
    files = {f"..//{name}：某局.docx": word.dumps(samples.small(name=name)) for name in "甲乙丙"}
    done = libreoffice.convert(files)
    assert list(done) == list(files)
    assert all(data.startswith(b"%PDF") for data in done.values())
    assert len(starts) == 1


@needs_office
def test_a_file_that_cannot_be_converted_stops_no_other():
    files = {"坏.docx": b"PK\x03\x04nothing", "好.docx": word.dumps(samples.small())}
    assert list(libreoffice.convert(files)) == ["好.docx"]


@needs_office
def test_a_document_that_fails_is_named():
    with pytest.raises(Unusable, match="某局"):
        libreoffice.pdf({"某局": b"PK\x03\x04nothing"})


def test_where_it_is_missing_one_sentence_says_what_to_install(monkeypatch):
    monkeypatch.setattr(libreoffice, "find", lambda: None)
    with pytest.raises(Unusable, match=r"LibreOffice.*安装"):
        libreoffice.convert({"a.docx": b""})


def test_it_is_found_on_the_path_or_where_it_is_installed(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(libreoffice, "usual_places", lambda: iter([tmp_path / "soffice.exe"]))
    assert libreoffice.find() is None
    (tmp_path / "soffice.exe").write_bytes(b"")
    assert libreoffice.find() == tmp_path / "soffice.exe"


@pytest.mark.skipif(os.name == "nt", reason="a shell script")
def test_one_that_hangs_is_stopped_with_all_it_started(monkeypatch, tmp_path):
    program, mark = tmp_path / "soffice", tmp_path / "alive"
    program.write_text(f"#!/bin/sh\n(sleep 3; touch '{mark}') &\nwait\n", "utf-8")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setattr(libreoffice, "find", lambda: Path(program))
    monkeypatch.setattr(libreoffice, "START", 0.3)
    monkeypatch.setattr(libreoffice, "EACH", 0)
    started = time.monotonic()
    with pytest.raises(Unusable, match="没有转换完"):
        libreoffice.convert({"a.docx": b""})
    assert time.monotonic() - started < 3
    time.sleep(3.2)
    assert not mark.exists()


@needs_office
def test_nothing_is_left_behind(monkeypatch, tmp_path):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    libreoffice.convert({"a.docx": word.dumps(samples.small())})
    assert not list(tmp_path.iterdir())


@needs_office
def test_a_pdf_is_tagged_in_chinese_and_has_title_and_bookmarks():
    data = libreoffice.pdf({"x": word.dumps(samples.small())})["x"]
    for mark in (b"/MarkInfo", b"/StructTreeRoot", b"/Outlines", b"pdfuaid", b"/Lang(zh-CN)"):
        assert mark in data
    assert b"<pdfaid:part>2" in data
    assert b"/Lang(en-US)" not in data
    title = "郎溪县科技工信局2024年政府信息公开工作年度报告"
    assert title.encode("utf-16-be").hex().upper().encode() in data


def test_a_missing_font_is_replaced_by_the_nearest_chinese_one():
    assert fonts.replacements(frozenset({"宋体", "FandolKai"})) == {
        "仿宋_GB2312": "宋体",
        "楷体_GB2312": "FandolKai",
        "黑体": "宋体",
        "方正小标宋简体": "宋体",
    }
    assert fonts.replacements(frozenset({"IPAMincho"})) == {}
    assert "仿宋_GB2312（用 宋体 代替）" in fonts.notice(frozenset({"宋体"}))
    assert not fonts.notice(frozenset())
