"""Mutated files of every format, each by its seed, and what the program makes of them.

``python -m tests.fuzz`` runs as many as one likes; the tests run a few of each.
"""

from __future__ import annotations

import time
import traceback
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from random import Random
from typing import NamedTuple

import govdisclose
from govdisclose import formats, rules
from govdisclose.formats import collection, draft, html, libreoffice, word
from govdisclose.model.finding import Unusable
from govdisclose.model.report import Reading
from tests.support import mutations, samples
from tests.support.cli import FAULTY, LANGXI

OURS = str(Path(govdisclose.__file__).parent)
SLIPS = (LookupError, TypeError, AttributeError, AssertionError, NameError, RecursionError)
"""What a library says of a damaged file is no slip; these, raised in our own lines, are."""
SIGNS = "“”\"'[]{}=,.#\\\n\t\r\0\x01\x1b\u202e，。０１？-_ 甲9"
VALUES = (
    "0x" + "F" * 40,
    "9" * 5000,
    "nan",
    "1e999",
    "[[[[]]]]",
    "{a={}}",
    "2024-01-01",
    '"?"',
    "-1",
    "'''",
)


class Outcome(NamedTuple):
    """What became of one file: ``fault`` is a traceback, and there should be none."""

    state: str
    seconds: float
    fault: str = ""


def mutated_text(data: bytes, seed: int) -> bytes:
    """A text with something wrong in its lines, its signs, its bytes or its encoding."""
    chance = Random(seed)
    lines = data.decode().split("\n")
    for _ in range(chance.choice((1, 1, 2, 5, 40))):
        at = chance.randrange(len(lines))
        line = lines[at]
        place = chance.randrange(len(line) + 1)
        match chance.randrange(7):
            case 0:
                lines[at] = line[:place] + chance.choice(SIGNS) + line[place:]
            case 1:
                lines[at] = line[:place] + line[place + 1 :]
            case 2:
                lines[at] = line.partition("=")[0] + "= " + chance.choice(VALUES)
            case 3:
                lines[at] = lines[chance.randrange(len(lines))]
            case 4:
                lines.insert(at, line)
            case 5:
                lines[at] = chance.choice(SIGNS) * chance.choice((1, 3, 300))
            case _:
                lines[at] = line[:place]
    text = "\n".join(lines)
    match chance.randrange(12):
        case 0:
            return text.encode("gb18030")
        case 1:
            return text.encode("utf-16")
        case 2:
            return text.replace("\n", "\r").encode()
        case 3:
            return mutations.flipped(text.encode(), chance)
        case 4:
            return text.encode()[: chance.randrange(len(text.encode()) + 1)]
    return text.encode()


def mutated_bytes(data: bytes, seed: int) -> bytes:
    """A file of no known inner form, with wrong bytes, pieces taken away, moved or doubled."""
    chance = Random(seed)
    start = chance.randrange(len(data))
    end = min(len(data), start + chance.choice((1, 2, 16, 512, 4096)))
    match chance.randrange(5):
        case 0:
            return data[:start] + data[end:]
        case 1:
            return data[:start] + data[start:end] * 2 + data[end:]
        case 2:
            return data[:end]
        case 3:
            other = chance.randrange(len(data))
            return data[:start] + data[other : other + end - start] + data[end:]
    return mutations.flipped(data, chance, 40)


@cache
def originals(suffix: str) -> tuple[bytes, ...]:
    """The sound files that those of a format are made from; none where it cannot be made here."""
    if suffix == ".toml":
        return (LANGXI.read_bytes(), FAULTY.read_bytes(), draft.dumps(samples.city()).encode())
    if suffix == ".docx":
        return (word.dumps(samples.small()), word.dumps(samples.city()))
    if suffix == ".html":
        return (html.dumps(samples.small()).encode(), html.dumps(samples.city()).encode())
    sheet = collection.dumps(samples.small())
    if suffix == ".xlsx":
        return (sheet,)
    try:
        return tuple(libreoffice.convert({"x.xlsx": sheet}, suffix[1:]).values())
    except Unusable:
        return ()


MUTATORS: dict[str, Callable[[bytes, int], bytes]] = {
    ".toml": mutated_text,
    ".html": mutated_text,
    ".docx": mutations.mutated,
    ".xlsx": mutations.mutated,
    ".ods": mutations.mutated,
    ".xls": mutated_bytes,
}


def made(suffix: str, seeds: range) -> Iterator[bytes]:
    """Mutated files of a format, one a seed."""
    sound = originals(suffix)
    yield from (MUTATORS[suffix](sound[seed % len(sound)], seed) for seed in seeds if sound)


def tried(suffix: str, data: bytes) -> Outcome:
    """What the program makes of a file, up to the draft that would be written."""
    start = time.process_time()
    state, fault = "read", ""
    try:
        reading = formats.reader(suffix)(data)
        rules.check(reading.report, known=reading.findings)
        draft.dumps(reading.report)
        if suffix == ".toml":
            check_places(data, reading)
    except Unusable as why:
        state = "unusable"
        if why.__cause__ is not None and is_ours(why.__cause__):
            state, fault = "internal", "".join(traceback.format_exception(why.__cause__)[-3:])
    except Exception:
        state, fault = "traceback", traceback.format_exc(limit=-4)
    return Outcome(state, time.process_time() - start, fault)


def is_ours(error: BaseException) -> bool:
    """Whether an error that counted as a damaged file was a slip in a line of this program."""
    frames = traceback.extract_tb(error.__traceback__)
    return isinstance(error, SLIPS) and bool(frames) and frames[-1].filename.startswith(OURS)


def check_places(data: bytes, reading: Reading) -> None:
    """Every place lies inside the file."""
    from govdisclose.formats.draft.toml import decoded

    lines = decoded(data)[0].split("\n")
    for finding in reading.findings:
        place = finding.place or reading.places.get(finding.at)
        if place is not None:
            assert 1 <= place.line <= len(lines), finding
            assert 1 <= place.column <= len(lines[place.line - 1]) + 1, finding
