"""Change one figure of a draft: the command ``set``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from govdisclose.cli.common import (
    FINE,
    FOUND,
    LastYear,
    checked,
    complain,
    fail,
    is_stopped,
    opened,
    say,
    told,
    year_before,
)

if TYPE_CHECKING:
    from govdisclose.model.finding import Finding


def set_(
    draft: Annotated[Path, typer.Argument(metavar="草稿", help="草稿文件", show_default=False)],
    place: Annotated[
        str,
        typer.Argument(
            metavar="位置",
            help="草稿里的地址，或者表上的名称：行政许可、本年新收.自然人、联系电话",
            show_default=False,
        ),
    ],
    values: Annotated[
        list[str],
        typer.Argument(
            metavar="新值", help="一个数；位置是一整行时写几个数；? 是还没有填", show_default=False
        ),
    ],
    last_year: LastYear = None,
) -> None:
    """改一个数：合计跟着变，改了什么、哪里因此对不上，都告诉您。"""
    from govdisclose.interview import autosave, changes
    from govdisclose.model.finding import Unusable

    try:
        reading = opened(draft)
        last, report = year_before(last_year), reading.report
        before = checked(reading, last)
        changed = changes.change(report, place, " ".join(values))
        keeper = autosave.AutoSave(draft, draft, complain)
        if changed:
            keeper.save(report)
    except (Unusable, ValueError) as error:
        fail(error)
    for line in changed or ["没有改动：原来就是这样"]:
        say(line)
    new = fresh(before, checked(reading, last))
    if new:
        complain("改了以后对不上的：")
    for finding in new:
        say(told(finding, keeper.path or draft, reading))
    for stale in changes.stale_totals(report):
        complain(changes.told(report.form, stale))
    raise typer.Exit(FOUND if is_stopped(new) else FINE)


def fresh(before: list[Finding], after: list[Finding]) -> list[Finding]:
    """The findings that were not there before, hints left out."""
    known = {(each.code, each.at, each.message) for each in before}
    return [
        each
        for each in after
        if each.severity.value != "hint" and (each.code, each.at, each.message) not in known
    ]
