"""Sample reports made in code: blank, small, a city's, and one at its widest."""

from decimal import Decimal

from govdisclose.model.figures import Figure
from govdisclose.model.form import Address, Kind
from govdisclose.model.notices import NEWEST
from govdisclose.model.report import Bureau, Part, Prose, Report
from tests.support import huaian

SENTENCE = (
    "本单位认真贯彻落实政府信息公开条例，坚持以公开为常态、不公开为例外，及时准确发布政策文件。"
)


def text(length: int) -> str:
    """A text of so many characters, in paragraphs of about 150."""
    whole = SENTENCE * (length // len(SENTENCE) + 1)
    return "\n".join(whole[at : min(at + 150, length)] for at in range(0, length, 150))


def lines(count: int, parts: int = 0) -> Prose:
    """So many paragraphs of one line, then as many in each of some parts."""
    text = "\n".join(f"第{number}行。" for number in range(1, count + 1))
    return Prose(text, tuple(Part(f"第{part}部分", text) for part in range(parts)))


def prose(*lengths: int) -> dict[str, Prose]:
    """Sections with all their usual parts, so many characters in each section."""
    return {
        section.key: Prose(
            text(length // 4),
            tuple(Part(head, text(length // 6)) for head in section.parts),
        )
        for section, length in zip(NEWEST.prose.values(), lengths, strict=True)
    }


def blank() -> Report:
    """A report in which nothing has been answered."""
    return Report(year=2024)


def small(length: int = 900, name: str = "郎溪县科技工信局") -> Report:
    """A department without applications: 0 in every cell."""
    bureau = Bureau(
        name,
        address="郎溪县郎步街道碧河路6号",
        telephone="0563-7012656",
        postcode="242100",
        website="郎溪县人民政府信息公开网站",
    )
    figures: dict[Address, Figure] = {
        a: Decimal(0) if NEWEST.kind(a) is Kind.AMOUNT else 0 for a in NEWEST.addresses
    }
    return Report(year=2024, bureau=bureau, prose=prose(length, 500, 120), figures=figures)


def city() -> Report:
    """The figures of 淮安市人民政府 for 2024, with long prose."""
    bureau = Bureau("淮安市人民政府", "government", "淮安市翔宇南道1号", "0517-83605018", "223001")
    return Report(year=2024, bureau=bureau, prose=prose(3200, 800, 300), figures=huaian.figures())


def full() -> Report:
    """A report of about 60 paragraphs, each of its own, and every figure."""
    report = city()
    paragraph = SENTENCE * 2
    report.prose = {
        section.key: Prose("\n".join(f"{section.short}第{n}段：{paragraph}" for n in range(1, 21)))
        for section in NEWEST.prose.values()
    }
    return report


WIDEST = {"documents": 8, "licensing": 8, "penalties": 8, "applications": 6, "disputes": 4}


def widest() -> Report:
    """Everything at its widest: figures, name, contacts, prose."""
    figures: dict[Address, Figure] = {
        a: int("9" * WIDEST[a.table]) if a.table in WIDEST else Decimal("12345678.123456")
        for a in NEWEST.addresses
    }
    bureau = Bureau(
        "新疆维吾尔自治区伊犁哈萨克自治州察布查尔锡伯自治县住房和城乡建设局",
        address="新疆维吾尔自治区伊犁哈萨克自治州察布查尔锡伯自治县察布查尔镇查鲁盖东街" * 2,
        telephone="0999-1234567 转 8001",
        postcode="835300",
        email="gongkai@chabuchaer.example.gov.cn",
        website="http://www.chabuchaer.example.gov.cn/zwgk/",
    )
    return Report(year=2024, bureau=bureau, prose=prose(20000, 6000, 2000), figures=figures)
