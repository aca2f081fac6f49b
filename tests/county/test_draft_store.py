"""The store: what is alike meets, held against comparing every pair."""

import sqlite3
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from govdisclose.county import draft_store
from govdisclose.county.draft_store import DraftStore, StoredDraft, stored_draft
from govdisclose.model.finding import Unusable
from govdisclose.model.report import Bureau, Part, Prose, Reading, Report
from govdisclose.rules.cross_unit import check_words
from govdisclose.rules.peers import SimilarPeers
from tests.rules.test_cross_unit import OWN, TEXT
from tests.support.generator import reports


def bureau(name: str, **prose: str) -> Report:
    sections = {key: Prose(parts=(Part("小标题", text),)) for key, text in prose.items()}
    return Report(year=2024, bureau=Bureau(name), prose=sections)


def stored(report: Report) -> StoredDraft:
    return stored_draft(Reading(report, [], {}))


def filled(folder: Path, made: Sequence[Report], roster: Sequence[str] = ()) -> DraftStore:
    full = DraftStore(folder / "drafts.sqlite")
    full.fill(enumerate(map(stored, made)), roster)
    return full


def flagged(besides: Iterator[SimilarPeers]) -> set[str]:
    return {
        beside.own.name
        for beside in besides
        if any(finding.code == "R602" for finding in check_words(beside))
    }


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_no_copied_text_is_missed(seed: int, tmp_path: Path):
    made = [one.report for one in reports(100, seed, copied=0.3)]
    full = filled(tmp_path, made)
    said = [stored(report).said for report in made]
    each = [full.beside(number) for number in range(len(made))]
    every = (
        SimilarPeers(
            own, {key: [it for it in said if it is not own] for key in own.labels}, beside.names
        )
        for own, beside in zip(said, each, strict=True)
    )
    assert flagged(iter(each)) == flagged(every) != set()


def test_a_text_handed_down_to_all_is_found_in_each(tmp_path: Path):
    full = filled(tmp_path, [bureau(f"甲县第{n}局", overview=TEXT) for n in range(400)])
    besides = [full.beside(number) for number in range(400)]
    assert len(flagged(iter(besides))) == 400
    assert all(len(beside.likest["overview"]) <= draft_store.MOST for beside in besides)


def test_only_the_same_section_is_compared(tmp_path: Path):
    full = filled(
        tmp_path,
        [bureau("甲县乙局", overview=TEXT), bureau("甲县丙局", problems=TEXT, overview=OWN)],
    )
    assert not any(full.beside(0).likest.values())


def test_what_a_draft_says_comes_back(tmp_path: Path):
    made = [one.report for one in reports(20)]
    full = filled(tmp_path, made)
    assert [full.beside(n).own for n in range(20)] == [stored(report).said for report in made]
    assert [full.reading(n).report for n in range(20)] == made


def test_units_of_the_roster_are_names_too(tmp_path: Path):
    full = filled(tmp_path, [bureau("甲县乙局")], ["甲县丙局", "甲县 丁局"])
    assert set(full.beside(0).names.printed) == {"甲县乙局", "甲县丙局", "甲县丁局"}


def test_drafts_that_were_not_read_leave_gaps(tmp_path: Path):
    full = DraftStore(tmp_path / "drafts.sqlite")
    full.fill((number, stored(bureau(f"甲县第{number}局", overview=TEXT))) for number in (3, 9))
    assert flagged(iter([full.beside(9)])) == {"甲县第9局"}


def test_a_disk_that_is_full_is_unusable(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    def full(*given: object) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr(draft_store, "put", full)
    with pytest.raises(Unusable, match="临时文件夹写不下"):
        filled(tmp_path, [bureau("甲县乙局")])


def test_no_place_for_temporary_files_is_unusable(monkeypatch: pytest.MonkeyPatch):
    def none(**given: object) -> None:
        raise FileNotFoundError("No usable temporary directory found")

    monkeypatch.setattr(draft_store, "TemporaryDirectory", none)
    with pytest.raises(Unusable, match="临时文件夹不能用"), draft_store.temporary_store():
        pass
