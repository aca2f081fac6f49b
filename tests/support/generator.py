"""Many realistic drafts, all different, the same for the same seed.

Every report is sound unless a fault is planted, and every copy of another's
prose is known, so that what is found can be held against what was planted.
Write a folder of them with ``python -m tests.support.generator COUNT FOLDER [SEED]``.
"""

import sys
from collections.abc import Iterator
from decimal import Decimal
from itertools import product
from pathlib import Path
from random import Random
from typing import NamedTuple

from govdisclose.files.names import draft_name
from govdisclose.formats import draft
from govdisclose.model.figures import Figure
from govdisclose.model.form import Address
from govdisclose.model.notices import NEWEST
from govdisclose.model.report import Bureau, Part, Prose, Report


def words(text: str) -> list[str]:
    """The words of a list."""
    return text.split()


COUNTIES = [
    first + second + kind
    for (first, second), kind in zip(
        product("清安永宁平和泰新长青临云石金兴", "河阳山川源江城水溪泉陵丰原昌林"),
        "县县区县市" * 45,
        strict=True,
    )
]
DEPARTMENTS = words("""
教育局 水利局 民政局 司法局 财政局 审计局 统计局 林业局 气象局 医疗保障局 应急管理局 生态环境局
自然资源局 交通运输局 农业农村局 卫生健康委员会 市场监督管理局 人力资源和社会保障局
住房和城乡建设局 退役军人事务局 文化和旅游局 科学技术局 商务局 信访局 城市管理局 行政审批局
发展和改革委员会 工业和信息化局 公安局 地方金融管理局
""")
TOWNS = [a + b + c for a, b in product("白双东南大马龙", "桥塘岭湾庙") for c in ("镇", "乡")]

SUBJECTS = words("""
招生划片 学区调整 校车线路 水库水位 取水许可 工程招标 低保名单 临时救助 养老机构 法律援助 部门预算
转移支付 审计结果 统计公报 古树名录 暴雨预警 药品目录 医保结算 危化企业检查 环评审批 土地出让
征地补偿 公路养护 客运班次 惠农补贴 农机购置 疫苗接种 抽检结果 食品处罚 消费提示 就业岗位
社保缴费 公租房分配 旧区改造 优抚标准 文物保护 景区承载量 科技项目 外贸数据 信访回复 停车泊位
审批时限 重点项目 用电安排 户籍办理 融资担保 村务收支 河道采砂 地名命名 校舍改造 河湖水质
""")
PLACES = words("""
网站专栏 公众号 政务大厅 公开查阅点 村务公开栏 电子显示屏 便民手册 广播 新闻发布会 热线平台
社区网格群 服务窗口 档案馆 图书馆 乡镇便民中心
""")
TIMES = words("每周 每月 每季度 每半月 开学前 汛期 年初 年底 节前 当日 次日 五个工作日内")
PEOPLE = words("""
办公室 法规科 信息中心 承办科室 分管副局长 窗口人员 驻村干部 联络员 政务公开专班 审核小组
机关党委 综合股 执法大队 规划股 服务中心
""")
DEEDS = words("""
逐条核对 交叉检查 登记台账 补充说明 重新排版 合并栏目 更换图表 删去旧件 标注来源 电话回访 现场答疑
编写问答 录制短片 缩短流程 改用表格 隐去姓名 核实链接 设置导航 通报结果 跟踪整改
""")
LACKS = words("""
专业名词多 更新偶有滞后 图解形式单一 检索不便 互动回复偏慢 目录层级过深 基层人手少 解读深度不够
数据口径不一 老年读者使用困难 附件打开慢 专栏内容交叉
""")

