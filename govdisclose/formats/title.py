"""Break a title into lines: between words, in a trapezium or a lozenge.

GB/T 9704—2012 asks that a title's lines mean something each and that their
lengths make such a shape. What offices are called decides where a word ends.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import combinations, pairwise

from govdisclose.formats.document import Title
from govdisclose.model.text import wide

PLACES_END = "省市县区州盟旗镇乡"
MOST_LINES = 3
LONGEST_NAME = 40
"""Characters; what is longer is no name and is left to flow."""

OFFICES = (
    "人民政府 办公厅 办公室 研究室 委员会 管理委员会 工作委员会 办事处 街道 管理局 管理处 "
    "管理站 服务局 服务中心 指挥中心 保障中心 交易中心 监督 管理 监督管理 市场 "
    "市场监督管理局 人力资源 社会 保障 社会保障 社会保障局 医疗保障局 住房 城乡 建设局 "
    "城乡建设局 公积金 自然资源 自然资源局 规划 规划局 生态 环境 生态环境局 交通运输 "
    "交通运输局 农业 农村 农业农村局 乡村振兴 乡村振兴局 卫生 健康 卫生健康 卫生健康局 "
    "疾病预防 控制中心 中医药 文化 旅游 旅游局 文物局 广播 电视 广播电视 新闻出版 体育局 "
    "退役军人 事务局 退役军人事务局 应急管理局 行政审批 行政审批局 政务服务 政务服务局 "
    "公共资源 大数据 数据局 发展 改革 发展改革 改革局 工业 工信局 工信 科工 信息化 信息化局 "
    "科技 科技局 科学 技术 科学技术局 经济 商务局 教育局 公安局 民政局 司法局 财政局 水利局 "
    "水务局 审计局 统计局 税务局 气象局 信访局 城市 城市管理 城市管理局 综合行政执法局 "
    "综合执法局 行政执法 机关 机关事务 国有资产 金融 金融局 地方金融 民族 宗教 林业 林业局 "
    "草原 草原局 园林 绿化 海洋 渔业 畜牧 粮食 物资储备 产业 园区 开发区 高新区 示范区 "
    "试验区 度假区 保税区 风景名胜区 工业园区 经济技术 经济技术开发区 高新技术 高新技术产业 "
    "招商 投资促进 口岸 烟草专卖局 档案局 供销合作社 联合会 残疾人 红十字会 妇女 儿童 药品 "
    "食品药品 知识产权 能源局 电力 邮政 消防 救援 救援局 支队 大队 地震局 公路 公路局 铁路 "
    "民航 港航 水文 自治区 自治州 自治县 自治旗 族自治 特别行政区 新区 矿区 林区 管理区 蒙古 "
    "哈萨克 维吾尔 柯尔克孜 察布查尔 锡伯 达斡尔 鄂温克 鄂伦春 塔吉克 藏族 羌族 彝族 回族 "
    "苗族 侗族 壮族 瑶族 水族 傣族 白族 畲族 黎族 满族 土族 佤族 纳西族 傈僳族 景颇族 哈尼族 "
    "拉祜族 布朗族 布依族 土家族 仡佬族 仫佬族 毛南族 东乡族 保安族 裕固族 撒拉族 独龙族 "
    "怒族 普米族 朝鲜族 政府信息公开 工作 年度报告"
)
WORDS = tuple(OFFICES.split())

FORBIDDEN, ELSEWHERE, WITHIN_PLACE, BOUNDARY, PLACE = 1000.0, 20.0, 5.0, 1.0, 0.0
SQUARE, HOURGLASS, SHORT, LINE, UNEVEN = 6.0, 12.0, 6.0, 2.0, 0.3
SHORTEST = 4.0  # characters of a line


def lines(title: Title, room: float) -> tuple[str, ...]:
    """A title in lines of at most ``room`` characters, as the draft or the words want it."""
    if title.lines:
        return title.lines
    return (*name_lines(title.name, width(title.kind), room), title.kind)


def width(text: str) -> float:
    """The width of a text in characters: half of one for a digit or a Latin letter."""
    return wide(text) / 2


@lru_cache(maxsize=256)
def name_lines(name: str, below: float, room: float) -> tuple[str, ...]:
    """A bureau's name in lines, above a line ``below`` characters wide."""
    if not name or len(name) > LONGEST_NAME:
        return (name,) if name else ()
    costs = break_costs(name)
    least = max(1, int(-(-width(name) // room)))
    return min(
        candidates(name, range(least, min(least + 2, MOST_LINES + 1)), room),
        key=lambda found: cost(found, costs, below),
        default=(name,),
    )


def candidates(name: str, counts: Iterable[int], room: float) -> Iterator[tuple[str, ...]]:
    """All ways to break a name into so many lines that have room."""
    for count in counts:
        for ends in combinations(range(2, len(name) - 1), count - 1):
            found = tuple(name[a:b] for a, b in pairwise((0, *ends, len(name))))
            if max(map(width, found)) <= room:
                yield found


def cost(found: tuple[str, ...], costs: list[float], below: float) -> float:
    """How bad a way to break a name is: where it breaks, and the shape it makes."""
    at, broken = 0, 0.0
    for line in found[:-1]:
        at += len(line)
        broken += costs[at]
    widths = [width(line) for line in found]
    short = SHORT * sum(size < SHORTEST for size in widths) * (len(widths) > 1)
    uneven = UNEVEN * (max(widths) - min(widths))
    return broken + short + uneven + LINE * len(found) + shape([*widths, below])


def shape(widths: list[float]) -> float:
    """The cost of a shape: none for a trapezium or a lozenge."""
    steps = [right - left for left, right in pairwise(widths)]
    square = SQUARE * sum(abs(step) < 1 for step in steps)
    narrows = any(a < 0 < b for a, b in pairwise(steps))
    return square + HOURGLASS * narrows


def break_costs(name: str) -> list[float]:
    """What it costs to break a name before each of its characters."""
    costs = [ELSEWHERE] * len(name)
    inside: set[int] = set()
    for word in WORDS:
        start = name.find(word)
        while start >= 0:
            end = start + len(word)
            inside.update(range(start + 1, end))
            for edge in (start, end):
                if edge < len(name):
                    costs[edge] = BOUNDARY
            start = name.find(word, start + 1)
    ends = list(place_ends(name, inside))
    for at in range(max(ends, default=0)):
        costs[at] = max(costs[at], WITHIN_PLACE)
    for end in ends:
        costs[end] = PLACE
    for at in range(1, len(name)):
        if at in inside or name[at - 1] in "和与、（" or name[at] in "、）族":
            costs[at] = FORBIDDEN
    return costs


def place_ends(name: str, inside: set[int]) -> Iterator[int]:
    """Where the name of a place ends: two characters at least, and none that goes on."""
    start = 0
    for end in range(1, len(name)):
        if name[end - 1] not in PLACES_END or end in inside or name[end] in PLACES_END:
            continue
        if end - start > 2 or (end - start == 2 and start == 0):
            yield end
            start = end
