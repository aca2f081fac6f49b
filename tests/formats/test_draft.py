from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings

from govdisclose.formats import draft
from govdisclose.model import limits
from govdisclose.model.figures import shown
from govdisclose.model.finding import Severity, Unusable
from govdisclose.model.notices import NEWEST
from govdisclose.model.report import Bureau, Part, Prose, Received, Report, Unread
from tests.support.strategies import reports

GOLDEN = Path(__file__).parents[1] / "golden"


def read(text: str):
    return draft.loads(text.encode())


def told(text: str) -> list[tuple[str, str, tuple[int, int]]]:
    reading = read(text)
    places = [f.place or reading.places[f.at] for f in reading.findings]
    return [(f.code, f.at, p[:2]) for f, p in zip(reading.findings, places, strict=True)]


def messages(text: str) -> list[str]:
    return [finding.message.partition("\n")[0] for finding in read(text).findings]


def row(values: str, key: str = "received", before: str = "year = 2024\n") -> str:
    return f"{before}[applications]\n{key} = {values}\n"


@given(reports())
@settings(deadline=None)
def test_a_report_written_and_read_is_the_same(report: Report):
    reading = read(draft.dumps(report))
    unread = report.received.unread if report.received else ()
    assert [f.code for f in reading.findings if f.code != "D007"] == [each.code for each in unread]
    assert (reading.report, reading.report.received) == (report, report.received)


@given(reports())
@settings(deadline=None)
def test_every_figure_and_text_has_its_place(report: Report):
    text = draft.dumps(report)
    places = read(text).places
    lines = text.split("\n")
    for address, value in report.figures.items():
        line, column, _ = places[str(address)]
        assert lines[line - 1][column - 1 :].startswith(shown(value))
    for path, words in report.texts():
        if words and not path.startswith("preamble"):
            line, column, _ = places[path]
            assert lines[line - 1][column - 1] == '"'


def test_what_did_not_come_in_is_an_error_until_it_is_filled_in():
    at = "fees.charge.collected"
    unread = (Unread("D003", at, "收费!B3：“十二”不是数字"), Unread("D010", "", "表三!A30：“7”"))
    report = Report(year=2024, received=Received("收回/乙局.xlsx", unread=unread))
    assert [(f.code, f.severity) for f in read(draft.dumps(report)).findings] == [
        ("D003", Severity.ERROR),
        ("D010", Severity.ERROR),
    ]
    report.put({NEWEST.by_name[at]: Decimal(12)})
    [left] = read(draft.dumps(report)).findings
    assert "收到的文件里表三!A30" in left.message


def test_a_draft_looks_like_its_golden_file():
    report = Report(
        year=2024,
        bureau=Bureau("甲县乙局", telephone="000-1234"),
        prose={"overview": Prose("一段话。\n又一段。", (Part("主动公开", "公开“若干”。"),))},
        figures={a: n for n, a in enumerate(NEWEST.addresses) if a not in NEWEST.sums and n % 7},
    )
    report.put({NEWEST.by_name["fees.charge.collected"]: Decimal("18.8710")})
    assert draft.dumps(report) == (GOLDEN / "draft.toml").read_text("utf-8")


def test_places_are_right_in_a_file_edited_by_hand():
    text = """\
# 手工改过
applications.received = [ 1, 2,   # 前两列
    3,4, 5
  , 6 ]
year=2024
[overview]
lead = '原样的 # 文字'
  [[overview.parts]]
  text = '''
两行'''
  heading="标题"
[[ overview . parts ]]
"heading" = "又一"
[penalties]
coercion = 7
"""
    reading = read(text)
    assert reading.findings == []
    for path, place in {
        "applications.received.natural_person": (2, 27),
        "applications.received.research": (3, 5),
        "applications.received.other": (4, 5),
        "applications.received.total": (2, 25),
        "overview.lead": (7, 8),
        "overview.parts.1.text": (9, 10),
        "overview.parts.1.heading": (11, 11),
        "overview.parts.2.heading": (13, 13),
        "penalties.coercion.decided": (15, 12),
        "penalties.coercion": (15, 12),
        "penalties": (14, 1),
    }.items():
        assert reading.places[path][:2] == place, path


def test_totals_may_be_left_out_or_stated():
    total = NEWEST.by_name["applications.received.total"]
    assert read(row("[1, 2, 3, 0, 0, 0]")).report.figures[total] == 6
    assert read(row("[1, 2, 3, 0, 0, 0, 9]")).report.figures[total] == 9
    assert total not in read(row('[1, "?", 3, 0, 0, 0]')).report.figures


