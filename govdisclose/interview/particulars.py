"""The questions about the bureau: its particulars, and the year that is reported."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from govdisclose.model.report import KINDS, LABELS, Report
from govdisclose.model.text import half, is_unprintable


@dataclass(frozen=True)
class ParticularQuestion:
    """A particular of the bureau."""

    name: str
    is_long = False

    @property
    def path(self) -> str:
        """``bureau.`` and the field."""
        return f"bureau.{self.name}"

    def prompt(self, report: Report) -> str:
        """The label, with the choices where there are some."""
        if self.name != "kind":
            return LABELS[self.name]
        choices = "，".join(f"{n} {label}" for n, label in enumerate(KINDS.values(), start=1))
        return f"{LABELS[self.name]}（{choices}）"

    def proposal(self, report: Report) -> str:
        """The present particular."""
        value: str = getattr(report.bureau, self.name)
        return str(list(KINDS).index(value) + 1) if self.name == "kind" else value

    def is_answered(self, report: Report) -> bool:
        """Whether it is given; only the name cannot be left out."""
        return bool(getattr(report.bureau, self.name))

    def take(self, report: Report, typed: str) -> str:
        """Any text on one line, or the number of a choice."""
        value = " ".join(checked(typed).split())
        if self.name == "kind":
            value = choice(value)
        is_first = self.name == "name" and not report.bureau.name
        report.bureau = replace(report.bureau, **{self.name: value})
        if is_first and is_government(value):
            report.bureau = replace(report.bureau, kind="government")
        return KINDS[value] if self.name == "kind" else doubt(self.name, value)

    def hint(self, typed: str) -> str:
        """What to say of it while it is typed; one character alone may be a key."""
        value = typed.strip()
        return usual_shape(self.name, value) if len(value) > 1 else ""

    def clear(self, report: Report) -> None:
        """Leave it empty, where it may be."""
        if self.name in ("name", "kind"):
            raise ValueError("这一项不能空着")
        report.bureau = replace(report.bureau, **{self.name: ""})

    def help(self, report: Report) -> str:
        """Where it is printed."""
        return {
            "name": "写公章上的全称，标题和文件名都用它",
            "kind": "部门、乡镇的报告只写本单位；政府的报告汇总下级，并多写考核、评议、追责三项",
        }.get(self.name, "印在报告开头一段，供公众联系和查阅；没有可以空着")


def is_government(name: str) -> bool:
    """Whether a name is that of a government that has others below it."""
    return bool(re.search(r"(?<![乡镇民])政府$|(?<![乡镇])人民政府$", name))


SHAPES = {
    "telephone": (
        re.compile(
            r"[\d\s()+、,，;；/转-]*\d{7,}[\d\s()+、,，;；/转-]*|[\d-]*\d{3,4}-\d{7,8}\D?.*"
        ),
        "电话通常是区号-号码，7 到 12 位数字",
    ),
    "postcode": (re.compile(r"\d{6}"), "邮政编码是 6 位数字"),
    "email": (re.compile(r"[^@\s]+@[^@\s]+\.[A-Za-z]{2,}"), "邮箱写成 名字@网站"),
}


def doubt(name: str, value: str) -> str:
    """What to say of a particular that has not the usual shape; empty where it has."""
    shape = usual_shape(name, value)
    return f"已记下“{value}”，请核对：{shape}（打 < 回来改）" if shape else ""


def usual_shape(name: str, value: str) -> str:
    """The shape that a particular has not, or not yet; empty where it has."""
    shape, said = SHAPES.get(name, (None, ""))
    return said if value and shape and not shape.fullmatch(half(value)) else ""


def choice(typed: str) -> str:
    """The kind of organ, by number or by key."""
    kinds = list(KINDS)
    plain = half(typed)
    if plain in kinds:
        return plain
    if plain in ("1", "2"):
        return kinds[int(plain) - 1]
    raise ValueError(f"“{typed}”不在可选的里面：输入 1 或 2")


@dataclass(frozen=True)
class YearQuestion:
    """The year that is reported."""

    path = "year"
    is_long = False

    def prompt(self, report: Report) -> str:
        """Which year."""
        return "报告哪一年的情况（例如 2024）"

    def proposal(self, report: Report) -> str:
        """The present year."""
        return "" if report.year is None else str(report.year)

    def is_answered(self, report: Report) -> bool:
        """Whether there is one."""
        return report.year is not None

    def take(self, report: Report, typed: str) -> str:
        """Four digits within the years of the form."""
        plain = half(typed).strip().rstrip("年度")
        years = report.form.years
        if not re.fullmatch(r"[0-9]{4}", plain) or int(plain) not in years:
            raise ValueError(f"“{typed}”不行：写四位年份，{years.start} 年起")
        report.year = int(plain)
        return ""

    def clear(self, report: Report) -> None:
        """It cannot be empty."""
        raise ValueError("这一项不能空着：标题和文件名都要用")

    def help(self, report: Report) -> str:
        """Not the year of publication."""
        return "是数据所属的年份，不是公布的年份：2025 年 1 月公布的是 2024 年的报告"


def checked(typed: str) -> str:
    """A text without what a Word file cannot hold."""
    for character in typed:
        if is_unprintable(character):
            raise ValueError("有看不见的控制字符，请删去后重新输入")
    return typed.strip()
