"""What Microsoft's own validator says of a .docx, and what it does not look at."""

import json
import os
import subprocess
from collections import Counter
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

from lxml import etree

from govdisclose.formats.word.ooxml import CORE, MAIN, OFFICE, RELATIONS, TYPES

TOOLS = Path(os.environ.get("GOVDISCLOSE_TOOLS", Path.home() / ".cache/govdisclose"))
VALIDATOR = TOOLS / "ooxml/node_modules/.bin/ooxml-validator"
W, R = f"{{{MAIN}}}", f"{{{OFFICE}}}"

Parts = dict[str, etree._Element]


def sdk_faults(file: Path, version: str = "Microsoft365") -> list[str]:
    """The schema errors that the Open XML SDK finds in a file."""
    command = [str(VALIDATOR), str(file), "--officeVersion", version]
    run = subprocess.run(command, capture_output=True, check=False)
    return [json.dumps(error, ensure_ascii=False) for error in json.loads(run.stdout)["errors"]]


def faults(data: bytes) -> list[str]:
    """What is wrong with a document beyond its schema."""
    with ZipFile(BytesIO(data)) as archive:
        names = archive.namelist()
        parts = {
            name: etree.fromstring(archive.read(name))
            for name in dict.fromkeys(names)
            if name.endswith((".xml", ".rels"))
        }
    twice = [f"{name} stands twice" for name, count in Counter(names).items() if count > 1]
    return twice + [fault for check in CHECKS for fault in check(parts)]


def package_is_whole(parts: Parts) -> Iterator[str]:
    """Each part has its type, each relation its target, each reference its relation."""
    types = {
        item.get("PartName").lstrip("/")
        for item in parts["[Content_Types].xml"].iter(f"{{{TYPES}}}Override")
    }
    for name in types ^ {name for name in parts if not name.endswith((".rels", "_Types].xml"))}:
        yield f"{name} without its content type, or the reverse"
    relations = list(parts["word/_rels/document.xml.rels"].iter(f"{{{RELATIONS}}}Relationship"))
    for item in relations:
        if f"word/{item.get('Target')}" not in parts:
            yield f"relation to {item.get('Target')}, which is not there"
    known = {item.get("Id") for item in relations}
    for element in parts["word/document.xml"].iter():
        id = element.get(f"{R}id")
        if id is not None and id not in known:
            yield f"reference to {id}, which is not there"


def cells_end_in_a_paragraph(parts: Parts) -> Iterator[str]:
    """Word refuses a cell that does not."""
    for cell in parts["word/document.xml"].iter(f"{W}tc"):
        if not len(cell) or cell[-1].tag != f"{W}p":
            yield "a cell that does not end in a paragraph"


def number(element: etree._Element, path: str, default: int) -> int:
    """The value of a setting of a table or a cell."""
    found = element.find("/".join(f"{W}{step}" for step in path.split("/")))
    if found is None:
        return default
    return int(found.get(f"{W}w") or found.get(f"{W}val"))


def tables_add_up(parts: Parts) -> Iterator[str]:
    """Grid, table and each row are equally wide; cells are as wide as they span."""
    for table in parts["word/document.xml"].iter(f"{W}tbl"):
        columns = [int(column.get(f"{W}w")) for column in table.iter(f"{W}gridCol")]
        if sum(columns) != number(table, "tblPr/tblW", 0):
            yield f"columns add up to {sum(columns)}"
        for row in table.iter(f"{W}tr"):
            at = 0
            for cell in row.iter(f"{W}tc"):
                span = number(cell, "tcPr/gridSpan", 1)
                if number(cell, "tcPr/tcW", 0) != sum(columns[at : at + span]):
                    yield f"a cell at column {at} is not as wide as it spans"
                at += span
            if at != len(columns):
                yield f"a row of {at} columns instead of {len(columns)}"


def merged_cells_have_a_head(parts: Parts) -> Iterator[str]:
    """A cell that goes on does so below a cell of the same place and width."""
    for table in parts["word/document.xml"].iter(f"{W}tbl"):
        above: set[tuple[int, int]] = set()
        for row in table.iter(f"{W}tr"):
            at, now = 0, set()
            for cell in row.iter(f"{W}tc"):
                span, merge = number(cell, "tcPr/gridSpan", 1), cell.find(f"{W}tcPr/{W}vMerge")
                if merge is not None:
                    now.add((at, span))
                    if merge.get(f"{W}val") != "restart" and (at, span) not in above:
                        yield f"a merged cell at column {at} without a head"
                at += span
            above = now


