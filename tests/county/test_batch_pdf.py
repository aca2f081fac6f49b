"""A batch: documents that LibreOffice makes."""

from pathlib import Path

import pytest

from govdisclose.county import batch
from govdisclose.county.batch import State
from govdisclose.county.workers import WorkStep
from govdisclose.files.overwrite import PRINTED
from govdisclose.formats import libreoffice
from govdisclose.model.finding import Unusable
from tests.support.batches import put
from tests.support.generator import reports, write
from tests.support.samples import small


@pytest.fixture
def converter(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """In place of LibreOffice: how many files each start was given."""
    starts: list[int] = []

    def convert(sources: dict[str, bytes], to: str = "pdf") -> dict[str, bytes]:
        starts.append(len(sources))
        return {name: b"%PDF" + data for name, data in sources.items() if "教育局" not in name}

    monkeypatch.setattr(libreoffice, "convert", convert)
    monkeypatch.setattr(libreoffice, "find", lambda: Path("soffice"))
    return starts


def test_pdf_is_made_some_at_a_time_and_only_of_what_changed(
    folder: Path, tmp_path: Path, converter: list[int]
):
    steps: list[WorkStep] = []
    told = batch.run([folder], tmp_path / "out", suffixes=[".pdf"], jobs=1, progress=steps.append)
    wanted = [each for each in told if each.state is not State.WRONG]
    assert sum(converter) == len(wanted)
    assert max(converter) == 10
    assert [step.done for step in steps if "PDF" in step.stage] == [*range(len(wanted) + 1)]
    made = {path.name for path in (tmp_path / "out").iterdir() if path.name != PRINTED}
    assert made == {path.name for each in wanted for path in each.documents}
    assert all(name.endswith(".pdf") for name in made)
    failed = [each for each in wanted if each.state is State.UNWRITTEN]
    assert [each.bureau for each in failed] == ["清河县教育局"]
    converter.clear()
    batch.run([folder], tmp_path / "out", suffixes=[".pdf"], jobs=1)
    assert converter == [1]


def test_pdf_stands_beside_word(tmp_path: Path, converter: list[int]):
    put(tmp_path / "in", small())
    [told] = batch.run([tmp_path / "in"], tmp_path / "out", suffixes=[".docx", ".pdf"])
    word_file, pdf = told.documents
    assert pdf.read_bytes() == b"%PDF" + word_file.read_bytes()


def test_pdf_without_libreoffice_is_told_before_anything(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(libreoffice, "find", lambda: None)
    put(tmp_path / "in", small())
    with pytest.raises(Unusable, match="LibreOffice"):
        batch.run([tmp_path / "in"], tmp_path / "out", suffixes=[".pdf"])
    assert not (tmp_path / "out").exists()


@pytest.mark.skipif(libreoffice.find() is None, reason="LibreOffice is not here")
def test_pdf_is_made_by_libreoffice(tmp_path: Path):
    write(tmp_path / "in", reports(12))
    told = batch.run([tmp_path / "in"], tmp_path / "out", suffixes=[".pdf"], jobs=2)
    assert all(each.documents[0].read_bytes().startswith(b"%PDF") for each in told)
