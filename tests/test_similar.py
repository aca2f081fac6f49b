"""Similarity of Chinese prose, held against the plainest way to compute it."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govdisclose import similar
from govdisclose.report import Report
from tests.generator import reports

COPIED = "水库水位和取水许可每月在网站专栏公布，由法规科逐条核对，汛期每天更新。"
OTHER = "招生划片在开学前由各校张贴，家长可以到窗口查询，也可以打电话询问详情。"

words = st.text(st.sampled_from("公开信息县局。，1《》"), max_size=60)
mixed = st.lists(st.sampled_from([COPIED, OTHER, COPIED[5:22], OTHER[:12]]) | words).map("".join)


def plainly(text: str, other: str) -> int:
    """The same by trying every passage of every length."""
    one, two = similar.plain(text), similar.plain(other)
    covered = set[int]()
    for start in range(len(one)):
        end = start + similar.RUN
        while end <= len(one) and one[start:end] in two:
            covered.update(range(start, end))
            end += 1
    return round(100 * len(covered) / len(one)) if one else 0


def overview(report: Report) -> str:
    return "\n".join(part.text for part in report.prose["overview"].parts)


# Laws


@given(mixed, mixed)
def test_likeness_is_the_share_of_common_passages(text: str, other: str):
    assert similar.likeness(text, other) == plainly(text, other)


@given(mixed)
def test_a_text_is_wholly_like_itself(text: str):
    long = len(similar.plain(text)) >= similar.RUN
    assert similar.likeness(text, text) == (100 if long else 0)


@given(mixed, mixed)
def test_what_is_added_to_the_other_lessens_nothing(text: str, other: str):
    assert similar.likeness(text, other + "\n" + OTHER) >= similar.likeness(text, other)


@given(mixed, mixed)
def test_the_passages_say_the_same(text: str, other: str):
    one, two = similar.passages(text, other)
    assert one in text
    assert two in other
    assert similar.plain(one) == similar.plain(two)
    assert bool(one) == (similar.likeness(text, other) > 0)


@given(mixed)
def test_where_characters_stood_is_known(text: str):
    found = similar.placed(text)
    assert found.text == similar.plain(text)
    assert "".join(text[at] for at in found.places) == found.text


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_no_copied_text_is_missed(seed: int):
    texts = [overview(one.report) for one in reports(150, seed, copied=0.3)]
    plainest = {
        number
        for number, text in enumerate(texts)
        if any(similar.likeness(text, other) > 50 for at, other in enumerate(texts) if at != number)
    }
    found = list(similar.alike(texts, 50))
    assert {match.text for match in found} == plainest
    assert all(m.percent == similar.likeness(texts[m.text], texts[m.other]) > 50 for m in found)


def test_the_nearest_is_among_those_named():
    made = list(reports(300, copied=0.2))
    texts = [overview(one.report) for one in made]
    best = {match.text for match in similar.alike(texts, 99)}
    assert {number for number, one in enumerate(made) if one.copied is not None} <= best


def test_a_short_text_inside_a_long_one_is_found():
    texts = [overview(one.report) for one in reports(60)]
    texts.append(overview(next(reports(1)).report)[:150])
    assert [m.text for m in similar.alike(texts, 50) if m.other == 0] == [60]


def test_the_order_of_the_texts_changes_nothing():
    texts = [overview(one.report) for one in reports(80, copied=0.2)]
    forward = {texts[m.text] for m in similar.alike(texts, 50)}
    assert forward == {texts[::-1][m.text] for m in similar.alike(texts[::-1], 50)}


def test_pairs_grow_with_the_texts_even_where_all_are_the_same():
    for count in (10, 100, 1000):
        pairs = list(similar.neighbours(12345, list(range(count))))
        assert len(pairs) <= similar.BESIDE * count
        named = Counter(number for pair in pairs for number in pair)
        assert set(named) == set(range(count))


def test_a_text_handed_down_to_all_is_found_in_each():
    texts = [COPIED * 5] * 400
    assert {match.text for match in similar.alike(texts, 50)} == set(range(400))


# What counts


@pytest.mark.parametrize(
    "text",
    [
        "《中华人民共和国政府信息公开条例》《中华人民共和国行政复议法》",
        "国办公开办函〔2021〕30号，国办函〔2020〕109号",
        "2024 year, 12345678, （1）",
        "中华人民共和国政府信息公开条例，政府信息公开工作年度报告",
        "2024年度本机关没有收取信息处理费。没有其他需要报告的事项。",
    ],
)
def test_names_of_laws_and_numbers_do_not_count(text: str):
    assert similar.likeness(text, text) == 0


def test_changed_figures_do_not_hide_a_copy():
    text = COPIED.replace("每月", "每月12次")
    assert similar.likeness(text, COPIED.replace("每月", "每月34次")) == 100


def test_a_changed_name_hides_little():
    one, two = (f"{name}高度重视。{COPIED}{OTHER}" for name in ("甲县水利局", "乙县教育局"))
    assert similar.likeness(one, two) >= 85


def test_texts_of_their_own_are_not_alike():
    assert similar.likeness(COPIED * 3, OTHER * 3) == 0


def test_the_passages_are_as_each_prints_them():
    one = f"前面不同。{COPIED}后面"
    two = COPIED.replace("每月", "每月3")
    assert similar.passages(one, two) == (COPIED.rstrip("。"), two.rstrip("。"))
