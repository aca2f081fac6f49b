"""Similarity of Chinese prose: what counts as copied, and what does not."""

import re
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govdisclose.analysis import similarity
from govdisclose.model.report import Report
from tests.support.generator import reports

COPIED = "水库水位和取水许可每月在网站专栏公布，由法规科逐条核对，汛期每天更新。"
OTHER = "招生划片在开学前由各校张贴，家长可以到窗口查询，也可以打电话询问详情。"

words = st.text(st.sampled_from("公开信息县局。，1《》"), max_size=60)
mixed = st.lists(st.sampled_from([COPIED, OTHER, COPIED[5:22], OTHER[:12]]) | words).map("".join)
seeds = pytest.mark.parametrize("seed", [1, 2, 3])


def overview(report: Report) -> str:
    return "\n".join(report.says(part.text) for part in report.prose["overview"].parts)


def edited(text: str, share: float, random: Random) -> str:
    """A text in which so many of its characters are others."""
    return "".join(
        random.choice("进步加强完善推落实认真不断续") if random.random() < share else each
        for each in text
    )


# Laws


@given(mixed)
def test_a_text_is_wholly_like_itself(text: str):
    assert similarity.likeness(text, text) == (100 if similarity.pieces(text) else 0)


@given(mixed, mixed)
def test_likeness_is_a_percentage(text: str, other: str):
    assert 0 <= similarity.likeness(text, other) <= 100


@given(mixed, mixed)
def test_what_is_added_to_the_other_lessens_nothing(text: str, other: str):
    assert similarity.likeness(text, text + "\n" + other) == similarity.likeness(text, text)


@given(mixed)
def test_pieces_lie_in_order_within_what_counts(text: str):
    pieces, end = similarity.pieces(text), 0
    for piece in pieces:
        assert end <= piece.start
        assert piece.length >= similarity.SHORT
        end = piece.end
    assert end <= len(similarity.plain(text))


@given(mixed, mixed)
def test_the_passages_stand_in_their_texts(text: str, other: str):
    one, two = similarity.passages(text, other)
    assert one in text
    assert two in other
    assert bool(one) == bool(two) == (similarity.likeness(text, other) > 0)


@given(mixed)
def test_where_characters_stood_is_known(text: str):
    found = similarity.placed(text)
    assert found.text == similarity.plain(text)
    assert "".join(text[at] for at in found.places) == found.text


@seeds
def test_whatever_order_the_sentences_have(seed: int):
    random = Random(seed)
    for one in reports(40, seed):
        text = overview(one.report)
        sentences = re.findall(r"[^。]+。", text)
        random.shuffle(sentences)
        assert similarity.likeness("".join(sentences), text) >= 95


@seeds
def test_texts_that_share_only_phrases_are_far_apart(seed: int):
    texts = [overview(one.report) for one in reports(60, seed)]
    assert max(similarity.likeness(one, two) for one in texts for two in texts if one != two) < 40


@seeds
def test_a_copy_is_found_though_words_are_changed(seed: int):
    random = Random(seed)
    texts = [overview(one.report) for one in reports(60, seed)]
    assert all(similarity.likeness(edited(text, 0.05, random), text) > 80 for text in texts)
    assert all(similarity.likeness(edited(text, 0.1, random), text) > 60 for text in texts)


@seeds
def test_half_a_copy_is_worth_comparing(seed: int):
    random = Random(seed)
    texts = [overview(one.report) for one in reports(60, seed)]
    for text, filling in zip(texts, reversed(texts), strict=True):
        half = text[: len(text) * 6 // 10] + filling[: len(text) * 4 // 10]
        copy = edited(half, 0.05, random)
        if similarity.likeness(copy, text) > 50:
            assert similarity.may_be_alike(similarity.sketch(copy), similarity.sketch(text))


# What counts


@pytest.mark.parametrize(
    "text",
    [
        "《中华人民共和国政府信息公开条例》《中华人民共和国行政复议法》",
        "国办公开办函〔2021〕30号，国办函〔2020〕109号",
        "2024 year, 12345678, （1）",
        "中华人民共和国政府信息公开条例，政府信息公开工作年度报告",
        "2024年度本机关没有收取信息处理费。没有其他需要报告的事项。",
        "（一）主动公开。\n（二）依申请公开。\n（三）政府信息管理。",
    ],
)
def test_what_every_report_says_does_not_count(text: str):
    assert similarity.likeness(text, text) == 0


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("每月", "每月12次"),
        ("法规科", "办公室"),
        ("水库", "东山水库"),
        ("，由法规科", "。由法规科"),
        ("汛期", "在汛期"),
        ("逐条核对", "交叉检查"),
    ],
)
def test_a_small_change_does_not_hide_a_copy(before: str, after: str):
    assert before in COPIED
    assert similarity.likeness(COPIED.replace(before, after), COPIED) >= 50


def test_a_changed_name_hides_little():
    one, two = (f"{name}高度重视。{COPIED}{OTHER}" for name in ("甲县水利局", "乙县教育局"))
    assert similarity.likeness(one, two) >= 85


def test_texts_of_their_own_are_not_alike():
    assert similarity.likeness(COPIED * 3, OTHER * 3) == 0


def test_a_short_text_inside_a_long_one_is_found():
    assert similarity.likeness(COPIED, OTHER * 9 + COPIED + OTHER * 9) == 100
    assert similarity.likeness(OTHER * 9 + COPIED + OTHER * 9, COPIED) < 10


def test_the_passages_are_as_each_prints_them():
    one = f"前面不同。{COPIED}后面"
    two = COPIED.replace("每月", "每月3")
    assert similarity.passages(one, two) == (COPIED.rstrip("。"), two.rstrip("。"))


def test_beyond_the_longest_nothing_is_compared():
    text = COPIED * 2000
    assert len(similarity.plain(text)) == similarity.LONGEST
    assert similarity.pieces(text)[-1].end <= similarity.LONGEST
