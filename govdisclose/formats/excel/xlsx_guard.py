"""What the parts of a workbook say of its cells, looked at before room is made for them.

calamine makes room for whatever a file claims to hold, and reads an error, or a
formula that was never computed, as an empty cell: both are looked for here.
"""

from __future__ import annotations

import re
from collections import Counter, deque
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple
from xml.parsers.expat import ParserCreate

from govdisclose.model.finding import Unusable

MOST_CELLS = 200_000  # in all sheets, the empty ones between included
MOST_TEXT = 50_000_000  # characters
MOST_IN_CELL = 1_000_000
MOST_ELEMENTS = 1_000_000
TOO_LARGE = "工作表过大，不像一份填报的表格"

CHUNK = 1 << 16
CELLS = ("c", "si", "table-cell", "covered-table-cell")
REFERENCE = re.compile(r"([A-Za-z]{1,3})(\d{1,7})")

DroppedValues = dict[tuple[int, int], str]
"""What stands in the cells, by row and column, for which calamine gives something else."""


class Outline(NamedTuple):
    """How far the filled cells of a sheet reach, and which of them have no value."""

    height: int
    width: int
    dropped: DroppedValues


def check(outlines: Mapping[str, Outline]) -> None:
    """Refuse sheets that are together too large."""
    if sum(outline.height * outline.width for outline in outlines.values()) > MOST_CELLS:
        raise Unusable(TOO_LARGE)


class Element(NamedTuple):
    """An element as it starts; a cell, or a shared text, as it ends, with its texts by tags."""

    tag: str
    given: Mapping[str, str]
    texts: Mapping[str, str]


def elements(part: bytes) -> Iterator[Element]:
    """The elements of a part in order, names without the prefix of their namespace."""
    found: deque[Element] = deque()
    tags: list[str] = []
    texts: dict[str, str] = {}
    cell: dict[str, str] = {}
    count = 0

    def start(name: str, given: dict[str, str]) -> None:
        tags.append(name.rpartition(":")[2])
        if tags[-1] in CELLS:
            texts.clear()
            cell.clear()
            cell.update(given)
        else:
            texts.setdefault(tags[-1], "")
            found.append(Element(tags[-1], given, {}))

    def end(_: str) -> None:
        tag = tags.pop()
        if tag in CELLS:
            found.append(Element(tag, dict(cell), dict(texts)))

    def say(text: str) -> None:
        if tags[-1] in texts:
            texts[tags[-1]] += text
            if len(texts[tags[-1]]) > MOST_IN_CELL:
                raise Unusable(TOO_LARGE)

    parser = ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.CharacterDataHandler = say
    for at in range(0, len(part), CHUNK):
        parser.Parse(part[at : at + CHUNK])
        count += len(found)
        if count > MOST_ELEMENTS:
            raise Unusable(TOO_LARGE)
        yield from found
        found.clear()
    parser.Parse(b"", True)


# Workbooks of Excel


def of_xlsx(parts: Mapping[str, bytes]) -> dict[str, Outline]:
    """The outlines of the sheets of an .xlsx by their names, of other parts by theirs."""
    names = sheet_names(parts)
    found: dict[str, Outline] = {}
    uses: Counter[int] = Counter()
    for part, content in parts.items():
        if b"sheetData" in content:
            found[names.get(part.lower(), part)] = of_page(content, uses)
    for part, content in parts.items():
        if "sharedstrings" in part.lower():
            texts = [element.texts for element in elements(content) if element.tag == "si"]
            check_uses(uses, [len(said.get("t", "")) for said in texts])
    return found


def check_uses(uses: Counter[int], lengths: Sequence[int]) -> None:
    """Refuse sheets that take long shared texts too often; ``lengths`` are of those texts."""
    known = ((number, times) for number, times in uses.items() if number < len(lengths))
    if sum(lengths[number] * times for number, times in known) > MOST_TEXT:
        raise Unusable(TOO_LARGE)


