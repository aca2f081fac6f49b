"""R412 to R415: whether the numbers of a text agree with one another."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from govdisclose.model.figures import shown
from govdisclose.rules.case import Case, Fault, quote, signed, text_name
from govdisclose.rules.language.claims import Claim
from govdisclose.rules.language.phrases import Number, Role
from govdisclose.rules.language.reading import Sentence
from govdisclose.rules.readings import worth

VERB = re.compile(
    r"(?:同时|并|另|此外|还|又|共|全年|累计|年内|及时|积极|主动)*"
    r"(?:发布|制作|推送|更新|开展|举办|召开|组织|办理|公开(?!类|条例)|公示(?!类|公告)|刊发|编发|印发|收到|回应(?!类)|转载"
    r"|上传|采用|报送|完成|受理|撰写|接受|解读(?!类|材料)|答复|办结|审核|整改|发现|查处|接待|维护|新增)"
)
OPEN = re.compile(r"等|主要|部分")
LAST = re.compile(r"[、，；其中]*(?:其[他它]|其余|剩余|余下)")


class Parts(NamedTuple):
    """A total and the parts that follow it; ``closed`` says that nothing is left out."""

    total: Number
    items: tuple[Number, ...]
    closed: bool


def parts_said(case: Case) -> Iterator[Fault]:
    """各项之和不超过总数，分完了的也不少于总数。

    “其中”“包括”“分别为”和冒号引出的都看。以“分别为”“总数……：”引出的，自然人和法人都列出的，
    渠道列出两种以上的，以“其他”收尾的，没有“等”字就看作分完了。

    依据：算术。
    不通过：全年公开信息100条，其中政策文件类60条、工作动态类50条。
    通过：全年公开信息100条，其中政策文件类60条、工作动态类30条。
    """
    told = {
        (claim.sentence.at, claim.number.start, claim.sentence.offset)
        for claim in case.contradicted
    }
    for numbers, sentence in runs(case):
        for parts in (*divided(numbers, sentence), *gathered(numbers)):
            places = {(sentence.at, n.start, sentence.offset) for n in (parts.total, *parts.items)}
            if not places & told and (word := out_of_step(parts)):
                yield list_fault(case, sentence, parts, word)
    for sentence in case.sentences:
        for at, number in enumerate(sentence.numbers):
            if number.role is Role.SUM and at > 1:
                found = wrong_sum(case, sentence, sentence.numbers[:at], number)
                if found:
                    yield found


def runs(case: Case) -> Iterator[tuple[tuple[Number, ...], Sentence]]:
    """The numbers of each sentence, on one level of brackets.

    A sentence that begins with 其中 goes on with the total of the one before, where
    that gives but one.
    """
    before: Sentence | None = None
    for sentence in case.sentences:
        numbers = tuple(n for n in sentence.numbers if n.inside != "bracket")
        if before and sentence.text.startswith("其中") and before.at == sentence.at:
            totals = [n for n in before.numbers if n.inside != "bracket"]
            numbers = (*totals, *numbers) if len(totals) == 1 else numbers
        if len(numbers) > 2:
            yield numbers, sentence
        before = sentence


def divided(numbers: Sequence[Number], sentence: Sentence) -> Iterator[Parts]:
    """Each total of a sentence with the list that it opens."""
    at = 0
    while at + 2 < len(numbers):
        total, first = numbers[at], numbers[at + 1]
        if not first.marker or total.role in (Role.SHARE, Role.CHANGE) or total.marker == "each":
            at += 1
            continue
        items = list(following(numbers[at + 1 :], total))
        if len(items) >= 2:
            yield Parts(total, tuple(items), is_closed(items, sentence, total))
        at += max(1, len(items))


def following(numbers: Sequence[Number], total: Number) -> Iterator[Number]:
    """The items of a list: as long as they go on in the same way."""
    verb = VERB.match(text_of(numbers[0]))
    semicolons = 0
    for seen, number in enumerate(numbers):
        semicolon = number.phrase.opened == "；"
        if seen and (number.marker or number.gap or (semicolon and seen > 1 and not semicolons)):
            return
        other = VERB.match(text_of(number))
        kinds = {token.kind for token in number.phrase.left}
        if seen and ((other and not (verb and verb[0] == other[0])) or kinds & FRESH):
            return
        if number.amount.unit != total.amount.unit or number.role in NO_PART:
            return
        if number.sense and number.sense.kind in ("dispute", "document", *FLOW):
            return
        semicolons += semicolon
        yield number


FRESH = frozenset(("sum", "also", "compare"))
NO_PART = frozenset((Role.CHANGE, Role.SHARE, Role.AVERAGE, Role.PEAK, Role.OTHER_YEAR, Role.MONEY))


def text_of(number: Number) -> str:
    """The words of the phrase that lead to a number."""
    return "".join(token.text for token in number.phrase.left if token.kind != "part")


def is_closed(items: list[Number], sentence: Sentence, total: Number) -> bool:
    """Whether a list of parts leaves nothing out."""
    start = total.start if total in sentence.numbers else 0
    text = sentence.text[start : items[-1].phrase.end + 3]
    if OPEN.search(text):
        return False
    kinds = [{token.kind for token in item.phrase.words} for item in items]
    columns = {
        token.sense for item in items for token in item.phrase.words if token.kind == "applicant"
    }
    if items[0].marker == "each" or LAST.match(text_of(items[-1])):
        return True
    if items[0].marker == "colon" and any(t.kind == "sum" for t in total.phrase.left):
        return True
    return (len(columns) > 1 and all("applicant" in each for each in kinds)) or all(
        "channel" in each or "written" in each for each in kinds
    )


def gathered(numbers: Sequence[Number]) -> Iterator[Parts]:
    """Parts that are given first, then their total: 网站80条、公众号60条，共140条."""
    for at in range(2, len(numbers)):
        total = numbers[at]
        if not any(t.kind == "sum" for t in total.phrase.left) or total.phrase.opened != "，":
            continue
        items: list[Number] = []
        for number in reversed(numbers[:at]):
            same = number.amount.unit == total.amount.unit
            if not same or number.marker or number.sense or number.role is Role.CHANGE:
                items = []
                break
            items.append(number)
        kinds = [{t.kind for t in each.phrase.words} for each in items]
        if len(items) > 1 and total.gap == 0 and all("channel" in each for each in kinds):
            yield Parts(total, tuple(reversed(items)), True)


def out_of_step(parts: Parts) -> str:
    """How parts disagree with their whole, empty where they may well be right."""
    total, items = parts.total.amount, [item.amount for item in parts.items]
    outcome = any(n.sense and n.sense.kind == "outcome" for n in parts.items)
    kind = parts.total.sense.kind if parts.total.sense else ""
    if outcome and kind != "handled":
        return ""
    if sum(item.low for item in items) > total.high:
        return "多于总数"
    if parts.closed and sum(item.high for item in items) < total.low:
        return "少于总数"
    return ""


def list_fault(case: Case, sentence: Sentence, parts: Parts, word: str) -> Fault:
    """A fault of a list: the total, its parts, and how far they are apart."""
    unit, total = parts.total.amount.unit, parts.total.amount.value
    values = [item.amount.value for item in parts.items]
    added = " + ".join(shown(value) for value in values)
    gap = sum(values) - total
    first = parts.total if parts.total in sentence.numbers else parts.items[0]
    return Fault(
        sentence.at,
        f"{text_name(case.report, sentence.at)}：总数写 {shown(total)} {unit}，"
        f"各项合计 {shown(Decimal(sum(values)))} {unit}，{word}\n"
        f"{added} = {shown(Decimal(sum(values)))}，相差 {signed(gap)} {unit}      核对总数和各项",
        (),
        sentence.span(first.phrase.start, parts.items[-1].phrase.end),
    )


def wrong_sum(
    case: Case, sentence: Sentence, before: Sequence[Number], total: Number
) -> Fault | None:
    """A 合计 that is not the sum of what came in and what was there."""
    flows = [n for n in before if n.sense and n.sense.kind in ("received", "carried_in")]
    kinds = [n.sense.kind for n in flows if n.sense]
    if (
        len(flows) < 2
        or set(kinds[-2:]) != {"received", "carried_in"}
        or flows[-1] is not before[-1]
    ):
        return None
    if any(claim.number in flows for claim in case.contradicted):
        return None
    expected = sum(n.amount.value for n in flows[-2:])
    if expected == total.amount.value:
        return None
    span = sentence.span(total.phrase.start, total.end)
    said = " + ".join(shown(n.amount.value) for n in flows[-2:])
    return Fault(
        sentence.at,
        f"{text_name(case.report, sentence.at)}：写“{quote(case.words(sentence.at, span))}”，"
        f"前面两项之和是 {shown(Decimal(expected))} 件，"
        f"相差 {signed(total.amount.value - expected)} 件\n"
        f"{said} = {shown(Decimal(expected))}      核对这三个数",
        (),
        span,
    )


FLOW = ("received", "carried_in", "handled", "carried_out")


def flow_closes(case: Case) -> Iterator[Fault]:
    """文字写的新收、上年结转与办结、结转下年度对得上。

    新收 + 上年结转 = 办结 + 结转下年度。与表不一致的已在别处提示，这里只看文字自己：
    表还没有填，或者单看每个数都说得通，合起来却对不上的才提示。

    依据：算术。
    不通过：新收申请12件，上年结转2件，办结12件，结转下年度1件（表还没有填）
    通过：新收申请12件，上年结转2件，办结13件，结转下年度1件
    """
    wrong = {claim.sentence.at for claim in case.contradicted}
    by_text: dict[str, dict[str, list[Claim]]] = {}
    for claim in case.claims:
        if claim.sense.kind in FLOW and claim.number.amount.exact:
            by_text.setdefault(claim.sentence.at, {}).setdefault(claim.sense.kind, []).append(claim)
    for at, flows in by_text.items():
        if at in wrong or any(len(flows.get(kind, ())) != 1 for kind in FLOW):
            continue
        came, before, done, left = (flows[kind][0].number.amount.value for kind in FLOW)
        if done + left not in (came + before, came) and done + before + left != came + before:
            first = flows["received"][0]
            yield Fault(
                at,
                f"{text_name(case.report, at)}：新收 {shown(came)} + 上年结转 {shown(before)} = "
                f"{shown(came + before)}；办结 {shown(done)} + 结转下年度 {shown(left)} = "
                f"{shown(done + left)}\n核对这四个数",
                (),
                first.span,
            )


def shares_said(case: Case) -> Iterator[Fault]:
    """文字中的占比与件数相符。

    “占”后面的百分数，用紧挨着的件数除以表中的新收、收办、办结等总数，或者文字里写的总数，
    四舍五入以后都不相等的才提示。

    依据：算术。
    不通过：政府信息公开申请予以公开6件，占90%。
    通过：政府信息公开申请予以公开6件，占46.2%。
    """
    wrong = {(claim.sentence.at, claim.number.start) for claim in case.contradicted}
    for sentence in case.sentences:
        for at, number in enumerate(sentence.numbers):
            part = sentence.numbers[at - 1] if at else None
            if part is None or number.role is not Role.SHARE or not is_plain_share(number):
                continue
            if part.role is Role.FIGURE and (sentence.at, part.start) not in wrong:
                found = wrong_share(case, sentence, part, number)
                if found:
                    yield found


PLAIN = frozenset(("share", "link", "subject", "about", "flow", "sum", "filler", "case", "done"))


def is_plain_share(number: Number) -> bool:
    """Whether a share is one of the number before it, and every word is understood."""
    words = number.phrase.left
    kinds = {token.kind for token in words}
    return bool(words) and words[0].kind == "share" and kinds <= PLAIN and not number.gap


WHOLES = {
    "applications": ("received", "received+carried_in", "handled", "outcomes"),
    "disputes": ("reconsideration", "litigation", "reconsideration+litigation"),
}


def wrong_share(case: Case, sentence: Sentence, part: Number, share: Number) -> Fault | None:
    """A share that no whole in the tables or in the text gives."""
    report, table = case.report, part.sense.table if part.sense else ""
    if table not in WHOLES:
        return None
    found = [worth(report, report.form.tables.get(table), name) for name in WHOLES[table]]
    if table == "applications":
        groups = ("granted", "refused", "unavailable", "not_processed", "other_outcomes")
        found += [worth(report, report.form.tables.get(table), name) for name in groups]
    totals = {Decimal(each.value) for each in found if each and each.value}
    totals |= {
        n.amount.value
        for other in case.sentences
        if other.at == sentence.at
        for n in other.numbers
        if n.amount.value and n.role in (Role.FIGURE, Role.SUM, Role.TOTAL)
    }
    if share.amount.unit != "%" or not totals or any(each is None for each in found):
        return None
    places = len(str(share.amount.value).partition(".")[2])
    slack = Decimal(10) ** -places
    rates = [100 * part.amount.value / total for total in totals]
    if any(abs(rate - share.amount.value) <= slack for rate in rates):
        return None
    span = sentence.span(part.phrase.start, share.end)
    whole = found[0].value if found[0] else 0
    return Fault(
        sentence.at,
        f"{text_name(report, sentence.at)}：写“{quote(case.words(sentence.at, span))}”，"
        f"{shown(part.amount.value)} 件不是表中或文中哪个总数的 {shown(share.amount.value)}%\n"
        f"例如 {shown(part.amount.value)} ÷ {shown(whole)} = "
        f"{100 * part.amount.value / Decimal(whole or 1):.1f}%      核对件数和百分数",
        (),
        span,
    )


WAYS = re.compile(r"(?:申请|提交)(?:方式|渠道)|按.{0,6}(?:方式|渠道)|分别")


def channels_said(case: Case) -> Iterator[Fault]:
    """列出的申请渠道合计等于新收的件数。

    写明按渠道划分、线上线下都列出或者列了三种以上的，合计应等于新收，或者新收加上年结转。

    依据：算术。
    不通过：从申请方式看，网上申请9件、信函申请3件、当面申请3件。
    通过：从申请方式看，网上申请9件、信函申请2件、当面申请1件。
    """
    report = case.report
    table = report.form.tables.get("applications")
    wholes = [worth(report, table, name) for name in ("received", "received+carried_in", "handled")]
    if any(each is None for each in wholes):
        return
    values = {Decimal(each.value) for each in wholes if each}
    for sentence in case.sentences:
        items = channel_items(sentence)
        if len(items) < 2 or any(fault.at == sentence.at for fault in parts_said(case)):
            continue
        total = sum((item.amount.value for item in items), start=Decimal(0))
        whole = len(items) > 2 or WAYS.search(sentence.text) or "线下" in sentence.text
        if total in values or not whole or OPEN.search(sentence.text):
            continue
        added = " + ".join(shown(item.amount.value) for item in items)
        first = Decimal(wholes[0].value if wholes[0] else 0)
        yield Fault(
            sentence.at,
            f"{text_name(report, sentence.at)}：各渠道合计 {shown(total)} 件，"
            f"表三“{wholes[0].terms[0].name if wholes[0] else ''}”是 {shown(first)} 件，"
            f"相差 {signed(total - first)} 件\n{added} = {shown(total)}      核对各渠道的件数",
            (),
            sentence.span(items[0].phrase.start, items[-1].phrase.end),
        )


def channel_items(sentence: Sentence) -> list[Number]:
    """The numbers of applications by channel, where nothing else is counted before them."""
    items = []
    for number in sentence.numbers:
        kinds = {token.kind for token in number.phrase.words}
        said = "".join(token.text for token in number.phrase.words)
        if "channel" in kinds and any(word in said for word in ("申请", "收到", "提交")):
            if "unknown" in kinds or number.role not in (Role.PART, Role.UNKNOWN):
                return []
            items.append(number)
        elif not items or number.role is not Role.SHARE:
            return []
    return items