def test_what_is_not_answered_is_absent():
    assert read(row('["?", "?", "?", "?", "?", "?", "?"]')).report.figures == {}
    assert read(row('"?"')).report.figures == {}
    assert read("year = 2024").report.figures == {}
    assert read('year = "?"').report.year is None


def test_the_fee_keeps_its_zeros():
    reading = read("year = 2024\n[fees]\ncharge = 18.8710\n")
    assert shown(reading.report.figures[NEWEST.by_name["fees.charge.collected"]]) == "18.8710"
    assert "charge = 18.8710 " in draft.dumps(reading.report)


@pytest.mark.parametrize(
    ("text", "code", "at", "message"),
    [
        ('name = 甲', "D001", "name", "第 1 行等号后面的内容读不懂：文字要写在半角双引号里，尚未填报的写 \"?\""),
        ("year =", "D001", "year", "第 1 行等号后面没有内容：尚未填报的写 \"?\""),
        ('year = 2024\n[bureau]\npostcode = 012', "D001", "bureau.postcode", "第 3 行的数字不能以 0 开头；邮编、电话要写在引号里"),
        ('year = 2024\n[bureau', "D001", "", "第 2 行的方括号没有成对：写成 [名称]"),
        (row("[1, 2"), "D001", "applications.received", "第 3 行的括号没有成对，或者两个数之间缺少逗号"),
        ('year = 2024\nx = 1 2', "D001", "x", "第 2 行后面多了内容：一行只写一项，说明前面加 #"),
        ('year = 2024\n[overview]\nlead = """\n半截', "D001", "overview.lead", "第 3 行的引号没有成对：文字前后各要一个半角双引号，多行文字前后各要三个"),
        ("year = 2024\nfee = 1", "D002", "fee", "没有“fee”这一项，最接近的是 fees"),
        (row("[0,0,0,0,0,0]", "recieved"), "D002", "applications.recieved", "没有“recieved”这一项，最接近的是 received"),
        (row("[1.5,0,0,0,0,0]"), "D003", "applications.received.natural_person", "一、本年新收政府信息公开申请数量：“1.5”：这里填件数，是不带小数的整数"),
        (row("[0,-2,0,0,0,0]"), "D003", "applications.received.enterprise", "一、本年新收政府信息公开申请数量：“-2”小于 0，数字从 0 起"),
        (row('["无",0,0,0,0,0]'), "D003", "applications.received.natural_person", "一、本年新收政府信息公开申请数量：“无”不是数字，没有发生的填 0"),
        (row("[true,0,0,0,0,0]"), "D003", "applications.received.natural_person", "一、本年新收政府信息公开申请数量：这里要一个数，写的是true 或 false"),
        (row("[nan,0,0,0,0,0]"), "D003", "applications.received.natural_person", "一、本年新收政府信息公开申请数量：“NaN”不是数字，没有发生的填 0"),
        ('year = 2024\n[fees]\ncharge = "12000元"', "D003", "fees.charge.collected", "行政事业性收费：“12000元”：这里的单位是万元，应写 1.2"),
        ("year = 2024\n[fees]\ncharge = 1e99999999", "D003", "fees.charge.collected", "行政事业性收费：“1E+99999999”不是数字，没有发生的填 0"),
        ("year = 2024\n[overview]\nlead = 3", "D003", "overview.lead", "lead：这里要文字，写的是整数；文字写在引号里"),
        ("year = 2024\noverview = 3", "D003", "overview", "overview：这里要一组项目，写在 [overview] 下面"),
        ('year = 2024\n[bureau]\nkind = "局"', "D003", "bureau.kind", "单位类别“局”不认识：可填 department（部门、乡镇），government（政府（含下级汇总））"),
        (row("[1, 2, 3]"), "D004", "applications.received", "一、本年新收政府信息公开申请数量：要 7 个数（总计可以不写），写了 3 个"),
        ('form = "2019"\nyear = 2024', "D005", "form", "没有格式“2019”：可用的是 \"2021-30\""),
        ("[bureau]", "D005", "year", "缺少年份：在开头写 year = 报告的年份"),
        ("year = 2019", "D005", "year", "2019 年不用这个格式：国办公开办函〔2021〕30号从 2021 年度的报告起用"),
        ('year = 2024\n[overview]\nlead = "a\\u0001"', "D006", "overview.lead", "lead：有 Word 装不下的字符 U+0001，请删去后重新输入"),
        ('year = 2024\n[overview]\nlead = "a\x02"', "D006", "overview.lead", "第 3 行有看不见的控制字符，请删去后重新输入"),
        ('year = 2024\n[other]\nlead = "共{applications.recieved.total}件"', "D007", "other.lead", "{applications.recieved.total} 不是表中一格的地址，最接近的是 applications.received.total"),
        ('year = 2024\n[other]\nlead = "{"', "D007", "other.lead", "{ 不是表中一格的地址；要印出花括号本身，写两个"),
        ("year = 2024\nyear = 2023", "D008", "year", "第 2 行的项目前面已经写过一次：只留一处"),
        ("year = ２０２４", "D009", "", "第 1 行有全角的数字或标点，已按半角读，请核对"),
        (row('["１２件", "1,234",0,0,0,0]'), "D009", "applications.received.natural_person", "“１２件”按 12 读，请核对"),
        (row("[3.0,0,0,0,0,0]"), "D009", "applications.received.natural_person", "“3.0”按 3 读，请核对"),
    ],
)  # fmt: skip
def test_each_mistake_is_told_in_a_sentence(text: str, code: str, at: str, message: str):
    first = read(text).findings[0]
    assert (first.code, first.at, first.message.partition("\n")[0]) == (code, at, message)


