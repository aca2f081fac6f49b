"""Find a report in what a reader extracts from a file: lines and plain grids.

Tables are known by their labels, wherever they stand: rows and columns are
looked for in the order of the form. Sections and parts are known by their
headings; where a file has all heading levels of the form, by these alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from difflib import SequenceMatcher

from govdisclose.formats.document import SIGNED, Block, Paragraph, TextGrid
from govdisclose.formats.labels import NUMERAL, normal
from govdisclose.formats.locate import best, labels_of
from govdisclose.model.figures import Figure, figure
from govdisclose.model.finding import Finding, Severity, Unusable
from govdisclose.model.form import Address, Form, Section
from govdisclose.model.front_matter import preamble
from govdisclose.model.notices import FORMS, NEWEST, form_for
from govdisclose.model.placeholders import without_braces
from govdisclose.model.report import Bureau, Part, Prose, Reading, Report, Signature
from govdisclose.model.text import paragraphs, plain

NOT_A_REPORT = "文件里没有认出年度报告的标题和表格，请确认选对了文件"
PART_NUMBER = re.compile(rf"\s*[（(]{NUMERAL}+[）)]\s*")
PART_HEAD = re.compile(r"([^。：:；;！？]{0,40})(?:[。：:]\s*(.*)|$)", re.DOTALL)
TITLE = re.compile(
    r"(?:(?P<early>\d{4})年度?)?(?P<bureau>.*?)(?:(?P<year>\d{4})年度?)?政府信息公开.{0,8}报告"
)
DATE = re.compile(r"(?:\d{4}|[〇○零一二三四五六七八九]{4})年\S{1,2}月\S{1,3}日")
CONTACTS = {
    "address": re.compile(r"地址[：:]([^，,；;。）)]+)"),
    "telephone": re.compile(r"电话[：:]([^，,；;。）)]+)"),
    "postcode": re.compile(r"(?:邮编|邮政编码)[：:]([^，,；;。）)]+)"),
    "email": re.compile(r"(?:邮箱|电子邮件)[：:]([^，,；;。）)]+)"),
    "website": re.compile(r"本报告[^，。]{0,20}?[在登录]+([^，。]{2,60}?)(?:查阅|下载|查看)"),
}


def read_figures(
    form: Form, grids: Sequence[TextGrid]
) -> tuple[dict[Address, Figure], list[Finding]]:
    """The figures in some grids, and a finding for each that cannot be read."""
    figures: dict[Address, Figure] = {}
    findings: list[Finding] = []
    labelled = [(grid, labels_of(grid)) for grid in grids]
    for table in form.tables.values():
        for address, text in best(table, labelled):
            try:
                if text:
                    figures[address] = figure(text, table.kind)
            except ValueError as why:
                where = f"{form.row_name(address)}｜{form.column_name(address)}"
                findings.append(Finding("D003", Severity.ERROR, str(address), f"{where}：{why}"))
    return figures, findings


def is_section(line: Paragraph, section: Section) -> bool:
    """Whether a line reads like the heading of a section, its number included."""
    number, _, label = section.label.partition("、")
    text = "".join(line.text.split())
    if not text or len(text) > len(label) + 12 or PART_NUMBER.match(text):
        return False
    if normal(text) == normal(label):
        return True
    same_number = text.startswith((f"{number}、", f"{number}.", f"{number}．"))
    return same_number and SequenceMatcher(None, normal(text), normal(label)).ratio() > 0.6


def is_styled(lines: Iterable[Paragraph], form: Form) -> bool:
    """Whether the first-level headings are just the sections of the form."""
    return [line.text for line in lines if line.level == 1] == [s.label for s in form.sections]


def chapters(lines: Sequence[Paragraph], form: Form, styled: bool) -> dict[str, list[Paragraph]]:
    """The lines of each section by its key, those before the first under ""."""
    found: dict[str, list[Paragraph]] = {"": []}
    key, rest = "", list(form.sections)
    for line in lines:
        opened = next(
            (s for s in rest if (line == (s.label, 1) if styled else is_section(line, s))), None
        )
        if opened:
            key, rest = opened.key, rest[rest.index(opened) + 1 :]
            found[key] = []
        else:
            found[key].append(line)
    return found


def part_head(line: Paragraph, section: Section, styled: bool) -> tuple[str, str] | None:
    """Heading of a part and what follows it in the same line, None for plain text."""
    number = PART_NUMBER.match(line.text)
    if styled:
        plain = line.text[number.end() if number else 0 :]
        return (plain, "") if line.level == 2 else None
    if number:
        head = PART_HEAD.fullmatch(line.text, number.end())
        return (head[1].strip(), head[2] or "") if head else None
    if any(normal(line.text) == normal(part) for part in section.parts):
        return line.text.strip(), ""
    return None


def read_prose(lines: Iterable[Paragraph], section: Section, styled: bool) -> Prose:
    """A section in sentences: a lead, then parts."""
    lead: list[str] = []
    parts: list[tuple[str, list[str]]] = []
    for line in lines:
        head = part_head(line, section, styled)
        if head:
            parts.append((head[0], paragraphs(head[1])))
        else:
            (parts[-1][1] if parts else lead).extend(paragraphs(line.text))
    return Prose(
        without_braces("\n".join(lead)),
        tuple(Part(without_braces(head), without_braces("\n".join(text))) for head, text in parts),
    )


def read_front(lines: Sequence[Paragraph]) -> tuple[str, int | None, list[str]]:
    """The bureau and the year of the title, and the paragraphs below it."""
    titles = sum(line.level == 0 for line in lines)
    for count in [titles] if titles else range(1, min(len(lines), 6) + 1):
        match = TITLE.match("".join("".join(line.text for line in lines[:count]).split()))
        if match:
            year = match["year"] or match["early"]
            below = [text for line in lines[count:] for text in paragraphs(line.text)]
            return match["bureau"], int(year) if year else None, below
    return "", None, [text for line in lines for text in paragraphs(line.text)]


def with_preamble(report: Report, text: str) -> Report:
    """The report with its particulars, and the preamble where they do not make it."""
    found = {key: pattern.search(text) for key, pattern in CONTACTS.items()}
    given = {key: match[1].strip() for key, match in found.items() if match}
    name = report.bureau.name
    kind = "government" if name.endswith("政府") else "department"
    made = replace(report, bureau=Bureau(name, kind, **given))
    return made if preamble(made) == text else replace(made, preamble=without_braces(text))


def take_signature(lines: list[Paragraph], name: str) -> Signature:
    """Who signs and when, taken from the end of the last section.

    They stand flush right, or are the bureau's name and a date.
    """
    signed = [line for line in lines[-2:] if line.level == SIGNED]
    if not signed and len(lines) > 1 and DATE.fullmatch("".join(lines[-1].text.split())):
        signed = lines[-2:] if name and plain(lines[-2].text) == plain(name) else []
    del lines[len(lines) - len(signed) :]
    texts = [line.text.strip() for line in signed]
    is_dated = bool(texts) and (len(texts) > 1 or bool(DATE.fullmatch(texts[0])))
    return Signature("".join(texts[: len(texts) - is_dated]), texts[-1] if is_dated else "")


def form_of(lines: Sequence[Paragraph]) -> Form:
    """The form that is used for the year of a report, the newest where no year is found."""
    for form in reversed(FORMS.values()):
        front = chapters(lines, form, is_styled(lines, form))[""]
        if form_for(read_front(front)[1] or 0) is form:
            return form
    return NEWEST


def read(blocks: Iterable[Block]) -> Reading:
    """The report found in a file; one in which nothing is found is unusable."""
    lines: list[Paragraph] = []
    grids: list[TextGrid] = []
    for block in blocks:
        if isinstance(block, Paragraph):
            lines.append(block)
        else:
            grids.append(block)
    form = form_of(lines)
    styled = is_styled(lines, form)
    texts = chapters(lines, form, styled)
    name, year, below = read_front(texts[""])
    signature = take_signature(list(texts.values())[-1], name)
    figures, findings = read_figures(form, grids)
    if len(texts) == 1 and not figures:
        raise Unusable(NOT_A_REPORT)
    prose = {
        key: read_prose(texts.get(key, ()), section, styled) for key, section in form.prose.items()
    }
    report = Report(form, year, Bureau(name), "", prose, figures)
    report.signature = signature
    return Reading(with_preamble(report, "\n".join(below)), findings, {})
