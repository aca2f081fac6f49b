import re
from collections.abc import Iterator
from functools import cache

import pytest
import typer
from typer.main import get_command
from typer.testing import CliRunner

from govdisclose.cli import COMMANDS
from govdisclose.cli.help import Command, Group
from govdisclose.model.text import wide
from tests.support.cli import run

SENTENCES = {
    "chekc": "没有命令 chekc，是不是 check；用法见 {} --help",
    "检查": "没有命令 检查；用法见 {} --help",
    "--foo": "没有选项 --foo；用法见 {} --help",
    "batch": "缺少草稿：草稿文件、文件夹（连同下级文件夹）或通配符；用法见 {} batch --help",
    "batch a": "缺少 -o：文档放在哪个文件夹；用法见 {} batch --help",
    "batch a -o": "-o 后面没有值，要写路径：文档放在哪个文件夹；用法见 {} batch --help",
    "batch a -o x --jobs": "--jobs 后面没有值，要写整数，不小于 1：同时用几个处理器；"
    "用法见 {} batch --help",
    "batch a -o x --jobs 0": "--jobs 写的是“0”，要写整数，不小于 1；用法见 {} batch --help",
    "batch a -o x --jobs 半": "--jobs 写的是“半”，要写整数，不小于 1；用法见 {} batch --help",
    "fill --section": "--section 后面没有值，要写部分：只填第几部分，3 或者 三；"
    "用法见 {} fill --help",
    "sheet --year 今年": "--year 写的是“今年”，要写整数；用法见 {} sheet --help",
    "render a --look 好看": "--look 写的是“好看”，可以写 standard、annex；用法见 {} render --help",
    "check a --onyl R1": "没有选项 --onyl，是不是 --only 或 --json；用法见 {} check --help",
    "check a --json=3": "--json 后面不用写值，只写 --json；用法见 {} check --help",
    "check --help=3": "--help 后面不用写值，只写 --help；用法见 {} check --help",
    "--a\x1b[31m": "没有选项 --a [31m；用法见 {} --help",
    "rules R201 R202 (x)": "多写了 R202 (x)：去掉，或者写在它的选项后面；用法见 {} rules --help",
}

ENGLISH = re.compile(r"[A-Za-z]{2,}")
CHINESE = re.compile(r"[一-鿿]")


@pytest.mark.parametrize("words", SENTENCES)
def test_wrong_usage_is_one_sentence(tmp_path, words):
    code, out, err = run(*words.split(), cwd=tmp_path, LANG="C", LANGUAGE="en")
    assert (code, out) == (2, "")
    assert err == f"用法不对：{SENTENCES[words].format('python -m govdisclose')}\n"


@cache
def app() -> typer.Typer:
    """All commands in full."""
    made = typer.Typer(cls=Group, rich_markup_mode=None)
    made.callback()(lambda: None)
    for name, command in COMMANDS.items():
        made.command(name, cls=Command)(command)
    return made


def params_of(name: str):
    command = get_command(app()).commands[name]
    return command.get_params(typer.Context(command))


def wrong(name: str) -> Iterator[list[str]]:
    """Wrong command lines for a command, some for each of its parameters."""
    params = params_of(name)
    options = [param for param in params if param.opts[0].startswith("-")]
    required = [w for p in params if p.required for w in ([p.opts[0], "x"][p not in options :])]
    yield [*required, "-0"]
    if required:
        yield []
    if all(param.nargs == 1 for param in params):
        yield [*required, "x", "y"]
    for option in options:
        spelled = option.opts[-1]
        yield [*required, f"{spelled}-x"]
        yield [*required, f"{spelled}=x" if option.is_flag else spelled]
        if not option.is_flag and option.type.name not in ("path", "str", "text"):
            yield [*required, spelled, "half"]
        if "range" in option.type.name:
            yield [*required, spelled, "-5"]


def ours(name: str) -> list[str]:
    """What is said of a command in our own words, with the names of its options."""
    params = params_of(name)
    helps = [param.help for param in params]
    assert all(map(CHINESE.search, helps))
    opts = [option for param in params for option in param.opts]
    choices = [choice for param in params for choice in getattr(param.type, "choices", ())]
    defaults = [str(d) for param in params for d in (param.show_default, param.default) if d]
    return ["govdisclose", name, COMMANDS[name].__doc__, *helps, *opts, *choices, *defaults]


def rest(text: str, known: list[str]) -> list[str]:
    """The English words in a text that are none of what is known."""
    for each in sorted(known, key=len, reverse=True):
        text = text.replace(each, "")
    return ENGLISH.findall(text)


@pytest.mark.parametrize("name", COMMANDS)
def test_no_english_remains_in_what_is_said_of_wrong_usage(name):
    for words in wrong(name):
        done = CliRunner().invoke(app(), [name, *words], prog_name="govdisclose")
        assert (done.exit_code, done.stdout) == (2, ""), words
        assert re.fullmatch(rf"用法不对：.+；用法见 govdisclose {name} --help\n", done.stderr)
        assert rest(done.stderr, [*ours(name), *words]) == [], words


@pytest.mark.parametrize("name", COMMANDS)
def test_no_english_remains_in_help(name):
    done = CliRunner().invoke(app(), [name, "--help"], prog_name="govdisclose")
    assert done.exit_code == 0
    assert rest(done.stdout, ours(name)) == []


def test_the_help_of_all_commands_is_chinese(tmp_path):
    out = run("--help", cwd=tmp_path, LANG="C")[1]
    assert out.startswith("用法：python -m govdisclose [选项] 命令 …\n")
    for heading in ("选项：", "命令："):
        assert heading in out.splitlines()
    for name, command in COMMANDS.items():
        assert f"  {name:8}  {command.__doc__.partition(chr(10))[0]}\n" in out
    known = ["python -m govdisclose", "Tab", *COMMANDS, *(c.__doc__ for c in COMMANDS.values())]
    known += re.findall(r"--[a-z-]+", out)
    assert rest(out, known) == []


def test_help_says_what_is_required_what_is_default_and_what_is_allowed(tmp_path):
    out = run("batch", "-h", cwd=tmp_path)[1]
    lines = out.splitlines()
    assert lines[0] == "用法：python -m govdisclose batch [选项] 草稿…"
    assert "  -o, --output 路径        文档放在哪个文件夹（必填）" in lines
    assert "  --jobs 整数              同时用几个处理器（默认：全部；不小于 1）" in lines
    assert "  --look standard|annex    版式（默认：standard）" in lines
    options = lines[lines.index("选项：") + 1 :]
    starts = {wide(re.match(r"  .+?  +(?=\S)", line)[0]) for line in options}
    assert len(starts) == 1
