"""Closed streams, a system without Chinese, a folder that is gone, a program that is killed."""

import os
import signal
import subprocess
import sys
import time

import pytest

from tests.support.cli import LANGXI, run

pytestmark = pytest.mark.skipif(os.name == "nt", reason="what only Unix does to a program")
PLAIN = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}


def in_shell(line: str, folder, **variables: str):
    """A line of a shell in which $G is the program."""
    program = f"{sys.executable} -m govdisclose"
    done = subprocess.run(
        ["sh", "-c", line],
        cwd=folder,
        capture_output=True,
        env={**os.environ, "G": program, "DRAFT": str(LANGXI), **variables},
        check=False,
    )
    said = (done.stdout + done.stderr).decode()
    assert "Traceback" not in said, said
    return done.returncode, said


@pytest.mark.parametrize("closed", ["<&-", ">&-", "2>&-", "<&- >&-", "<&- >&- 2>&-"])
@pytest.mark.parametrize(
    ("words", "code"), [("check $DRAFT", 0), ("show $DRAFT", 0), ("fill", 130), ("render nix", 2)]
)
def test_a_closed_stream_changes_no_exit_code(words, code, closed, tmp_path):
    assert in_shell(f"$G {words} {closed}", tmp_path)[0] == code


def test_output_that_goes_nowhere_is_said(tmp_path):
    assert "标准输出是关着的" in in_shell("$G check $DRAFT >&-", tmp_path)[1]


def test_names_are_chinese_where_the_system_knows_none(tmp_path):
    code, said = in_shell("$G check $DRAFT && $G render $DRAFT -o .", tmp_path, **PLAIN)
    assert code == 0
    assert LANGXI.name in said
    assert [each.suffix for each in tmp_path.iterdir()] == [".docx"]


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("check $DRAFT", 0),
        ("check .", 2),
        ("render $DRAFT -o x", 2),
        ("sheet", 2),
        ("next $DRAFT", 2),
        ("batch . -o x", 2),
        ("doctor", None),
        ("", 0),
    ],
)
def test_a_folder_that_is_gone_is_a_sentence(words, code, tmp_path):
    (tmp_path / "x").mkdir()
    got, said = in_shell(f"cd x && rmdir ../x && $G {words}", tmp_path)
    assert got == code or code is None
    assert said.strip()


def test_an_interruption_while_all_is_loaded_is_no_fault(tmp_path):
    for wait in (0.05, 0.1, 0.15, 0.2, 0.3):
        child = subprocess.Popen(
            [sys.executable, "-m", "govdisclose", "fill"],
            cwd=tmp_path,
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
        )
        time.sleep(wait)
        child.send_signal(signal.SIGINT)
        said = child.communicate()[1].decode()
        assert "__main__.py" not in said  # before that, Python itself is starting
        assert child.returncode in (130, 1, -signal.SIGINT)


def test_no_worker_outlives_a_batch_that_is_killed(tmp_path):
    script = (
        "import time\nfrom govdisclose.county.workers import spread\n"
        "def work(n):\n    import os; print(os.getpid(), flush=True); time.sleep(60)\n"
        "list(spread(work, range(40), 2, pays=1))\n"
    )
    child = subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE)
    workers = [int(child.stdout.readline()) for _ in range(2)]
    child.kill()
    child.wait()
    for _ in range(100):
        if not any(is_alive(worker) for worker in workers):
            return
        time.sleep(0.1)
    raise AssertionError(workers)


def is_alive(process: int) -> bool:
    try:
        os.kill(process, 0)
        with open(f"/proc/{process}/stat") as file:
            return file.read().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def test_a_template_is_a_word_document(tmp_path):
    code, _, err = run("template", "-o", "x.toml", cwd=tmp_path)
    assert code == 2
    assert ".docx" in err
    assert not list(tmp_path.iterdir())
