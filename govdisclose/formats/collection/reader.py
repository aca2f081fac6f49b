"""Find a report in a workbook that has been filled in, moved about and saved again.

Figures are found by the labels of rows and columns, wherever those stand now;
where a label has been changed, by the place it had. What cannot be placed is
a finding with its sheet and cell, never dropped.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields

from govdisclose.formats.collection import coverage
from govdisclose.formats.collection.coverage import (
    ReadSheet,
    SheetContent,
    first_in,
    looked_at,
    printable,
)
from govdisclose.formats.collection.frames import MOST_LABEL, GridPoint, TableFrame, frame_of
from govdisclose.formats.collection.pages import CARRIED, LIMIT, MADE_FOR, PREAMBLE, YEAR
from govdisclose.formats.collection.texts import read_texts
from govdisclose.formats.excel.reading import Texts
from govdisclose.formats.labels import normal
from govdisclose.model.figures import UNANSWERED, Figure, figure, shown
from govdisclose.model.finding import Finding, Place, Severity, Unusable
from govdisclose.model.form import Address, Form, Kind, Section
from govdisclose.model.notices import FORMS, NEWEST, form_for
from govdisclose.model.placeholders import stray_braces
from govdisclose.model.report import (
    KINDS,
    LABELS,
    Acknowledged,
    Bureau,
    Limits,
    Reading,
    Received,
    Report,
)

NOT_OURS = "文件里没有认出收集表的内容，请确认选对了文件；收集表由 govdisclose sheet 生成"
MOST_ROWS = 5_000  # of a sheet in which a table is looked for
OWN_TOTAL = "=IF(COUNT("


def read(sheets: Iterable[Texts]) -> Reading:
    """The report in a workbook; one in which nothing is found is unusable."""
    seen = [looked_at(sheet) for sheet in sheets]
    found = SheetContent([], {})
    answers = read_answers(seen, found)
    form = form_of(seen, answers)
    figures: dict[Address, Figure] = {}
    last_year: dict[Address, Figure] = {}
    for section in form.sections:
        held = tables_of(section, seen)
        for frame, sheet in held[:1]:
            figures.update(read_table(form, frame, sheet, found))
            last_year.update(read_last_year(form, section, frame, sheet, found))
        for other in held[1:]:
            compare(held[0], other, found)
    prose = read_texts(form, seen, found)
    noted, limits = read_carried(seen)
    if not any(sheet.understood for sheet in seen):
        raise Unusable(NOT_OURS)
    whose = read_made_for(seen)
    report = Report(
        received=Received(sheet=whose) if whose else None,
        form=form,
        year=read_year(answers, form, found),
        bureau=read_bureau(answers, found),
        preamble=answers.get(PREAMBLE, ""),
        prose=prose,
        figures=figures,
        acknowledged=noted,
        last_year=last_year,
        limits=limits,
    )
    found.findings.extend(braces(report, found.places))
    found.findings.extend(coverage.findings(form, seen))
    return Reading(report, found.findings, found.places)


# Particulars


def read_answers(seen: list[ReadSheet], found: SheetContent) -> dict[str, str]:
    """The particulars by their labels, from the sheet that holds most of them."""
    paths = {LABELS[field.name]: f"bureau.{field.name}" for field in fields(Bureau)}
    paths |= {YEAR: "year", PREAMBLE: "preamble.text"}
    names = {normal(label): label for label in paths}
    held = [[row for row, cells in enumerate(s.rows) if first(cells) in names] for s in seen]
    best = max(range(len(seen)), key=lambda at: len(held[at]), default=None)
    answers: dict[str, str] = {}
    for row in held[best] if best is not None else []:
        sheet = seen[best or 0]
        column = next(at for at, text in enumerate(sheet.rows[row]) if text.strip())
        label = names[normal(sheet.rows[row][column])]
        if label not in answers:
            sheet.understood.update({(row, column), (row, column + 1)})
            found.places[paths[label]] = sheet.place(row, column + 1)
            answers[label] = printable(sheet, row, column + 1, paths[label], found)
    return answers


def read_made_for(seen: list[ReadSheet]) -> str:
    """Whom the sheet was handed out to, empty where it does not say."""
    for sheet in seen:
        for row, cells in enumerate(sheet.rows):
            if first(cells) == MADE_FOR:
                column = next(at for at, text in enumerate(cells) if text.strip())
                sheet.understood.update({(row, column), (row, column + 1)})
                return sheet.text(row, column + 1).strip()
    return ""


def first(cells: list[str]) -> str:
    """The first text of a row, as labels are compared."""
    return normal(first_in(cells)[:MOST_LABEL])


def form_of(seen: list[ReadSheet], answers: Mapping[str, str]) -> Form:
    """The form whose notice the workbook names, else the one for its year."""
    texts = {text for sheet in seen for cells in sheet.rows[:5] for text in cells}
    named = next((form for form in FORMS.values() if form.notice in texts), None)
    year = answers.get(YEAR, "")
    return named or form_for(int(year) if year.isdecimal() and len(year) == 4 else 0) or NEWEST


def read_year(answers: Mapping[str, str], form: Form, found: SheetContent) -> int | None:
    """The year of the report, None where it is not answered or none of the form's."""
    text = answers.get(YEAR, "")
    plain = unicodedata.normalize("NFKC", text).strip().rstrip("年度")
    if not plain:
        return None
    if plain.isdecimal() and len(plain) == 4 and int(plain) in form.years:
        return int(plain)
    message = f"年份“{text.strip()[:20]}”不行：写四位年份，{form.years.start} 年起"
    found.add("D005", Severity.ERROR, "year", message, found.places["year"])
    return None


