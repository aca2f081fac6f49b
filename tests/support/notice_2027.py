"""A made-up notice of 2027, as a later one would be added: what it changes, and no more.

One applicant more, one outcome less, table of fees dropped, some headings reworded.
"""

from dataclasses import replace

from govdisclose.model.form import Form, Item, Section, Table
from govdisclose.model.notices import gb2021_30

VILLAGES = Item("villages", "农村集体经济组织", short="村集体")
REWORDED = {
    "licence": "行政许可决定（含变更、延续）",
    "carried_out": "转入下一年度继续办理",
    "partly_granted": "区分处理后部分公开",
    "pending": "尚未审结",
}
DROPPED = "publication"


def changed(item: Item) -> Item:
    """A heading, and those below it, as the notice prints them."""
    below = tuple(changed(each) for each in item.items if each.key != DROPPED)
    if item.key == "legal_person":
        below = (*below[:-1], VILLAGES, below[-1])
    label = REWORDED.get(item.key, item.label)
    short = item.short if label == item.label else ""
    return replace(item, label=label, short=short, items=below)


def table(old: Table) -> Table:
    """A table as the notice prints it."""
    rows, columns = (tuple(map(changed, items)) for items in (old.rows, old.columns))
    return replace(old, rows=rows, columns=columns)


def section(old: Section) -> Section:
    """A section as the notice prints it."""
    tables = tuple(table(each) for each in old.tables if each.key != "fees")
    widths = old.widths
    if old.key == "applications":
        widths = (560, 980, 2838 - 638, *[638] * 8)
    label = old.label.replace("存在的主要问题及改进情况", "存在的问题和改进措施")
    return replace(old, label=label, tables=tables, widths=widths)


FORM = Form(
    key="2027-1",
    notice="国办公开办函〔2027〕1号",
    basis="《中华人民共和国政府信息公开条例》和国办公开办函〔2027〕1号",
    title="政府信息公开工作年度报告",
    years=range(2027, 2100),
    sections=tuple(map(section, gb2021_30.FORM.sections)),
)
