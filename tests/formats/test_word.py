import os
import re
import subprocess
import sys
import time
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from zipfile import ZIP_BZIP2, ZIP_LZMA, ZipFile

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from govdisclose.formats import container, word
from govdisclose.formats.word import text_tables, writer
from govdisclose.model import limits
from govdisclose.model.finding import Unusable
from govdisclose.model.front_matter import preamble
from govdisclose.model.notices import NEWEST
from govdisclose.model.report import Bureau, Part, Prose, Report, Signature
from govdisclose.model.text import paragraphs
from tests.support import mutations, ooxml, samples
from tests.support.strategies import reports
from tests.support.told import one_sentence, read_or_told

REAL = Path(__file__).parents[3] / "shared" / "real" / "blank-template.docx"


def printed(report: Report) -> dict[str, list[list[str]]]:
    """What the prose of a report prints: paragraphs of each lead and part."""
    return {
        key: [
            paragraphs(report.says(prose.lead)),
            *(
                [
                    " ".join(paragraphs(report.says(part.heading))),
                    *paragraphs(report.says(part.text)),
                ]
                for part in prose.parts
            ),
        ]
        for key, prose in report.prose.items()
    }


def parts(data: bytes) -> dict[str, str]:
    return {name: content.decode() for name, content in container.unpacked(data).items()}


def rebuilt(data: bytes, changes: dict[str, bytes | None]) -> bytes:
    """A .docx with some of its parts replaced, or left out where None."""
    kept = {**container.unpacked(data), **changes}
    return container.packed({name: part for name, part in kept.items() if part is not None})


@settings(max_examples=60, deadline=None)
@given(reports(), st.sampled_from(["standard", "annex"]))
def test_what_is_written_reads_back(report: Report, look: str):
    read, findings, *_ = word.loads(word.dumps(report, look=look))
    assert not findings
    assert read.figures == report.figures
    assert {a: str(v) for a, v in read.figures.items()} == {
        a: str(v) for a, v in report.figures.items()
    }
    assert printed(read) == printed(report)
    assert paragraphs(preamble(read)) == paragraphs(preamble(report))
    assert read.year == report.year


def test_a_number_keeps_its_hyphen_and_a_long_latin_word_stays_whole():
    text = "电话0563-7012656，邮箱lxkjgxj@langxi.gov.cn。"
    document = parts(word.dumps(report_of(text)))["word/document.xml"]
    paragraph = document[document.index("电话") - 400 : document.index("邮箱") + 100]
    assert "<w:noBreakHyphen/>" in paragraph
    assert '<w:jc w:val="left"/>' in paragraph
    assert word.loads(word.dumps(report_of(text))).report.prose["overview"].lead == text


def test_a_part_typed_in_a_text_looks_like_one():
    report = report_of("（一）组织领导\n落实责任。\n（二）新收申请3件。")
    document = parts(word.dumps(report))["word/document.xml"]
    before = {
        text: document[: document.index(text)].rpartition("<w:p>")[2]
        for text in ("（一）组织领导", "（二）新收申请")
    }
    assert "楷体_GB2312" in before["（一）组织领导"]
    assert "楷体_GB2312" not in before["（二）新收申请"]


def report_of(text: str) -> Report:
    return Report(year=2024, bureau=Bureau("甲县乙局"), prose={"overview": Prose(text)})


@pytest.mark.parametrize("make", [samples.small, samples.city, samples.widest])
def test_a_whole_report_reads_back_with_its_particulars(make):
    report = make()
    report.signature = Signature(report.bureau.name, "2025年1月20日")
    assert word.loads(word.dumps(report)).report == report


def test_what_is_too_long_for_a_name_flows_at_once():
    name = "郎溪县" * 30_000
    start = time.perf_counter()
    word.dumps(samples.small(name=name))
    assert time.perf_counter() - start < 1


