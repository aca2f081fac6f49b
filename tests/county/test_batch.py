"""A batch: the laws."""

from pathlib import Path

import pytest

from govdisclose import formats, rules
from govdisclose.county import batch, workers
from govdisclose.county.batch import State
from govdisclose.county.workers import WorkStep
from govdisclose.files import disk
from govdisclose.files.overwrite import PRINTED
from govdisclose.formats import PrintOptions, word
from govdisclose.formats.word import writer
from govdisclose.model.report import Limits
from govdisclose.rules import registry
from tests.support.batches import documents, put, states
from tests.support.generator import reports, write
from tests.support.samples import small


def test_the_number_of_processes_changes_nothing(folder: Path, tmp_path: Path):
    alone = batch.run([folder], tmp_path / "one", jobs=1)
    beside = batch.run([folder], tmp_path / "two", jobs=2)
    assert [(o.path, o.state, o.findings) for o in alone] == [
        (o.path, o.state, o.findings) for o in beside
    ]
    assert documents(tmp_path / "one") == documents(tmp_path / "two") != {}


@pytest.mark.parametrize("method", ["spawn", "forkserver"])
def test_the_way_processes_start_changes_nothing(
    method: str, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    alone = batch.run([folder], tmp_path / "one", jobs=1)
    monkeypatch.setattr(workers, "METHOD", method)
    beside = batch.run([folder], tmp_path / "two", jobs=2)
    assert [each.findings for each in alone] == [each.findings for each in beside]
    assert documents(tmp_path / "one") == documents(tmp_path / "two")


def test_the_order_of_the_drafts_changes_nothing(folder: Path, tmp_path: Path):
    paths = sorted(folder.glob("*.toml"))
    forward = batch.run(paths, tmp_path / "one", jobs=1)
    backward = batch.run(paths[::-1], tmp_path / "two", jobs=1)
    assert states(forward) == states(backward)
    assert [o.path for o in backward] == paths[::-1]
    assert documents(tmp_path / "one") == documents(tmp_path / "two")


def test_a_draft_is_printed_as_if_it_were_alone(folder: Path, tmp_path: Path):
    for told in batch.run([folder], tmp_path / "out", jobs=2):
        reading = disk.read(told.path)
        found = rules.check(reading.report, known=reading.findings)
        assert [f.code for f in told.findings] == [f.code for f in found]
        stopped = any(f.severity is registry.ERROR for f in found)
        assert (told.state is State.WRONG) == stopped == (told.documents == ())
        for path in told.documents:
            assert path.read_bytes() == word.dumps(reading.report, made_from=reading.digest)


def test_what_is_planted_is_found(tmp_path: Path):
    made = list(reports(24, faulty=0.3))
    write(tmp_path / "in", iter(made))
    told = {o.bureau: o.state for o in batch.run([tmp_path / "in"], tmp_path / "out")}
    assert {one.report.bureau.name for one in made if one.fault} == {
        name for name, state in told.items() if state is State.WRONG
    }


def test_a_second_run_prints_nothing_and_finds_the_same(folder: Path, tmp_path: Path):
    first = batch.run([folder], tmp_path / "out")
    times = {path: path.stat().st_mtime_ns for path in (tmp_path / "out").glob("*.docx")}
    second = batch.run([folder], tmp_path / "out")
    assert {path: path.stat().st_mtime_ns for path in times} == times
    assert {o.state for o in second} == {State.UNCHANGED, State.WRONG}
    assert [(o.findings, o.documents) for o in first] == [(o.findings, o.documents) for o in second]


def test_only_what_changed_is_printed_again(folder: Path, tmp_path: Path):
    batch.run([folder], tmp_path / "out")
    report = next(reports(1)).report
    report.prose["other"] = report.prose["problems"]
    changed = put(folder, report)
    told = batch.run([folder], tmp_path / "out")
    assert [o.path for o in told if o.state in (State.PRINTED, State.DOUBTFUL)] == [changed]


def test_everything_prints_all(folder: Path, tmp_path: Path):
    batch.run([folder], tmp_path / "out")
    told = batch.run([folder], tmp_path / "out", everything=True)
    assert {o.state for o in told} == {State.PRINTED, State.WRONG}


def test_a_document_that_was_deleted_is_printed_again(tmp_path: Path):
    put(tmp_path / "in", small())
    [told] = batch.run([tmp_path / "in"], tmp_path / "out")
    told.documents[0].unlink()
    [again] = batch.run([tmp_path / "in"], tmp_path / "out")
    assert again.state is told.state
    assert again.documents[0].exists()


def test_another_template_prints_again(tmp_path: Path):
    put(tmp_path / "in", small())
    batch.run([tmp_path / "in"], tmp_path / "out")
    [told] = batch.run([tmp_path / "in"], tmp_path / "out", style=PrintOptions(writer.template()))
    assert told.state is not State.UNCHANGED


def test_the_limits_of_the_office_hold_for_every_draft(tmp_path: Path):
    put(tmp_path / "in", small())
    for longest, expected in ((100, True), (None, False)):
        limits = Limits(report_longest=longest)
        [told] = batch.run([tmp_path / "in"], tmp_path / "out", limits=limits)
        assert ("R511" in [finding.code for finding in told.findings]) is expected


@pytest.mark.parametrize("suffix", [".docx", ".html", ".xlsx"])
def test_every_format_is_printed_as_if_alone(suffix: str, tmp_path: Path):
    put(tmp_path / "in", small())
    [told] = batch.run([tmp_path / "in"], tmp_path / "out", suffixes=[suffix])
    assert told.documents[0].read_bytes() == formats.printed(
        small(), suffix, made_from=disk.read(told.path).digest
    )


@pytest.mark.parametrize("record", ["", "{", "[]", '{"documents": 3}', '{"documents": {"a": 1}}'])
def test_a_spoilt_record_only_costs_time(record: str, tmp_path: Path):
    put(tmp_path / "in", small())
    batch.run([tmp_path / "in"], tmp_path / "out")
    (tmp_path / "out" / PRINTED).write_text(record, encoding="utf-8")
    [told] = batch.run([tmp_path / "in"], tmp_path / "out")
    assert told.state is not State.UNCHANGED


def test_every_draft_is_told_of_in_each_stage_as_it_comes(folder: Path, tmp_path: Path):
    steps: list[WorkStep] = []
    batch.run([folder], tmp_path / "out", progress=steps.append)
    for stage in ("核对", "比对"):
        assert [step.done for step in steps if step.stage == stage] == list(range(1, 25))
    printed = [step for step in steps if step.stage == "生成"]
    assert [step.done for step in printed] == list(range(1, printed[0].total + 1))
