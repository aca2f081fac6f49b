"""The document laid out by two engines: LibreOffice, and ONLYOFFICE, which follows Word."""

import os
from itertools import pairwise

import pytest

from govdisclose.formats import word
from govdisclose.model.front_matter import preamble
from govdisclose.model.grid import Role
from govdisclose.model.notices import NEWEST
from govdisclose.model.report import Bureau, Prose, Report
from tests.support import pages, samples
from tests.support.pages import ENGINES, MM, Box, Page

pytestmark = [
    pytest.mark.skipif(bool(pages.missing(engine)), reason=pages.missing(engine))
    for engine in ENGINES
]

FULL = bool(os.environ.get("GOVDISCLOSE_ALL_PAGES"))
"""Whether all cases are laid out, as ``.ci/pages`` does, or a few."""

LOOKS = ("standard", "annex")
TEXT_BOTTOM = {"standard": (297 - 35) * MM, "annex": (297 - 25.4) * MM}
FOOT = 264 * MM
WIDEST_GAP = 5  # points; LibreOffice parts figures from Chinese by 4
REPORTS: dict[str, Report] = {
    "blank": samples.blank(),
    "small": samples.small(),
    "city": samples.city(),
    "widest": samples.widest(),
}


def ending_at(count: int) -> Report:
    """A report whose prose before the tables ends so many lines further down."""
    prose = {
        "overview": samples.lines(count),
        "problems": samples.lines(count, parts=1),
        "other": samples.lines(1),
    }
    bureau, figures = Bureau("甲县乙局"), samples.widest().figures
    return Report(year=2024, bureau=bureau, prose=prose, figures=figures)


REPORTS |= {f"{n} lines": ending_at(n) for n in range(1, 24, 1 if FULL else 5)}
CASES = [(key, look) for key in REPORTS for look in LOOKS]
HEADINGS = {section.label for section in NEWEST.sections}
Pages = list[Page]


@pytest.fixture(scope="module")
def laid_out(tmp_path_factory):
    """The pages of each case by engine."""
    documents = {
        f"{key}-{look}".replace(" ", "-"): word.dumps(REPORTS[key], look=look)
        for key, look in CASES
    }
    files = {
        engine: pages.render(documents, tmp_path_factory.mktemp(engine), engine)
        for engine in ENGINES
    }
    known: dict[tuple[str, str, str], Pages] = {}

    def of(key: str, look: str, engine: str) -> Pages:
        if (key, look, engine) not in known:
            file = files[engine][f"{key}-{look}".replace(" ", "-")]
            known[key, look, engine] = pages.measured(file)
        return known[key, look, engine]

    return of


def body_lines(page: Page, look: str) -> list[pages.Line]:
    return [line for line in page.lines if line.box.bottom < TEXT_BOTTOM[look] + 1]


@pytest.mark.parametrize(("key", "look"), CASES)
def test_both_engines_make_the_same_pages(laid_out, key, look):
    first, second = (laid_out(key, look, engine) for engine in ENGINES)
    assert len(first) == len(second)
    for one, other in zip(first, second, strict=True):
        assert abs(len(body_lines(one, look)) - len(body_lines(other, look))) <= 1
        assert len(pages.tables_on(one)) == len(pages.tables_on(other))


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(("key", "look"), CASES)
def test_each_table_stands_whole_below_its_heading(laid_out, key, look, engine):
    found = pages.pieces(laid_out(key, look, engine), REPORTS[key])
    for page, cells, section, grid in found:
        assert not list(pages.faults(page, cells, grid))
        assert grid.cells[0].row == 0 or grid.cells[0].role is Role.BAND
        assert max(cell.bottom for cell in cells) <= TEXT_BOTTOM[look] + 1
        if grid.cells[0].row:
            continue
        (heading,) = [line for line in page.lines if line.text == section.label]
        assert 0 < cells[0].top - heading.box.bottom < 8 * MM


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(("key", "look"), CASES)
def test_no_heading_ends_a_page(laid_out, key, look, engine):
    for page in laid_out(key, look, engine)[:-1]:
        lines, tables = body_lines(page, look), pages.tables_on(page)
        last = max(lines, key=lambda line: line.box.bottom, default=None)
        below = last and any(cells[0].top > last.box.top for cells in tables)
        is_low = last and last.box.bottom > TEXT_BOTTOM[look] * 0.75  # a blank form ends higher
        assert not is_low or below or last.text not in HEADINGS


