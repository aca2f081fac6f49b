"""The documents of many drafts, printed where that is due, and remembered."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from itertools import chain, count
from pathlib import Path
from typing import NamedTuple

from govdisclose import __version__, files
from govdisclose.crew import Progress, died, fault, staged
from govdisclose.files import Style
from govdisclose.finding import Unusable
from govdisclose.survey import Look

STANDARD = Style()
RECORD = ".govdisclose.json"


class Done(NamedTuple):
    """A document printed earlier: of which unit, and from what."""

    unit: str
    made_from: str


Record = dict[str, Done]


class Task(NamedTuple):
    """The documents of a draft, and those of them that are to be printed now."""

    path: Path
    digest: str
    documents: Record
    due: tuple[str, ...] = ()


class Printed(NamedTuple):
    """The documents of a draft that were printed, and why the others were not."""

    names: tuple[str, ...]
    reason: str = ""


def recorded(folder: Path) -> Record:
    """What has been printed into a folder; nothing where that is not known."""
    with suppress(OSError, ValueError, TypeError, AttributeError):
        known = json.loads((folder / RECORD).read_text(encoding="utf-8"))
        return {name: Done(*map(str, done)) for name, done in known["documents"].items()}
    return {}


def keep(folder: Path, record: Record) -> None:
    """Remember what has been printed; where that fails, it is printed again."""
    text = json.dumps({"documents": record}, ensure_ascii=False, indent=1)
    with suppress(Unusable):
        files.save(folder / RECORD, text.encode())


@dataclass(frozen=True)
class Press:
    """Where documents are printed, in which formats and in which look."""

    folder: Path
    suffixes: tuple[str, ...] = (".docx",)
    style: Style = STANDARD

    def documents(self, stem: str, seen: Look) -> Record:
        """The documents of a draft under a name."""
        return {
            f"{stem}{suffix}": Done(seen.unit, self.mark(suffix, seen.digest))
            for suffix in self.suffixes
        }

    def mark(self, suffix: str, digest: str) -> str:
        """What a document depends on: this version, its style and the draft."""
        parts = (__version__, suffix, digest, *map(repr, self.style))
        return hashlib.sha256(" ".join(parts).encode()).hexdigest()


def planned(looks: Iterable[Look], press: Press, everything: bool) -> dict[Path, Task]:
    """What is to be printed of each draft that has been read.

    One with an error prints nothing; its documents are those of an earlier time.
    """
    record = recorded(press.folder)
    owners = {Path(name).stem.casefold(): done.unit for name, done in record.items()}
    tasks = {}
    for seen in looks:
        if seen.is_sound:
            documents = press.documents(stem(seen, owners), seen)
            due = (
                name
                for name, done in documents.items()
                if everything or record.get(name) != done or not (press.folder / name).exists()
            )
            tasks[seen.path] = Task(seen.path, seen.digest, documents, tuple(due))
        elif seen.entry:
            old = {name: done for name, done in record.items() if done.unit == seen.unit}
            tasks[seen.path] = Task(seen.path, seen.digest, old)
    return tasks


def stem(seen: Look, owners: dict[str, str]) -> str:
    """A name for the documents of a draft that is no other unit's, now taken."""
    names = chain([seen.stem], (f"{seen.stem}-{number}" for number in count(2)))
    return next(
        name for name in names if owners.setdefault(name.casefold(), seen.unit) == seen.unit
    )


def pressed(
    tasks: Mapping[Path, Task], press: Press, jobs: int | None, progress: Progress
) -> dict[Path, Printed]:
    """Print what is due, and remember it also when interrupted."""
    due = [task for task in tasks.values() if task.due]
    paths = [task.path for task in due]
    record, results = recorded(press.folder), {}
    made = staged("生成", partial(printed, press=press), due, paths, jobs, progress)
    try:
        for task, result in zip(due, made, strict=True):
            results[task.path] = result = result or Printed((), died(task.path))
            record.update((name, task.documents[name]) for name in result.names)
    finally:
        keep(press.folder, record)
    return results


def printed(task: Task, press: Press) -> Printed:
    """Print the documents of a draft that are due, each whole or not at all."""
    names = []
    try:
        if hashlib.sha256(files.content(task.path)).hexdigest() != task.digest:
            raise Unusable(f"{task.path}：草稿在核对以后又改动过，没有生成，请再运行一次")
        report = files.read(task.path).report
        for name in task.due:
            document = files.printed(report, Path(name).suffix, press.style)
            files.save(press.folder / name, document)
            names.append(name)
    except Unusable as error:
        return Printed(tuple(names), str(error))
    except Exception as error:  # a fault of ours in one draft must not stop the others
        return Printed(tuple(names), fault(task.path, error))
    return Printed(tuple(names))
