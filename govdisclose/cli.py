"""The commands; the only module that prints results and exits.

Results go to standard output, progress and complaints to standard error. The
exit code is 0 where all is well, 1 for findings that stop, 2 for wrong usage
or unusable input, 130 after an interruption.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from govdisclose import __version__

if TYPE_CHECKING:
    from govdisclose.ask import Sitting, Step
    from govdisclose.files import Keeper
    from govdisclose.finding import Finding, Place
    from govdisclose.report import Reading, Report
    from govdisclose.terminal import Terminal

FINE, FOUND, UNUSABLE, INTERRUPTED = 0, 1, 2, 130

SHORT_WAY = """\
政府信息公开工作年度报告：问答填报、逐项核对、生成 Word 文档。

  govdisclose fill                    从头填一份，每答一题就存盘
  govdisclose fill --from 草稿.toml   接着填，或者核对修改
  govdisclose check 草稿.toml         看哪里对不上
  govdisclose render 草稿.toml        生成 Word 文档

其他命令见 govdisclose --help，每个命令的用法见 govdisclose 命令 --help。"""

app = typer.Typer(
    name="govdisclose",
    help="政府信息公开工作年度报告（国办公开办函〔2021〕30号）：填报、核对、生成文档。",
    no_args_is_help=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

Drafts = Annotated[list[Path], typer.Argument(help="草稿文件、文件夹或通配符", show_default=False)]


def main() -> None:
    """Run the command line; a console that is not UTF-8 shows what it can."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    if hasattr(sys.stdin, "reconfigure"):
        sys.stdin.reconfigure(errors="surrogateescape")
    try:
        app()
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(FINE)


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
    """Show the short way through where no command is given."""
    if context.invoked_subcommand is None:
        typer.echo(SHORT_WAY)


def complain(text: str) -> None:
    """Say something to the officer beside the result."""
    typer.echo(text, err=True)


def fail(message: object) -> NoReturn:
    """End with one sentence about something unusable."""
    complain(f"用不了：{message}")
    raise typer.Exit(UNUSABLE)


def readings(paths: Iterable[Path]) -> list[tuple[Path, Reading | str]]:
    """Each draft that the paths stand for, or why it cannot be read."""
    from govdisclose import files
    from govdisclose.finding import Unusable

    found: list[tuple[Path, Reading | str]] = []
    for path in files.drafts(paths):
        try:
            found.append((path, files.read(path)))
        except Unusable as error:
            found.append((path, str(error)))
    if not found:
        fail(f"{'、'.join(str(path) for path in paths)}：里面没有草稿（{files.DRAFT} 文件）")
    return found


def checked(reading: Reading) -> list[Finding]:
    """All findings on a report that has been read."""
    from govdisclose import rules

    return rules.check(reading.report, known=reading.findings)


def place_of(finding: Finding, reading: Reading) -> Place | None:
    """Where a finding stands in the file."""
    return finding.place or reading.places.get(finding.at)


def is_stopped(findings: Iterable[Finding]) -> bool:
    """Whether there is an error among some findings."""
    return any(finding.severity.value == "error" for finding in findings)


@app.command()
def check(
    drafts: Drafts,
    as_json: Annotated[bool, typer.Option("--json", help="输出 JSON")] = False,
) -> None:
    """核对草稿：哪里没有填、哪里对不上，怎么改。"""
    from govdisclose.finding import said

    code, listed = FINE, []
    for path, reading in readings(drafts):
        if isinstance(reading, str):
            complain(f"用不了：{reading}")
            code = UNUSABLE
            continue
        findings = checked(reading)
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


def summary(path: Path, findings: list[Finding]) -> str:
    """How many findings of each severity a file has."""
    from govdisclose.finding import Severity

    counts = [
        f"{severity.label} {count} 条"
        for severity in Severity
        if (count := sum(finding.severity is severity for finding in findings))
    ]
    return f"{path}：{'，'.join(counts) or '没有发现问题'}"


@app.command()
def render(
    drafts: Drafts,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help="一份草稿时是文件，几份时是文件夹")
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="有错误也生成，页眉标明草稿")] = False,
) -> None:
    """生成 Word 文档；有错误的草稿不生成，除非 --force。"""
    read = readings(drafts)
    single = len(read) == 1
    if output is not None and not single and output.suffix:
        fail(f"{output}：有 {len(read)} 份草稿，-o 要写文件夹")
    code, printed = FINE, set[Path]()
    for number, (path, reading) in enumerate(read, start=1):
        if isinstance(reading, str):
            complain(f"用不了：{reading}")
            code = UNUSABLE
            continue
        code = max(code, render_one(path, reading, output, force, printed))
        if not single:
            complain(f"[{number}/{len(read)}] {path.name}")
    raise typer.Exit(code)


def render_one(
    path: Path, reading: Reading, output: Path | None, force: bool, printed: set[Path]
) -> int:
    """Print one report; gives the exit code it deserves."""
    from govdisclose import files, word
    from govdisclose.finding import Unusable, said

    findings = checked(reading)
    stopped = is_stopped(findings)
    if stopped:
        for finding in findings:
            if finding.severity.value == "error":
                complain(said(finding, str(path), place_of(finding, reading)))
    if stopped and not force:
        complain(f"{path}：有错误，没有生成。改正后再试；要先看样子，加 --force")
        return FOUND
    try:
        target = target_of(path, reading.report, output)
        if target in printed:
            raise Unusable(f"{path}：和前面一份草稿的单位、年份相同，没有覆盖 {target}")
        files.save(target, word.dumps(reading.report, marked=stopped))
    except Unusable as error:
        complain(f"用不了：{error}")
        return UNUSABLE
    printed.add(target)
    typer.echo(target)
    return FOUND if stopped else FINE


