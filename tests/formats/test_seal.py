"""A printed document says itself whether somebody has edited it, and what it was printed from."""

from io import BytesIO

import docx
import pytest
from hypothesis import given, settings

from govdisclose.formats import PrintOptions, container, libreoffice, printed, seal, word
from tests.support import samples
from tests.support.strategies import reports

DRAFT = "5e" * 32
KINDS = [
    (".docx", PrintOptions()),
    (".docx", PrintOptions(look="annex", marked=True)),
    (".docx", PrintOptions(word.writer.template())),
    (".html", PrintOptions()),
    (".html", PrintOptions(fragment=True)),
    (".xlsx", PrintOptions()),
]


@pytest.mark.parametrize(("suffix", "style"), KINDS)
def test_a_document_is_intact_as_printed_and_names_its_draft(suffix, style):
    for draft in (DRAFT, ""):
        document = printed(samples.city(), suffix, style, made_from=draft)
        assert seal.seal_of(document) == seal.Seal(True, draft)


@pytest.mark.parametrize("suffix", [".docx", ".html", ".xlsx"])
@settings(max_examples=10, deadline=None)
@given(report=reports())
def test_any_report_is_sealed(suffix, report):
    assert seal.seal_of(printed(report, suffix, made_from=DRAFT)) == seal.Seal(True, DRAFT)


@pytest.mark.parametrize("part", ["word/document.xml", "word/styles.xml", "docProps/core.xml"])
def test_any_change_of_a_part_breaks_the_seal_and_the_draft_stays_known(part):
    parts = container.unpacked(printed(samples.city(), ".docx", made_from=DRAFT))
    parts[part] = parts[part].replace(b">", b"> ", 1)
    assert seal.seal_of(container.packed(parts)) == seal.Seal(False, DRAFT)


def test_any_change_of_a_page_breaks_its_seal():
    page = printed(samples.city(), ".html", made_from=DRAFT)
    for at in range(0, len(page) - 200, 997):
        changed = page[:at] + bytes([page[at] ^ 1]) + page[at + 1 :]
        assert seal.seal_of(changed) == seal.Seal(False, DRAFT)
    assert seal.seal_of(page.replace(b"\n", b"\r\n")) == seal.Seal(False, DRAFT)


def test_a_part_added_or_taken_away_breaks_the_seal():
    parts = container.unpacked(printed(samples.city(), ".docx", made_from=DRAFT))
    more = {**parts, "word/comments.xml": b"<x/>"}
    fewer = {name: part for name, part in parts.items() if name != "word/fontTable.xml"}
    for changed in (more, fewer):
        assert seal.seal_of(container.packed(changed)) == seal.Seal(False, DRAFT)


def test_what_was_never_sealed_has_no_seal():
    for data in (b"", b"PK\x03\x04", b"<html></html>", word.writer.template(), b"%PDF-1.7"):
        assert seal.seal_of(data) is None or not seal.seal_of(data).is_intact


def test_a_document_saved_by_another_program_is_edited_and_names_its_draft():
    document = docx.Document(BytesIO(printed(samples.city(), ".docx", made_from=DRAFT)))
    document.paragraphs[3].text = "局长改过的一句话。"
    file = BytesIO()
    document.save(file)
    assert seal.seal_of(file.getvalue()) == seal.Seal(False, DRAFT)


@pytest.mark.skipif(libreoffice.find() is None, reason="LibreOffice is not installed")
@pytest.mark.parametrize("suffix", ["docx", "xlsx"])
def test_libreoffice_keeps_the_draft_known_when_it_saves(suffix):
    sealed = printed(samples.small(), f".{suffix}", made_from=DRAFT)
    saved = libreoffice.convert({f"a.{suffix}": sealed}, suffix)[f"a.{suffix}"]
    assert seal.seal_of(saved) == seal.Seal(False, DRAFT)