def test_the_properties_hold_a_name_in_one_line_whatever_stands_in_it():
    report = samples.small(name='甲\t县\n<乙>&"局"')
    core = etree.fromstring(parts(word.dumps(report))["docProps/core.xml"].encode())
    creator = core.findtext("{http://purl.org/dc/elements/1.1/}creator")
    assert creator == '甲 县 <乙>&"局"'
    assert core.findtext("{http://purl.org/dc/elements/1.1/}title") == "".join(
        (creator, "2024年政府信息公开工作年度报告")
    )


def test_more_than_ninety_nine_parts_read_back():
    report = samples.small()
    report.prose["other"] = Prose("", tuple(Part(f"甲{n}", "无。") for n in range(1, 125)))
    data = word.dumps(report)
    assert "（一百二十）甲120" in parts(data)["word/document.xml"]
    assert word.loads(data).report.prose["other"] == report.prose["other"]


def test_a_draft_is_marked_in_the_header_and_nowhere_else():
    report = samples.small()
    clean, marked = parts(word.dumps(report)), parts(word.dumps(report, marked=True))
    assert not any("草稿" in content for content in clean.values())
    assert sorted(name for name, content in marked.items() if "草稿" in content) == [
        "word/header_default.xml",
        "word/header_even.xml",
    ]


def test_figures_in_texts_are_filled_in_and_braces_of_others_are_not():
    report = samples.small()
    report.prose["other"] = Prose("新收{applications.received.total}件，{{原文}}")
    read = word.loads(word.dumps(report)).report
    assert read.prose["other"].lead == "新收0件，{{原文}}"
    assert read.says(read.prose["other"].lead) == "新收0件，{原文}"


def test_a_character_that_word_cannot_hold_is_named():
    report = samples.small()
    report.prose["other"] = Prose("本年未收取\x0b费用\x01。")
    with pytest.raises(Unusable, match=r"“费用”之后.*U\+0001"):
        word.dumps(report)


def test_the_same_report_gives_the_same_bytes_in_another_process():
    code = (
        "import sys; from govdisclose.formats import word; from tests.support import samples;"
        "sys.stdout.buffer.write(word.dumps(samples.city(), marked=True))"
    )
    printed = [
        subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, "PYTHONHASHSEED": seed, "TZ": zone},
            stdout=subprocess.PIPE,
            check=True,
        ).stdout
        for seed, zone in (("1", "UTC"), ("2", "Asia/Shanghai"))
    ]
    assert printed[0] == printed[1] == word.dumps(samples.city(), marked=True)


def test_no_entry_of_the_file_has_a_time():
    with ZipFile(BytesIO(word.dumps(samples.small()))) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {container.EPOCH}


def test_a_full_report_is_a_small_file():
    assert len(word.dumps(samples.city())) < 20_000


# Templates


@pytest.mark.parametrize("look", ["standard", "annex"])
def test_the_written_template_prints_like_the_look_it_was_made_from(look):
    report, template = samples.city(), writer.template(look)
    ours = parts(word.dumps(report, look=look))
    theirs = parts(word.dumps(report, template=template, look=look))
    assert ours.keys() == theirs.keys()
    for name in ours:
        if not name.endswith((".rels", "Types].xml", "custom.xml")):  # its mark counts bytes
            assert etree.canonicalize(ours[name]) == etree.canonicalize(theirs[name])


def test_the_template_shows_every_style():
    shown = parts(writer.template())["word/document.xml"]
    for name in ("标题 1", "标题 2", "正文文本", "表二", "表三", "表四"):
        assert name in shown


def test_an_office_restyles_the_template():
    restyled = parts(writer.template())["word/styles.xml"].replace("仿宋_GB2312", "楷体")
    template = rebuilt(writer.template(), {"word/styles.xml": restyled.encode()})
    assert "楷体" in parts(word.dumps(samples.small(), template=template))["word/styles.xml"]


def test_a_template_saved_by_libreoffice_has_its_styles_under_other_capitals():
    styles = parts(writer.template())["word/styles.xml"].replace('"heading ', '"Heading ')
    template = rebuilt(writer.template(), {"word/styles.xml": styles.encode()})
    printed = word.dumps(samples.small(), template=template)
    assert word.loads(printed).report == samples.small()


