"""Files that claim to hold far more than they do: refused quickly, in one sentence, in silence."""

import subprocess
import sys
import time
from io import BytesIO
from struct import pack
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from govdisclose.formats import libreoffice
from govdisclose.formats.excel import reading, workbook, xls_guard
from govdisclose.model.finding import Unusable

TABLE = 'xmlns:table="t" xmlns:office="o" xmlns:text="x" xmlns:calcext="c"'
END = 0xFFFFFFFE


def zipped(parts: dict[str, str | bytes]) -> bytes:
    file = BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return file.getvalue()


def xlsx(rows: str, before: str = "", strings: str = "<sst/>", sheets: int = 1) -> bytes:
    """A workbook whose one page is some rows, under one or several names."""
    names = "".join(f'<sheet name="s{n}" sheetId="{n}" r:id="r"/>' for n in range(1, sheets + 1))
    relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    return zipped(
        {
            "_rels/.rels": relations(f"{relation}/officeDocument", "xl/workbook.xml"),
            "xl/workbook.xml": f'<workbook {main} xmlns:r="{relation}"><sheets>{names}</sheets>'
            "</workbook>",
            "xl/_rels/workbook.xml.rels": relations(f"{relation}/worksheet", "worksheets/page.xml"),
            "xl/worksheets/page.xml": f"<worksheet {main}>{before}<sheetData>{rows}</sheetData>"
            "</worksheet>",
            "xl/sharedStrings.xml": strings,
        }
    )


def relations(kind: str, target: str) -> str:
    start = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    return f'{start}<Relationship Id="r" Type="{kind}" Target="{target}"/></Relationships>'


def ods(rows: str, before: str = "") -> bytes:
    return zipped(
        {
            "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
            "META-INF/manifest.xml": "<manifest:manifest xmlns:manifest='m'/>",
            "content.xml": f'{before}<a {TABLE}><table:table table:name="s">{rows}</table:table>'
            "</a>",
        }
    )


def record(kind: int, data: bytes) -> bytes:
    return pack("<HH", kind, len(data)) + data


def label(row: int, column: int, text: bytes = b"x") -> bytes:
    return record(0x0204, pack("<HHHHB", row, column, 0, len(text), 0) + text)


BOF = record(0x0809, pack("<HHHHII", 0x0600, 5, 0, 0, 0, 0))
END_OF = record(0x0A, b"")


