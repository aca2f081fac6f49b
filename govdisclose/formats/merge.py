"""What a printed document says that its draft does not, taken back into the draft.

Three reports are held beside one another: the draft, what a reader makes of the
document as printed from it (``base``), and what it makes of the document as it is
now. Only where the last two differ has somebody changed the document. Texts are
compared sentence by sentence; a figure in a text that is written as an address
stays an address where the number printed for it still stands.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import fields, replace
from difflib import SequenceMatcher
from enum import Enum
from typing import NamedTuple

from govdisclose.model.figures import Figure, figure, shown
from govdisclose.model.form import Address
from govdisclose.model.front_matter import preamble
from govdisclose.model.placeholders import FIGURE_IN_TEXT, without_braces
from govdisclose.model.report import Bureau, Part, Prose, Report
from govdisclose.model.text import paragraphs

PREAMBLE = "preamble.text"

_SENTENCE = re.compile(r"\n|[^。！？；\n]*[。！？；]+[”’》）]*|[^。！？；\n]+")


class Change(Enum):
    """What is different: a figure, a particular, words, a whole part."""

    FIGURE = "figure"
    PARTICULAR = "particular"
    WORDS = "words"
    PART_ADDED = "part added"
    PART_GONE = "part gone"


class Difference(NamedTuple):
    """One place where a document says something else than its draft prints.

    ``at`` is an address, ``bureau.…``, ``year``, or the path of a text or a part;
    ``start`` and ``end`` count sentences of that text from 0 (WORDS only).
    """

    change: Change
    at: str
    draft: str
    document: str
    start: int = 0
    end: int = 0


def differences(draft: Report, base: Report, document: Report) -> list[Difference]:
    """Where the document was changed since it was printed, in the order of the form."""
    return [
        *particulars(draft, base, document),
        *in_preamble(draft, base, document),
        *(found for key in draft.form.prose for found in in_section(key, draft, base, document)),
        *figures(draft, base, document),
    ]


def particulars(draft: Report, base: Report, document: Report) -> Iterator[Difference]:
    """The name, the year and the contact that differ."""
    if base.year != document.year:
        years = (str(draft.year or ""), str(document.year or ""))
        yield Difference(Change.PARTICULAR, "year", *years)
    for name in (field.name for field in fields(Bureau) if field.name != "kind"):
        new = getattr(document.bureau, name)
        if new != getattr(base.bureau, name):
            path = f"bureau.{name}"
            yield Difference(Change.PARTICULAR, path, getattr(draft.bureau, name), new)


def in_preamble(draft: Report, base: Report, document: Report) -> Iterator[Difference]:
    """The sentences of the preamble that differ, where it is not made from particulars."""
    if document.preamble and preamble(document) != preamble(base):
        yield from in_text(PREAMBLE, own_preamble(draft), preamble(document), draft)


def own_preamble(report: Report) -> str:
    """The preamble as a text of the draft, made from its particulars where it has none."""
    return report.preamble or without_braces(preamble(report))


def figures(draft: Report, base: Report, document: Report) -> Iterator[Difference]:
    """The figures that differ."""
    for address in draft.form.addresses:
        new = document.figures.get(address)
        if new != base.figures.get(address):
            old = draft.figures.get(address)
            if new != old:
                yield Difference(Change.FIGURE, str(address), shown(old), shown(new))


def in_section(key: str, draft: Report, base: Report, document: Report) -> Iterator[Difference]:
    """The sentences, headings and parts of a section that differ."""
    ours, before, after = draft.prose[key], base.prose[key], document.prose[key]
    if before == after:
        return
    yield from in_text(f"{key}.lead", ours.lead, document.says(after.lead), draft)
    old, new = headings(draft, ours), headings(document, after)
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        paired = i2 - i1 if tag == "equal" else min(i2 - i1, j2 - j1)
        for number, other in zip(range(i1, i1 + paired), range(j1, j1 + paired), strict=True):
            part, path = after.parts[other], f"{key}.parts.{number + 1}"
            own = ours.parts[number]
            heading = document.says(part.heading)
            yield from in_text(f"{path}.heading", own.heading, heading, draft)
            yield from in_text(f"{path}.text", own.text, document.says(part.text), draft)
        for number in range(i1 + paired, i2):
            said = draft.says("\n".join(ours.parts[number]))
            yield Difference(Change.PART_GONE, f"{key}.parts.{number + 1}", said, "")
        for other in range(j1 + paired, j2):
            said = document.says("\n".join(after.parts[other]))
            yield Difference(Change.PART_ADDED, f"{key}.parts.{i2 + 1}", "", said)


def headings(report: Report, prose: Prose) -> list[str]:
    """The headings of a section's parts as printed, without blanks."""
    return ["".join(report.says(part.heading).split()) for part in prose.parts]


