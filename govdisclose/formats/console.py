"""A report on a terminal, what is wrong marked by more than colour.

Tables are 80 columns wide. In a narrower window, and for whoever listens to a screen
reader, there is a line for each row instead.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from govdisclose.model.figures import shown
from govdisclose.model.finding import Finding, Severity
from govdisclose.model.form import Line, Section, Table, leaves
from govdisclose.model.front_matter import title
from govdisclose.model.report import Report
from govdisclose.model.text import in_one_line

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.table import Table as Drawn

MARKS = {Severity.ERROR: "!", Severity.WARNING: "*", Severity.HINT: ""}
SPOKEN = {"!": "（有错误）", "*": "（待核）", "": ""}
WIDTH = 80
LEGEND = "! 有错误  * 待核  ? 尚未填报"


def whole(
    report: Report, findings: Iterable[Finding], *, in_lines: bool = False
) -> Iterator[RenderableType]:
    """The report section by section: the tables, or their lines, and the state of the prose."""
    from rich.text import Text

    marks = worst(findings)
    yield Text(in_one_line("".join(title(report))), style="bold")
    for section in report.form.sections:
        yield Text(f"\n{section.label}", style="bold")
        if section.is_prose:
            yield from prose(section, report, marks, in_lines=in_lines)
        elif in_lines:
            for table in section.tables:
                yield from map(Text, spoken(table, report, marks))
        else:
            yield from (drawn(table, report, marks) for table in section.tables)
    if not in_lines:
        yield Text(f"\n{LEGEND}", style="dim")


def worst(findings: Iterable[Finding]) -> dict[str, str]:
    """The mark of the gravest finding at each place."""
    found: dict[str, str] = {}
    for finding in sorted(findings, key=lambda finding: finding.severity.rank):
        found.setdefault(finding.at, MARKS[finding.severity])
    return found


def prose(
    section: Section, report: Report, marks: Mapping[str, str], *, in_lines: bool = False
) -> Iterator[RenderableType]:
    """A line for the lead and for each part: how long it is, how it begins."""
    from rich.text import Text

    written = report.prose[section.key]
    mark = marks.get(section.key, "")
    if not written.is_answered:
        text = f"尚未填报{SPOKEN[mark]}" if in_lines else f"{mark}? 尚未填报"
        yield Text(f"  {text}", style="red" if mark else "")
    texts = [("lead", "", written.lead)]
    texts += [(f"parts.{n}.text", p.heading, p.text) for n, p in enumerate(written.parts, 1)]
    for path, heading, text in texts:
        if text.strip():
            mark = marks.get(f"{section.key}.{path}", "")
            start = report.says(text).strip().partition("\n")[0]
            told = heading or "正文"
            told = f"{told}{SPOKEN[mark]}" if in_lines else f"{mark}{told}"
            line = Text(in_one_line(f"  {told}（{len(text)} 字）{start[:80]}"))
            line.truncate(78, overflow="ellipsis")
            yield line


def drawn(
    table: Table, report: Report, marks: Mapping[str, str], lines: Iterable[Line] | None = None
) -> Drawn:
    """A table, or some of its rows; figures to the right, marks before them."""
    from rich import box
    from rich.table import Table as Drawn

    drawing = Drawn(box=box.SIMPLE_HEAD, padding=(0, 0, 0, 1), show_edge=False, width=WIDTH)
    drawing.add_column(table.band, no_wrap=True, overflow="ellipsis", ratio=1)
    columns = leaves(table.columns)
    for column in columns:
        head = column.brief if len(columns) < 6 else halved(column.brief)
        drawing.add_column(head, justify="right", min_width=5)
    for line in table.lines if lines is None else lines:
        row = marks.get(table.key, "") or marks.get(f"{table.key}.{line.row.key}", "")
        cells = [cell_text(shown(report.figures.get(c)), marks.get(str(c), "")) for c in line.cells]
        drawing.add_row(f"{row}{line.brief}", *cells)
    return drawing


def spoken(table: Table, report: Report, marks: Mapping[str, str]) -> Iterator[str]:
    """A line for each row of a table, every figure behind its heading, marks in words."""
    headings = [column.brief for column in leaves(table.columns)]
    for line in table.lines:
        row = marks.get(table.key, "") or marks.get(f"{table.key}.{line.row.key}", "")
        figures = [report.figures.get(cell) for cell in line.cells]
        told = [
            f"{heading} {shown(figure) or '尚未填报'}{SPOKEN[marks.get(str(cell), '')]}"
            for heading, cell, figure in zip(headings, line.cells, figures, strict=True)
        ]
        if len(told) > 1 and not any(marks.get(str(cell)) for cell in line.cells):
            if all(figure == 0 for figure in figures):
                told = ["各项都是 0"]
            elif all(figure is None for figure in figures):
                told = ["各项尚未填报"]
        yield f"{line.brief}{SPOKEN[row]}：{'，'.join(told)}"


def halved(heading: str) -> str:
    """A heading of four characters on two lines."""
    return f"{heading[:2]}\n{heading[2:]}" if len(heading) == 4 else heading


def cell_text(figure: str, mark: str) -> str:
    """A figure with its mark, in colour where there is one."""
    text = f"{mark}{figure or '?'}"
    colour = {"!": "bold red", "*": "yellow"}.get(mark)
    return f"[{colour}]{text}[/]" if colour else text


def plain(parts: Iterable[RenderableType]) -> str:
    """Anything drawn, as lines of text without colour."""
    from rich.console import Console

    console = Console(width=WIDTH, color_system=None, force_terminal=False)
    with console.capture() as capture:
        for part in parts:
            console.print(part)
    return capture.get().rstrip()