DISCLOSED = (
    "{time}在{place}公布{subject}、{subject}和{subject}，由{people}{deed}",
    "把{subject}列为今年的重点，{people}负责，{time}更新一次，全年更新{n}条",
    "{subject}信息{n}条，{subject}信息{n}条，都在{place}可以查到",
    "针对群众问得最多的{subject}，{people}{deed}，并在{place}滚动播出",
    "对{subject}中涉及个人的内容{deed}，其余部分{time}全部公开",
    "与{place}合办{subject}宣传{n}场，现场发放材料{n}份",
    "{subject}的办事指南由{people}重写，删去重复表述{n}处，再由{people}{deed}",
)
HANDLED = (
    "申请内容集中在{subject}和{subject}方面，由{people}先{deed}再答复",
    "涉及{subject}的申请，告知申请人到{place}办理，并由{people}{deed}",
    "{people}对每件答复{deed}，涉及{subject}的另请{people}把关",
)
MANAGED = (
    "拟稿时写明{subject}的公开属性，{people}{time}{deed}",
    "清理{subject}旧文件{n}件，{people}{deed}后归档",
    "{subject}公开前由{people}{deed}，再送{people}复核",
    "{time}由{people}抽查{subject}，发现问题{n}处，全部{deed}",
)
PLATFORM = (
    "{place}新设{subject}栏目，{time}由{people}{deed}",
    "把{subject}从{place}移到{place}，点击路径缩短{n}步",
    "{place}的{subject}页面改版，{people}{deed}，适老化改造{n}处",
)
SECURED = (
    "{people}{time}通报{subject}公开情况，全年培训{n}次",
    "将{subject}公开纳入{people}考核，{time}{deed}",
    "邀请群众代表{n}人到{place}座谈，就{subject}提出意见{n}条，由{people}{deed}",
)
LACKING = (
    "{subject}方面{lack}，{place}的内容与{place}不一致",
    "{people}反映{subject}{lack}，群众在{place}查找不便",
)
MENDING = (
    "请{people}{time}对{subject}{deed}，结果在{place}公布",
    "{place}增加{subject}说明，由{people}{deed}",
    "对{subject}{deed}，{people}{time}检查一次",
)
SOURCES = {
    "time": TIMES,
    "place": PLACES,
    "subject": SUBJECTS,
    "people": PEOPLE,
    "deed": DEEDS,
    "lack": LACKS,
}


class Made(NamedTuple):
    """A generated report, the fault planted in it, and whose prose it copies."""

    report: Report
    fault: str = ""
    copied: int | None = None


def sentence(random: Random, patterns: tuple[str, ...]) -> str:
    """One sentence of a bank, its gaps filled each for itself."""
    text = random.choice(patterns)
    for gap, source in SOURCES.items():
        while f"{{{gap}}}" in text:
            text = text.replace(f"{{{gap}}}", random.choice(source), 1)
    while "{n}" in text:
        text = text.replace("{n}", str(random.randint(2, 90)), 1)
    return text


def paragraph(random: Random, patterns: tuple[str, ...], least: int, most: int) -> str:
    """Some sentences of a bank."""
    return "".join(f"{sentence(random, patterns)}。" for _ in range(random.randint(least, most)))


def names(count: int) -> Iterator[tuple[str, str]]:
    """County and name of so many organs, no two the same."""
    organs = DEPARTMENTS + [f"{town}人民政府" for town in TOWNS]
    for number in range(count):
        at, organ = divmod(number, len(organs))
        turn, county = divmod(at, len(COUNTIES))
        place = COUNTIES[county] + ("" if not turn else f"第{turn}管理区")
        yield place, place + organs[organ]


def bureau(random: Random, number: int, place: str, name: str) -> Bureau:
    """The particulars of an organ; no two share a telephone."""
    return Bureau(
        name,
        address=f"{place}{random.choice('中东西南北')}{random.choice('山河湖城')}路{number + 1}号",
        telephone=f"0{random.randint(310, 999)}-{6_000_000 + number}",
        postcode=f"{random.randint(100_000, 859_999)}",
        website=f"{place}人民政府网站",
    )


def applications(random: Random) -> Iterator[tuple[Address, Figure]]:
    """The table of section 三, in which every column balances."""
    rows = [row for row in NEWEST.tables["applications"].rows[2].leaves if not row.total]
    weights = [12, 5, 1, 1, 1, 2, 3, 2, 2, 4, 9, 2, 1, 4, 2, 1, 1, 1, 2, 1, 3]
    busy = random.choice((0, 1, 4, 15, 60))
    for column, share in zip(
        ("natural_person", "enterprise", "research", "public_interest", "legal_service", "other"),
        (1, 0.2, 0.02, 0.02, 0.1, 0.05),
        strict=True,
    ):
        handled = random.choices(rows, weights, k=random.randint(0, round(busy * share)))
        carried_in = random.randint(0, min(len(handled), round(busy * share / 8)))
        carried_out = random.randint(0, round(busy * share / 8))
        yield cell("applications", "carried_in", column), carried_in
        yield cell("applications", "carried_out", column), carried_out
        received = len(handled) + carried_out - carried_in
        yield cell("applications", "received", column), received
        for row in rows:
            yield cell("applications", row.key, column), handled.count(row)


