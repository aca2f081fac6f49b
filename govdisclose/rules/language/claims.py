"""What sentences claim of the figures in the tables.

A number counts as a claim only where its own clause names what it counts, for
the year and the organ of the report. Whatever else a sentence says is left alone.
"""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from operator import itemgetter
from typing import NamedTuple

from govdisclose.model.report import Report
from govdisclose.rules.language import vocabulary
from govdisclose.rules.language.clauses import Mention, Sentence, regex
from govdisclose.rules.language.vocabulary import Label


class Claim(NamedTuple):
    """A number in a sentence that one of some readings of a table should bear out."""

    sense: Sense
    mention: Mention
    sentence: Sentence


class Sense(NamedTuple):
    """What a number counts, and the sums of a table it may be."""

    kind: str
    readings: tuple[str, ...]
    table: str = "applications"


def read(report: Report, found: Iterable[Sentence]) -> list[Claim]:
    """The claims of some sentences of a report."""
    reader = Reader(report)
    return [
        claim
        for sentence in found
        if regex(vocabulary.SUBJECT).search(sentence.text)
        for mention in sentence.mentions
        if (claim := reader.claim(sentence, mention))
    ]


@dataclass(frozen=True)
class Reader:
    """Reads sentences with an eye to the year and the organ of one report."""

    report: Report

    def claim(self, sentence: Sentence, mention: Mention) -> Claim | None:
        """What one number claims, None where it claims nothing."""
        matter = matter_of(sentence, mention)
        if matter in ("", "other") or mention.vague:
            return None
        readers = {
            "applications": self.applications,
            "disputes": disputes,
            "documents": documents,
            "decisions": decisions,
        }
        sense = readers[matter](sentence, mention)
        if sense is None or not self.is_own(sentence, mention):
            return None
        return Claim(sense, mention, sentence)

    def dated(self, words: str) -> re.Pattern[str]:
        """An expression with the years around the report's put in."""
        return regex(words, self.report.year or 0)

    def speaks(self, label: Label, words: str) -> bool:
        """Whether words name what a label stands for."""
        return bool(self.dated(label.words).search(words))

    def is_own(self, sentence: Sentence, mention: Mention) -> bool:
        """Whether a number is of this year and this organ, and no comparison."""
        if regex(vocabulary.NO_CLAIM).search(mention.led):
            return False
        return self.is_own_words(sentence.said(mention))

    def is_own_words(self, said: str) -> bool:
        """Whether words end in speaking of this year and this organ."""
        return not (self.is_other_year(said) or self.is_other_organ(said))

    def is_other_year(self, said: str) -> bool:
        """Whether the last time named before a number is not the report's year."""
        if not self.dated(vocabulary.TIME).search(said):
            return False
        labels = (label.words for label in vocabulary.CARRIED)
        for words in (*labels, vocabulary.WHOLE_YEAR, vocabulary.AGAINST):
            said = self.dated(words).sub("", said)
        times = self.dated(vocabulary.TIME).findall(said)
        return bool(times) and not self.dated(vocabulary.THIS_YEAR).match(times[-1])

    def is_other_organ(self, said: str) -> bool:
        """Whether the last organ named before a number is not the one that reports."""
        organs = list(regex(vocabulary.ORGAN).finditer(said))
        if not organs:
            return False
        start, organ = organs[-1].start(), organs[-1][0]
        near = regex(r"[^\u4e00-\u9fff]").split(said[max(0, start - 2) : start])[-1]
        government = self.report.bureau.kind == "government"
        if near.endswith(("我", "本", "该")) and organ != "本级":
            return not government and organ in vocabulary.WIDER
        if near.endswith("全"):
            return government is not (organ in vocabulary.WIDER)
        return organ in ("本级", "部门", "单位") or near + organ not in self.report.bureau.name

    def applications(self, sentence: Sentence, mention: Mention) -> Sense | None:
        """What a number says of applications; nothing where it is qualified."""
        before, after = mention.before, mention.next_words
        if mention.unit not in vocabulary.APPLICATION_UNITS:
            return None
        if mention.unit in vocabulary.LOOSE_UNITS and not regex("$|申请|案").match(after):
            return None
        if is_channel(sentence.said(mention)) or is_channel(after):
            return None
        for words in (before, after):
            if self.applicants(words):
                return self.applicant(sentence, mention, words)
            if regex(vocabulary.QUALIFIED).search(words):
                return None
            if words is after and regex(vocabulary.ALL).search(words):
                return None
            if sense := self.outcome(words, mention):
                return self.narrowed(sense, sentence.said(mention))
            if (sense := self.flow(words)) and self.is_of_applications(sentence, mention, words):
                return self.narrowed(sense, sentence.said(mention))
        return None

    def outcome(self, words: str, mention: Mention) -> Sense | None:
        """What words say of how applications ended."""
        labels = [label for label in vocabulary.OUTCOMES if self.speaks(label, words)]
        return together(labels) if labels and mention.unit != "条" else None

    def flow(self, words: str) -> Sense | None:
        """What words say of applications coming in and going out."""
        for label in vocabulary.CARRIED:
            if self.speaks(label, words):
                return Sense(label.kind, label.readings)
        labels = [label for label in vocabulary.FLOWS if self.speaks(label, words)]
        if not labels and self.speaks(vocabulary.BARE, words):
            labels = [vocabulary.BARE]
        return either(labels) if labels else None

    def is_of_applications(self, sentence: Sentence, mention: Mention, words: str) -> bool:
        """Whether a number is of applications by name, or nothing else is named."""
        if "申请" in sentence.said(mention) + mention.next_words:
            return True
        if any(self.speaks(label, words) for label in vocabulary.CARRIED):
            return True
        for label in vocabulary.FLOWS:
            words = self.dated(label.words).sub("", words)
        return self.dated(vocabulary.FILLER).sub("", words) == ""

    def narrowed(self, sense: Sense, said: str) -> Sense:
        """The same, where earlier words may have narrowed it to some applicants."""
        columns = [column for label in self.named(said) for column in label.readings]
        narrow = [in_column(reading, column) for column in columns for reading in sense.readings]
        return sense._replace(readings=(*sense.readings, *narrow))

    def applicants(self, words: str) -> list[Label]:
        """The kinds of applicants that words name, where they are not all of them."""
        found = self.named(words)
        return found if len({label.readings[-1] for label in found}) == 1 else []

    def named(self, words: str) -> list[Label]:
        """The kinds of applicants that words name; the phrase for anybody names none."""
        words = regex(vocabulary.ANYBODY).sub("", words)
        return [label for label in vocabulary.APPLICANTS if self.speaks(label, words)]

    def applicant(self, sentence: Sentence, mention: Mention, words: str) -> Sense | None:
        """What a number says of one kind of applicants."""
        if regex(vocabulary.QUALIFIED).search(words):
            return None
        said = sentence.said(mention)
        labels = (*vocabulary.OUTCOMES, *vocabulary.CARRIED)
        rows = [label.readings[0] for label in labels if self.speaks(label, said)]
        return Sense(
            "applicant",
            tuple(
                in_column(row, column)
                for row in ("received", "received+carried_in", "handled", *rows)
                for column in self.applicants(words)[-1].readings
            ),
        )


