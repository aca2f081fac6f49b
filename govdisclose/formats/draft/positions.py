"""Where every key, value and finding stands in a draft file."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Generator, Iterable, Iterator, Mapping
from functools import cached_property

from govdisclose.model.finding import Finding, Place
from govdisclose.model.form import Form
from govdisclose.model.report import Reading

Path = tuple[str | int, ...]
Walk = Generator[tuple[Path, int], None, int]

_BLANK = re.compile(r"(?:[\s,]|#[^\n]*)*")
_KEY = re.compile(
    r"""[ \t.]*(?:(?P<bare>[A-Za-z0-9_-]+)|"(?P<basic>(?:[^"\\]|\\.)*)"|'(?P<raw>[^']*)')"""
)
_STRING = re.compile(
    r'"""(?:[^"\\]|\\.|"(?!""))*"{3,5}'
    r"|'''(?:[^']|'(?!''))*'{3,5}"
    r'|"(?:[^"\\]|\\.)*"'
    r"|'[^']*'",
    re.DOTALL,
)
_SCALAR = re.compile(r"[^,\]}#\n]+")
_FIGURE = r'-?\d[\d.]*|"\?"'
_FIGURES = re.compile(rf"\[[ \t]*(?:{_FIGURE})(?:[ \t]*,[ \t]*(?:{_FIGURE}))*[ \t]*,?[ \t]*\]")
_ONE_FIGURE = re.compile(_FIGURE)


def scan(text: str, *, whole: bool = True) -> Iterator[tuple[Path, int]]:
    """Each key and value of a valid TOML text with the offset of its value.

    Elements of arrays have their index from 0 as the last part of the path; where
    not the ``whole`` is wanted, rows of figures are left unopened. A table's offset
    is that of its header.
    """
    at = skip(text, 0)
    prefix: Path = ()
    tables: dict[Path, int] = {}
    while at < len(text):
        start = at
        if text[at] == "[":
            repeated = text.startswith("[[", at)
            keys, at = key(text, at + 1 + repeated)
            prefix = resolved(keys, tables, repeated)
            yield prefix, start
            at = text.index("]", at) + 1 + repeated
        else:
            keys, at = key(text, at)
            at = skip(text, text.index("=", at) + 1)
            path = prefix + keys
            if not whole and (row := _FIGURES.match(text, at)):
                yield path, at
                at = row.end()
            else:
                at = yield from value(text, at, path)
        at = skip(text, at)


def resolved(keys: Path, tables: dict[Path, int], repeated: bool) -> Path:
    """The path of a header, with the index of each array of tables it passes."""
    path: Path = ()
    for number, name in enumerate(keys, start=1):
        path += (name,)
        if repeated and number == len(keys):
            tables[path] = tables.get(path, -1) + 1
        if path in tables:
            path += (tables[path],)
    return path


def skip(text: str, at: int) -> int:
    """The offset after white space, commas and comments."""
    match = _BLANK.match(text, at)
    return match.end() if match else at


def key(text: str, at: int) -> tuple[tuple[str, ...], int]:
    """The parts of a dotted key from an offset on, and the offset after it."""
    parts: list[str] = []
    while match := _KEY.match(text, at):
        parts.append(match["bare"] or match["basic"] or match["raw"] or "")
        at = match.end()
        if not re.match(r"[ \t]*\.", text[at : at + 80]):
            break
    return tuple(parts), at


def value(text: str, at: int, path: Path) -> Walk:
    """A value and those inside it; returns the offset after it."""
    yield path, at
    if string := _STRING.match(text, at):
        return string.end()
    if row := _FIGURES.match(text, at):  # as nearly all rows are
        found = _ONE_FIGURE.finditer(text, at, row.end())
        yield from (((*path, index), match.start()) for index, match in enumerate(found))
        return row.end()
    if text[at] == "[":
        return (yield from array(text, skip(text, at + 1), path))
    if text[at] == "{":
        return (yield from inline(text, skip(text, at + 1), path))
    scalar = _SCALAR.match(text, at)
    return scalar.end() if scalar else at + 1


def array(text: str, at: int, path: Path) -> Walk:
    """The elements of an array; returns the offset after its bracket."""
    index = 0
    while text[at] != "]":
        at = yield from value(text, at, (*path, index))
        at, index = skip(text, at), index + 1
    return at + 1


