import os
import re
import shutil
import subprocess
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from lxml import html as pages

from govdisclose.formats import html
from govdisclose.model.finding import Unusable
from govdisclose.model.front_matter import preamble
from govdisclose.model.grid import grids
from govdisclose.model.notices import NEWEST
from govdisclose.model.report import Prose, Report
from govdisclose.model.text import paragraphs
from tests.support import mutations, samples
from tests.support.strategies import reports
from tests.support.told import read_or_told

CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome")
BARE = {"div", "p", "h2", "h3", "table", "thead", "tbody", "tr", "th", "td"}
PAGE = {
    "html",
    "head",
    "meta",
    "title",
    "style",
    "body",
    "main",
    "caption",
    "h1",
    "br",
    "colgroup",
    "col",
}
BLANKS = re.compile(r"[ \t]+")


def shown(text: str) -> list[str]:
    """The paragraphs of a text as a browser shows them."""
    return [line for part in paragraphs(text) if (line := BLANKS.sub(" ", part).strip())]


def printed(report: Report) -> dict[str, list[list[str]]]:
    return {
        key: [
            shown(report.says(prose.lead)),
            *(
                [" ".join(shown(report.says(part.heading))), *shown(report.says(part.text))]
                for part in prose.parts
            ),
        ]
        for key, prose in report.prose.items()
    }


def reread(report: Report) -> Report:
    read, findings, *_ = html.loads(html.dumps(report).encode())
    assert not findings
    return read


@settings(max_examples=50, deadline=None)
@given(reports())
def test_what_is_written_reads_back(report: Report):
    read = reread(report)
    assert read.figures == report.figures
    assert {a: str(v) for a, v in read.figures.items()} == {
        a: str(v) for a, v in report.figures.items()
    }
    assert read.year == report.year


@settings(max_examples=50, deadline=None)
@given(reports())
def test_what_is_written_is_escaped(report: Report):
    root = pages.document_fromstring(html.dumps(report))
    tags = {str(element.tag) for element in root.iter()}
    assert tags <= PAGE | BARE


@pytest.mark.parametrize("make", [samples.small, samples.city, samples.widest])
def test_a_whole_report_reads_back_with_its_particulars(make):
    report = make()
    assert reread(report) == report
    assert printed(reread(report)) == printed(report)


def test_a_fragment_is_bare_and_holds_all_but_the_title():
    report = samples.city()
    fragment = html.dumps(report, fragment=True)
    root = pages.fragment_fromstring(fragment, create_parent=True)
    assert {element.tag for element in root.iter()} == BARE
    attributes = {name for element in root.iter() for name in element.attrib}
    assert attributes == {"rowspan", "colspan", "scope", "border", "style", "aria-label"}
    assert all("border: 1px" in cell.get("style") for cell in root.iter("td", "th"))
    read = html.loads(fragment.encode()).report
    assert read.figures == report.figures
    assert read.prose == report.prose
    assert paragraphs(preamble(read)) == paragraphs(preamble(report))


def test_every_cell_of_the_grids_is_there_with_its_spans():
    root = pages.document_fromstring(html.dumps(samples.blank()))
    for table, (_, grid) in zip(root.iter("table"), grids(NEWEST), strict=True):
        cells = [
            (td.text or "", td.get("rowspan"), td.get("colspan")) for td in table.iter("th", "td")
        ]
        assert cells == [
            (c.text, str(c.height) if c.height > 1 else None, str(c.width) if c.width > 1 else None)
            for c in grid.cells
        ]


@pytest.mark.parametrize(
    ("label", "scope"),
    [
        ("第二十条第（一）项", "rowgroup"),
        ("本年处理决定数量", "col"),
        ("申请人情况", "colgroup"),
        ("自然人", "col"),
        ("（三）不予公开", "rowgroup"),
        ("一、本年新收政府信息公开申请数量", "row"),
        ("复议后起诉", "colgroup"),
        ("尚未审结", "col"),
    ],
)
def test_headings_say_what_they_head(label, scope):
    root = pages.document_fromstring(html.dumps(samples.city()))
    assert {th.get("scope") for th in root.iter("th") if th.text == label} == {scope}


