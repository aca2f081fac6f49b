"""What comes back from the bureaus: read exactly, or told where it is not."""

import random
import time
from collections.abc import Callable
from copy import deepcopy

import pytest

from govdisclose.formats import collection
from govdisclose.formats.collection import layout, reader
from govdisclose.formats.excel import reading
from govdisclose.formats.excel.reading import Texts
from govdisclose.model.finding import Place, Severity, Unusable
from govdisclose.model.notices import NEWEST
from govdisclose.model.report import Part, Prose, Report
from tests.support import samples

Grids = dict[str, list[list[str]]]
CITY = samples.city()


def grids(report: Report, last: Report | None = None) -> Grids:
    """The sheets as text, every row as wide as the widest."""
    pages = {page.name: page.rows for page in reading.read(collection.dumps(report, last))}
    for rows in pages.values():
        widen(rows, max(map(len, rows)))
    return pages


def widen(rows: list[list[str]], width: int) -> None:
    for row in rows:
        row.extend([""] * (width - len(row)))


def read(given: Grids):
    return reader.read(Texts(name, rows) for name, rows in given.items())


def row_of(rows: list[list[str]], label: str) -> int:
    return next(n for n, row in enumerate(rows) if any(label in text for text in row))


def next_year() -> Report:
    return Report(year=2025, bureau=CITY.bureau, prose=dict(CITY.prose), figures=dict(CITY.figures))


PLAIN = grids(CITY)
BESIDE = grids(next_year(), CITY)


def is_told(findings, name: str, row: int, text: str) -> bool:
    """Whether a finding names the row or the sheet of a cell, or what it says."""
    return any(
        text in finding.message
        or (finding.place and finding.place.sheet == name and finding.place.line == row + 1)
        or f"工作表“{name}”没有读入" in finding.message
        for finding in findings
    )


def said(report: Report) -> str:
    """Everything that a report says."""
    figures = [*report.figures.values(), *report.last_year.values()]
    texts = [text for _, text in report.texts()]
    return "|".join(map(str, [*figures, *texts, report.bureau, report.year, report.acknowledged]))


@pytest.mark.parametrize("given", [PLAIN, BESIDE], ids=["plain", "beside"])
@pytest.mark.parametrize("typed", ["987654", "备注九八七", "98.7654"])
def test_what_is_typed_anywhere_is_read_or_told(given, typed):
    """In every cell of every sheet, and in some rows and columns around it."""
    chance = random.Random(typed)
    for name, rows in given.items():
        cells = [(row, n) for row in range(len(rows) + 2) for n in range(len(rows[0]) + 3)]
        for row, column in chance.sample(cells, 15):
            changed = deepcopy(given)
            changed[name] += [[] for _ in range(row + 1 - len(rows))]
            widen(changed[name], column + 1)
            changed[name][row][column] = typed
            report, findings, *_ = read(changed)
            assert typed in said(report) or is_told(findings, name, row, typed), (name, row, column)


# Rows and columns


def numbered() -> Report:
    """A report in which every figure is another."""
    addresses = [address for address in NEWEST.addresses if address not in NEWEST.sums]
    return Report(year=2024, figures={a: 1000 + n for n, a in enumerate(addresses)})


NUMBERED = grids(numbered())


def swap_rows(rows: list[list[str]], one: int, other: int) -> None:
    rows[one], rows[other] = rows[other], rows[one]


def swap_columns(rows: list[list[str]], one: int, other: int) -> None:
    for row in rows:
        row[one], row[other] = row[other], row[one]


def put_column(rows: list[list[str]], at: int, _: int) -> None:
    for row in rows:
        row.insert(at, "")


def cut_column(rows: list[list[str]], at: int, _: int) -> None:
    for row in rows:
        del row[at]


def put_row(rows: list[list[str]], at: int, _: int) -> None:
    rows.insert(at, [""] * len(rows[0]))


def cut_row(rows: list[list[str]], at: int, _: int) -> None:
    del rows[at]


def copy_row(rows: list[list[str]], one: int, other: int) -> None:
    rows[other] = list(rows[one])


CHANGES = [swap_rows, put_column, cut_column, put_row, cut_row, copy_row]


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("name", ["表二", "表三", "表四"])
def test_no_figure_is_misplaced_without_a_word(change: Callable, name: str):
    """Whatever is done to rows and columns, a figure is where it was, or an error says so."""
    expected = numbered().figures
    height, width = len(NUMBERED[name]), len(NUMBERED[name][0])
    by_row = change in (swap_rows, put_row, cut_row, copy_row)
    places = range(height if by_row else width)
    for one in places:
        for other in random.Random(one).sample(places, 3):
            given = deepcopy(NUMBERED)
            change(given[name], one, other)
            report, findings, *_ = read(given)
            wrong = [a for a, value in report.figures.items() if expected.get(a) != value]
            wrong = [a for a in wrong if a not in NEWEST.sums]
            errors = [f for f in findings if f.severity is Severity.ERROR]
            assert not wrong or errors, (one, other, wrong)


