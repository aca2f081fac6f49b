"""What sentences claim of the figures in the tables.

A number counts as a claim only where its own clause names what it counts, for
the year and the organ of the report. Whatever else a sentence says is left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from govdisclose.report import Report
from govdisclose.rules import vocabulary
from govdisclose.rules.clauses import Mention, Sentence
from govdisclose.rules.vocabulary import Label


class Claim(NamedTuple):
    """A number in a sentence that one of some readings of a table should bear out."""

    kind: str
    table: str
    readings: tuple[str, ...]
    mention: Mention
    sentence: Sentence


class Sense(NamedTuple):
    """What a number counts, and the sums of the table it may be."""

    kind: str
    readings: tuple[str, ...]


def read(report: Report, found: Iterable[Sentence]) -> list[Claim]:
    """The claims of some sentences of a report."""
    reader = Reader(report)
    return [
        claim
        for sentence in found
        if re.search(vocabulary.SUBJECT, sentence.text)
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
        if matter in ("", "other") or mention.vague or not self.is_own(sentence, mention):
            return None
        if matter == "decisions":
            return decision(sentence, mention)
        readers = {"applications": self.applications, "disputes": disputes, "documents": documents}
        sense = readers[matter](sentence, mention)
        return Claim(sense.kind, matter, sense.readings, mention, sentence) if sense else None

    def dated(self, words: str) -> str:
        """An expression with the years around the report's put in."""
        year = self.report.year or 0
        for name, value in (("LAST", year - 1), ("YEAR", year), ("NEXT", year + 1)):
            words = words.replace(name, str(value))
        return words

    def speaks(self, label: Label, words: str) -> bool:
        """Whether words name what a label stands for."""
        return bool(re.search(self.dated(label.words), words))

    def is_own(self, sentence: Sentence, mention: Mention) -> bool:
        """Whether a number is of this year and this organ, and no comparison."""
        near = mention.clause[: mention.offset]
        if "分别" in near or re.search(rf"{vocabulary.COMPARED}|{vocabulary.NEGATED}", near):
            return False
        return self.is_own_words(sentence.said(mention))

    def is_own_words(self, said: str) -> bool:
        """Whether words end in speaking of this year and this organ."""
        return not (self.is_other_year(said) or self.is_other_organ(said))

    def is_other_year(self, said: str) -> bool:
        """Whether the last time named before a number is not the report's year."""
        labels = (label.words for label in vocabulary.CARRIED)
        for words in (*labels, vocabulary.WHOLE_YEAR, vocabulary.AGAINST):
            said = re.sub(self.dated(words), "", said)
        times = re.findall(self.dated(vocabulary.TIME), said)
        return bool(times) and not re.match(self.dated(vocabulary.THIS_YEAR), times[-1])

    def is_other_organ(self, said: str) -> bool:
        """Whether the last organ named before a number is not the one that reports."""
        organs = re.findall(vocabulary.ORGAN, said)
        if not organs:
            return False
        near, organ = organs[-1]
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
        if mention.unit in vocabulary.LOOSE_UNITS and not re.match("$|申请|案", after):
            return None
        if is_channel(sentence.said(mention)) or is_channel(after):
            return None
        for words in (before, after):
            if self.applicants(words):
                return self.applicant(sentence, mention, words)
            if re.search(vocabulary.QUALIFIED, words):
                return None
            if words is after and re.search(vocabulary.ALL, words):
                return None
            if sense := self.outcome(words, mention) or self.flow(words):
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
        words = re.sub(vocabulary.ANYBODY, "", words)
        return [label for label in vocabulary.APPLICANTS if self.speaks(label, words)]

    def applicant(self, sentence: Sentence, mention: Mention, words: str) -> Sense | None:
        """What a number says of one kind of applicants."""
        if re.search(vocabulary.QUALIFIED, words):
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
    return bool(re.search(vocabulary.CHANNEL, words)) and not re.search(
        vocabulary.EVERY_CHANNEL, words
    )


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
    return re.sub(r"[a-z_]+", lambda row: f"{row[0]}.{column}", reading)


def matter_of(sentence: Sentence, mention: Mention) -> str:
    """Of which table a number is: by the words before it, else by those behind."""
    return matter(sentence, sentence.said(mention)) or matter(sentence, mention.next_words, "申请")


def matter(sentence: Sentence, words: str, heading: str = "") -> str:
    """Of which table words speak last, empty of none.

    With a word for the heading of the part, a heading that has it speaks of applications.
    """
    found = [
        (match.end(), name)
        for name, pattern in vocabulary.MATTERS
        for match in re.finditer(pattern, words)
    ]
    if found:
        name = max(found)[1]
    else:
        name = "applications" if heading and heading in sentence.heading else ""
    if name in ("applications", "disputes") and not is_on_request(sentence):
        return "other"
    return name


def is_on_request(sentence: Sentence) -> bool:
    """Whether a sentence is about disclosure on request."""
    if re.search(vocabulary.ATTRIBUTES, sentence.text):
        return False
    return "申请" in sentence.heading or bool(re.search(vocabulary.ON_REQUEST, sentence.text))


def disputes(sentence: Sentence, mention: Mention) -> Sense | None:
    """What a number says of reconsideration and litigation."""
    reviewing = re.search(vocabulary.AS_REVIEWER, sentence.said(mention))
    if mention.unit not in vocabulary.CASE_UNITS or (reviewing and "信息公开" not in sentence.text):
        return None
    for words in (mention.before, mention.next_words):
        for column, pattern in vocabulary.RESULTS:
            if re.search(pattern, words):
                rows = rows_of_case(sentence.said(mention))
                return Sense("dispute", tuple(f"{row}.{column}" for row in rows))
        labels = [label for label in vocabulary.CASES if re.search(label.words, words)]
        if labels:
            return None if re.search(vocabulary.OF_CASES, words) else together(labels)
    return None


def rows_of_case(said: str) -> tuple[str, ...]:
    """The rows of the kind of case that was named last."""
    found = [
        (match.end(), number)
        for number, label in enumerate(vocabulary.CASES)
        for match in re.finditer(label.words, said)
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
        for match in re.finditer(pattern, words)
    ]
    if not fates or mention.unit not in vocabulary.PAPER_UNITS:
        return None
    if re.search(vocabulary.OF_PAPERS, said + mention.next_words):
        return None
    rows = [row for row, pattern in vocabulary.PAPERS if re.search(pattern, words)]
    if not rows:
        rows = ["normative" if said.rfind("规范性") > said.rfind("规章") else "rules"]
    return Sense("document", ("+".join(f"{row}.{max(fates)[1]}" for row in rows),))


def decision(sentence: Sentence, mention: Mention) -> Claim | None:
    """What a number says of licences, penalties and coercion."""
    if mention.unit not in vocabulary.DECISION_UNITS:
        return None
    if re.search(vocabulary.OF_DECISIONS, without_disclosure(sentence.said(mention))):
        return None
    for table, reading, words in vocabulary.DECISIONS:
        if re.search(words + vocabulary.GAP, mention.before):
            return Claim("document", table, (reading,), mention, sentence)
    return None


def without_disclosure(said: str) -> str:
    """Words without the name of the work itself, in which 公开 says nothing."""
    return re.sub(r"(?:信息|政务)公开", "", said)
