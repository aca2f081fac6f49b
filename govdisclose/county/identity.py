"""Whose a file is: what it says itself, its name, and whom its sheet was made for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import PurePath

from govdisclose.analysis.unit_names import Rank, UnitNames, likest
from govdisclose.model.report import Report
from govdisclose.model.text import plain

_SHEET = re.compile(r"(?P<unit>.*?)(?:（(?P<year>\d{4})年度）)?")
_NOISE = re.compile(
    r"\d+年?度?|政府信息公开|信息公开|政务公开|工作|年度?报告?|年报|收集表|汇总表|报送|上报|修改|修订|"
    r"定稿|终稿|最终|最新|新版|版|副本|盖章|报|表|的|[^\u4e00-\u9fff]+"
)
_UNIT = re.compile(r".{2,}(?:局|委|委员会|镇|乡|街道|人民政府|镇政府|乡政府|办事处|管委会|中心)")


def named(report: Report, roster: UnitNames) -> tuple[Report, list[str]]:
    """A report under the name that the roster has for its unit, and what is to be said of that."""
    unit, _ = made_for(report)
    stated = report.bureau.name.strip() or unit
    notes = [f"没有写单位名称，这份表发给{unit}，按它收"] * bool(
        unit and not report.bureau.name.strip()
    )
    meaning = roster.find(stated)
    if meaning.unit and meaning.rank is not Rank.NAME:
        notes.append(f"“{stated}”按名册读作{meaning.unit.name}，请核对")
        stated = meaning.unit.name
    elif roster.units and stated and not meaning.units:
        near = likest(stated, [each.name for each in roster.units])
        notes.append(f"名册上没有{stated}{f'，最接近的是{near}' if near else ''}")
    if stated == report.bureau.name:
        return report, notes
    return replace(report, bureau=replace(report.bureau, name=stated)), notes


def made_for(report: Report) -> tuple[str, int | None]:
    """The unit and the year that a collection sheet was made for."""
    sheet = report.received.sheet if report.received else ""
    match = _SHEET.fullmatch(sheet)
    if not match:
        return "", None
    return match["unit"], int(match["year"]) if match["year"] else None


def mismatches(report: Report, name: PurePath, roster: UnitNames) -> Iterator[str]:
    """Why a file may not be the unit's that it says it is, in words that end with what to do."""
    stated = report.bureau.name.strip()
    if not stated:
        return
    meaning = roster.find(stated)
    if meaning.is_open:
        units = "、".join(unit.name for unit in meaning.units)
        yield f"里面写的“{stated}”在名册上可能是{units}；在表里写上全称再收"
    unit, year = made_for(report)
    if unit and not are_same(unit, stated, roster):
        yield f"这份表是发给{unit}的，里面写的是{stated}；核对是谁的，用它自己的表报，或改正名称"
    if year and report.year and year != report.year:
        yield f"这份表是 {year} 年度的，里面写的是 {report.year} 年；改正年份再收"
    if other := of_another(stated, name, roster):
        yield f"文件名是{other}的，里面写的是{stated}；核对是谁的，改正名称或者文件名再收"


def are_same(one: str, other: str, roster: UnitNames) -> bool:
    """Whether two names mean one unit, by the roster or by themselves."""
    if plain(roster.key(one)) == plain(roster.key(other)):
        return True
    return bool(UnitNames([one]).find(other).unit or UnitNames([other]).find(one).unit)


def of_another(stated: str, name: PurePath, roster: UnitNames) -> str:
    """The other unit that a file's name, or its folder's, names; empty where it names none."""
    own = UnitNames([stated])
    texts = [name.stem, *([name.parent.name] if roster.units else [])]
    for text in texts:
        text = plain(text)
        if own.named_in(text) or plain(stated) in text:
            return ""
        units = roster.named_in(text)
        if any(are_same(unit.name, stated, roster) for unit in units):
            return ""
        if units:
            return "、".join(unit.name for unit in units)
    bare = _NOISE.sub("", plain(name.stem))
    if _UNIT.fullmatch(bare) and not are_same(bare, stated, roster):
        return bare
    return ""
