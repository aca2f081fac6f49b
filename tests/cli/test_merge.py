"""``import … --into``: a polished document goes back into its draft, asked place by place."""

import json
from pathlib import Path

import docx
import pytest

from govdisclose.formats import draft
from tests.support.cli import LANGXI, run

DOCUMENT = "郎溪县科技工信局2024年政府信息公开工作年度报告.docx"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A draft, and its document in which the head of the bureau has changed two things."""
    (tmp_path / "郎溪.toml").write_bytes(LANGXI.read_bytes())
    assert run("render", "郎溪.toml", cwd=tmp_path)[0] == 0
    document = docx.Document(str(tmp_path / DOCUMENT))
    polish(document, "151", "152")
    polish(document, "0563-7012656", "0563-7012657")
    document.save(str(tmp_path / DOCUMENT))
    return tmp_path


def polish(document, old: str, new: str) -> None:
    """Change some words in a document."""
    paragraph = next(p for p in document.paragraphs if old in p.text)
    paragraph.text = paragraph.text.replace(old, new, 1)


def test_everything_agreed_comes_in_and_the_old_draft_is_kept(folder: Path):
    before = (folder / "郎溪.toml").read_bytes()
    code, out, err = run("import", DOCUMENT, "--into", "郎溪.toml", "--yes", cwd=folder)
    assert (code, out) == (0, "")
    assert "收进 2 处，原来的存为 郎溪.toml.bak" in err
    assert (folder / "郎溪.toml.bak").read_bytes() == before
    report = draft.loads((folder / "郎溪.toml").read_bytes()).report
    assert report.bureau.telephone == "0563-7012657"
    assert any("152" in text for _, text in report.texts())
    code, _, err = run("import", DOCUMENT, "--into", "郎溪.toml", "--yes", cwd=folder)
    assert (code, "没有改动" in err) == (0, True)


def test_each_place_is_shown_from_both_sides_and_asked(folder: Path):
    command = ["import", DOCUMENT, "--into", "郎溪.toml"]
    code, out, err = run(*command, cwd=folder, stdin=b"n\ny\n")
    assert code == 1
    assert "2 处不同" in out
    assert "草稿：0563-7012656\n  文档：0563-7012657" in out
    assert "还有 1 处没有收进草稿" in err
    report = draft.loads((folder / "郎溪.toml").read_bytes()).report
    assert report.bureau.telephone == "0563-7012656"
    assert any("152" in text for _, text in report.texts())


def test_a_draft_changed_since_printing_is_a_conflict_and_stays_by_default(folder: Path):
    path = folder / "郎溪.toml"
    path.write_text(path.read_text("utf-8").replace("0563-7012656", "0563-7770000"), "utf-8")
    before = path.read_bytes()
    code, out, _ = run("import", DOCUMENT, "--into", "郎溪.toml", cwd=folder, stdin=b"\n\n\n")
    assert code == 1
    assert "两边都可能改过" in out
    assert path.read_bytes() == before
    data = json.loads(run("import", DOCUMENT, "--into", "郎溪.toml", "--json", cwd=folder)[1])
    assert data["conflict"] is True


def test_the_end_of_the_input_takes_nothing_in(folder: Path):
    before = (folder / "郎溪.toml").read_bytes()
    assert run("import", DOCUMENT, "--into", "郎溪.toml", cwd=folder)[0] == 1
    assert (folder / "郎溪.toml").read_bytes() == before
    assert not (folder / "郎溪.toml.bak").exists()


def test_differences_as_json(folder: Path):
    code, out, _ = run("import", DOCUMENT, "--into", "郎溪.toml", "--json", cwd=folder)
    data = json.loads(out)
    assert (code, data["conflict"]) == (1, False)
    assert [one["change"] for one in data["differences"]] == ["particular", "words"]


def test_another_report_is_refused(folder: Path):
    other = LANGXI.read_text("utf-8").replace("郎溪县科技工信局", "甲县乙局")
    (folder / "别的.toml").write_text(other.replace("year = 2024", "year = 2023"), "utf-8")
    code, _, err = run("import", DOCUMENT, "--into", "别的.toml", "--yes", cwd=folder)
    assert (code, "核对是不是选错了文件" in err) == (2, True)


def test_a_corrected_collection_sheet_comes_in_too(tmp_path: Path):
    (tmp_path / "郎溪.toml").write_bytes(LANGXI.read_bytes())
    run("sheet", "--from", "郎溪.toml", "-o", "表.xlsx", cwd=tmp_path)
    code, _, err = run("import", "表.xlsx", "--into", "郎溪.toml", "--yes", cwd=tmp_path)
    assert (code, "没有改动" in err) == (0, True)
