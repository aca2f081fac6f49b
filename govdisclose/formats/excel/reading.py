"""Read workbooks as values: .xlsx, .xls and .ods."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from io import BytesIO
from typing import NamedTuple
from zipfile import ZipFile

from govdisclose.formats.container import Parts, check_entries, inflated, untrusted
from govdisclose.formats.excel import xls_guard, xlsx_guard
from govdisclose.formats.excel.workbook import numeral
from govdisclose.model.finding import Unusable

STDERR = 2


class Texts(NamedTuple):
    """A worksheet as read: its name, and its cells as text."""

    name: str
    rows: list[list[str]]


# Reading

MOST_BYTES = 20_000_000
COUNT = re.compile(rb"""count\s*=\s*["']\d{8}""", re.IGNORECASE)

ENCRYPTED = 1  # a flag of an entry
OLD = b"\xd0\xcf\x11\xe0"
NO_SHEET = "文件已损坏，或者不是 Excel 工作簿（.xlsx、.xls、.ods）；请用 WPS 或 Excel 另存为 .xlsx"
LOCKED = "文件加了密码，或者已经损坏，打不开；请去掉密码，另存为 .xlsx"


def read(data: bytes) -> list[Texts]:
    """The sheets of a workbook, formulas by their values; else unusable."""
    if len(data) > MOST_BYTES:
        raise Unusable(f"文件超过 {MOST_BYTES // 1_000_000} MB，不像一份填报的表格")
    said = LOCKED if data.startswith(OLD) else NO_SHEET
    with untrusted(said):
        sound, outlines = looked_over(data)
        xlsx_guard.check(outlines)
    try:
        with silenced_stderr():
            return list(sheets_in(sound, outlines))
    except Unusable:
        raise
    except BaseException as why:  # a damaged file makes calamine raise, or panic
        if isinstance(why, Exception) or type(why).__name__ == "PanicException":
            raise Unusable(said) from why
        raise


@contextmanager
def silenced_stderr() -> Iterator[None]:
    """Where a library that panics writes to the terminal by itself: that is not seen."""
    try:
        kept = os.dup(STDERR)
    except OSError:  # there is no terminal
        yield
        return
    try:
        with open(os.devnull, "wb") as nothing:
            os.dup2(nothing.fileno(), STDERR)
        yield
    finally:
        os.dup2(kept, STDERR)
        os.close(kept)


def sheets_in(data: bytes, outlines: Mapping[str, xlsx_guard.Outline]) -> Iterator[Texts]:
    """The sheets of a workbook that has been looked over."""
    from python_calamine import CalamineWorkbook

    room = xlsx_guard.MOST_CELLS
    book = CalamineWorkbook.from_filelike(BytesIO(data))
    for entry in book.sheets_metadata:
        if str(entry.typ).endswith("WorkSheet"):
            page = book.get_sheet_by_name(entry.name)
            room -= page.total_height * page.total_width
            if room < 0:
                raise Unusable(xlsx_guard.TOO_LARGE)
            rows = page.to_python(skip_empty_area=False)
            texts = [[text_of(value) for value in row] for row in rows]
            if entry.name in outlines:
                fill(texts, outlines[entry.name].dropped)
            yield Texts(entry.name, texts)


def fill(rows: list[list[str]], dropped: xlsx_guard.DroppedValues) -> None:
    """Put into some cells what calamine gives as empty."""
    for (row, column), text in dropped.items():
        rows.extend([] for _ in range(row + 1 - len(rows)))
        rows[row].extend("" for _ in range(column + 1 - len(rows[row])))
        rows[row][column] = text


def text_of(value: object) -> str:
    """What a cell says: numbers in plain digits, line ends as one character."""
    if isinstance(value, str):
        return value.replace("\r\n", "\n").replace("\r", "\n")
    if isinstance(value, bool) or not isinstance(value, int | float):
        return str(value)
    return str(value) if isinstance(value, int) else numeral(value)


def looked_over(data: bytes) -> tuple[bytes, dict[str, xlsx_guard.Outline]]:
    """A workbook that is sound, and the outlines of its sheets.

    An archive is packed anew, so that calamine is given nothing but what was
    looked at.
    """
    if data.startswith(OLD):
        return data, xls_guard.outlines(data)
    with ZipFile(BytesIO(data)) as archive:
        check_entries(archive)
        if any(entry.flag_bits & ENCRYPTED for entry in archive.infolist()):
            raise Unusable(LOCKED)
        parts = Parts(inflated(archive))
    if b"encryption-data" in parts.get("META-INF/manifest.xml", b""):
        raise Unusable(LOCKED)
    return stored(parts), outlines_of(parts)


def stored(parts: Mapping[str, bytes]) -> bytes:
    """The parts as an archive, not compressed."""
    file = BytesIO()
    with ZipFile(file, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return file.getvalue()


def outlines_of(parts: Mapping[str, bytes]) -> dict[str, xlsx_guard.Outline]:
    """The outlines of the sheets in the parts of a workbook; of another file it is unusable."""
    if "xl/workbook.xml" in parts:
        if any(name.endswith(".xml") and COUNT.search(part) for name, part in parts.items()):
            raise Unusable(xlsx_guard.TOO_LARGE)  # calamine makes room before it reads
        return xlsx_guard.of_xlsx(parts)
    if "content.xml" in parts and "word/document.xml" not in parts:
        return xlsx_guard.of_ods(parts["content.xml"])
    raise Unusable(NO_SHEET)
