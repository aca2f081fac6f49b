"""What an importer makes of a dress: each figure right, told, wrong or silently lost."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from random import Random
from typing import NamedTuple

from govdisclose import formats
from govdisclose.model.coverage import State
from govdisclose.model.finding import Unusable
from govdisclose.model.form import Address
from govdisclose.model.report import Reading, Report
from tests.dresses.cuts import CUTS
from tests.dresses.pattern import Pattern, cut
from tests.dresses.tailors import TAILORS
from tests.support import generator

RIGHT, TOLD, WRONG, SILENT = "right", "told", "wrong", "silent"


class Dress(NamedTuple):
    """A report in a dress: what it is called, the file, and what it shows."""

    name: str
    data: bytes
    report: Report
    pattern: Pattern


class Verdict(NamedTuple):
    """How the figures of a dress were read."""

    name: str
    counts: Counter[str]
    faults: tuple[str, ...]


def dresses(count: int, seed: int = 1, kinds: Iterable[str] = TAILORS) -> Iterator[Dress]:
    """So many dresses: every alteration in every kind of file first, then two at once."""
    kinds = list(kinds)
    made = list(generator.reports(40, seed))
    pairs = [(name, kind) for kind in kinds for name in CUTS]
    for number in range(count):
        random = Random(f"{seed} {number}")
        report = made[number % len(made)].report.copy()
        name, kind = pairs[number % len(pairs)]
        names = [name]
        if number >= len(pairs):
            names.append(random.choice(list(CUTS)))
        pattern = cut(report)
        for each in names:
            try:
                CUTS[each](pattern, random)
            except (StopIteration, ValueError, IndexError):
                continue  # two alterations that exclude each other
        data = TAILORS[kind](pattern, random)
        yield Dress(f"{number}. {' + '.join(names)} ({kind})", data, report, pattern)


def judged(dress: Dress) -> Verdict:
    """How the figures of a dress are read."""
    try:
        reading = formats.loads(dress.data)
    except Unusable as why:
        return Verdict(dress.name, Counter({TOLD: 200}), (f"unusable: {why}",))
    return verdict(dress, reading)


def verdict(dress: Dress, reading: Reading) -> Verdict:
    """How the figures of a dress have been read."""
    counts: Counter[str] = Counter()
    faults: list[str] = []
    shown = dress.pattern.shown()
    for address in dress.report.form.addresses:
        kind = fate(dress, reading, address, shown.get(address))
        counts[kind] += 1
        if kind in (WRONG, SILENT):
            got = reading.report.figures.get(address)
            faults.append(f"{kind} {address}: {shown.get(address)!r} read as {got}")
    if reading.report.year != dress.report.year:
        faults.append(f"year {reading.report.year}")
    if reading.report.bureau.name != dress.report.bureau.name:
        faults.append(f"bureau {reading.report.bureau.name}")
    return Verdict(dress.name, counts, tuple(faults))


def fate(dress: Dress, reading: Reading, address: Address, shown: str | None) -> str:
    """What became of a figure."""
    got = reading.report.figures.get(address)
    if got is not None:
        return RIGHT if got == dress.report.figures[address] else WRONG
    state = reading.coverage.state(address) if reading.coverage else State.READ
    is_blank = shown is not None and shown.strip() in ("", "/", "-", "—", "——", "无")
    if state is State.READ or (state is State.BLANK and not is_blank):
        return SILENT
    return TOLD
