"""R4: what the text says of the tables without stating a figure of theirs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from functools import lru_cache
from itertools import takewhile

from govdisclose.model.figures import Figure, shown
from govdisclose.model.form import Address
from govdisclose.rules.case import Case, Fault, text_name
from govdisclose.rules.language import vocabulary
from govdisclose.rules.language.claims import Reader, is_channel, matter, matter_of_heading
from govdisclose.rules.language.clauses import Mention, Sentence, regex
from govdisclose.rules.language.vocabulary import Label
from govdisclose.rules.text_figures import contradiction, worth

ALL_DONE = (
    r"(?:全部|悉数)(?:已|已经)?[^，。]{0,10}?(?:办结|答复|办理完毕|办复|回复)"
    r"|(?:均|都)(?:已|已经)?(?:予以|作出|全部)?(?:办结|答复|办理完毕|办复|回复)"
    r"|(?<![按准如]时)(?<!按期)(?<!及时)办结率(?:为|达到?|均为|保持)*100%"
)
DONE = ("办结", "答复", "办理完毕", "办复", "回复")
LEFT_OVER = r"结转|顺延|下一?年|次年|正在|未到|尚未|延期|在办|NEXT年"
NOT_ONE = r"(?:并?未(?!经)|没有|无|不存在|零)(?:再|曾)?"
NO_APPLICATION = (
    rf"{NOT_ONE}(?:收到|接到|接收|受理|发生|产生|新收)(?:任何|过)?[^，。；]{{0,20}}?申请(?!人|行政|复议)"
    r"|(?:没有|无)(?:任何)?(?:政府|信息|依申请)[^，。；]{0,10}?申请(?!人|行政|复议)"
    r"|申请(?:数量?|量|件数)?(?:均)?为(?:零|〇|0)(?![\d.])"
)
NO_CASE = (
    rf"{NOT_ONE}(?:发生|产生|出现|收到|引发|引起|涉及|被|有|提起)?[^，。；]{{0,28}}?(?:复议|诉讼)[^，。；]*"
    r"|(?:复议|诉讼)[^，。；]{0,8}(?:(?:未|没有)(?:发生|产生|出现)|均?为(?:零|〇|0(?![\d.])))"
)
GROWN = (
    r"(?:(?P<up>增长|上升|增加|提高|增幅|多)|(?:下降|减少|降低|降幅|回落|少))"
    r"(?:了|率|幅度|约?为|达到?)*$"
)
SINCE_LAST = r"同比|(?:比|较|与)(?:上一?年|去年|LAST年|上年同期)"


def whole(case: Case, reading: str, figures: Mapping[Address, Figure] | None = None) -> int | None:
    """What a reading of the applications comes to, also by other figures."""
    report, table = case.report, case.report.form.tables["applications"]
    found = worth(report, table, reading, figures)
    return None if found is None else int(found.value)


def quote(words: str) -> str:
    """Words of a text, short enough for a message."""
    return words if len(words) <= 30 else f"{words[:29]}…"


def spoken(
    case: Case, pattern: str, of: str, words: tuple[str, ...]
) -> Iterator[tuple[Sentence, str]]:
    """Where the text says something of applications or cases, for this year and organ.

    Only sentences with one of some ``words`` can say it.
    """
    reader = Reader(case.report)
    for sentence in case.sentences:
        if not any(word in sentence.text for word in words):
            continue
        for match in regex(pattern).finditer(sentence.text):
            spoken_of = matter(sentence, match.end()) or matter_of_heading(sentence)
            if spoken_of == of and reader.is_own_words(sentence.said_before(match.start())):
                yield sentence, match[0]


def said_all_done(case: Case) -> Iterator[Fault]:
    """说全部办结的，没有结转下年度。

    “均在法定期限内答复”说的是期限，不是全部办结，不提示；同一段里写明结转的也不提示。

    依据：实务。
    不通过：收到的政府信息公开申请已全部办结。
    通过：收到的政府信息公开申请均在法定期限内答复。
    """
    report, left = case.report, whole(case, "carried_out")
    for sentence, words in spoken(case, ALL_DONE, "applications", DONE) if left else ():
        if not is_left_over(case.texts[sentence.at], report.year or 0):
            cell = report.form.lines["applications", "carried_out"].cells[-1]
            yield Fault(
                sentence.at,
                f"{text_name(report, sentence.at)}：写“{quote(words)}”，"
                f"表中{report.form.row_name(cell)}是 {left}\n核对后改文字或者改表格",
                (cell,),
            )


@lru_cache(maxsize=64)
def is_left_over(text: str, year: int) -> bool:
    """Whether a text of a year tells of applications that are still open."""
    return bool(regex(LEFT_OVER, year).search(text))


def said_none(case: Case) -> Iterator[Fault]:
    """说没有收到申请、没有复议诉讼的，表中是 0。

    依据：实务。
    不通过：本年度未收到政府信息公开申请。
    不通过：未发生因政府信息公开引起的行政复议、行政诉讼。
    通过：本年度未收到要求提供公开出版物的信息公开申请。
    """
    for sentence, words in spoken(case, NO_APPLICATION, "applications", ("申请",)):
        if not is_narrow(words):
            yield from not_none(case, sentence, words, "applications", ["received"])
    for sentence, words in spoken(case, NO_CASE, "disputes", ("复议", "诉讼")):
        if not regex(OF_ONE_RESULT).search(words):
            rows = [row for name, row in NAMES if name in words]
            yield from not_none(case, sentence, words, "disputes", rows)


NAMES = (("复议", "reconsideration"), ("诉讼", "litigation"))
OF_ONE_RESULT = (
    r"纠正|纠错|败诉|撤[销诉]|违法|变更|责令|超期|逾期|机关|渠道|权利|途径|告知|申请人|意见|建议"
)


def is_narrow(words: str) -> bool:
    """Whether words speak of some applications only."""
    words = regex(vocabulary.ANYBODY).sub("", words)
    narrow = vocabulary.QUALIFIED + r"|要求|公开出版|不服|异议|答复|予以|公开的申请"
    return bool(
        is_channel(words)
        or regex(narrow).search(words)
        or any(regex(label.words).search(words) for label in vocabulary.APPLICANTS)
    )


def not_none(
    case: Case, sentence: Sentence, words: str, table: str, rows: Iterable[str]
) -> Iterator[Fault]:
    """A fault where some rows that are said to be empty are not."""
    report = case.report
    found = [worth(report, report.form.tables[table], row) for row in rows]
    stated = [each for each in found if each and each.value]
    if stated:
        yield Fault(
            sentence.at,
            f"{text_name(report, sentence.at)}：写“{quote(words)}”，表中"
            + "，".join(f"{each.name}是 {shown(each.value)}" for each in stated)
            + "\n核对后改文字或者改表格",
            tuple(cell for each in stated for cell in each.cells),
        )


def growth_said(case: Case) -> Iterator[Fault]:
    """文字中与上年相比的增减与两年的数字一致。

    需要上年的报告，或者草稿中记下的上年数字；“约”“近”的不核对。

    依据：实务。
    不通过：全年共收到政府信息公开申请12件，同比增长30%。
    通过：全年共收到政府信息公开申请12件，同比增长50%。
    """
    reader = Reader(case.report)
    for sentence in case.sentences if case.before else ():
        for mention in sentence.mentions:
            match = regex(GROWN).search(mention.before)
            if not match or mention.vague:
                continue
            if reader.dated(SINCE_LAST).search(sentence.said(mention)):
                label = compared(reader, sentence, mention)
                if label and (fault := misgrown(case, sentence, mention, label, bool(match["up"]))):
                    yield fault


def compared(reader: Reader, sentence: Sentence, mention: Mention) -> Label | None:
    """What is compared with last year; None where it is narrower than a whole row."""
    said = sentence.said(mention)
    spoken_of = matter(sentence, mention.start) or matter_of_heading(sentence)
    if spoken_of != "applications" or is_channel(said):
        return None
    if regex(vocabulary.QUALIFIED).search(said) or reader.is_other_organ(said):
        return None
    if any(reader.speaks(label, said) for label in (*vocabulary.APPLICANTS, *vocabulary.OUTCOMES)):
        return None
    done = (vocabulary.HANDLED, vocabulary.ANSWERED, vocabulary.DEALT)
    if any(reader.speaks(label, said) for label in done):
        return vocabulary.DEALT
    return vocabulary.RECEIVED


def misgrown(
    case: Case, sentence: Sentence, mention: Mention, label: Label, up: bool
) -> Fault | None:
    """A change that no reading of the two years bears out."""
    pairs = [
        (now, last)
        for reading in label.readings
        if (now := whole(case, reading)) is not None
        and (last := whole(case, reading, case.before)) is not None
    ]
    stated = Decimal(mention.value) * (1 if up else -1)
    if not pairs or any(bears_out(mention, stated, now, last) for now, last in pairs):
        return None
    now, last = pairs[0]
    rate = f"（{100 * (now - last) / last:+.1f}%）" if last else ""
    return Fault(
        sentence.at,
        f"{text_name(case.report, sentence.at)}：写“{quote(mention.clause)}”，"
        f"表中今年 {now} 件、上年 {last} 件，相差 {now - last:+d}{rate}\n核对后改正文字",
    )


def bears_out(mention: Mention, stated: Decimal, now: int, last: int) -> bool:
    """Whether two years' figures agree with a stated change, rounded or cut off."""
    if mention.unit != "%":
        return stated == now - last
    places = len(str(mention.value).partition(".")[2])
    return not last or abs(stated - Decimal(100 * (now - last)) / last) <= Decimal(10) ** -places