def target_of(path: Path, report: Report, output: Path | None) -> Path:
    """Where a report's document goes: beside its draft, or where -o says."""
    from govdisclose import files

    if output is not None and output.suffix:
        output.parent.mkdir(parents=True, exist_ok=True)
        return output
    folder = output or path.parent
    folder.mkdir(parents=True, exist_ok=True)
    return folder / files.document_name(report, ".docx")


@app.command()
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


@app.command()
def schema() -> None:
    """输出草稿的 JSON Schema，供编辑器补全和检查。"""
    import json

    from govdisclose.notices import NEWEST
    from govdisclose.schema import schema

    typer.echo(json.dumps(schema(NEWEST), ensure_ascii=False, indent=2))


@app.command()
def fill(
    source: Annotated[
        Path | None, typer.Option("--from", help="接着填这份草稿", show_default=False)
    ] = None,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help="草稿存在哪里", show_default=False)
    ] = None,
    last_year: Annotated[
        Path | None, typer.Option("--last-year", help="上年的草稿或报告", show_default=False)
    ] = None,
    section: Annotated[
        int | None, typer.Option("--section", help="只填第几部分（1 到 6）", min=1, max=6)
    ] = None,
    only_missing: Annotated[bool, typer.Option("--missing", help="只问还没有填的")] = False,
) -> None:
    """一问一答填报六个部分，每答一题就存盘，最后核对并生成 Word 文档。"""
    from govdisclose import files, terminal
    from govdisclose.ask import Sitting, Stopped, interview
    from govdisclose.finding import Unusable

    screen = terminal.connect()
    try:
        last = files.read(last_year).report if last_year else None
        report = begun(source, last)
        if source is None and output is None:
            mention_drafts(screen)
        draft = source if source and source.suffix == files.DRAFT else None
        keeper = files.Keeper(output or draft, draft, screen.say)
    except Unusable as error:
        fail(error)
    try:
        steps = wanted(report, last, screen, source is not None, section, only_missing)
        sitting = Sitting(report, screen, keeper.save, steps, last)
        interview(sitting)
        code = finish(sitting, keeper)
    except (Stopped, EOFError, KeyboardInterrupt) as ended:
        if keeper.path:
            screen.say(f"\n已存到 {keeper.path}\n接着填：govdisclose fill --from {keeper.path}")
        else:
            screen.say("\n还没有填任何一题，没有存盘")
        code = FINE if isinstance(ended, Stopped) else INTERRUPTED
    raise typer.Exit(code)


def begun(source: Path | None, last: Report | None) -> Report:
    """The report to go on with, or a new one; Unusable while a file has mistakes."""
    from govdisclose import files
    from govdisclose.finding import Unusable, said
    from govdisclose.report import Bureau, Report

    if source is None:
        return Report(bureau=Bureau(kind=last.bureau.kind)) if last else Report()
    reading = files.read(source)
    for finding in reading.findings:
        complain(said(finding, str(source), place_of(finding, reading)))
    if is_stopped(reading.findings):
        raise Unusable(f"{source}：先在文件里改正上面指出的地方，再接着填，免得丢掉写在那里的内容")
    return reading.report


def mention_drafts(screen: Terminal) -> None:
    """Say which drafts lie here, so that none is begun twice by mistake."""
    from govdisclose import files

    for path in list(files.drafts([Path()]))[:5]:
        screen.say(f"这里有草稿 {path}，要接着填它：govdisclose fill --from {path}")


def wanted(
    report: Report,
    last: Report | None,
    screen: Terminal,
    is_begun: bool,
    section: int | None,
    only_missing: bool,
) -> list[Step]:
    """The questions to be asked: all, those of one section, or what is missing."""
    from govdisclose import ask

    every, missing = ask.steps(report, last), ask.missing(report, last)
    if section is None and is_begun and not only_missing:
        first = missing[0].question.prompt(report).partition("\n")[0] if missing else "都填了"
        screen.say(f"1 只问还没有填的 {len(missing)} 题（{first}）")
        screen.say(f"2 从头核对 {len(every)} 题，现在的答案作为建议\n3 只填一个部分")
        chosen = screen.line("怎么填", "1").strip()
        only_missing = chosen not in ("2", "3")
        if chosen == "3":
            section = chosen_section(screen, report)
    if section is not None:
        label = report.form.sections[section - 1].label
        return [step for step in every if step.chapter == label]
    return missing if only_missing else every


def chosen_section(screen: Terminal, report: Report) -> int:
    """The number of a section, asked until it is one."""
    last = len(report.form.sections)
    while True:
        typed = screen.line(f"第几部分（1 到 {last}）").strip()
        if typed.isdecimal() and 1 <= int(typed) <= last:
            return int(typed)
        screen.say(f"  “{typed}”不行：输入 1 到 {last} 中的一个数")


def finish(sitting: Sitting, keeper: Keeper) -> int:
    """Show what the report is like now, and print it where that is wanted."""
    from govdisclose import ask, files, word
    from govdisclose.finding import Unusable

    screen = sitting.terminal
    while True:
        findings = ask.review(sitting)
        stopped = is_stopped(findings)
        ask_for = "回车结束" if stopped else "回车生成 Word 文档并结束，n 不生成"
        try:
            typed = screen.line(f"输入编号回到那一部分，{ask_for}").strip().lower()
        except EOFError:
            typed = "n"
        if ask.go_back(sitting, typed):
            continue
        if not stopped and typed != "n":
            try:
                target = target_of(keeper.path or Path(), sitting.report, None)
                files.save(target, word.dumps(sitting.report))
                screen.say(f"已生成 {target}")
            except Unusable as error:
                screen.say(f"用不了：{error}")
        if keeper.path:
            screen.say(f"草稿在 {keeper.path}")
        return FOUND if stopped else FINE
