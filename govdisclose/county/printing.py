"""The documents of many drafts, printed where that is due, and remembered.

What is printed is remembered in the folder, with the draft it is made from and
the document's own hash: a document that somebody has changed since is not
overwritten.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import chain, count
from pathlib import Path
from typing import NamedTuple

from govdisclose import formats
from govdisclose.county.draft_store import DraftStore
from govdisclose.county.validate import CheckedDraft
from govdisclose.county.workers import Failure, Progress, WorkStep, attempt, died, spread, staged
from govdisclose.files import disk
from govdisclose.files.overwrite import (
    PrintedDocument,
    PrintRecord,
    digest,
    printed_record,
    put_document,
    save_printed_record,
)
from govdisclose.formats import PrintOptions, libreoffice
from govdisclose.model.finding import Unusable
from govdisclose.model.report import Report
from govdisclose.model.version import __version__

STANDARD = PrintOptions()
PDF = ".pdf"
AT_ONCE = 10
"""So many documents are turned into PDF with one start of LibreOffice."""


class PrintTask(NamedTuple):
    """The documents of a draft, and those of them that are to be printed now.

    ``number`` is that of the draft in the store; ``contents`` are the hashes of
    documents that may be overwritten, by name, None where all may be.
    """

    path: Path
    number: int
    digest: str
    documents: PrintRecord
    due: tuple[str, ...] = ()
    contents: Mapping[str, str] | None = None


class PrintResult(NamedTuple):
    """The hashes of the documents that were printed, and why others were not."""

    made: dict[str, str]
    reason: str = ""


@dataclass(frozen=True)
class PrintJob:
    """Where documents are printed, in which formats and in which look, and from what.

    Unusable where there is no program for a format.
    """

    folder: Path
    suffixes: tuple[str, ...] = (".docx",)
    style: PrintOptions = field(default=STANDARD)
    store: DraftStore | None = None

    def __post_init__(self) -> None:
        if PDF in self.suffixes and libreoffice.find() is None:
            raise Unusable(libreoffice.MISSING)

    def documents(self, stem: str, seen: CheckedDraft) -> PrintRecord:
        """The documents of a draft under a name."""
        return {
            f"{stem}{suffix}": PrintedDocument(seen.unit, self.mark(suffix, seen.digest))
            for suffix in self.suffixes
        }

    def mark(self, suffix: str, made_from: str) -> str:
        """What a document depends on: this version, its style and the draft."""
        parts = (__version__, suffix, made_from, *map(repr, self.style))
        return digest(" ".join(parts).encode())


def plan(drafts: Iterable[CheckedDraft], job: PrintJob, everything: bool) -> dict[Path, PrintTask]:
    """What is to be printed of each draft that has been read.

    One with an error prints nothing; its documents are those of an earlier time.
    """
    record = dict(printed_record(job.folder))
    owners = {Path(name).stem.casefold(): done.unit for name, done in record.items()}
    tasks = {}
    for number, seen in enumerate(drafts):
        if seen.is_sound:
            documents = job.documents(stem(seen, owners), seen)
            due = tuple(
                name
                for name, done in documents.items()
                if everything or not is_there(job.folder / name, done, record.get(name))
            )
            contents = {name: record[name].content for name in due if name in record}
            tasks[seen.path] = PrintTask(
                seen.path, number, seen.digest, documents, due, None if everything else contents
            )
        elif seen.entry:
            old = {name: done for name, done in record.items() if done.unit == seen.unit}
            tasks[seen.path] = PrintTask(seen.path, number, seen.digest, old)
    return tasks


def is_there(path: Path, wanted: PrintedDocument, known: PrintedDocument | None) -> bool:
    """Whether a document has been printed of just this."""
    return known is not None and known[:2] == wanted[:2] and path.exists()


def stem(seen: CheckedDraft, owners: dict[str, str]) -> str:
    """A name for the documents of a draft that is no other unit's, now taken."""
    names = chain([seen.stem], (f"{seen.stem}-{number}" for number in count(2)))
    return next(
        name for name in names if owners.setdefault(name.casefold(), seen.unit) == seen.unit
    )


def left_over(folder: Path, tasks: Mapping[Path, PrintTask]) -> dict[str, str]:
    """The documents in a folder of which no draft is there any more, each with its unit."""
    current = {name for task in tasks.values() for name in task.documents}
    return {
        name: done.unit
        for name, done in printed_record(folder).items()
        if name not in current and (folder / name).exists()
    }


def print_due(
    tasks: Mapping[Path, PrintTask], job: PrintJob, jobs: int | None, progress: Progress
) -> dict[Path, PrintResult]:
    """Print what is due, and remember it also when interrupted."""
    due = [task for task in tasks.values() if task.due]
    record = dict(printed_record(job.folder))
    results: dict[Path, PrintResult] = {}
    made = chain(
        documents(due, job, jobs, progress),
        pdfs([task for task in due if names(task, pdf=True)], job, jobs, progress),
    )
    try:
        for task, result in made:
            before = results.get(task.path, PrintResult({}))
            results[task.path] = PrintResult(
                before.made | result.made, before.reason or result.reason
            )
            for name, content in result.made.items():
                record[name] = task.documents[name]._replace(content=content)
    finally:
        save_printed_record(job.folder, record)
    return results