def sheet_names(parts: Mapping[str, bytes]) -> dict[str, str]:
    """The names of the sheets by their parts, in small letters."""
    targets = {
        element.given.get("Id"): element.given.get("Target", "").lower()
        for element in elements(parts.get("xl/_rels/workbook.xml.rels", b"<none/>"))
    }
    found: dict[str, str] = {}
    for tag, given, _ in elements(parts["xl/workbook.xml"]):
        if tag == "sheet":
            target = targets.get(attribute(given, "id"), "")
            part = target.removeprefix("/") if target.startswith("/") else f"xl/{target}"
            found[part] = given.get("name", "")
    return found


def of_page(page: bytes, uses: Counter[int]) -> Outline:
    """The outline of a sheet; ``uses`` counts how often it takes which shared text."""
    row = column = height = width = 0
    dropped: DroppedValues = {}
    for tag, given, texts in elements(page):
        if tag == "row":
            row, column = int(given.get("r", row + 1)), 0
        if tag != "c":
            continue
        match = REFERENCE.fullmatch(given.get("r", ""))
        column = number_of(match[1]) if match else column + 1
        row = int(match[2]) if match else row
        kind, value = given.get("t"), texts.get("v")
        if value or "is" in texts:
            height, width = max(height, row), max(width, column)
        if value and kind == "s":
            uses[int(value)] += 1
        if value and kind == "e":
            dropped[row - 1, column - 1] = value
        elif "f" in texts and not value and kind != "str":
            dropped[row - 1, column - 1] = "=" + texts["f"]
    return Outline(height, width, dropped)


def number_of(letters: str) -> int:
    """The number of a column, A is 1."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


# Workbooks of LibreOffice


class Spread(NamedTuple):
    """A cell of an .ods: where it stands, how often, and what it says."""

    sheet: str
    row: int
    column: int
    rows: int
    columns: int
    text: str
    filled: bool
    error: bool


def of_ods(content: bytes) -> dict[str, Outline]:
    """The outlines of the sheets of an .ods by their names."""
    found: dict[str, Outline] = {}
    room = text = 0
    before: Spread | None = None
    for cell in spreads(content):
        if before and (before.sheet, before.row) == (cell.sheet, cell.row):
            room += before.columns  # calamine makes room for all but the last of a row
        before = cell
        height, width, dropped = found.setdefault(cell.sheet, Outline(0, 0, {}))
        if cell.filled:
            text += cell.rows * cell.columns * len(cell.text)
            height = max(height, cell.row + cell.rows)
            width = max(width, cell.column + cell.columns)
        if cell.error:
            dropped[cell.row, cell.column] = cell.text
        found[cell.sheet] = Outline(height, width, dropped)
        if max(room // 10, height * width) > MOST_CELLS or text > MOST_TEXT:
            raise Unusable(TOO_LARGE)
    return found


def spreads(content: bytes) -> Iterator[Spread]:
    """The cells of an .ods in order."""
    sheet = ""
    row = column = rows = spaces = 0
    for tag, given, texts in elements(content):
        if tag == "table":
            sheet, row, rows = attribute(given, "name"), 0, 0
        elif tag == "table-row":
            row, column = row + rows, 0
            rows = int(attribute(given, "number-rows-repeated") or 1)
        elif tag == "s":
            spaces += int(attribute(given, "c") or 1)
            if spaces > MOST_TEXT:
                raise Unusable(TOO_LARGE)
        elif tag in CELLS:
            columns = int(attribute(given, "number-columns-repeated") or 1)
            filled = any("value" in name or "formula" in name for name in given)
            error = "error" in given.values()
            text = texts.get("p", "")
            yield Spread(sheet, row, column, rows, columns, text, filled, error)
            column += columns


def attribute(given: Mapping[str, str], wanted: str) -> str:
    """An attribute by its name without prefix, empty where there is none."""
    return next((v for name, v in given.items() if name.rpartition(":")[2] == wanted), "")
