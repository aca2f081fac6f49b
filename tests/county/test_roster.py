"""Rosters as offices keep them."""

from io import BytesIO
from pathlib import Path

import docx
import pytest
import xlsxwriter

from govdisclose.county import roster
from govdisclose.county.roster import RosterReading
from govdisclose.formats.excel import listing
from govdisclose.model.finding import Unusable
from govdisclose.model.roster import RosterUnit
from tests.support.cli import run

Rows = list[tuple[object, ...]]


def workbook(path: Path, **sheets: Rows) -> Path:
    with xlsxwriter.Workbook(path) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
    return path


def text(path: Path, content: str) -> Path:
    path.write_text(content, encoding="utf-8")
    return path


def names(path: Path) -> tuple[str, ...]:
    return roster.read(path).names


def units(*names: str) -> tuple[RosterUnit, ...]:
    return tuple(map(RosterUnit, names))


# Workbooks


@pytest.mark.parametrize(
    "head",
    [
        "单位名称",
        "单位",
        "单 位 名 称",
        "单位名称（全称）",
        "责任单位",
        "报送单位",
        "填报单位名称",
        "部门",
        "乡镇",
        "镇（街道）",
        "乡镇、街道",
        "乡镇（街道、园区）",
        "机关",
        "行政机关名称",
        "县直部门",
        "部门/单位",
        "各部门单位",
        "乡镇人民政府",
        "名称",
    ],
)
def test_a_heading_may_be_any_word_for_units(tmp_path: Path, head: str):
    rows: Rows = [("云溪县应报单位",), (), ("序号", "类别", head, "联系人")]
    rows += [(1, "县直", "云溪县教育局", "张三丰"), (2, "县直", "云溪县公安局", "李四光")]
    assert names(workbook(tmp_path / "名册.xlsx", 表=rows)) == ("云溪县教育局", "云溪县公安局")


@pytest.mark.parametrize("head", ["主管部门", "单位性质", "联系单位电话", "镇长", "报送时间"])
def test_not_every_word_of_the_kind_is_a_heading(head: str):
    assert roster.rank_of(head) == 0


def test_what_stands_around_the_names_is_told(tmp_path: Path):
    rows: Rows = [
        ("云溪县政务公开年度报告应报单位名册", None),
        ("填表日期：2024年12月1日", None),
        ("序号", "填报单位"),
        (1, "云溪县教育局"),
        (2, "云溪县公安局\n"),
        (3, "云溪县\n民政局"),
        (4, "云溪县教育局"),
        ("合计", "合计：3家"),
        (None, "共3家"),
        (None, "填表人：张三"),
        (None, None),
    ]
    path = workbook(tmp_path / "名册.xlsx", 表=rows)
    read = roster.read(path)
    assert read == RosterReading(
        units("云溪县教育局", "云溪县公安局", "云溪县民政局"),
        (("表", 3),),
        ("合计：3家", "共3家", "填表人：张三"),
        ("云溪县教育局",),
    )
    assert list(roster.told(path, read)) == [
        f"名册 {path}：3 个单位",
        "  不像单位名称，没有算：合计：3家、共3家、填表人：张三",
        "  写了不止一次，只算一个：云溪县教育局",
    ]


def test_the_list_may_stand_on_another_sheet(tmp_path: Path):
    path = workbook(
        tmp_path / "名册.xlsx",
        说明=[("填报说明",), ("一、各单位请于1月20日前报送。",), ("联系电话", "0563-1234567")],
        名单=[("序号", "单位"), (1, "云溪县教育局"), (2, "云溪县公安局")],
    )
    assert names(path) == ("云溪县教育局", "云溪县公安局")


