"""The document is valid for Word and WPS."""

import pytest
from lxml import etree

from govdisclose.formats import word
from govdisclose.formats.container import packed, unpacked
from govdisclose.formats.word import writer
from govdisclose.model.front_matter import title
from govdisclose.model.grid import grids
from govdisclose.model.notices import NEWEST
from tests.support import ooxml, samples
from tests.support.ooxml import W

CASES = {
    "blank": samples.blank(),
    "small": samples.small(),
    "city": samples.city(),
    "widest": samples.widest(),
}


@pytest.fixture(params=[(key, look) for key in CASES for look in ("standard", "annex")])
def document(request) -> bytes:
    key, look = request.param
    return word.dumps(CASES[key], look=look, marked=key == "widest")


@pytest.mark.skipif(not ooxml.VALIDATOR.exists(), reason="the Open XML SDK's validator is not here")
@pytest.mark.parametrize("version", ["Office2010", "Microsoft365"])
def test_the_open_xml_sdk_finds_no_error(tmp_path, version):
    documents = {key: word.dumps(report, marked=key == "small") for key, report in CASES.items()}
    documents |= {
        "annex": word.dumps(CASES["city"], look="annex"),
        "template": writer.template(),
        "restyled": word.dumps(CASES["city"], template=writer.template(), marked=True),
    }
    for key, data in documents.items():
        file = tmp_path / f"{key}.docx"
        file.write_bytes(data)
        assert not ooxml.sdk_faults(file, version), key


def test_nothing_is_wrong_that_the_schema_leaves_open(document):
    named = [fault for fault in ooxml.faults(document) if fault != "no creator"]
    assert not named


SLIPS = [
    ('<w:p><w:pPr><w:pStyle w:val="Table2"/><w:keepNext/></w:pPr></w:p></w:tc>', "</w:tc>"),
    ('<w:gridCol w:w="2211"/>', '<w:gridCol w:w="2210"/>'),
    ('<w:gridSpan w:val="4"/>', '<w:gridSpan w:val="3"/>'),
    ('<w:vMerge w:val="restart"/>', ""),
    ('"BodyText"', '"Missing"'),
    ("<w:tblHeader/>", ""),
    ("<w:cantSplit/>", ""),
    ("<w:keepNext/>", ""),
    ("tblCaption", "tblDescription"),
    ('r:id="footer_even"', 'r:id="other"'),
    ('w:hint="eastAsia"', 'w:asciiTheme="minorHAnsi"'),
    ("<w:t>", '<w:fldChar w:fldCharType="begin"/><w:t>'),
]


@pytest.mark.parametrize(("right", "wrong"), SLIPS)
def test_the_checks_notice_a_slip(right, wrong):
    parts = unpacked(word.dumps(CASES["blank"]))
    text = parts["word/document.xml"].decode()
    assert right in text
    parts["word/document.xml"] = text.replace(right, wrong, 1).encode()
    assert [fault for fault in ooxml.faults(packed(parts)) if fault != "no creator"]


def test_headings_are_real_headings(document):
    parts = unpacked(document)
    root = etree.fromstring(parts["word/document.xml"])
    headings = [
        "".join(paragraph.itertext())
        for paragraph in root.iter(f"{W}p")
        if paragraph.find(f"{W}pPr/{W}pStyle[@{W}val='Heading1']") is not None
    ]
    assert headings == [section.label for section in NEWEST.sections]
    styles = etree.fromstring(parts["word/styles.xml"])
    for level, id in enumerate(("Heading1", "Heading2")):
        style = styles.find(f"{W}style[@{W}styleId='{id}']")
        assert style.find(f"{W}pPr/{W}outlineLvl").get(f"{W}val") == str(level)


def test_tables_say_what_they_are(document):
    tables = list(etree.fromstring(unpacked(document)["word/document.xml"]).iter(f"{W}tbl"))
    for table, (section, grid) in zip(tables, grids(NEWEST), strict=True):
        assert table.find(f"{W}tblPr/{W}tblCaption").get(f"{W}val") == section.label
        assert len(list(table.iter(f"{W}tblHeader"))) in (0, grid.heads)
        assert len(list(table.iter(f"{W}tr"))) == grid.height


def test_the_properties_name_report_and_bureau():
    report = CASES["city"]
    core = unpacked(word.dumps(report))["docProps/core.xml"].decode()
    assert f"<dc:title>{''.join(title(report))}</dc:title>" in core
    assert f"<dc:creator>{report.bureau.name}</dc:creator>" in core
    assert f"<dc:subject>{NEWEST.title}</dc:subject>" in core
