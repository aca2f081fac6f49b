"""The commands that print documents."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from govdisclose.cli.common import (
    FINE,
    FOUND,
    Drafts,
    LastYear,
    checked,
    complain,
    fail,
    is_stopped,
    readings,
    refuse,
    say,
    target_of,
    told,
    year_before,
)

if TYPE_CHECKING:
    from govdisclose.formats import PrintOptions
    from govdisclose.model.report import Reading, Report


class Format(StrEnum):
    """The formats a report is printed in."""

    docx = "docx"
    html = "html"
    xlsx = "xlsx"
    pdf = "pdf"


class BuiltInLook(StrEnum):
    """The built-in looks of a Word document."""

    standard = "standard"
    annex = "annex"


@dataclass(frozen=True)
class PrintRun:
    """How documents are printed, and where they go."""

    style: PrintOptions
    suffix: str
    output: Path | None
    force: bool
    overwrite: bool
    last: Report | None
    inputs: frozenset[Path]


def render(
    drafts: Drafts,
    output: Annotated[
        Path | None,
        typer.Option("-o", "--output", help="一份草稿时是文件，几份时是文件夹", show_default=False),
    ] = None,
    to: Annotated[
        Format | None,
        typer.Option("--to", help="格式，不写时看 -o 的后缀，默认 docx", show_default=False),
    ] = None,
    template: Annotated[
        Path | None,
        typer.Option("--template", help="自己的 Word 模板，见 template", show_default=False),
    ] = None,
    look: Annotated[
        BuiltInLook, typer.Option("--look", help="版式：standard 公文，annex 通知附件")
    ] = BuiltInLook.standard,
    fragment: Annotated[
        bool, typer.Option("--fragment", help="网页只要正文片段，供内容管理系统粘贴")
    ] = False,
    flow: Annotated[
        bool, typer.Option("--flow", help="三的表格可以接着上一页印，页末不留空白，表头重复")
    ] = False,
    force: Annotated[bool, typer.Option("--force", help="有错误也生成，页眉标明草稿")] = False,
    overwrite: Annotated[
        bool, typer.Option("--overwrite", help="生成以后有人改动过的文档也换成新的")
    ] = False,
    last_year: LastYear = None,
) -> None:
    """生成 Word、网页、PDF 或 Excel 文档；有错误的草稿不生成，除非 --force。"""
    from govdisclose.files import disk
    from govdisclose.formats import PrintOptions
    from govdisclose.model.finding import Unusable

    read = readings(drafts)
    if output is not None and len(read) > 1 and output.suffix and not output.is_dir():
        fail(f"{output}：有 {len(read)} 份草稿，-o 要写文件夹")
    is_file = output is not None and output.suffix and not output.is_dir()
    by_name = output.suffix.lower().lstrip(".") if output and is_file else "docx"
    try:
        own = disk.content(template) if template else None
    except Unusable as error:
        fail(error)
    suffix = f".{to.value if to else by_name}"
    style = PrintOptions(own, look.value, fragment, flow=flow)
    inputs = frozenset(each.resolve() for each in (template, last_year) if each)
    run = PrintRun(style, suffix, output, force, overwrite, year_before(last_year), inputs)
    raise typer.Exit(render_all(read, run))


def render_all(read: list[tuple[Path, Reading | str]], run: PrintRun) -> int:
    """Print report after report; gives the exit code of the worst."""
    code, printed = FINE, dict[Path, bytes]()
    for number, (path, reading) in enumerate(read, start=1):
        if isinstance(reading, str):
            code = refuse(reading)
            continue
        code = max(code, render_one(path, reading, run, printed))
        if len(read) > 1:
            complain(f"[{number}/{len(read)}] {path.name}")
    return max(code, convert(printed, run)) if run.suffix == ".pdf" else code


def render_one(path: Path, reading: Reading, run: PrintRun, printed: dict[Path, bytes]) -> int:
    """Print one report; gives the exit code it deserves."""
    from govdisclose import formats
    from govdisclose.files import disk
    from govdisclose.model.finding import Unusable

    stopped = complain_of_errors(path, reading, run.last)
    if stopped and not run.force:
        complain(f"{path}：有错误，没有生成。改正后再试；要先看样子，加 --force")
        return FOUND
    try:
        target = target_of(path, reading.report, run.output, run.suffix)
        if target in printed:
            raise Unusable(f"{path}：和前面一份草稿的单位、年份相同，没有覆盖 {target}")
        if target.suffix == disk.DRAFT or target.resolve() in run.inputs | {path.resolve()}:
            raise Unusable(f"{target}：这是草稿，没有覆盖；-o 写文档的名字，例如 报告.docx")
        style = run.style._replace(marked=stopped)
        made = ".docx" if run.suffix == ".pdf" else run.suffix
        document = formats.printed(reading.report, made, style, made_from=reading.digest)
        if run.suffix == ".pdf":
            printed[target] = document
        else:
            printed[target] = b""
            put(target, document, run, reading.report)
    except Unusable as error:
        return refuse(error)
    return FOUND if stopped else FINE


def put(path: Path, document: bytes, run: PrintRun, report: Report | None, known: str = "") -> None:
    """Write a document and say so; one that somebody has edited is left alone."""
    from govdisclose.files import overwrite

    remedy = "加 --overwrite，或者换一个名字"
    overwrite.put_document(path, document, report, known=known, remedy=remedy, force=run.overwrite)
    say(path)


def convert(documents: dict[Path, bytes], run: PrintRun) -> int:
    """Turn Word documents into PDF files, with one start of LibreOffice.

    A PDF bears no seal: the record in its folder tells whether it was edited.
    """
    from govdisclose.files import overwrite
    from govdisclose.formats import fonts, libreoffice
    from govdisclose.model.finding import Unusable

    try:
        made = libreoffice.pdf({str(path): data for path, data in documents.items()})
    except Unusable as error:
        return refuse(error)
    if notice := fonts.notice(fonts.installed()):
        complain(notice)
    code = FINE
    for path, data in ((Path(name), data) for name, data in made.items()):
        record = dict(overwrite.printed_record(path.parent))
        before = record.get(path.name, overwrite.PrintedDocument("", ""))
        try:
            put(path, data, run, None, before.content)
        except Unusable as error:
            code = refuse(error)
            continue
        record[path.name] = before._replace(made_from="", content=overwrite.digest(data))
        overwrite.save_printed_record(path.parent, record)
    return code


def complain_of_errors(path: Path, reading: Reading, last: Report | None) -> bool:
    """Say each error of a report; gives whether there is one."""
    errors = [finding for finding in checked(reading, last) if is_stopped([finding])]
    for finding in errors:
        complain(told(finding, path, reading))
    return bool(errors)


def template(
    output: Annotated[Path, typer.Option("-o", "--output", help="模板存在哪里")] = Path(
        "模板.docx"
    ),
    look: Annotated[
        BuiltInLook, typer.Option("--look", help="版式：standard 公文，annex 通知附件")
    ] = BuiltInLook.standard,
) -> None:
    """输出内置的 Word 模板，在 Word 里改好样式后用于 render --template。"""
    from govdisclose.files import disk
    from govdisclose.formats.word import writer
    from govdisclose.model.finding import Unusable

    try:
        if output.suffix.lower() != ".docx":
            raise Unusable(f"{output}：模板是 Word 文档，名字要以 .docx 结尾")
        if disk.is_there(output):
            raise Unusable(f"{output}：已经有这个文件，没有覆盖；换一个名字")
        disk.save(output, writer.template(look.value))
    except Unusable as error:
        fail(error)
    say(output)
