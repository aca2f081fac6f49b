"""Give every number of a sentence its role, by what is understood around it.

A sentence is cut at its signs into *phrases*, each with at most one number: the
words before the number, the number, the words behind it. What is in brackets is
read on its own, with what was known where the bracket opens. Then each number is
asked, from the outside in: is it a growth, a share, an average, a peak; is it of
another year or another organ; and, where every word between what is counted and
the number is known, which figure of the form it states. A single word that is
not known, and the number says nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from govdisclose.rules.language import senses
from govdisclose.rules.language.phrases import (
    Context,
    Number,
    Phrase,
    Role,
    Sense,
    Trend,
    ends_in_organ,
    is_change,
    phrases,
)
from govdisclose.rules.language.reporter import Reporter
from govdisclose.rules.language.senses import HEADS
from govdisclose.rules.language.tokens import Amount, Token

ONE = Decimal(1)

NOUNS = frozenset(("subject", "case", "paper", "decision", "about"))

READERS = {
    "applications": senses.applications,
    "disputes": senses.disputes,
    "documents": senses.documents,
    "decisions": senses.decisions,
}


class Reader:
    """Reads the sentences of one text, one after another."""

    def __init__(self, reporter: Reporter, heading: str) -> None:
        self.reporter = reporter
        self.heading = heading
        self.on_request = ("申请" in heading and "公开" in heading) or heading.endswith("申请情况")
        self.before = ""
        self.trends: list[Trend] = []

    def context(self, tokens: list[Token]) -> Context:
        """What is known where a sentence begins."""
        asked = self.on_request or any(
            token.kind == "about"
            or (token.kind == "subject" and "公开" in token.text)
            or (token.kind == "subject" and "依申请" in token.text)
            for token in tokens
        )
        matter = "applications" if self.on_request else self.before
        channels = sum(token.kind == "channel" for token in tokens)
        return Context(
            self.reporter,
            matter=matter,
            asked=asked or self.before == "applications",
            channels=channels,
            outcomes=sum(token.kind == "outcome" for token in tokens),
        )

    def read(self, tokens: list[Token]) -> list[Number]:
        """Every number of a sentence with its role."""
        context = self.context(tokens)
        self.trends = []
        found = list(self.numbers(tokens, context))
        if any(number.sense and number.sense.table == "applications" for number in found):
            self.before = "applications"
        elif any(token.kind in ("other", "paper", "decision", "case") for token in tokens):
            self.before = ""
        return sorted(found, key=lambda number: number.start)

    def numbers(self, tokens: list[Token], context: Context) -> Iterator[Number]:
        """The numbers on one level of brackets, then those inside."""
        found, inner = phrases(tokens)
        opened = iter(inner)
        bracket = next(opened, None)
        for at, phrase in enumerate(found):
            while bracket and bracket[0] < at:
                bracket = next(opened, None)
            number = self.phrase(phrase, context)
            if number:
                yield number
            while bracket and bracket[0] == at:
                yield from self.bracket(bracket[1], context)
                bracket = next(opened, None)
        while bracket:
            yield from self.bracket(bracket[1], context)
            bracket = next(opened, None)

    def bracket(self, tokens: list[Token], context: Context) -> Iterator[Number]:
        """The numbers of a bracket: parts or details of what was said before it."""
        inside = replace(context, inside="bracket", pending=())
        if any(token.kind == "number" for token in tokens):
            yield from self.numbers(tokens, inside)

    def phrase(self, phrase: Phrase, context: Context) -> Number | None:
        """The number of a phrase; what it says else goes into the context."""
        phrase = shared_out(phrase, context)
        kinds = {token.kind for token in phrase.words}
        self.place(phrase, context, kinds)
        if phrase.number is None or phrase.number.amount is None:
            context.gap += phrase.closed != "、" and not kinds <= {"part", "each"}
            if "change" in kinds and "unknown" not in kinds:
                self.trend(phrase, context)
            self.without_number(phrase, context, kinds)
            return None
        number = self.judged(phrase, context, kinds)
        context.pending, context.marker, context.gap = (), "", 0
        if phrase.right and phrase.right[-1].kind in ("part", "each"):
            context.marker = phrase.right[-1].kind
        elif phrase.closed == "：":
            context.marker = "colon"
        if number.role is Role.FIGURE:
            context.last = number.sense
        elif number.role in (Role.UNKNOWN, Role.TOTAL, Role.PART, Role.OTHER_ORGAN):
            context.last = None
        return number

    def place(self, phrase: Phrase, context: Context, kinds: set[str]) -> None:
        """Take in what a phrase says of time, organ and parts."""
        if "part" in kinds or "each" in kinds:
            context.marker = "part" if "part" in kinds else "each"
            context.inside = context.inside if context.inside == "bracket" else "list"
            context.parts_by = ""
        compared = "compare" in kinds or "change" in kinds
        carried = "carry" in kinds or "open" in kinds
        for token in phrase.left if phrase.number else phrase.words:
            if token.kind == "time":
                time = self.reporter.time(token)
                if (carried and time in ("last", "next")) or (compared and time != "own"):
                    continue
                context.time = time
                if time == "own":
                    context.clear = True
            elif token.kind == "organ":
                context.organ = self.reporter.organ(token, context.organ)
                if context.organ == "own":
                    context.clear = True

    def without_number(self, phrase: Phrase, context: Context, kinds: set[str]) -> None:
        """What a phrase without a number leaves behind for the next."""
        heads = tuple(t for t in phrase.words if t.kind in HEADS | NOUNS | {"result", "fate"})
        if phrase.closed == "、" and heads and "unknown" not in kinds:
            context.pending = (*context.pending, *heads)
        else:
            context.pending = ()
        if "other" in kinds:
            context.matter = "other"
        elif "case" in kinds:
            context.matter = "disputes"
            context.cases = tuple(t.sense for t in phrase.words if t.kind == "case")
        elif "subject" in kinds:
            context.matter = "applications"
        elif "paper" in kinds and any(t.sense for t in phrase.words if t.kind == "paper"):
            context.matter = "documents"
            context.papers = tuple(t.sense for t in phrase.words if t.kind == "paper")
        elif "decision" in kinds:
            context.matter = "decisions"
        last = phrase.words[-1]
        narrowing = last.kind in ("suffix", "among") or last.text in ("方面", "类", "事项", "中")
        if "unknown" in kinds and narrowing and phrase.closed in ("，", "："):
            context.clear = "own" in {t.sense for t in phrase.words if t.kind == "organ"} and (
                last.kind != "suffix"
            )
        if ends_in_organ(phrase):
            context.clear = False

    def judged(self, phrase: Phrase, context: Context, kinds: set[str]) -> Number:
        """The role of a number."""
        token = phrase.number
        assert token is not None
        assert token.amount is not None
        amount, unit = token.amount, token.amount.unit

        def number(role: Role, sense: Sense | None = None, strong: bool = False) -> Number:
            place = (context.inside, context.marker, context.gap)
            return Number(role, amount, token.start, token.end, phrase, sense, strong, *place)

        left_kinds = {t.kind for t in phrase.left}
        if unit in ("元", "万元"):
            return number(Role.MONEY)
        if is_change(phrase):
            return number(Role.CHANGE, self.grown(phrase, context))
        if unit in ("%", "约%", "成", "倍", "百分点", "个百分点"):
            if "case" in kinds:
                context.matter = "disputes"
                context.cases = tuple(t.sense for t in phrase.words if t.kind == "case")
            return number(Role.SHARE)
        if is_average(phrase):
            return number(Role.AVERAGE)
        if "peak" in kinds:
            return number(Role.PEAK)
        sense = self.sense(phrase, context, kinds)
        strong = bool(left_kinds & {"sum"}) or any(
            t.kind == "time" and self.reporter.time(t) == "own" for t in phrase.left
        )
        if sense is not None:
            if context.time not in ("own",) or self.compared(phrase):
                return number(Role.OTHER_YEAR, sense)
            by_government = context.organ == "unclear" and sense.readings[0].startswith("rules.")
            if not (context.organ == "own" or by_government) or not context.clear:
                return number(Role.OTHER_ORGAN, sense)
            if not amount.exact and "about_number" in kinds:
                return number(Role.UNKNOWN)
            if "about_number" in kinds:
                return number(Role.UNKNOWN)
            return number(Role.FIGURE, sense, strong)
        if context.time in ("last", "other", "part") or self.compared(phrase):
            return number(Role.OTHER_YEAR)
        if context.organ == "other":
            return number(Role.OTHER_ORGAN)
        if "sum" in left_kinds and not (kinds & (HEADS | NOUNS | {"unknown", "other"})):
            return number(Role.SUM)
        if context.inside:
            return number(Role.PART)
        return number(Role.TOTAL if "sum" in left_kinds else Role.UNKNOWN)

    def trend(self, phrase: Phrase, context: Context) -> None:
        """Remember what a phrase without a number says of a growth since last year."""
        way = next(t.sense for t in reversed(phrase.words) if t.kind == "change")
        since = any(
            (t.kind == "time" and self.reporter.time(t) == "last")
            or any(word in t.text for word in ("同比", "上年", "去年"))
            for t in phrase.words
        )
        sense = self.grown(phrase._replace(left=phrase.words, right=()), context)
        if sense and since:
            self.trends.append(Trend(sense, way, phrase.start, phrase.end))

    def grown(self, phrase: Phrase, context: Context) -> Sense | None:
        """What is said to have grown: what is named before, else the figure just given."""
        words: list[Token] = []
        for token in phrase.left:
            if token.kind in ("compare", "change") or token.text in ("与", "每"):
                break
            words.append(token)
        named = tuple(t for t in words if t.kind not in ("time", "organ", "every", "part"))
        if any(t.kind in HEADS | NOUNS | {"fate", "result", "unknown", "other"} for t in named):
            counted = Token("number", "件", "1件", 0, 0, Amount(ONE, ONE, ONE, "件"))
            subject = Phrase(tuple(words), counted, (), phrase.opened, "")
            sense = self.sense(subject, context, {t.kind for t in words})
            is_own = context.time == "own" and context.organ == "own" and context.clear
            return sense if is_own else None
        return context.last

    def compared(self, phrase: Phrase) -> bool:
        """Whether a number is the other side of a comparison: 比去年的8件."""
        seen = False
        for token in phrase.left:
            if token.kind == "compare" or token.text == "与":
                seen = True
            if seen and token.kind == "time" and self.reporter.time(token) != "own":
                return True
        return False

    def sense(self, phrase: Phrase, context: Context, kinds: set[str]) -> Sense | None:
        """What a number counts; None where a word about it is not understood."""
        if "change" in kinds:
            return None
        foreign = any(t.kind == "organ" and t.sense == "other" for t in phrase.right)
        if foreign or kinds & {"unknown", "other", "suffix", "rate"}:
            self.lost(phrase, context, kinds)
            return None
        matter = self.matter(phrase, context, kinds)
        read = READERS.get(matter)
        if read is None:
            return None
        context.matter = matter
        return read(phrase, context, kinds)

    def lost(self, phrase: Phrase, context: Context, kinds: set[str]) -> None:
        """After a number that is not understood nothing is taken over from before."""
        if "other" in kinds:
            context.matter = "other"
        elif kinds & {"flow", "subject", "case", "paper", "decision", "fate"}:
            heads = [t.kind in ("flow", "fate", "subject") for t in phrase.left]
            unknown = [t.kind in ("unknown", "suffix") for t in phrase.left]
            if True in unknown and (True not in heads or unknown.index(True) < heads.index(True)):
                context.clear = False
        elif not context.inside:
            context.matter = "unknown"

    def matter(self, phrase: Phrase, context: Context, kinds: set[str]) -> str:
        """Of which table a number is."""
        pending = {token.kind for token in context.pending}
        if context.inside == "list" and context.matter == "other":
            return ""
        if "case" in kinds or ("result" in kinds and (context.cases or "case" in pending)):
            return "disputes" if context.asked or self.on_request else ""
        named = any(t.kind == "paper" and t.sense for t in phrase.words)
        if named or ("fate" in kinds and context.matter == "documents"):
            return "documents"
        if "decision" in kinds:
            return "decisions"
        if "paper" in kinds:
            return "documents" if context.matter == "documents" else ""
        if "fate" in kinds or "amended" in kinds:
            return "documents" if context.matter == "documents" else ""
        if not (kinds & (HEADS | {"subject", "sum"})):
            return context.matter
        if "subject" in kinds:
            return "applications" if context.asked or self.on_request else ""
        if kinds & HEADS and context.matter in ("", "documents", "decisions"):
            certain = kinds & {"outcome", "carry"} and context.matter == ""
            return "applications" if certain and self.on_request else ""
        return context.matter


def is_average(phrase: Phrase) -> bool:
    """Whether a number is one of several on average, as the words next to it say."""
    for token in reversed(phrase.left):
        if token.kind == "unknown":
            return False
        if token.kind == "average":
            return True
    return any(token.kind == "average" for token in phrase.right)


def shared_out(phrase: Phrase, context: Context) -> Phrase:
    """A phrase with its own share of what 分别 shares out: 复议、诉讼分别为3件、1件."""
    named = {"case", "decision", "outcome", "flow", "applicant"}
    if any(token.kind == "each" for token in phrase.left):
        heads = [t for t in (*context.pending, *phrase.left) if t.kind in named]
        context.shares = tuple(heads) if len(heads) > 1 and phrase.number else ()
    elif phrase.number is None or any(t.kind in named for t in phrase.words):
        context.shares = ()
    if not context.shares:
        return phrase
    first, *rest = context.shares
    context.shares, context.pending = tuple(rest), ()
    return phrase._replace(left=(*(t for t in phrase.left if t.kind not in named), first))
