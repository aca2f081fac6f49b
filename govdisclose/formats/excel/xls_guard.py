"""The old .xls looked over before it is read: a compound file, and the records in it.

calamine makes room for whatever such a file claims to hold, and follows its
chains of sectors without end: what is not sound raises ValueError here.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import chain as joined
from struct import unpack_from
from typing import TypeVar

from govdisclose.formats.excel.xlsx_guard import (
    MOST_CELLS,
    TOO_LARGE,
    DroppedValues,
    Outline,
    check_uses,
)
from govdisclose.model.finding import Unusable

Picked = TypeVar("Picked")

END, UNUSED = 0xFFFFFFFE, 0xFFFFFFFA
MINI, LEAST = 64, 4096
MOST_SHEETS = 255
STREAMS = ("Workbook", "Book")

FORMULA, EOF, CONTINUED, BOUND, MULTIPLE = 0x06, 0x0A, 0x3C, 0x85, 0xBD
SHARED_TEXTS, TEXT, PASSWORD, DIMENSIONS, ERROR = 0xFC, 0xFD, 0x2F, 0x0200, 0x0205
CELLS = (FORMULA, TEXT, 0x0203, 0x0204, ERROR, 0x027E)
ERRORS = {0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?"}
ERRORS |= {0x24: "#NUM!", 0x2A: "#N/A"}


def outlines(data: bytes) -> dict[str, Outline]:
    """The outlines of the sheets of an .xls by their names."""
    stream = stream_of(data)
    starts = list[tuple[str, int]]()
    blocks = list[bytes]()
    before = 0
    for kind, record in records(stream, 0):
        if kind == SHARED_TEXTS or (kind == CONTINUED and before == SHARED_TEXTS):
            blocks.append(record)
        before = before if kind == CONTINUED else kind
        if kind == PASSWORD:
            raise ValueError("encrypted")
        if kind == BOUND:
            starts.append((name_in(record), number(record, 0)))
        if kind == SHARED_TEXTS and number(record, 4) * 3 > len(stream):
            raise Unusable(TOO_LARGE)
    if len(starts) > MOST_SHEETS:
        raise Unusable(TOO_LARGE)
    uses: Counter[int] = Counter()
    found = {name: sheet_at(stream, start, uses) for name, start in starts}
    check_uses(uses, list(lengths(blocks)) if blocks else [])
    return found


def lengths(blocks: Sequence[bytes]) -> Iterator[int]:
    """The lengths of the shared texts, whose records follow one another; in characters.

    Characters go on in the next record after a byte that says how wide they
    are, what follows them without one.
    """
    rest = iter(blocks)
    block, at = next(rest), 8
    for _ in range(number(block, 4)):
        if at >= len(block):
            block, at = next(rest, b""), at - len(block)
        length, flags = unpack_from("<HB", block, at)
        runs, more = (unpack_from("<H", block, at + 3)[0] if flags & 8 else 0), 0
        if flags & 4:
            more = number(block, at + 3 + (2 if flags & 8 else 0))
        at += 3 + (2 if flags & 8 else 0) + (4 if flags & 4 else 0)
        left = length * (1 + (flags & 1))
        while at + left > len(block):
            missing = (at + left - len(block)) // (1 + (flags & 1))
            block, at = next(rest), 1
            flags = unpack_from("<B", block)[0]
            left = missing * (1 + (flags & 1))
        at += left + runs * 4 + more
        while at > len(block):
            block, at = next(rest), at - len(block)
        yield length


def name_in(record: bytes) -> str:
    """The name of a sheet, in one or two bytes a character."""
    length, wide = unpack_from("<BB", record, 6)
    wide &= 1
    return record[8 : 8 + length * (1 + wide)].decode("utf-16-le" if wide else "latin-1", "replace")


def sheet_at(stream: bytes, start: int, uses: Counter[int]) -> Outline:
    """The outline of the sheet whose records begin at a place; ``uses`` counts shared texts."""
    height = width = 0
    dropped: DroppedValues = {}
    for kind, record in records(stream, start):
        if kind == DIMENSIONS and room(record) > 10 * MOST_CELLS:
            raise Unusable(TOO_LARGE)
        if kind not in (*CELLS, MULTIPLE):
            continue
        row, column = unpack_from("<HH", record)
        last = unpack_from("<H", record, len(record) - 2)[0] if kind == MULTIPLE else column
        height, width = max(height, row + 1), max(width, last + 1)
        if kind == TEXT:
            uses[number(record, 6)] += 1
        dropped.update(((row, column), text) for text in without_value(kind, record))
    return Outline(height, width, dropped)


def room(record: bytes) -> int:
    """How many cells a sheet says it has, in two- or four-byte rows."""
    form = "<HHHH" if len(record) == 10 else "<IIHH"
    top, bottom, left, right = unpack_from(form, record)
    return ((bottom - top) % 2**32) * ((right - left) % 2**32) if bottom and right else 1


def without_value(kind: int, record: bytes) -> Iterator[str]:
    """What a cell says that holds an error, or a formula whose text is empty."""
    if kind == ERROR and record[7:8] > b"\0":
        yield ERRORS.get(record[6], "#N/A")
    if kind == FORMULA and record[12:14] == b"\xff\xff":
        if record[6] == 2:
            yield ERRORS.get(record[8], "#N/A")
        if record[6] == 3:
            yield ""


def records(stream: bytes, start: int) -> Iterator[tuple[int, bytes]]:
    """The records of a stream from a place on, up to the end that they say."""
    while start + 4 <= len(stream):
        kind, length = unpack_from("<HH", stream, start)
        yield kind, stream[start + 4 : start + 4 + length]
        if kind == EOF:
            return
        start += 4 + length


# The compound file


def number(data: bytes, at: int) -> int:
    """Four bytes as a number."""
    return int(unpack_from("<I", data, at)[0])


def numbers(data: bytes) -> Sequence[int]:
    """A sector of a table as numbers."""
    return unpack_from(f"<{len(data) // 4}I", data)


def pick(table: Sequence[Picked], place: int) -> Picked:
    """What stands at a place that the file names, and may name wrongly."""
    if place >= len(table):
        raise ValueError("a place beyond the end of the file")
    return table[place]


def stream_of(data: bytes) -> bytes:
    """The stream of a compound file that holds the records."""
    size = 1 << unpack_from("<H", data, 30)[0]
    if size not in (512, 4096):
        raise ValueError("no size of sectors")
    sectors = [data[at : at + size] for at in range(size, len(data), size)]
    held = [number(data, at) for at in (40, 44, 64)]
    if max(held) > len(sectors):
        raise ValueError("more tables than sectors")
    tables = [*numbers(data[76:512]), *further(number(data, 68), sectors)]
    fat = list(joined.from_iterable(numbers(pick(sectors, at)) for at in tables if at < UNUSED))
    folder = joined_sectors(number(data, 48), fat, sectors)
    entries = [folder[at : at + 128] for at in range(0, len(folder), 128)]
    names = [entry[:64].decode("utf-16-le", "replace").partition("\0")[0] for entry in entries]
    length = "<I" if size == 512 else "<Q"
    if any(unpack_from(length, entry, 120)[0] > len(data) for entry in entries):
        raise ValueError("a stream longer than the file")
    small = joined_sectors(number(pick(entries, 0), 116), fat, sectors) if held[2] else b""
    small_fat = numbers(joined_sectors(number(data, 60), fat, sectors)) if held[2] else ()
    entry = entries[next(names.index(name) for name in STREAMS if name in names)]
    start, most = number(entry, 116), number(entry, 120)
    if most >= LEAST:
        return joined_sectors(start, fat, sectors)[:most]
    minis = [small[at : at + MINI] for at in range(0, len(small), MINI)]
    return joined_sectors(start, small_fat, minis)[:most]


def further(start: int, sectors: list[bytes]) -> Iterator[int]:
    """The sectors of the table of sectors that its head has no room for."""
    seen = 0
    while start < UNUSED:
        *listed, start = numbers(pick(sectors, start))
        yield from listed
        seen += 1
        if seen > len(sectors):
            raise ValueError("a chain without end")


def joined_sectors(start: int, fat: Sequence[int], sectors: list[bytes]) -> bytes:
    """The sectors of a chain as one."""
    found = list[bytes]()
    while start != END:
        found.append(pick(sectors, start))
        start = pick(fat, start)
        if len(found) > len(sectors):
            raise ValueError("a chain without end")
    return b"".join(found)