def test_lists_on_several_sheets_are_one_roster(tmp_path: Path):
    path = workbook(
        tmp_path / "名册.xlsx",
        县直部门=[("序号", "部门"), (1, "云溪县教育局"), (2, "云溪县公安局")],
        乡镇=[("乡镇",), ("青石镇",)],
    )
    assert names(path) == ("云溪县教育局", "云溪县公安局", "青石镇")
    [line] = roster.told(path, roster.read(path))
    assert line.endswith("3 个单位（县直部门 2 个、乡镇 1 个）")


def test_several_columns_of_names_are_read(tmp_path: Path):
    rows: Rows = [("部门", "乡镇"), ("云溪县教育局", "青石镇"), ("云溪县公安局", None)]
    path = workbook(tmp_path / "名册.xlsx", 表=rows)
    assert names(path) == ("云溪县教育局", "云溪县公安局", "青石镇")
    rows = [("序号", "单位名称", "序号", "单位名称"), (1, "云溪县教育局", 2, "青石镇")]
    assert names(workbook(tmp_path / "名册.xlsx", 表=rows)) == ("云溪县教育局", "青石镇")


def test_a_department_beside_a_unit_is_none(tmp_path: Path):
    rows: Rows = [("责任部门", "单位名称", "主管部门"), ("办公室", "云溪县教育局", "县政府")]
    assert names(workbook(tmp_path / "名册.xlsx", 表=rows)) == ("云溪县教育局",)
    rows = [("部门", "责任部门"), ("云溪县教育局", "办公室")]
    assert names(workbook(tmp_path / "名册.xlsx", 表=rows)) == ("云溪县教育局",)


def test_without_a_heading_the_fullest_column_is_read(tmp_path: Path):
    rows: Rows = [("应报单位名单",), (1, "云溪县教育局", "张三丰"), (2, "云溪县公安局", "李四光")]
    assert names(workbook(tmp_path / "名册.xlsx", 表=rows)) == ("云溪县教育局", "云溪县公安局")


# Lists


@pytest.mark.parametrize(
    "line",
    [
        "1. 云溪县教育局",
        "1.云溪县教育局",
        "12、云溪县教育局",
        "（3）云溪县教育局",
        "(3) 云溪县教育局；",
        "一、云溪县教育局",
        "（十二）云溪县教育局",
        "①云溪县教育局，",
        "1 云溪县教育局",
        "- 云溪县教育局",
        "1．云溪县教育局",
        "１）云溪县教育局",
    ],
)
def test_numbers_before_names_are_left_out(tmp_path: Path, line: str):
    path = text(tmp_path / "名册.txt", f"{line}\n2、三门县三家店镇人民政府\n")
    assert names(path) == ("云溪县教育局", "三门县三家店镇人民政府")


def test_columns_pasted_as_text_are_columns(tmp_path: Path):
    lines = "序号\t单位\t联系人\n1\t云溪县教育局\t张三\n2\t云溪县公安局\t李四\n"
    assert names(text(tmp_path / "a.txt", lines)) == ("云溪县教育局", "云溪县公安局")
    path = text(tmp_path / "b.txt", lines.partition("\n")[2])
    assert names(path) == ("云溪县教育局", "云溪县公安局")


@pytest.mark.parametrize(
    "name",
    [
        "12345政务服务便民热线中心",
        "三家店镇人民政府",
        "共青团云溪县委员会",
        "一七一街道办事处",
        "百家湖街道",
        "云溪县统计局",
        "云溪县人民政府办公室（县政务公开办）",
        "IT 产业园管委会",
        "注册管理局",
        "县直机关工委",
    ],
)
def test_names_that_begin_like_something_else_stay_whole(tmp_path: Path, name: str):
    assert roster.read(text(tmp_path / "名册.txt", f"{name}\n")) == RosterReading(
        units(name), (("", 1),)
    )


