"""What a shell proposes after Tab: the codes of rules, the warnings of a draft."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import typer


def codes() -> list[tuple[str, str]]:
    """Every code with the title of its rule."""
    from govdisclose.rules import catalogue

    return [(page.code, page.title) for page in catalogue.pages()]


def warnings(context: typer.Context) -> list[tuple[str, str]]:
    """The open warnings of the drafts that are named so far, as they are acknowledged."""
    from govdisclose.cli.common import checked
    from govdisclose.files import disk, search
    from govdisclose.model.finding import Severity, Unusable

    found = []
    for path in filter(search.is_draft, map(Path, context.args)):
        with suppress(Unusable):
            found += checked(disk.read(path))
    return [
        (f"{finding.code}@{finding.at}", finding.message.partition("\n")[0])
        for finding in found
        if finding.severity is Severity.WARNING
    ]
