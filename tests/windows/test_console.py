"""A console of Windows: Chinese typed and shown, narrow windows, no colour."""

import os
import re

import pexpect
import pytest

from govdisclose.formats import draft
from tests.support.cli import LANGXI

SEQUENCES = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")


class Console:
    """Somebody at a console: types when the line editor waits for keys."""

    def __init__(self, windows, *words: str, cwd, columns: int = 80, **variables: str) -> None:
        self.child = pexpect.spawn(
            "wine",
            [str(windows.python), "-m", "govdisclose", *words],
            cwd=str(cwd),
            dimensions=(30, columns),
            encoding="utf-8",
            timeout=60,
            env={**os.environ, "TERM": "xterm", **variables},
        )
        self.child.delaybeforesend = 0.5

    def answers(self, question: str, keys: str) -> None:
        self.child.expect_exact(question)
        self.child.expect_exact([">", "90m"])  # the prompt, or the grey of what is proposed
        self.child.send(f"{keys}\r")

    def ends(self) -> str:
        """What is on the screen when the program has ended."""
        text = self.child.before if self.child.expect([pexpect.EOF]) else ""
        self.child.close()
        return SEQUENCES.sub("", text or self.child.before)


@pytest.mark.parametrize("columns", [40, 80])
def test_an_interview_takes_chinese_and_is_left_with_ctrl_c(windows, tmp_path, columns):
    console = Console(windows, "fill", cwd=tmp_path, columns=columns)
    console.answers("单位全称", "甲县乙局")
    console.answers("哪一年", "2024")  # in 40 columns the line breaks before it
    console.child.expect_exact("位类别")
    console.child.expect_exact([">", "90m"])
    console.child.send("\x03")
    assert "甲县乙局2024.toml" in console.ends().replace("\r\n", "")
    assert console.child.exitstatus == 130
    [file] = tmp_path.glob("*.toml")
    assert draft.loads(file.read_bytes()).report.bureau.name == "甲县乙局"


@pytest.mark.parametrize(("columns", "has_tables"), [(40, False), (80, True)])
def test_a_report_is_shown_in_the_width_there_is(windows, tmp_path, columns, has_tables):
    (tmp_path / "甲.toml").write_bytes(LANGXI.read_bytes())
    console = Console(windows, "show", "甲.toml", cwd=tmp_path, columns=columns, NO_COLOR="1")
    screen = console.ends()
    assert ("───" in screen) is has_tables
    assert ("各项都是 0" in screen) is not has_tables