def test_lines_that_name_no_unit_are_told(tmp_path: Path):
    lines = ["..", "12", "———", "合计：12家", "共 12 家", "12家", "填表人：张三", "联系人 李四"]
    lines += [
        "一、县直部门（3家）",
        "（二）乡镇、街道",
        "备注",
        "2024年12月1日",
        "以上共3家",
        "附件1",
    ]
    path = text(tmp_path / "名册.txt", "\n".join(["云溪县教育局", *lines, "青石镇"]))
    read = roster.read(path)
    assert read.names == ("云溪县教育局", "青石镇")
    assert len(read.odd) == len(lines)
    [_, line] = roster.told(path, read)
    assert line.endswith("等 14 处")


def test_a_heading_amid_a_list_hides_nothing(tmp_path: Path):
    path = text(tmp_path / "名册.txt", "云溪县教育局\n云溪县公安局\n乡镇\n青石镇\n")
    assert names(path) == ("云溪县教育局", "云溪县公安局", "青石镇")
    path = text(tmp_path / "名册.txt", "县直部门\n云溪县教育局\n乡镇\n青石镇\n")
    assert names(path) == ("云溪县教育局", "青石镇")


# Word and what is no roster


def test_a_word_document_may_be_a_roster(tmp_path: Path):
    document = docx.Document()
    document.add_paragraph("云溪县应报单位名册")
    for line in ("1. 云溪县教育局", "2. 云溪县公安局", "填表人：张三"):
        document.add_paragraph(line)
    document.save(str(tmp_path / "名册.docx"))
    assert names(tmp_path / "名册.docx") == ("云溪县教育局", "云溪县公安局")


def test_a_table_in_word_may_be_a_roster(tmp_path: Path):
    document = docx.Document()
    document.add_paragraph("请下列单位按时报送")
    table = document.add_table(4, 3)
    rows = [
        ("序号", "单位", "联系人"),
        ("1", "云溪县教育局", "张三"),
        ("", "", "李四"),
        ("2", "青石镇", ""),
    ]
    for row, cells in zip(table.rows, rows, strict=True):
        for cell, content in zip(row.cells, cells, strict=True):
            cell.text = content
    table.cell(1, 1).merge(table.cell(2, 1))
    document.save(str(tmp_path / "名册.docx"))
    assert roster.read(tmp_path / "名册.docx") == RosterReading(
        (RosterUnit("云溪县教育局", contact="张三、李四"), RosterUnit("青石镇")),
        (("第 1 个表", 2),),
    )


def pdf() -> bytes:
    return b"%PDF-1.4\n1 0 obj << >> endobj\n"


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("名册.pdf", pdf()),
        ("名册.jpg", b"\xff\xd8\xff\xe0\0\x10JFIF"),
        ("名册.doc", b"\xd0\xcf\x11\xe0" + bytes(600)),
        ("名册.txt", "教育局".encode() * 200_000),
        ("名册.csv", b'"' + b"x" * 140_000),
    ],
)
def test_what_a_roster_may_be_is_said(tmp_path: Path, name: str, data: bytes):
    (tmp_path / name).write_bytes(data)
    with pytest.raises(Unusable, match=f"{name}：不像一份名册：名册可以是 .txt"):
        roster.read(tmp_path / name)


@pytest.mark.parametrize("content", ["\n", "合计：3家\n..\n", "# 都是说明\n"])
def test_a_roster_without_units_is_unusable(tmp_path: Path, content: str):
    with pytest.raises(Unusable, match="没有单位名称"):
        roster.read(text(tmp_path / "名册.txt", content))


def test_an_empty_document_is_unusable(tmp_path: Path):
    file = BytesIO()
    docx.Document().save(file)
    (tmp_path / "名册.docx").write_bytes(file.getvalue())
    with pytest.raises(Unusable, match="没有单位名称"):
        roster.read(tmp_path / "名册.docx")
    (tmp_path / "名册.docx").write_bytes(b"PK\3\4")
    with pytest.raises(Unusable, match=r"名册\.docx：文件已损坏"):
        roster.read(tmp_path / "名册.docx")


