"""Figures in a text, written ``{applications.received.total}``."""

from __future__ import annotations

import re
from collections.abc import Iterator

from govdisclose.model.form import Form

FIGURE_IN_TEXT = re.compile(r"\{\{|\}\}|\{(?P<name>[^{}\n]*)\}|[{}]")


def stray_braces(text: str, form: Form) -> Iterator[tuple[int, str]]:
    """Offset and wording of each brace that names no figure of the form."""
    for match in FIGURE_IN_TEXT.finditer(text):
        if match[0] not in ("{{", "}}") and (match["name"] or "") not in form.by_name:
            yield match.start(), match[0]


def with_braces_kept(text: str, form: Form) -> str:
    """A text in which every brace that names no figure is printed as it is."""
    return FIGURE_IN_TEXT.sub(
        lambda m: m[0] if (m["name"] or "") in form.by_name else kept(m[0]), text
    )


def kept(wording: str) -> str:
    """Some wording with its single braces doubled."""
    return wording if wording in ("{{", "}}") else without_braces(wording)


def without_braces(text: str) -> str:
    """A foreign text in which no brace is taken for the name of a figure."""
    return text.replace("{", "{{").replace("}", "}}")
