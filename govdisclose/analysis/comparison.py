"""Two reports side by side: what must hold between them, what has changed, what is repeated."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from typing import NamedTuple

from govdisclose.analysis.similarity import likeness
from govdisclose.model.figures import Figure
from govdisclose.model.form import Address, Form, Kind
from govdisclose.model.report import LABELS, Bureau, Report

STOCK = ("issued", "repealed", "in_force")
"""The columns of a row that is carried from year to year: what is added, taken away, and left."""

TIMES, LEAST = 5, 30
"""An outlier is so many times the other year's figure or more, and at least so great."""

FEWEST = 15
"""Characters: a sentence of fewer may well be the same every year."""

_SENTENCE = re.compile(r"[^。！？；\n]+[。！？；]?")
_BACKWARDS = re.compile("较|比|同期|上年|去年|以来|自|起|〔")


class Change(NamedTuple):
    """A cell and its figure before and after, None where it is open."""

    cell: Address
    old: Figure | None
    new: Figure | None

    @property
    def difference(self) -> Figure | None:
        """How much more it is now, None where one of them is not known."""
        return None if self.old is None or self.new is None else self.new - self.old

    @property
    def percent(self) -> str:
        """How much more in percent; empty where there is nothing to start from."""
        if self.difference is None or not self.old:
            return ""
        return f"{100 * float(self.difference) / float(self.old):+.1f}%"

    @property
    def is_less(self) -> bool:
        """Whether the figure has become smaller."""
        return self.old is not None and self.new is not None and self.new < self.old


def changes(old: Report, new: Report) -> list[Change]:
    """The cells in which two reports differ, in printed order."""
    cells = (
        Change(cell, old.figures.get(cell), new.figures.get(cell)) for cell in new.form.addresses
    )
    return [change for change in cells if change.old != change.new]


def other_changes(old: Report, new: Report) -> Iterator[tuple[str, str, str]]:
    """The particulars that differ: what each is called, before and after."""
    if old.year != new.year:
        yield "年份", str(old.year or ""), str(new.year or "")
    for field in fields(Bureau):
        before, after = getattr(old.bureau, field.name), getattr(new.bureau, field.name)
        if before != after:
            yield LABELS[field.name], before, after


def changed_texts(old: Report, new: Report) -> list[str]:
    """The sections in whose sentences two reports differ."""
    labels = {key: section.short for key, section in new.form.prose.items()}
    named = ["前言"] if old.preamble != new.preamble else []
    return named + [label for key, label in labels.items() if old.prose.get(key) != new.prose[key]]


# What must hold between two years


class Identity(NamedTuple):
    """A figure of this year that follows from last year's: what is stated, what is expected.

    ``because`` is the arithmetic; one of them is None where a figure is not known.
    """

    cell: Address
    stated: Figure | None
    expected: Figure | None
    because: str

    @property
    def is_known(self) -> bool:
        """Whether all its figures are known."""
        return self.stated is not None and self.expected is not None

    @property
    def is_broken(self) -> bool:
        """Whether it is known not to hold."""
        return self.is_known and self.stated != self.expected


def identities(old: Report, new: Report) -> Iterator[Identity]:
    """What is carried over from the year before, then what is in force now."""
    form = new.form
    for table in form.tables.values():
        for balance in table.balances:
            before, now = balance.right[-1], balance.left[-1]
            for cell in form.lines[table.key, now].cells:
                last = old.figures.get(cell._replace(row=before))
                yield Identity(cell, new.figures.get(cell), last, f"上年结转 {last}")
        for line in table.lines:
            if tuple(cell.column for cell in line.cells) == STOCK:
                yield in_force(old, new, line.cells)


def in_force(old: Report, new: Report, cells: tuple[Address, ...]) -> Identity:
    """What is in force: what was, with what has come and without what has gone."""
    issued, repealed, now = (new.figures.get(cell) for cell in cells)
    before = old.figures.get(cells[-1])
    if issued is None or repealed is None or before is None:
        return Identity(cells[-1], now, None, "")
    return Identity(
        cells[-1], now, before + issued - repealed, f"上年 {before} + {issued} − {repealed}"
    )