def inline(text: str, at: int, path: Path) -> Walk:
    """The members of an inline table; returns the offset after its brace."""
    while text[at] != "}":
        keys, at = key(text, at)
        at = yield from value(text, skip(text, text.index("=", at) + 1), path + keys)
        at = skip(text, at)
    return at + 1


class Lines:
    """The lines of a text, to turn offsets into places."""

    def __init__(self, text: str) -> None:
        self.starts = [0, *(match.end() for match in re.finditer("\n", text))]

    def place(self, offset: int) -> Place:
        """Line and column of an offset, both from 1."""
        line = bisect_right(self.starts, offset)
        return Place(line, offset - self.starts[line - 1] + 1)


LAST_YEAR = "last_year"
RECEIVED = "received"


class Places(Mapping[str, Place]):
    """Where each figure and text stands in a file, worked out when first asked."""

    def __init__(self, text: str, form: Form) -> None:
        self.text = text
        self.form = form
        self.opened: dict[str, dict[str, int]] = {}

    def __reduce__(self) -> tuple[type[Places], tuple[str, Form]]:
        return Places, (self.text, self.form)

    @cached_property
    def found(self) -> dict[str, int]:
        """Every offset by dotted path; parts and columns are named as in a report."""
        return {self.name(path): offset for path, offset in scan(self.text)}

    @cached_property
    def outer(self) -> dict[str, tuple[Path, int]]:
        """The same without what stands in rows of figures, which are most of a file."""
        return {self.name(path): (path, at) for path, at in scan(self.text, whole=False)}

    def row(self, path: str) -> dict[str, int]:
        """The offsets of what stands in the row of a figure, nothing where there is none."""
        name = path.rpartition(".")[0]
        if name not in self.opened:
            start = self.outer.get(name)
            inner = value(self.text, start[1], start[0]) if start else ()
            self.opened[name] = {self.name(path): offset for path, offset in inner}
        return self.opened[name]

    def name(self, path: Path) -> str:
        """A path of the file as a report names it."""
        before, inner = (f"{LAST_YEAR}.", path[1:]) if path[0] == LAST_YEAR else ("", path)
        cell = self.form.by_position.get(inner)
        if cell:
            return before + cell
        return ".".join(str(key + 1) if isinstance(key, int) else key for key in path)

    @cached_property
    def lines(self) -> Lines:
        """The lines of the file."""
        return Lines(self.text)

    def inside(self, path: str, index: int) -> Place | None:
        """Where a character of a text stands, else where the text begins."""
        start = self.get(path)
        if start is None:
            return None
        offset = self.lines.starts[start.line - 1] + start.column - 1
        string = _STRING.match(self.text, offset)
        return self.lines.place(character(string[0], index) + offset) if string else start

    def __getitem__(self, path: str) -> Place:
        table, _, rest = path.partition(".")
        row, _, column = rest.partition(".")
        if path in self.outer:
            return self.lines.place(self.outer[path][1])
        line = self.form.lines.get((table, row))
        if line and column and path in (inside := self.row(path)):
            return self.lines.place(inside[path])
        if column and path not in self.found and line:
            path = f"{table}.{row}"
        return self.lines.place(self.found[path])

    def __iter__(self) -> Iterator[str]:
        return iter(self.found)

    def __len__(self) -> int:
        return len(self.found)


_ESCAPE = re.compile(r"\\(?:u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|[ \t]*\n\s*|.)", re.DOTALL)


def character(string: str, index: int) -> int:
    """Where a character of a TOML string stands in its writing, quotes and all."""
    quotes = 3 if string.startswith(('"""', "'''")) else 1
    at = quotes + (string[quotes : quotes + 1] == "\n" and quotes == 3)
    end = len(string) - quotes
    while at < end:
        escape = _ESCAPE.match(string, at) if string[0] == '"' else None
        width = len(escape[0]) if escape else 1
        if not (escape and "\n" in escape[0]):
            if not index:
                break
            index -= 1
        at += width
    return min(at, end)


def place_of(finding: Finding, reading: Reading) -> Place | None:
    """Where a finding stands in its file: in a text, where its words do."""
    if finding.place or finding.span is None or not isinstance(reading.places, Places):
        return finding.place or reading.places.get(finding.at)
    return reading.places.inside(finding.at, finding.span[0])


def placed(findings: Iterable[Finding], reading: Reading) -> Iterator[Finding]:
    """The findings with the place in the file where they stand."""
    for finding in findings:
        yield finding._replace(place=place_of(finding, reading))
