"""Sentences in the manner of real reports, each with the findings it must give."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

from govdisclose import rules
from govdisclose.model.figures import Figure
from govdisclose.model.form import Address
from govdisclose.model.notices import NEWEST
from govdisclose.model.report import Bureau, Part, Prose, Report
from tests.support import huaian

HERE = Path(__file__).parent

BUREAU = """
applications.received.natural_person 10
applications.received.enterprise 2
applications.carried_in.natural_person 2
applications.granted.natural_person 5
applications.granted.enterprise 1
applications.partly_granted.natural_person 2
applications.internal_affairs.natural_person 1
applications.not_held.natural_person 1
applications.must_be_created.enterprise 1
applications.petition.natural_person 1
applications.otherwise.natural_person 1
applications.carried_out.natural_person 1
disputes.reconsideration.upheld 1
disputes.reconsideration.corrected 1
disputes.reconsideration.pending 1
disputes.litigation_direct.upheld 1
documents.normative.issued 3
documents.normative.repealed 1
documents.normative.in_force 19
licensing.licence.decided 120
penalties.penalty.decided 40
"""
LAST_YEAR = {"received": 8, "carried_in": 3, "handled": 9, "carried_out": 2}


class Example(NamedTuple):
    """A sentence, where it stands, and the codes it must give."""

    organ: str
    heading: str
    text: str
    codes: tuple[str, ...]


def stated(lines: str) -> dict[Address, Figure]:
    figures: dict[Address, Figure] = {a: 0 for a in NEWEST.addresses if a not in NEWEST.sums}
    for line in lines.split("\n")[1:-1]:
        name, value = line.split()
        figures[NEWEST.by_name[name]] = int(value)
    return figures


@cache
def figures(organ: str) -> dict[Address, Figure]:
    if organ == "市":
        return huaian.figures()
    return Report(figures=stated(BUREAU if organ == "局" else "\n")).figures


ORGANS = {
    "局": Bureau("青山县交通运输局"),
    "镇": Bureau("青山县石桥镇人民政府"),
    "市": Bureau("淮安市人民政府", kind="government"),
}


def report(organ: str, heading: str, text: str, section: str = "overview") -> Report:
    """A report whose tables are those of an organ and whose one part is a text."""
    last: dict[Address, Figure] = {}
    if organ == "局":
        last = {Address("applications", row, "total"): n for row, n in LAST_YEAR.items()}
    return Report(
        year=2024,
        bureau=ORGANS[organ],
        prose={section: Prose(parts=(Part(heading, text),))},
        figures=dict(figures(organ)),
        last_year=last,
    )


def examples(name: str = "sentences") -> Iterator[Example]:
    """Every sentence of a file of the corpus."""
    organ = heading = ""
    for line in (HERE / f"{name}.txt").read_text("utf-8").splitlines():
        if line.startswith("@ "):
            organ = line[2:]
        elif line.startswith("## "):
            heading = line[3:]
        elif "|" in line and not line.startswith("#"):
            codes, _, text = line.partition("|")
            yield Example(organ, heading, text.strip(), tuple(codes.replace("-", "").split()))


def found(example: Example, family: str = "R4") -> tuple[str, ...]:
    """The codes of a family that a sentence gives."""
    section = "problems" if example.heading.startswith("五、") else "overview"
    made = report(example.organ, example.heading.removeprefix("五、"), example.text, section)
    codes = (finding.code for finding in rules.check(made))
    return tuple(code for code in codes if code.startswith(family))


def reports() -> Iterator[Report]:
    """Whole reports in sentences of their own, each agreeing with its tables."""
    for block in (HERE / "reports.txt").read_text("utf-8").split("\n@ ")[1:]:
        organ, *lines = block.strip().splitlines()
        made = report(organ, "", "")
        made.prose = {}
        key = ""
        for line in lines:
            if line.startswith("= "):
                key = line[2:]
                made.prose[key] = Prose()
            elif line.startswith("+ "):
                heading, _, text = line[2:].partition("：")
                parts = (*made.prose[key].parts, Part(heading, text))
                made.prose[key] = Prose(made.prose[key].lead, parts)
            elif line.strip():
                lead = f"{made.prose[key].lead}\n{line}".strip()
                made.prose[key] = Prose(lead, made.prose[key].parts)
        yield made


def alarms(made: Report) -> list[str]:
    """What R4 and R5 say of a report."""
    return [f.message for f in rules.check(made) if f.code.startswith(("R4", "R5"))]
