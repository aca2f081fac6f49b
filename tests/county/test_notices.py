"""What each bureau is told of its report."""

import re
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from govdisclose.county import batch, located, notices
from govdisclose.county.notices import Return
from govdisclose.formats import collection, draft
from govdisclose.formats.collection import cells
from govdisclose.formats.excel import reading
from govdisclose.model.notices import NEWEST
from govdisclose.model.report import Received, Report, Unread
from govdisclose.model.roster import RosterUnit
from tests.support.cli import FAULTY, run
from tests.support.samples import small
from tests.support.strategies import reports

WORDS_OF_OURS = re.compile(r"govdisclose|\.toml|草稿|--|R\d{3}|\[[a-z]")


def text_of(path: Path) -> str:
    data = ZipFile(path).read("word/document.xml").decode()
    return re.sub("<[^>]+>", "", data.replace("</w:p>", "\n"))


@pytest.fixture
def county(tmp_path: Path) -> Path:
    folder = tmp_path / "草稿"
    folder.mkdir()
    report = small(name="甲县教育局")
    report.put({NEWEST.by_name["applications.received.natural_person"]: 3})
    unread = (Unread("D010", "", "表三!D61：“7”不知道填在哪里，没有读入"),)
    report.received = Received("收回/教育局.xlsx", "2025-01-03 10:00:00", unread=unread)
    (folder / "a.toml").write_text(draft.dumps(report), "utf-8")
    (folder / "b.toml").write_bytes(FAULTY.read_bytes())
    (tmp_path / "名册.csv").write_text(
        "单位名称,联系人,电话\n甲县教育局,张三,0563-1\n甲县水利局,李四,0563-2\n", "utf-8"
    )
    return tmp_path


def batched(folder: Path, *words: object):
    return run("batch", "草稿", "-o", "文档", "--roster", "名册.csv", *words, cwd=folder)


def test_each_bureau_has_a_letter_and_its_sheet_in_plain_words(county: Path):
    _, _, err = batched(
        county, "--notices", "意见", "--deadline", "1月25日", "--contact", "县政务公开办 赵六"
    )
    assert "核对意见：意见（3 个单位）" in err
    names = sorted(path.name for path in (county / "意见").glob("[!.]*"))
    assert "甲县教育局2024年核对意见.docx" in names
    assert "甲县教育局2024年收集表（请改正）.xlsx" in names
    assert "甲县水利局报送提醒.docx" in names
    for path in (county / "意见").glob("*.docx"):
        text = text_of(path)
        assert not WORDS_OF_OURS.search(text), WORDS_OF_OURS.search(text)
        assert "请于 1月25日 前" in text
        assert "县政务公开办 赵六" in text
    text = text_of(county / "意见" / "甲县教育局2024年核对意见.docx")
    assert "表三 D61" in text
    assert re.search("表三 D\\d+", text)
    assert "教育局.xlsx" in text


def test_the_marked_sheet_reads_back_as_the_report(county: Path):
    batched(county, "--notices", "意见")
    data = (county / "意见" / "甲县教育局2024年收集表（请改正）.xlsx").read_bytes()
    back = collection.loads(data).report
    assert back == draft.loads((county / "草稿" / "a.toml").read_bytes()).report
    with ZipFile(BytesIO(data)) as archive:
        assert any("comments" in name for name in archive.namelist())


def test_a_notice_that_somebody_worked_on_stays(county: Path):
    batched(county, "--notices", "意见")
    path = county / "意见" / "甲县教育局2024年核对意见.docx"
    path.write_bytes(b"edited")
    code, _, err = batched(county, "--notices", "意见")
    assert (code, "没有覆盖" in err) == (1, True)
    assert path.read_bytes() == b"edited"


@given(reports(), st.data())
@settings(max_examples=30, deadline=None)
def test_every_cell_is_where_the_sheet_has_it(report: Report, data: st.DataObject):
    sheets = {s.name: s.rows for s in reading.read(collection.dumps(report))}
    places = cells.places(report)
    address = data.draw(st.sampled_from(NEWEST.addresses))
    line, column, sheet = places[str(address)]
    row = sheets[sheet][line - 1] if line <= len(sheets[sheet]) else []
    value = row[column - 1] if column <= len(row) else ""
    figure = report.figures.get(address)
    assert (not value.strip()) if figure is None else float(value) == float(figure)


def test_a_sentence_is_told_by_its_section_part_and_paragraph():
    read = draft.loads(FAULTY.read_bytes())
    from govdisclose import rules

    found = [*located.located(rules.check(read.report, known=read.findings), read.report)]
    assert "一、总体情况（一） 第 1 段" in [each.where for each in found]
    assert all(not WORDS_OF_OURS.search(each.remedy) for each in found)


def test_the_list_of_findings_is_one_for_people(county: Path):
    outcomes = batch.run([county / "草稿"], county / "文档")
    roster = [RosterUnit("甲县教育局", contact="张三", telephone="0563-1")]
    [page] = reading.read(batch.report(outcomes, ".xlsx", roster))
    heads, *rows = page.rows
    assert heads[:8] == ["单位", "联系人", "状态", "编号", "级别", "位置", "说明", "来源文件"]
    mine = [row for row in rows if row[0] == "甲县教育局"]
    assert {row[1] for row in mine} == {"张三 0563-1"}
    assert {row[7] for row in mine} == {"收回/教育局.xlsx"}
    assert any(row[5].startswith("表三 ") for row in mine)
    data = ZipFile(BytesIO(batch.report(outcomes, ".xlsx", roster)))
    sheet = data.read("xl/worksheets/sheet1.xml").decode()
    assert sheet.count('hidden="1"') >= 1
    assert 'customHeight="1"' in sheet


def test_without_deadline_and_contact_the_letter_asks_all_the_same():
    assert Return().sentence == "请尽快改好发回。"
    assert notices.Return("1月5日", "张三").sentence == "请于 1月5日 前改好发给张三。"
