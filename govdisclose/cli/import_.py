"""Take in what came back or was published: the command ``import``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from govdisclose.cli.common import FINE, FOUND, complain, fail, found, is_stopped, refuse, told

if TYPE_CHECKING:
    from collections.abc import Iterator

    from govdisclose.county.submissions import Submission
    from govdisclose.files.overwrite import Fate
    from govdisclose.model.report import Report
    from govdisclose.model.roster import RosterUnit


def named(units: tuple[RosterUnit, ...], begun: Report) -> Iterator[tuple[str, Report]]:
    """A blank report a unit, and the name of its sheet, no two of them the same."""
    from collections import Counter

    from govdisclose.files import names
    from govdisclose.model.report import Bureau, Report

    seen = Counter[str]()
    for unit in units:
        stem = names.safe_name(f"{unit.name}{begun.year}年收集表", "")
        seen[stem.lower()] += 1
        more = f"-{seen[stem.lower()]}" if seen[stem.lower()] > 1 else ""
        yield f"{stem}{more}.xlsx", Report(begun.form, begun.year, Bureau(unit.name))


def take_in(
    sources: Annotated[
        list[Path],
        typer.Argument(help="收集表、Word 或网页报告，或者放它们的文件夹", show_default=False),
    ],
    output: Annotated[
        Path | None,
        typer.Option("-o", "--output", help="一个文件时是草稿，几个时是文件夹", show_default=False),
    ] = None,
    replace: Annotated[
        bool, typer.Option("--replace", help="草稿改过也换成收上来的，原来的留作 .bak")
    ] = False,
    into: Annotated[
        Path | None,
        typer.Option(
            "--into", help="把文档里改过的地方收进这份草稿，一处一处问", show_default=False
        ),
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", help="和 --into 一起：不问，都收")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="和 --into 一起：只列出不同")] = False,
) -> None:
    """把收集表或已公布的 Word、网页报告读成草稿，读不准的指出在哪一格。"""
    from govdisclose.county import submissions
    from govdisclose.files import disk
    from govdisclose.model.finding import Unusable

    if into is not None:
        from govdisclose.cli.merge import merge_into

        if len(sources) != 1:
            fail("--into 一次只收一个文档")
        raise typer.Exit(merge_into(sources[0], into, all_of_it=yes, as_json=as_json))
    paths = found(sources, submissions.RETURNED)
    is_file = output is not None and output.suffix and not output.is_dir()
    if is_file and len(paths) > 1:
        fail(f"{output}：有 {len(paths)} 个文件，-o 要写文件夹")
    try:
        if output is not None:
            disk.make(output.parent if is_file else output)
    except Unusable as error:
        fail(error)
    code, sent = FINE, []
    for path in paths:
        try:
            sent.append(submissions.read(path, output))
        except Unusable as error:
            code = refuse(error)
    raise typer.Exit(max(code, take_all(sent, bool(is_file), replace)))


def take_all(sent: list[Submission], is_pinned: bool, replace: bool) -> int:
    """Write a draft for each unit, and remember them; gives the exit code."""
    from collections import Counter

    from govdisclose.county import submissions
    from govdisclose.files import overwrite
    from govdisclose.model.finding import Unusable

    code, fates = FINE, Counter[str]()
    records: dict[Path, dict[str, str]] = {}
    for group in submissions.by_target(sent):
        folder = group[0].target.parent
        record = records.setdefault(
            folder, {} if is_pinned else dict(overwrite.import_record(folder))
        )
        try:
            each, why = submissions.latest(group)
            if why:
                complain(why)
            fate = overwrite.fate(each.target, each.data, record, replace)
            code = max(code, take_one(each, fate, record, is_pinned and not replace))
        except Unusable as error:
            code = refuse(error)
            continue
        fates[fate.value] += 1
    for folder, record in records.items() if not is_pinned else ():
        overwrite.save_import_record(folder, record)
    if fates:
        complain("，".join(f"{fate} {count} 份" for fate, count in fates.items()))
    return code


def take_one(sent: Submission, fate: Fate, record: dict[str, str], is_pinned: bool) -> int:
    """Write the draft of one file where it may be; gives the exit code it deserves."""
    from govdisclose.files import overwrite
    from govdisclose.model.finding import Unusable

    path, reading, target = sent
    if fate is overwrite.Fate.EDITED:
        complain(f"{target}：收后改过，收上来的没有变，没有动")
        return FINE
    for finding in reading.findings:
        complain(told(finding, path, reading))
    if fate is overwrite.Fate.CONFLICT or (is_pinned and fate is not overwrite.Fate.NEW):
        raise Unusable(
            f"{target}：已经有这个草稿，没有覆盖；要换成 {path} 里的，加 --replace"
            "（原来的留作 .bak），或者用 -o 换一个名字"
        )
    if fate is not overwrite.Fate.SAME:
        kept = overwrite.put(target, sent.data, record)
        typer.echo(target)
        if fate is overwrite.Fate.REPLACED:
            complain(f"{target}：换成了 {path} 里的{f'，原来的留在 {kept}' if kept else ''}")
    record[target.name] = overwrite.digest(sent.data)
    if not sent.has_name:
        complain(f"{path}：没有写单位名称，草稿按文件名存为 {target.name}；在草稿的 name 里补上")
    return FOUND if is_stopped(reading.findings) or not sent.has_name else FINE
