"""The published prose and judged sentences beside the project, where they are at hand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import NamedTuple

from govdisclose import rules
from govdisclose.formats import draft
from govdisclose.model.finding import Finding
from govdisclose.model.report import Part, Prose, Report

HERE = Path(__file__).parents[3] / "shared" / "prose"


class Sentence(NamedTuple):
    """A judged sentence: the table it belongs to, its heading, the codes it must give."""

    base: str
    heading: str
    text: str
    codes: frozenset[str]


class Plant(NamedTuple):
    """A fault planted in a published text, and the codes that may find it."""

    draft: str
    old: str
    new: str
    codes: frozenset[str]


@cache
def loaded(path: Path) -> Report:
    return draft.loads(path.read_bytes()).report


def sentences() -> Iterator[Sentence]:
    for line in (HERE / "sentences.tsv").read_text("utf-8").splitlines():
        base, heading, text, codes = line.split("\t")
        yield Sentence(base, heading, text, frozenset(filter(None, codes.split("|"))))


def plants() -> Iterator[Plant]:
    for line in (HERE / "plants.tsv").read_text("utf-8").splitlines()[1:]:
        name, old, new, codes, *_ = line.split("\t")
        yield Plant(name, old, new, frozenset(codes.split("/")))


def published() -> Iterator[tuple[str, Report]]:
    for path in sorted(HERE.glob("*.toml")):
        yield path.stem, loaded(path)


def placed(base: Report, heading: str, text: str) -> Report:
    """A report with a sentence put at the end of the part with a heading."""
    report = base.copy()
    if heading in report.form.prose:
        report.prose[heading] = Prose(text)
        return report
    overview = report.prose["overview"]
    parts = [
        Part(part.heading, f"{part.text}{text}") if part.heading == heading else part
        for part in overview.parts
    ]
    report.prose["overview"] = replace(overview, parts=tuple(parts))
    return report


def codes(findings: list[Finding]) -> set[str]:
    return {finding.code for finding in findings}


def key(finding: Finding) -> tuple[str, str, str]:
    return finding.code, finding.at, finding.message


def added(sentence: Sentence) -> list[Finding]:
    """What a sentence gives that its base alone does not."""
    base = loaded(HERE / "bases" / f"{sentence.base}.toml")
    before = {key(finding) for finding in rules.check(base)}
    made = placed(base, sentence.heading, sentence.text)
    return [finding for finding in rules.check(made) if key(finding) not in before]


def planted(plant: Plant) -> list[Finding]:
    """What a planted fault gives that the published text alone does not."""
    path = HERE / f"{plant.draft}.toml"
    before = {key(finding) for finding in rules.check(loaded(path))}
    text = path.read_text("utf-8").replace(plant.old, plant.new, 1)
    made = draft.loads(text.encode()).report
    return [finding for finding in rules.check(made) if key(finding) not in before]


def main() -> None:
    """Print how well the text rules do: ``python -m tests.support.prose``."""
    wrong = innocent = missed = guilty = 0
    for sentence in sentences():
        codes = {finding.code for finding in added(sentence)}
        if sentence.codes:
            guilty += 1
            if not codes & sentence.codes:
                missed += 1
                print("missed", *sorted(sentence.codes), sentence.base, sentence.text)
        else:
            innocent += 1
            if codes:
                wrong += 1
                print("flagged", *sorted(codes), sentence.base, sentence.text)
    lost = total = 0
    for plant in plants():
        total += 1
        if not {finding.code for finding in planted(plant)} & plant.codes:
            lost += 1
            print("plant missed", *sorted(plant.codes), plant.draft, plant.new)
    print(
        f"{wrong} of {innocent} innocent flagged, {missed} of {guilty} guilty missed, "
        f"{lost} of {total} plants missed"
    )
    for name, report in published():
        for finding in rules.check(report):
            if finding.code[:2] in ("R1", "R4", "R5"):
                print(name, finding.code, finding.at, finding.message.replace("\n", " / "))


if __name__ == "__main__":
    main()
