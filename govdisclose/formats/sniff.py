"""What a file is, by its content: its name often says something else."""

from __future__ import annotations

import re
from enum import Enum
from io import BytesIO
from zipfile import BadZipFile, ZipFile

from govdisclose.formats.encodings import decoded


class Kind(Enum):
    """A kind of file, by what an officer calls it."""

    WORD = "Word 文档"
    OLD_WORD = "旧格式的 Word 或 WPS 文档"
    RICH_TEXT = "RTF 文档"
    OPEN_TEXT = "OpenDocument 文档"
    WORKBOOK = "工作簿"
    PAGE = "网页"
    MAIL_PAGE = "单个文件的网页"
    PDF = "PDF"
    DRAFT = "草稿"
    TEXT = "纯文本"
    PICTURE = "图片"
    ARCHIVE = "压缩文件"
    LOCKED = "加了密码的文件"
    UNKNOWN = "不认识的文件"


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
PICTURES = (b"\xff\xd8\xff", b"\x89PNG", b"GIF8", b"BM", b"II*\x00", b"MM\x00*")
ARCHIVES = (b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b")
DRAFT = re.compile(r"^\s*(?:form\s*=|year\s*=|\[bureau\]|\[documents\]|\[applications\])", re.M)
PAGE = re.compile(r"<\s*(?:!doctype\s+html|html|head|body|table|meta|p|div|h1)\b", re.IGNORECASE)
MAIL = re.compile(
    rb"^(?:mime-version|content-type|from|subject|date|snapshot-content-location):", re.I
)
HEAD = 4096


def kind_of(data: bytes) -> Kind:
    """What a file is."""
    if data.startswith(b"PK"):
        return kind_of_zip(data)
    if data.startswith(OLE):
        return kind_of_ole(data)
    if b"%PDF-" in data[:1024]:
        return Kind.PDF
    if data.lstrip()[:5] == b"{\\rtf":
        return Kind.RICH_TEXT
    if data.startswith(PICTURES):
        return Kind.PICTURE
    if data.startswith(ARCHIVES):
        return Kind.ARCHIVE
    return kind_of_text(data)


def kind_of_zip(data: bytes) -> Kind:
    """What an archive is, by its parts."""
    try:
        with ZipFile(BytesIO(data)) as archive:
            names = archive.namelist()
            entry = "mimetype" in names and archive.getinfo("mimetype").file_size < 200
            mimetype = archive.read("mimetype") if entry else b""
    except (BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError, KeyError):
        return Kind.WORD if b"word/" in data[:20_000] else Kind.ARCHIVE
    if any(name.startswith("word/") for name in names):
        return Kind.WORD
    if any(name.startswith("xl/") for name in names) or b"spreadsheet" in mimetype:
        return Kind.WORKBOOK
    if b"opendocument.text" in mimetype or "content.xml" in names:
        return Kind.OPEN_TEXT
    return Kind.ARCHIVE


def kind_of_ole(data: bytes) -> Kind:
    """What an old file of an office program is, by the names of its streams."""
    streams = {name: name.encode("utf-16-le") in data for name in STREAMS}
    if streams["EncryptedPackage"]:
        return Kind.LOCKED
    if streams["Workbook"] or streams["Book"] or streams["ETExtData"]:
        return Kind.WORKBOOK
    if streams["WordDocument"]:
        return Kind.OLD_WORD
    return Kind.UNKNOWN


STREAMS = ("EncryptedPackage", "Workbook", "Book", "ETExtData", "WordDocument")


def kind_of_text(data: bytes) -> Kind:
    """What a file without a signature is, by its first characters."""
    if MAIL.match(data.lstrip()[:200]) and b"text/html" in data[:20_000]:
        return Kind.MAIL_PAGE
    text = decoded(data[:HEAD])
    if PAGE.search(text):
        return Kind.PAGE
    if "\x00" in text or not text.strip():
        return Kind.UNKNOWN
    return Kind.DRAFT if DRAFT.search(text) else Kind.TEXT
