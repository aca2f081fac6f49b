"""Every figure of the form accounted for: read, blank, unreadable, missing; and what was left."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from govdisclose.model.coverage import Coverage, State
from govdisclose.model.finding import Finding, Severity
from govdisclose.model.form import Address, Form

MOST_SHOWN = 7


def summary(coverage: Coverage) -> str:
    """How many figures there are of each state, in one line."""
    counts = coverage.counts
    said = "，".join(f"{state.value} {counts[state]}" for state in State if counts[state])
    return f"表中 {len(coverage.form.addresses)} 格：{said}"


def findings(coverage: Coverage) -> Iterator[Finding]:
    """What an officer has to look at, a few lines a table."""
    for state, code, severity in (
        (State.UNREADABLE, "D012", Severity.ERROR),
        (State.MISSING, "D013", Severity.ERROR),
    ):
        for addresses in grouped(coverage, state):
            yield about(coverage, state, addresses, code, severity)
    for each in coverage.leftovers:
        numbers = listed(each.texts)
        if each.beside:
            message = f"{each.place}：{numbers} 不属于表中的格，没有读入"
            yield Finding("D011", Severity.HINT, "", message)
        else:
            message = f"{each.place}：数字 {numbers} 不知道填在哪里，没有读入；请对照原件核对"
            yield Finding("D015", Severity.WARNING, "", message)
    for key in coverage.sections:
        label = next(section.label for section in coverage.form.sections if section.key == key)
        yield Finding(
            "D016", Severity.WARNING, key, f"没有找到“{label}”；原件里有的话，请补在草稿里"
        )
    for note in coverage.notes:
        yield Finding("D017", Severity.WARNING, "", note)


def blanks(coverage: Coverage) -> Iterator[Finding]:
    """Which figures stand there blank: a hint each section, since a blank is answered by ?."""
    for addresses in grouped(coverage, State.BLANK):
        yield about(coverage, State.BLANK, addresses, "D014", Severity.HINT)


def grouped(coverage: Coverage, state: State) -> Iterator[list[Address]]:
    """The figures of a state, those of one section together."""
    some = [address for address in coverage.form.addresses if coverage.state(address) is state]
    for _, group in groupby(some, key=lambda address: coverage.form.homes[address.table].key):
        yield list(group)


def about(
    coverage: Coverage, state: State, addresses: list[Address], code: str, severity: Severity
) -> Finding:
    """One complaint of some figures of a section."""
    form = coverage.form
    home = form.homes[addresses[0].table]
    every = [cell for table in home.tables for line in table.lines for cell in line.cells]
    where = f"{home.short}：{len(every)} 格都" if len(addresses) == len(every) else ""
    if not where:
        where = f"{home.short}：{'；'.join(rows_said(form, addresses))}，共 {len(addresses)} 格"
    at = str(addresses[0]) if len(addresses) == 1 else home.key
    if state is State.BLANK:
        return Finding(code, severity, at, f"{where}空着，草稿里是 ?，没有发生的请填 0")
    if state is State.MISSING:
        return Finding(code, severity, at, f"{where}没有找到，草稿里是 ?，请对照原件填写")
    reasons = dict.fromkeys(coverage.values[address].why for address in addresses)
    why = "；".join(reason for reason in list(reasons)[:3] if reason)
    return Finding(
        code, severity, at, f"{where}读不准{f'（{why}）' if why else ''}，请对照原件填写"
    )


def rows_said(form: Form, addresses: Iterable[Address]) -> list[str]:
    """Some figures by their rows: whole rows by name, others with their columns."""
    said: list[str] = []
    for key, group in groupby(addresses, key=lambda address: (address.table, address.row)):
        cells = list(group)
        line = form.lines[key]
        columns = "、".join(form.column_name(cell) for cell in cells)
        said.append(line.brief if len(cells) == len(line.cells) else f"{line.brief}｜{columns}")
    more = [f"等 {len(said)} 行"] if len(said) > MOST_SHOWN else []
    return said[:MOST_SHOWN] + more


def listed(texts: tuple[str, ...]) -> str:
    """Some numbers of a source."""
    shown = "、".join(text.strip()[:20] for text in texts[:MOST_SHOWN])
    return shown + (f" 等 {len(texts)} 个" if len(texts) > MOST_SHOWN else "")
