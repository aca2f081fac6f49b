"""Whether a file may be written over, and where else to put it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from contextlib import suppress
from enum import Enum
from itertools import count
from pathlib import Path

from govdisclose.files import disk
from govdisclose.files.disk import content
from govdisclose.model.finding import Unusable
from govdisclose.model.front_matter import title
from govdisclose.model.report import Report


def is_anothers(path: Path, report: Report) -> bool:
    """Whether a document that is there is of another report, as its title says."""
    if not path.is_file():
        return False
    from html import escape

    name, data = escape("".join(title(report)), quote=False).encode(), content(path)
    if path.suffix in (".docx", ".xlsx"):
        from govdisclose.formats.container import unpacked

        return name not in unpacked(data).get("docProps/core.xml", b"")
    return path.suffix == ".html" and b"<title" in data and name not in data


def unused_path(path: Path) -> Path:
    """A name beside one that is taken: -2, -3 and so on before the suffix."""
    numbers = (path.with_stem(f"{path.stem}-{number}") for number in count(2))
    return next(other for other in numbers if not other.exists())


RECORD = ".govdisclose-import.json"


class Fate(Enum):
    """What becomes of a draft where something is sent for it.

    An edited one is left where the same is sent again; one in conflict was
    edited, and something else is sent.
    """

    NEW = "新收"
    REPLACED = "替换"
    SAME = "没有变化"
    EDITED = "收后改过、没有动"
    CONFLICT = "没有覆盖"


ImportRecord = Mapping[str, str]


def fate(path: Path, data: bytes, record: ImportRecord, is_wanted: bool) -> Fate:
    """What becomes of a draft; with ``is_wanted`` it gives way, whatever it says."""
    if not disk.is_there(path):
        return Fate.NEW
    there, known = disk.content(path), record.get(path.name)
    if there == data:
        return Fate.SAME
    if is_wanted or digest(there) == known:
        return Fate.REPLACED
    return Fate.EDITED if digest(data) == known else Fate.CONFLICT


def put(path: Path, data: bytes, record: ImportRecord) -> Path | None:
    """Write a draft; gives where the one is kept that was edited and gave way."""
    old = disk.content(path) if disk.is_there(path) else data
    kept = None
    if old != data and digest(old) != record.get(path.name):
        kept = path.with_name(f"{path.name}.bak")
        kept = unused_path(kept) if kept.exists() else kept
        disk.save(kept, old)
    disk.save(path, data)
    return kept


def digest(data: bytes) -> str:
    """What tells one draft from another."""
    return hashlib.sha256(data).hexdigest()


def recorded(folder: Path) -> ImportRecord:
    """The drafts written into a folder, by name; nothing where that is not known."""
    with suppress(OSError, ValueError, TypeError, AttributeError):
        known = json.loads((folder / RECORD).read_text(encoding="utf-8"))
        return {str(name): str(value) for name, value in known["drafts"].items()}
    return {}


def keep(folder: Path, record: ImportRecord) -> None:
    """Remember what was written; where that fails, a draft counts as edited."""
    text = json.dumps({"drafts": record}, ensure_ascii=False, indent=1)
    with suppress(Unusable):
        disk.save(folder / RECORD, text.encode())


def put_aside(path: Path) -> Path:
    """Copy a draft to a name that is free and that no folder of drafts takes for one."""
    from govdisclose.files import disk

    backup = path.with_name(f"{path.name}.bak")
    backup = unused_path(backup) if disk.is_there(backup) else backup
    disk.save(backup, disk.content(path))
    return backup
