from pathlib import Path

import pytest

from govdisclose import rules
from govdisclose.files import disk
from govdisclose.formats import draft
from govdisclose.model.report import Part, Prose, Report
from govdisclose.rules import registry
from tests.support.cli import SAMPLES

SOUND = sorted(p for p in SAMPLES.rglob("*2024.toml"))


TRUE = {"淮安市人民政府2024": ["R210"]}
"""What a sound sample is told all the same, and rightly: real figures are as they are."""


@pytest.mark.parametrize("path", SOUND, ids=lambda path: path.stem)
def test_a_sound_sample_has_no_finding(path: Path):
    reading = disk.read(path)
    found = rules.check(reading.report, known=reading.findings)
    assert [finding.code for finding in found] == TRUE.get(path.stem, [])


@pytest.mark.parametrize("path", sorted(SAMPLES.rglob("*.toml")), ids=lambda path: path.stem)
def test_a_sample_is_written_as_the_program_writes_it(path: Path):
    text = path.read_text("utf-8")
    note = text.partition("\n")[0] + "\n" if text.startswith("# 样例：") else ""
    assert note + draft.dumps(disk.read(path).report) == text


def test_the_empty_draft_asks_for_everything():
    report = disk.read(SAMPLES / "空白草稿.toml").report
    form = report.form
    topics = {key: tuple(Part(h, "") for h in s.parts) for key, s in form.prose.items()}
    assert report == Report(prose={key: Prose("", parts) for key, parts in topics.items()})


def test_the_faulty_draft_shows_typical_mistakes():
    reading = disk.read(SAMPLES / "有错误的草稿.toml")
    codes = {finding.code for finding in rules.check(reading.report, known=reading.findings)}
    assert {"R101", "R103", "R201", "R204"} <= codes
    for finding in rules.check(reading.report):
        assert finding.at in reading.places or finding.at == "preamble.text", finding


def test_every_cell_of_a_city_changed_by_one_is_caught_where_the_form_can_tell():
    report = disk.read(SAMPLES / "淮安市人民政府2024.toml").report
    for address in report.form.addresses:
        if address.table in ("applications", "disputes"):
            changed = report.copy()
            changed.figures[address] += 1
            errors = [f for f in rules.check(changed) if f.severity is registry.ERROR]
            assert errors, address
