"""The files that paths, folders and patterns stand for; a folder with all that lie in it.

What is named by itself is given as it is. Of what is only found, hidden files
are not seen, and what is clearly no draft is passed over, and that is told.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from fnmatch import fnmatch
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from govdisclose.model import limits

DRAFT = ".toml"
FOREIGN = "不像是草稿，没有读（里面没有年份、单位，也没有哪一部分）"
LINKED = "是链接的文件夹，没有进去；要读它，把它单独写出来"
LINES = "名字里有换行或制表符，没有读；请先改名"
IN_USE = "是 Excel、WPS 打开文件时的临时文件，没有读；先在那里存盘、关闭"

_BEGUN = re.compile(rb"(?:\xef\xbb\xbf)?(?:[ \t\r]*(?:#[^\n]*)?\n)*[ \t]*(?:form|year)[ \t]*=")
_SIGNS = re.compile(r"[*?\[]")


class FileKinds(NamedTuple):
    """What is looked for: the suffixes, and why other files are passed over, if that is told."""

    suffixes: tuple[str, ...]
    others: str = ""


class Passed(NamedTuple):
    """Something that was found and not read, and why."""

    path: Path
    why: str


class Unsure(NamedTuple):
    """Something that was found and has the name of a draft."""

    path: Path


class FoundFiles(NamedTuple):
    """The files to be read, each once, and what was passed over.

    A folder among the files could not be opened: whoever reads it says why.
    ``unsure`` are drafts by their names alone: whoever reads one that is foreign
    passes it over.
    """

    paths: list[Path]
    passed: list[Passed]
    unsure: frozenset[Path] = frozenset()

    def without(self, foreign: Iterable[Path]) -> FoundFiles:
        """The same where some of the unsure were read and are foreign."""
        gone = frozenset(foreign)
        passed = [Passed(path, FOREIGN) for path in self.paths if path in gone]
        paths = [path for path in self.paths if path not in gone]
        return FoundFiles(paths, self.passed + passed, self.unsure - gone)


DRAFTS = FileKinds((DRAFT,))


def found(paths: Iterable[Path], wanted: FileKinds = DRAFTS) -> FoundFiles:
    """The files that some paths, folders and patterns stand for, in order."""
    files = listed(paths, wanted)
    return files.without(path for path in files.unsure if is_foreign(path))


def listed(paths: Iterable[Path], wanted: FileKinds = DRAFTS) -> FoundFiles:
    """The same, but no file is opened: those with the name of a draft are unsure."""
    files: dict[str, Path] = {}
    passed: dict[Passed, None] = {}
    named: set[str] = set()
    for item in chain.from_iterable(meant(path, wanted) for path in paths):
        if isinstance(item, Passed):
            passed[item] = None
            continue
        path = item.path if isinstance(item, Unsure) else item
        if names_lines(path):
            passed[Passed(path, LINES)] = None
            continue
        file = identity(path)
        files.setdefault(file, path)
        if not isinstance(item, Unsure):
            named.add(file)
    unsure = frozenset(path for file, path in files.items() if file not in named)
    return FoundFiles(list(files.values()), list(passed), unsure)


def names_lines(path: Path) -> bool:
    """Whether a path would be told in more than one line."""
    return any(sign in str(path) for sign in "\n\r\t")


def identity(path: Path) -> str:
    """A file by whatever name it is given.

    Windows cannot follow the links of what is no file (CON, a pipe), nor of some network folders.
    """
    for form in (os.path.realpath, os.path.abspath):
        with suppress(OSError, ValueError):  # the second: a name that the system cannot spell
            return form(path)
    return str(path)  # in a folder that is gone


def here(folder: Path) -> list[Path]:
    """The drafts that lie in a folder itself."""
    try:
        paths = [folder / entry.name for entry in entries(folder) if is_draft(Path(entry.name))]
    except OSError:
        return []
    return [path for path in paths if not is_foreign(path)]


def meant(path: Path, wanted: FileKinds) -> Iterator[Path | Passed | Unsure]:
    """The files that one path, folder or pattern stands for."""
    try:
        is_folder, is_there = path.is_dir(), path.exists()
    except (OSError, ValueError):  # a name that no system takes; whoever reads it says so
        yield path
        return
    if path.name.startswith("~$"):
        yield Passed(path, IN_USE)
    elif is_folder:
        yield from inside(path, wanted)
    elif _SIGNS.search(str(path)) and not is_there:
        for hit in matching(*rooted(path)):
            yield from inside(hit, wanted) if hit.is_dir() else judged(hit, wanted)
    else:
        yield path


def inside(folder: Path, wanted: FileKinds) -> Iterator[Path | Passed | Unsure]:
    """The files in a folder and in those below it; a folder that is closed, itself."""
    for each in below(folder):
        try:
            inner = entries(each)
        except OSError:
            yield each
            continue
        for entry in inner:
            path = each / entry.name
            if suffix_of(path) in wanted.suffixes:
                yield from judged(path, wanted)
            elif is_folder(entry):
                if is_link(entry):
                    yield Passed(path, LINKED)
            elif wanted.others:
                yield from judged(path, wanted)


def below(folder: Path) -> Iterator[Path]:
    """A folder and all below it, but none that is a link: links may lead in a circle."""
    waiting = [folder]
    while waiting:
        folder = waiting.pop()
        yield folder
        with suppress(OSError):
            inner = [e for e in entries(folder) if is_folder(e) and not is_link(e)]
            waiting.extend(folder / entry.name for entry in reversed(inner))


def entries(folder: Path) -> list[os.DirEntry[str]]:
    """What lies in a folder by name, hidden and temporary files left out."""
    with os.scandir(folder) as listed:
        seen = [entry for entry in listed if not entry.name.startswith((".", "~$"))]
    return sorted(seen, key=lambda entry: entry.name)


def is_folder(entry: os.DirEntry[str]) -> bool:
    """Whether it is a folder, or a link to one."""
    try:
        return entry.is_dir()
    except OSError:  # a link that leads nowhere
        return False


def is_link(entry: os.DirEntry[str]) -> bool:
    """Whether a folder in a folder lies elsewhere in truth."""
    return entry.is_symlink() or bool(getattr(entry, "is_junction", bool)())


def judged(path: Path, wanted: FileKinds) -> Iterator[Path | Passed | Unsure]:
    """A file that was found, or why it is passed over."""
    if is_draft(path):
        if DRAFT in wanted.suffixes:
            yield Unsure(path)
    elif wanted.others and suffix_of(path) not in wanted.suffixes:
        yield Passed(path, wanted.others)
    else:
        yield path


def suffix_of(path: Path) -> str:
    """The suffix of a file's name in small letters."""
    return path.suffix.lower()


