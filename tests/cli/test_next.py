"""The draft of the new year from the command line, out of whatever is there."""

import shutil

import pytest

from govdisclose.formats import draft
from tests.support.cli import LANGXI, SAMPLES, run


def test_one_command_and_last_year_is_not_touched(tmp_path):
    source = shutil.copy(LANGXI, tmp_path / "a.toml")
    before = source.read_bytes()
    code, out, err = run("next", "a.toml", "--text", cwd=tmp_path)
    assert (code, err) == (0, "")
    path = tmp_path / "郎溪县科技工信局2025.toml"
    assert "接着填：govdisclose fill 郎溪县科技工信局2025.toml" in out
    assert draft.loads(path.read_bytes()).report.year == 2025
    assert source.read_bytes() == before
    made = path.read_bytes()
    code, _, err = run("next", "a.toml", cwd=tmp_path)
    assert code == 2
    assert "没有覆盖" in err
    assert path.read_bytes() == made
    assert run("next", "a.toml", "-o", "b.toml", cwd=tmp_path)[0] == 0


@pytest.mark.parametrize("kind", ["docx", "html"])
def test_from_what_was_published(tmp_path, kind):
    sample = SAMPLES / "淮安市人民政府2024.toml"
    run("render", sample, "--to", kind, "-o", tmp_path / f"x.{kind}", cwd=tmp_path)
    code, out, _ = run("next", f"x.{kind}", "--text", "-o", "n.toml", cwd=tmp_path)
    assert code == 0
    assert "合计 103" in out
    report = draft.loads((tmp_path / "n.toml").read_bytes()).report
    text = report.prose["overview"].parts[1].text
    assert "新收政府信息公开申请{applications.received.total}件" in text


def test_what_is_no_report(tmp_path):
    (tmp_path / "x.docx").write_bytes(b"?")
    code, _, err = run("next", "x.docx", cwd=tmp_path)
    assert code == 2
    assert err.startswith("用不了：")
