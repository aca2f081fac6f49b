from pathlib import Path

import pytest
from hypothesis import given

from govdisclose.model.form import Section
from govdisclose.model.grid import Grid, Role, blank, filled, grids
from govdisclose.model.notices import NEWEST
from govdisclose.model.report import Report
from tests.support.strategies import sections

GOLDEN = Path(__file__).parents[1] / "golden"
REAL = Path(__file__).parents[3] / "shared" / "real" / "blank-template.docx"


def picture(grid: Grid) -> str:
    """A grid in plain text: a line a cell, ``row,column height×width text``."""
    return "".join(
        f"{c.row:2},{c.column:<2} {c.height}×{c.width} {c.role.value:6} {c.address or c.text}\n"
        for c in grid.cells
    )


@given(sections())
def test_cells_tile_the_grid(section: Section):
    grid = blank(section)
    covered = [
        (cell.row + r, cell.column + c)
        for cell in grid.cells
        for r in range(cell.height)
        for c in range(cell.width)
    ]
    assert sorted(covered) == [(r, c) for r in range(grid.height) for c in range(grid.width)]


@given(sections())
def test_each_address_stands_once_in_printed_order(section: Section):
    standing = [cell.address for cell in blank(section).cells if cell.address]
    assert standing == [a for table in section.tables for line in table.lines for a in line.cells]


@given(sections())
def test_only_figures_have_addresses(section: Section):
    for cell in blank(section).cells:
        assert (cell.role is Role.FIGURE) == (cell.address is not None)


@pytest.mark.parametrize(
    ("section", "grid"), list(grids(NEWEST)), ids=lambda v: getattr(v, "key", "")
)
def test_the_grids_of_the_form_equal_their_picture(section: Section, grid: Grid):
    assert picture(grid) == (GOLDEN / f"{section.key}.txt").read_text("utf-8")


def test_a_filled_grid_differs_only_in_its_figures():
    section = NEWEST.homes["fees"]
    report = Report(figures={NEWEST.by_name["fees.charge.collected"]: 5})
    changed = [
        (old.text, new.text)
        for old, new in zip(blank(section).cells, filled(section, report).cells, strict=True)
        if old != new
    ]
    assert changed == [("", "5")]


@pytest.mark.skipif(not REAL.exists(), reason="the real blank form is not here")
def test_the_grids_equal_those_of_a_real_blank_form():
    import docx
    from docx.oxml.ns import qn

    tables = [table._tbl for table in docx.Document(str(REAL)).tables]
    assert len(tables) == 3
    for table, (_, grid) in zip(tables, grids(NEWEST), strict=True):
        real: dict[tuple[int, int], list] = {}
        open_at: dict[int, tuple[int, int]] = {}
        for r, row in enumerate(table.iter(qn("w:tr"))):
            c = 0
            for tc in row.iter(qn("w:tc")):
                span = tc.find(f"{qn('w:tcPr')}/{qn('w:gridSpan')}")
                width = int(span.get(qn("w:val"))) if span is not None else 1
                merge = tc.find(f"{qn('w:tcPr')}/{qn('w:vMerge')}")
                if merge is not None and merge.get(qn("w:val")) != "restart":
                    real[open_at[c]][0] += 1
                else:
                    open_at[c] = (r, c)
                    real[r, c] = [
                        1,
                        width,
                        "".join(t.text or "" for t in tc.iter(qn("w:t"))).strip(),
                    ]
                c += width
        ours = {(c.row, c.column): [c.height, c.width, c.text] for c in grid.cells}
        assert real == ours
