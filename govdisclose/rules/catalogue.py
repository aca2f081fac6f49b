"""The pages of all rules: what each checks, on what basis, with examples."""

from __future__ import annotations

from inspect import cleandoc
from typing import NamedTuple

from govdisclose.model import input_errors
from govdisclose.model.finding import Severity
from govdisclose.rules import cross_unit, double_counting
from govdisclose.rules.registry import RULES


class RulePage(NamedTuple):
    """What an officer reads of a rule; ``title`` is the first line of ``text``."""

    code: str
    severity: Severity
    text: str

    @property
    def title(self) -> str:
        """The rule in one sentence, without its full stop."""
        return self.text.partition("\n")[0].rstrip("。")

    @property
    def basis(self) -> str:
        """On what the rule rests."""
        line = next(line for line in self.text.splitlines() if line.startswith("依据："))
        return line.removeprefix("依据：").rstrip("。")


def pages() -> tuple[RulePage, ...]:
    """Every page, by code."""
    found = [
        RulePage(code, severity, cleandoc(text))
        for code, (severity, text) in input_errors.PAGES.items()
    ]
    for rule in (*RULES, *cross_unit.RULES, cross_unit.COUNTY, *double_counting.RULES):
        found.append(RulePage(rule.code, rule.severity, cleandoc(rule.check.__doc__ or "")))
    return tuple(sorted(found))


def table() -> str:
    """The catalogue as a table of Markdown, as it stands in the README."""
    rows = (
        f"| {page.code} | {page.severity.label} | {page.title} | {page.basis} |" for page in pages()
    )
    return "\n".join(("| 代码 | 轻重 | 要求 | 依据 |", "|---|---|---|---|", *rows))
