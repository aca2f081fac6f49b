"""The commands in Chinese: their help, and what is wrong with a command line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

import typer
from typer._click import core, exceptions
from typer._click.types import IntRange
from typer._types import TyperChoice
from typer.core import TyperArgument, TyperCommand, TyperGroup, TyperOption

from govdisclose.cli.common import UNUSABLE, complain
from govdisclose.model.text import wide

if TYPE_CHECKING:
    from typer._click.formatting import HelpFormatter

KINDS = {"path": "路径", "int": "整数", "integer": "整数", "str": "文字", "text": "文字"}
"""What is written for a parameter, by the name of its type."""

HELPS = {
    "help": "显示这份说明",
    "install_completion": "让现在用的终端按 Tab 键补全命令、选项和代码",
    "show_completion": "输出补全用的脚本，供自己安装",
}
"""What the options do that Typer adds by itself."""


class Chinese(core.Command):
    """A command whose help is Chinese and that refuses wrong usage in Chinese."""

    def get_params(self, ctx: core.Context) -> list[core.Parameter]:
        """The parameters, those that Typer adds with Chinese help."""
        params = super().get_params(ctx)
        for option in params:
            if isinstance(option, TyperOption):
                option.help = HELPS.get(option.name or "", option.help)
        return params

    def parse_args(self, ctx: core.Context, args: list[str]) -> list[str]:
        """Take the words of a command line; ends where one is wrong."""
        try:
            return super().parse_args(ctx, args)
        except exceptions.UsageError as error:
            raise refused(sentence(error, self.get_params(ctx)), ctx) from None

    def format_help(self, ctx: core.Context, formatter: HelpFormatter) -> None:
        """Write the help page."""
        formatter.write("\n".join(page(self, ctx)))


class Command(Chinese, TyperCommand):
    """A command."""


class Group(Chinese, TyperGroup):
    """The command that has all others."""

    def resolve_command(
        self, ctx: core.Context, args: list[str]
    ) -> tuple[str | None, core.Command | None, list[str]]:
        """The command that is named and the words for it; ends where there is none."""
        if args[0] not in self.commands and not ctx.resilient_parsing:
            from difflib import get_close_matches

            near = get_close_matches(args[0], self.commands)
            raise refused(f"没有命令 {args[0]}{perhaps(near)}", ctx)
        return super().resolve_command(ctx, args)


def refused(what: str, ctx: core.Context) -> typer.Exit:
    """The end of a wrong command line, after saying what is wrong and where help is."""
    what = "".join(c if c.isprintable() else " " for c in what)
    complain(f"用法不对：{what}；用法见 {ctx.command_path} --help")
    return typer.Exit(UNUSABLE)


def sentence(error: exceptions.UsageError, params: Iterable[core.Parameter]) -> str:
    """What is wrong with a command line, and what was to be written."""
    match error:
        case exceptions.NoSuchOption(option_name=name, possibilities=near):
            return f"没有选项 {name}{perhaps(near or ())}"
        case exceptions.BadOptionUsage(option_name=name):
            option = next(param for param in params if name in param.opts)
            if not kind(option):
                return f"{name} 后面不用写值，只写 {name}"
            return explained(option, f"{name} 后面没有值，{expected(option)}")
        case exceptions.MissingParameter(param=param) if param:
            return explained(param, f"缺少{name_of(param)}")
        case exceptions.BadParameter(param=param) if param:
            typed = error.message.rpartition(" is not ")[0].strip("'\"")
            return f"{param.opts[0]} 写的是“{typed}”，{expected(param)}"
        case _:
            extra = error.message.partition("(s) (")[2].removesuffix(")")
            return f"多写了 {extra}：去掉，或者写在它的选项后面" if extra else error.message


def perhaps(names: Sequence[str]) -> str:
    """What may have been meant."""
    return f"，是不是 {' 或 '.join(names)}" if names else ""


def explained(param: core.Parameter, text: str) -> str:
    """A text about a parameter, followed by what it is for."""
    help = given(param).help
    return f"{text}：{help}" if help else text


def given(param: core.Parameter) -> TyperArgument | TyperOption:
    """A parameter as what it is: Typer has no third kind."""
    assert isinstance(param, TyperArgument | TyperOption)
    return param


def name_of(param: core.Parameter) -> str:
    """What a parameter is called, set apart where it is not Chinese."""
    return f" {param.opts[0]}" if isinstance(param, TyperOption) else kind(param)


def kind(param: core.Parameter) -> str:
    """What is written for a parameter, nothing for a flag."""
    if isinstance(param, TyperOption) and param.is_flag:
        return ""
    if param.metavar:
        return param.metavar
    if isinstance(param.type, TyperChoice):
        return "|".join(map(str, param.type.choices))
    return KINDS[param.type.name.split()[0]]


def expected(param: core.Parameter) -> str:
    """What may be written for a parameter, in words."""
    if isinstance(param.type, TyperChoice):
        return f"可以写 {'、'.join(map(str, param.type.choices))}"
    return "，".join(filter(None, (f"要写{kind(param)}", limits(param))))


def limits(param: core.Parameter) -> str:
    """The least and the greatest that may be written for a number, in words."""
    if not isinstance(param.type, IntRange) or param.type.min is None:
        return ""
    low, high = param.type.min, param.type.max
    return f"不小于 {low}" if high is None else f"{low} 到 {high}"


def page(command: core.Command, ctx: core.Context) -> Iterator[str]:
    """The lines of a help page."""
    params = [given(param) for param in command.get_params(ctx)]
    arguments = [param for param in params if isinstance(param, TyperArgument)]
    options = [param for param in params if isinstance(param, TyperOption)]
    commands = command.commands if isinstance(command, TyperGroup) else {}
    words = [*map(placed, arguments), *(["命令 …"] if commands else [])]
    yield " ".join((f"用法：{ctx.command_path} [选项]", *words))
    yield from ("", *(f"  {line}".rstrip() for line in helped(command)))
    yield from table("参数", [(placed(each), told(each)) for each in arguments])
    yield from table("选项", [(spelled(each), told(each)) for each in options])
    yield from table("命令", [(name, helped(each)[0]) for name, each in commands.items()])


def helped(command: core.Command) -> list[str]:
    """What a command is for, its first line in short."""
    return (command.help or "").splitlines() or [""]


def placed(argument: TyperArgument) -> str:
    """An argument as it stands in a command line."""
    name = name_of(argument) + ("…" if argument.nargs < 0 else "")
    return name if argument.required else f"[{name}]"


def spelled(option: TyperOption) -> str:
    """An option with all its names and what is written for it."""
    return f"{', '.join(sorted(option.opts, key=len))} {kind(option)}".rstrip()


def told(param: TyperArgument | TyperOption) -> str:
    """What a parameter is for, and what holds of it."""
    default = param.show_default if isinstance(param.show_default, str) else param.default
    shown = f"默认：{default}" if param.show_default and default else ""
    notes = "；".join(filter(None, ("必填" if param.required else "", shown, limits(param))))
    return (param.help or "") + (f"（{notes}）" if notes else "")


def table(heading: str, rows: list[tuple[str, str]]) -> Iterator[str]:
    """Two columns under a heading; nothing where there are no rows."""
    if rows:
        yield from ("", f"{heading}：")
    width = max((wide(name) for name, _ in rows), default=0)
    for name, text in rows:
        yield f"  {name}{' ' * (width - wide(name))}  {text}"
