"""Read a draft, and say in Chinese what is wrong with it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields

import tomli

from govdisclose.formats.draft.positions import LAST_YEAR, RECEIVED, Places
from govdisclose.formats.draft.toml import Value, decoded, parsed
from govdisclose.formats.draft.values import (
    Values,
    group,
    groups,
    known,
    nearest,
    read_figure,
    whole_number,
    words,
)
from govdisclose.model import limits
from govdisclose.model.figures import UNANSWERED, Figure
from govdisclose.model.finding import Finding, Severity, Unusable, at_most
from govdisclose.model.form import Address, Form, Kind, Line, Table
from govdisclose.model.front_matter import title, title_lines
from govdisclose.model.input_errors import PAGES, unreadable
from govdisclose.model.notices import FORMS, NEWEST, form_for
from govdisclose.model.placeholders import stray_braces
from govdisclose.model.report import (
    KINDS,
    Acknowledged,
    Bureau,
    Limits,
    Part,
    Prose,
    Reading,
    Received,
    Report,
    Signature,
    Unread,
)
from govdisclose.model.text import is_unprintable
from govdisclose.model.version import __version__, is_newer

OUTER = (
    "needs",
    "form",
    "year",
    "bureau",
    "title",
    "preamble",
    "signature",
    "acknowledged",
    LAST_YEAR,
    "limits",
    RECEIVED,
)


def loads(data: bytes) -> Reading:
    """The report in a draft file, and everything that is wrong with the file.

    Unusable where the file is no text at all, or was written for a later version,
    which would lose what this one does not know; whatever else it says is found.
    """
    text, findings = decoded(data)
    values, text, slips, torn = parsed(text)
    found: list[Finding] = []
    check_version(values)
    report = read(values, found)
    places = Places(text, report.form)
    found += braces(report, places)
    found += still_unread(report)
    every = at_most(findings + slips + ([] if torn else found))
    return Reading(report, every, places, is_foreign=not slips and has_no_key_of_ours(values))


def check_version(values: Values) -> None:
    """Refuse a draft that says that it needs a later version to be read whole."""
    needs = values.get("needs")
    if isinstance(needs, str) and is_newer(needs):
        raise Unusable(
            f"这份草稿要 govdisclose {needs} 以上的版本才能读全，这里是 {__version__}；"
            "请升级以后再打开，草稿没有动"
        )


def is_foreign(data: bytes) -> bool:
    """Whether a file is empty, or sound TOML in which nothing is a draft's."""
    try:
        text, _ = decoded(data)
        return has_no_key_of_ours(tomli.loads(text))
    except (Unusable, ValueError, RecursionError):
        return False


def has_no_key_of_ours(values: Values) -> bool:
    """Whether nothing in a file is a draft's.

    The limits that an office sets for all stand in a file of their own.
    """
    own = {*OUTER, *(key for form in FORMS.values() for key in (*form.prose, *form.tables))}
    return own.isdisjoint(values.keys() - {"limits"})


def read(values: Values, found: list[Finding]) -> Report:
    """The report that the values of a file make; complaints go to ``found``."""
    year = read_year(values, found)
    form = read_form(values, year, found)
    tables = form.tables
    known(values, [*OUTER, *form.prose, *tables], "", found)
    words(values, "needs", "", found)
    figures: dict[Address, Figure] = {}
    for table in tables.values():
        figures.update(read_table(table, group(values, table.key, "", found), "", found))
    preamble = group(values, "preamble", "", found)
    known(preamble, ["text"], "preamble", found)
    report = Report(
        form=form,
        year=year if year is None or year in form.years else None,
        bureau=read_bureau(group(values, "bureau", "", found), found),
        preamble=words(preamble, "text", "preamble", found),
        prose={key: read_prose(group(values, key, "", found), key, found) for key in form.prose},
        figures=figures,
        acknowledged=tuple(read_acknowledged(values, found)),
        last_year=dict(read_last_year(values, form, found)),
        limits=read_limits(group(values, "limits", "", found), found),
        received=read_received(values, found),
        signature=read_signature(group(values, "signature", "", found), found),
    )
    report.title_lines = read_title(group(values, "title", "", found), found)
    if report.title_lines and not title_lines(report):
        message = f"标题的各行连起来应是“{''.join(title(report))}”，请改正，或删去 [title]"
        found.append(unreadable("D003", "title.lines", message))
    return report


