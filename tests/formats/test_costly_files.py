"""Small files that claim or hold far too much: refused in a sentence, before they cost anything."""

import struct
from contextlib import suppress
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from govdisclose import rules
from govdisclose.formats import draft, html, word
from govdisclose.model import limits
from govdisclose.model.finding import Unusable

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
HEAD = "<h2>一、总体情况</h2><p>x</p><h2>二、主动公开政府信息情况</h2>"
TABLE = "<w:tbl><w:tr><w:tc>"


def docx(body: str) -> bytes:
    file = BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        page = f"<w:document {W}><w:body>{body}</w:body></w:document>"
        archive.writestr("word/document.xml", page)
    return file.getvalue()


def lying() -> bytes:
    """A part of 150 MB that is said to have 1000 bytes."""
    size = 150_000_000
    file = BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b" " * size)
    return file.getvalue().replace(struct.pack("<I", size), struct.pack("<I", 1000))


@pytest.mark.parametrize(
    "data",
    [
        docx("<w:p/>" * 3_000_000),
        docx((TABLE * 80 + "<w:p/>" + "</w:tc></w:tr></w:tbl>" * 80) * 500),
        lying(),
    ],
    ids=["paragraphs", "nested", "lying"],
)
def test_a_word_file_costs_no_more_than_a_report(data):
    assert len(data) < 500_000
    with pytest.raises(Unusable):
        word.loads(data)


@pytest.mark.parametrize(
    "page",
    [
        (HEAD + ("<div>" * 200 + "x" + "</div>" * 200) * 2000),
        "<h2>一、总体情况</h2>" * 400_000,
        HEAD + "<p " + " ".join(f"a{n}" for n in range(200_000)) + ">",
        HEAD + "<p>x<br>" * 60_000,
    ],
    ids=["nested", "headings", "attributes", "lines"],
)
def test_a_page_costs_no_more_than_a_report(page):
    with pytest.raises(Unusable):
        html.loads(page.encode())


def test_a_table_of_very_many_rows_is_read_in_one_pass():
    rows = "<table><tr><td>a<td>b<td>c" + "<tr><td>1" * 49_000 + "</table>"
    with suppress(Unusable):
        assert html.loads((HEAD + rows).encode()).report.figures == {}


def test_a_heading_of_thousands_of_doubled_words_gives_few_findings():
    text = f'year = 2024\n[[overview.parts]]\nheading = "{"的" * 60_000}"\n'
    found = rules.check(draft.loads(text.encode()).report)
    doubled = [finding for finding in found if finding.code == "R510"]
    assert len(doubled) == limits.SAME_FINDINGS + 1
