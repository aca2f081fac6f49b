"""The seal of a printed document: a digest inside it that tells whether it was edited.

A .docx and an .xlsx carry it as a custom property, a web page as a comment at its
end. It holds the digest of the document's own content and that of the draft it
was printed from, both SHA-256 in hexadecimal. Whoever saves the document anew
writes other bytes, so that the first no longer agrees; the second stays, since
office programs keep custom properties.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from typing import NamedTuple

from govdisclose.formats.container import unpacked
from govdisclose.model.finding import Unusable

NAME = "govdisclose"
UNKNOWN = "0" * 64
BLANK = f"{NAME}:{UNKNOWN}:{UNKNOWN}"
"""What stands in a document before it is sealed, as long as the seal itself."""
PART = "docProps/custom.xml"
TYPES, RELATIONS = "[Content_Types].xml", "_rels/.rels"

_SEAL = re.compile(rb"govdisclose:([0-9a-f]{64}):([0-9a-f]{64})")
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
_CONTENT_TYPE = (
    f'<Override PartName="/{PART}" ContentType="application/'
    'vnd.openxmlformats-officedocument.custom-properties+xml"/>'
)
_RELATION = (
    f'<Relationship Id="govdisclose" Type="{_OFFICE}/relationships/custom-properties"'
    f' Target="{PART}"/>'
)
_ROOT = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    f'<Properties xmlns="{_OFFICE}/custom-properties" xmlns:vt="{_OFFICE}/docPropsVTypes">'
)
_PROPERTY = (
    '<property fmtid="{{D5CDD505-2E9C-101B-9397-08002B2CF9AE}}" pid="2" name="{}">'
    "<vt:lpwstr>{}</vt:lpwstr></property>"
)


class Seal(NamedTuple):
    """What a document says of itself: whether it is as printed, and from which draft.

    ``draft`` is the SHA-256 of the draft file, "" where it was not known.
    """

    is_intact: bool
    draft: str


def prepared(parts: Mapping[str, bytes]) -> dict[str, bytes]:
    """The parts of a .docx with a blank seal; other custom properties give way."""
    types, relations = parts[TYPES].decode(), parts[RELATIONS].decode()
    if PART not in parts:
        types = types.replace("</Types>", f"{_CONTENT_TYPE}</Types>")
        relations = relations.replace("</Relationships>", f"{_RELATION}</Relationships>")
    part = f"{_ROOT}{_PROPERTY.format(NAME, BLANK)}</Properties>"
    return {
        **parts,
        TYPES: types.encode(),
        RELATIONS: relations.encode(),
        PART: part.encode(),
    }


def sealed(parts: Mapping[str, bytes], draft: str) -> dict[str, bytes]:
    """The parts of a document, its blank seal filled in; ``draft`` is its draft's digest."""
    return {**parts, PART: parts[PART].replace(BLANK.encode(), written(digest(parts), draft))}


def sealed_page(page: bytes, draft: str) -> bytes:
    """A web page with its seal at the end, ``draft`` being its draft's digest."""
    return page + b"<!-- %b -->\n" % written(hashlib.sha256(page).hexdigest(), draft)


def written(content: str, draft: str) -> bytes:
    """A seal as it stands in a document."""
    return f"{NAME}:{content}:{draft or UNKNOWN}".encode()


def digest(parts: Mapping[str, bytes]) -> str:
    """The SHA-256 of a document's parts, whatever their order in the file."""
    whole = hashlib.sha256()
    for name in sorted(parts):
        whole.update(f"{name}\0{len(parts[name])}\0".encode())
        whole.update(parts[name])
    return whole.hexdigest()


def seal_of(data: bytes) -> Seal | None:
    """The seal of a document, None where it has none or cannot be read."""
    if data.startswith(b"PK"):
        return seal_of_parts(data)
    found = list(_SEAL.finditer(data, max(0, len(data) - 300)))
    if not found:
        return None
    page = data[: data.rfind(b"<!-- ", 0, found[-1].start())]
    content, draft = (group.decode() for group in found[-1].groups())
    is_intact = data == sealed_page(page, draft) and content != UNKNOWN
    return Seal(is_intact, "" if draft == UNKNOWN else draft)


def seal_of_parts(data: bytes) -> Seal | None:
    """The seal of a .docx or .xlsx."""
    try:
        parts = unpacked(data)
    except Unusable:
        return None
    found = _SEAL.search(parts.get(PART, b""))
    if not found:
        return None
    content, draft = (group.decode() for group in found.groups())
    parts[PART] = parts[PART].replace(found[0], BLANK.encode())
    return Seal(digest(parts) == content, "" if draft == UNKNOWN else draft)
