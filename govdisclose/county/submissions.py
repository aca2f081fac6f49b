"""What units send back, made into drafts; no draft that somebody has edited is lost.

A record in the folder of the drafts holds what was written there. A draft that
still is what was written gives way to what is sent in its place.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from govdisclose.files import disk, names
from govdisclose.files.search import DRAFT, FileKinds
from govdisclose.formats import draft
from govdisclose.model.finding import Unusable
from govdisclose.model.report import Reading, Report

SUFFIXES = (".xlsx", ".xls", ".et", ".ods", ".docx", ".doc", ".wps", ".html", ".htm")
OTHERS = "不是收集表，也不是 Word 或网页的报告，没有读；PDF、图片要请单位交回收集表或 Word 文件"
RETURNED = FileKinds(SUFFIXES, OTHERS)


class Submission(NamedTuple):
    """A file that was sent, what it says, and where its draft goes."""

    path: Path
    reading: Reading
    target: Path

    @property
    def data(self) -> bytes:
        """The draft."""
        return draft.dumps(self.reading.report).encode()

    @property
    def has_name(self) -> bool:
        """Whether it says whose it is."""
        return bool(self.reading.report.bureau.name.strip())


def read(path: Path, output: Path | None) -> Submission:
    """A file that was sent; Unusable where there is no report in it."""
    if path.suffix.lower() not in (*SUFFIXES, DRAFT):
        raise Unusable(f"{path}：{OTHERS}")
    reading = disk.read(path)
    if is_empty(reading.report):
        raise Unusable(f"{path}：里面什么也没有填，没有存成草稿")
    return Submission(path, reading, target(path, reading.report, output))


def is_empty(report: Report) -> bool:
    """Whether there is neither a name nor a figure nor a sentence in a report."""
    return not (
        report.bureau.name.strip()
        or report.figures
        or any(prose.is_answered for prose in report.prose.values())
    )


def target(path: Path, report: Report, output: Path | None) -> Path:
    """Where a draft goes: the file given, else a folder under the name of its unit."""
    if output and output.suffix and not output.is_dir():
        return output
    has_name = report.bureau.name.strip()
    name = names.draft_name(report) if has_name else names.safe_name(path.stem, DRAFT)
    return (output or path.parent) / name


def by_target(sent: Iterable[Submission]) -> list[list[Submission]]:
    """What was sent for each draft, the latest first."""
    groups: dict[Path, list[Submission]] = defaultdict(list)
    for each in sent:
        groups[each.target].append(each)
    return [sorted(group, key=lambda each: -time_of(each.path)) for group in groups.values()]


def time_of(path: Path) -> int:
    """When a file was changed last, in nanoseconds."""
    try:
        return path.stat().st_mtime_ns
    except OSError:
        return 0


def latest(group: list[Submission]) -> tuple[Submission, str]:
    """Of several files for one draft the one that stands, and why it does.

    Unusable where that cannot be told.
    """
    first, *others = group
    if all(each.data == first.data for each in others):
        return first, ""
    names = "、".join(f"{each.path}（{said(time_of(each.path))}）" for each in group)
    if not first.has_name:
        raise Unusable(f"{names}：都没有写单位名称，文件名又相同；先在表里写上单位名称")
    whose = first.reading.report.bureau.name
    if time_of(first.path) == time_of(others[0].path):
        raise Unusable(
            f"{whose}有 {len(group)} 份，改动时间相同，分不出哪份是新的：{names}；只留一份"
        )
    return first, f"{whose}有 {len(group)} 份：{names}；用最后改动的 {first.path}"


def said(nanoseconds: int) -> str:
    """A time as an officer says it."""
    time = datetime.fromtimestamp(nanoseconds / 1e9)
    return f"{time.month}月{time.day}日 {time:%H:%M}"
