"""A table being filled as a grid: where the cursor is, what is typed, what adds up.

Nothing here knows a terminal: :mod:`govdisclose.interview.grid_view` shows it
and sends it keys. A figure counts once the cursor leaves its cell.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from govdisclose.interview.pasting import block, labelled
from govdisclose.interview.questions import RowQuestion, split
from govdisclose.model.figures import Figure, figure, shown
from govdisclose.model.form import Address, Kind, Line, Table
from govdisclose.model.report import Report

ALLOWED = re.compile(r"[0-9０-９.]")


@dataclass
class TableEditor:
    """A table of a report under the cursor at ``row``, ``column`` of its grid.

    ``typed`` is what stands in the cell and does not count yet; ``said`` is the
    last thing to tell; ``save`` is called after every change.
    """

    report: Report
    table: Table
    save: Callable[[], None]
    row: int = 0
    column: int = 0
    typed: str = ""
    said: str = ""
    before: list[tuple[int, int, dict[Address, Figure]]] = field(default_factory=list)

    @property
    def lines(self) -> tuple[Line, ...]:
        """The rows of the table."""
        return self.table.lines

    @property
    def cell(self) -> Address:
        """The figure under the cursor."""
        return self.lines[self.row].cells[self.column]

    def is_sum(self, cell: Address) -> bool:
        """Whether a figure is computed."""
        return cell in self.report.form.sums

    def go_to(self, row_key: str) -> None:
        """Put the cursor on a row's first figure that is not answered, else its first."""
        keys = [line.row.key for line in self.lines]
        self.row = keys.index(row_key) if row_key in keys else 0
        cells = self.lines[self.row].cells
        asked = [n for n, cell in enumerate(cells) if not self.is_sum(cell)]
        open_ones = [n for n in asked if cells[n] not in self.report.figures]
        self.column = (open_ones or asked or [0])[0]

    def move(self, down: int, right: int) -> None:
        """Leave the cell by an arrow; at an edge the cursor stays."""
        if self.commit():
            self.row = min(max(self.row + down, 0), len(self.lines) - 1)
            self.column = min(max(self.column + right, 0), len(self.lines[0].cells) - 1)

    def step(self, by: int) -> None:
        """Leave the cell for the next one that is asked, or the one before."""
        if not self.commit():
            return
        cells = [(r, c) for r, line in enumerate(self.lines) for c in range(len(line.cells))]
        asked = [at for at in cells if not self.is_sum(self.lines[at[0]].cells[at[1]])]
        here = (self.row, self.column)
        after = [at for at in asked if at > here] if by > 0 else [at for at in asked if at < here]
        if after:
            self.row, self.column = after[0] if by > 0 else after[-1]

    def type(self, character: str) -> None:
        """One more digit; the first one replaces what stands there."""
        if self.is_sum(self.cell):
            self.said = "这一格是算出来的，不用填"
        elif ALLOWED.fullmatch(character):
            self.typed, self.said = self.typed + character, ""

    def rub_out(self) -> None:
        """Take the last digit back, or the figure where nothing is typed."""
        if self.typed:
            self.typed = self.typed[:-1]
        elif not self.is_sum(self.cell):
            self.put({self.cell: None})

    def commit(self) -> bool:
        """Let what is typed count; False, with the reason told, where it cannot."""
        typed, self.typed = self.typed, ""
        if not typed:
            return True
        try:
            self.put({self.cell: figure(typed, self.table.kind)})
        except ValueError as why:
            self.typed, self.said = typed, str(why)
            return False
        return True

    def put(self, values: dict[Address, Figure | None]) -> None:
        """Put figures in, their sums after them, and save; a change can be undone."""
        figures = dict(self.report.figures)
        self.report.put(values)
        if self.report.figures != figures:
            self.before.append((self.row, self.column, figures))
            self.save()

    def zeros(self) -> None:
        """0 in every cell of this row that is not answered."""
        if self.commit():
            cells = self.lines[self.row].cells
            self.put({c: 0 for c in cells if not self.is_sum(c) and c not in self.report.figures})

    def undo(self) -> None:
        """Take the last change back, and say what it was."""
        if self.typed:
            self.typed = ""
        elif self.before:
            now = self.report.figures
            self.row, self.column, figures = self.before.pop()
            self.report.figures = figures
            back = [c for c in now | figures if now.get(c) != figures.get(c) and not self.is_sum(c)]
            old, new = shown(now.get(back[0])) or "?", shown(figures.get(back[0])) or "?"
            name = f"{self.report.form.row_name(back[0])}｜{self.report.form.column_name(back[0])}"
            self.said = f"已撤销 {len(back)} 格：{name} {old} → {new}"
            self.save()
        else:
            self.said = "没有可以撤销的"

    def paste(self, text: str) -> None:
        """A block pasted at the cursor: by its labels where it has some, else cell by cell."""
        self.typed = ""
        try:
            values = self.labelled_block(text) if self.has_labels(text) else self.bare_block(text)
        except ValueError as why:
            self.said = str(why).partition("\n")[0]
            return
        self.put(values)
        self.said = f"粘贴了 {len(values)} 格，u 撤销"
        if wrong := sum(1 for _ in self.imbalances()):
            self.said += f"；有 {wrong} 列对不上，见最下一行"

    def has_labels(self, text: str) -> bool:
        """Whether a pasted block names its rows."""
        return any(labelled(line, list(self.lines)) for line in text.splitlines())

    def labelled_block(self, text: str) -> dict[Address, Figure | None]:
        """The figures of a block that names its rows."""
        read = block(self.report.form, RowQuestion(self.table, self.lines[0]), text)
        if read.faults:
            self.said = read.faults[0]
        return dict(read.values)

    def bare_block(self, text: str) -> dict[Address, Figure | None]:
        """The figures of a block without labels, laid on the grid from the cursor on.

        A block as high as the rows that are asked leaves out those of sums.
        """
        rows = [split(line, single=False) for line in text.splitlines() if line.strip()]
        under = list(self.lines[self.row :])
        asked = [line for line in under if not all(map(self.is_sum, line.cells))]
        lines = asked if len(rows) == len(asked) else under
        if not rows or len(rows) > len(lines):
            raise ValueError(f"粘贴的有 {len(rows)} 行，从这里往下只有 {len(lines)} 行")
        values: dict[Address, Figure | None] = {}
        for words, line in zip(rows, lines, strict=False):
            cells = line.cells[self.column :]
            if len(words) > len(cells):
                raise ValueError(f"粘贴的有 {len(words)} 列，从这里往右只有 {len(cells)} 列")
            for word, cell in zip(words, cells, strict=False):
                if not self.is_sum(cell):
                    values[cell] = None if word == "?" else figure(word, self.table.kind)
        return values

    def imbalances(self) -> Iterator[tuple[int, Figure]]:
        """The columns whose balance does not hold, with left less right."""
        for balance in self.table.balances:
            for column, cell in enumerate(self.lines[0].cells):
                sides = [
                    self.report.add(
                        tuple(Address(self.table.key, row, cell.column) for row in rows)
                    )
                    for rows in (balance.left, balance.right)
                ]
                left, right = sides
                if left is not None and right is not None and left != right:
                    yield column, left - right

    def is_wrong(self, cell: Address) -> bool:
        """Whether a total is stated otherwise than its terms add up to."""
        if not self.is_sum(cell) or cell not in self.report.figures:
            return False
        added = [self.report.add(terms) for terms in self.report.form.sums[cell]]
        return any(value is not None and value != self.report.figures[cell] for value in added)

    @property
    def unit(self) -> str:
        """What is counted here."""
        return "万元" if self.table.kind is Kind.AMOUNT else "件"
