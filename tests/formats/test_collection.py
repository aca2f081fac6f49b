import re
from contextlib import suppress
from decimal import Decimal
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from govdisclose import rules
from govdisclose.formats import collection, container, libreoffice
from govdisclose.formats.collection import layout
from govdisclose.formats.collection import pages as worksheets
from govdisclose.formats.excel import printout, reading, workbook
from govdisclose.formats.excel.workbook import Formula, Sheet
from govdisclose.model import limits
from govdisclose.model.finding import Place, Severity, Unusable, said
from govdisclose.model.notices import NEWEST
from govdisclose.model.report import NO_SIGNATURE, Acknowledged, Part, Prose, Report
from tests.support import mutations, samples
from tests.support.strategies import reports
from tests.support.told import read_or_told

needs_office = pytest.mark.skipif(libreoffice.find() is None, reason="not here: LibreOffice")
FORMATS = ("xlsx", "xls", "ods")


def carried(report: Report) -> Report:
    """A report without the parts that say nothing: a sheet offers those itself.

    How the title breaks and who signs is for the draft, not for a sheet.
    """
    report.title_lines, report.signature = (), NO_SIGNATURE
    report.prose = {
        key: Prose(
            prose.lead,
            tuple(
                part
                for part in prose.parts
                if part.text or part.heading not in ("", *NEWEST.prose[key].parts)
            ),
        )
        for key, prose in report.prose.items()
    }
    return report


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(reports())
def test_what_is_written_reads_back(report: Report):
    read, findings, *_ = collection.loads(collection.dumps(report))
    assert {finding.code for finding in findings} <= {"D007"}
    assert {a: str(v) for a, v in read.figures.items()} == {
        a: str(v) for a, v in report.figures.items()
    }
    assert read == carried(report)


@given(st.text("甲\n ", max_size=20))
def test_the_pieces_of_a_text_are_filled_cells_and_join_to_it(text: str):
    pieces = worksheets.pieces_of(text)
    assert "\n".join(pieces) == text
    assert all(pieces)


@given(st.sets(st.tuples(st.integers(0, 6), st.integers(0, 6))))
def test_areas_hold_just_their_cells(cells: set[tuple[int, int]]):
    held = [
        (row, column)
        for area in layout.areas(cells)
        for row in range(area.top, area.bottom + 1)
        for column in range(area.left, area.right + 1)
    ]
    assert sorted(held) == sorted(cells)


def test_the_same_report_gives_the_same_bytes():
    assert collection.dumps(samples.city()) == collection.dumps(samples.city())
    with ZipFile(BytesIO(collection.dumps(samples.city()))) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert b"1980-01-01T00:00:00Z" in archive.read("docProps/core.xml")


def fees(text: str) -> Report:
    report = samples.city()
    report.figures[NEWEST.by_name["fees.charge.collected"]] = Decimal(text)
    return report


@pytest.mark.parametrize(
    "fee", ["0", "96171.6", "18.8710", "5.0", "190.457379", "123456789012.123456"]
)
def test_a_fee_keeps_its_decimals(fee):
    read = collection.loads(collection.dumps(fees(fee))).report
    assert str(read.figures[NEWEST.by_name["fees.charge.collected"]]) == fee


def told() -> Report:
    """A report with texts that a spreadsheet is apt to take for something else."""
    report = samples.city()
    report.prose["other"] = Prose(
        "=1+1\n+2\n-3\n@SUM(A1)\n'4\n 前后有空格 \n\n空行之后\n第_x0041_项",
        (Part("-（一）", "=HYPERLINK(A1)"), Part("无文字的部分", ""), Part("", "无标题的部分")),
    )
    report.acknowledged = (
        Acknowledged(
            "R205", "documents.rules.issued", "已核对", (("documents.rules.issued", "1"),)
        ),
        Acknowledged("R404", "other", "=不是公式"),
    )
    return report


@needs_office
@pytest.mark.parametrize("to", FORMATS)
def test_it_reads_the_same_when_saved_by_another_program(to):
    given = {"told": told(), "widest": samples.widest(), "blank": samples.blank()}
    given["wrong"] = samples.city()
    given["wrong"].figures[NEWEST.by_name["applications.handled.total"]] = 7
    saved = libreoffice.convert({f"{n}.xlsx": collection.dumps(r) for n, r in given.items()}, to)
    for name, report in given.items():
        read, findings, *_ = collection.loads(saved[f"{name}.xlsx"])
        assert not findings
        assert read == report
        assert {a: str(v) for a, v in read.figures.items()} == {
            a: str(v) for a, v in report.figures.items()
        }


# What is in the workbook


