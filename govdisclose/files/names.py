"""The names of drafts and documents, safe on every system."""

from __future__ import annotations

import re
import shlex
import sys
from pathlib import Path

from govdisclose.files.disk import DRAFT
from govdisclose.model.front_matter import title
from govdisclose.model.limits import NAME_BYTES
from govdisclose.model.report import Report

NAMELESS = "未命名单位"

_FORBIDDEN = re.compile(r'[\x00-\x1f\x7f-\x9f/\\:*?"<>|\u200e\u200f\u2028-\u202e\u2066-\u2069]+')
_RESERVED = re.compile(r"(?i)(con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[\d¹²³])(?= *(?:\.|$))")

_ONE_WORD = re.compile(r"[\w\\/:@%+=,.-]+" if sys.platform == "win32" else r"[\w/:@%+=,.-]+")


def safe_name(text: str, suffix: str) -> str:
    """A file name that leads out of no folder and that Windows takes, 200 bytes at most."""
    name = _FORBIDDEN.sub("_", text[:NAME_BYTES]).strip(" .")
    name = _RESERVED.sub(r"_\1", name)
    name = name.encode(errors="ignore")[:NAME_BYTES].decode(errors="ignore").rstrip(" .")
    return (name or "_") + suffix


def document_name(report: Report, suffix: str) -> str:
    """The name of a report's document: organ, year and kind of report."""
    _, rest = title(report)
    return safe_name(unit_name(report) + rest, suffix)


def draft_name(report: Report) -> str:
    """The name of a new draft: bureau and year."""
    year = "" if report.year is None else str(report.year)
    return safe_name(unit_name(report) + year, DRAFT)


def in_shell(path: Path) -> str:
    """A path as one word of a command line: quoted where it holds more than names do."""
    text = str(path)
    if _ONE_WORD.fullmatch(text):
        return text
    return f'"{text}"' if sys.platform == "win32" else shlex.quote(text)


def unit_name(report: Report) -> str:
    """The bureau as file names have it; another where it has no letters or digits."""
    name = safe_name(report.bureau.name, "")
    return name if any(map(str.isalnum, name)) else NAMELESS