@pytest.mark.parametrize(("one", "other"), [(3, 4), (3, 9), (5, 8), (4, 9)])
def test_columns_in_another_order_are_read_by_their_headings(one, other):
    given = deepcopy(NUMBERED)
    swap_columns(given["表三"], one, other)
    reading = read(given)
    assert reading.report.figures == numbered().figures
    assert not reading.findings


@pytest.mark.parametrize("column", range(15))
def test_a_column_that_is_gone_shifts_no_other(column):
    given = deepcopy(NUMBERED)
    cut_column(given["表四"], column, 0)
    figures = read(given).report.figures
    expected = numbered().figures
    assert all(figures.get(a, expected[a]) == expected[a] for a in expected)
    gone = [a for a in expected if a not in figures]
    assert len(gone) == (0 if column % 5 == 4 else 1)


def test_a_column_known_by_its_place_is_told():
    given = deepcopy(PLAIN)
    at = row_of(given["表三"], "商业企业")
    given["表三"][at][4] = "公司"
    report, findings, *_ = read(given)
    assert report == CITY
    assert [f.severity for f in findings] == [Severity.HINT] * 2
    assert "按位置读作“商业企业”" in findings[0].message


def test_a_copied_table_in_the_same_sheet_is_not_swallowed():
    for name in ("表二", "表三", "表四"):
        given = deepcopy(PLAIN)
        given[name] += deepcopy(given[name])
        report, findings, *_ = read(given)
        assert report.figures == CITY.figures
        errors = [f for f in findings if f.severity is Severity.ERROR]
        assert errors
        assert {f.code for f in errors} == {"D010"}


def test_two_copies_of_a_sheet_that_differ_are_an_error():
    given = deepcopy(PLAIN)
    given["表三 (2)"] = deepcopy(given["表三"])
    assert not read(given).findings
    row = row_of(given["表三"], "重复申请")
    given["表三 (2)"][row][4] = "9"
    report, findings, *_ = read(given)
    assert report == CITY
    [finding] = findings
    assert (finding.code, finding.severity) == ("D010", Severity.ERROR)
    assert finding.place == Place(row + 1, 5, "表三 (2)")
    assert "“表三 (2)”和“表三”是同一张表" in finding.message


def test_of_two_copies_of_a_sheet_the_one_filled_in_is_read():
    given = grids(samples.blank())
    given["表三 (2)"] = deepcopy(PLAIN["表三"])
    report, findings, *_ = read(given)
    assert not findings
    cell = NEWEST.by_name["applications.received.natural_person"]
    assert report.figures[cell] == CITY.figures[cell]


def test_a_table_of_which_most_is_gone_is_an_error():
    given = deepcopy(PLAIN)
    given["表三"] = given["表三"][:12]
    errors = [f for f in read(given).findings if f.severity is Severity.ERROR]
    assert [(f.code, f.place.sheet) for f in errors] == [("D010", "表三")]


def test_another_heading_is_a_hint_and_a_figure_among_them_an_error():
    given = deepcopy(PLAIN)
    given["表三"][0][0] = "某某局申请情况统计表"
    given["表三"][3][1] = "12"
    findings = read(given).findings
    assert [(f.severity, str(f.place)) for f in findings] == [
        (Severity.HINT, "表三!A1"),
        (Severity.ERROR, "表三!B4"),
    ]


# Last year's figures


@pytest.mark.parametrize("change", [put_column, cut_column])
@pytest.mark.parametrize("column", [3, 5, 8, 9, 12, 15, 17])
def test_last_years_figures_are_known_by_their_headings(change, column):
    given = deepcopy(BESIDE)
    change(given["表三"], column, 0)
    report = read(given).report
    assert all(CITY.figures[a] == value for a, value in report.last_year.items())
    assert all(CITY.figures[a] == value for a, value in report.figures.items())
    assert len(report.last_year) > 150


def test_a_copy_of_a_sheet_with_last_years_figures_is_no_news():
    given = deepcopy(BESIDE)
    given["表三 (2)"] = deepcopy(given["表三"])
    assert not read(given).findings


def test_a_remark_right_of_last_years_figures_is_told():
    given = deepcopy(BESIDE)
    widen(given["表三"], len(given["表三"][0]) + 1)
    given["表三"][9][-1] = "这里少了两件"
    report, findings, *_ = read(given)
    assert report.last_year == CITY.figures
    assert [str(f.place) for f in findings] == ["表三!S10"]