def test_tables_are_as_wide_as_the_text_of_the_template():
    page = parts(writer.template())["word/document.xml"].replace('w:left="1588"', 'w:left="2588"')
    template = rebuilt(writer.template(), {"word/document.xml": page.encode()})
    text = parts(word.dumps(samples.small(), template=template))["word/document.xml"]
    assert text.count('<w:tblW w:w="7844" w:type="dxa"/>') == 3


def test_header_and_footer_of_a_template_stay_and_a_draft_is_marked_above():
    document = docx.Document(BytesIO(writer.template()))
    document.sections[0].header.paragraphs[0].text = "甲县政务公开办"
    file = BytesIO()
    document.save(file)
    printed = word.dumps(samples.small(), template=file.getvalue(), marked=True)
    page = docx.Document(BytesIO(printed)).sections[0]
    assert [p.text for p in page.header.paragraphs] == ["草稿", "甲县政务公开办"]
    assert [p.text for p in page.even_page_header.paragraphs] == ["草稿"]
    assert page.footer.paragraphs[0].text == "—  —"
    assert not ooxml.faults(printed)


def without(style: str) -> bytes:
    styles = parts(writer.template())["word/styles.xml"]
    renamed = styles.replace(f'<w:name w:val="{style}"/>', '<w:name w:val="别的样式"/>')
    return rebuilt(writer.template(), {"word/styles.xml": renamed.encode()})


def changed(part: str, old: str, new: str) -> bytes:
    """Our template with another text in one of its parts."""
    text = parts(writer.template())[part]
    assert old in text
    return rebuilt(writer.template(), {part: text.replace(old, new).encode()})


DECLARED = '?><!DOCTYPE w [<!ENTITY e SYSTEM "file:///etc/hostname">]>'


@pytest.mark.parametrize(
    ("template", "said"),
    [
        (rebuilt(writer.template(), {"docProps/core.xml": b"<x/>"}), "已损坏"),
        (changed("word/document.xml", "w:sectPr", "w:x"), "已损坏"),
        (changed("word/document.xml", 'w:left="1588"', 'w:left="abc"'), "已损坏"),
        (changed("[Content_Types].xml", ".styles+xml", ".x+xml"), "已损坏"),
        (changed("[Content_Types].xml", ".settings+xml", ".x+xml"), "已损坏"),
        (changed("[Content_Types].xml", "core-properties", "x"), "已损坏"),
        (changed("word/document.xml", 'w:left="1588"', 'w:left="15880"'), "页面设置"),
        (changed("word/styles.xml", "?>", DECLARED), "DOCTYPE"),
        (
            rebuilt(
                writer.template(),
                {"word/settings.xml": "<!DOCTYPE w SYSTEM 'x'><w/>".encode("utf-16")},
            ),
            "DOCTYPE",
        ),
        (mutations.packed(container.unpacked(writer.template()), ZIP_BZIP2), "已损坏"),
        (mutations.packed(container.unpacked(writer.template()), ZIP_LZMA), "已损坏"),
        (b"", "已损坏"),
        (b"not a document", "已损坏"),
        (b"\xd0\xcf\x11\xe0" + b"x" * 99, "另存为 .docx"),
        (writer.template()[:4000], "已损坏"),
        (rebuilt(writer.template(), {"word/document.xml": b"<w:document"}), "已损坏"),
        (rebuilt(writer.template(), {"word/document.xml": None}), "已损坏"),
        (rebuilt(writer.template(), {"word/vbaProject.bin": b""}), "宏"),
        (without("heading 2"), "“标题 2”"),
        (without("表三"), "“表三”"),
    ],
)
def test_a_template_that_cannot_be_used_is_said_to_be_so(template, said):
    with pytest.raises(Unusable, match=said) as raised:
        word.dumps(samples.small(), template=template, marked=True)
    assert "\n" not in str(raised.value)


