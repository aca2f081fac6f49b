"""A form of another year: one module with what a notice changes, and everything runs on it."""

from dataclasses import replace
from io import BytesIO
from pathlib import Path

import docx
import pytest
from python_calamine import CalamineWorkbook
from typer.testing import CliRunner

from govdisclose import formats, rules
from govdisclose.cli import app, register
from govdisclose.county import batch, rollup
from govdisclose.formats import PrintOptions, collection, draft
from govdisclose.formats.draft.schema import schema
from govdisclose.interview import next_year
from govdisclose.model.form import Address, Form
from govdisclose.model.grid import filled
from govdisclose.model.notices import FORMS, NEWEST, form_for
from govdisclose.model.report import Bureau, Prose, Report
from tests.interview.test_loop import sit
from tests.support import notice_2027, samples

FORM = notice_2027.FORM
NEW = "villages"


@pytest.fixture(autouse=True)
def _added(monkeypatch: pytest.MonkeyPatch):
    """The one line in the list of forms."""
    monkeypatch.setitem(FORMS, FORM.key, FORM)


def received(column: str) -> Address:
    return Address("applications", "received", column)


def report(name: str = "甲县水利局", form: Form = FORM, year: int = 2027) -> Report:
    """A sound report in which the villages have asked twice and every cell is answered."""
    figures = dict.fromkeys(form.addresses, 0)
    for row in ("received", "granted", "handled"):
        for column, count in ((NEW, 2), ("natural_person", 1), ("total", 3)):
            cell = Address("applications", row, column)
            if cell in figures:
                figures[cell] = count if NEW in form_columns(form) or column != "total" else 1
    figures[Address("applications", "carried_in", "natural_person")] = 0
    prose = {key: Prose("本年度没有收取信息处理费。") for key in form.prose}
    bureau = Bureau(name, address="甲县中心路1号", telephone="0563-1234567")
    return Report(form, year, bureau, prose=prose, figures=figures)


def form_columns(form: Form) -> set[str]:
    return {column for table, column in form.columns if table == "applications"}


def command(*words: object) -> str:
    """What a command says, in this process, where the form has been added."""
    register([str(words[0])])
    done = CliRunner().invoke(app, list(map(str, words)))
    assert done.exit_code in (0, 1), done.output
    return done.output


def grids(given: Report) -> list[list[str]]:
    """The texts of the cells of each table section, as printed."""
    return [
        [cell.text for cell in filled(section, given).cells if cell.text]
        for section in given.form.sections
        if section.tables
    ]


def test_the_form_is_that_of_the_notice():
    assert form_for(2027) is FORM
    assert form_for(2026) is NEWEST
    assert "fees" not in FORM.tables
    assert received(NEW) in FORM.addresses
    assert all(address.row != notice_2027.DROPPED for address in FORM.addresses)
    for section in FORM.sections:
        if section.tables:
            assert filled(section, report()).width == len(section.widths)


def test_a_draft_is_written_and_read(tmp_path: Path):
    text = draft.dumps(report())
    assert 'form = "2027-1"' in text
    assert "村集体" in text
    reading = draft.loads(text.encode())
    assert reading.findings == []
    assert reading.report == report()
    without_form = text.replace('form = "2027-1"', "")
    assert draft.loads(without_form.encode()).report.form is FORM
    assert schema(FORM)["properties"].keys() >= FORM.tables.keys()


def test_a_sum_with_the_new_column_is_checked():
    assert [f for f in rules.check(report()) if f.severity.value == "error"] == []
    wrong = report()
    wrong.figures[received(NEW)] = 5
    [found] = [f for f in rules.check(wrong) if f.severity.value == "error"]
    assert (found.code, found.at) == ("R201", "applications.received.villages")
    assert "村集体：填 5，改为 2 就都对上了" in found.message