def test_what_was_read_is_shown(tmp_path: Path):
    text(tmp_path / "名册.txt", "1、甲局\n2、乙局\n合计：2家\n")
    code, _, err = run("sheet", "--roster", "名册.txt", "-o", "表", "--year", "2024", cwd=tmp_path)
    assert code == 0
    assert err.splitlines()[:2] == ["名册 名册.txt：2 个单位", "  不像单位名称，没有算：合计：2家"]


# Plain lists


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("名册.txt", "甲局\n\n# 说明\n 乙局 # 新设\n甲局\n"),
        ("名册.txt", "\ufeff甲局\r\n乙局\r\n"),
        ("名册.csv", "序号,单位名称,电话\n1,甲局,1\n2,乙局,2\n"),
        ("名册.csv", "甲局\n乙局\n"),
    ],
)
def test_a_roster_is_a_list_or_a_column(name: str, content: str, tmp_path: Path):
    (tmp_path / name).write_text(content, encoding="utf-8")
    assert names(tmp_path / name) == ("甲局", "乙局")


def test_a_roster_in_gbk_is_read(tmp_path: Path):
    (tmp_path / "名册.txt").write_bytes("甲局\n乙局\n".encode("gbk"))
    assert roster.read(tmp_path / "名册.txt").names == ("甲局", "乙局")


def test_a_roster_in_a_workbook_is_a_column(tmp_path: Path):
    rows = [("某县名册", None), ("序号", "单位"), (1, "甲局"), (2, "乙局"), (3, None)]
    (tmp_path / "名册.xlsx").write_bytes(listing.dumps(*rows[:1], rows[1:], ".xlsx"))
    assert roster.read(tmp_path / "名册.xlsx").names == ("甲局", "乙局")


@pytest.mark.parametrize("name", ["名册.xlsx", "名册.ods", "名册.xls"])
def test_a_damaged_workbook_is_no_roster(name: str, tmp_path: Path):
    (tmp_path / name).write_bytes(b"PK\x03\x04 damaged")
    with pytest.raises(Unusable, match=name):
        roster.read(tmp_path / name)


def test_an_empty_roster_is_unusable(tmp_path: Path):
    (tmp_path / "名册.txt").write_text("\n", encoding="utf-8")
    with pytest.raises(Unusable, match="没有单位名称"):
        roster.read(tmp_path / "名册.txt")


# What a roster says beside the names


def test_columns_are_read_by_their_headings_in_any_order(tmp_path: Path):
    rows: Rows = [
        ("云溪县报送单位通讯录",),
        ("联系电话", "简称", "联系人", "单位全称", "曾用名"),
        ("0563-7012656", "人社局", "张三", "云溪县人力资源和社会保障局", "云溪县人事局、劳动局"),
        ("13900000000", "", "李四", "城关镇人民政府", "/"),
    ]
    assert roster.read(workbook(tmp_path / "名册.xlsx", 表=rows)).units == (
        RosterUnit(
            "云溪县人力资源和社会保障局",
            ("人社局",),
            ("云溪县人事局", "劳动局"),
            "张三",
            "0563-7012656",
        ),
        RosterUnit("城关镇人民政府", contact="李四", telephone="13900000000"),
    )


def test_of_two_columns_of_names_the_full_one_counts(tmp_path: Path):
    rows: Rows = [("单位名称", "单位全称"), ("教体局", "云溪县教育体育局")]
    [unit] = roster.read(workbook(tmp_path / "名册.xlsx", 表=rows)).units
    assert unit == RosterUnit("云溪县教育体育局", ("教体局",))


def test_columns_beside_several_lists_belong_each_to_its_own(tmp_path: Path):
    rows: Rows = [("单位", "电话", "单位", "电话"), ("云溪县教育局", "111", "青石镇", "222")]
    read = roster.read(workbook(tmp_path / "名册.xlsx", 表=rows))
    assert [unit.telephone for unit in read.units] == ["111", "222"]