def is_channel(words: str) -> bool:
    """Whether words name one way to apply."""
    return bool(regex(vocabulary.CHANNEL).search(words)) and not regex(
        vocabulary.EVERY_CHANNEL
    ).search(words)


def either(labels: list[Label]) -> Sense:
    """What a number with several names may be: any of them."""
    readings = (reading for label in labels for reading in label.readings)
    return Sense(labels[-1].kind, tuple(dict.fromkeys(readings)))


def together(labels: list[Label]) -> Sense:
    """What a number of several things may be: their sum, or any of them."""
    total = "+".join(label.readings[0] for label in labels)
    return Sense(labels[0].kind, tuple(dict.fromkeys((total, *either(labels).readings))))


def in_column(reading: str, column: str) -> str:
    """A reading in another column than that of the totals."""
    return regex(r"[a-z_]+").sub(lambda row: f"{row[0]}.{column}", reading)


def matter_of(sentence: Sentence, mention: Mention) -> str:
    """Of which table a number is: by the words before it, else by those behind."""
    before = matter(sentence, mention.start)
    if before:
        return before
    end = mention.start + len(mention.next_words) + 6
    return matter(sentence, end) or matter_of_heading(sentence)


def matter(sentence: Sentence, end: int) -> str:
    """Of which table the words of a sentence up to a place speak last, empty of none."""
    spoken = matters(sentence.text)
    number = bisect(spoken, end, key=itemgetter(0))
    name = spoken[number - 1][1] if number else ""
    if name in ("applications", "disputes") and not is_on_request(sentence):
        return "other"
    return name


