"""A notice for each bureau: what to correct in its report, by when, to whom.

Beside the letter lies its sheet with the wrong cells marked, to be corrected
and sent back.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from govdisclose.county.batch import Outcome, State
from govdisclose.county.located import LocatedFinding, by_severity, located, report_in
from govdisclose.files import disk, names, overwrite
from govdisclose.formats import printed_paper
from govdisclose.formats.collection import cells
from govdisclose.formats.paper import Block, Head, Paper, Rows, Text
from govdisclose.model.finding import Severity, Unusable
from govdisclose.model.report import Report

HEADS = ("序号", "位置", "问题", "怎么改")
WIDTHS = (5, 16, 34, 24)


class Return(NamedTuple):
    """By when and to whom a corrected report goes, as they are written; empty where open."""

    deadline: str = ""
    contact: str = ""

    @property
    def sentence(self) -> str:
        """What is asked."""
        when = f"请于 {self.deadline} 前" if self.deadline else "请尽快"
        whom = f"发给{self.contact}" if self.contact else "发回"
        return f"{when}改好{whom}。"


class Notice(NamedTuple):
    """The files for a bureau, by name."""

    bureau: str
    files: Mapping[str, bytes]


def write(outcomes: Iterable[Outcome], folder: Path, back: Return) -> tuple[list[Path], list[str]]:
    """Write the notices into a folder: what was written, and why something was not."""
    disk.make(folder)
    record = dict(overwrite.import_record(folder))
    written: list[Path] = []
    reasons: list[str] = []
    for notice in notices(outcomes, back):
        for name, data in notice.files.items():
            path = folder / name
            found = overwrite.standing(path, data, record.get(name, ""))
            if not found.may_give_way:
                reasons.append(f"{path}：写出以后有人改动过，没有覆盖；要重写，先把它移走")
                continue
            try:
                disk.save(path, data)
            except Unusable as error:
                reasons.append(str(error))
                continue
            record[name] = overwrite.digest(data)
            written.append(path)
    overwrite.save_import_record(folder, record)
    return written, reasons


def notices(outcomes: Iterable[Outcome], back: Return) -> Iterator[Notice]:
    """What is to be said to each bureau that has something to correct, or to send."""
    for each in outcomes:
        if each.state in (State.MISSING, State.UNREAD):
            stem = names.safe_name(f"{each.bureau}报送提醒", "")
            yield Notice(
                each.bureau, {f"{stem}.docx": printed_paper(reminder(each, back), ".docx")}
            )
            continue
        report = report_in(each.path) if each.path.name and each.bureau else None
        if report is None:
            continue
        found = [*located(each.findings, report)]
        wrong = [each for each in found if each.finding.severity is not Severity.HINT]
        if wrong:
            yield Notice(each.bureau, files_of(report, wrong, back))


def files_of(report: Report, found: list[LocatedFinding], back: Return) -> dict[str, bytes]:
    """The letter to a bureau, and its sheet."""
    stem = names.unit_name(report)
    year = report.year or ""
    marks = {each.finding.at: f"{each.what}\n{each.remedy}".strip() for each in reversed(found)}
    return {
        f"{stem}{year}年核对意见.docx": printed_paper(letter(report, found, back), ".docx"),
        f"{stem}{year}年收集表（请改正）.xlsx": cells.marked(report, marks),
    }


def letter(report: Report, found: list[LocatedFinding], back: Return) -> Paper:
    """What a bureau has to correct, then what it has to look at."""
    wrong, open_ones = (by_severity(found, s) for s in (Severity.ERROR, Severity.WARNING))
    source = report.received.file if report.received else ""
    sent = f"（{Path(source).name}）" if source else ""
    year = f"{report.year}年" if report.year else ""
    blocks: list[Block] = [
        Text(f"{report.bureau.name}："),
        Text(
            f"你单位交来的{year}政府信息公开工作年度报告{sent}已经核对，"
            f"{len(wrong)} 处要改正，{len(open_ones)} 处要核实。{back.sentence}"
        ),
    ]
    blocks += section("要改正的", wrong)
    blocks += section("要核实的（没有错的，写明理由告诉我们）", open_ones)
    blocks.append(
        Text("随附的收集表里，这些格子标成了红色，指着它就能看到说明。在表里改好，整个文件发回。")
    )
    return Paper(f"{year}政府信息公开工作年度报告核对意见", tuple(blocks))


def section(label: str, found: list[LocatedFinding]) -> list[Block]:
    """A heading and a table, nothing where there is nothing."""
    if not found:
        return []
    rows = tuple(
        (number, each.where, each.what, each.remedy) for number, each in enumerate(found, start=1)
    )
    return [Head(f"{label}：{len(found)} 处"), Rows(label, HEADS, rows, WIDTHS)]


def reminder(each: Outcome, back: Return) -> Paper:
    """To a bureau of which there is no report, or none that can be read."""
    blocks = [Text(f"{each.bureau}：")]
    if each.state is State.UNREAD:
        blocks.append(Text("你单位交来的文件读不出来，请换一种格式再交一次："))
        blocks += [Text(reason) for reason in each.reason.split("；")]
        blocks.append(Text(f"请把数字填在收集表里，或者交 Word 文件。{back.sentence}"))
    else:
        asked = back.sentence.replace("改好", "填好")
        blocks.append(Text(f"还没有收到你单位的政府信息公开工作年度报告。{asked}"))
    return Paper("政府信息公开工作年度报告报送提醒", tuple(blocks))