def read_bureau(answers: Mapping[str, str], found: SheetContent) -> Bureau:
    """The particulars of the bureau."""
    given = {
        field.name: answers[LABELS[field.name]]
        for field in fields(Bureau)
        if LABELS[field.name] in answers
    }
    kind = given.pop("kind", "")
    key = next((k for k, v in KINDS.items() if normal(kind) in (normal(v), normal(k))), "")
    if kind and not key:
        message = f"单位类别“{kind[:20]}”不认识：可填 {'、'.join(KINDS.values())}"
        found.add("D003", Severity.ERROR, "bureau.kind", message, found.places["bureau.kind"])
    return Bureau(kind=key or Bureau.kind, **given)


# Tables


PlacedTable = tuple[TableFrame, ReadSheet]
"""A table in a sheet."""


def tables_of(section: Section, seen: list[ReadSheet]) -> list[PlacedTable]:
    """The sheets that hold a section's table: first that with most of its rows and figures."""
    sheets = [sheet for sheet in seen if section.tables and len(sheet.rows) <= MOST_ROWS]
    frames = [(frame_of(section, sheet.rows), sheet) for sheet in sheets]
    held = [(frame, sheet) for frame, sheet in frames if frame.points]
    return sorted(held, key=lambda pair: (pair[0].score, len(answers_in(pair))), reverse=True)


def answers_in(held: PlacedTable) -> dict[Address, str]:
    """What stands in the cells of a table that are not empty."""
    frame, sheet = held
    texts = ((address, sheet.text(*point).strip()) for address, point in frame.points.items())
    return {address: text for address, text in texts if text}


def compare(read: PlacedTable, other: PlacedTable, found: SheetContent) -> None:
    """Complain of a second copy of a table in which other figures stand."""
    one, two = answers_in(read), answers_in(other)
    take(*other)
    first, second = read[1].whole, other[1].whole
    other[1].understood.update(
        (row, column)
        for row, (cells, others) in enumerate(zip(first, second, strict=False))
        for column, (text, same) in enumerate(zip(cells, others, strict=False))
        if text == same
    )
    different = [address for address in two if one.get(address) != two[address]]
    if different:
        message = (
            f"“{other[1].name}”和“{read[1].name}”是同一张表，填的不一样；"
            f"读的是“{read[1].name}”，这一张没有读入，请只留一张"
        )
        place = other[1].place(*other[0].points[different[0]])
        found.add("D010", Severity.ERROR, str(different[0]), message, place)


def read_table(
    form: Form, frame: TableFrame, sheet: ReadSheet, found: SheetContent
) -> Iterator[tuple[Address, Figure]]:
    """The answered figures of a section."""
    take(frame, sheet)
    for address, point in frame.points.items():
        found.places[str(address)] = sheet.place(*point)
        found.places.setdefault(f"{address.table}.{address.row}", sheet.place(*point))
    for row, address in frame.moved.items():
        message = f"这一行的标题改动过，按位置读作“{form.row_name(address)}”，请核对"
        at = f"{address.table}.{address.row}"
        found.add("D009", Severity.HINT, at, message, sheet.place(row, 0))
    top = min(row for row, _ in frame.points.values())
    for column, address in frame.shifted.items():
        message = f"这一列的标题改动过，按位置读作“{form.column_name(address)}”，请核对"
        found.add("D009", Severity.HINT, str(address), message, sheet.place(top - 1, column))
    for address, point in frame.points.items():
        value = read_figure(form, address, sheet.text(*point), found)
        if value is not None:
            yield address, value


