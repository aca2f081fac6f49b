"""The commands; the only modules that print results and exit."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from typing import Annotated

import typer

from govdisclose.cli import (
    batch,
    check,
    compare,
    fill,
    import_,
    info,
    next_,
    render,
    rollup,
    set_,
    sheet,
    show,
    surroundings,
)
from govdisclose.cli.common import FINE, UNUSABLE
from govdisclose.cli.help import Command, Group
from govdisclose.model.version import __version__

SHORT_WAY = """\
政府信息公开工作年度报告：问答填报、逐项核对、生成 Word 文档。

  govdisclose fill                    从头填一份，每答一题就存盘
  govdisclose fill 草稿.toml          接着填，或者核对修改
  govdisclose check 草稿.toml         看哪里对不上
  govdisclose render 草稿.toml        生成 Word 文档

  govdisclose next 上年报告 --text    从上年报告开始今年的

其他命令见 govdisclose help，每个命令的用法见 govdisclose 命令 --help。"""

app = typer.Typer(
    name="govdisclose",
    cls=Group,
    help="政府信息公开工作年度报告（国办公开办函〔2021〕30号）：填报、核对、生成文档。",
    no_args_is_help=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

COMMANDS: dict[str, Callable[..., None]] = {
    "fill": fill.fill,
    "next": next_.next_year,
    "check": check.check,
    "render": render.render,
    "show": show.show,
    "set": set_.set_,
    "batch": batch.batch,
    "rollup": rollup.rollup,
    "compare": compare.compare,
    "sheet": sheet.sheet,
    "import": import_.take_in,
    "rules": info.rules,
    "template": render.template,
    "schema": info.schema,
    "doctor": info.doctor,
}


def register(words: list[str]) -> None:
    """Register the commands, in full only the one a command line names.

    Of the others their names and first lines are enough, and working out the
    parameters of all would cost every start as much again as Typer itself.
    """
    is_completing = any(name.endswith("_COMPLETE") for name in os.environ)
    for name, command in COMMANDS.items():
        is_named = is_completing or words[:1] == [name]
        app.command(name, cls=Command)(command if is_named else listed(command))


def listed(command: Callable[..., None]) -> Callable[[], None]:
    """A command without parameters that has the help of another."""

    def nothing() -> None:
        """Do nothing."""

    nothing.__doc__ = command.__doc__
    return nothing


def main() -> None:
    """Run the command line; a console that is not UTF-8 shows what it can.

    Input is taken as UTF-8 on every system, and what is not is told apart line by line.
    """
    surroundings.prepare()
    sys.argv[1:] = spelled_out(sys.argv[1:])
    register(sys.argv[1:])
    try:
        app()
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(FINE)
    except OSError as error:
        from govdisclose.files.disk import reason

        sys.stdout = None
        sys.stderr.write(f"用不了：结果写不出去，{reason(error)}\n")
        sys.exit(UNUSABLE)


def spelled_out(words: list[str]) -> list[str]:
    """A command line with ``help`` and ``help COMMAND`` as the option they mean."""
    if words[:1] == ["help"]:
        return [*(word for word in words[1:2] if word in COMMANDS), "--help"]
    return words


def show_version(wanted: bool) -> None:
    """Print the version and end, before anything else is looked at."""
    if wanted:
        typer.echo(f"govdisclose {__version__}")
        raise typer.Exit


@app.callback(invoke_without_command=True)
def start(
    context: typer.Context,
    version: Annotated[
        bool, typer.Option("--version", help="版本", is_eager=True, callback=show_version)
    ] = False,
) -> None:
    """Show what is here where no command is given, or the short way through."""
    if context.invoked_subcommand is not None:
        return
    from govdisclose.cli import home

    if home.is_for_a_person():
        home.home()
    else:
        typer.echo(SHORT_WAY)