def matter_of_heading(sentence: Sentence) -> str:
    """Of which table a sentence is by the heading of its part alone."""
    if "申请" in sentence.heading and is_on_request(sentence):
        return "applications"
    return ""


@lru_cache(maxsize=64)
def matters(text: str) -> tuple[tuple[int, str], ...]:
    """The tables of which a text speaks, each with the place where its word ends."""
    return tuple((match.end(), match.lastgroup or "") for match in regex(MATTER).finditer(text))


MATTER = "|".join(f"(?P<{name}>{words})" for name, words in vocabulary.MATTERS)


def is_on_request(sentence: Sentence) -> bool:
    """Whether a sentence is about disclosure on request."""
    return are_on_request(sentence.heading, sentence.text)


@lru_cache(maxsize=64)
def are_on_request(heading: str, text: str) -> bool:
    """Whether words under a heading are about disclosure on request."""
    if regex(vocabulary.ATTRIBUTES).search(text):
        return False
    return "申请" in heading or bool(regex(vocabulary.ON_REQUEST).search(text))


def disputes(sentence: Sentence, mention: Mention) -> Sense | None:
    """What a number says of reconsideration and litigation."""
    if mention.unit not in vocabulary.CASE_UNITS or is_reviewer(sentence, mention):
        return None
    for words in (mention.before, mention.next_words):
        for column, pattern in vocabulary.RESULTS:
            if regex(pattern).search(words):
                rows = rows_of_case(sentence.said(mention))
                return Sense("dispute", tuple(f"{row}.{column}" for row in rows), "disputes")
        if labels := cases(words):
            if regex(vocabulary.OF_CASES).search(words):
                return None
            return together(labels)._replace(table="disputes")
    return None


def is_reviewer(sentence: Sentence, mention: Mention) -> bool:
    """Whether a number is of cases that were decided upon, not of those suffered."""
    if regex(vocabulary.AS_JUDGE).search(mention.led):
        return True
    reviewing = regex(vocabulary.AS_REVIEWER).search(sentence.said(mention))
    return bool(reviewing) and "信息公开" not in sentence.text


def cases(words: str) -> list[Label]:
    """The kinds of case that words name; litigation at large only where no kind of it."""
    found = [label for label in vocabulary.CASES if regex(label.words).search(words)]
    kinds = [label for label in found if label in vocabulary.CASES[1:3]]
    return found[:-1] if kinds and found[-1] is vocabulary.CASES[-1] else found


def rows_of_case(said: str) -> tuple[str, ...]:
    """The rows of the kind of case that was named last."""
    found = [
        (match.end(), number)
        for number, label in enumerate(vocabulary.CASES)
        for match in regex(label.words).finditer(said)
    ]
    rows = vocabulary.CASES[max(found)[1]].readings if found else ()
    return tuple(row for row in rows if "-" not in row)


def documents(sentence: Sentence, mention: Mention) -> Sense | None:
    """What a number says of rules and normative documents."""
    said = without_disclosure(sentence.said(mention))
    words = mention.before + mention.next_words
    fates = [
        (match.end(), column)
        for column, pattern in vocabulary.FATES
        for match in regex(pattern).finditer(words)
    ]
    if not fates or mention.unit not in vocabulary.PAPER_UNITS:
        return None
    if regex(vocabulary.OF_PAPERS).search(said + mention.next_words):
        return None
    rows = [row for row, pattern in vocabulary.PAPERS if regex(pattern).search(words)]
    if not rows:
        rows = ["normative" if said.rfind("规范性") > said.rfind("规章") else "rules"]
    reading = "+".join(f"{row}.{max(fates)[1]}" for row in rows)
    return Sense("document", (reading,), "documents")


def decisions(sentence: Sentence, mention: Mention) -> Sense | None:
    """What a number says of licences, penalties and coercion."""
    if mention.unit not in vocabulary.DECISION_UNITS:
        return None
    if regex(vocabulary.OF_DECISIONS).search(without_disclosure(sentence.said(mention))):
        return None
    for table, reading, words in vocabulary.DECISIONS:
        if regex(words + vocabulary.GAP).search(mention.before):
            return Sense("document", (reading,), table)
    return None


def without_disclosure(said: str) -> str:
    """Words without the name of the work itself, in which 公开 says nothing."""
    return regex(r"(?:信息|政务)公开").sub("", said)
