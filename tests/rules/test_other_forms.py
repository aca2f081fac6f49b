"""Rules are silent of what a form does not have."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from govdisclose import rules
from govdisclose.model.form import Form, Item, Section, leaves
from govdisclose.model.notices import NEWEST
from govdisclose.model.report import Report
from tests.support import huaian, samples


def without(items: tuple[Item, ...], key: str) -> tuple[Item, ...]:
    return tuple(replace(i, items=without(i.items, key)) for i in items if i.key != key)


def with_section(old: Section, new: Section | None) -> Form:
    sections = ((new if each is old else each) for each in NEWEST.sections)
    return replace(NEWEST, sections=tuple(each for each in sections if each))


def forms() -> Iterator[tuple[str, Form]]:
    """The form without a section, a table, a row."""
    for section in NEWEST.sections:
        yield section.key, with_section(section, None)
        for table in section.tables:
            others = tuple(each for each in section.tables if each is not table)
            if others:
                yield table.key, with_section(section, replace(section, tables=others))
            for row in leaves(table.rows) if len(leaves(table.rows)) > 1 else ():
                one = replace(table, rows=without(table.rows, row.key), balances=())
                tables = tuple(one if each is table else each for each in section.tables)
                key = f"{table.key}.{row.key}"
                yield key, with_section(section, replace(section, tables=tables))


FORMS = dict(forms())


@pytest.mark.parametrize("missing", FORMS)
def test_rules_are_silent_of_what_a_form_does_not_have(missing: str):
    form = FORMS[missing]
    for report in (samples.city(), huaian.report()):
        figures = {cell: n for cell, n in report.figures.items() if cell in set(form.addresses)}
        prose = {key: said for key, said in report.prose.items() if key in form.prose}
        given = Report(form, report.year, report.bureau, prose=prose, figures=figures)
        paths = {finding.at for finding in rules.check(given, last=given)}
        assert not any(f"{at}.".startswith(f"{missing}.") for at in paths)
