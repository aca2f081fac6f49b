"""R4: what the text says of the tables without stating a figure of theirs."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from govdisclose.model.figures import shown
from govdisclose.rules.case import Case, Fault, quote, table_name, text_name
from govdisclose.rules.language.reading import Sentence
from govdisclose.rules.language.statements import Saying
from govdisclose.rules.readings import Worth, worth


def sayings(case: Case, kind: str) -> Iterator[tuple[Sentence, Saying]]:
    """What the sentences of a report say, of one kind; in a text the same thing once."""
    told: set[tuple[str, tuple[str, ...]]] = set()
    for sentence in case.sentences:
        for saying in sentence.sayings:
            key = sentence.at, saying.rows
            if saying.kind == kind and key not in told:
                told.add(key)
                yield sentence, saying


def fault(case: Case, sentence: Sentence, saying: Saying, found: list[Worth]) -> Fault:
    """A fault where the tables say otherwise."""
    report, span = case.report, sentence.span(saying.start, saying.end)
    table = found[0].cells[0].table
    stated = "，".join(f"“{each.terms[0].name}”是 {shown(each.value)} 件" for each in found)
    return Fault(
        sentence.at,
        f"{text_name(report, sentence.at)}：写“{quote(case.words(sentence.at, span))}”，"
        f"{table_name(report.form, table)}{stated}\n核对后改文字，或者改表格",
        tuple(cell for each in found for cell in each.cells),
        span,
    )


def said_all_done(case: Case) -> Iterator[Fault]:
    """说全部办结的，没有结转下年度。

    “均在法定期限内答复”说的是期限，不是全部办结，不提示；同一段里写明结转的也不提示。

    依据：实务。
    不通过：收到的政府信息公开申请已全部办结。
    通过：收到的政府信息公开申请均在法定期限内答复。
    """
    report = case.report
    left = worth(report, report.form.tables.get("applications"), "carried_out")
    for sentence, saying in sayings(case, "done") if left and left.value else ():
        if left and not tells_of_open(case.texts[sentence.at]):
            yield fault(case, sentence, saying, [left])


LEFT_OVER = "顺延 下年 下一年 次年 正在 未到 尚未 延期 在办"


@lru_cache(maxsize=64)
def tells_of_open(text: str) -> bool:
    """Whether a text tells of applications that are still open."""
    plain = text.replace("无结转", "").replace("无一结转", "").replace("没有结转", "")
    for last in ("上年", "去年", "上年度", "上一年度"):
        plain = plain.replace(f"{last}结转", "")
    return "结转" in plain or any(word in plain for word in LEFT_OVER.split())


def said_none(case: Case) -> Iterator[Fault]:
    """说没有收到申请、没有复议诉讼、没有结转、没有制发文件的，表中是 0。

    依据：实务。
    不通过：本年度未收到政府信息公开申请。
    不通过：未发生因政府信息公开引起的行政复议、行政诉讼。
    通过：本年度未收到要求提供公开出版物的信息公开申请。
    """
    report = case.report
    for sentence, saying in sayings(case, "none"):
        found: list[Worth] = []
        for row in saying.rows:
            key, reading = saying.table, row
            if key == "decisions":
                key, reading = row.partition(".")[0], f"{row.partition('.')[2]}.decided"
            each = worth(report, report.form.tables.get(key), reading)
            if each and each.value:
                found.append(each)
        if found:
            yield fault(case, sentence, saying, found)
