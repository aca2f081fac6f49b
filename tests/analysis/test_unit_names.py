"""Which unit of a roster a name means."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govdisclose.analysis.unit_names import Rank, UnitNames, likest
from govdisclose.model.roster import RosterUnit

COUNTY = [
    "云溪县教育体育局",
    "云溪县人力资源和社会保障局",
    "云溪县发展和改革委员会",
    "云溪县住房和城乡建设局",
    "云溪县市场监督管理局",
    "云溪县自然资源和规划局",
    "云溪县卫生健康委员会",
    "云溪县城市管理局",
    "云溪县人民政府办公室",
    "云溪县农业农村局",
    "云溪县水利局",
    "云溪县财政局",
    "云溪县文化旅游和广播电视局",
    "云溪经济开发区管理委员会",
    "城关镇人民政府",
    "石门镇人民政府",
    "石门坎乡人民政府",
    "东门街道办事处",
]
RENAMED = RosterUnit("云溪县科学技术局", ("科技局",), ("云溪县科工局",))
NAMES = UnitNames([*COUNTY, RENAMED])


def means(name: str) -> list[str]:
    return [unit.name for unit in NAMES.find(name).units]


@given(st.sampled_from([*COUNTY, RENAMED.name]))
def test_a_full_name_means_its_unit(name: str):
    assert means(name) == [name]
    assert means(f" {name[:2]} {name[2:]}") == [name]
    assert NAMES.find(name).rank is Rank.NAME


@given(st.text(st.sampled_from("云溪县城关石门坎镇乡局委办教体人社水财政民"), max_size=9))
def test_what_is_meant_is_on_the_roster_and_does_not_depend_on_its_order(name: str):
    other = UnitNames([RENAMED, *COUNTY[::-1]])
    assert set(NAMES.find(name).units) == set(other.find(name).units) <= set(NAMES.units)


@pytest.mark.parametrize(
    ("name", "full"),
    [
        ("城关镇", "城关镇人民政府"),
        ("城关镇政府", "城关镇人民政府"),
        ("云溪县城关镇人民政府", "城关镇人民政府"),
        ("石门镇", "石门镇人民政府"),
        ("石门坎乡", "石门坎乡人民政府"),
        ("东门街道", "东门街道办事处"),
        ("东门街道办", "东门街道办事处"),
        ("县人社局", "云溪县人力资源和社会保障局"),
        ("人社局", "云溪县人力资源和社会保障局"),
        ("教体局", "云溪县教育体育局"),
        ("云溪县教体局", "云溪县教育体育局"),
        ("云溪教体局", "云溪县教育体育局"),
        ("宣城市云溪县教育体育局", "云溪县教育体育局"),
        ("发改委", "云溪县发展和改革委员会"),
        ("县发改局", "云溪县发展和改革委员会"),
        ("市场监督管理局", "云溪县市场监督管理局"),
        ("县政府办", "云溪县人民政府办公室"),
        ("政府办公室", "云溪县人民政府办公室"),
        ("云溪经开区管委会", "云溪经济开发区管理委员会"),
        ("科技局", "云溪县科学技术局"),
        ("县科工局", "云溪县科学技术局"),
    ],
)
def test_short_and_former_names_are_known(name: str, full: str):
    assert means(name) == [full]


@pytest.mark.parametrize(
    "name", ["水务局", "泾县教育体育局", "公安局", "管理局", "人民政府", "石门坎镇", "体育局", ""]
)
def test_what_is_another_unit_means_none(name: str):
    assert means(name) == []


def test_between_two_units_nobody_chooses():
    both = UnitNames(["城关镇人民政府", "城关乡人民政府"])
    assert [unit.name for unit in both.find("城关").units] == list(
        map(str, ("城关镇人民政府", "城关乡人民政府"))
    )
    assert both.find("城关").unit is None


@pytest.mark.parametrize(
    ("file", "full"),
    [
        ("石门坎乡2024年收集表", "石门坎乡人民政府"),
        ("2024石门镇（修改版）", "石门镇人民政府"),
        ("县人社局2024年报", "云溪县人力资源和社会保障局"),
        ("20250113收集表", ""),
    ],
)
def test_the_unit_in_a_file_name(file: str, full: str):
    assert [unit.name for unit in NAMES.named_in(file)] == [full] * bool(full)


def test_towns_are_suggested_as_bureaus_are():
    assert likest("石坎乡", COUNTY) == "石门坎乡人民政府"
    assert likest("云溪县水务局", COUNTY) == "云溪县水利局"
    assert likest("泾川县气象台", COUNTY) == ""
