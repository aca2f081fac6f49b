"""What a sentence says of the figures without a number: that there were none, that all is done."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from govdisclose.rules.language.grammar import Reader
from govdisclose.rules.language.phrases import Phrase, ends_in_organ
from govdisclose.rules.language.tokens import Token


class Saying(NamedTuple):
    """That some rows of a table are 0, or that all applications are dealt with.

    ``rows`` are readings of ``table``; for ``done`` there are none. ``start`` and
    ``end`` are places in the sentence.
    """

    kind: str
    table: str
    rows: tuple[str, ...]
    start: int
    end: int


BREAKS = frozenset("，；：。！？（）\n,…—")
PLAIN = frozenset(
    {
        "flow",
        "filler",
        "link",
        "about",
        "subject",
        "case",
        "case_at_large",
        "thing",
        "anybody",
        "and",
        "every",
        "sum",
        "channels",
        "paper",
        "fate",
        "decision",
        "carry",
        "published",
        "also",
        "done",
        "title",
        "part",
        "written",
    }
)
TWISTING = frozenset(
    {
        "要求",
        "不服",
        "继续",
        "告知",
        "转办",
        "审查",
        "经审查",
        "理由",
        "从",
        "看",
        "统计",
        "划分",
        "部分",
        "审核后",
        "妥善",
        "规范",
        "问题",
        "程序",
        "内容",
        "结果",
        "及时",
    }
)


def sayings(tokens: list[Token], reader: Reader) -> Iterator[Saying]:
    """What the tokens of a sentence say, for this year and this organ."""
    for at, token in enumerate(tokens):
        if token.kind == "not":
            found = none_of(tokens, at, reader) or zero(tokens, at, reader)
            if found and is_own(tokens, at, reader):
                yield found
        elif token.kind == "every":
            found = all_done(tokens, at, reader)
            if found and is_own(tokens, at, reader):
                yield found
        elif token.text in ("办结率", "办复率") and is_whole(tokens, at):
            of_all = is_of_applications(tokens, at, reader)
            if of_all and is_own(tokens, at, reader):
                yield Saying("done", "applications", (), token.start, tokens[at + 1].end)


def none_of(tokens: list[Token], at: int, reader: Reader) -> Saying | None:
    """未收到申请, 没有发生复议、诉讼, 无结转: nothing of what is named behind."""
    end = at + 1
    while end < len(tokens) and tokens[end].text not in BREAKS:
        end += 1
    scope = [t for t in tokens[at + 1 : end] if t.text != "、" and t.kind != "punct"]
    first_and = next((n for n, t in enumerate(scope) if t.text in ("但", "仅")), len(scope))
    scope = scope[:first_and]
    return named(tokens[at], scope, reader, tokens[max(0, at - 3) : at])


def zero(tokens: list[Token], at: int, reader: Reader) -> Saying | None:
    """申请数量为零, 复议、诉讼均为零: what is named before is nothing."""
    if tokens[at].text != "零" or (
        at + 1 < len(tokens) and tokens[at + 1].text not in BREAKS | {"、"}
    ):
        return None
    start = at
    while start and tokens[start - 1].text not in BREAKS:
        start -= 1
    scope = [t for t in tokens[start:at] if t.kind not in ("punct", "time", "organ")]
    return named(tokens[start], scope, reader, [], tokens[at].end)


def named(
    first: Token, scope: list[Token], reader: Reader, before: list[Token], end: int = 0
) -> Saying | None:
    """What is denied, where every word of it is understood."""
    kinds = {token.kind for token in scope}
    times = {reader.reporter.time(token) for token in scope if token.kind == "time"}
    people = [t for t in scope if t.kind == "applicant"]
    allowed = (
        PLAIN
        | {"time", "not"}
        | ({"applicant"} if {t.text for t in people} <= {"公民", "个人"} else set())
    )
    organs = [t for t in scope if t.kind == "organ"]
    if any(token.kind == "applicant" for token in before):
        return None
    if not scope or kinds - allowed - {"organ"} or any(t.text in TWISTING for t in scope):
        return None
    if any(reader.reporter.organ(t, "own") != "own" for t in organs):
        return None
    end = end or scope[-1].end
    cases = tuple(dict.fromkeys(t.sense for t in scope if t.kind == "case"))
    if cases:
        return Saying("none", "disputes", cases, first.start, end)
    if "carry" in kinds:
        row = "carried_in" if "last" in times else "carried_out"
        return Saying("none", "applications", (row,), first.start, end)
    if "last" in times or "next" in times or "other" in times or "published" in kinds:
        return None
    if "subject" in kinds:
        return Saying("none", "applications", ("received",), first.start, end)
    papers = [t.sense for t in scope if t.kind == "paper" and t.sense]
    fates = [t.sense for t in scope if t.kind == "fate"]
    if papers and fates and not kinds & {"flow"}:
        rows = tuple(f"{paper}.{fate}" for paper in papers for fate in fates)
        return Saying("none", "documents", rows, first.start, end)
    made = {t.text for t in scope if t.kind == "filler"} & {"作出", "做出", "实施"}
    if "decision" in kinds and made and not kinds & {"thing", "flow"}:
        rows = tuple(t.sense for t in scope if t.kind == "decision")
        return Saying("none", "decisions", rows, first.start, end)
    return None


DONE = frozenset(("handled", "answered"))


def all_done(tokens: list[Token], at: int, reader: Reader) -> Saying | None:
    """全部办结, 均已答复: all of the applications, and not only in time."""
    manner = False
    for here in range(at + 1, min(at + 8, len(tokens))):
        token = tokens[here]
        if token.kind == "flow" and token.sense in DONE:
            if manner and token.sense == "answered":
                return None
            nxt = tokens[here + 1] if here + 1 < len(tokens) else None
            if nxt and nxt.kind in ("number", "manner", "rate", "link", "among", "deadline"):
                return None
            if nxt and nxt.kind not in ("punct", "filler", "done", "and"):
                return None
            if is_of_applications(tokens, at, reader):
                return Saying("done", "applications", (), tokens[at].start, token.end)
            return None
        if token.text in ("按时", "按期", "如期"):
            manner = True
        elif token.kind not in ("done", "every", "filler", "subject", "and"):
            return None
    return None


def is_whole(tokens: list[Token], at: int) -> bool:
    """Whether a rate is 100 %, and not that of what was done in time."""
    before = tokens[at - 1].text if at else ""
    behind = tokens[at + 1 : at + 4]
    if before in ("按时", "按期", "如期", "及时"):
        return False
    for token in behind:
        if token.kind == "number":
            return (
                token.amount is not None and token.amount.unit == "%" and token.amount.value == 100
            )
        if token.kind not in ("link", "every"):
            return False
    return False


ENTITIES = frozenset(("subject", "other", "case", "paper", "decision", "unknown"))


REACH = 120
"""So many words before a place may bear upon it; so the work at a place has a bound."""


def is_of_applications(tokens: list[Token], at: int, reader: Reader) -> bool:
    """Whether what is said last before a place is of all applications."""
    lowest = max(0, at - REACH)
    tokens, at = tokens[lowest : at + REACH], at - lowest
    nouns = [t for t in tokens[:at] if t.kind in ("subject", "other", "case", "paper", "decision")]
    clause = at
    while clause and tokens[clause - 1].text not in ("。", "；", "，"):
        clause -= 1
    here = tokens[clause:at]
    asked = reader.on_request or any("公开" in t.text for t in tokens if t.kind == "subject")
    if any(t.kind in ("unknown", "carry", "part", "channel", "open", "applicant") for t in here):
        return False
    if any(t.kind == "number" and not nouns for t in tokens[:at]):
        return False
    if (nouns and nouns[-1].kind != "subject") or not asked:
        return False
    if not nouns:
        return reader.on_request and not any(t.kind == "unknown" for t in tokens[:at])
    last = max(n for n in range(at) if tokens[n] is nouns[-1])
    between = tokens[last:at]
    return not any(t.kind in ("carry", "part", "unknown", "open") for t in between)


def is_own(tokens: list[Token], at: int, reader: Reader) -> bool:
    """Whether the last year and organ named before a place are the report's."""
    lowest = max(0, at - REACH)
    tokens, at = tokens[lowest:at], at - lowest
    time, organ = "own", "own"
    for token in tokens:
        if token.kind == "time":
            time = reader.reporter.time(token)
        elif token.kind == "organ":
            organ = reader.reporter.organ(token, organ)
    clause = at
    while clause and tokens[clause - 1].text not in ("。", "；"):
        clause -= 1
    whole = tuple(tokens[clause:at])
    if whole and ends_in_organ(Phrase(whole, None, (), "", "")):
        return organ == "own" and any(t.kind == "organ" for t in whole)
    return time == "own" and organ == "own"