def in_text(path: str, own: str, document: str, draft: Report) -> Iterator[Difference]:
    """The sentences of a text that differ; ``own`` is it in the draft, with addresses."""
    printed, new = [draft.says(one) for one in sentences(own)], sentences(document)
    matcher = SequenceMatcher(None, printed, new, autojunk=False)
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if tag != "equal":
            old, other = "".join(printed[i1:i2]), "".join(new[j1:j2])
            yield Difference(Change.WORDS, path, old, other, i1, i2)


def sentences(text: str) -> list[str]:
    """A text in sentences, the ends of its paragraphs each for itself."""
    return _SENTENCE.findall("\n".join(paragraphs(text)))


def merged(draft: Report, accepted: Iterable[Difference]) -> Report:
    """The draft with the differences that were accepted; the rest of it stays."""
    groups: dict[Change, list[Difference]] = defaultdict(list)
    for one in accepted:
        groups[one.change].append(one)
    report = with_words(with_particulars(draft.copy(), groups[Change.PARTICULAR]), groups)
    answers: dict[Address, Figure | None] = {}
    for one in groups[Change.FIGURE]:
        address = report.form.by_name[one.at]
        kind = report.form.kind(address)
        answers[address] = figure(one.document, kind) if one.document else None
    report.put(answers)
    report.figures |= {at: value for at, value in answers.items() if value is not None}
    left = draft.figures.keys() - report.figures.keys() - answers.keys()
    report.figures |= {at: draft.figures[at] for at in left}  # sums that stand as they were stated
    return report


def with_particulars(report: Report, accepted: Sequence[Difference]) -> Report:
    """The report with other particulars."""
    given = {one.at.removeprefix("bureau."): one.document for one in accepted}
    year = given.pop("year", None)
    if year is not None:
        report.year = int(year) if year else None
    return replace(report, bureau=replace(report.bureau, **given))


def with_words(report: Report, groups: dict[Change, list[Difference]]) -> Report:
    """The report with other sentences, then without or with whole parts."""
    texts: dict[str, list[Difference]] = defaultdict(list)
    for one in groups[Change.WORDS]:
        texts[one.at].append(one)
    if PREAMBLE in texts:
        report.preamble = spliced(own_preamble(report), texts[PREAMBLE], report)
    for key, prose in report.prose.items():
        lead = spliced(prose.lead, texts[f"{key}.lead"], report)
        parts = []
        for number, part in enumerate(prose.parts, start=1):
            path = f"{key}.parts.{number}"
            heading = spliced(part.heading, texts[f"{path}.heading"], report)
            parts.append(Part(heading, spliced(part.text, texts[f"{path}.text"], report)))
        report.prose[key] = Prose(lead, tuple(with_parts(key, parts, groups)))
    return report


def with_parts(
    key: str, parts: Sequence[Part], groups: dict[Change, list[Difference]]
) -> Iterator[Part]:
    """The parts of a section, some gone and some added before the one they are named by."""
    gone = {one.at for one in groups[Change.PART_GONE]}
    for number, part in enumerate([*parts, None], start=1):
        path = f"{key}.parts.{number}"
        for one in groups[Change.PART_ADDED]:
            if one.at == path:
                heading, _, text = without_braces(one.document).partition("\n")
                yield Part(heading, text)
        if part is not None and path not in gone:
            yield part


def spliced(text: str, accepted: Sequence[Difference], report: Report) -> str:
    """A text of the draft with some of its sentences replaced."""
    if not accepted:
        return text
    kept = sentences(text)
    for one in sorted(accepted, key=lambda one: one.start, reverse=True):
        old = "".join(kept[one.start : one.end])
        kept[one.start : one.end] = [bound(old, one.document, report)]
    return "\n".join(paragraphs("".join(kept)))


def bound(old: str, new: str, report: Report) -> str:
    """New words in which an address of the old ones stays where its number still stands."""
    printed, spans = "", []
    at = 0
    for match in FIGURE_IN_TEXT.finditer(old):
        printed += old[at : match.start()]
        start = len(printed)
        printed += report.says(match[0])
        if match["name"] in report.form.by_name:
            spans.append((start, len(printed), match[0]))
        at = match.end()
    printed += old[at:]
    blocks = SequenceMatcher(None, printed, new, autojunk=False).get_matching_blocks()
    made, done = "", 0
    for start, end, address in spans:
        moved = next((b - a for a, b, size in blocks if a <= start and end <= a + size), None)
        if moved is None or is_cut(new, start + moved, end + moved):
            continue
        made += without_braces(new[done : start + moved]) + address
        done = end + moved
    return made + without_braces(new[done:])


def is_cut(text: str, start: int, end: int) -> bool:
    """Whether the number at a place goes on with digits on either side."""
    around = text[max(0, start - 1) : start], text[end : end + 2]
    return around[0].isdecimal() or bool(re.match(r"\d|[.,]\d", around[1], re.ASCII))
