"""However an interview ends, what stood in a text box is there at the next start."""

import os
import signal
import subprocess
import sys
import time

import pytest

from govdisclose.files import disk
from govdisclose.formats import draft
from govdisclose.interview import swap
from govdisclose.model.report import Bureau, Report
from tests.interview.test_terminal import READY, Person
from tests.support.cli import run

NAME = "甲县乙局2024.toml"
TEXT = "写到一半的总体情况，还没有写完"
ON_UNIX = pytest.mark.skipif(os.name == "nt", reason="a pseudo-terminal of Unix is needed")


@pytest.fixture
def folder(tmp_path):
    report = Report(year=2024, bureau=Bureau("甲县乙局"))
    (tmp_path / NAME).write_text(draft.dumps(report), "utf-8")
    return tmp_path


def until(is_so) -> None:
    for _ in range(100):
        if is_so():
            return
        time.sleep(0.1)
    raise AssertionError


def writing(folder) -> Person:
    """Somebody in the middle of the first text of section 一."""
    person = Person(folder, NAME, "--section", "1")
    person.sees("总体情况")
    person.sees(READY)
    person.types(TEXT)
    person.sees("没有写完")
    return person


def end_by_kill(person: Person) -> None:
    until(lambda: swap.path_of(person.folder / NAME).exists())
    person.child.kill(signal.SIGKILL)


def end_by_closing(person: Person) -> None:
    os.close(person.child.child_fd)


def end_by_term(person: Person) -> None:
    person.child.kill(signal.SIGTERM)


@ON_UNIX
@pytest.mark.parametrize("end", [end_by_kill, end_by_closing, end_by_term])
def test_what_was_typed_is_there_whatever_ends_the_interview(end, folder):
    person = writing(folder)
    person.folder = folder
    end(person)
    path = swap.path_of(folder / NAME)
    until(lambda: path.exists() or TEXT in (folder / NAME).read_text("utf-8"))
    if end is end_by_term:
        until(lambda: TEXT in (folder / NAME).read_text("utf-8"))
    if path.exists():
        assert swap.left(folder / NAME).text.startswith(TEXT)
        _, out, _ = run("fill", NAME, "--missing", cwd=folder, stdin=b"\n")
        assert "已经放进草稿" in out
    assert TEXT in (folder / NAME).read_text("utf-8")
    until(lambda: not path.exists())


def test_what_was_left_is_offered_and_may_be_refused(folder):
    swap.keep(folder / NAME, "overview.主动公开", TEXT)
    assert [each.name for each in folder.glob(".*")] == [f".{NAME}.swp"]
    _, out, _ = run("fill", NAME, "--missing", cwd=folder, stdin=b"n\n")
    assert f"{len(TEXT)} 字还在" in out
    assert swap.left(folder / NAME) is None
    assert TEXT not in (folder / NAME).read_text("utf-8")


def test_lines_of_another_program_are_kept_too(folder):
    child = subprocess.Popen(
        [sys.executable, "-m", "govdisclose", "fill", NAME, "--section", "1"],
        cwd=folder,
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    child.stdin.write(f"{TEXT}\n又一段\n".encode())
    child.stdin.flush()
    until(lambda: swap.left(folder / NAME))
    child.kill()
    child.wait()
    assert swap.left(folder / NAME).text.startswith(TEXT)


def test_what_a_killed_save_has_left_is_cleared_away(tmp_path):
    done = subprocess.run([sys.executable, "-c", "import os; print(os.getpid())"], stdout=-1)
    dead, ours = (f".a.toml.{pid}-x1_y.tmp" for pid in (int(done.stdout), os.getpid()))
    for name in (dead, ours, ".b.tmp", "c.1-x.tmp"):
        (tmp_path / name).write_bytes(b"")
    disk.sweep.cache_clear()
    disk.save(tmp_path / "a.toml", b"")
    assert {each.name for each in tmp_path.iterdir()} == {ours, ".b.tmp", "c.1-x.tmp", "a.toml"}


def test_a_text_whose_question_is_gone_gets_a_file(folder):
    swap.keep(folder / NAME, "overview.没有这一题", TEXT)
    _, out, _ = run("fill", NAME, "--missing", cwd=folder)
    assert "甲县乙局2024未写完.txt" in out
    assert TEXT in (folder / "甲县乙局2024未写完.txt").read_text("utf-8")
