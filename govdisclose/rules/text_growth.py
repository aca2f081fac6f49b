"""R411: whether a growth or a fall is that of the two years' figures."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from govdisclose.model.figures import Figure, shown
from govdisclose.rules.case import Case, Fault, quote, signed, table_name, text_name
from govdisclose.rules.language.phrases import Number, Role, Sense
from govdisclose.rules.language.reading import Sentence
from govdisclose.rules.language.tokens import Token
from govdisclose.rules.readings import Worth, worth


class Change(NamedTuple):
    """What a sentence says of a change: of what, which way, by how much.

    ``number`` is None where only the direction is told. ``start`` and ``end`` are
    places in the sentence.
    """

    sense: Sense
    way: str
    number: Number | None
    start: int
    end: int


def growth_said(case: Case) -> Iterator[Fault]:
    """文字中与上年相比的增减与两年的数字一致。

    三张表的每一行都看，需要上年的报告，或者草稿中记下的上年数字。增减写作百分数、件数、
    几成、几倍、翻一番、持平的都核对；写到几位小数，就按几位小数四舍五入。

    依据：实务。
    不通过：全年共收到政府信息公开申请12件，同比增长30%。
    通过：全年共收到政府信息公开申请12件，同比增长50%。
    """
    for sentence in case.sentences if case.before else ():
        for change in changes(case, sentence):
            if found := misgrown(case, sentence, change):
                yield found


def changes(case: Case, sentence: Sentence) -> Iterator[Change]:
    """What a sentence says of changes since last year."""
    told = [
        *told_changes(sentence),
        *(Change(each.sense, each.way, None, each.start, each.end) for each in sentence.trends),
    ]
    if not told or not since_last_year(case, sentence):
        return
    yield from told


def told_changes(sentence: Sentence) -> Iterator[Change]:
    """The changes with their numbers; those of 分别 are shared out to what was named."""
    numbers = sentence.numbers
    at = 0
    while at < len(numbers):
        number = numbers[at]
        if number.role is not Role.CHANGE:
            at += 1
            continue
        group = [number]
        if any(token.kind == "each" for token in number.phrase.left):
            while at + 1 < len(numbers) and joined(numbers[at + 1]):
                at += 1
                group.append(numbers[at])
        yield from shared(sentence, group, numbers[: at + 1 - len(group)])
        at += 1


def joined(number: Number) -> bool:
    """Whether a number goes on with a list of changes: 和8%, 、下降8%."""
    kinds = {token.kind for token in number.phrase.left}
    return number.amount.unit.endswith("%") and kinds <= {"and", "link", "change", "sum"}


def shared(sentence: Sentence, group: list[Number], before: tuple[Number, ...]) -> Iterator[Change]:
    """The changes of a group of numbers."""
    figures = [number for number in before if number.role is Role.FIGURE]
    senses = [number.sense for number in figures[-len(group) :]]
    if len(group) == 1:
        senses = [group[0].sense]
    elif len(senses) < len(group):
        return
    way = direction(group[0].phrase.left) or implied(group[0])
    for number, sense in zip(group, senses, strict=True):
        way = direction(number.phrase.left) or way
        if sense and way:
            yield Change(sense, way, number, number.phrase.start, number.end)


def direction(words: tuple[Token, ...]) -> str:
    """Up, down or the same, by the last word that says so."""
    return next((token.sense for token in reversed(words) if token.kind == "change"), "")


def implied(number: Number) -> str:
    """Which way a number goes of itself: 翻一番 up, 是上年的1.5倍 to so many times."""
    if number.phrase.number and number.phrase.number.text.startswith("翻"):
        return "up"
    return "times" if number.amount.unit == "倍" else ""


def since_last_year(case: Case, sentence: Sentence) -> bool:
    """Whether what a sentence compares with is the year before, and nothing else."""
    words = sentence.tokens
    year = case.report.year or 0
    others = {"环比", "上月", "上季度", "近三年", "往年", "历年", "前年"}
    if any(token.text in others for token in words):
        return False
    for token in words:
        if "同比" in token.text or (token.kind == "time" and token.sense == "last"):
            return True
        if token.text in ("同期", "上年同期", "去年同期", "比上年", "较上年", "较去年", "比去年"):
            return True
        if token.kind == "compare" and token.text.startswith(("与上年", "与去年", "同上年")):
            return True
        if token.kind == "time" and f"{year - 1}年" in token.text:
            return True
    return False


def pairs(case: Case, sense: Sense) -> list[tuple[Worth, Worth]]:
    """The figures of both years, for each reading that both have."""
    table = case.report.form.tables.get(sense.table)
    found = [
        (worth(case.report, table, reading), worth(case.report, table, reading, case.before))
        for reading in sense.readings
    ]
    return [(now, last) for now, last in found if now is not None and last is not None]


def misgrown(case: Case, sentence: Sentence, change: Change) -> Fault | None:
    """A change that no reading of the two years bears out."""
    found = pairs(case, change.sense)
    if not found or any(bears_out(change, now.value, last.value) for now, last in found):
        return None
    (now, last), report = found[0], case.report
    rate = (
        f"，{100 * (Decimal(now.value) - Decimal(last.value)) / Decimal(last.value):+.1f}%"
        if last.value
        else ""
    )
    step = Decimal(now.value) - Decimal(last.value)
    span = sentence.span(change.start, change.end)
    return Fault(
        sentence.at,
        f"{text_name(report, sentence.at)}：写“{quote(case.words(sentence.at, span))}”，"
        f"{table_name(report.form, change.sense.table)}“{now.terms[0].name}”"
        f"今年 {shown(now.value)} 件、上年 {shown(last.value)} 件，"
        f"相差 {signed(step)} 件{rate}\n核对后改正文字",
        now.cells,
        span,
    )


def bears_out(change: Change, now: Figure, last: Figure) -> bool:
    """Whether two years' figures agree with a stated change, rounded or cut off."""
    step = Decimal(now) - Decimal(last)
    if change.way == "same":
        return abs(step) <= max(Decimal(last) * 5 / 100, Decimal(1))
    sign = -1 if change.way == "down" else 1
    if change.number is None:
        return step * sign > 0
    amount = change.number.amount
    grown = step * sign
    if amount.unit not in ("%", "约%", "成", "倍"):
        return amount.low <= grown <= amount.high
    if not last:
        return True
    rate = 100 * grown / Decimal(last)
    if change.way == "times":
        near = abs(rate + 100 - 100 * amount.value)
        return near <= 50 * Decimal(10) ** -len(str(amount.value).partition(".")[2])
    about = any(token.kind == "about_number" for token in change.number.phrase.left)
    return any(low <= rate <= high for low, high in ranges(change.number, about))


def ranges(number: Number, about: bool) -> Iterator[tuple[Decimal, Decimal]]:
    """Between which rates a stated growth may lie, in percent."""
    amount, places = number.amount, len(str(number.amount.value).partition(".")[2])
    slack = Decimal(10) ** -places
    if amount.unit == "成":
        more = amount.high > amount.low
        below, above = (Decimal(0), Decimal(10)) if more else (Decimal(5), Decimal(5))
        yield 10 * amount.value - below, 10 * amount.value + above
    elif amount.unit == "倍":
        step = 50 * slack
        yield 100 * amount.value - step, 100 * amount.value + step
        yield 100 * (amount.value - 1) - step, 100 * (amount.value - 1) + step
    elif about:
        loose = max(Decimal(2), amount.value / 10)
        yield amount.low - loose, amount.high + loose
    else:
        yield amount.low - slack, amount.high + slack