def cell(table: str, row: str, column: str) -> Address:
    return Address(table, row, column)


def figures(random: Random) -> dict[Address, Figure]:
    """All figures that are no sums; they add up."""
    issued, repealed = random.randint(0, 4), random.randint(0, 2)
    found: dict[Address, Figure] = {
        address: 0 for address in NEWEST.addresses if address not in NEWEST.sums
    }
    found[cell("documents", "normative", "issued")] = issued
    found[cell("documents", "normative", "repealed")] = repealed
    found[cell("documents", "normative", "in_force")] = issued + random.randint(0, 30)
    found[cell("licensing", "licence", "decided")] = random.randint(0, 3000)
    found[cell("penalties", "penalty", "decided")] = random.randint(0, 500)
    found[cell("penalties", "coercion", "decided")] = random.randint(0, 30)
    found[cell("fees", "charge", "collected")] = Decimal(random.randrange(10**7)).scaleb(-4)
    found.update(applications(random))
    for row in ("reconsideration", "litigation_direct", "litigation_after"):
        for column in ("upheld", "corrected", "other", "pending"):
            found[cell("disputes", row, column)] = random.choice((0, 0, 0, 0, 1, 2))
    return found


def prose(random: Random) -> dict[str, Prose]:
    """The sections in sentences; figures are quoted by their addresses."""
    quoted = (
        "全年新收政府信息公开申请{applications.received.total}件，"
        "办结{applications.handled.total}件，"
        "结转下年度{applications.carried_out.total}件。"
    )
    texts = (
        paragraph(random, DISCLOSED, 4, 8),
        quoted + paragraph(random, HANDLED, 1, 3),
        paragraph(random, MANAGED, 2, 5),
        paragraph(random, PLATFORM, 2, 4),
        paragraph(random, SECURED, 2, 4) + "没有社会评议和责任追究的情况。",
    )
    overview, problems, _ = NEWEST.prose.values()
    heads = zip(overview.parts, texts, strict=True)
    lacking, mending = paragraph(random, LACKING, 2, 4), paragraph(random, MENDING, 2, 4)
    return {
        "overview": Prose(parts=tuple(Part(head, text) for head, text in heads)),
        "problems": Prose(
            parts=(Part(problems.parts[0], lacking), Part(problems.parts[-1], mending))
        ),
        "other": Prose("本年度没有收取信息处理费。" + paragraph(random, MANAGED, 1, 3)),
    }


FAULTS = ("unanswered", "total", "empty")


def plant(report: Report, fault: str, random: Random) -> None:
    """Put a fault into a sound report."""
    if fault == "unanswered":
        row = random.choice(("granted", "not_held", "petition"))
        report.put({cell("applications", row, "natural_person"): None})
    elif fault == "total":
        report.figures[cell("applications", "received", "total")] += 1
    elif fault == "empty":
        report.prose["problems"] = Prose()


def source_of(number: int, seed: int, copied: float) -> int | None:
    """The number of the report whose prose one copies, None where it is its own."""
    random = Random(f"{seed} {number} source")
    return random.randrange(number) if number and random.random() < copied else None


def prose_of(number: int, seed: int, copied: float) -> dict[str, Prose]:
    """The prose of a report by its number."""
    source = source_of(number, seed, copied)
    if source is None:
        return prose(Random(f"{seed} {number} prose"))
    return prose_of(source, seed, copied)


def reports(
    count: int, seed: int = 1, *, year: int = 2024, faulty: float = 0.0, copied: float = 0.0
) -> Iterator[Made]:
    """So many reports; a share of them faulty, a share with another's prose."""
    for number, (place, name) in enumerate(names(count)):
        random = Random(f"{seed} {number}")
        report = Report(
            year=year,
            bureau=bureau(random, number, place, name),
            prose=prose_of(number, seed, copied),
            figures=figures(random),
        )
        fault = random.choice(FAULTS) if random.random() < faulty else ""
        plant(report, fault, random)
        yield Made(report, fault, source_of(number, seed, copied))


def write(folder: Path, made: Iterator[Made]) -> list[Path]:
    """The drafts of some reports in a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for one in made:
        path = folder / draft_name(one.report)
        path.write_text(draft.dumps(one.report), encoding="utf-8")
        paths.append(path)
    return paths


if __name__ == "__main__":
    count, folder, *seed = sys.argv[1:]
    write(Path(folder), reports(int(count), int(*seed or "1")))