@pytest.mark.parametrize(("key", "look"), CASES)
def test_20_mm_are_left_below_the_longest_table(laid_out, key, look):
    found = [
        cells
        for page in laid_out(key, look, "libreoffice")
        for cells in pages.tables_on(page)
        if len(cells) > 150
    ]
    (longest,) = found
    room = TEXT_BOTTOM[look] - max(cell.bottom for cell in longest)
    assert room >= 20 * MM


@pytest.mark.parametrize("engine", ENGINES)
def test_the_dash_of_the_page_number_stands_at_269_mm(laid_out, engine):
    for page in laid_out("small", "standard", engine)[:2]:
        dash = next(c for c in page.chars if c["text"] == "—" and c["top"] > FOOT - 3 * MM)
        drawn = pages.ink(page, Box(dash["x0"], FOOT, dash["x1"], page.size[1]))
        assert abs((drawn.top + drawn.bottom) / 2 - 269 * MM) <= 0.4 * MM


def test_a_page_of_text_has_22_lines_of_one_pitch(laid_out):
    for engine in ENGINES:
        lines = body_lines(laid_out("widest", "standard", engine)[2], "standard")
        assert len(lines) in (21, 22)
        assert all(abs(b.box.bottom - a.box.bottom - 28.95) < 0.2 for a, b in pairwise(lines))


def contacts() -> Report:
    """The preambles of bureaus whose names are 4 to 30 characters long, as one text."""
    web = ("http://www.langxi.gov.cn/zwgk/", "lxkjgxj@langxi.gov.cn")
    texts = [
        preamble(
            Report(
                year=2024,
                bureau=Bureau(
                    "甲" * (length - 1) + "局",
                    address="安徽省宣城市郎溪县郎步街道碧河路6号",
                    telephone="0563-7012656",
                    postcode="242100",
                    website=website,
                    email=email,
                ),
            )
        )
        for length in range(4, 31)
        for website, email in (web, ("郎溪县人民政府信息公开网站", ""))
    ]
    return Report(year=2024, bureau=Bureau("甲县乙局"), prose={"overview": Prose("\n".join(texts))})


@pytest.mark.parametrize("engine", ENGINES)
def test_no_line_is_stretched_and_no_telephone_number_broken(tmp_path, engine):
    found = pages.measured(pages.render({"x": word.dumps(contacts())}, tmp_path, engine)["x"])
    whole = 0
    for page in found:
        outside = [char for char in page.chars if not page.in_table(char)]
        for line in pages.in_lines(outside):
            gaps = [right["x0"] - left["x1"] for left, right in pairwise(line)]
            assert max(gaps, default=0) < WIDEST_GAP
            text = "".join(char["text"] for char in line).replace("\u2011", "-")
            whole += "0563-7012656" in text
    assert whole == 2 * 27


@pytest.mark.parametrize("engine", ENGINES)
def test_with_flow_a_long_table_goes_on_below_its_repeated_heads(tmp_path, engine):
    document = word.dumps(ending_at(12), flow=True)
    found = pages.measured(pages.render({"x": document}, tmp_path, engine)["x"])
    heads = [page for page in found if any("自然人" in c for c in page.page.extract_text().split())]
    assert len(heads) == 2
    last = max(cell.bottom for cells in pages.tables_on(heads[0]) for cell in cells)
    assert last > TEXT_BOTTOM["standard"] - 70 * MM