@pytest.mark.parametrize("size", ["9" * 5000, "99999", "x", "0"])
def test_a_size_out_of_bounds_is_that_of_the_look(size):
    template = changed("word/styles.xml", '<w:sz w:val="44"/>', f'<w:sz w:val="{size}"/>')
    text = parts(word.dumps(samples.small(), template=template))["word/document.xml"]
    ours = parts(word.dumps(samples.small()))["word/document.xml"]
    assert etree.canonicalize(text) == etree.canonicalize(ours)


def test_a_style_may_have_any_id():
    template = changed("word/styles.xml", 'w:styleId="Title"', 'w:styleId="a&quot;&lt;b"')
    text = parts(word.dumps(samples.small(), template=template))["word/document.xml"]
    assert next(etree.fromstring(text.encode()).iter(f"{ooxml.W}pStyle")).values() == ['a"<b']


# Foreign documents


@pytest.mark.skipif(not REAL.exists(), reason="the real blank form is not here")
def test_a_real_blank_form_is_read_as_blank():
    report, findings, *_ = word.loads(REAL.read_bytes())
    assert not findings
    assert not report.figures
    assert all(prose.is_answered for prose in report.prose.values())


def foreign(text: str = "", **figures: str) -> bytes:
    """Our document made strange: plain styles, and labels written otherwise."""
    data = word.dumps(samples.city())
    xml = parts(data)["word/document.xml"]
    xml = xml.replace('<w:pStyle w:val="Heading1"/>', "").replace('<w:pStyle w:val="Title"/>', "")
    xml = xml.replace('<w:pStyle w:val="Heading2"/>', "").replace(
        '<w:pStyle w:val="BodyText"/>', ""
    )
    for ours, theirs in figures.items():
        xml = xml.replace(ours, theirs)
    return rebuilt(data, {"word/document.xml": xml.encode()})


def test_a_document_without_heading_styles_reads_the_same():
    assert word.loads(foreign()).report == samples.city()


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        (">第二十条第（一）项<", ">第二十条 第（一）项<"),
        (">1.属于国家秘密<", ">1、属于国家秘密<"),
        (">行政规范性文件<", ">规范性文件<"),
        (">商业企业<", ">商业</w:t><w:br/><w:t> 企业<"),
        ("（单位：万元）", "(单位:万元)"),
        (">行政许可<", ">行政許可<"),
        (">4.无正当理由大量反复申请<", ">4.無正當理由大量反復申請<"),
        (">3985758<", ">3,985,758<"),
        (">3985758<", ">３９８５７５８<"),
        (">3985758<", "> 3985758件<"),
        ("一、总体情况", "一、 总体情况"),
        ("（一）主动公开<", "(一)主动公开<"),
    ],
)
def test_usual_variants_are_read(ours, theirs):
    data = foreign(**{ours: theirs})
    assert data != foreign()
    reading = word.loads(data)
    assert not reading.findings
    assert reading.report == samples.city()


def test_a_section_in_several_tables_is_read():
    data = foreign()
    xml = parts(data)["word/document.xml"]
    start, end = xml.index("<w:tbl>"), xml.index("</w:tbl>")
    head = xml[start : xml.index("<w:tr>")]
    rows = xml[start + len(head) : end].split("<w:tr>")[1:]
    bands = [n for n, row in enumerate(rows) if "C6D9F1" in row] + [len(rows)]
    tables = "".join(
        head + "".join("<w:tr>" + row for row in rows[first:last]) + "</w:tbl><w:p/>"
        for first, last in pairwise(bands)
    )
    split = rebuilt(data, {"word/document.xml": (xml[:start] + tables + xml[end + 8 :]).encode()})
    assert len(bands) == 5
    assert word.loads(split).report == samples.city()


def test_a_figure_that_cannot_be_read_is_a_finding_at_its_place():
    report, findings, *_ = word.loads(foreign(**{">3985758<": ">近四百<"}))
    penalty = NEWEST.by_name["penalties.penalty.decided"]
    assert penalty not in report.figures
    assert [(f.code, f.at) for f in findings] == [("D012", str(penalty))]
    assert "行政处罚" in findings[0].message