def test_an_interview_asks_for_just_what_there_is():
    begun = replace(report(), figures={})
    rows = [line for table in FORM.tables.values() for line in table.lines]
    answers = {("applications", key): "1 0 0 0 0 2 0" for key in ("received", "granted")}
    keys = [(line.cells[0].table, line.row.key) for line in rows]
    totals = {cell.row for cell in FORM.sums if cell.column == "total" and cell.row == "handled"}
    typed = [answers.get(key, " ".join("0" * len(stated(*key)))) for key in keys]
    asked = [each for key, each in zip(keys, typed, strict=True) if key[1] not in totals]
    session, saved = sit(asked, begun, start="documents")
    assert session.report.figures[received(NEW)] == 2
    assert session.report.figures.keys() == set(FORM.addresses)
    assert "村集体" in "".join(session.terminal.said)
    assert draft.loads(saved[-1].encode()).report.figures == report().figures


def stated(table: str, row: str) -> tuple[Address, ...]:
    return FORM.tables[table].stated(FORM.lines[table, row])


@pytest.mark.parametrize("suffix", [".docx", ".html"])
def test_what_is_printed_reads_back(suffix: str):
    data = formats.printed(report(), suffix, PrintOptions())
    reading = formats.reader(suffix)(data)
    assert reading.report.form is FORM
    assert reading.report.figures == report().figures
    assert reading.report.prose == report().prose


def test_the_printed_tables_are_those_of_the_grid():
    document = docx.Document(BytesIO(formats.printed(report(), ".docx", PrintOptions())))
    for table, texts in zip(document.tables, grids(report()), strict=True):
        printed = "".join(dict.fromkeys(cell.text for row in table.rows for cell in row.cells))
        assert all("".join(text.split()) in "".join(printed.split()) for text in texts)


def test_a_workbook_holds_every_heading():
    data = formats.printed(report(), ".xlsx", PrintOptions())
    book = CalamineWorkbook.from_filelike(BytesIO(data))
    said = {
        str(cell)
        for name in book.sheet_names
        for row in book.get_sheet_by_name(name).to_python()
        for cell in row
    }
    assert {"农村集体经济组织", "行政许可决定（含变更、延续）"} <= said


def test_a_collection_sheet_comes_back():
    reading = collection.loads(collection.dumps(report()))
    assert reading.findings == []
    assert reading.report == report()


@pytest.mark.parametrize("suffix", [".docx", ".html", ".xlsx"])
def test_what_is_sent_becomes_a_draft(suffix: str, tmp_path: Path):
    data = (
        collection.dumps(report())
        if suffix == ".xlsx"
        else formats.printed(report(), suffix, PrintOptions())
    )
    path = tmp_path / f"sent{suffix}"
    path.write_bytes(data)
    command("import", path, "-o", tmp_path / "in")
    [made] = (tmp_path / "in").glob("*.toml")
    assert draft.loads(made.read_bytes()).report.figures == report().figures


def test_two_years_are_compared_across_the_forms(tmp_path: Path):
    for name, each in (("old", report(form=NEWEST, year=2026)), ("new", report())):
        (tmp_path / f"{name}.toml").write_text(draft.dumps(each), "utf-8")
    told = command("compare", tmp_path / "old.toml", tmp_path / "new.toml", "--all")
    assert "村集体" in told
    assert "总计" in told


def test_bureaus_are_added_up():
    total = rollup.add([report(), report("甲县民政局")], name="甲县人民政府", year=2027)
    assert total.report.form is FORM
    assert total.report.figures[received(NEW)] == 4
    assert total.report.figures[received("total")] == 6


def test_the_year_before_was_reported_in_the_old_form():
    last = report(form=NEWEST, year=2026)
    last.figures[Address("applications", "carried_out", "natural_person")] = 3
    begun = next_year.begin(last).report
    assert begun.form is FORM
    assert begun.figures.get(Address("applications", "carried_in", "natural_person")) in (3, None)
    findings = rules.check(report(), last=last)
    assert any(f.code == "R301" for f in findings)


def test_both_forms_are_printed_in_one_batch(tmp_path: Path):
    for each in (report(), replace(samples.small(), bureau=Bureau("甲县民政局"))):
        (tmp_path / f"{each.bureau.name}.toml").write_text(draft.dumps(each), "utf-8")
    told = batch.run([tmp_path], tmp_path / "out")
    assert all(each.documents for each in told), [each.reason for each in told]
    assert {
        formats.reader(".docx")(p.read_bytes()).report.form.key
        for each in told
        for p in each.documents
    } == {FORM.key, NEWEST.key}
