"""Whether a file may be written over, and where else to put it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from contextlib import suppress
from enum import Enum
from itertools import count
from pathlib import Path
from typing import NamedTuple

from govdisclose.files import disk
from govdisclose.formats.container import unpacked
from govdisclose.formats.seal import seal_of
from govdisclose.model.finding import Unusable
from govdisclose.model.front_matter import title
from govdisclose.model.report import Report


class Standing(Enum):
    """What stands where a file is to be written.

    OURS is as it was written here, nobody has edited it; ANOTHERS is the
    document of another report; EDITED is whatever else is there.
    """

    FREE = "free"
    SAME = "same"
    OURS = "ours"
    EDITED = "edited"
    ANOTHERS = "anothers"

    @property
    def may_give_way(self) -> bool:
        """Whether nothing of anybody's work is lost by writing there."""
        return self in (Standing.FREE, Standing.SAME, Standing.OURS)


def standing(path: Path, data: bytes, known: str = "", report: Report | None = None) -> Standing:
    """What stands where some bytes are to be written: the one answer to every overwrite.

    ``known`` is the digest of what was written there last, where a record in the
    folder says so; ``report`` is what a document is printed of. A document says by
    its seal whether it was edited, whoever printed it and wherever.
    """
    if not disk.is_there(path) or not path.is_file():  # writing refuses what is no file
        return Standing.FREE
    there = disk.content(path)
    if there == data:
        return Standing.SAME
    if known and digest(there) == known:
        return Standing.OURS
    if report and is_anothers(there, path.suffix, report):
        return Standing.ANOTHERS
    seal = seal_of(there) if report else None
    return Standing.OURS if seal and seal.is_intact else Standing.EDITED


def is_anothers(data: bytes, suffix: str, report: Report) -> bool:
    """Whether a document is of another report, as its title says."""
    from html import escape

    name = escape("".join(title(report)), quote=False).encode()
    if suffix in (".docx", ".xlsx"):
        with suppress(Unusable):
            return name not in unpacked(data).get("docProps/core.xml", b"")
    return suffix == ".html" and b"<title" in data and name not in data


def put_document(
    path: Path,
    data: bytes,
    report: Report | None,
    *,
    remedy: str,
    known: str = "",
    force: bool = False,
) -> None:
    """Write a printed document; Unusable where an edited or another's stands there.

    ``remedy`` says how to write it all the same; ``force`` lets an edited one give way.
    """
    found = standing(path, data, known, report)
    if found is Standing.ANOTHERS:
        raise Unusable(f"{path}：是另一份报告的文档，没有覆盖；换一个名字")
    if found is Standing.EDITED and not force:
        is_known = known or seal_of(disk.content(path))
        why = "生成以后有人改动过" if is_known else "已经有这个文件，没有记录是这里生成的"
        keep = "要留住改动，用 import 这个文档 --into 草稿"
        raise Unusable(f"{path}：{why}，没有覆盖。{keep}；要重新生成，{remedy}")
    if found is not Standing.SAME:
        disk.save(path, data)


def unused_path(path: Path) -> Path:
    """A name beside one that is taken: -2, -3 and so on before the suffix."""
    numbers = (path.with_stem(f"{path.stem}-{number}") for number in count(2))
    return next(other for other in numbers if not other.exists())


PRINTED = ".govdisclose.json"
IMPORTED = ".govdisclose-import.json"


ImportRecord = Mapping[str, str]


def digest(data: bytes) -> str:
    """What tells one draft from another."""
    return hashlib.sha256(data).hexdigest()


def import_record(folder: Path) -> ImportRecord:
    """The drafts written into a folder, by name; nothing where that is not known."""
    with suppress(OSError, ValueError, TypeError, AttributeError):
        known = json.loads((folder / IMPORTED).read_text(encoding="utf-8"))
        return {str(name): str(value) for name, value in known["drafts"].items()}
    return {}


def save_import_record(folder: Path, record: ImportRecord) -> None:
    """Remember what was written; where that fails, a draft counts as edited."""
    text = json.dumps({"drafts": record}, ensure_ascii=False, indent=1)
    with suppress(Unusable):
        disk.save(folder / IMPORTED, text.encode())


class PrintedDocument(NamedTuple):
    """A document printed earlier: of which unit, from what, and its own hash."""

    unit: str
    made_from: str
    content: str = ""


PrintRecord = Mapping[str, PrintedDocument]


def printed_record(folder: Path) -> PrintRecord:
    """What has been printed into a folder; nothing where that is not known."""
    with suppress(OSError, ValueError, TypeError, AttributeError):
        known = json.loads((folder / PRINTED).read_text(encoding="utf-8"))
        return {name: PrintedDocument(*map(str, done)) for name, done in known["documents"].items()}
    return {}


def save_printed_record(folder: Path, record: PrintRecord) -> None:
    """Remember what has been printed; where that fails, it is printed again."""
    text = json.dumps({"documents": record}, ensure_ascii=False, indent=1)
    with suppress(Unusable):
        disk.save(folder / PRINTED, text.encode())


def put_aside(path: Path) -> Path:
    """Copy a draft to a name that is free and that no folder of drafts takes for one."""
    backup = path.with_name(f"{path.name}.bak")
    backup = unused_path(backup) if disk.is_there(backup) else backup
    disk.save(backup, disk.content(path))
    return backup