@pytest.mark.parametrize("fragment", [False, True])
def test_a_draft_is_marked_and_a_clean_page_is_not(fragment):
    report = samples.small()
    assert "草稿" in html.dumps(report, fragment=fragment, marked=True)
    assert "草稿" not in html.dumps(report, fragment=fragment)
    assert html.loads(html.dumps(report, marked=True).encode()).report == report


def test_a_page_fetches_nothing():
    page = html.dumps(samples.city())
    assert not re.search(r"https?:|src=|url\(|@import|<script|<link", page)


def test_a_character_that_no_page_can_hold_is_named():
    report = samples.small()
    report.prose["other"] = Prose("本年未收取\x0b费用\x01。")
    with pytest.raises(Unusable, match=r"U\+"):
        html.dumps(report)


# Foreign pages


SITE = """<!DOCTYPE html><html><head><meta charset="{charset}"><title>{title}_{bureau}</title>
<style>p{{color:red}}</style></head><body><div class="nav"><a>首页</a><a>信息公开</a></div>
<table width="100%"><tr><td><div>当前位置：首页 &gt; 年度报告</div></td></tr><tr><td>
<div class="head"><h2>{title}</h2>
<p>发布时间：2025-01-20 来源：{bureau} 浏览次数：37 字体：大 中 小</p>
<div id="zoom">{body}</div>
</td></tr></table><p>附件：年度报告.docx</p>
<div>主办：{bureau}　皖ICP备12345678号</div></body></html>"""


def site(report: Report, charset: str = "utf-8", **changes: str) -> bytes:
    """A report as a content system shows it, with the site around it."""
    body = html.dumps(report, fragment=True)
    body = re.sub(r"</?(thead|tbody)>", "", body).replace("<th", "<td").replace("</th", "</td")
    body = re.sub(r"<(/?)h[23]>", r"<\1p>", body).replace(
        "<p>", '<p class="MsoNormal" style="text-indent:2em"><span>&nbsp;　'
    )
    body = body.replace("</p>", "</span></p>")
    for ours, theirs in changes.items():
        assert ours in body
        body = body.replace(ours, theirs)
    name = report.bureau.name
    title = f"{name}{report.year}年政府信息公开工作年度报告"
    return SITE.format(charset=charset, title=title, bureau=name, body=body).encode(
        "gb18030" if charset == "gb2312" else charset
    )


@pytest.mark.parametrize("charset", ["utf-8", "gb2312", "gbk", "utf-16"])
def test_a_report_inside_a_site_is_read_without_the_site(charset):
    read, findings, *_ = html.loads(site(samples.city(), charset))
    assert not findings
    assert read == samples.city()


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        (">3985758<", "><p>3,985,758</p><"),
        (">3985758<", ">\r\n  ３９８５７５８ \r\n<"),
        (">商业企业<", "><p>商业</p><p>企业</p><"),
        (">1.属于国家秘密<", ">1、属于\r\n国家秘密<"),
        (">行政许可<", "><font>行政</font>許可<"),
        ('colspan="4"', "colspan=4"),
        ("一、总体情况", "<b>一、</b>总体情况"),
        ("本单位认真", "本单<b>位</b>\r\n认真"),
    ],
)
def test_usual_variants_are_read(ours, theirs):
    reading = html.loads(site(samples.city(), **{ours: theirs}))
    assert not reading.findings
    assert reading.report == samples.city()


def test_paragraphs_parted_by_line_breaks_are_read():
    report = samples.city()
    page = html.dumps(report, fragment=True)
    page = re.sub(r"</?(p|h[23])>", "<br>\n", page)
    read = html.loads(f"<div>{page}</div>".encode()).report
    assert read.figures == report.figures
    assert read.prose == report.prose


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"   ",
        b"\xff\xfe",
        b"<html></html>",
        b"PK\x03\x04\x00\x00",
        "<p>通知公告</p><table><tr><td>一</td><td>1</td></tr></table>".encode(),
        b"<!-- -->",
        b"<?xml version='1.0' encoding='utf-8'?><html/>",
        b"\x00" * 1000,
    ],
)
def test_a_page_without_a_report_is_said_to_be_none(data):
    with pytest.raises(Unusable, match="没有认出"):
        html.loads(data)