def test_last_years_figure_that_is_none_is_told():
    given = deepcopy(BESIDE)
    row = row_of(given["表三"], "重复申请")
    given["表三"][row][11] = "不详"
    findings = read(given).findings
    assert [(f.code, f.severity, str(f.place)) for f in findings] == [
        ("D009", Severity.HINT, f"表三!L{row + 1}")
    ]


@pytest.mark.parametrize("text", ["上年数据", "上年数据有误，已经更正。", "←上年数据（2023年）"])
def test_a_text_about_last_years_figures_is_a_text(text):
    report = samples.city()
    report.prose["problems"] = Prose(text, (Part(text, text),))
    reading = collection.loads(collection.dumps(report))
    assert not reading.findings
    assert reading.report == report


# Figures


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("#REF!", "“#REF!”不是数字"),
        ("#DIV/0!", "不是数字"),
        ("=1+2", "公式没有算出值"),
        ("True", "不是数字"),
        ("2024-03-05", "不是数字"),
        ("1e3", "不是数字"),
        ("12\n34", "“12 34…”不是数字"),
        ("说" * 30_000, "不是数字"),
        ("9" * 6_000, "不是数字"),
        ("\u200e12", "不是数字"),
        ("12😀", "不是数字"),
        ("-1", "小于 0"),
        ("0.5", "不带小数"),
        ("9999999999999", "太大"),
    ],
)
def test_what_is_no_figure_is_told_in_one_short_line(typed, words):
    given = deepcopy(PLAIN)
    row = row_of(given["表三"], "一、本年新收")
    given["表三"][row][3] = typed
    report, findings, *_ = read(given)
    cell = NEWEST.by_name["applications.received.natural_person"]
    assert cell not in report.figures
    [finding] = findings
    assert finding.place == Place(row + 1, 4, "表三")
    assert words in finding.message
    assert len(finding.message) < 200
    assert "\n" not in finding.message


def test_formulas_of_ours_that_were_never_computed_are_computed_here():
    """A program may fill in the cells without computing anything."""
    given = deepcopy(PLAIN)
    for page in PLAIN:
        rows = given[page]
        for n, row in enumerate(rows):
            for m, text in enumerate(row):
                if text in (layout.FILLED, layout.BALANCED):
                    rows[n][m] = '=IF(1-COUNTA(A1)=0,"已填完","")'
    row = row_of(given["表三"], "一、本年新收")
    given["表三"][row][9] = '=IF(COUNT(D6:I6)<6," ",SUM(D6:I6))'
    reading = read(given)
    assert not reading.findings
    assert reading.report == CITY


def test_errors_in_what_is_only_computed_are_not_told():
    given = deepcopy(PLAIN)
    row = next(n for n, cells in enumerate(given["表三"]) if layout.BALANCED in cells)
    given["表三"][row] = [t.replace(layout.BALANCED, "#REF!") for t in given["表三"][row]]
    assert not read(given).findings


def test_a_remark_in_a_row_that_is_computed_is_told():
    given = deepcopy(PLAIN)
    row = next(n for n, cells in enumerate(given["表三"]) if layout.BALANCED in cells)
    given["表三"][row][7] = "待核"
    [finding] = read(given).findings
    assert finding.place == Place(row + 1, 8, "表三")


# Particulars and texts


@pytest.mark.parametrize("year", ["9" * 5_000, "２０２４ 年", "2024.5", "²", "二〇二四"])
def test_a_year_that_is_none_is_told(year):
    given = deepcopy(PLAIN)
    given["单位基本情况"][row_of(given["单位基本情况"], "报告年份")][1] = year
    report, findings, *_ = read(given)
    assert report.year == 2024 or [f.code for f in findings] == ["D005"]


def test_a_particular_that_is_there_twice_is_told():
    given = deepcopy(PLAIN)
    given["单位基本情况"].append(["单位名称", "另一个单位"])
    report, findings, *_ = read(given)
    assert report.bureau == CITY.bureau
    assert ["另一个单位" in f.message for f in findings] == [True]


def test_a_limit_of_too_many_digits_is_none():
    given = deepcopy(PLAIN)
    given["随附"] = [["随草稿带来的内容（不用填）"], ["要求", "similarity", "9" * 5000]]
    assert read(given).report.limits.similarity is None


def text_rows(given: Grids, label: str) -> int:
    return next(n for n, row in enumerate(given["文字"]) if row[0] == label)


def test_a_section_whose_heading_is_gone_is_told():
    given = deepcopy(PLAIN)
    label = NEWEST.prose["other"].label
    given["文字"][text_rows(given, label)][0] = ""
    errors = [f for f in read(given).findings if f.severity is Severity.ERROR]
    assert [(f.code, f.at) for f in errors] == [("D010", "other")]
    assert label in errors[0].message


