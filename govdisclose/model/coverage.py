"""What became of every figure of a form when a report was read, and of what was left."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import NamedTuple

from govdisclose.model.figures import Figure
from govdisclose.model.form import Address, Form


class State(Enum):
    """What became of a figure of the form."""

    READ = "读出"
    BLANK = "空白"
    UNREADABLE = "读不准"
    MISSING = "没有找到"


class Value(NamedTuple):
    """What a cell says; ``doubtful`` where digits have been joined over a gap."""

    state: State
    figure: Figure | None = None
    why: str = ""
    doubtful: bool = False


class Leftover(NamedTuple):
    """Numbers of a source that have no place in the form.

    ``beside`` tells those in a row or column that is known to be of something
    else, such as 序号 or 上年.
    """

    place: str
    texts: tuple[str, ...]
    beside: bool = False


@dataclass(frozen=True)
class Coverage:
    """What became of every figure of a form, and of every number in the source.

    ``sections`` are the keys of those that were not found; ``notes`` say what
    else has not been taken in.
    """

    form: Form
    values: Mapping[Address, Value]
    leftovers: tuple[Leftover, ...] = ()
    sections: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    sources: frozenset[str] = frozenset()

    def state(self, address: Address) -> State:
        """What became of a figure."""
        found = self.values.get(address)
        return found.state if found else State.MISSING

    @property
    def figures(self) -> dict[Address, Figure]:
        """The figures that have been read."""
        return {
            address: found.figure
            for address, found in self.values.items()
            if found.figure is not None
        }

    @property
    def counts(self) -> Counter[State]:
        """How many figures there are of each state."""
        return Counter(self.state(address) for address in self.form.addresses)

    @property
    def is_whole(self) -> bool:
        """Whether every figure has been read, or stands there blank."""
        counts = self.counts
        return not counts[State.UNREADABLE] and not counts[State.MISSING]

    @property
    def is_empty(self) -> bool:
        """Whether no figure has been read."""
        return not self.counts[State.READ]
