"""A statutory table as a worksheet to fill in: cells to type, totals that add up by themselves.

Everything stands where the grid puts it. A figure may be typed only where it
is no sum, or where a sum is stated wrongly; last year's stands beside it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import groupby

from govdisclose.formats.excel.printout import CELL, HEADING, heights, placed, sheet_name, style_of
from govdisclose.formats.excel.workbook import (
    Alarm,
    Area,
    CellStyle,
    Formula,
    InputRule,
    Sheet,
    Spot,
    name_of,
)
from govdisclose.model.figures import Figure
from govdisclose.model.form import Address, Form, Kind, Section
from govdisclose.model.grid import Cell, Grid, Role, blank
from govdisclose.model.report import Report

SCALE = 1.35 / 15  # pixels a twip
NARROWEST = 66  # pixels: four characters
TOP = 2

LAST, LAST_IN_ROW = "上年数据", "←上年数据"
BALANCED, DIFFERS, EQUAL = "平", "差", "（应相等）"
FILLED, MISSING = "已填完", "还有 "
NOTHING = " "  # a formula's empty text is read as 0 from an .xls

RED, YELLOW, GREY = "#FFB3B3", "#FFF2B3", "#EDEDED"
HINT = CellStyle(font_size=10, font_color="#595959", align="left")
INPUT = replace(CELL, font_size=11, locked=False)
TOTAL = replace(CELL, font_size=11, bg_color=GREY)
NAME = replace(TOTAL, align="left")
WAS = replace(CELL, font_color="#7F7F7F")
STATUS = CellStyle(font_size=10, align="left", bold=True)


@dataclass(frozen=True)
class SheetTable:
    """A section's table as a worksheet: where its cells stand, and what they hold."""

    section: Section
    report: Report
    before: Mapping[Address, Figure]

    @cached_property
    def grid(self) -> Grid:
        """The cells of the table."""
        return blank(self.section)

    @cached_property
    def at(self) -> dict[Address, tuple[int, int]]:
        """The row and column of every figure."""
        return {c.address: (TOP + c.row, c.column) for c in self.grid.cells if c.address}

    @cached_property
    def inputs(self) -> list[Address]:
        """The figures to fill in."""
        return [address for address in self.at if address not in self.form.sums]

    @property
    def sheet_name(self) -> str:
        """The name of the worksheet."""
        return sheet_name(self.section)

    @property
    def form(self) -> Form:
        """The form that the section is of."""
        return self.report.form

    @cached_property
    def widths(self) -> tuple[int, ...]:
        """The columns in pixels: the table, a gap, last year's figures."""
        own = tuple(max(NARROWEST, round(width * SCALE)) for width in self.section.widths)
        return (*own, 24, *own[self.stub :]) if self.stub else (*own, 90)

    @cached_property
    def stub(self) -> int:
        """How many columns of row labels there are."""
        return min(column for _, column in self.at.values())

    @property
    def sheet(self) -> Sheet:
        """The worksheet."""
        spots = [*self.head(), *map(self.spot, self.grid.cells), *self.balances()]
        bottom = max(spot.row for spot in spots)
        return Sheet(
            sheet_name(self.section),
            (*spots, *self.beside()),
            self.widths,
            {0: 30, **heights(self.grid, self.widths, TOP, INPUT.font_size)},
            checks=tuple(self.checks()),
            alarms=tuple(self.alarms()),
            freeze=(TOP + self.grid.heads, self.stub) if self.grid.height > 20 else (TOP, 0),
            printed=Area(0, 0, bottom, self.grid.width - 1),
            is_wide=self.grid.width > 10,
            is_locked=True,
        )

    def head(self) -> Iterator[Spot]:
        """The heading, and how many cells are still empty."""
        yield Spot(0, 0, self.section.label, HEADING, width=self.grid.width)
        yield Spot(1, 0, self.state, STATUS, width=self.grid.width)

    @property
    def state(self) -> Formula:
        """How many cells are still empty."""
        count = f"{len(self.inputs)}-COUNTA({self.listed(self.inputs)})"
        missing = sum(address not in self.report.figures for address in self.inputs)
        return Formula(
            f'=IF({count}=0,"{FILLED}","{MISSING}"&({count})&" 格没有填")',
            f"{MISSING}{missing} 格没有填" if missing else FILLED,
        )

    def spot(self, cell: Cell) -> Spot:
        """A heading, a cell to fill in, or a total."""
        if cell.address is None:
            style = style_of(cell)
            return placed(cell, TOP, cell.text, style if cell.role is Role.BAND else grey(style))
        value = self.report.figures.get(cell.address)
        if cell.address not in self.form.sums:
            return placed(cell, TOP, value, INPUT)
        if value == self.report.expected(cell.address):
            shown = NOTHING if value is None else int(value)
            return placed(cell, TOP, Formula(self.total(cell.address), shown), TOTAL)
        return placed(cell, TOP, value, INPUT)

    def total(self, address: Address) -> str:
        """The formula of a sum, empty while one of its terms is."""
        terms = self.form.sums[address][0]
        listed = self.listed(terms)
        return f'=IF(COUNT({listed})<{len(terms)},"{NOTHING}",SUM({listed}))'

    def listed(self, addresses: Iterable[Address]) -> str:
        """Some figures, as a formula lists them."""
        return ",".join(map(str, areas(self.at[address] for address in addresses)))

    def balances(self) -> Iterator[Spot]:
        """Under the table, for each column whether both sides are equal."""
        row = TOP + self.grid.height
        for table in self.section.tables:
            for number, balance in enumerate(table.balances):
                sides = [
                    "＋".join(self.form.lines[table.key, key].row.brief for key in keys)
                    for keys in (balance.left, balance.right)
                ]
                yield Spot(row + number, 0, "＝".join(sides) + EQUAL, NAME, width=self.stub)
                lines = [self.form.lines[table.key, key] for key in balance.left + balance.right]
                for cells in zip(*(line.cells for line in lines), strict=True):
                    half = len(balance.left)
                    yield self.balance(row + number, cells[:half], cells[half:])

    def balance(self, row: int, left: tuple[Address, ...], right: tuple[Address, ...]) -> Spot:
        """One column's balance."""
        sums = f"SUM({self.listed(left)})", f"SUM({self.listed(right)})"
        both = self.listed((*left, *right))
        text = (
            f'=IF(COUNT({both})<{len(left + right)},"{NOTHING}",'
            f'IF({sums[0]}={sums[1]},"{BALANCED}","{DIFFERS}"&({sums[0]}-{sums[1]})))'
        )
        one, other = self.report.add(left), self.report.add(right)
        value = NOTHING
        if one is not None and other is not None:
            value = BALANCED if one == other else f"{DIFFERS}{one - other}"
        return Spot(row, self.at[left[0]][1], Formula(text, value), TOTAL)

    def beside(self) -> Iterator[Spot]:
        """Last year's figures: on the right, or below a table printed across."""
        if not self.before:
            return
        year = f"（{self.report.year - 1}年）" if self.report.year else ""
        if not self.stub:
            row = TOP + self.grid.height
            yield Spot(row, self.grid.width, LAST_IN_ROW + year, HINT)
            for cell in self.grid.cells:
                if cell.address:
                    yield Spot(row, cell.column, self.before.get(cell.address), WAS)
            return
        left = self.grid.width + 1
        yield Spot(1, left, LAST + year, HINT, width=self.grid.width - self.stub)
        for cell in self.grid.cells:
            if cell.role in (Role.COLUMN, Role.FIGURE):
                value = self.before.get(cell.address) if cell.address else cell.text
                yield placed(cell, TOP, value, WAS, left - self.stub)

    def checks(self) -> Iterator[InputRule]:
        """What may be typed: whole numbers, or an amount; with the row's note."""
        for table in self.section.tables:
            kind = "decimal" if table.kind is Kind.AMOUNT else "integer"
            for line in table.lines:
                for area in areas(self.at[cell] for cell in line.cells if cell in self.inputs):
                    yield InputRule(area, kind, line.row.brief, line.row.note)

    def alarms(self) -> Iterator[Alarm]:
        """Yellow where nothing is filled in, red where it is wrong."""
        for kind in Kind:
            cells = [self.at[a] for a in self.inputs if self.form.kind(a) is kind]
            for area in areas(cells):
                cell = name_of(area.top, area.left)
                yield Alarm(area, f"=ISBLANK({cell})", YELLOW)
                yield Alarm(area, wrong(cell, kind), RED)
        for address, sums in self.form.sums.items():
            if address in self.at:
                for terms in sums:
                    yield self.alarm(address, terms)
        if any(table.balances for table in self.section.tables):
            row = TOP + self.grid.height
            area = Area(row, self.stub, row, self.grid.width - 1)
            yield Alarm(area, f'=LEFT({name_of(row, self.stub)})="{DIFFERS}"', RED)

    def alarm(self, total: Address, terms: tuple[Address, ...]) -> Alarm:
        """Red where a total is not the sum of its terms."""
        row, column = self.at[total]
        listed, cell = self.listed(terms), name_of(row, column)
        text = f"=AND(COUNT({listed})={len(terms)},{cell}<>SUM({listed}))"
        return Alarm(Area(row, column, row, column), text, RED)


