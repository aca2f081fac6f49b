"""One answer to whether a file may be written over; nothing edited ever gives way unasked."""

from dataclasses import replace
from pathlib import Path

import pytest

from govdisclose.files import overwrite
from govdisclose.files.overwrite import Standing, digest, standing
from govdisclose.formats import container, libreoffice, printed
from govdisclose.model.finding import Unusable
from govdisclose.model.report import Bureau
from tests.support.cli import LANGXI, run
from tests.support.samples import small

DOCUMENT = "郎溪县科技工信局2024年政府信息公开工作年度报告"
SUFFIXES = [".docx", ".html", ".xlsx"]


def changed_draft(folder: Path) -> Path:
    """The sample with another sentence in it."""
    path = folder / "郎溪.toml"
    path.write_text(LANGXI.read_text("utf-8").replace("151", "152"), "utf-8")
    return path


def edited(document: bytes) -> bytes:
    """A document as somebody leaves it who has changed a space in it."""
    if not document.startswith(b"PK"):
        return document.replace(b"\n", b"\n ", 1)
    parts = container.unpacked(document)
    name = next(name for name in parts if name in ("word/document.xml", "xl/workbook.xml"))
    return container.packed({**parts, name: parts[name].replace(b">", b"> ", 1)})


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_where_a_document_stands(suffix: str, tmp_path: Path):
    path, report = tmp_path / f"a{suffix}", small()
    new, old = printed(report, suffix), printed(small(500), suffix)
    assert standing(path, new, report=report) is Standing.FREE
    for there, expected in ((new, Standing.SAME), (old, Standing.OURS), (b"x", Standing.EDITED)):
        path.write_bytes(there)
        assert standing(path, new, report=report) is expected
    other = replace(report, bureau=Bureau("乙县丙局"))
    path.write_bytes(old)
    assert standing(path, printed(other, suffix), report=other) is Standing.ANOTHERS


def test_a_file_without_a_seal_is_known_by_a_record_only(tmp_path: Path):
    path = tmp_path / "a.pdf"
    path.write_bytes(b"old")
    assert standing(path, b"new") is Standing.EDITED
    assert standing(path, b"new", digest(b"older")) is Standing.EDITED
    assert standing(path, b"new", digest(b"old")) is Standing.OURS


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_what_gives_way_is_lost_only_when_asked(suffix: str, tmp_path: Path):
    path, report = tmp_path / f"a{suffix}", small()
    polished = edited(printed(report, suffix))
    path.write_bytes(polished)
    new = printed(small(500), suffix)
    with pytest.raises(Unusable, match="要重新生成，加 X"):
        overwrite.put_document(path, new, report, remedy="加 X")
    assert path.read_bytes() == polished
    overwrite.put_document(path, new, report, remedy="加 X", force=True)
    assert path.read_bytes() == new


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_render_prints_anew_over_its_own_document_and_keeps_an_edited_one(suffix, tmp_path: Path):
    target = tmp_path / f"{DOCUMENT}{suffix}"
    assert run("render", LANGXI, "-o", target, cwd=tmp_path)[0] == 0
    first = target.read_bytes()
    draft = changed_draft(tmp_path)
    assert run("render", draft, "-o", target, cwd=tmp_path)[0] == 0
    second = target.read_bytes()
    assert second != first
    polished = edited(second)
    target.write_bytes(polished)
    code, out, err = run("render", LANGXI, "-o", target, cwd=tmp_path)
    assert (code, out) == (2, "")
    assert "没有覆盖" in err
    assert "--overwrite" in err
    assert target.read_bytes() == polished
    assert run("render", LANGXI, "-o", target, "--overwrite", cwd=tmp_path)[0] == 0
    assert target.read_bytes() == first


@pytest.mark.skipif(libreoffice.find() is None, reason="LibreOffice is not installed")
@pytest.mark.parametrize("command", ["render", "batch"])
def test_a_pdf_that_somebody_changed_is_kept(command: str, tmp_path: Path):
    out = tmp_path / "文档"
    out.mkdir()
    words = [command, LANGXI, "-o", out, "--to", "pdf"]
    assert run(*words, cwd=tmp_path)[0] == 0
    target = out / f"{DOCUMENT}.pdf"
    words[1] = changed_draft(tmp_path)
    assert run(*words, cwd=tmp_path)[0] == 0
    signed = target.read_bytes() + b"% signed\n"
    target.write_bytes(signed)
    words[1] = LANGXI
    code, _, err = run(*words, cwd=tmp_path)
    said = err if command == "render" else run(*words, "--json", cwd=tmp_path)[1]
    assert code == 2 or command == "batch"
    assert "有人改动过，没有覆盖" in said
    assert target.read_bytes() == signed
    wanted = {"render": "--overwrite", "batch": "--all"}[command]
    assert wanted in said
    assert run(*words, wanted, cwd=tmp_path)[0] == 0
    assert target.read_bytes() != signed


def test_fill_prints_beside_an_edited_document(tmp_path: Path):
    draft = tmp_path / "郎溪县科技工信局2024.toml"
    draft.write_bytes(LANGXI.read_bytes())
    run("render", draft, cwd=tmp_path)
    target = tmp_path / f"{DOCUMENT}.docx"
    polished = edited(target.read_bytes())
    target.write_bytes(polished)
    run("fill", "--from", draft, "--missing", cwd=tmp_path, stdin=b"\n" * 5)
    assert target.read_bytes() == polished
    beside = target.with_stem(f"{target.stem}-2")
    assert beside.exists()
