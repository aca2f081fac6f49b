"""Rows pushed or exchanged and figures in the wrong column: one finding, the right advice."""

from collections.abc import Iterator

import pytest

from govdisclose import rules
from govdisclose.model.form import Address
from govdisclose.model.notices import NEWEST
from govdisclose.model.report import Report
from govdisclose.rules.diagnosis import slips
from tests.support import huaian

Figures = dict[Address, int]
LINES = {line.row.key: line.cells for line in NEWEST.tables["applications"].lines}
BASE: Figures = {a: int(v) for a, v in huaian.figures().items() if a.table != "fees"}


def pushed(kind: str) -> Iterator[Figures]:
    for cells in LINES.values():
        *values, total = (BASE[cell] for cell in cells)
        row = {
            "right": [0, *values[:-1], total],
            "right with the total": [0, *values],
            "left": [*values[1:], 0, total],
            "left with the total": [*values[1:], total, 0],
        }[kind]
        if row != [*values, total]:
            yield BASE | dict(zip(cells, row, strict=True))


def in_another_column() -> Iterator[Figures]:
    for cells in LINES.values():
        for one in cells[:-1]:
            for two in cells[:-1]:
                if BASE[one] and not BASE[two]:
                    yield BASE | {one: 0, two: BASE[one]}


def rows_exchanged() -> Iterator[Figures]:
    for one, two in (
        ("handled", "carried_out"),
        ("received", "handled"),
        ("received", "carried_out"),
        ("carried_in", "handled"),
        ("carried_in", "carried_out"),
    ):
        changes = {c: BASE[d] for c, d in zip(LINES[one], LINES[two], strict=True)}
        back = {d: BASE[c] for c, d in zip(LINES[one], LINES[two], strict=True)}
        yield BASE | changes | back


@pytest.mark.parametrize(
    "wrong",
    [
        *pushed("right"),
        *pushed("right with the total"),
        *pushed("left"),
        *pushed("left with the total"),
        *rows_exchanged(),
        *in_another_column(),
    ],
)
def test_one_finding_and_its_advice_is_right(wrong: Figures):
    report = Report(year=2024, figures=dict(wrong))
    codes = ("R201", "R202", "R203", "R204")
    assert len([f for f in rules.check(report) if f.code in codes]) == 1
    mended = dict(wrong)
    for slip in slips(report, "applications"):
        mended |= slip.change if slip.sure else {}
    assert mended == BASE
