"""Two years side by side: the command ``compare``."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from govdisclose.cli.common import FINE, FOUND, complain, fail, print_json, say, tell_passed

if TYPE_CHECKING:
    from govdisclose.formats.paper import Paper
    from govdisclose.model.report import Report


class ComparisonFormat(StrEnum):
    """The formats of a comparison."""

    docx = "docx"
    xlsx = "xlsx"
    html = "html"


def compare(
    old: Annotated[
        Path, typer.Argument(metavar="上年", help="上年的草稿、报告，或者放各单位报告的文件夹")
    ],
    new: Annotated[
        Path, typer.Argument(metavar="本年", help="本年的草稿、报告，或者放各单位草稿的文件夹")
    ],
    to: Annotated[
        ComparisonFormat | None, typer.Option("--to", help="另存成文件", show_default=False)
    ] = None,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help="文件存在哪里", show_default=False)
    ] = None,
    everything: Annotated[bool, typer.Option("--all", help="没有变化的数也列出")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="输出 JSON")] = False,
) -> None:
    """两年对照：应当相等的、变了的数、照抄的文字；两个文件夹时对照全县各单位。"""
    from govdisclose.analysis.comparison import Comparison
    from govdisclose.county import comparing
    from govdisclose.model.finding import Unusable

    try:
        if old.is_dir() != new.is_dir():
            raise Unusable("一个是文件，一个是文件夹；两个都写文件，或者都写文件夹")
        if new.is_dir():
            county, twice = comparing.matched(*in_order(reports_in(old), reports_in(new)))
            for name in dict.fromkeys(twice):
                complain(f"{name}有几份报告，用的是最后一份；只留一份再对照")
            if not county.both:
                raise Unusable(f"{old}、{new}：没有一个单位两年都有报告")
            broken = bool(county.broken)
            data = comparing.county_as_data(county, everything=everything) if as_json else {}
            paper = comparing.county_paper(county, everything=everything)
        else:
            [earlier], [later] = in_order([read(old)], [read(new)])
            found = Comparison(earlier, later)
            broken = bool(found.broken)
            data = comparing.as_data(found, everything=everything) if as_json else {}
            paper = comparing.paper(found, everything=everything)
        show(paper, data, to, output, as_json=as_json)
    except Unusable as error:
        fail(error)
    raise typer.Exit(FOUND if broken else FINE)


def in_order(old: list[Report], new: list[Report]) -> tuple[list[Report], list[Report]]:
    """The reports of two years, the earlier first, in whichever order they were given."""
    return (new, old) if commonest_year(old) > commonest_year(new) > 0 else (old, new)


def commonest_year(reports: list[Report]) -> int:
    """The year of most reports, 0 where none is known."""
    from collections import Counter

    years = Counter(each.year for each in reports if each.year)
    return max(years, key=lambda year: years[year], default=0)


def read(path: Path) -> Report:
    """A report with figures; Unusable where there are none in the file."""
    from govdisclose.files import disk
    from govdisclose.model.finding import Unusable

    report = disk.read(path).report
    if not report.figures:
        raise Unusable(f"{path}：没有读到数字，不能对照")
    return report


def reports_in(folder: Path) -> list[Report]:
    """The reports in a folder; what cannot be read is told."""
    from functools import partial

    from govdisclose.county.last_year import LAST_YEAR
    from govdisclose.county.workers import Failure, attempt
    from govdisclose.files import search

    files = search.found([folder], LAST_YEAR)
    tell_passed(files)
    results = [attempt(path, partial(read, path)) for path in files.paths]
    for result in results:
        if isinstance(result, Failure):
            complain(f"没有读：{result.reason}")
    return [each for each in results if not isinstance(each, Failure)]


def show(
    paper: Paper,
    data: dict[str, object],
    to: ComparisonFormat | None,
    output: Path | None,
    *,
    as_json: bool,
) -> None:
    """Print a comparison, and save it where that is asked."""
    from govdisclose import formats
    from govdisclose.files import disk, names
    from govdisclose.formats import paper as papers
    from govdisclose.model.finding import Unusable

    if as_json:
        print_json(data)
    else:
        say("\n".join(papers.lines(paper)))
    if to is None and output is None:
        return
    suffix = f".{to.value}" if to else output.suffix.lower() if output else ""
    target = output or Path(names.safe_name(paper.title, suffix))
    target = target / names.safe_name(paper.title, suffix) if target.is_dir() else target
    made = formats.printed_paper(paper, suffix)
    if disk.is_there(target) and disk.content(target) != made:
        raise Unusable(f"{target}：已经有这个文件，没有覆盖；用 -o 换一个名字")
    disk.make(target.parent)
    disk.save(target, made)
    complain(f"另存为 {target}")
