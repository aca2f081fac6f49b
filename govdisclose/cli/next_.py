"""Begin this year's draft from last year's report: the command ``next``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from govdisclose.cli.common import FINE, complain, fail, say, told


def next_year(
    last_year: Annotated[
        Path,
        typer.Argument(
            metavar="上年报告",
            help="上年的草稿，或者公布的 Word、网页、PDF、Excel",
            show_default=False,
        ),
    ],
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help="草稿存在哪里", show_default=False)
    ] = None,
    with_text: Annotated[
        bool, typer.Option("--text", help="上年的文字也带来：年份后移，数字改填今年的")
    ] = False,
) -> None:
    """从上年报告开始今年的草稿：单位情况、标题、结转带来，上年的数字一个不留。"""
    from govdisclose.model.finding import Unusable

    try:
        path, lines = begin_draft(last_year, output, with_text)
    except Unusable as error:
        fail(error)
    for line in lines:
        say(line)
    from govdisclose.files.names import in_shell

    say(f"接着填：govdisclose fill {in_shell(path)}")
    raise typer.Exit(FINE)


def begin_draft(last_year: Path, output: Path | None, with_text: bool) -> tuple[Path, list[str]]:
    """Write the draft; gives where it is and what to say of it. Unusable if it may not be."""
    from govdisclose.files import disk, names
    from govdisclose.formats import draft
    from govdisclose.interview import next_year
    from govdisclose.model.finding import Unusable

    reading = disk.read(last_year)
    for finding in reading.findings:
        complain(told(finding, last_year, reading))
    begun = next_year.begin(reading.report, text=with_text)
    path = output or Path(names.draft_name(begun.report))
    if disk.is_there(path):
        raise Unusable(f"{path}：已经有这个文件，没有覆盖；接着填用 fill，另存用 -o")
    disk.save(path, draft.dumps(begun.report).encode())
    said = [f"  {line}" for line in next_year.summary(begun)]
    return path, [f"{path}：{begun.report.year} 年的草稿，上年的文件没有动", *said]
