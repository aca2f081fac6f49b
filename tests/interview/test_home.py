"""What lies in a folder and what would be next."""

import shutil
from datetime import date

import pytest

from govdisclose.formats import draft
from govdisclose.interview import home, next_year
from tests.support.cli import LANGXI, SAMPLES, run

JANUARY = date(2026, 1, 8)


def actions(folder, today=JANUARY):
    return [(choice.action, choice.path.name) for choice in home.choices(folder, today=today)]


def test_an_empty_folder_offers_nothing(tmp_path):
    assert home.choices(tmp_path, today=JANUARY) == []
    assert home.drafts(tmp_path) == []


def test_in_january_last_years_report_comes_first(tmp_path):
    shutil.copy(LANGXI, tmp_path / "a.toml")
    assert actions(tmp_path) == [("next", "a.toml"), ("fill", "a.toml")]
    assert actions(tmp_path, date(2025, 3, 1)) == [("fill", "a.toml")]


def test_once_the_new_year_is_begun_it_is_gone_on_with(tmp_path):
    shutil.copy(LANGXI, tmp_path / "a.toml")
    last = draft.loads(LANGXI.read_bytes()).report
    text = draft.dumps(next_year.begin(last).report)
    (tmp_path / "b.toml").write_text(text, "utf-8")
    assert actions(tmp_path) == [("fill", "b.toml")]


@pytest.mark.parametrize("suffix", [".docx", ".pdf", ".html", ".doc"])
def test_a_published_report_begins_the_year(tmp_path, suffix):
    (tmp_path / f"甲局2024年政府信息公开工作年度报告{suffix}").write_bytes(b"")
    (tmp_path / "照片2024.pdf").write_bytes(b"")
    [choice] = home.choices(tmp_path, today=JANUARY)
    assert choice.action == "next"
    assert "开始 2025 年的" in choice.label


def test_a_document_of_a_draft_that_lies_here_is_not_offered_again(tmp_path):
    shutil.copy(LANGXI, tmp_path / "a.toml")
    run("render", "a.toml", cwd=tmp_path)
    assert actions(tmp_path) == [("next", "a.toml"), ("fill", "a.toml")]


def test_the_state_comes_first(tmp_path):
    shutil.copy(SAMPLES / "空白草稿.toml", tmp_path / "a.toml")
    shutil.copy(SAMPLES / "有错误的草稿.toml", tmp_path / "b.toml")
    states = {each.path.name: each.state for each in home.drafts(tmp_path)}
    assert states["a.toml"].startswith("还有 ")
    assert "错误" in states["b.toml"]


def test_a_printed_document_that_was_edited_is_offered_to_be_taken_in(tmp_path):
    shutil.copy(LANGXI, tmp_path / "a.toml")
    run("render", "a.toml", cwd=tmp_path)
    [document] = tmp_path.glob("*.docx")
    assert not home.is_edited(document)
    from docx import Document

    opened = Document(str(document))
    opened.paragraphs[-1].add_run("改")
    opened.save(str(document))
    assert home.is_edited(document)
    offered = [choice.action for choice in home.actions(home.drafts(tmp_path), tmp_path)]
    assert "merge" in offered
    assert "render" in offered


def test_december_already_looks_to_the_year_that_ends():
    assert home.due(date(2025, 12, 1)) == 2025
    assert home.due(date(2025, 11, 30)) == 2024


def test_a_whole_report_with_headings_of_its_own_lacks_nothing(tmp_path):
    shutil.copy(SAMPLES / "淮安市人民政府2024.toml", tmp_path / "a.toml")
    [here] = home.drafts(tmp_path)
    assert here.open == 0