def compound(stream: bytes, loop: bool = False, claimed: int | None = None) -> bytes:
    """A compound file of one stream; ``loop`` lets its last sector go on with its first."""
    stream = stream.ljust(4096, b"\0")
    count = -(-len(stream) // 512)
    fat = [0xFFFFFFFD, END, *range(3, 2 + count), 2 if loop else END]
    assert len(fat) <= 128
    head = bytearray(512)
    head[:8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    head[24:34] = pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6)
    head[40:76] = pack("<IIIIIIIII", 0, 1, 1, 0, 4096, END, 0, END, 0)
    head[76:] = pack("<109I", 0, *[0xFFFFFFFF] * 108)
    folder = b"".join(
        name.encode("utf-16-le").ljust(64, b"\0")
        + pack("<HBB", 2 * len(name) + 2, kind, 1).ljust(52, b"\0")
        + pack("<IQ", at, size)
        for name, kind, at, size in (
            ("Root Entry", 5, END, 0),
            ("Workbook", 2, 2, len(stream) if claimed is None else claimed),
        )
    )
    table = pack(f"<{len(fat)}I", *fat).ljust(512, b"\xff")
    return bytes(head) + table + folder.ljust(512, b"\0") + stream.ljust(512 * count, b"\0")


def xls(*records: bytes, more: bytes = b"", sheets: int = 1, **how) -> bytes:
    """An .xls of one page of records, under one or several names."""
    size = len(BOF) + sheets * 14 + len(more) + len(END_OF)
    names = [
        record(0x85, pack("<IBBBB", size, 0, 0, 2, 0) + f"{n:02}".encode()) for n in range(sheets)
    ]
    page = BOF + b"".join(records) + END_OF
    return compound(BOF + b"".join(names) + more + END_OF + page, **how)


def test_the_books_of_these_tests_are_read():
    [page] = reading.read(xls(label(0, 1), label(2, 0, b"y")))
    assert page == ("00", [["", "x"], ["", ""], ["y", ""]])
    cell = f"<table:table-cell{VALUE}/>"
    [page] = reading.read(ods(f"<table:table-row{repeated(rows=2)}>{cell}</table:table-row>"))
    assert page == ("s", [["1"], ["1"]])
    pages = reading.read(
        xlsx('<row><c t="s"><v>0</v></c></row>' + FIRST, "", "<sst><si><t>x</t></si></sst>", 2)
    )
    assert pages == [("s1", [["1"]]), ("s2", [["1"]])]


def sst(count: int) -> bytes:
    return record(0xFC, pack("<ii", count, count) + pack("<HBB", 1, 0, 65))


def repeated(**times: int) -> str:
    return "".join(f' table:number-{what}-repeated="{n}"' for what, n in times.items())


VALUE = ' office:value-type="float" office:value="1"'
FAR_CELL = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
FIRST = '<row r="1"><c r="A1"><v>1</v></c></row>'
LONG = "<sst><si><t>" + "x" * 1_000_000 + "</t></si></sst>"
TEXTS = "".join(f'<row r="{n}"><c t="s"><v>0</v></c></row>' for n in range(1, 20_000))
FULL = "".join(f'<row r="{n}">{"<c><v>1</v></c>" * 20}</row>' for n in range(1, 9_000))


def shared(*texts: bytes) -> bytes:
    """The shared texts of an old book, going on in further records as they must."""
    data = b"".join(pack("<HB", len(text), 0) + text for text in texts)
    records = record(0xFC, pack("<ii", len(texts), len(texts)) + data[:8000])
    for at in range(8000, len(data), 8000):
        records += record(0x3C, b"\0" + data[at : at + 8000])
    return records


def taken(row: int, number: int) -> bytes:
    return record(0xFD, pack("<HHHI", row, 0, 0, number))


BOMBS = {
    "dimension": xlsx(FIRST, '<dimension ref="A1:XFD1048576"/>'),
    "far cell": xlsx(FAR_CELL),
    "two far cells": xlsx(FIRST + FAR_CELL),
    "small letters": xlsx(FIRST + FAR_CELL.lower()),
    "long attribute": xlsx(FIRST + FAR_CELL.replace("<c ", f'<c a="{"b" * 300}" ')),
    "tab": xlsx(FIRST + FAR_CELL.replace("<c ", "<c\t")),
    "no references": xlsx(
        f'<row>{"<c><v>1</v></c>" * 500}</row><row r="1048576"><c><v>1</v></c></row>'
    ),
    "one text often": xlsx(TEXTS, strings=LONG),
    "one page often": xlsx(FULL, sheets=300),
    "elements": xlsx("<row>" + "<c/>" * 4_000_000 + "</row>"),
    "entities": ods(
        '<table:table-row><table:table-cell office:value-type="string"><text:p>&a9;</text:p>'
        "</table:table-cell></table:table-row>",
        '<!DOCTYPE a [<!ENTITY a0 "lol">'
        + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
        + "]>",
    ),
    "rows repeated": ods(
        f"<table:table-row{repeated(rows=10**9)}><table:table-cell{VALUE}/></table:table-row>"
    ),
    "columns repeated": ods(
        f"<table:table-row><table:table-cell{VALUE}{repeated(columns=10**9)}/></table:table-row>"
    ),
    "empty columns": ods(
        f"<table:table-row><table:table-cell{repeated(columns=10**10)}/><table:table-cell/>"
        "</table:table-row>"
    ),
    "many empty columns": ods(
        f"<table:table-row><table:table-cell{repeated(columns=16383)}/><table:table-cell/>"
        "</table:table-row>" * 50_000
    ),
    "quoted bracket": ods(
        f'<table:table-row><table:table-cell a=">"{repeated(columns=10**9)}{VALUE}/>'
        "</table:table-row>"
    ),
    "spaces": ods(
        '<table:table-row><table:table-cell office:value-type="string"><text:p>'
        '<text:s text:c="9999999999"/></text:p></table:table-cell></table:table-row>'
    ),
    "one long text": ods(
        '<table:table-row><table:table-cell office:value-type="string"><text:p>'
        + "x" * 90_000_000
        + "</text:p></table:table-cell></table:table-row>"
    ),
    "old: far cells": xls(label(0, 0), label(65535, 255)),
    "old: dimensions": xls(record(0x0200, pack("<IIHHH", 0, 65536, 0, 256, 0)), label(0, 0)),
    "old: endless dimensions": xls(record(0x0200, pack("<IIHHH", 1, 0xFFFFFFFF, 0, 0xFFFF, 0))),
    "old: dimensions turned": xls(record(0x0200, pack("<IIHHH", 9, 3, 8, 2, 0)), label(0, 0)),
    "old: texts": xls(label(0, 0), more=sst(2**31 - 1)),
    "old: texts below 0": xls(label(0, 0), more=sst(-1)),
    "old: one page often": xls(*[label(n, 3) for n in range(1000)], sheets=80),
    "old: one text often": xls(*[taken(n, 0) for n in range(2500)], more=shared(b"x" * 24_000)),
    "old: loop": xls(label(0, 0), loop=True),
    "old: long stream": xls(label(0, 0), claimed=2**33),
}


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_ends_in_one_sentence_within_bounds(name, tmp_path):
    """In a process of its own, for an exhausted memory ends all of it."""
    (tmp_path / "a").write_bytes(BOMBS[name])
    start = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-c", LIMITED, str(tmp_path / "a")],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.stderr == ""
    assert done.stdout.startswith(("工作表过大", "文件已损坏", "文件加了密码", "文件里没有认出"))
    assert done.stdout.count("\n") == 1
    assert time.monotonic() - start < 15


LIMITED = """
import sys
try:
    import resource
    resource.setrlimit(resource.RLIMIT_AS, (800_000_000, 800_000_000))
except ImportError:
    pass
from govdisclose.formats import collection as sheet
from govdisclose.model.finding import Unusable
try:
    sheet.loads(open(sys.argv[1], "rb").read())
except Unusable as error:
    print(error)
"""


def test_a_list_that_says_the_same_often_is_no_bomb():
    texts = [b"other name %04d" % n for n in range(400)]
    [page] = reading.read(xls(*[taken(n, 0) for n in range(2500)], more=shared(*texts)))
    assert page.rows == [["other name 0000"]] * 2500
    strings = "".join(f"<si><r><t>名称</t></r><r><t>{n}</t></r></si>" for n in range(5000))
    rows = "".join(f'<row r="{n}"><c t="s"><v>7</v></c></row>' for n in range(1, 5000))
    [page] = reading.read(xlsx(rows, strings=f"<sst>{strings}</sst>"))
    assert page.rows == [["名称7"]] * 4999


def test_long_shared_texts_of_an_old_book_go_on_in_the_next_record():
    blocks = shared(b"a" * 7_000, b"b" * 20_000, b"c")
    found = [data for _, data in xls_guard.records(blocks, 0)]
    assert list(xls_guard.lengths(found)) == [7_000, 20_000, 1]


PANIC = xls(label(0, 0), more=record(0x18, b""))


def test_a_panic_says_nothing_by_itself(capfd):
    with pytest.raises(Unusable, match="文件加了密码，或者已经损坏"):
        reading.read(PANIC)
    assert capfd.readouterr() == ("", "")


def test_what_is_said_after_a_panic_is_heard(capfd):
    with pytest.raises(Unusable):
        reading.read(PANIC)
    print("之后", file=sys.stderr)
    assert capfd.readouterr().err == "之后\n"


def test_an_old_book_with_a_password_is_said_to_have_one():
    dimensions = record(0x0200, b"\x9c" * 14)
    with pytest.raises(Unusable, match="文件加了密码"):
        reading.read(xls(dimensions, more=record(0x2F, b"\1\0")))


def test_an_ods_with_a_password_is_said_to_have_one():
    manifest = '<a xmlns:m="m"><m:file-entry><m:encryption-data/></m:file-entry></a>'
    with pytest.raises(Unusable, match="文件加了密码"):
        reading.read(zipped({"META-INF/manifest.xml": manifest, "content.xml": b"\x8f\x01"}))


# Cells without a value


def test_an_error_and_a_formula_without_a_value_are_not_empty():
    cells = (
        '<c r="A1" t="e"><f>1/0</f><v>#DIV/0!</v></c><c r="B1"><f>1+2</f></c>'
        '<c r="C1" t="str"><f>A2</f><v></v></c><c r="D1"><f>1+2</f><v>3</v></c>'
    )
    [page] = reading.read(xlsx(f'<row r="1">{cells}</row>'))
    assert page.rows == [["#DIV/0!", "=1+2", "", "3"]]


def test_an_error_in_an_old_book_is_not_empty():
    formula = record(0x06, pack("<HHH8sHIH", 1, 0, 0, b"\2\0\x17\0\0\0\xff\xff", 0, 0, 0))
    [page] = reading.read(xls(record(0x0205, pack("<HHHBB", 0, 1, 0, 7, 1)), formula))
    assert page.rows == [["", "#DIV/0!"], ["#REF!"]] or page.rows == [
        ["", "#DIV/0!"],
        ["#REF!", ""],
    ]


@pytest.mark.skipif(libreoffice.find() is None, reason="not here: LibreOffice")
@pytest.mark.parametrize("to", ["xlsx", "xls", "ods"])
def test_an_error_saved_by_another_program_is_not_empty(to):
    plain = workbook.CellStyle()
    spots = (
        workbook.Spot(0, 0, workbook.Formula("=1/0", "#DIV/0!"), plain),
        workbook.Spot(1, 1, workbook.Formula("=NO_SUCH_NAME", "#NAME?"), plain),
    )
    book = workbook.written([workbook.Sheet("甲", spots)], "", "")
    [data] = libreoffice.convert({"a.xlsx": book}, to).values()
    [page] = reading.read(data)
    assert [text for row in page.rows for text in row if text] == ["#DIV/0!", "#NAME?"]
