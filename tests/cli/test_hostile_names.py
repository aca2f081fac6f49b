"""Nothing that a file, a name or an answer says steers the terminal, whatever the command."""

import sys
from pathlib import Path

import pytest

from govdisclose.formats import collection, html
from govdisclose.model.report import Bureau, Part, Prose
from govdisclose.model.text import visible
from tests.support import samples
from tests.support.cli import run_in_bytes

ESC = "\x1b[2J\x1b]0;x\x07"
OVER = "\u202e"
NASTY = f"甲{OVER}局\u200b"
DRAFT = f"""\
form = "2021-30"
year = 2024
"\\u001b[2J{OVER}" = 1
坏{OVER}行
[bureau]
name = "甲县{OVER}局\\u001b[2J"
address = "一\\n二"
[overview]
lead = "收到\\u001b]0;x\\u0007申请5件，{OVER}的的"
[[overview.parts]]
heading = "标\\u009b题{OVER}"
text = "{{applications.x{OVER}}}"
[applications]
"received{OVER}" = 3
received = ["\\u001b[31m", 1, 2, 0, 0, 0, 9]
[[acknowledged]]
rule = "R510{OVER}"
at = "over\\u001b"
reason = "因{OVER}"
"""
SOUND = DRAFT.replace(f"坏{OVER}行\n", "").replace(f'"\\u001b[2J{OVER}" = 1\n', "")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    is_windows = sys.platform == "win32"  # which takes no control characters in names
    (tmp_path / "县").mkdir()
    for number, name in enumerate([NASTY] if is_windows else [NASTY, f"乙{ESC.replace('/', '')}"]):
        (tmp_path / "县" / f"{name}.toml").write_text(DRAFT if number else SOUND, "utf-8")
    if not is_windows:
        (tmp_path / "县" / "丙\nR203 错误.toml").write_text(SOUND, "utf-8")
    report = samples.small()
    report.bureau = Bureau(f"丁{OVER}局")
    report.prose = {**report.prose, "overview": Prose("", (Part(f"题{OVER}", f"文{OVER}"),))}
    (tmp_path / f"{NASTY}.html").write_bytes(html.dumps(report).encode())
    (tmp_path / f"{NASTY}.xlsx").write_bytes(collection.dumps(report))
    (tmp_path / "名册.csv").write_text(f"单位\n戊{OVER}局\n己\x1b[2J局\n戊{OVER}局\n", "utf-8")
    (tmp_path / "好.toml").write_text(SOUND, "utf-8")
    return tmp_path


COMMANDS = [
    ("check", "县"),
    ("check", "县", "--json"),
    ("check", "县", "--diff"),
    ("check", f"县/{NASTY}.toml", "--acknowledge", f"R5{ESC}@x", "--reason", OVER),
    ("check", f"没有{ESC}.toml"),
    ("check", f"--没有{ESC}"),
    ("check", "丙\n丁.toml"),
    ("render", f"县/{NASTY}.toml"),
    ("render", "县", "--force", "-o", f"出{OVER}"),
    ("render", "县", "--force", "-o", "出", "--template", f"{NASTY}.html"),
    ("show", f"县/{NASTY}.toml"),
    ("batch", "县", "-o", "出", "--roster", "名册.csv"),
    ("batch", "县", "-o", "出", "--json"),
    ("batch", ".", "-o", "出", "--last-year", "县", "--report", f"表{OVER}.csv"),
    ("rollup", "县", "-o", f"和{OVER}.toml", "--roster", "名册.csv"),
    ("rollup", "县", "--json"),
    ("sheet", "--roster", "名册.csv", "-o", "表"),
    ("sheet", "--from", f"县/{NASTY}.toml"),
    ("import", f"{NASTY}.html", "-o", "入"),
    ("import", f"{NASTY}.xlsx", "--roster", "名册.csv"),
    ("import", f"{NASTY}.html", "--into", "好.toml", "--json"),
    ("import", ".", "-o", f"收{OVER}"),
    ("next", f"县/{NASTY}.toml"),
    ("next", f"{NASTY}.html", "--text"),
    ("set", f"县/{NASTY}.toml", "applications.received.natural_person", f"3{ESC}"),
    ("set", f"县/{NASTY}.toml", f"app{ESC}", "3"),
    ("compare", f"{NASTY}.html", f"县/{NASTY}.toml"),
    ("compare", f"{NASTY}.html", f"县/{NASTY}.toml", "--json"),
    ("fill", f"县/{NASTY}.toml"),
    ("fill", "--last-year", f"{NASTY}.html", "-o", f"新{OVER}.toml"),
    ("rules", f"R{ESC}"),
    ("x\x1b[2J",),
]


@pytest.mark.parametrize("words", COMMANDS, ids=lambda words: visible(" ".join(words))[:60])
def test_nothing_steers_the_terminal(words, folder):
    if sys.platform == "win32" and any("\x1b" in word for word in words):
        pytest.skip("no such argument reaches a program there")
    answers = f"{OVER}庚\x1b[2J局\n3\x07\n\n".encode() * 30
    done = run_in_bytes(*words, cwd=folder, stdin=answers, COLUMNS="200")
    for said in (done.stdout.decode(), done.stderr.decode()):
        assert "Traceback" not in said
        assert visible(said.replace("\r\n", "\n")) == said.replace("\r\n", "\n")
        assert not any(line.startswith("R203") for line in said.splitlines())
    assert done.stdout + done.stderr
    assert done.returncode in (0, 1, 2, 130)


def test_what_is_shown_as_a_sign_says_which_it_was():
    assert (
        visible("a\x1b\u202e\U000e0041\udcff\n\tb") == "a\\u001b\\u202e\\udb40\\udc41\\udcff\n\tb"
    )
