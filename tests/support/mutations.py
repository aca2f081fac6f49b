"""Damaged and odd files made of sound ones: each by its seed, the same on any day."""

import re
from io import BytesIO
from random import Random
from zipfile import ZIP_BZIP2, ZIP_DEFLATED, ZIP_LZMA, ZIP_STORED, ZipFile

VALUE = re.compile(rb'="[^"]*"')
TAG = re.compile(rb"<(/?[A-Za-z:]+)")
HUGE = b"9" * 5000
ODD = (b"", b"x", b"-1", b"0", b"1.5", b"99999999999999", HUGE, b"&lt;&quot;", b"true", b"../x")
INSTEAD = (b"", b"<x/>", b"<x", b"\xff\xfe\x00", b"<!DOCTYPE x SYSTEM 'file:///etc/hostname'><x/>")


def packed(parts: dict[str, bytes], method: int = ZIP_DEFLATED) -> bytes:
    file = BytesIO()
    with ZipFile(file, "w", method) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return file.getvalue()


def parts_of(data: bytes) -> dict[str, bytes]:
    with ZipFile(BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def flipped(data: bytes, chance: Random, most: int = 8) -> bytes:
    changed = bytearray(data)
    for _ in range(chance.randint(1, most)):
        changed[chance.randrange(len(changed))] = chance.randrange(256)
    return bytes(changed)


def cut(text: bytes, chance: Random) -> bytes:
    """A part without a piece between two of its tags."""
    tags = [match.start() for match in TAG.finditer(text)]
    if len(tags) < 2:
        return b""
    start = chance.randrange(len(tags) - 1)
    return text[: tags[start]] + text[tags[min(len(tags) - 1, start + chance.randint(1, 4))] :]


def revalued(text: bytes, chance: Random) -> bytes:
    """A part with some of its attributes given odd values."""
    for _ in range(chance.randint(1, 3)):
        places = [match.span() for match in VALUE.finditer(text)]
        if places:
            start, end = chance.choice(places)
            text = text[: start + 2] + chance.choice(ODD) + text[end - 1 :]
    return text


def renamed(text: bytes, chance: Random) -> bytes:
    """A part with all elements of one name under another."""
    names = sorted({match[1] for match in TAG.finditer(text) if not match[1].startswith(b"/")})
    return text.replace(chance.choice(names), chance.choice([b"w:x", *names])) if names else text


def mutated(data: bytes, seed: int) -> bytes:
    """A file with something wrong in it."""
    chance = Random(seed)
    kind = chance.randrange(10)
    if kind == 0:
        return flipped(data, chance)
    if kind == 1:
        return data[: chance.randrange(len(data))]
    parts = parts_of(data)
    if kind == 2:
        method = chance.choice([ZIP_STORED, ZIP_BZIP2, ZIP_LZMA])
        whole = packed(parts, method)
        return flipped(whole, chance, 200) if chance.random() < 0.7 else whole
    name = chance.choice(sorted(parts))
    if kind == 3:
        del parts[name]
    elif kind == 4:
        parts[name] = chance.choice(INSTEAD)
    elif kind == 5:
        parts[name] = parts[chance.choice(sorted(parts))]
    elif kind == 6:
        parts[name] = flipped(parts[name], chance) if parts[name] else b""
    else:
        change = chance.choice([cut, revalued, revalued, renamed])
        parts[name] = change(parts[name], chance)
    return packed(parts)