def names(task: PrintTask, *, pdf: bool) -> list[str]:
    """The documents of a task that are due and are PDF, or are not."""
    return [name for name in task.due if name.endswith(PDF) is pdf]


def documents(
    due: Sequence[PrintTask], job: PrintJob, jobs: int | None, progress: Progress
) -> Iterator[tuple[PrintTask, PrintResult]]:
    """Print all that is not PDF."""
    tasks = [task for task in due if names(task, pdf=False)]
    paths = [task.path for task in tasks]
    made = staged("生成", partial(printed, job=job), tasks, paths, jobs, progress)
    for task, result in zip(tasks, made, strict=True):
        yield task, PrintResult({}, result.reason) if isinstance(result, Failure) else result


def printed(task: PrintTask, job: PrintJob) -> PrintResult:
    """Print the documents of a draft that are due, each whole or not at all."""
    made: dict[str, str] = {}
    done = attempt(task.path, partial(print_into, made, task, job))
    return PrintResult(made, done.reason if isinstance(done, Failure) else "")


def print_into(made: dict[str, str], task: PrintTask, job: PrintJob) -> None:
    """Print the documents of a draft; the hash of each is put down as it is there."""
    report = unchanged(task, job.store)
    for name in names(task, pdf=False):
        suffix = Path(name).suffix
        document = formats.printed(report, suffix, job.style, made_from=task.digest)
        made[name] = put(task, job.folder / name, document, report)


def put(task: PrintTask, path: Path, document: bytes, report: Report | None) -> str:
    """Write a document of a draft and give its hash; an edited one is left alone."""
    known = (task.contents or {}).get(path.name, "")
    remedy = "先把它移走，或者加 --all"
    is_wanted = task.contents is None
    put_document(path, document, report, known=known, remedy=remedy, force=is_wanted)
    return digest(document)


def unchanged(task: PrintTask, store: DraftStore | None) -> Report:
    """The report of a draft as it was checked; Unusable where the file is another now."""
    if digest(disk.content(task.path)) != task.digest:
        raise Unusable(f"{task.path}：草稿在核对以后又改动过，没有生成，请再运行一次")
    return (store.reading(task.number) if store else disk.read(task.path)).report


def pdfs(
    due: Sequence[PrintTask], job: PrintJob, jobs: int | None, progress: Progress
) -> Iterator[tuple[PrintTask, PrintResult]]:
    """Print all that is PDF, some at a time."""
    groups = [due[start : start + AT_ONCE] for start in range(0, len(due), AT_ONCE)]
    done = 0
    if due:
        progress(WorkStep("转成 PDF", 0, len(due), due[0].path))
    for group, result in zip(
        groups, spread(partial(converted, job=job), groups, jobs, pays=1), strict=True
    ):
        for task, each in zip(group, result or map(lost, group), strict=True):
            done += 1
            progress(WorkStep("转成 PDF", done, len(due), task.path))
            yield task, each


def lost(task: PrintTask) -> PrintResult:
    """A task of which nothing came back."""
    return PrintResult({}, died(task.path).reason)


def converted(group: Sequence[PrintTask], job: PrintJob) -> list[PrintResult]:
    """Print some drafts as PDF, with one start of LibreOffice."""
    sources = {task.path: attempt(task.path, partial(as_word, task, job)) for task in group}
    failures = {path: each for path, each in sources.items() if isinstance(each, Failure)}
    documents = {
        f"{path}.docx": each for path, each in sources.items() if not isinstance(each, Failure)
    }
    try:
        made = libreoffice.convert(documents)
    except Unusable as error:
        made = {}
        failures = {path: Failure(f"{path}：{error}") for path in sources} | failures
    return [
        PrintResult({}, failures[task.path].reason)
        if task.path in failures
        else kept(task, job.folder, made.get(f"{task.path}.docx"))
        for task in group
    ]


def as_word(task: PrintTask, job: PrintJob) -> bytes:
    """The Word document that a PDF is made of."""
    return formats.printed(unchanged(task, job.store), ".docx", job.style, made_from=task.digest)


def kept(task: PrintTask, folder: Path, document: bytes | None) -> PrintResult:
    """Write the PDF of a draft; there is none where LibreOffice has failed."""
    [name] = names(task, pdf=True)
    if document is None:
        return PrintResult({}, f"{task.path}：LibreOffice 没有生成 PDF，请在 Word、WPS 里另存")
    try:
        return PrintResult({name: put(task, folder / name, document, None)})
    except Unusable as error:
        return PrintResult({}, str(error))