def pages(report: Report, last: Report | None = None) -> dict[str, Sheet]:
    before = last.figures if last else report.last_year
    return {page.name: page for page in worksheets.pages(report, before)}


def test_totals_are_formulas_and_all_else_is_typed():
    for page in pages(samples.city()).values():
        assert page.is_locked
    printed = [pages(samples.city())[name] for name in ("表二", "表三", "表四")]
    spots = [spot for page in printed for spot in page.spots]
    formulas = [s for s in spots if isinstance(s.value, Formula) and "SUM" in s.value.text]
    assert len(formulas) == len(NEWEST.sums) + 7
    assert all(spot.style.locked for spot in formulas)
    assert sum(not spot.style.locked for spot in spots) == 200 - len(NEWEST.sums)


def test_every_cell_to_fill_in_is_checked_and_explained():
    for page in pages(samples.blank()).values():
        open_cells = {(s.row, s.column) for s in page.spots if not s.style.locked}
        if not page.name.startswith("表"):
            continue
        checked = [
            (row, column)
            for check in page.checks
            for row in range(check.area.top, check.area.bottom + 1)
            for column in range(check.area.left, check.area.right + 1)
        ]
        assert sorted(checked) == sorted(open_cells)
        assert all(check.message for check in page.checks)
    kinds = [check.kind for check in pages(samples.blank())["表二"].checks]
    assert kinds == ["integer"] * 5 + ["decimal"]


def test_a_total_that_is_wrong_can_be_put_right():
    report = samples.city()
    total = NEWEST.by_name["disputes.reconsideration.total"]
    report.figures[total] = 350
    [spot] = [s for s in pages(report)["表四"].spots if s.value == 350]
    assert not spot.style.locked


@needs_office
def test_the_formulas_say_what_was_written_beside_them():
    """LibreOffice computes those that have no value; ours were written along."""
    for report in (samples.city(), samples.blank(), half()):
        data = collection.dumps(report)
        [again] = libreoffice.convert({"a.xlsx": without_values(data)}, "xlsx").values()
        for ours, theirs in zip(reading.read(data), reading.read(again), strict=True):
            assert [line for line in ours.rows if any(line)] == [
                line for line in theirs.rows if any(line)
            ]


def without_values(data: bytes) -> bytes:
    """A workbook whose formulas have never been computed."""
    parts = container.unpacked(data)
    for name, part in parts.items():
        parts[name] = re.sub(rb"</f><v>[^<]*</v>", b"</f>", part)
    return container.packed(parts)


def half() -> Report:
    """A report half filled in, whose balance is wrong in one column."""
    figures = {a: v for a, v in samples.city().figures.items() if a not in NEWEST.sums}
    for address in list(figures)[::37]:
        del figures[address]
    report = Report(year=2024, figures=figures)
    report.put({NEWEST.by_name["applications.received.research"]: 5})
    return report


def test_last_years_figures_stand_beside():
    last = samples.city()
    report = Report(year=2025, bureau=last.bureau)
    data = collection.dumps(report, last)
    read, findings, *_ = collection.loads(data)
    assert not findings
    assert not read.figures
    assert read.last_year == last.figures
    for name in ("表二", "表三", "表四"):
        [page] = [page for page in reading.read(data) if page.name == name]
        texts = {text for row in page.rows for text in row}
        held = {
            str(v) for a, v in last.figures.items() if NEWEST.homes[a.table].label[0] == name[1]
        }
        assert held <= texts
        assert any("2024年" in text for text in texts)


# What comes back


def grids(report: Report) -> dict[str, list[list[str]]]:
    return {page.name: page.rows for page in reading.read(collection.dumps(report))}


def saved(grids: dict[str, list[list[str]]]) -> bytes:
    """Some sheets of text and figures as a workbook, without any of its looks."""
    plain = workbook.CellStyle()
    return workbook.written(
        [
            Sheet(
                name,
                tuple(
                    workbook.Spot(
                        r, c, int(text) if text.isascii() and text.isdigit() else text, plain
                    )
                    for r, row in enumerate(rows)
                    for c, text in enumerate(row)
                    if text
                ),
            )
            for name, rows in grids.items()
        ],
        "",
        "",
    )


def reread(grids: dict[str, list[list[str]]]):
    return collection.loads(saved(grids))


def row_of(grid: list[list[str]], label: str) -> int:
    return next(n for n, row in enumerate(grid) if any(label in text for text in row))


def test_a_sheet_without_looks_merges_and_formulas_reads_the_same():
    read = reread(grids(samples.city()))
    assert not read.findings
    assert read.report == samples.city()