def test_last_year_and_limits_stand_in_the_draft():
    text = """\
year = 2024
[last_year.applications]
carried_out = [2, 0, 0, 0, 0, 0]
[last_year.documents]
normative = [1, 0, "x"]
[limits]
overview_longest = 1000
longest = 3
section_shortest = -1
"""
    reading = read(text)
    assert reading.report.last_year[NEWEST.by_name["applications.carried_out.natural_person"]] == 2
    assert reading.report.limits.overview_longest == 1000
    assert told(text) == [
        ("D003", "last_year.documents.normative.in_force", (5, 20)),
        ("D002", "limits.longest", (8, 11)),
        ("D003", "limits.section_shortest", (9, 20)),
    ]


def test_several_mistakes_are_told_at_once_each_with_its_place():
    text = """\
year = 2024
[bureau]
nmae = "甲县乙局"
[overview]
lead = '''
前面一行。
后面{applications.x}。'''
[applications]
received = [58, 7, 0, 0, -1, 0]
granted = [1, 2]
[disputes]
reconsideration = [0，0，0，0]
litigation_direct = 甲
"""
    assert set(told(text)) == {
        ("D002", "bureau.nmae", (3, 8)),
        ("D007", "overview.lead", (7, 3)),
        ("D003", "applications.received.legal_service", (9, 26)),
        ("D004", "applications.granted", (10, 11)),
        ("D009", "", (12, 1)),
        ("D001", "disputes.litigation_direct", (13, 21)),
    }


@pytest.mark.parametrize(
    ("data", "hints"),
    [
        ('year = 2024\r\n[bureau]\r\nname = "甲县"\r\n'.encode(), 0),
        ('\ufeffyear = 2024\n[bureau]\nname = "甲县"'.encode(), 0),
        ('year = 2024\n[bureau]\nname = "甲县"'.encode("gbk"), 1),
        ('year = 2024\n[bureau]\nname = "甲县"'.encode("utf-16"), 1),
    ],
)
def test_files_from_notepad_are_read(data: bytes, hints: int):
    reading = draft.loads(data)
    assert reading.report.bureau.name == "甲县"
    assert [f.code for f in reading.findings] == ["D009"] * hints


@pytest.mark.parametrize(
    "data", [b"PK\x03\x04\0\0\0", b"\0" * 9, b"a = " + b"[" * 5000, b"#" * 5_000_000]
)
def test_what_is_no_draft_is_unusable(data: bytes):
    with pytest.raises(Unusable):
        draft.loads(data)


