"""What stands in a text box, on disk a moment after it is typed, until it is in the draft.

The swap file lies beside the draft: the place of the text in a line, then the text.
However the program ends, the next interview of that draft offers what is there.
"""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from govdisclose.files import disk
from govdisclose.files.overwrite import unused_path
from govdisclose.model.finding import Unusable

DELAY = 0.5  # seconds from the first key that is not on disk until it is


class Unsaved(NamedTuple):
    """A text that was not finished, and the path of its question."""

    at: str
    text: str


def path_of(draft: Path) -> Path:
    """Where the swap file of a draft is."""
    return draft.with_name(f".{draft.name}.swp")


def keep(draft: Path | None, at: str, text: str) -> None:
    """Put a text by; where the disk refuses, the answer itself will say so."""
    if draft is None:
        return
    if not text.strip():
        clear(draft)
        return
    with suppress(Unusable):
        disk.save(path_of(draft), f"{at}\n{text}".encode("utf-8", "replace"))


def clear(draft: Path | None) -> None:
    """Take the swap file away: what it held is in the draft, or not wanted."""
    if draft is not None:
        with suppress(OSError):
            path_of(draft).unlink(missing_ok=True)


def put_aside(draft: Path) -> Path:
    """Give the text a file of its own, where its question is no longer asked."""
    path = path_of(draft)
    target = draft.with_name(f"{draft.stem}未写完.txt")
    target = unused_path(target) if target.exists() else target
    with suppress(OSError):
        return path.replace(target)
    return path


def left(draft: Path | None) -> Unsaved | None:
    """What an interview of the draft that was cut off has left."""
    try:
        if draft is None or not path_of(draft).is_file():
            return None
        at, _, text = disk.content(path_of(draft)).decode("utf-8", "replace").partition("\n")
    except (Unusable, OSError):
        return None
    return Unsaved(at, text) if text.strip() else None