def test_sheets_are_known_by_what_they_hold():
    given = {f"Sheet{n}": rows for n, rows in enumerate(reversed(grids(samples.city()).values()))}
    read = reread(given)
    assert not read.findings
    assert read.report == samples.city()


def test_rows_may_be_moved():
    given = grids(samples.city())
    rows = given["表三"]
    rows.insert(row_of(rows, "1.属于国家秘密"), rows.pop(row_of(rows, "4.保护第三方")))
    rows.insert(row_of(rows, "（七）总计"), rows.pop(row_of(rows, "二、上年结转")))
    read = reread(given)
    assert not read.findings
    assert read.report == samples.city()


def test_rows_and_columns_may_be_put_in():
    given = grids(samples.city())
    given["表三"].insert(0, ["填表单位：某局"])
    given["表三"].insert(9, [])
    given["表三"] = [["", *row] for row in given["表三"]]
    read = reread(given)
    assert [f.code for f in read.findings] in ([], ["D011"])
    assert read.report.figures == samples.city().figures


@pytest.mark.parametrize(
    ("typed", "value"),
    [("３００１", 3001), ("3,001", 3001), (" 3001 件", 3001), ("3001", 3001)],
)
def test_figures_as_text_are_read_and_said_to_be(typed, value):
    given = grids(samples.city())
    row = row_of(given["表三"], "一、本年新收")
    given["表三"][row][3] = typed
    report, findings, *_ = reread(given)
    cell = NEWEST.by_name["applications.received.natural_person"]
    assert report.figures[cell] == value
    assert [f.code for f in findings] == ([] if typed == "3001" else ["D009"])
    if findings:
        assert findings[0].place == Place(row + 1, 4, "表三")


@pytest.mark.parametrize("typed", ["/", "-3", "3.5", "三件", "#DIV/0!", "2024-03-05"])
def test_what_is_no_figure_is_a_finding_at_its_cell(typed):
    given = grids(samples.city())
    row = row_of(given["表三"], "一、本年新收")
    given["表三"][row][3] = typed
    report, findings, places, *_ = reread(given)
    cell = NEWEST.by_name["applications.received.natural_person"]
    assert cell not in report.figures
    assert [(f.code, f.at) for f in findings] == [("D003", str(cell))]
    assert said(findings[0], "某局.xlsx", None or findings[0].place).startswith(
        f"某局.xlsx:表三!D{row + 1}  D003 错误  一、本年新收政府信息公开申请数量｜自然人："
    )
    assert places[str(cell)] == findings[0].place


def test_a_blank_cell_is_not_answered_and_not_0():
    given = grids(samples.city())
    row = row_of(given["表三"], "重复申请")
    given["表三"][row][3:] = [""] * 7
    report = reread(given).report
    line = NEWEST.lines["applications", "repeated"]
    assert not any(cell in report.figures for cell in line.cells)


@pytest.mark.parametrize(
    ("label", "changed"),
    [
        ("一、本年新收政府信息公开申请数量", "一、新收到的申请"),
        ("（七）总计", "合 计"),
        ("1.属于国家秘密", ""),
    ],
)
def test_a_row_whose_label_was_changed_is_known_by_its_place(label, changed):
    given = grids(samples.city())
    row = row_of(given["表三"], label)
    given["表三"][row] = [text.replace(label, changed) for text in given["表三"][row]]
    report, findings, *_ = reread(given)
    assert report == samples.city()
    assert [(f.code, f.place.line) for f in findings] == [("D009", row + 1)]


@pytest.mark.parametrize("label", ["自然人", "商业企业", "总计", "申请人情况"])
def test_a_column_whose_label_was_changed_is_known_by_its_place(label):
    given = grids(samples.city())
    given["表三"][:6] = [["别的" if t == label else t for t in row] for row in given["表三"][:6]]
    assert reread(given).report == samples.city()


def test_a_row_that_is_there_twice_is_not_swallowed():
    given = grids(samples.city())
    rows = given["表三"]
    at = row_of(rows, "重复申请")
    copied = [*rows[at][:3], *["7"] * 7]
    rows.append(copied)
    report, findings, *_ = reread(given)
    assert report == samples.city()
    [finding] = findings
    assert (finding.code, finding.severity) == ("D010", Severity.ERROR)
    assert finding.place.sheet == "表三"
    assert finding.place.line == len(rows)


def test_what_stands_beside_the_tables_is_a_finding():
    given = grids(samples.city())
    given["表二"][3] = [*given["表二"][3], "", "", "12"]
    given["文字"].append(["备注", "", ""])
    given["我的计算"] = [["", "1"], ["2", "3"]]
    report, findings, *_ = reread(given)
    assert report == samples.city()
    assert [(f.code, str(f.place)) for f in findings] == [
        ("D010", "表二!G4"),
        ("D010", f"文字!A{len(given['文字'])}"),
        ("D011", "我的计算!B1"),
    ]


