"""One figure of a draft changed from the command line."""

import shutil

import pytest

from govdisclose.formats import draft
from tests.support.cli import SAMPLES, run


@pytest.fixture
def huaian(tmp_path):
    return shutil.copy(SAMPLES / "淮安市人民政府2024.toml", tmp_path / "h.toml")


def test_a_figure_its_totals_and_what_no_longer_agrees(tmp_path, huaian):
    code, out, err = run("set", huaian, "本年新收.自然人", "3000", cwd=tmp_path)
    assert code == 1
    assert "一、本年新收政府信息公开申请数量｜自然人：3001 → 3000" in out
    assert "一、本年新收政府信息公开申请数量｜总计：3119 → 3118" in out
    assert "R203 错误" in out
    assert "改了以后对不上的" in err
    code, out, _ = run("set", huaian, "applications.received.natural_person", "3001", cwd=tmp_path)
    assert (code, "R203" in out) == (0, False)
    assert huaian.read_bytes() == (SAMPLES / "淮安市人民政府2024.toml").read_bytes()


def test_a_row_a_particular_and_no_change(tmp_path, huaian):
    assert run("set", huaian, "行政规范性文件", "8", "26", "66", cwd=tmp_path)[1] == (
        "没有改动：原来就是这样\n"
    )
    run("set", huaian, "联系电话", "0517-1234567", cwd=tmp_path)
    assert draft.loads(huaian.read_bytes()).report.bureau.telephone == "0517-1234567"


def test_what_cannot_be_changed_leaves_the_file(tmp_path, huaian):
    before = huaian.read_bytes()
    for words in (["三（七）总计", "1"], ["行政许可", "x"], ["没有的", "1"]):
        code, out, err = run("set", huaian, *words, cwd=tmp_path)
        assert (code, out) == (2, "")
        assert err.startswith("用不了：")
    huaian.write_text("year = 2024\n[bureau]\nnmae = '甲'\n", "utf-8")
    code, _, err = run("set", huaian, "行政许可", "1", cwd=tmp_path)
    assert code == 2
    assert "D002" in err
    assert b"nmae" in huaian.read_bytes()
    assert before
    assert run("set", "没有.toml", "行政许可", "1", cwd=tmp_path)[0] == 2
