"""Where every key and value stands in a TOML file, in lines and columns.

No TOML library tells; this scanner walks a text that has been parsed already
and so need not judge it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Generator, Iterator

from govdisclose.finding import Place

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


def scan(text: str) -> Iterator[tuple[Path, int]]:
    """Each key and value of a valid TOML text with the offset of its value.

    Elements of arrays have their index from 0 as the last part of the path. A
    table's offset is that of its header.
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
            at = yield from value(text, skip(text, text.index("=", at) + 1), prefix + keys)
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
