"""What a number counts: which figures of the form it may state, if any.

Each reader takes a phrase whose every word is known, and what was said before;
it gives the sums of the table that the number may be, or None.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from govdisclose.rules.language.phrases import Context, Phrase, Sense
from govdisclose.rules.language.tokens import Token

APPLICATION_UNITS = frozenset(
    ("件", "份", "条", "起", "宗", "例", "个", "项", "件次", "次", "条次", "封", "")
)
CASE_UNITS = frozenset(("件", "起", "宗", "例", "个", "件次", "次", ""))
PAPER_UNITS = frozenset(("件", "份", "个", "部", "项", ""))
DECISION_UNITS = frozenset(("件", "起", "宗", "例", "项", "个", "次", "件次", ""))
LOOSE = frozenset(("个", "项", "次", "条"))
FLOWS = {
    "received": ("received", "received+carried_in"),
    "handled": ("handled", "handled-carried_in"),
    "answered": (
        "handled",
        "handled-carried_in",
        "handled-other_outcomes",
        "handled-other_outcomes-not_processed",
        "handled-not_processed",
        "handled-otherwise",
        "handled-otherwise-carried_in",
    ),
    "dealt": ("handled", "received", "received+carried_in", "handled-carried_in"),
}
BARE = ("received", "received+carried_in", "handled")
LITIGATION = (
    "litigation",
    "litigation-litigation.pending",
    "litigation_direct",
    "litigation_after",
)
CASES = {
    "reconsideration": ("reconsideration", "reconsideration-reconsideration.pending"),
    "litigation": LITIGATION,
    "litigation_direct": ("litigation_direct",),
    "litigation_after": ("litigation_after",),
}
NOT_OF_CASES = frozenset(("受理", "新增", "登记受理", "问题", "程序", "内容", "决定"))
BY_APPLICANT = frozenset(("提出", "提交", "提交的"))
HEADS = frozenset(("flow", "carry", "open", "outcome", "detail", "applicant", "published"))


def applications(phrase: Phrase, context: Context, kinds: set[str]) -> Sense | None:
    """What a number says of applications."""
    unit = phrase.unit
    if unit not in APPLICATION_UNITS or ("not" in kinds and "open" not in kinds):
        return None
    if kinds & {"manner", "amended", "judged", "compare", "open_list", "share"}:
        return None
    if not head_tokens(phrase.left) and any(t.sense == "part" for t in phrase.right):
        return None
    if any(
        t.kind == "deadline" for t in (phrase.left if head_tokens(phrase.left) else phrase.words)
    ):
        return None
    heads = head_tokens(phrase.left) or head_tokens(phrase.right)
    heads = [t for t in context.pending if t.kind in HEADS] + heads
    subject = any(t.kind == "subject" for t in phrase.words)
    narrow = narrowed(phrase, context, kinds)
    if narrow:
        context.parts_by = "channel"
        return None
    if unit in LOOSE and not subject and not any(t.kind in ("carry", "outcome") for t in heads):
        return None
    if not heads:
        return bare(phrase, context) if subject else None
    return headed(phrase, heads, context, subject)


def narrowed(phrase: Phrase, context: Context, kinds: set[str]) -> bool:
    """Whether a number is of one channel only."""
    if "channels" in kinds:
        return False
    if "channel" in kinds:
        return True
    return "written" in kinds and (context.channels > 0 or bool(context.inside))


def bare(phrase: Phrase, context: Context) -> Sense | None:
    """A number of which only its noun is named, before it: 依申请公开12件."""
    before = [t for t in phrase.left if t.kind == "subject"]
    behind = {t.kind for t in phrase.right} - {"every", "done"}
    if not before or behind or context.inside:
        return None
    last = max(at for at, t in enumerate(phrase.left) if t.kind == "subject")
    if any(t.kind in ("filler", "thing") and len(t.text) > 1 for t in phrase.left[last + 1 :]):
        return None
    return Sense("received", BARE)


def headed(phrase: Phrase, heads: list[Token], context: Context, subject: bool) -> Sense | None:
    """A number whose verb or outcome is named."""
    kinds = {t.kind for t in heads}
    if "published" in kinds and not (context.outcomes or context.rows):
        return None
    if "thing" in {t.kind for t in phrase.words} and not subject and "flow" in kinds:
        return None
    if not head_tokens(phrase.left) and any(t.text[0] in "均都全" for t in phrase.right):
        return None
    if "applicant" in kinds:
        return of_applicants(heads, context)
    if {"carry", "open"} & kinds:
        return carried(phrase, heads, context)
    if {"outcome", "detail", "published"} & kinds:
        texts = {t.text for t in phrase.words}
        return outcome(
            heads,
            context,
            because=not texts.isdisjoint(("因", "涉及")),
            is_labelled=not texts.isdisjoint(("属于", "属")),
        )
    told = [t for t in heads if t.kind == "flow"]
    flows = [t.sense for t in told if t.text not in BY_APPLICANT] or [t.sense for t in told]
    if not flows:
        return None
    if context.inside and not is_fresh(flows, phrase, context):
        return None
    if not subject and context.matter != "applications":
        return None
    readings = tuple(dict.fromkeys(r for flow in flows for r in FLOWS[flow]))
    kind = "handled" if flows[-1] in ("handled", "answered", "dealt") else "received"
    context.rows = (kind,)
    return Sense(kind, readings)


def is_fresh(flows: list[str], phrase: Phrase, context: Context) -> bool:
    """Whether a flow after 其中 is a number of its own: …其中网上10件，办结12件."""
    if context.inside == "bracket" or context.parts_by == "":
        return False
    return flows[-1] in ("handled", "answered") and phrase.opened in ("，", "；")


def of_applicants(heads: list[Token], context: Context) -> Sense | None:
    """A number of one kind of applicants, in the rows that may be meant."""
    context.parts_by = context.parts_by or "applicant"
    columns = list(dict.fromkeys(t.sense for t in heads if t.kind == "applicant"))
    rows = [t.sense for t in heads if t.kind == "outcome"]
    if len(columns) > 1:
        return None
    rows = rows or ["received", "received+carried_in", "handled", *context.rows]
    return Sense(
        "applicant",
        tuple(
            dict.fromkeys(
                in_column(row, column) for row in rows for column in columns[0].split("|")
            )
        ),
    )


def carried(phrase: Phrase, heads: list[Token], context: Context) -> Sense | None:
    """A number carried over, from last year or to the next."""
    times = {context.reporter.time(t) for t in phrase.words if t.kind == "time"}
    flows = [t.sense for t in heads if t.kind == "flow" and t.sense == "received"]
    if "last" in times:
        readings: tuple[str, ...] = ("carried_in",)
        if flows:
            readings = ("received+carried_in", "carried_in", "received")
        return Sense("carried_in", readings)
    if "other" in times or "part" in times:
        return None
    if "next" in times or any(t.kind == "open" for t in heads):
        return Sense("carried_out", ("carried_out",))
    return Sense("carried_out", ("carried_out", "carried_in"))


def disputes(phrase: Phrase, context: Context, kinds: set[str]) -> Sense | None:
    """What a number says of reconsideration and litigation."""
    if phrase.unit not in CASE_UNITS:
        return None
    blocked = {"judged", "manner", "channel", "applicant", "amended", "compare", "share", "not"}
    texts = {t.text for t in phrase.words}
    if kinds & blocked or texts & NOT_OF_CASES:
        context.cases = ()
        return None
    words = [*context.pending, *phrase.left]
    if "对" in texts and not any(t.kind in ("case", "result") for t in words):
        return None
    if not any(t.kind in ("case", "result") for t in words):
        words = [*context.pending, *phrase.words]
    named = tuple(dict.fromkeys(t.sense for t in words if t.kind == "case"))
    results = [t.sense for t in phrase.words if t.kind == "result"]
    if not results and any(t.kind == "result" for t in context.pending):
        return None
    if any(t.kind == "flow" and t.sense == "dealt" for t in phrase.words) and not any(
        t.kind == "about" for t in phrase.words
    ):
        return None
    if named:
        fresh = context.inside == "list" or phrase.opened == "；"
        context.cases = named if fresh else (*context.cases, *named)
        context.inside = "" if fresh and not results else context.inside
    if results:
        rows = named or context.cases
        each = tuple(f"{row}.{results[-1]}" for row in dict.fromkeys(rows))
        if not each:
            return None
        joined = ("+".join(each),) if len(each) > 1 else ()
        return Sense("dispute", each + joined, "disputes")
    if not named or any(t.kind in ("outcome", "open", "carry") for t in phrase.words):
        return None
    if len(named) > 1:
        total = "+".join(named)
        every = any(t.kind == "every" for t in phrase.words)
        each = tuple(r for name in named for r in CASES[name])
        return Sense("dispute", each if every else (total, *each), "disputes")
    return Sense("dispute", CASES[named[0]], "disputes")


def documents(phrase: Phrase, context: Context, kinds: set[str]) -> Sense | None:
    """What a number says of rules and normative documents."""
    papers = [t.sense for t in phrase.words if t.kind == "paper" and t.sense]
    fates = [t.sense for t in phrase.left if t.kind == "fate"] or [
        t.sense for t in phrase.right if t.kind == "fate"
    ]
    if papers:
        context.papers = tuple(papers)
    blocked = {"published", "manner", "channel", "applicant", "amended", "judged", "not"}
    if kinds & blocked or kinds & {"flow", "outcome", "compare", "share", "open_list"}:
        context.fate = ""
        return None
    fate = fates[-1] if fates else context.fate
    rows = tuple(dict.fromkeys(papers or context.papers))
    if not fate or not rows or phrase.unit not in PAPER_UNITS:
        return None
    context.fate = fate
    return Sense("document", ("+".join(f"{row}.{fate}" for row in rows),), "documents")


def decisions(phrase: Phrase, context: Context, kinds: set[str]) -> Sense | None:
    """What a number says of licences, penalties and coercion."""
    unit = phrase.unit
    named = [t.sense for t in phrase.left if t.kind == "decision"] or [
        t.sense for t in phrase.right if t.kind == "decision"
    ]
    blocked = {"published", "manner", "channel", "applicant", "amended", "judged", "subject"}
    if kinds & blocked or kinds & {"outcome", "compare", "share", "not", "carry", "case"}:
        return None
    if any(t.kind == "thing" and t.text not in ("件", "决定", "案件") for t in phrase.words):
        return None
    if any(t.kind == "flow" and t.sense != "dealt" for t in phrase.words):
        return None
    if len(named) != 1 or unit not in DECISION_UNITS or context.inside:
        return None
    table, _, row = named[0].partition(".")
    return Sense("document", (f"{row}.decided",), table)


def head_tokens(words: Iterable[Token]) -> list[Token]:
    """The words that say what became of what is counted."""
    return [token for token in words if token.kind in HEADS]


def outcome(
    heads: list[Token], context: Context, *, because: bool, is_labelled: bool
) -> Sense | None:
    """What a number says of how applications ended."""
    rows: list[str] = []
    for token in heads:
        if token.kind == "outcome" or token.kind == "detail":
            rows.append(token.sense)
        elif token.kind == "published":
            rows.append("granted")
    details = [t for t in heads if t.kind == "detail"]
    alone = bool(details) and len(details) == len(rows)
    named = context.rows or context.inside or is_labelled
    if alone and (not named or because):
        return None
    context.parts_by = context.parts_by or "outcome"
    context.rows = (*context.rows, *rows)[-2:]
    total = "+".join(dict.fromkeys(rows))
    published = any(t.kind == "published" for t in heads)
    either = tuple(dict.fromkeys((total, *rows)))
    if published:
        either = (*either, "granted+partly_granted")
    return Sense("outcome", either)


def in_column(reading: str, column: str) -> str:
    """A reading in another column than that of the totals."""
    return re.sub(r"[a-z_]+", lambda row: f"{row[0]}.{column}", reading)
