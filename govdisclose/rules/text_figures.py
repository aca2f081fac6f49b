"""R4: whether the text says the same as the tables."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from govdisclose.model.figures import Figure, shown
from govdisclose.model.finding import Repair
from govdisclose.rules.case import Case, Fault, quote, signed, table_name, text_name
from govdisclose.rules.language.claims import Claim
from govdisclose.rules.readings import Worth, place, readings


def disagreeing(case: Case, kind: str) -> Iterator[Fault]:
    """A fault for each claim of a kind that no reading of the tables bears out."""
    seen: set[tuple[Figure, tuple[str, ...]]] = set()
    for claim in case.contradicted:
        key = (claim.number.amount.value, claim.sense.readings)
        if claim.sense.kind == kind and key not in seen:
            seen.add(key)
            yield contradiction(case, claim)


def contradiction(case: Case, claim: Claim) -> Fault:
    """What is wrong with a claim that no reading bears out."""
    report = case.report
    known = [each for each in readings(report, claim) if each is not None]
    first = known[0]
    others = [each for each in known[1:] if each.value != first.value][:1]
    also = "".join(f"（{derived(first, each)}）" for each in others)
    gaps = (claim.number.amount.value - Decimal(each.value) for each in known)
    gap = sorted(gaps, key=abs)[0]
    at = claim.sentence.at
    near = "" if not others else "至少"
    return Fault(
        at,
        f"{text_name(report, at)}：写“{quote(case.words(at, claim.span))}”，"
        f"{table_name(report.form, claim.sense.table)}{named(first)}是 {shown(first.value)} 件"
        f"{also}，{near}相差 {signed(gap)} 件\n核对后改文字，或者改表格",
        tuple(dict.fromkeys(cell for each in (first, *others) for cell in each.cells)),
        claim.span,
        repairs=bound(case, claim),
    )


def bound(case: Case, claim: Claim) -> tuple[Repair, ...]:
    """The number of a claim bound to the one figure that it can only be."""
    reading, *others = claim.sense.readings
    if others or "+" in reading or "-" in reading:
        return ()
    found = place(case.report.form.tables[claim.sense.table], reading)
    cells, number = found[1] if found else (), claim.number
    if len(cells) != 1 or not number.amount.exact:
        return ()
    span = claim.sentence.span(number.start, number.end - len(number.amount.unit))
    return (Repair(claim.sentence.at, f"{{{cells[0]}}}", span),)


def named(found: Worth) -> str:
    """The rows of a reading as printed."""
    return "、".join(f"“{term.name}”" for term in found.terms if term.sign != "-") + (
        "合计" if len(found.terms) > 1 else ""
    )


def derived(first: Worth, other: Worth) -> str:
    """Another reading by what it adds to the first or takes from it."""
    shared = [term for term in other.terms if term in first.terms]
    steps = [term for term in other.terms if term not in first.terms]
    if not shared or not steps:
        return f"{named(other)}是 {shown(other.value)} 件"
    row = first.terms[0].name.partition("｜")[0]
    words = "、".join(
        f"{'除去' if term.sign == '-' else '加上'}{what(term.name, row)} {shown(term.value)} 件"
        for term in steps
    )
    return f"{words}是 {shown(other.value)} 件"


def what(name: str, row: str) -> str:
    """A figure by what tells it from a row named before: its column there, else its row."""
    own, _, column = name.partition("｜")
    return column if own == row and column else own.lstrip("一二三四五六七八九、（）")


def received_said(case: Case) -> Iterator[Fault]:
    """文字中新收申请的件数与表一致。

    “收到”“受理”可以是本年新收，也可以连上年结转一起算，与其中一个相同就不提示。
    网络、信函等渠道的分项，比较、同比的数，上年和其他时段、其他单位的数都不核对。

    依据：实务。
    不通过：全年共收到政府信息公开申请15件。
    不通过：本年度新收依申请公开十六件。
    通过：全年共收到政府信息公开申请12件。
    通过：连同上年结转，共受理政府信息公开申请14件。
    """
    yield from disagreeing(case, "received")


def carried_in_said(case: Case) -> Iterator[Fault]:
    """文字中上年结转的件数与表一致。

    依据：实务。
    不通过：上年结转政府信息公开申请3件。
    通过：上年结转政府信息公开申请2件。
    """
    yield from disagreeing(case, "carried_in")


def handled_said(case: Case) -> Iterator[Fault]:
    """文字中办结、答复的件数与表一致。

    “办结”可以只算当年新收的，“答复”可以不算撤回等其他处理的，与其中一个相同就不提示。

    依据：实务。
    不通过：共办结政府信息公开申请9件。
    通过：共办结政府信息公开申请13件。
    """
    yield from disagreeing(case, "handled")


def carried_out_said(case: Case) -> Iterator[Fault]:
    """文字中结转下年度的件数与表一致。

    依据：实务。
    不通过：政府信息公开申请结转下年度办理4件。
    通过：政府信息公开申请结转下年度办理1件。
    """
    yield from disagreeing(case, "carried_out")


def outcomes_said(case: Case) -> Iterator[Fault]:
    """文字中各种办理结果的件数与表一致。

    看予以公开、部分公开、不予公开、无法提供、不予处理、其他处理六种，各按表中的一行或一组之和。

    依据：实务。
    不通过：政府信息公开申请予以公开9件。
    通过：政府信息公开申请予以公开6件，部分公开2件。
    """
    yield from disagreeing(case, "outcome")


def applicants_said(case: Case) -> Iterator[Fault]:
    """文字中自然人、法人申请的件数与表一致。

    依据：实务。
    不通过：收到政府信息公开申请12件，其中自然人申请9件。
    通过：收到政府信息公开申请12件，其中自然人申请10件，法人申请2件。
    """
    yield from disagreeing(case, "applicant")


def disputes_said(case: Case) -> Iterator[Fault]:
    """文字中行政复议、行政诉讼的件数与表一致。

    诉讼的件数可以是两类之和，也可以是其中一类。

    依据：实务。
    不通过：因政府信息公开引起行政复议5件。
    通过：因政府信息公开引起行政复议3件，行政诉讼1件。
    """
    yield from disagreeing(case, "dispute")


def documents_said(case: Case) -> Iterator[Fault]:
    """文字中规章、规范性文件和许可、处罚、强制的件数与表一致。

    只看制发、废止、现行有效的文件，和作出的决定；公开、公示、发布了多少条信息不核对。

    依据：实务。
    不通过：全年制发行政规范性文件5件。
    通过：全年制发行政规范性文件3件，作出行政处罚决定40件。
    """
    yield from disagreeing(case, "document")