def grey(style: CellStyle) -> CellStyle:
    """The look of a heading that nobody fills in."""
    return replace(style, font_size=INPUT.font_size, bg_color=GREY)


def wrong(cell: str, kind: Kind) -> str:
    """The formula that is true for what is no figure."""
    number = f"VALUE({cell})"
    part = "" if kind is Kind.AMOUNT else f",{number}<>INT({number})"
    return f"=IF(ISBLANK({cell}),FALSE,IF(ISERROR({number}),TRUE,OR({number}<0{part})))"


def areas(cells: Iterable[tuple[int, int]]) -> Iterator[Area]:
    """Rectangles that hold some cells and no others: runs of rows, put together."""
    runs = [
        (run[0][1], run[-1][1], run[0][0])
        for _, line in groupby(sorted(cells), key=lambda cell: cell[0])
        for run in runs_of(list(line))
    ]
    found: list[Area] = []
    for left, right, row in sorted(runs):
        if found and found[-1][1:] == (left, row - 1, right):
            found[-1] = found[-1]._replace(bottom=row)
        else:
            found.append(Area(row, left, row, right))
    return iter(found)


def runs_of(line: list[tuple[int, int]]) -> Iterator[list[tuple[int, int]]]:
    """The cells of a row in unbroken runs."""
    for _, run in groupby(enumerate(line), key=lambda pair: pair[1][1] - pair[0]):
        yield [cell for _, cell in run]
