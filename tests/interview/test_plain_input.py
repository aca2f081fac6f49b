"""Lines that come from a file or another program, in UTF-8 or in GBK."""

import locale

import pytest

from govdisclose.interview.terminal import repaired


def read(data: bytes) -> str:
    """What standard input makes of some bytes."""
    return repaired(data.decode("utf-8", "surrogateescape"))


TEXTS = ["", "58 7 0", "甲县乙局", "联通大厦 3 楼", "阿里木·江", "䶮县𬭎镇"]


@pytest.mark.parametrize("system", ["utf-8", "cp936"])
@pytest.mark.parametrize("text", TEXTS)
def test_a_line_reads_in_utf8_and_in_gbk_on_every_system(text, system, monkeypatch):
    monkeypatch.setattr(locale, "getencoding", lambda: system)
    assert read(text.encode("utf-8")) == text
    assert read(text.encode("gb18030")) == text


def test_bytes_that_are_letters_in_utf8_are_what_the_system_takes_them_for(monkeypatch):
    data = "目".encode("gbk")
    assert data == "Ŀ".encode()
    for system, text in (("cp936", "目"), ("utf-8", "Ŀ")):
        monkeypatch.setattr(locale, "getencoding", lambda system=system: system)
        assert read(data) == text
