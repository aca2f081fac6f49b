import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from govdisclose.rules import catalogue
from tests.support.cli import LANGXI


@pytest.fixture
def program(tmp_path) -> Path:
    """The program under its own name, as a shell finds it."""
    path = tmp_path / "bin" / "govdisclose"
    path.parent.mkdir()
    path.write_text(f"#!{sys.executable}\nfrom govdisclose.cli import main\nmain()\n")
    path.chmod(0o755)
    return path


def proposed(program: Path, line: str, shell: str = "bash") -> list[str]:
    """What is proposed for the last word of a line, as the script of a shell asks for it."""
    asked = {
        "_GOVDISCLOSE_COMPLETE": f"complete_{shell}",
        "COMP_WORDS": line,
        "COMP_CWORD": str(len(line.split(" ")) - 1),
        "_TYPER_COMPLETE_ARGS": line,
    }
    done = subprocess.run([program], capture_output=True, text=True, env={**os.environ, **asked})
    assert done.stderr == ""
    return [line for line in done.stdout.splitlines() if line]


@pytest.fixture
def warned(tmp_path) -> Path:
    """A draft with one open warning."""
    path = tmp_path / "有待核.toml"
    text = LANGXI.read_text("utf-8")
    path.write_text(text.replace("[   0,   0,       0]", "[   0,   0,       2]", 1), "utf-8")
    return path


@pytest.mark.parametrize("start", ["rules R20", "check a.toml --only R20", "check --skip R20"])
def test_codes_are_proposed_with_their_titles(program, start):
    codes = [f"R20{number}" for number in range(1, 10)]
    assert proposed(program, f"govdisclose {start}") == codes
    titled = "\n".join(proposed(program, f"govdisclose {start}", "zsh"))
    assert '"R201":"第三部分每行的总计等于各类申请人之和"' in titled
    assert re.findall(r'^.*?"(R\d+)":".', titled, re.M) == codes


def test_open_warnings_of_a_draft_are_proposed(program, warned):
    line = f"govdisclose check {warned} --acknowledge "
    assert proposed(program, line) == ["R205@documents.rules"]
    assert proposed(program, f"{line}R1") == []
    [told] = proposed(program, line, "zsh")
    assert '"R205@documents.rules":"' in told
    assert proposed(program, f"govdisclose check {program}.toml --acknowledge ") == []


def test_commands_and_options_are_proposed_in_chinese(program):
    assert proposed(program, "govdisclose ro") == ["rollup"]
    assert '"--help":"显示这份说明"' in proposed(program, "govdisclose show --he", "zsh")[0]


ASKED = {
    "bash": "COMP_WORDS=(govdisclose rules R60); COMP_CWORD=2\n"
    "_govdisclose_completion govdisclose; echo ${COMPREPLY[@]}",
    "zsh": "_arguments() { echo $@ }; words=(govdisclose rules R60); CURRENT=3\n"
    "_govdisclose_completion",
}
"""What a shell does at Tab with the script it is given."""


@pytest.mark.parametrize("shell", ASKED)
def test_shells_complete_with_the_script_they_are_given(program, shell):
    if not shutil.which(shell):
        pytest.skip(f"there is no {shell}")
    asked = {**os.environ, "_GOVDISCLOSE_COMPLETE": f"source_{shell}"}
    script = subprocess.run([program], capture_output=True, text=True, env=asked).stdout
    done = subprocess.run(
        [shell, "-c", f"compdef() {{ :; }}\n{script}\n{ASKED[shell]}"],
        capture_output=True,
        text=True,
        env={**os.environ, "PATH": f"{program.parent}:{os.environ['PATH']}"},
    )
    assert done.stderr == ""
    codes = [page.code for page in catalogue.pages() if page.code.startswith("R60")]
    assert re.findall(r"R60\d", done.stdout) == codes
