"""Two reports side by side: the figures and texts in which they differ."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields
from typing import NamedTuple

from govdisclose.model.figures import Figure
from govdisclose.model.form import Address
from govdisclose.model.report import LABELS, Bureau, Report


class Change(NamedTuple):
    """A cell and its figure before and after, None where it is open."""

    cell: Address
    old: Figure | None
    new: Figure | None

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
