"""What a document consists of: lines and grids."""

from __future__ import annotations

from typing import NamedTuple

TextGrid = list[list[str]]
"""A table as text: a merged cell's text stands at each place it covers."""


class Paragraph(NamedTuple):
    """A paragraph; ``level`` is 0 for a title, 1 and 2 for headings, else None."""

    text: str
    level: int | None = None


Block = Paragraph | TextGrid