def test_braces_in_a_foreign_text_stay_as_they_are():
    report = samples.small()
    report.prose["other"] = Prose("{{甲}}", (Part("乙{{}}", "{{applications.received.total}}"),))
    read = word.loads(word.dumps(report)).report
    assert read.prose["other"] == report.prose["other"]


def test_a_document_that_is_no_report_is_said_to_be_none():
    with pytest.raises(Unusable, match="没有认出"):
        word.loads(writer.template())


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0", writer.template()[:99]])
def test_a_damaged_document_is_one_sentence(data):
    with pytest.raises(Unusable):
        word.loads(data)


@pytest.mark.parametrize("span", ["9" * 5000, "999999999", "200"])
def test_a_span_out_of_bounds_is_taken_for_none_or_for_the_widest(span):
    data = word.dumps(samples.city())
    xml = parts(data)["word/document.xml"]
    xml = xml.replace('<w:gridSpan w:val="10"/>', f'<w:gridSpan w:val="{span}"/>')
    odd = rebuilt(data, {"word/document.xml": xml.encode()})
    assert word.loads(odd).report.prose == samples.city().prose


def test_a_table_of_more_cells_than_fit_is_not_read(monkeypatch):
    monkeypatch.setattr(text_tables, "MOST_CELLS", 100)
    with pytest.raises(Unusable, match="过大"):
        word.loads(word.dumps(samples.city()))


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize(
    "make", [writer.template, lambda: word.dumps(samples.small(), marked=True)]
)
def test_whatever_is_wrong_with_a_document_is_one_sentence(make):
    sound = make()
    for seed in range(80):
        odd = mutations.mutated(sound, seed)
        read_or_told(word.loads, odd)
        with one_sentence():
            printed = word.dumps(samples.small(), template=odd, marked=seed % 2 == 0)
            for name in ("word/document.xml", "docProps/core.xml"):
                etree.fromstring(container.unpacked(printed)[name])


@settings(max_examples=80, deadline=None)
@given(st.integers(0, 10**6), st.sampled_from(["", "-5", "x", "0", "9" * 12]), st.booleans())
def test_no_value_in_a_document_is_trusted(seed, junk, in_styles):
    data = word.dumps(samples.small())
    name = "word/styles.xml" if in_styles else "word/document.xml"
    xml = parts(data)[name]
    values = list(re.finditer(r' w:(?:val|w|type)="([^"]*)"', xml))
    start, end = values[seed % len(values)].span(1)
    xml = xml[:start] + junk + xml[end:]
    broken = rebuilt(data, {name: xml.encode()})
    read_or_told(word.loads, broken)
    with one_sentence():
        etree.fromstring(parts(word.dumps(samples.small(), template=broken))[name].encode())


def test_a_table_inside_a_table_is_found():
    data = word.dumps(samples.city())
    xml = parts(data)["word/document.xml"]
    xml = xml.replace("<w:tbl>", "<w:tbl><w:tr><w:tc><w:tbl>").replace(
        "</w:tbl>", "</w:tbl><w:p/></w:tc></w:tr></w:tbl>"
    )
    nested = rebuilt(data, {"word/document.xml": xml.encode()})
    assert word.loads(nested).report == samples.city()


def test_a_bomb_is_not_unpacked(monkeypatch):
    monkeypatch.setattr(limits, "UNPACKED_BYTES", 1000)
    with pytest.raises(Unusable, match="过大"):
        word.loads(writer.template())


def test_entities_are_not_followed():
    xml = parts(word.dumps(samples.small()))["word/document.xml"]
    evil = xml.replace("?>", '?><!DOCTYPE w [<!ENTITY e SYSTEM "file:///etc/hostname">]>', 1)
    evil = evil.replace("郎溪县科技工信局", "甲局&e;", 1)
    report = word.loads(
        rebuilt(word.dumps(samples.small()), {"word/document.xml": evil.encode()})
    ).report
    assert report.bureau.name == "甲局"