def is_outlier(now: Figure, before: Figure) -> bool:
    """Whether a figure has grown or shrunk beyond belief since the year before."""
    small, large = sorted((now, before))
    return large >= LEAST and large > small * TIMES


def headline(form: Form) -> Iterator[Address]:
    """The totals by which units are ranked: of rows that balance, else of rows with a total."""
    for table in form.tables.values():
        rows = {key for balance in table.balances for key in (*balance.left, *balance.right)}
        for line in table.lines:
            totals = [cell for cell in line.cells if cell in form.sums]
            if totals and table.kind is Kind.COUNT and (not rows or line.row.key in rows):
                yield totals[-1]


# Texts


class TextPair(NamedTuple):
    """A section in sentences beside last year's.

    ``percent`` of it stands in last year's; ``repeated`` are its sentences that do
    word for word, ``stale`` those that speak of last year as of this one.
    """

    label: str
    percent: int
    repeated: tuple[str, ...]
    stale: tuple[str, ...]


def text_pairs(old: Report, new: Report) -> Iterator[TextPair]:
    """The sections in sentences that both reports have."""
    for key, section in new.form.prose.items():
        own, other = whole(new, key), whole(old, key)
        if own and other:
            before = set(sentences(other))
            yield TextPair(
                section.label,
                likeness(own, other),
                tuple(s for s in sentences(own) if s in before and len(s) >= FEWEST),
                tuple(s for s in sentences(own) if is_stale(s, new.year)),
            )


def whole(report: Report, key: str) -> str:
    """All that a section says, its figures put in."""
    texts = (text for at, text in report.texts() if at.startswith(f"{key}."))
    return "\n".join(report.says(text) for text in texts if text.strip())


def sentences(text: str) -> list[str]:
    """The sentences of a text."""
    return [found.strip() for found in _SENTENCE.findall(text) if found.strip()]


def is_stale(sentence: str, year: int | None) -> bool:
    """Whether a sentence speaks of last year as if it were this one."""
    return year is not None and f"{year - 1}年" in sentence and not _BACKWARDS.search(sentence)


# Whole


@dataclass(frozen=True)
class Comparison:
    """Two reports of one unit side by side."""

    old: Report
    new: Report

    @property
    def identities(self) -> list[Identity]:
        """What must hold between the two."""
        return list(identities(self.old, self.new))

    @property
    def broken(self) -> list[Identity]:
        """What does not hold."""
        return [each for each in self.identities if each.is_broken]

    @property
    def changes(self) -> list[Change]:
        """The cells in which they differ."""
        return changes(self.old, self.new)

    @property
    def every_cell(self) -> list[Change]:
        """All cells."""
        figures = self.old.figures, self.new.figures
        return [Change(c, figures[0].get(c), figures[1].get(c)) for c in self.new.form.addresses]

    @property
    def texts(self) -> list[TextPair]:
        """The sections in sentences."""
        return list(text_pairs(self.old, self.new))

    @property
    def warnings(self) -> list[str]:
        """Why the two may not be what is to be compared."""
        found = []
        if self.old.bureau.name != self.new.bureau.name:
            found.append(f"两份的单位名称不同：{self.old.bureau.name}、{self.new.bureau.name}")
        if self.old.year and self.new.year and self.old.year != self.new.year - 1:
            found.append(f"不是相邻的两年：{self.old.year}、{self.new.year}")
        return found


def total(reports: Mapping[str, Report]) -> dict[Address, Figure]:
    """The figures of several units added up, of those cells that all have answered."""
    every = list(reports.values())
    if not every:
        return {}
    return {
        cell: sum(report.figures[cell] for report in every)
        for cell in every[0].form.addresses
        if all(cell in report.figures for report in every)
    }