def parts_said(case: Case) -> Iterator[Fault]:
    """“其中”各项之和不超过总数，分完了的也不少于总数。

    自然人和法人都列出的、渠道列出两种以上而没有“等”字的，看作分完了。

    依据：算术。
    不通过：全年公开信息100条，其中政策文件类60条、工作动态类50条。
    通过：全年公开信息100条，其中政策文件类60条、工作动态类30条。
    """
    for sentence in case.sentences:
        if sentence.text.count("其中") != 1 or len(sentence.mentions) < 3:
            continue
        total, parts = divided(sentence)
        word = out_of_step(sentence, total, parts) if total else ""
        if total and word and not is_told(case, sentence, (total, *parts)):
            added = " + ".join(shown(part.value) for part in parts)
            sums = shown(sum((part.value for part in parts), start=0))
            yield Fault(
                sentence.at,
                f"{text_name(case.report, sentence.at)}：总数写 {shown(total.value)}{total.unit}，"
                f"其中各项合计 {sums}{total.unit}，{word}\n{added} ≠ {shown(total.value)}"
                "      核对总数和各项",
            )


def is_told(case: Case, sentence: Sentence, mentions: Iterable[Mention]) -> bool:
    """Whether one of some numbers is already said to contradict a table."""
    places = {mention.start for mention in mentions}
    return any(
        claim.sentence is sentence
        and claim.mention.start in places
        and contradiction(case, claim) is not None
        for claim in case.claims
    )


