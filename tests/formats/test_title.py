"""A title breaks between words, in a trapezium or a lozenge."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from govdisclose.formats import title
from govdisclose.formats.document import Title
from tests.support import samples

KIND = "2024年政府信息公开工作年度报告"
ROOM = 20

NAMES = {
    "郎溪县科技工信局": ["郎溪县科技工信局"],
    samples.widest().bureau.name: [
        "新疆维吾尔自治区伊犁哈萨克自治州",
        "察布查尔锡伯自治县住房和城乡建设局",
    ],
    "甘肃省临夏回族自治州东乡族自治县人民政府办公室": [
        "甘肃省临夏回族自治州",
        "东乡族自治县人民政府办公室",
    ],
    "临夏回族自治州东乡族自治县人力资源和社会保障局": [
        "临夏回族自治州",
        "东乡族自治县人力资源和社会保障局",
    ],
    "广东省广州市黄埔区市场监督管理局知识产权局": [
        "广东省广州市黄埔区",
        "市场监督管理局知识产权局",
    ],
}


@pytest.mark.parametrize("name", NAMES)
def test_a_name_breaks_between_its_words(name):
    assert title.lines(Title(name, KIND), ROOM) == (*NAMES[name], KIND)


def test_the_lines_of_the_draft_win():
    lines = ("甲县", "乙局2024年政府信息公开工作年度报告")
    assert title.lines(Title("甲县乙局", KIND, lines), ROOM) == lines


@settings(deadline=None)
@given(st.text(st.sampled_from("省市县族局办公室人民政府东乡"), max_size=40), st.integers(6, 30))
def test_the_lines_of_a_title_are_the_name_and_fit(name: str, room: int):
    lines = title.name_lines(name, 15.0, room)
    assert "".join(lines) == name
    assert lines in [(name,), ()] or all(0 < title.width(line) <= room for line in lines)


PLACES = (
    "甘肃省临夏回族自治州东乡族自治县",
    "湖北省宜昌市长阳土家族自治县",
    "内蒙古自治区鄂尔多斯市",
)
OFFICES = (
    "人力资源和社会保障局",
    "住房和城乡建设局",
    "人民政府办公室",
    "市场监督管理局",
    "退役军人事务局",
    "综合行政执法局",
    "经济技术开发区管理委员会",
)


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("office", OFFICES)
def test_no_word_is_broken_and_the_shape_is_right(place, office):
    *lines, kind = title.lines(Title(place + office, KIND), ROOM)
    assert "".join(lines) == place + office
    ends = {sum(map(len, lines[: n + 1])) for n in range(len(lines) - 1)}
    whole = place + office
    for word in (
        "办公室",
        "人力资源",
        "社会保障",
        "东乡族",
        "土家族",
        "自治县",
        "监督管理",
        "委员会",
    ):
        at = whole.find(word)
        assert at < 0 or not ends & set(range(at + 1, at + len(word)))
    widths = [title.width(line) for line in (*lines, kind)]
    steps = [right - left for left, right in pairwise(widths)]
    assert not any(a < 0 < b for a, b in pairwise(steps))


def test_what_is_too_long_for_a_name_flows():
    name = "郎溪县" * 30_000
    assert title.lines(Title(name, KIND), ROOM) == (name, KIND)
