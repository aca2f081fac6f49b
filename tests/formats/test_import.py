"""What others made is read right or told: no figure wrong, none lost in silence."""

from pathlib import Path

import pytest

from govdisclose import formats
from govdisclose.model.coverage import State
from govdisclose.model.finding import Unusable
from tests.dresses.measure import SILENT, WRONG, dresses, judged
from tests.support import huaian

REAL_FOLDER = Path(__file__).parents[3] / "shared" / "real"


@pytest.mark.parametrize("kind", ["docx", "html", "mht", "xlsx", "txt", "cells.txt"])
def test_no_figure_is_read_wrong_and_none_is_lost_in_silence(kind: str):
    faults = [
        (verdict.name, verdict.faults)
        for dress in dresses(40, 11, [kind])
        for verdict in [judged(dress)]
        if verdict.counts[WRONG] or verdict.counts[SILENT]
    ]
    assert not faults


def test_a_blank_form_reads_as_blank():
    path = REAL_FOLDER / "blank-template.docx"
    if not path.is_file():
        pytest.skip("the blank form is not here")
    coverage = formats.loads(path.read_bytes()).coverage
    assert coverage
    assert coverage.counts == {State.BLANK: 200}


def test_a_published_pdf_reads_whole():
    path = REAL_FOLDER / "huaian-2024.pdf"
    if not path.is_file():
        pytest.skip("the published report is not here")
    reading = formats.loads(path.read_bytes())
    assert reading.report.figures == huaian.figures()
    assert (reading.report.bureau.name, reading.report.year) == ("淮安市人民政府", 2024)
    assert reading.report.bureau.postcode == "223001"
    parts = reading.report.prose["overview"].parts
    assert [len(part.text.splitlines()) for part in parts] == [1] * 5
    assert not reading.findings


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"\xff\xd8\xff\xe0 JFIF", "图片"),
        (b"Rar!\x1a\x07", "解压"),
        (b"%PDF-1.7 nothing", "损坏"),
        ("今天天气很好。\n".encode(), "没有认出"),
    ],
)
def test_what_is_no_report_is_one_sentence(data: bytes, said: str):
    with pytest.raises(Unusable, match=said):
        formats.loads(data)


def test_a_file_is_what_its_content_says():
    from govdisclose.formats import word

    data = word.dumps(huaian.report())
    assert formats.loads(data, ".toml").report.figures == huaian.figures()
    assert formats.loads(data, ".html").report.figures == huaian.figures()


def test_the_longest_row_of_headings_is_found_in_linear_time():
    from govdisclose.formats.headings import best_chain

    assert best_chain([]) == []
    hits = [(0, 0), (1, 3), (2, 0), (3, 1), (4, 2), (5, 1), (6, 5), (7, 0)]
    assert best_chain(hits) == [(2, 0), (3, 1), (4, 2), (6, 5)]
    assert best_chain([(at, 0) for at in range(200_000)]) == [(199_999, 0)]
