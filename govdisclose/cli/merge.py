"""Take what was changed in a printed document into its draft: ``import … --into``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from govdisclose.cli.common import FINE, FOUND, complain, fail, opened, print_json

if TYPE_CHECKING:
    from govdisclose.formats.merge import Difference
    from govdisclose.model.report import Report

ASK = "收进草稿？y 收，n 不收，a 余下的都收，q 余下的都不收"
PARTICULARS = {"year": "年份", "bureau.name": "单位名称"}


class Merge(NamedTuple):
    """A document beside its draft; ``is_conflict`` where the draft has changed too."""

    source: Path
    draft: Path
    report: Report
    differences: list[Difference]
    is_conflict: bool


def merge_into(source: Path, draft: Path, *, all_of_it: bool, as_json: bool) -> int:
    """Show what a document says otherwise and take in what is agreed; gives the exit code."""
    from govdisclose.files import disk, overwrite
    from govdisclose.formats import draft as drafts
    from govdisclose.formats import merge
    from govdisclose.model.finding import Unusable

    try:
        work = compared(source, draft)
        if as_json:
            print_json(as_data(work))
            return FOUND if work.differences else FINE
        if not work.differences:
            complain(f"{draft}：{source.name} 里没有改动，没有动")
            return FINE
        accepted = work.differences if all_of_it else agreed(work)
        if accepted:
            report = merge.merged(work.report, accepted)
            kept = overwrite.put_aside(draft)
            disk.save(draft, drafts.dumps(report).encode())
            complain(f"{draft}：收进 {len(accepted)} 处，原来的存为 {kept}；再用 check 核对一次")
    except Unusable as error:
        fail(error)
    left = len(work.differences) - len(accepted)
    if left:
        complain(f"{source}：还有 {left} 处没有收进草稿，重新生成文档时会没有")
    return FOUND if left else FINE


def compared(source: Path, draft: Path) -> Merge:
    """A document and its draft; Unusable where they are of different reports."""
    from govdisclose.files import disk
    from govdisclose.formats import merge
    from govdisclose.formats.seal import seal_of
    from govdisclose.model.finding import Unusable

    own = opened(draft)
    data = disk.content(source)
    document = disk.read(source).report
    base = read_back(own.report, data)
    if {document.year, document.bureau.name}.isdisjoint({base.year, base.bureau.name}):
        raise Unusable(
            f"{source}：是{document.bureau.name}{document.year or ''}的报告，"
            f"不是 {draft} 的；核对是不是选错了文件"
        )
    seal = seal_of(data)
    found = merge.differences(own.report, base, document)
    is_conflict = not seal or seal.draft != own.digest
    return Merge(source, draft, own.report, found, is_conflict)


def read_back(draft: Report, data: bytes) -> Report:
    """What a reader makes of a draft's own document in the format of some bytes.

    A workbook is compared with the draft's collection sheet, a web page with its
    page, whatever else with its Word document.
    """
    from govdisclose.formats import collection, html, printed, word

    if data.startswith(b"PK") and b"xl/workbook.xml" in data:
        return collection.loads(collection.dumps(draft)).report
    if b"<html" in data[:1000].lower():
        return html.loads(printed(draft, ".html")).report
    return word.loads(printed(draft, ".docx")).report


def agreed(work: Merge) -> list[Difference]:
    """The differences that the officer wants in the draft, asked one by one."""
    from govdisclose.interview.terminal import connect
    from govdisclose.model.text import half

    terminal = connect()
    count = len(work.differences)
    terminal.say(f"{work.source.name} 和 {work.draft.name} 有 {count} 处不同：")
    if work.is_conflict:
        terminal.say(
            "这份文档不是从草稿现在的样子生成的：两边都可能改过，一处一处选，不选的留草稿的。"
        )
    usual = "n" if work.is_conflict else "y"
    accepted: list[Difference] = []
    for number, one in enumerate(work.differences, start=1):
        terminal.say(f"\n{number}/{count}  {shown(one, work.report)}")
        try:
            typed = half(
                terminal.line("收进草稿？y 收，n 不收，a 余下的都收，q 余下的都不收", usual)
            )
        except EOFError:
            break
        chosen = typed.strip().lower()[:1]
        if chosen == "a":
            return accepted + work.differences[number - 1 :]
        if chosen == "q":
            break
        accepted += [one] if chosen == "y" else []
    return accepted


def shown(one: Difference, report: Report) -> str:
    """A difference from both sides, each on lines of its own."""
    before = one.draft.strip("\n") or "（没有）"
    after = one.document.strip("\n") or "（没有）"
    return f"{place(one, report)}\n  草稿：{before}\n  文档：{after}"


def place(one: Difference, report: Report) -> str:
    """Where a difference is, as the officer reads the page."""
    from govdisclose.formats.merge import Change
    from govdisclose.model.report import LABELS
    from govdisclose.rules.case import figure_name, text_name

    if one.change is Change.FIGURE:
        return figure_name(report.form, report.form.by_name[one.at])
    if one.change is Change.PARTICULAR:
        key = one.at.removeprefix("bureau.")
        return PARTICULARS.get(one.at) or LABELS.get(key, key)
    if one.change is Change.PART_ADDED:
        return f"{report.form.prose[one.at.partition('.')[0]].label}：文档多出一部分"
    if one.change is Change.PART_GONE:
        return f"{text_name(report, one.at)}：文档里没有这一部分"
    return text_name(report, one.at)


def as_data(work: Merge) -> dict[str, object]:
    """What is different, for programs."""
    return {
        "source": str(work.source),
        "draft": str(work.draft),
        "conflict": work.is_conflict,
        "differences": [
            {
                "change": one.change.value,
                "at": one.at,
                "draft": one.draft,
                "document": one.document,
            }
            for one in work.differences
        ],
    }
