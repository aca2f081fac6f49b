"""``govdisclose`` alone: a menu where a person sits, the short way elsewhere."""

import os
import shutil
import sys

import pexpect
import pytest

from govdisclose.formats import draft
from tests.support.cli import LANGXI, run

pytestmark = pytest.mark.skipif(os.name == "nt", reason="a pseudo-terminal of Unix is needed")


def at_home(folder):

    return pexpect.spawn(
        sys.executable,
        ["-m", "govdisclose"],
        cwd=str(folder),
        dimensions=(24, 80),
        encoding="utf-8",
        timeout=20,
        env={**os.environ, "TERM": "xterm", "LANG": "C.UTF-8", "PROMPT_TOOLKIT_NO_CPR": "1"},
    )


def test_plain_lines_when_piped_stay(tmp_path):
    code, out, _ = run(cwd=tmp_path)
    assert code == 0
    assert "govdisclose fill" in out


def test_help_is_a_word_too(tmp_path):
    assert run("help", cwd=tmp_path)[1] == run("--help", cwd=tmp_path)[1]
    assert run("help", "fill", cwd=tmp_path)[1] == run("fill", "--help", cwd=tmp_path)[1]


def test_state_first_then_a_figure_is_changed_by_arrow_and_number(tmp_path):
    shutil.copy(LANGXI, tmp_path / "a.toml")
    child = at_home(tmp_path)
    child.expect_exact("a.toml：填好了，没有发现问题")
    child.expect_exact("接下来做什么")
    child.send("\x1b[B\x1b[B\r")
    child.expect_exact("改哪个数")
    child.send("行政许可\r")
    child.expect_exact("新的数")
    child.send("12\r")
    child.expect_exact("行政许可：0 → 12")
    child.expect_exact("接下来做什么")
    child.send("q")
    child.expect(pexpect.EOF)
    child.close()
    assert child.exitstatus == 0
    report = draft.loads((tmp_path / "a.toml").read_bytes()).report
    assert report.figures[report.form.by_name["licensing.licence.decided"]] == 12


def test_the_new_year_is_two_keys_away_and_last_year_stays(tmp_path):
    shutil.copy(LANGXI, tmp_path / "a.toml")
    child = at_home(tmp_path)
    child.expect_exact("接下来做什么")
    child.send("1")
    child.expect_exact("2025 年的草稿")
    child.expect_exact("上面有 5 处要填")
    child.send("160 30 110 10 10\r")
    child.expect_exact("主动公开政府信息160条")
    child.send("\x04")
    child.expect_exact("接着填")
    child.close()
    assert (tmp_path / "a.toml").read_bytes() == LANGXI.read_bytes()
    made = draft.loads((tmp_path / "郎溪县科技工信局2025.toml").read_bytes()).report
    assert "160条" in made.prose["overview"].parts[0].text