@given(reports())
@settings(max_examples=25, deadline=None)
def test_a_half_written_file_never_raises(report: Report):
    data = draft.dumps(report).encode()
    for end in range(0, len(data), max(1, len(data) // 9)):
        draft.loads(data[:end])


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('year = 2024\n[bureau]\naddress = "6号\\\n', "D001"),
        ('[b]\nh="\\\n\n=[', "D001"),
        ("form = 0x" + "F" * 6000, "D005"),
        ("year = 0x" + "F" * 6000, "D003"),
        ("year = 2024\n[limits]\nsimilarity = 0x" + "F" * 5000, "D003"),
        (row("[0x" + "F" * 6000 + ",0,0,0,0,0]"), "D003"),
        ('year = 2024\n[bureau]\nname = "甲\\n局"', "D006"),
        (row('["5②",0,0,0,0,0]'), "D003"),
        ("year = 2024-01-01", "D003"),
        ("year = 2024\n" + "".join(f"x{n} = 1\n" for n in range(9000)), "D002"),
    ],
)
def test_absurd_drafts_are_told_in_few_sentences(text: str, said: str):
    reading = read(text)
    assert said in [finding.code for finding in reading.findings]
    assert len(reading.findings) < 25
    dict(reading.places)
    draft.dumps(reading.report)


def test_a_key_with_thousands_of_dots_is_no_draft():
    with pytest.raises(Unusable):
        read("a." * 20_000 + "b = 1")


def test_minus_zero_is_zero():
    reading = read("year = 2024\n[fees]\ncharge = -0.0\n")
    assert shown(reading.report.figures[NEWEST.by_name["fees.charge.collected"]]) == "0.0"


BEGIN = 'form = "2021-30"\nyear = 2024\n'


@pytest.mark.parametrize(
    "text",
    [
        "a = " + "=[" * 300_000,
        "".join(f"k{n} = 1\n" for n in range(60_000)) + "x = \n" * 450,
        "x = " + "“" * 300_000,
        ("x = " + "“" * 3_000 + "\n") * 100,
        'x = "' + '\\"' * 400_000,
        'x = "\\' + '"\\' * 400_000,
        ("# " + ".".join(["aaaa"] * 20_000) + "\n") * 8,
        '{"' * 300_000,
        "#\x01\n" * 300_000,
        '[overview]\nlead = "' + "{x}" * 300_000 + '"',
        "[[overview.parts]]\nz = 1\n" * 35_000,
        "a = [" + "[[[[[[]]]]]]," * 70_000 + "]",
        "x = '''\n" + "y\n" * 400_000,
        "[applications]\nreceived = [" + "1," * 400_000 + "]",
        ("x = " + "1" * 5_000 + "\n") * 150,
        "[a\n" * 200_000,
        ("x = " + " " * 9_000 + "y\n") * 100,
        ("#" + "= " * 50_000) * 8 + "\na = [\n",
    ],
)
def test_no_draft_of_a_megabyte_costs_more_than_any_other(text: str):
    """On an algorithm that is not linear any of these takes minutes, and the suite hangs."""
    reading = read(BEGIN + text)
    codes = Counter(finding.code for finding in reading.findings)
    assert max(codes.values(), default=0) <= limits.SAME_FINDINGS + 1
    assert all(len(finding.message) < 500 for finding in reading.findings)
    dict(reading.places)


def test_the_same_fault_is_listed_twenty_times_and_then_counted():
    found = read("year = 2024\n" + "".join(f"x{n} = 1\n" for n in range(100))).findings
    assert len(found) == 21
    assert found[-1].message == "这样的问题还有 80 处，没有再列；先改正列出的这些"


def test_a_bad_byte_is_placed_whatever_ends_the_lines():
    for end in (b"\n", b"\r\n", b"\r"):
        data = end.join([b"year = 2024", b"# \xef\xbf\xbd", b'a = "\xff\xff\xff"'])
        (first, *_) = draft.loads(data).findings
        assert (first.place, first.message[:3]) == ((3, 6, ""), "第 3")


@pytest.mark.parametrize("opening", ["'''\n", "'"])
def test_a_literal_text_that_never_ends_is_told_where_it_begins(opening: str):
    (found,) = read(f"year = 2024\n[overview]\nlead = {opening}半截\n").findings
    assert found.place == (3, 8 + len(opening.strip()) - 1, "")
    assert "引号没有成对" in found.message


def test_figures_are_found_beside_brackets_in_comments():
    text = "year = 2024\n[documents]\nrules = [ # [7]\n  1, # [8, 9]\n  2, 3]\nnormative = [4, 5, 6,]\n"
    places = draft.loads(text.encode()).places
    found = [
        places[f"documents.{row}.{column}"]
        for row in ("rules", "normative")
        for column in ("issued", "repealed", "in_force")
    ]
    assert [place[:2] for place in found] == [(4, 3), (5, 3), (5, 6), (6, 14), (6, 17), (6, 20)]
