"""R4: whether the text says the same as the tables."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from govdisclose.model.figures import Figure, shown
from govdisclose.model.form import Address, Item, Table, leaves
from govdisclose.model.report import Report
from govdisclose.rules.case import Case, Fault, text_name
from govdisclose.rules.language.claims import Claim


class Worth(NamedTuple):
    """What a reading comes to: its name, its value, the figures it is of."""

    name: str
    value: Figure
    cells: tuple[Address, ...]


def item(items: tuple[Item, ...], key: str) -> Item | None:
    """The heading with a key, somewhere below some headings."""
    for each in items:
        if each.key == key:
            return each
        if found := item(each.items, key):
            return found
    return None


def place(table: Table, name: str) -> tuple[str, tuple[Address, ...]]:
    """The name and the figures of ``row`` or ``row.column``, either may be a group."""
    row_key, _, column_key = name.partition(".")
    row, column = item(table.rows, row_key), item(table.columns, column_key or "total")
    if row is None or column is None:
        raise KeyError(name)
    cells = tuple(Address(table.key, r.key, c.key) for r in row.leaves for c in column.leaves)
    alone = len(leaves(table.columns)) == 1
    return row.brief if column.total or alone else f"{row.brief}（{column.brief}）", cells


def worth(
    report: Report,
    table: Table,
    reading: str,
    figures: Mapping[Address, Figure] | None = None,
) -> Worth | None:
    """What a reading comes to, None while one of its figures is not answered."""
    figures = report.figures if figures is None else figures
    total: Figure = 0
    names = ""
    cells: tuple[Address, ...] = ()
    for sign, name in re.findall(r"([+-]?)([a-z_.]+)", reading):
        label, places = place(table, name)
        if any(cell not in figures for cell in places):
            return None
        value = sum((figures[cell] for cell in places), start=0)
        total += -value if sign == "-" else value
        names += f" {'−' if sign == '-' else '+'} {label}" if sign else label
        cells = (*cells, *places)
    return Worth(names, total, cells)


def disagreeing(case: Case, kind: str) -> Iterator[Fault]:
    """A fault for each claim of a kind that no reading of the tables bears out."""
    seen: set[tuple[Figure, tuple[str, ...]]] = set()
    for claim in case.claims:
        key = (claim.mention.value, claim.sense.readings)
        if claim.sense.kind == kind and key not in seen:
            seen.add(key)
            if fault := contradiction(case, claim):
                yield fault


def contradiction(case: Case, claim: Claim) -> Fault | None:
    """What is wrong with a claim, None where a reading bears it out or is unknown."""
    report, table = case.report, case.report.form.tables[claim.sense.table]
    found = [worth(report, table, reading) for reading in claim.sense.readings]
    known = [each for each in found if each is not None]
    if len(known) < len(found) or any(each.value == claim.mention.value for each in known):
        return None
    said = {each.value: f"{each.name}是 {shown(each.value)}" for each in reversed(known[:2])}
    cells = known[0].cells
    fill = f"；文字里写 {{{cells[0]}}}，打印时自动填表中的数" if len(cells) == 1 else ""
    return Fault(
        claim.sentence.at,
        f"{text_name(report, claim.sentence.at)}：写“{quoted(claim)}”，"
        f"表中{'，'.join(reversed(said.values()))}\n核对后改文字或者改表格{fill}",
        tuple(dict.fromkeys(cell for each in known[:2] for cell in each.cells)),
    )


def quoted(claim: Claim) -> str:
    """The clause of a claim, or as much of it as leads to the number."""
    mention = claim.mention
    end = mention.offset + len(shown(mention.value)) + len(mention.unit)
    start = max(0, end - 30)
    return ("…" if start else "") + mention.clause[start : max(end, start + 30)]


def received_said(case: Case) -> Iterator[Fault]:
    """文字中新收申请的件数与表一致。

    “收到”“受理”可以是本年新收，也可以连上年结转一起算，与其中一个相同就不提示。
    网络、信函等渠道的分项，比较、同比的数，上年和其他时段、其他单位的数都不核对。

    依据：实务。
    不通过：全年共收到政府信息公开申请15件。
    不通过：本年度新收依申请公开十六件。
    通过：全年共收到政府信息公开申请12件。
    通过：连同上年结转，共受理政府信息公开申请14件。
    """
    yield from disagreeing(case, "received")


def carried_in_said(case: Case) -> Iterator[Fault]:
    """文字中上年结转的件数与表一致。

    依据：实务。
    不通过：上年结转政府信息公开申请3件。
    通过：上年结转政府信息公开申请2件。
    """
    yield from disagreeing(case, "carried_in")


def handled_said(case: Case) -> Iterator[Fault]:
    """文字中办结、答复的件数与表一致。

    “办结”可以只算当年新收的，“答复”可以不算撤回等其他处理的，与其中一个相同就不提示。

    依据：实务。
    不通过：共办结政府信息公开申请9件。
    通过：共办结政府信息公开申请13件。
    """
    yield from disagreeing(case, "handled")


def carried_out_said(case: Case) -> Iterator[Fault]:
    """文字中结转下年度的件数与表一致。

    依据：实务。
    不通过：政府信息公开申请结转下年度办理4件。
    通过：政府信息公开申请结转下年度办理1件。
    """
    yield from disagreeing(case, "carried_out")


def outcomes_said(case: Case) -> Iterator[Fault]:
    """文字中各种办理结果的件数与表一致。

    看予以公开、部分公开、不予公开、无法提供、不予处理、其他处理六种，各按表中的一行或一组之和。

    依据：实务。
    不通过：政府信息公开申请予以公开9件。
    通过：政府信息公开申请予以公开6件，部分公开2件。
    """
    yield from disagreeing(case, "outcome")


def applicants_said(case: Case) -> Iterator[Fault]:
    """文字中自然人、法人申请的件数与表一致。

    依据：实务。
    不通过：收到政府信息公开申请12件，其中自然人申请9件。
    通过：收到政府信息公开申请12件，其中自然人申请10件，法人申请2件。
    """
    yield from disagreeing(case, "applicant")


def disputes_said(case: Case) -> Iterator[Fault]:
    """文字中行政复议、行政诉讼的件数与表一致。

    诉讼的件数可以是两类之和，也可以是其中一类。

    依据：实务。
    不通过：因政府信息公开引起行政复议5件。
    通过：因政府信息公开引起行政复议3件，行政诉讼1件。
    """
    yield from disagreeing(case, "dispute")


def documents_said(case: Case) -> Iterator[Fault]:
    """文字中规章、规范性文件和许可、处罚、强制的件数与表一致。

    只看制发、废止、现行有效的文件，和作出的决定；公开、公示、发布了多少条信息不核对。

    依据：实务。
    不通过：全年制发行政规范性文件5件。
    通过：全年制发行政规范性文件3件，作出行政处罚决定40件。
    """
    yield from disagreeing(case, "document")