def is_draft(path: Path) -> bool:
    """Whether a file has the name of a draft, the suffix in letters of any size."""
    return suffix_of(path) == DRAFT


def is_foreign(path: Path) -> bool:
    """Whether a file is TOML of another kind; our drafts begin with form and year."""
    from govdisclose.formats.draft import reader

    try:
        if not path.is_file() or path.stat().st_size > limits.DRAFT_BYTES:
            return False
        with path.open("rb") as file:
            start = file.read(4096)
            return not _BEGUN.match(start) and reader.is_foreign(start + file.read())
    except OSError:
        return False


# Patterns


def rooted(pattern: Path) -> tuple[Path, tuple[str, ...]]:
    """The folder that a pattern starts from, and its parts below that."""
    root = pattern
    while _SIGNS.search(str(root)) and not root.exists():
        root = root.parent
    return root, pattern.parts[len(root.parts) :]


def matching(folder: Path, parts: tuple[str, ...]) -> Iterator[Path]:
    """The paths below a folder that fit the parts of a pattern, ``**`` any folders."""
    if not parts:
        yield folder
    elif parts[0] == "**":
        for each in below(folder):
            yield from matching(each, parts[1:])
    else:
        try:
            listed = entries(folder)
        except OSError:
            listed = []
            if folder.is_dir():
                yield folder
        for entry in listed:
            if fnmatch(entry.name.lower(), parts[0].lower()):
                yield from matching(folder / entry.name, parts[1:])
