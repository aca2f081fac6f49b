"""Units that owe a report, and all that each of them is called."""

from __future__ import annotations

from typing import NamedTuple


class RosterUnit(NamedTuple):
    """A unit: its full name, short and former names, and whom to ask there."""

    name: str
    short: tuple[str, ...] = ()
    former: tuple[str, ...] = ()
    contact: str = ""
    telephone: str = ""

    @property
    def reached(self) -> str:
        """Whom to ask, and the number; empty where the roster does not say."""
        return " ".join(filter(None, (self.contact, self.telephone)))


Listed = RosterUnit | str
"""A unit of a roster, or only its name."""


def unit_of(listed: Listed) -> RosterUnit:
    """A unit, also where only its name is given."""
    return listed if isinstance(listed, RosterUnit) else RosterUnit(listed)
