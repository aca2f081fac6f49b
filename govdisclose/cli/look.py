"""The commands that look at a draft and change nothing."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from govdisclose.cli.common import (
    FINE,
    FOUND,
    UNUSABLE,
    Drafts,
    LastYear,
    checked,
    complain,
    fail,
    is_stopped,
    place_of,
    readings,
    summary,
    year_before,
)

if TYPE_CHECKING:
    from govdisclose.finding import Finding
    from govdisclose.report import Reading


def check(
    drafts: Drafts,
    as_json: Annotated[bool, typer.Option("--json", help="输出 JSON")] = False,
    last_year: LastYear = None,
) -> None:
    """核对草稿：哪里没有填、哪里对不上，怎么改。"""
    from govdisclose.finding import said

    code, listed, last = FINE, [], year_before(last_year)
    for path, reading in readings(drafts):
        if isinstance(reading, str):
            complain(f"用不了：{reading}")
            code = UNUSABLE
            continue
        findings = checked(reading, last)
        if is_stopped(findings):
            code = max(code, FOUND)
        listed.append(as_data(path, reading, findings))
        if not as_json:
            for finding in findings:
                typer.echo(said(finding, str(path), place_of(finding, reading)))
            complain(summary(path, findings))
    if as_json:
        import json

        typer.echo(json.dumps({"files": listed}, ensure_ascii=False, indent=2))
    raise typer.Exit(code)


def as_data(path: Path, reading: Reading, findings: list[Finding]) -> dict[str, object]:
    """The findings on a file as ``--json`` gives them."""
    listed = []
    for finding in findings:
        place = place_of(finding, reading)
        listed.append(
            {
                "code": finding.code,
                "severity": finding.severity.value,
                "at": finding.at,
                "line": place.line if place else None,
                "column": place.column if place else None,
                "message": finding.message,
            }
        )
    return {"file": str(path), "findings": listed}


def show(draft: Annotated[Path, typer.Argument(help="草稿文件", show_default=False)]) -> None:
    """在终端里看三张表和各部分的文字，有问题的格子标出来。"""
    from rich.console import Console

    from govdisclose import screen

    [(path, reading), *_] = readings([draft])
    if isinstance(reading, str):
        fail(reading)
    findings = checked(reading)
    console = Console(width=80)
    for part in screen.whole(reading.report, findings):
        console.print(part)
    complain(summary(path, findings))
    raise typer.Exit(FOUND if is_stopped(findings) else FINE)


def schema() -> None:
    """输出草稿的 JSON Schema，供编辑器补全和检查。"""
    import json

    from govdisclose.notices import NEWEST
    from govdisclose.schema import schema

    typer.echo(json.dumps(schema(NEWEST), ensure_ascii=False, indent=2))