def fields_are_closed(parts: Parts) -> Iterator[str]:
    """As many fields end as begin."""
    for name, part in parts.items():
        kinds = Counter(mark.get(f"{W}fldCharType") for mark in part.iter(f"{W}fldChar"))
        if kinds["begin"] != kinds["end"]:
            yield f"{name}: {kinds}"


def styles_are_defined(parts: Parts) -> Iterator[str]:
    """Each style that is named is there."""
    known = {style.get(f"{W}styleId") for style in parts["word/styles.xml"].iter(f"{W}style")}
    naming = [f"{W}{tag}" for tag in ("pStyle", "rStyle", "tblStyle", "basedOn", "next", "link")]
    for name, part in parts.items():
        for element in part.iter(*naming):
            if element.get(f"{W}val") not in known:
                yield f"{name}: no style {element.get(f'{W}val')}"


def fonts_are_named(parts: Parts) -> Iterator[str]:
    """Four fonts in each paragraph style and the defaults, no theme font anywhere."""
    for name, part in parts.items():
        for element in part.iter():
            if any("Theme" in key for key in element.attrib):
                yield f"{name}: a theme font"
    slots = [f"{W}{slot}" for slot in ("ascii", "hAnsi", "eastAsia", "cs")]
    styles = parts["word/styles.xml"]
    for style in [styles.find(f"{W}docDefaults"), *styles.iter(f"{W}style")]:
        if style.get(f"{W}type") in (None, "paragraph"):
            fonts = next(style.iter(f"{W}rFonts"), None)
            if fonts is None or not all(fonts.get(slot) for slot in slots):
                yield f"{style.get(f'{W}styleId')} lacks a font"


def language_is_chinese(parts: Parts) -> Iterator[str]:
    """Word checks the text as Chinese."""
    language = parts["word/styles.xml"].find(f".//{W}docDefaults//{W}lang")
    if language is None or language.get(f"{W}eastAsia") != "zh-CN":
        yield "the language is not zh-CN"


def tables_are_whole_and_titled(parts: Parts) -> Iterator[str]:
    """Header rows first and marked, no row splits, a title for screen readers.

    A page ends before a band only, and what stands above the first heads no other.
    """
    for table in parts["word/document.xml"].iter(f"{W}tbl"):
        title = table.find(f"{W}tblPr/{W}tblCaption")
        if title is None or not title.get(f"{W}val"):
            yield "a table without a title"
        rows = list(table.iter(f"{W}tr"))
        heads = [row.find(f"{W}trPr/{W}tblHeader") is not None for row in rows]
        bands = [row.find(f".//{W}shd") is not None for row in rows]
        if heads[0] is bands[0] or heads != sorted(heads, reverse=True):
            yield f"header rows {heads}"
        if any(row.find(f"{W}trPr/{W}cantSplit") is None for row in rows):
            yield "a row that may split"
        for row, before_band in zip(rows, bands[1:], strict=False):
            if not before_band and any(
                p.find(f"{W}pPr/{W}keepNext") is None for p in row.iter(f"{W}p")
            ):
                yield "a row that may stand alone"


def properties_are_given(parts: Parts) -> Iterator[str]:
    """Title, author and subject, and no time that would vary."""
    core = parts["docProps/core.xml"]
    given = {etree.QName(item).localname for item in core if item.text}
    for missing in {"title", "creator", "subject", "language"} - given:
        yield f"no {missing}"
    if core.tag != f"{{{CORE}}}coreProperties" or given & {"created", "modified"}:
        yield "properties that vary"


CHECKS: tuple[Callable[[Parts], Iterator[str]], ...] = (
    package_is_whole,
    cells_end_in_a_paragraph,
    tables_add_up,
    merged_cells_have_a_head,
    fields_are_closed,
    styles_are_defined,
    fonts_are_named,
    language_is_chinese,
    tables_are_whole_and_titled,
    properties_are_given,
)