def read_year(values: Values, found: list[Finding]) -> int | None:
    """The year of the report, None where it is not answered."""
    given = values.get("year")
    if given is None:
        found.append(unreadable("D005", "year", "缺少年份：在开头写 year = 报告的年份"))
    elif given != UNANSWERED:
        try:
            return int(read_figure(given, Kind.COUNT, "year", found) or 0)
        except ValueError as error:
            found.append(unreadable("D003", "year", f"年份：{error}"))
    return None


def read_form(values: Values, year: int | None, found: list[Finding]) -> Form:
    """The form that a file names, else the one for its year, else the newest."""
    default = form_for(year or 0) or NEWEST
    key = values.get("form", default.key)
    form = FORMS.get(key) if isinstance(key, str) else None
    if form is None:
        known_keys = "、".join(f'"{key}"' for key in FORMS)
        found.append(
            unreadable("D005", "form", f"没有格式“{str(key)[:40]}”：可用的是 {known_keys}")
        )
    form = form or default
    if year is not None and year not in form.years:
        message = f"{year} 年不用这个格式：{form.notice}从 {form.years.start} 年度的报告起用"
        found.append(unreadable("D005", "year", message))
    return form


def read_bureau(given: Values, found: list[Finding]) -> Bureau:
    """The particulars of the bureau."""
    names = [field.name for field in fields(Bureau)]
    known(given, names, "bureau", found)
    particulars = {name: words(given, name, "bureau", found) for name in names if name in given}
    for name, value in list(particulars.items()):
        if "\n" in value or "\t" in value:
            message = f"{name}：这里只能是一行文字，不能有换行和制表符"
            found.append(unreadable("D006", f"bureau.{name}", message))
            particulars[name] = " ".join(value.split())
    kind = particulars.get("kind", Bureau.kind)
    if kind not in KINDS:
        choices = "，".join(f"{key}（{label}）" for key, label in KINDS.items())
        found.append(
            unreadable("D003", "bureau.kind", f"单位类别“{kind[:40]}”不认识：可填 {choices}")
        )
        particulars.pop("kind")
    return Bureau(**particulars)


def read_title(given: Values, found: list[Finding]) -> tuple[str, ...]:
    """Where the title breaks, as a draft wants it."""
    known(given, ["lines"], "title", found)
    value = given.get("lines", [])
    lines = [line for line in value if isinstance(line, str)] if isinstance(value, list) else []
    if lines != value or any(is_unprintable(sign) or sign in "\n\t" for sign in "".join(lines)):
        message = 'lines：这里要标题的各行，每行一段文字，写成 ["…", "…"]'
        found.append(unreadable("D003", "title.lines", message))
        return ()
    return tuple(lines)


def read_signature(given: Values, found: list[Finding]) -> Signature:
    """Who signs and when, each on one line."""
    known(given, Signature._fields, "signature", found)
    unit, date = (words(given, key, "signature", found) for key in Signature._fields)
    for key, value in (("unit", unit), ("date", date)):
        if "\n" in value or "\t" in value:
            message = f"{key}：这里只能是一行文字，不能有换行和制表符"
            found.append(unreadable("D006", f"signature.{key}", message))
    return Signature(unit, date)


def read_prose(given: Values, key: str, found: list[Finding]) -> Prose:
    """A section in sentences."""
    known(given, ["lead", "parts"], key, found)
    parts = []
    for number, part in enumerate(groups(given, "parts", key, found), start=1):
        path = f"{key}.parts.{number}"
        known(part, Part._fields, path, found)
        parts.append(Part(*(words(part, name, path, found) for name in Part._fields)))
    return Prose(words(given, "lead", key, found), tuple(parts))


def read_last_year(
    values: Values, form: Form, found: list[Finding]
) -> Iterator[tuple[Address, Figure]]:
    """Those figures of the year before that the draft records."""
    given = group(values, LAST_YEAR, "", found)
    known(given, form.tables, LAST_YEAR, found)
    for table in form.tables.values():
        rows = group(given, table.key, LAST_YEAR, found)
        yield from read_table(table, rows, f"{LAST_YEAR}.", found)


def read_limits(given: Values, found: list[Finding]) -> Limits:
    """What the office asks for, in whole numbers."""
    names = [field.name for field in fields(Limits)]
    known(given, names, "limits", found)
    limits: dict[str, int] = {}
    for name in names:
        value = given.get(name, 0)
        if isinstance(value, int) and not isinstance(value, bool) and value >= 0:
            limits |= {name: value} if name in given else {}
        else:
            message = f"{name}：这里要一个不小于 0 的整数"
            found.append(unreadable("D003", f"limits.{name}", message))
    return Limits(**limits)


