"""The draft of an interview on disk, whole after every answer."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from govdisclose.files.disk import content, is_there, reason, save
from govdisclose.files.names import draft_name
from govdisclose.files.overwrite import Standing, standing, unused_path
from govdisclose.interview import swap
from govdisclose.model.finding import Unusable
from govdisclose.model.report import Report


class AutoSave:
    """The draft of an interview on disk: each save leaves it complete.

    A file that is not ours, or that somebody else has changed meanwhile, is
    left alone: the draft goes on under a name beside it, and that is told. So
    is the draft of another year: ``year`` is the one that was opened.
    """

    def __init__(
        self,
        path: Path | None,
        source: Path | None,
        tell: Callable[[str], None],
        year: int | None = None,
    ) -> None:
        self.pinned = path
        self.path = source if path == source else None
        self.seen = content(source) if source and path == source else b""
        self.name = ""
        self.tell = tell
        self.year = year if self.path else None
        if path and path != source and is_there(path):
            raise Unusable(f"{path}：已经有这个文件；要接着填它：govdisclose fill {path}")

    def save(self, report: Report) -> None:
        """Write the draft; Unusable where the disk refuses."""
        from govdisclose import rules
        from govdisclose.formats import draft

        report.acknowledged = rules.renewed(report)
        data = draft.dumps(report).encode()
        name = draft_name(report)
        target, old = self.pinned or Path(name), self.path
        if old and not self.pinned and name == self.name:
            target = old
        if old and not self.is_ours():
            target = unused_path(target) if target.exists() else target
            self.tell(f"  {old} 被别的程序改动过，没有覆盖；本次的草稿改存为 {target}")
            old = None
        elif old and self.year and report.year != self.year:
            target, self.year = old.with_name(name), None
            target = unused_path(target) if target.exists() else target
            self.tell(f"  年份改了：{old} 没有动，{report.year} 年的另存为 {target}")
            old = None
        elif target != old and target.exists():
            target = unused_path(target)
            self.tell(f"  已经有同名的草稿，没有覆盖；本次的草稿存为 {target}")
        save(target, data)
        self.path, self.seen, self.name = target, data, name
        if old and old != target:
            self.leave_behind(old)
        if self.pinned:
            self.pinned = target

    def leave_behind(self, old: Path) -> None:
        """Take the draft away that goes on under another name."""
        swap.clear(old)
        try:
            old.unlink(missing_ok=True)
        except OSError as error:
            self.tell(f"  草稿现在是 {self.path}；原来的 {old} 删不掉（{reason(error)}），请自己删")

    def is_ours(self) -> bool:
        """Whether the draft on disk is what was last read or written here."""
        return self.path is None or standing(self.path, self.seen) in (Standing.FREE, Standing.SAME)