def test_a_sum_that_was_not_computed_anew_is_found():
    given = grids(samples.city())
    row = row_of(given["表三"], "重复申请")
    given["表三"][row][3] = "26"
    reading = reread(given)
    found = [f for f in rules.check(reading.report, known=reading.findings) if f.code == "R201"]
    assert str(reading.places[found[0].at]).startswith("表三!")


def test_texts_pasted_over_several_rows_and_new_parts_are_read():
    given = grids(samples.blank())
    rows = given["文字"]
    at = row_of(rows, "主动公开")
    at = next(n for n, row in enumerate(rows) if row[1] == "主动公开")
    rows[at][2] = "第一段"
    rows[at + 1][2] = "第二段\r\n第三段"
    rows.insert(at + 2, ["", "", "插入的一段"])
    rows[at + 4] = ["", "自己加的部分", "内容\x0b有控制字符"]
    report, findings, places, *_ = reread(given)
    assert report.prose["overview"] == Prose(
        "",
        (
            Part("主动公开", "第一段\n第二段\n第三段\n插入的一段"),
            Part("自己加的部分", "内容有控制字符"),
        ),
    )
    assert [f.code for f in findings] == ["D009"]
    assert places["overview.parts.2.text"] == Place(at + 5, 3, "文字")


@pytest.mark.parametrize(
    ("typed", "code", "year"),
    [
        ("2024年度", "", 2024),
        ("２０２４", "", 2024),
        ("2019", "D005", None),
        ("去年", "D005", None),
    ],
)
def test_the_year_is_read(typed, code, year):
    given = grids(samples.city())
    given["单位基本情况"][row_of(given["单位基本情况"], "报告年份")][1] = typed
    report, findings, *_ = reread(given)
    assert report.year == year
    assert [f.code for f in findings] == ([code] if code else [])


def test_a_kind_of_organ_that_is_none_is_a_finding():
    given = grids(samples.city())
    given["单位基本情况"][row_of(given["单位基本情况"], "单位类别")][1] = "企业"
    assert [str(f.place) for f in reread(given).findings] == ["单位基本情况!B6"]


# Files that are no workbook of ours


def zipped(parts: dict[str, bytes]) -> bytes:
    file = BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return file.getvalue()


def changed(part: str, content: bytes) -> bytes:
    """Our workbook with one of its parts replaced."""
    with ZipFile(BytesIO(collection.dumps(samples.blank()))) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    return zipped({**parts, part: content})


FAR = (
    b'<worksheet><sheetData><row r="1"><c r="A1"><v>1</v></c></row>'
    b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData></worksheet>'
)
SHEET_OF_ODS = {"mimetype": b"application/vnd.oasis.opendocument.spreadsheet"}
ODS = (
    b'<table:table table:name="a"><table:table-row table:number-rows-repeated="1048575">'
    b"<table:table-cell/></table:table-row><table:table-row><table:table-cell table:number-columns-"
    b'repeated="16384" office:value-type="float" office:value="1"/></table:table-row></table:table>'
)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "已损坏"),
        (b"\x00" * 5000, "已损坏"),
        (b"PK\x03\x04", "已损坏"),
        (collection.dumps(samples.blank())[:9000], "已损坏"),
        ("<html><table><tr><td>某局</td></tr></table></html>".encode(), "另存为 .xlsx"),
        (zipped({"word/document.xml": b"<a/>"}), "不是 Excel"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 4000, "密码"),
        (changed("xl/worksheets/sheet1.xml", b"<worksheet><sheetData><row"), "已损坏"),
        (changed("xl/worksheets/sheet3.xml", FAR), "过大"),
        (zipped({**SHEET_OF_ODS, "content.xml": ODS}), "过大"),
        (saved({"台账": [["序号", "标题"], ["1", "通知"]]}), "没有认出"),
        (saved({"空": []}), "没有认出"),
    ],
)
def test_a_file_that_cannot_be_used_is_one_sentence(data, words):
    with pytest.raises(Unusable, match=words) as raised:
        collection.loads(data)
    assert "\n" not in str(raised.value)


def test_a_bomb_is_not_unpacked(monkeypatch):
    monkeypatch.setattr(limits, "UNPACKED_BYTES", 1000)
    with pytest.raises(Unusable, match="过大"):
        collection.loads(collection.dumps(samples.blank()))


