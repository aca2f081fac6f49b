"""Paste anything: a whole report, a section, a block of any table at any row."""

import shutil

import pytest

from govdisclose.formats import draft
from govdisclose.interview.intake import read_text
from govdisclose.interview.pasting import anywhere
from govdisclose.interview.questions import RowQuestion
from govdisclose.model.notices import NEWEST
from govdisclose.model.report import Report
from tests.interview.test_loop import figures, sit
from tests.support.cli import LANGXI, SAMPLES, run

HUAIAN = SAMPLES / "淮安市人民政府2024.toml"


def huaian() -> Report:
    return draft.loads(HUAIAN.read_bytes()).report


def block(table: str, labels: bool, sums: bool) -> str:
    report, rows = huaian(), []
    for line in NEWEST.tables[table].lines:
        if sums or not all(cell in NEWEST.sums for cell in line.cells):
            cells = [cell for cell in line.cells if sums or cell not in NEWEST.sums]
            label = [line.row.text] if labels else []
            rows.append("\t".join([*label, *(str(report.figures[cell]) for cell in cells)]))
    return "\n".join(rows)


@pytest.mark.parametrize("sums", [True, False])
@pytest.mark.parametrize("labels", [True, False])
@pytest.mark.parametrize("start", list(NEWEST.tables))
@pytest.mark.parametrize("table", ["applications", "disputes", "documents"])
def test_a_block_is_known_by_its_labels_or_its_size_wherever_it_is_pasted(
    table, start, labels, sums
):
    first = NEWEST.tables[start]
    read = anywhere(NEWEST, RowQuestion(first, first.lines[0]), block(table, labels, sums))
    cells = [cell for line in NEWEST.tables[table].lines for cell in line.cells]
    expected = {c: huaian().figures[c] for c in cells if c not in NEWEST.sums}
    assert read.values == expected
    assert read.faults == []


def test_a_whole_section_of_several_tables_at_once():
    tables = ("documents", "licensing", "penalties", "fees")
    text = "\n".join(block(table, True, True) for table in tables)
    current, _ = sit([text, ""], start="documents.rules")
    assert figures(current.report, "penalties.coercion") == [88283]
    assert current.step.question.path == "applications.received"


def test_the_preview_says_what_balances():
    text = block("applications", True, True)
    current, _ = sit([text, "n"], start="applications.received")
    assert "  勾稽：7 列平" in current.terminal.said
    text = block("applications", True, False)
    current, _ = sit([text.replace("103\t", "104\t"), "n"], start="applications.received")
    assert any("对不上的：自然人差 -1" in said for said in current.terminal.said)


@pytest.mark.parametrize("kind", ["docx", "html"])
def test_a_file_named_at_the_first_question_is_read_and_only_the_rest_is_asked(tmp_path, kind):
    run("render", HUAIAN, "--to", kind, "-o", tmp_path / f"x.{kind}", cwd=tmp_path)
    stdin = f'"x.{kind}"\n\n'.encode()
    _, out, _ = run("fill", cwd=tmp_path, stdin=stdin)
    assert "题，" in out
    assert "下面只问其余的" in out
    held = draft.loads((tmp_path / "淮安市人民政府2024.toml").read_bytes()).report
    assert held.figures == huaian().figures


def test_what_was_read_is_put_in_only_after_a_yes(tmp_path):
    shutil.copy(LANGXI, tmp_path / "a.toml")
    run("fill", cwd=tmp_path, stdin=b"a.toml\nn\nq\n")
    assert [path.name for path in tmp_path.iterdir()] == ["a.toml"]


def test_a_report_pasted_as_text():
    text = "甲县乙局2024年政府信息公开工作年度报告\n一、总体情况\n（一）主动公开\n公开信息3条。\n"
    text += "（二）依申请公开\n没有收到申请。\n五、存在的主要问题及改进情况\n问题不多。\n"
    text += "六、其他需要报告的事项\n没有。\n"
    current, _ = sit([text, ""], Report(), start="bureau.name")
    assert current.report.bureau.name == "甲县乙局"
    assert current.report.year == 2024
    assert current.report.prose["overview"].parts[0].text == "公开信息3条。"


def test_a_report_pasted_with_its_tables():
    title = "甲县乙局2024年政府信息公开工作年度报告\n一、总体情况\n都公开了。\n"
    labels = {section.key: section.label for section in NEWEST.sections}
    text = title + f"{labels['applications']}\n" + block("applications", True, True)
    current, _ = sit([text, ""], Report(), start="bureau.name")
    assert figures(current.report, "applications.granted") == [
        huaian().figures[cell] for cell in NEWEST.lines["applications", "granted"].cells
    ]


@pytest.mark.parametrize("zero", ["0", ""])
def test_empty_cells_of_a_pasted_table_move_no_figure(zero):
    labels = {section.key: section.label for section in NEWEST.sections}
    rows = block("applications", True, True).splitlines()
    rows = ["\t".join(zero if cell == "0" else cell for cell in row.split("\t")) for row in rows]
    title = "甲县乙局2024年政府信息公开工作年度报告\n一、总体情况\n都公开了。\n"
    text = title + labels["applications"] + "\n" + "\n".join(rows) + "\n"
    read = read_text(text).report.figures
    for cell, value in read.items():
        assert not value or value == huaian().figures[cell]
    wanted = NEWEST.lines["applications", "granted"].cells
    assert [read.get(cell) or 0 for cell in wanted] == [huaian().figures[cell] for cell in wanted]


def test_what_is_no_report_is_refused():
    current, saved = sit(["只是\n" + "很长的话。" * 30], Report(), start="bureau.name")
    assert saved == []
    assert any("没有填入" in said for said in current.terminal.said)


def test_a_section_is_split_into_its_parts():
    text = "（一）主动公开\n公开信息3条。\n（二）依申请公开\n没有收到申请。"
    current, _ = sit([text, ""], start="overview.主动公开")
    assert [part.heading for part in current.report.prose["overview"].parts] == [
        "主动公开",
        "依申请公开",
    ]
    assert current.step.question.path == "overview.政府信息管理"
