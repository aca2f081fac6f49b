"""What the product knows of itself: rules, the schema of drafts, this computer."""

from __future__ import annotations

from typing import Annotated

import typer

from govdisclose.cli import completion
from govdisclose.cli.common import fail, print_json


def rules(
    code: Annotated[
        str,
        typer.Argument(
            metavar="代码",
            help="规则代码，例如 R203",
            show_default=False,
            autocompletion=completion.codes,
        ),
    ] = "",
    markdown: Annotated[bool, typer.Option("--markdown", help="输出 README 里的表格")] = False,
) -> None:
    """列出全部检查，或者说明其中一条：查什么、依据、例子。"""
    from govdisclose.rules import catalogue

    pages = {page.code: page for page in catalogue.pages()}
    code = f"R{code}" if code.isdecimal() else code
    if markdown:
        typer.echo(catalogue.table())
    elif not code:
        for page in pages.values():
            typer.echo(f"{page.code}  {page.severity.label}  {page.title}")
    elif code.upper() in pages:
        page = pages[code.upper()]
        typer.echo(f"{page.code}  {page.severity.label}\n{page.text}")
    else:
        fail(f"没有代码 {code}；全部代码见 govdisclose rules")


def schema() -> None:
    """输出草稿的 JSON Schema，供编辑器补全和检查。"""
    from govdisclose.formats.draft.schema import schema
    from govdisclose.model.notices import NEWEST

    print_json(schema(NEWEST))


def doctor() -> None:
    """查看文档要用的字体、LibreOffice、终端编码和各部分的版本。"""
    from govdisclose.cli import doctor

    topic = ""
    for line in doctor.examine():
        if line.topic != topic:
            typer.echo(f"{line.topic}")
            topic = line.topic
        typer.echo(f"  {'    ' if line.is_fine else '注意'} {line.name}  {line.text}")
