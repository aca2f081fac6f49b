"""The document laid out by two engines: LibreOffice, and ONLYOFFICE, which follows Word."""

import os
from itertools import pairwise

import pytest

from govdisclose.formats import word
from govdisclose.model.grid import filled
from govdisclose.model.notices import NEWEST
from govdisclose.model.report import Bureau, Report
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


def tables_on(page: Page) -> list[list[Box]]:
    return [cells for cells in page.tables if len(cells) > 1]


def body_lines(page: Page, look: str) -> list[pages.Line]:
    return [line for line in page.lines if line.box.bottom < TEXT_BOTTOM[look] + 1]


@pytest.mark.parametrize(("key", "look"), CASES)
def test_both_engines_make_the_same_pages(laid_out, key, look):
    first, second = (laid_out(key, look, engine) for engine in ENGINES)
    assert len(first) == len(second)
    for one, other in zip(first, second, strict=True):
        assert abs(len(body_lines(one, look)) - len(body_lines(other, look))) <= 1
        assert len(tables_on(one)) == len(tables_on(other))


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(("key", "look"), CASES)
def test_each_table_stands_whole_below_its_heading(laid_out, key, look, engine):
    found = [(page, cells) for page in laid_out(key, look, engine) for cells in tables_on(page)]
    sections = [section for section in NEWEST.sections if section.tables]
    assert len(found) == len(sections)
    for (page, cells), section in zip(found, sections, strict=True):
        assert not list(pages.faults(page, cells, filled(section, REPORTS[key])))
        (heading,) = [line for line in page.lines if line.text == section.label]
        assert 0 < cells[0].top - heading.box.bottom < 8 * MM
        assert max(cell.bottom for cell in cells) <= TEXT_BOTTOM[look] + 1


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(("key", "look"), CASES)
def test_no_heading_ends_a_page(laid_out, key, look, engine):
    for page in laid_out(key, look, engine)[:-1]:
        lines, tables = body_lines(page, look), tables_on(page)
        last = max(lines, key=lambda line: line.box.bottom, default=None)
        below = last and any(cells[0].top > last.box.top for cells in tables)
        is_low = last and last.box.bottom > TEXT_BOTTOM[look] * 0.75  # a blank form ends higher
        assert not is_low or below or last.text not in HEADINGS


@pytest.mark.parametrize(("key", "look"), CASES)
def test_20_mm_are_left_below_the_longest_table(laid_out, key, look):
    found = [
        cells
        for page in laid_out(key, look, "libreoffice")
        for cells in tables_on(page)
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
