"""What lies in a folder, and what would be next: the home screen.

State first: the drafts with what they lack, the reports of the year before.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import NamedTuple

from govdisclose import rules
from govdisclose.files import disk, search
from govdisclose.files.names import document_name
from govdisclose.interview.session import missing
from govdisclose.model.finding import Finding, Severity, Unusable
from govdisclose.model.report import Report

MOST = 30
"""More drafts than that in one folder are a county's: they have commands of their own."""
REPORT_NAME = re.compile(r"(?P<year>20[2-9]\d)\s*年?.{0,8}(?:政府信息公开.*报告|年度报告|年报)")
PUBLISHED = (".docx", ".doc", ".wps", ".html", ".htm", ".mht", ".pdf", ".xlsx", ".xls")


class DraftHere(NamedTuple):
    """A draft that lies here, with what it lacks; newer ones first."""

    path: Path
    report: Report
    open: int
    findings: list[Finding]

    @property
    def state(self) -> str:
        """What is still to be done, in a few words."""
        errors = sum(
            finding.severity is Severity.ERROR and not finding.code.startswith("R10")
            for finding in self.findings
        )
        warnings = sum(finding.severity is Severity.WARNING for finding in self.findings)
        said = [f"还有 {self.open} 题"] * bool(self.open)
        said += [f"错误 {errors} 条"] * bool(errors)
        said += [f"待核 {warnings} 条"] * bool(warnings)
        return "，".join(said) or "填好了，没有发现问题"


class Choice(NamedTuple):
    """Something that can be done next; ``path`` is what it is done with."""

    action: str
    label: str
    path: Path
    document: Path | None = None

    @property
    def is_beginning(self) -> bool:
        """Whether it leads into the interview."""
        return self.action in ("fill", "next")


def drafts(folder: Path) -> list[DraftHere]:
    """The drafts that lie in a folder and can be read, the ones changed last first."""
    found = []
    for path in sorted(search.here(folder), key=changed_at, reverse=True)[:MOST]:
        try:
            reading = disk.read(path)
        except Unusable:
            continue
        findings = rules.check(reading.report, known=reading.findings)
        found.append(DraftHere(path, reading.report, len(missing(reading.report)), findings))
    return found


def changed_at(path: Path) -> float:
    """When a file was changed, 0 where that is not known."""
    try:
        return path.stat().st_mtime
    except OSError:
        return 0.0


def published(folder: Path) -> dict[Path, int]:
    """The files whose name is that of a published report, with its year."""
    try:
        names = [entry.name for entry in os.scandir(folder) if entry.is_file()]
    except OSError:
        return {}
    found = {
        folder / name: int(match["year"])
        for name in sorted(names)
        if name.lower().endswith(PUBLISHED) and not name.startswith((".", "~$"))
        if (match := REPORT_NAME.search(name))
    }
    return dict(sorted(found.items(), key=lambda item: -item[1]))


def due(today: date) -> int:
    """The year that is reported next: last year's, from December on this one's."""
    return today.year if today.month == 12 else today.year - 1


def choices(
    folder: Path, here: list[DraftHere] | None = None, today: date | None = None
) -> list[Choice]:
    """What would be next in a folder, the likeliest first."""
    here = drafts(folder) if here is None else here
    newest = max((draft.report.year or 0 for draft in here), default=0)
    begun = [draft for draft in here if (draft.report.year or 0) >= newest]
    year = due(today or date.today())
    new = list(new_years(folder, here, year))
    is_new_first = bool(new) and newest < year
    found = new if is_new_first else []
    for draft in begun[:3]:
        found.append(Choice("fill", f"接着填 {draft.path}：{draft.state}", draft.path))
    return found + ([] if is_new_first else new)


def new_years(folder: Path, here: list[DraftHere], year: int) -> Iterator[Choice]:
    """The years that can be begun from a report of the year before, up to the one due."""
    known = {(draft.report.bureau.name, draft.report.year) for draft in here}
    for draft in here:
        before = draft.report
        if (
            before.year
            and before.year < year
            and (before.bureau.name, before.year + 1) not in known
        ):
            yield new_year(draft.path, before.year)
    printed = {document_name(draft.report, "") for draft in here}
    for path, of in published(folder).items():
        begun = any(draft.report.year == of + 1 for draft in here)
        if of < year and path.stem not in printed and not begun:
            yield new_year(path, of)


def new_year(path: Path, of: int) -> Choice:
    """Begin a year from the report of the one before."""
    return Choice("next", f"从 {path.name} 开始 {of + 1} 年的（文字一起带来，原文件不动）", path)


def actions(here: list[DraftHere], folder: Path) -> Iterator[Choice]:
    """What can be done with the draft that was changed last."""
    if not here:
        return
    draft = here[0]
    if draft.findings:
        yield Choice("check", f"看看 {draft.path.name} 哪里不对", draft.path)
    yield Choice("set", f"改 {draft.path.name} 里的一个数", draft.path)
    is_clean = not any(finding.severity is Severity.ERROR for finding in draft.findings)
    if is_clean:
        yield Choice("render", f"生成 {draft.path.name} 的 Word 文档", draft.path)
    document = draft.path.with_name(document_name(draft.report, ".docx"))
    if is_edited(document):
        yield Choice("merge", f"把 {document.name} 里改过的收进草稿", draft.path, document)


def is_edited(document: Path) -> bool:
    """Whether a printed document has been changed since it was printed."""
    from govdisclose.formats.seal import seal_of

    try:
        seal = seal_of(disk.content(document)) if document.is_file() else None
    except Unusable:
        return False
    return bool(seal and not seal.is_intact)