def test_room_for_more_than_there_is_is_not_made():
    parts = container.unpacked(collection.dumps(samples.blank()))
    strings = parts["xl/sharedStrings.xml"]
    parts["xl/sharedStrings.xml"] = re.sub(rb'Count="\d+"', b'Count="99999999999999"', strings)
    with pytest.raises(Unusable, match="过大"):
        collection.loads(container.packed(parts))


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_whatever_is_wrong_with_a_workbook_is_one_sentence():
    sound = collection.dumps(samples.small())
    read = [read_or_told(collection.loads, mutations.mutated(sound, seed)) for seed in range(60)]
    assert None in read
    assert any(read)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_a_damaged_file_never_ends_in_anything_else(data):
    whole = bytearray(FILES[data.draw(st.sampled_from(sorted(FILES)))])
    for _ in range(data.draw(st.integers(1, 6))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    with suppress(Unusable):
        collection.loads(bytes(whole))


FILES = {"xlsx": collection.dumps(samples.city())}
if libreoffice.find():
    FILES |= {
        to: libreoffice.convert({"a.xlsx": FILES["xlsx"]}, to)["a.xlsx"] for to in ("xls", "ods")
    }


PARAGRAPH = "".join(f"第{n}句讲的是政府信息公开工作的一项做法及其成效；" for n in range(1, 150))


def long() -> Report:
    """A report with paragraphs longer than one row can show."""
    report = samples.city()
    report.prose["problems"] = Prose(
        f"短的一段\n{PARAGRAPH}\n又一段",
        (Part("不足", PARAGRAPH[:1300]), Part("改进", f"{PARAGRAPH}\n{PARAGRAPH}")),
    )
    return report


@pytest.mark.parametrize("text", [PARAGRAPH, PARAGRAPH[:1300], "行\n" * 60 + "末行", "短"])
def test_a_long_paragraph_is_wholly_seen(text):
    report = samples.city()
    report.prose["other"] = Prose(text)
    page = pages(report)["文字"]
    shown = [spot for spot in page.spots if spot.column == 2 and spot.value]
    assert max(page.heights.values()) <= printout.TALLEST
    for spot in shown[1:]:
        rows = range(spot.row, spot.row + spot.height)
        lines = -(-len(str(spot.value)) // printout.TEXT_ROOM)
        assert sum(page.heights.get(row, 16) for row in rows) >= 11 * 1.4 * lines


def test_a_long_paragraph_reads_back_as_one():
    read = collection.loads(collection.dumps(long()))
    assert not read.findings
    assert read.report == long()


@needs_office
@pytest.mark.parametrize("to", FORMATS)
def test_a_long_paragraph_is_one_when_saved_by_another_program(to):
    [saved] = libreoffice.convert({"a.xlsx": collection.dumps(long())}, to).values()
    assert collection.loads(saved).report == long()


def test_a_text_as_long_as_a_cell_reads_back():
    report = samples.city()
    report.prose["other"] = Prose("长" * 32_765 + "😀")
    assert collection.loads(collection.dumps(report)).report == report


@pytest.mark.parametrize("text", ["长" * 32_768, "😀" * 16_384])
def test_a_text_longer_than_a_cell_as_excel_counts_is_refused(text):
    report = samples.city()
    report.prose["other"] = Prose(text)
    with pytest.raises(Unusable, match="32768 字，Excel 的一格最多 32767 字，请分段"):
        collection.dumps(report)


def test_a_text_longer_than_a_cell_is_refused_by_name():
    report = samples.city()
    report.prose["other"] = Prose("长" * 40_000)
    with pytest.raises(Unusable, match="40000 字"):
        collection.dumps(report)


@pytest.mark.parametrize("count", [9, 99, 100, 120, 1005])
def test_as_many_parts_as_there_are_read_back(count):
    report = samples.blank()
    report.prose["overview"] = Prose(
        "", tuple(Part(f"部分{n}", f"内容{n}") for n in range(1, count + 1))
    )
    read, findings, *_ = collection.loads(collection.dumps(report))
    assert not findings
    assert read.prose["overview"] == report.prose["overview"]


@pytest.mark.parametrize("number", ["（三）", "3", "3.", "（３）", "一百零三、", " 三 "])
def test_a_part_is_numbered_as_one_likes(number):
    given = grids(samples.blank())
    rows = given["文字"]
    at = next(n for n, row in enumerate(rows) if row[:2] == ["（三）", ""] or row[0] == "（三）")
    rows[at] = [number, "另一部分", "内容"]
    report, findings, *_ = reread(given)
    assert not findings
    assert Part("另一部分", "内容") in report.prose["overview"].parts
