from io import BytesIO
from zipfile import ZipFile

import pytest
from hypothesis import HealthCheck, given, settings
from lxml import etree

from govdisclose.formats import collection, excel
from govdisclose.formats.excel import printout, reading
from govdisclose.formats.excel.workbook import CellStyle, is_exact, name_of, numeral
from govdisclose.formats.excel.xlsx_guard import number_of
from govdisclose.formats.look import MARK
from govdisclose.model.figures import shown
from govdisclose.model.front_matter import preamble
from govdisclose.model.grid import grids
from govdisclose.model.notices import NEWEST
from govdisclose.model.report import Prose, Report
from govdisclose.model.text import paragraphs
from tests.support import ooxml, samples
from tests.support.strategies import reports


def printed(report: Report) -> dict[str, list[list[str]]]:
    return {page.name: page.rows for page in reading.read(excel.dumps(report))}


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(reports())
def test_every_cell_of_the_grids_is_where_it_belongs(report: Report):
    pages = printed(report)
    for section, grid in grids(NEWEST):
        rows = pages[printout.sheet_name(section)]
        assert rows[0][0] == section.label
        for cell in grid.cells:
            text = shown(report.figures.get(cell.address)) if cell.address else cell.text
            row = rows[1 + cell.row] if 1 + cell.row < len(rows) else []
            assert (row[cell.column] if cell.column < len(row) else "") == text


@pytest.mark.parametrize("make", [samples.small, samples.city, samples.widest])
def test_the_prose_is_whole(make):
    report = make()
    said = "".join(row[0] for row in printed(report)[printout.TEXTS])
    texts = [preamble(report)]
    for prose in report.prose.values():
        texts += [prose.lead, *(part.text for part in prose.parts)]
    tight = "".join(said.split())
    for text in texts:
        for paragraph in paragraphs(report.says(text)):
            assert "".join(paragraph.split()) in tight


def test_a_text_that_begins_like_a_formula_is_text():
    report = samples.small()
    report.bureau = report.bureau.__class__("=1+1")
    report.prose["other"] = Prose("=HYPERLINK(A1)\n+1\n-1\n@SUM(A1)")
    with ZipFile(BytesIO(excel.dumps(report))) as archive:
        for name in archive.namelist():
            if name.startswith("xl/worksheets/"):
                assert b"<f>" not in archive.read(name)
    rows = printed(report)[printout.TEXTS]
    assert ["=1+12024年政府信息公开工作年度报告"] in rows
    assert ["　　@SUM(A1)"] in rows


def test_a_draft_is_marked_on_every_sheet_and_a_clean_one_on_none():
    marked = reading.read(excel.dumps(samples.small(), marked=True))
    assert all(page.rows[0][0] == MARK for page in marked)
    assert not any(MARK in t for rows in printed(samples.small()).values() for r in rows for t in r)


def test_the_same_report_gives_the_same_bytes():
    assert excel.dumps(samples.city()) == excel.dumps(samples.city())


def test_a_table_prints_on_one_page():
    pages = [
        printout.table(section, samples.widest(), False)
        for section in NEWEST.sections
        if section.tables
    ]
    assert [(page.name, page.pages, page.is_wide) for page in pages] == [
        ("表二", 1, False),
        ("表三", 1, False),
        ("表四", 1, True),
    ]


@pytest.mark.parametrize("column", [1, 26, 27, 52, 702, 703, 16384])
def test_columns_are_named_as_in_excel(column):
    name = name_of(0, column - 1)
    assert number_of(name.rstrip("1")) == column
    assert {1: "A1", 26: "Z1", 27: "AA1", 703: "AAA1", 16384: "XFD1"}.get(column, name) == name


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (3001.0, "3001"),
        (0.1 + 0.2, "0.3"),
        (18.871, "18.871"),
        (1e15, "1000000000000000"),
        (0.0, "0"),
    ],
)
def test_a_number_reads_in_plain_digits(value, text):
    assert numeral(value) == text


def test_a_figure_is_a_number_only_where_no_digit_is_lost():
    from decimal import Decimal

    assert is_exact(10**11)
    assert is_exact(Decimal("96171.6"))
    assert not is_exact(Decimal("18.8710"))
    assert not is_exact(Decimal("123456789012.123456"))


def test_styles_are_values():
    assert CellStyle() == CellStyle()
    assert len({CellStyle(), CellStyle(), CellStyle(bold=True)}) == 2


@pytest.mark.skipif(not ooxml.VALIDATOR.exists(), reason="the Open XML SDK's validator is not here")
@pytest.mark.parametrize(
    "data",
    [
        excel.dumps(samples.widest(), marked=True),
        collection.dumps(samples.blank()),
        collection.dumps(samples.widest(), samples.city()),
    ],
    ids=["printed", "blank", "filled"],
)
def test_excel_finds_no_fault(data, tmp_path):
    (tmp_path / "a.xlsx").write_bytes(data)
    assert ooxml.sdk_faults(tmp_path / "a.xlsx") == []


def test_the_properties_hold_a_name_in_one_line_whatever_stands_in_it():
    report = samples.small(name="甲\t县\n<乙>\x01局")
    with ZipFile(BytesIO(excel.dumps(report))) as archive:
        core = etree.fromstring(archive.read("docProps/core.xml"))
    assert core.findtext("{http://purl.org/dc/elements/1.1/}creator") == "甲 县 <乙>局"
