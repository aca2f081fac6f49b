"""Each draft is opened, parsed and checked once, whatever is done with many."""

import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import CliRunner

from govdisclose import rules
from govdisclose.cli import app, register
from govdisclose.county import batch
from govdisclose.formats import draft
from govdisclose.formats.draft import reader
from govdisclose.model.report import Bureau
from govdisclose.rules.case import Case, Fault
from tests.support.generator import reports, write

COUNT = 5
opened: Counter[str] | None = None


def count_open(event: str, given: tuple[object, ...]) -> None:
    if opened is not None and event == "open" and str(given[0]).endswith(".toml"):
        opened[Path(str(given[0])).name] += 1


sys.addaudithook(count_open)


@contextmanager
def opens() -> Iterator[Counter[str]]:
    """How often each draft is opened meanwhile, by whatever call."""
    global opened
    opened = counts = Counter()
    try:
        yield counts
    finally:
        opened = None


def check(path: Path):
    """The command in this process."""
    register(["check"])
    return CliRunner().invoke(app, ["check", str(path)])


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Drafts of which two are of one unit, so that each stage has something to tell."""
    made = [one.report for one in reports(COUNT, copied=0.5)]
    write(tmp_path / "in", reports(COUNT, copied=0.5))
    twice = replace(made[0], bureau=Bureau(made[0].bureau.name, telephone="0563-7012656"))
    (tmp_path / "in" / "twice.toml").write_text(draft.dumps(twice), encoding="utf-8")
    return tmp_path / "in"


@pytest.fixture
def parsed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The start of each text that is parsed."""
    texts: list[str] = []
    parse = reader.parsed

    def counted(text: str):
        texts.append(text[:40])
        return parse(text)

    monkeypatch.setattr(reader, "parsed", counted)
    return texts


@pytest.fixture
def runs(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """How often each rule is run."""
    counts: Counter[str] = Counter()

    def counted(code: str, check: Callable[[Case], Iterator[Fault]]):
        def run_one(case: Case) -> Iterator[Fault]:
            counts[code] += 1
            return check(case)

        return run_one

    watched = tuple(rule._replace(check=counted(rule.code, rule.check)) for rule in rules.RULES)
    monkeypatch.setattr(rules, "RULES", watched)
    return counts


def test_a_check_of_several_reads_each_once(folder: Path, parsed: list[str], runs: Counter[str]):
    with opens() as counts:
        told = check(folder)
    assert told.exit_code == 1
    assert "R601" in told.stdout
    assert counts == dict.fromkeys(counts, 1)
    assert len(counts) == len(parsed) == COUNT + 1
    assert set(runs.values()) == {COUNT + 1}


def test_a_check_of_one_reads_it_once(folder: Path, parsed: list[str], runs: Counter[str]):
    with opens() as counts:
        check(folder / "twice.toml")
    assert counts == {"twice.toml": 1}
    assert len(parsed) == 1
    assert set(runs.values()) == {1}


def test_a_batch_parses_each_once_and_opens_it_again_only_to_print(
    folder: Path, tmp_path: Path, parsed: list[str], runs: Counter[str]
):
    with opens() as counts:
        told = batch.run([folder], tmp_path / "out", jobs=1)
    fresh = {each.path.name for each in told if each.fresh}
    assert counts == {each.path.name: 1 + (each.path.name in fresh) for each in told}
    assert 0 < len(fresh) < len(parsed) == COUNT + 1
    assert set(runs.values()) == {COUNT + 1}
