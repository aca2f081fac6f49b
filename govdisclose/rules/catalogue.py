"""The pages of the whole catalogue: what each code stands for, and examples."""

from __future__ import annotations

from inspect import cleandoc
from typing import NamedTuple

from govdisclose import rules
from govdisclose.finding import Severity
from govdisclose.rules import bureaus, reading


class Page(NamedTuple):
    """A code with its severity and its page in Chinese."""

    code: str
    severity: Severity
    text: str

    @property
    def title(self) -> str:
        """The first line, which says what must hold."""
        return self.text.partition("\n")[0].rstrip("。")


def pages() -> dict[str, Page]:
    """Every page by code, in the order of the codes."""
    found = [
        Page(code, severity, cleandoc(text)) for code, (severity, text) in reading.PAGES.items()
    ]
    for rule in (*rules.RULES, *bureaus.RULES, bureaus.COUNTY):
        found.append(Page(rule.code, rule.severity, cleandoc(rule.check.__doc__ or "")))
    return {page.code: page for page in sorted(found)}


def table() -> str:
    """The catalogue as a table of Markdown, as it stands in the README."""
    rows = (f"| {page.code} | {page.severity.label} | {page.title} |" for page in pages().values())
    return "\n".join(("| 代码 | 轻重 | 要求 |", "|---|---|---|", *rows))