def test_bombs_are_refused_or_read():
    with pytest.raises(Unusable, match="超过"):
        html.loads(b"x" * 20_000_001)
    wide = '<h2>一、总体情况</h2><table><tr><td colspan="999999999" rowspan="99999999">a</td></tr>'
    row = '<tr><td colspan="200">b</td><td>c</td><td>d</td></tr>'
    with pytest.raises(Unusable, match="表格过大"):
        html.loads((wide + row * 999).encode())
    with pytest.raises(Unusable):
        html.loads(("<div>" * 50_000 + "<h2>一、总体情况</h2>").encode())


def test_entities_are_not_followed():
    evil = '<!DOCTYPE html [<!ENTITY e SYSTEM "file:///etc/hostname">]>'
    page = html.dumps(samples.small()).replace("<!DOCTYPE html>", evil)
    page = page.replace("本单位", "甲&e;&#0;单位", 1)
    host = Path("/etc/hostname").read_text().strip()
    lead = html.loads(page.encode()).report.prose["overview"].lead
    assert lead.startswith("甲")
    assert host not in lead


# In a browser

PROBE = """<script>
const out = {page: document.documentElement.scrollWidth, room: window.innerWidth, wide: []};
for (const box of document.querySelectorAll(".table"))
  out.wide.push([box.clientWidth, box.scrollWidth]);
const pre = document.createElement("pre");
pre.id = "probe"; pre.textContent = JSON.stringify(out); document.body.append(pre);
</script>"""


def shown_in_browser(page: Path, width: int) -> str:
    """A page as Chromium builds it at a width in pixels."""
    run = subprocess.run(
        [
            *(CHROMIUM, "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run"),
            *("--disable-background-networking", f"--user-data-dir={page.parent / 'browser'}"),
            *(f"--window-size={width},900", "--dump-dom", page.as_uri()),
        ],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "HOME": str(page.parent)},
        timeout=120,
        check=True,
    )
    return run.stdout.decode()


@pytest.mark.skipif(not CHROMIUM, reason="not here: Chromium")
@pytest.mark.parametrize("width", [500, 1280])
def test_a_browser_shows_every_figure_and_scrolls_only_tables(tmp_path, width):
    import json

    page = tmp_path / "report.html"
    page.write_text(html.dumps(samples.city()).replace("</body>", PROBE + "</body>"), "utf-8")
    built = shown_in_browser(page, width)
    assert html.loads(built.encode()).report.figures == samples.city().figures
    probe = json.loads(pages.document_fromstring(built).get_element_by_id("probe").text)
    assert probe["page"] <= probe["room"]
    scrolls = [scroll > room for room, scroll in probe["wide"]]
    assert scrolls == ([False, True, True] if width == 500 else [False] * 3)


def test_a_name_in_two_lines_is_one_in_the_title_bar():
    page = html.dumps(samples.small(name="甲县\n乙\t局"))
    assert "<title>甲县 乙 局2024年" in page
    assert 'content="甲县 乙 局"' in page


def test_whatever_is_wrong_with_a_page_is_read_or_one_sentence():
    page = html.dumps(samples.small()).encode()
    changes = (mutations.flipped, mutations.cut, mutations.revalued, mutations.renamed)
    odd = [changes[seed % len(changes)](page, Random(seed)) for seed in range(80)]
    read = [read_or_told(html.loads, each) for each in odd]
    assert any(read)


def test_a_page_nested_without_end_is_read_or_one_sentence():
    page = html.dumps(samples.small())
    for tag in ("div", "b", "table><tr><td"):
        read_or_told(html.loads, page.replace("<main>", "<main>" + f"<{tag}>" * 5000).encode())
