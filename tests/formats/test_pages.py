"""The document proved on the page: rendered by LibreOffice, and measured."""

from itertools import pairwise

import pytest

from govdisclose.formats import word
from govdisclose.formats.word import writer
from govdisclose.model.front_matter import title
from govdisclose.model.grid import Role, filled
from govdisclose.model.notices import NEWEST
from govdisclose.model.report import Bureau, Prose, Report
from tests.support import pages, samples
from tests.support.pages import MM, Line, Page

pytestmark = pytest.mark.skipif(bool(pages.missing()), reason=pages.missing())

TOP, RIGHT, BOTTOM, LEFT = 37, 26, 35, 28
PITCH = 28.95
TEXT_LEFT, TEXT_RIGHT = LEFT * MM, (210 - RIGHT) * MM
TEXT_TOP, TEXT_BOTTOM = TOP * MM, (297 - BOTTOM) * MM
HANGING = "，。、；：！？）》”"

REPORTS = {
    "blank": samples.blank(),
    "small": samples.small(),
    "city": samples.city(),
    "widest": samples.widest(),
}
SWEEP = range(1, 25)


def swept(count: int) -> Report:
    """A report whose prose ends so many lines further down."""
    prose = {
        "overview": samples.lines(count),
        "problems": samples.lines(count, parts=1),
        "other": samples.lines(1),
    }
    return Report(
        year=2024, bureau=Bureau("甲县乙局"), prose=prose, figures=samples.widest().figures
    )


def numbers() -> Report:
    """A report in which a long number meets the end of a line at every place."""
    text = "\n".join("字" * count + "（0517-83605210）见后。" for count in range(10, 30))
    return Report(year=2024, bureau=Bureau("甲县乙局"), prose={"overview": Prose(text)})


@pytest.fixture(scope="module")
def rendered(tmp_path_factory):
    documents = {f"{key}-standard": word.dumps(report) for key, report in REPORTS.items()}
    documents |= {f"{key}-annex": word.dumps(r, look="annex") for key, r in REPORTS.items()}
    for look in ("standard", "annex"):
        documents |= {f"{n}-{look}": word.dumps(swept(n), look=look) for n in SWEEP}
    documents["numbers"] = word.dumps(numbers())
    documents["marked"] = word.dumps(samples.small(), marked=True)
    documents["template"] = writer.template()
    return pages.render(documents, tmp_path_factory.mktemp("pages"))


@pytest.fixture(scope="module")
def measured(rendered):
    known: dict[str, list[Page]] = {}

    def of(name: str) -> list[Page]:
        if name not in known:
            known[name] = pages.measured(rendered[name])
        return known[name]

    return of


@pytest.fixture(scope="module")
def small(measured) -> list[Page]:
    return measured("small-standard")


def body_of(page: Page) -> list[Line]:
    """The lines of a page but for its number."""
    return [line for line in page.lines if line.box.bottom < TEXT_BOTTOM]


def near(value: float, expected: float, millimetres: float) -> bool:
    return abs(value - expected) <= millimetres * MM


def test_the_paper_is_a4(small):
    for page in small:
        assert near(page.size[0], 210 * MM, 0.5)
        assert near(page.size[1], 297 * MM, 0.5)


def test_the_text_keeps_the_margins(small):
    for page in small:
        for line in body_of(page):
            text_right = line.box.right - (line.size if line.text[-1] in HANGING else 0)
            assert line.box.left >= TEXT_LEFT - MM
            assert text_right <= TEXT_RIGHT + MM
    lefts = [line.box.left for page in small for line in body_of(page)]
    rights = [line.box.right for page in small for line in body_of(page)]
    assert near(min(lefts), TEXT_LEFT, 1)
    assert any(near(right, TEXT_RIGHT, 1) for right in rights)


def test_a_page_has_22_lines_that_fill_it(small):
    lines = body_of(small[1])
    half = (PITCH - 16) / 2
    assert len(lines) == 22
    assert near(lines[0].box.top - half, TEXT_TOP, 1)
    assert near(lines[-1].box.bottom + half, TEXT_BOTTOM, 1)
    pitches = [b.box.bottom - a.box.bottom for a, b in pairwise(lines)]
    assert all(abs(pitch - PITCH) < 0.1 for pitch in pitches)


def test_a_full_line_has_28_characters_and_a_first_line_26(small):
    full = [line for line in body_of(small[1]) if near(line.box.right, TEXT_RIGHT, 1)]
    assert {len(line.text) for line in full if line.box.left < TEXT_LEFT + 5} == {28}
    for page in small[:3]:
        for line in body_of(page):
            if line.box.left > TEXT_LEFT + 5 and line.size == 16:
                assert near(line.box.left, TEXT_LEFT + 2 * 16, 0.5) or line.text[0] in "（《"
                assert len(line.text.rstrip(HANGING)) <= 26


