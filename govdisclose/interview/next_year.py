"""Begin this year's report from last year's: nothing of it stands as this year's.

What is known for certain comes along: particulars, headings, what was carried
over. With its sentences come years moved on, days blanked, and figures of the
tables bound to this year's; every other count is left to be filled in, and R503
stops a report in which one is left.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from govdisclose.interview.bound_figures import figures_in
from govdisclose.interview.questions import OPEN, RowQuestion
from govdisclose.interview.suggestions import carried_over, remembered
from govdisclose.model.finding import Unusable
from govdisclose.model.form import Balance, Form, Table
from govdisclose.model.notices import form_for
from govdisclose.model.report import Part, Prose, Report

COUNT, DAY = "【本年数】", "【本年日期】"
"""What stands for a number and for a day that are to be filled in."""

NUMERAL = "[〇一二两三四五六七八九十百千零]"
KEPT = re.compile(
    "|".join(
        (
            r"\{\{|\}\}|\{[^{}\n]*\}",  # figures that are bound already
            r"《[^《》\n]{0,200}》",
            r"!\[[^\[\]\n]{0,200}\]\([^()\n]{0,200}\)",  # a picture
            r"[〔\[【(（﹝［](?:19|20)\d\d[〕\]】)）﹞］]\s{0,3}(?:第\s{0,3})?\d+\s{0,3}[号號]?",
            rf"第\s{{0,3}}(?:[（(]\s{{0,3}})?(?:\d+|{NUMERAL}{{1,9}})(?:\s{{0,3}}[）)])?",
            r"\d+(?:[-—－]\d+)?\s{0,3}[号號](?!前|至|[到—-]\d)",
            rf"[（(]\s{{0,3}}(?:\d{{1,2}}|{NUMERAL}+)\s{{0,3}}[）)]",
            r"(?:^|(?<=[\n。；：]))[ \u3000]{0,9}\d{1,2}[.．、](?!\d)",
            rf"(?:\d{{1,2}}|{NUMERAL}{{1,3}})个?大?(?:部分|方面|章节)",
            r"[A-Za-z][A-Za-z0-9_.:/@%?&=#~+-]*(?:[ ]?\d[\d.—-]*)?|\d+\+?[A-Za-z][A-Za-z0-9.-]*",
            r"(?<!\d)0\d{2,3}[-－—]\d{7,8}(?:[-－—转]\d{1,6})?",
            r"(?:电话|传真|邮编|邮政编码|热线|電話|傳真|郵編|郵政編碼)[：:为是]?\s{0,3}\d[\d－—-]*|\d+(?=[室楼层栋幢])|\d{5}(?=[^，。；]{0,6}热线)",
            r"(?:法定|规定)?\d+个?(?:工作日|日|天|小时)(?:内|之内|以内)|(?:法定|规定)\d+个?工作日",
            r"(?<=每年)\d{1,2}月\d{1,2}日|(?<!\d)1月1日|12月31日",
            r"(?<!\d)(?:19|20)\d\d\s{0,3}年?\s{0,3}[-—－~～至到]+\s{0,3}(?:19|20)\d\d(?=\s{0,3}年)",
        )
    )
)
MONTH = rf"(?:\d{{1,2}}|{NUMERAL}{{1,3}})"
PIECE = re.compile(
    rf"(?P<kept>{KEPT.pattern})"
    rf"|(?P<date>(?:(?P<dated>\d{{4}})\s{{0,3}}年)?(?P<month>\s{{0,3}}{MONTH}\s{{0,3}}月)"
    rf"(?P<day>\s{{0,3}}{MONTH}\s{{0,3}}[日号](?:\s{{0,3}}(?:至|到|[-—－~～、和])\s{{0,3}}{MONTH}\s{{0,3}}[日号]){{0,9}}))"
    r"|(?P<point>(?<!\d)(?P<pointed>20\d\d)(?P<dot>[./-])\d{1,2}(?P=dot)\d{1,2}(?!\d))"
    rf"|(?P<lone>(?<!\d)\d{{1,2}}\s{{0,3}}日(?![内起志报常])(?:\s{{0,3}}(?:至|到|[-—－~～、和])\s{{0,3}}{MONTH}\s{{0,3}}日)?)"
    r"|(?P<year>(?<!\d)20\d\d(?=\s{0,3}(?:年|财年|学年)))"
    r"|(?P<spelled>二[〇零○]{1}[一二三四五六七八九〇零○]{2}(?=年))"
    r"|(?P<months>(?<!\d)\d{1,2}(?:\s{0,3}[-—－~～至到、]\s{0,3}\d{1,2}){0,11}(?=\s{0,3}月(?!份?内)))"
    r"|(?P<digits>\d[\d,，]*\d(?:\.\d+)?(?:[万亿](?!元))?[余多几]?|\d(?:\.\d+)?(?:[万亿](?!元))?[余多几]?)"
    rf"|(?P<words>(?:数|几|上)?{NUMERAL}{{1,9}}(?:[万亿](?!元){NUMERAL}{{0,9}})?[余多几]?"
    r"(?=(?:件|份|条|起|宗|例|次|场|期|篇|人|家|名|余|部|个|项|元|万元|户|处|批次)))",
    re.MULTILINE,
)
SPELLED = dict(zip("〇零○一二三四五六七八九", "000123456789", strict=True))
SAYINGS = re.compile(
    r"个(?:季度|月|小时|工作日|方面|部分|层面|环节|维度|专项|到位|清单|阶段|重点|关键|不|必须|确保|坚持|严格|统一|率)"
    r"|项(?:制度|机制|原则|要求|任务清单|清单|职能|内容)|人(?:一|民)|家人|部门|件事|例行|例外|项目化"
    r"|次性|份力|条龙|条主线|条线|期工程|名义|处室"
)
ONE_OF_MANY = re.compile(r"[个项批次部]|件(?=[一事])|处|条(?!例)|人|名|家")
HISTORY = re.compile(
    r"年(?:\d{1,2}月)?(?:\d{1,2}日)?[^，。；\n]{0,10}?(?:起|以来|开始|印发|修订|出台|施行|建成)"
)


class Begun(NamedTuple):
    """A report that is begun; of its texts, how many figures are bound and how many open."""

    report: Report
    bound: int
    open: int


def summary(begun: Begun) -> Iterator[str]:
    """What came along, and what is to be done, a line each."""
    report = begun.report
    form, names = report.form, ("address", "telephone", "postcode", "email", "website")
    given = sum(bool(getattr(report.bureau, name)) for name in ("name", *names))
    parts = sum(len(prose.parts) for prose in report.prose.values())
    yield f"已带来：单位基本情况 {given} 项，小标题 {parts} 个"
    yield f"上年的数字 {len(report.last_year)} 个只作核对用"
    for table, balance in carrying_tables(form):
        line = form.lines[table.key, balance.carried_in]
        total = report.figures.get(line.cells[-1])
        if total is not None:
            yield f"{line.name}：合计 {total}，取自上年报告的结转"
    if any(prose.is_answered for prose in report.prose.values()):
        yield f"文字已带来，年份后移一年；{begun.bound} 个数随表里的数变"
        if begun.open:
            yield f"{begun.open} 处写着“{COUNT}”“{DAY}”，填上今年的才能打印"
        yield "文字请逐段改成今年的情况，与上年雷同会提示（R305）"


def begin(last: Report, *, text: bool = False) -> Begun:
    """Begin this year's report from last year's; Unusable where its year is not known."""
    if last.year is None:
        raise Unusable("读不出上年报告的年份，不知道今年是哪一年")
    year = last.year + 1
    form = form_for(year)
    if form is None:
        raise Unusable(f"没有 {year} 年的格式")
    report = Report(form, year, last.bureau, last_year=remembered(last), limits=last.limits)
    if last.signature.unit and text:
        date = moved(last, last.signature.date)
        report.signature = last.signature._replace(date="" if DAY in date else date)
    for key in form.prose:
        report.prose[key] = moved_prose(last, key, with_text=text)
    if text and last.preamble:
        report.preamble = moved(last, last.preamble)
    carry_over(report, last)
    said = "\n".join(text for _, text in report.texts())
    return Begun(report, len(re.findall(r"\{[a-z_]+\.[a-z_.]+\}", said)), len(open_places(said)))


def carry_over(report: Report, last: Report) -> None:
    """What was carried out of last year is what was carried into this."""
    for table, balance in carrying_tables(report.form):
        row = RowQuestion(table, report.form.lines[table.key, balance.carried_in])
        values = carried_over(last, row)
        if values and "?" not in values:
            row.take(report, " ".join(values))


def carrying_tables(form: Form) -> Iterator[tuple[Table, Balance]]:
    """The tables in which something is carried over from year to year, and how."""
    for table in form.tables.values():
        for balance in table.balances:
            if balance.carried_in:
                yield table, balance


def moved_prose(last: Report, key: str, *, with_text: bool) -> Prose:
    """A section of this year's: last year's headings, with its sentences or without."""
    prose = last.prose.get(key, Prose())
    if not with_text:
        return Prose("", tuple(Part(part.heading, "") for part in prose.parts))
    return Prose(
        moved(last, prose.lead),
        tuple(
            Part(moved(last, part.heading), moved(last, part.text, part.heading))
            for part in prose.parts
        ),
    )


def open_places(text: str) -> list[str]:
    """What is left to be filled in a text that came along."""
    return OPEN.findall(text)


def moved(last: Report, text: str, heading: str = "") -> str:
    """A text of last year's made this year's; what is not known is left open."""
    cells = {number.start: number for number in figures_in(last, text, heading)}
    found, at = "", 0
    for start, end, new in replacements(last.year or 0, text):
        number = next((cells[n] for n in range(start, end) if n in cells), None)
        if number and new == COUNT:
            new = f"{{{number.cell}}}"
        found += text[at:start] + new
        at = end
    return found + text[at:]


def replacements(year: int, text: str) -> Iterator[tuple[int, int, str]]:
    """Each stretch of a text that cannot stand as it is, with what stands for it."""
    for match in PIECE.finditer(text):
        start, end = match.span()
        if match["kept"] is not None:
            continue
        if match["date"] is not None:
            yield from date_moved(match, year)
        elif match["point"] is not None:
            dot, new = match["dot"], next_of(match["pointed"], year)
            if new:
                month = match["point"].split(dot)[1]
                yield start, end, f"{new}{dot}{month}{dot}{DAY}"
        elif match["lone"] is not None:
            yield start, end, DAY
        elif match["year"] is not None:
            new = next_of(match["year"], year)
            is_history = match["year"] == str(year - 1) and HISTORY.match(text, end)
            if new and not is_history:
                yield start, end, new
        elif match["spelled"] is not None:
            digits = "".join(SPELLED[c] for c in match["spelled"])
            if new := next_of(digits, year):
                yield start, end, "".join("〇一二三四五六七八九"[int(c)] for c in new)
        elif match["digits"] is not None or (match["words"] is not None and is_count(match, text)):
            yield start, end, COUNT


def date_moved(match: re.Match[str], year: int) -> Iterator[tuple[int, int, str]]:
    """A date: its year moves on and its day is blanked, unless it is of other years."""
    dated = match["dated"]
    new = next_of(dated, year) if dated else ""
    if dated and (
        not new or (dated == str(year - 1) and HISTORY.match(match.string, match.start() + 4))
    ):
        return
    if dated and new:
        yield match.start("dated"), match.end("dated"), new
    whole = re.sub(r"\s", "", match["month"] + match["day"])
    if whole not in ("1月1日", "12月31日"):
        yield match.start("day"), match.end("day"), DAY


def next_of(said: str, year: int) -> str:
    """The year after one that is last year's or beside it, empty for any other."""
    return str(int(said) + 1) if abs(int(said) - year) <= 1 else ""


def is_count(match: re.Match[str], text: str) -> bool:
    """Whether a Chinese numeral counts something, and is no figure of speech."""
    words, before, after = match["words"], text[: match.start()], text[match.end() :]
    if words in ("零", "〇") or SAYINGS.match(after):
        return False
    if before.endswith(("每", "逐", "这", "某", "同", "进", "统", "之", "第", "任", "唯")):
        return False
    if words == "一":
        if after.startswith("次"):
            rare = re.search(r"(?:每[^，。；]{0,4}|最多[^，。；]{0,3}|再|又)$", before)
            return bool(re.match(r"次(?=[，。；、]|$)", after)) and not rare
        return not ONE_OF_MANY.match(after)
    return True