def test_a_section_that_is_there_twice_is_told():
    given = deepcopy(PLAIN)
    start = text_rows(given, NEWEST.prose["other"].label)
    given["文字"] += [["", "", ""], *deepcopy(given["文字"][start:])]
    given["文字"][-6][2] = "第二份里的文字"
    report, findings, *_ = read(given)
    assert report == CITY
    assert any("第二份里的文字" in f.message for f in findings)


def test_the_columns_of_texts_are_known_by_their_headings():
    for order in ((2, 0, 1), (1, 0, 2)):
        given = deepcopy(PLAIN)
        given["文字"] = [[row[n] for n in order] for row in given["文字"]]
        for row, cells in enumerate(PLAIN["文字"]):
            if cells[0] and not any(cells[1:]):
                given["文字"][row] = [
                    "" if text != cells[0] else text for text in given["文字"][row]
                ]
        assert read(given).report.prose == CITY.prose


def test_texts_whose_columns_have_no_headings_are_told():
    given = deepcopy(PLAIN)
    given["文字"] = [[row[0], row[2]] for row in given["文字"]]
    assert any("序号、小标题、内容" in f.message for f in read(given).findings)


@pytest.mark.parametrize(
    "text",
    [
        "第一行\n第二行\n\n末行",
        "😀表情𠮷野家",
        "\u202e从右到左\u200f",
        "\u3000\u3000缩进的一段",
        "=SUM(A1:A9)",
        "' 引号",
        "1,234",
        "（一）像序号的一段",
        "开头一段",
        "总计",
        "#REF!",
        "_x000D_",
    ],
)
def test_a_text_is_read_as_it_was_typed(text):
    report = samples.city()
    report.prose["other"] = Prose(text, (Part("小标题", text),))
    reading = collection.loads(collection.dumps(report))
    assert not reading.findings
    assert reading.report.prose == report.prose


def test_a_sheet_that_looks_like_ours_and_is_not_read_is_an_error():
    given = deepcopy(PLAIN)
    given["文字 (2)"] = deepcopy(given["文字"])
    given["说明"] = [["这一页是单位自己的说明", ""]]
    found = {f.place.sheet: f.severity for f in read(given).findings}
    assert found == {"文字 (2)": Severity.ERROR, "说明": Severity.HINT}


def test_sheets_in_which_nothing_is_ours_are_refused():
    with pytest.raises(Unusable, match="没有认出"):
        read({"台账": [["序号", "标题"], ["1", "通知"]]})


def test_a_long_list_of_another_kind_is_refused_soon():
    start = time.monotonic()
    with pytest.raises(Unusable, match="没有认出"):
        read({"台账": [["其他"] for _ in range(150_000)]})
    assert time.monotonic() - start < 20


# Last year's figures wherever they were pasted


def with_last_year() -> tuple[dict[str, list[list[str]]], dict[str, list[list[str]]]]:
    """The sheets of one report as texts, without and with last year's figures beside."""
    last = samples.city()
    last.figures = {address: value + 1000 for address, value in last.figures.items()}
    made = (collection.dumps(samples.city()), collection.dumps(samples.city(), last))
    bare, beside = ({s.name: [list(r) for r in s.rows] for s in reading.read(d)} for d in made)
    return bare, beside


def block_of(rows: list[list[str]]) -> tuple[list[list[str]], int]:
    """Last year's block in a sheet with its heading, and the column it begins at."""
    row, column = next(
        (r, c) for r, line in enumerate(rows) for c, text in enumerate(line) if "上年数据" in text
    )
    return [line[column:] for line in rows[row:]], column


@pytest.mark.parametrize("name", ["表二", "表三"])
@pytest.mark.parametrize("column", range(12))
@pytest.mark.parametrize("how", ["heading", "above", "beside", "whole above", "whole below"])
def test_last_years_figures_are_never_taken_for_this_years(name: str, column: int, how: str):
    sheets, others = with_last_year()
    block, right = block_of(others[name])
    rows, headed = sheets[name], ["上年数据（2023年）"]
    shifted = [[*[""] * column, *line] for line in block]
    if how == "heading":
        widen(rows, column + 1)
        rows[1][column] = headed[0]
    elif how == "above":
        sheets[name] = [*rows[:1], *shifted, *rows[1:]]
    elif how == "beside":
        width = right + column
        widen(rows, width)
        for number, line in enumerate(block, start=1):
            rows[number] = [*rows[number][:width], *line]
    else:
        whole = [line[:right] for line in others[name][1:]]
        both = (headed, *whole, *rows) if how == "whole above" else (*rows, headed, *whole)
        sheets[name] = [list(line) for line in both]
    report, *_ = reader.read([Texts(each, lines) for each, lines in sheets.items()])
    assert report.figures == samples.city().figures
    assert all(value >= 1000 for value in report.last_year.values())