BESIDES = r"另|此外|还有|同时|合计|共"


def divided(sentence: Sentence) -> tuple[Mention | None, list[Mention]]:
    """The whole before 其中 and the parts behind it, of one kind and unit."""
    at = sentence.text.index("其中")
    before = [mention for mention in sentence.mentions if mention.start < at]
    behind = list(
        takewhile(
            lambda mention: not regex(BESIDES).search(mention.before),
            (mention for mention in sentence.mentions if mention.start > at),
        )
    )
    if not before or not behind:
        return None, []
    total, kind = before[-1], dimension(behind[0])
    parts = [each for each in behind if each.unit == total.unit and dimension(each) == kind]
    apart = regex(r"[（(；;]").search(sentence.text[at:])
    vague = any(each.vague for each in (total, *parts))
    if vague or (kind == "" and (apart or len(parts) < len(behind))) or kind == "outcomes":
        return None, []
    return total, parts


def dimension(mention: Mention) -> str:
    """By what a part is told from others: the applicant, the way, the outcome."""
    words = mention.before + mention.next_words
    if any(regex(label.words).search(words) for label in vocabulary.APPLICANTS):
        return "applicants"
    if regex(vocabulary.CHANNEL).search(words):
        return "channels"
    flows = (*vocabulary.OUTCOMES, *vocabulary.CARRIED, *vocabulary.FLOWS)
    if any(regex(label.words).search(words) for label in flows):
        return "outcomes"
    return ""


def out_of_step(sentence: Sentence, total: Mention, parts: list[Mention]) -> str:
    """How parts disagree with their whole, empty where they may well be right."""
    sums = sum((part.value for part in parts), start=0)
    if len(parts) < 2 or sums == total.value:
        return ""
    if sums > total.value:
        return "多于总数"
    return "少于总数" if is_closed(sentence, parts) else ""


def is_closed(sentence: Sentence, parts: list[Mention]) -> bool:
    """Whether a list of parts leaves nothing out."""
    if regex(r"等|主要|包括|含").search(sentence.text):
        return False
    words = "".join(part.before + part.next_words for part in parts)
    persons = [bool(regex(label.words).search(words)) for label in vocabulary.APPLICANTS[:2]]
    return all(persons) or dimension(parts[0]) == "channels"