def test_title_headings_and_text_have_their_fonts(small):
    found = {line.text: (line.font, line.size) for page in small for line in body_of(page)}
    for line in title(samples.small()):
        assert found[line] == ("FandolSong-Regular", 22)
    for section in NEWEST.sections:
        assert found[section.label] == ("FandolHei-Regular", 16)
    assert found["（一）主动公开"] == ("FandolKai-Regular", 16)
    assert found["（二）依申请公开"] == ("FandolKai-Regular", 16)
    others = {
        font
        for text, font in found.items()
        if text not in (*title(samples.small()), *(s.label for s in NEWEST.sections))
        and text[0] != "（"
    }
    assert others == {("FandolFang-Regular", 16)}


def test_the_annex_look_has_bold_song_headings(measured):
    lines = [line for page in measured("small-annex") for line in page.lines]
    found = {line.text: (line.font, line.size) for line in lines}
    for section in NEWEST.sections:
        assert found[section.label] == ("FandolSong-Bold", 12)
    assert found["（一）主动公开"] == ("FandolSong-Bold", 12)
    assert ("FandolSong-Regular", 12) in found.values()


def test_the_title_is_centred(small):
    for line in body_of(small[0])[:2]:
        assert near((line.box.left + line.box.right) / 2, (TEXT_LEFT + TEXT_RIGHT) / 2, 1)


def test_a_long_name_is_broken_in_the_title(measured):
    lines = body_of(measured("widest-standard")[0])[:3]
    assert [line.size for line in lines] == [22] * 3
    assert lines[0].text.endswith("自治州")


def test_page_numbers_stand_below_the_text_on_the_outer_side(small):
    for number, page in enumerate(small, start=1):
        line = page.lines[-1]
        assert line.text == f"—{number}—"
        assert (line.font, line.size) == ("FandolSong-Regular", 14)
        if number % 2:
            assert near(line.box.right, TEXT_RIGHT - 14, 0.5)
        else:
            assert near(line.box.left, TEXT_LEFT + 14, 0.5)


@pytest.mark.parametrize("look", ["standard", "annex"])
@pytest.mark.parametrize("key", REPORTS)
def test_each_table_has_every_figure_in_its_cell(measured, key, look):
    left, right = (LEFT, RIGHT) if look == "standard" else (31.75, 31.75)
    for page, cells, _, grid in pages.pieces(measured(f"{key}-{look}"), REPORTS[key]):
        assert not list(pages.faults(page, cells, grid))
        assert near(cells[0].left, left * MM, 0.5)
        assert near(max(cell.right for cell in cells), (210 - right) * MM, 0.5)
        assert near(
            max(cell.right for cell in cells) - cells[0].left, (210 - left - right) * MM, 0.5
        )


@pytest.mark.parametrize("look", ["standard", "annex"])
@pytest.mark.parametrize("count", SWEEP)
def test_no_table_splits_and_no_heading_ends_a_page(rendered, count, look):
    found = pages.texts(rendered[f"{count}-{look}"])
    headings = [section.label for section in NEWEST.sections] + ["（一）第0部分"]
    for page in found:
        body = [line for line in page if not line.startswith("—")]
        assert body[-1] not in headings
    for section in NEWEST.sections:
        if section.tables:
            (at,) = [n for n, page in enumerate(found) if section.label in page]
            cells = filled(section, swept(count)).cells
            page = "".join(found[at])
            assert cells[0].text[:8] in page
            is_whole = all(cell.role is not Role.BAND for cell in cells)
            assert not is_whole or page.count("9") >= sum(
                c.text.count("9") for c in cells if c.address
            )


def test_no_number_is_broken_within_its_digits(rendered):
    lines = [line for page in pages.texts(rendered["numbers"]) for line in page]
    assert sum("83605210" in line for line in lines) == 20


def test_a_blank_form_leaves_a_line_for_each_text(measured):
    first = body_of(measured("blank-standard")[0])
    one, two = (next(line for line in first if line.text == s.label) for s in NEWEST.sections[:2])
    assert abs(two.box.bottom - one.box.bottom - 2 * PITCH) < 1


def test_a_draft_is_marked_on_every_page(measured, small):
    assert not any("草稿" in line.text for page in small for line in page.lines)
    for page in measured("marked"):
        assert page.lines[0].text == "草稿"
        assert page.lines[0].box.bottom < TEXT_TOP


def test_the_mark_moves_nothing(measured, small):
    assert [body_of(page)[1:] for page in measured("marked")] == [body_of(p) for p in small]


def test_the_template_shows_its_styles_on_one_page(measured):
    (page,) = measured("template")
    sizes = [line.size for line in body_of(page)]
    assert sizes[0] == 22
    assert 16 in sizes