def read_table(
    table: Table, given: Values, before: str, found: list[Finding]
) -> Iterator[tuple[Address, Figure]]:
    """The answered figures of a table; ``before`` is written before its paths."""
    known(given, [line.row.key for line in table.lines], f"{before}{table.key}", found)
    for line in table.lines:
        if line.row.key in given:
            yield from read_line(table, line, given[line.row.key], before, found)


def read_line(
    table: Table, line: Line, given: Value, before: str, found: list[Finding]
) -> Iterator[tuple[Address, Figure]]:
    """The answered figures of a row, whether or not it gives its totals."""
    values = given if isinstance(given, list) else [given]
    cells = table.stated(line) if len(values) < len(line.cells) else line.cells
    if given == UNANSWERED:
        return
    if len(values) != len(cells):
        message = f"{line.name}：要 {len(line.cells)} 个数（总计可以不写），写了 {len(values)} 个"
        found.append(unreadable("D004", f"{before}{table.key}.{line.row.key}", message))
        return
    kind = table.kind
    for address, value in zip(cells, values, strict=True):
        whole = whole_number(value, kind)
        if whole is not None:
            yield address, whole
            continue
        at = f"{before}{address}"
        try:
            read_as = read_figure(value, table.kind, at, found)
        except ValueError as error:
            found.append(unreadable("D003", at, f"{line.name}：{error}"))
        else:
            if read_as is not None:
                yield address, read_as


def read_acknowledged(values: Values, found: list[Finding]) -> Iterator[Acknowledged]:
    """The warnings that have been looked at."""
    for number, given in enumerate(groups(values, "acknowledged", "", found), start=1):
        path = f"acknowledged.{number}"
        known(given, Acknowledged._fields, path, found)
        figures = group(given, "figures", path, found)
        texts = tuple((name, words(figures, name, f"{path}.figures", found)) for name in figures)
        rule, at, reason = (words(given, key, path, found) for key in ("rule", "at", "reason"))
        yield Acknowledged(rule, at, reason, texts)


def read_received(values: Values, found: list[Finding]) -> Received | None:
    """The file that the draft was made from, None where it was made from none."""
    given = group(values, RECEIVED, "", found)
    names = [field.name for field in fields(Received)]
    known(given, names, RECEIVED, found)
    unread = []
    for number, each in enumerate(groups(given, "unread", RECEIVED, found), start=1):
        path = f"{RECEIVED}.unread.{number}"
        known(each, Unread._fields, path, found)
        unread.append(Unread(*(words(each, name, path, found) for name in Unread._fields)))
    file, date, digest, sheet = (words(given, name, RECEIVED, found) for name in names[:4])
    return Received(file, date, digest, sheet, tuple(unread)) if RECEIVED in values else None


def still_unread(report: Report) -> Iterator[Finding]:
    """A complaint for all that did not come in with the file that the draft was made from."""
    for number, (code, at, message) in report.unread():
        path = f"{RECEIVED}.unread.{number}"
        code = code if code in PAGES else "D010"
        remedy = "请单位改好再交；已经照原件补好的，删去草稿里的这一段"
        is_cell = at in report.form.by_name
        told = f"收到的文件里{message}\n{remedy}"
        yield Finding(code, Severity.ERROR, at if is_cell else path, told)


def braces(report: Report, places: Places) -> Iterator[Finding]:
    """A complaint for each brace in a text that names no figure."""
    stray = (
        (path, offset, wording)
        for path, text in report.texts()
        for offset, wording in stray_braces(text, report.form)
    )
    for number, (path, offset, wording) in enumerate(stray):
        if number > limits.SAME_FINDINGS:  # no more than counted: looking for each is dear
            yield unreadable("D007", path, wording)
            continue
        message = f"{wording[:80]} 不是表中一格的地址{nearest_address(wording[:80], report.form)}"
        finding = unreadable("D007", path, message)
        yield finding._replace(place=places.inside(path, offset))


def nearest_address(wording: str, form: Form) -> str:
    """The address that looks most like a wrong one, as the end of a sentence."""
    if len(wording) < 4:
        return "；要印出花括号本身，写两个"
    return nearest(wording.strip("{}"), list(form.by_name))