def read_last_year(
    form: Form, section: Section, frame: TableFrame, sheet: ReadSheet, found: SheetContent
) -> Iterator[tuple[Address, Figure]]:
    """Last year's figures of a section, where they stand beside."""
    for address, (row, column) in points_beside(section, frame, sheet).items():
        sheet.understood.add((row, column))
        cells = sheet.whole[row]
        text = cells[column].strip() if column < len(cells) else ""
        try:
            if text:
                yield address, figure_in(text, form.kind(address))
        except ValueError as why:
            place = sheet.place(row, column)
            found.add("D009", Severity.HINT, str(address), f"上年数据{why}", place)


def points_beside(
    section: Section, frame: TableFrame, sheet: ReadSheet
) -> dict[Address, GridPoint]:
    """Where last year's figures stand: in a row by their columns, else by their headings."""
    if sheet.beside is None:
        return {}
    row, start = sheet.beside
    if row is not None:
        return {address: (row, column) for address, (_, column) in frame.points.items()}
    left = min(column for _, column in frame.points.values())
    rows = [cells[:left] + cells[start:] for cells in sheet.whole]
    points = frame_of(section, rows).points
    return {address: (at, column - left + start) for address, (at, column) in points.items()}


def read_figure(form: Form, address: Address, text: str, found: SheetContent) -> Figure | None:
    """A figure, None where it is not answered or cannot be read."""
    text = text.strip()
    if text in ("", UNANSWERED) or text.startswith(OWN_TOTAL):
        return None
    place = found.places[str(address)]
    try:
        value = figure_in(text, form.kind(address))
    except ValueError as why:
        where = f"{form.row_name(address)}｜{form.column_name(address)}"
        found.add("D003", Severity.ERROR, str(address), f"{where}：{why}", place)
        return None
    if text != shown(value):
        message = f"“{text}”按 {shown(value)} 读，请核对"
        found.add("D009", Severity.HINT, str(address), message, place)
    return value


def figure_in(text: str, kind: Kind) -> Figure:
    """A figure of a cell; ValueError says in Chinese what is wrong."""
    if text.startswith("="):
        raise ValueError("公式没有算出值，请在 WPS 或 Excel 里打开，保存一次，或者直接填数")
    if len(text) > MOST_LABEL or "\n" in text:
        raise ValueError(f"“{' '.join(text.split())[:20]}…”不是数字，没有发生的填 0")
    return figure(text, kind)


def take(frame: TableFrame, sheet: ReadSheet) -> None:
    """Count the figures as understood, and note what stands above and to the left of them."""
    rows, columns = zip(*frame.points.values(), strict=True)
    above = {(row, column) for row in range(min(rows)) for column in range(max(columns) + 1)}
    beside = {(row, column) for row in range(max(rows) + 1) for column in range(min(columns))}
    sheet.heads.update(above | beside)
    moved = {(row, column) for row in frame.moved for column in range(min(columns))}
    sheet.understood.update(moved | set(frame.points.values()))


def read_carried(seen: list[ReadSheet]) -> tuple[tuple[Acknowledged, ...], Limits]:
    """The warnings that have been looked at, and what the collecting office asks."""
    noted: list[Acknowledged] = []
    limits: dict[str, int] = {}
    for sheet in seen:
        if sheet.text(0, 0) == CARRIED:
            sheet.understood.update(
                (n, m) for n, row in enumerate(sheet.rows) for m in range(len(row))
            )
            for kind, at, reason, *rest in (pad(row) for row in sheet.rows[1:] if any(row)):
                pairs = zip(rest[::2], rest[1::2], strict=True)
                if kind != LIMIT:
                    noted.append(Acknowledged(kind, at, reason, tuple(p for p in pairs if p[0])))
                elif at in Limits.__dataclass_fields__ and reason.isdecimal() and len(reason) < 9:
                    limits[at] = int(reason)
    return tuple(noted), Limits(**limits)


def pad(row: list[str]) -> list[str]:
    """A row of three texts, and pairs after them."""
    wanted = max(3, len(row) + (len(row) % 2 == 0))
    return [*row, *[""] * (wanted - len(row))]


# What is left


def braces(report: Report, places: Mapping[str, Place]) -> Iterator[Finding]:
    """A complaint for each brace in a text that names no figure."""
    for path, text in report.texts():
        for _, wording in stray_braces(text, report.form):
            message = f"{wording} 不是表中一格的地址；要印出花括号本身，写两个"
            yield Finding("D007", Severity.ERROR, path, message, places.get(path))
