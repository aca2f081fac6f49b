"""A report in the terminal: the command ``show``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from govdisclose.cli.common import (
    FINE,
    FOUND,
    checked,
    complain,
    fail,
    is_stopped,
    readings,
    summary,
)


def show(
    draft: Annotated[Path, typer.Argument(metavar="草稿", help="草稿文件", show_default=False)],
    in_lines: Annotated[
        bool, typer.Option("--lines", help="一行一项，适合读屏软件；窗口窄于 80 列时自动这样")
    ] = False,
) -> None:
    """在终端里看三张表和各部分的文字，有问题的格子标出来。"""
    from shutil import get_terminal_size

    from rich.console import Console

    from govdisclose.formats import console as screen

    [(path, reading), *_] = readings([draft])
    if isinstance(reading, str):
        fail(reading)
    findings = checked(reading)
    window = Console()
    in_lines = in_lines or (window.is_terminal and get_terminal_size().columns < screen.WIDTH)
    console = window if in_lines else Console(width=screen.WIDTH)
    for part in screen.whole(reading.report, findings, in_lines=in_lines):
        console.print(part, soft_wrap=in_lines)
    complain(summary(path, findings))
    raise typer.Exit(FOUND if is_stopped(findings) else FINE)
