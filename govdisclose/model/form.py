"""The vocabulary of a statutory form, and all that follows from its headings.

A table is two trees of headings, rows and columns. Where a row and a column
meet stands one figure, named by its :class:`Address`. Which figures are sums,
which must balance and what each is called follow from the trees alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from functools import cached_property
from typing import NamedTuple


class Kind(Enum):
    """What a table counts: pieces, or money in 万元."""

    COUNT = "count"
    AMOUNT = "amount"


class Law(Enum):
    """Why the two sides of an equation must be equal."""

    ROW = "row"
    COLUMN = "column"
    BALANCE = "balance"


class Address(NamedTuple):
    """Where a figure stands; printed ``applications.received.natural_person``."""

    table: str
    row: str
    column: str

    def __str__(self) -> str:
        return ".".join(self)


class Equation(NamedTuple):
    """Figures whose sum on the left equals the sum on the right."""

    law: Law
    left: tuple[Address, ...]
    right: tuple[Address, ...]


@dataclass(frozen=True)
class Item:
    """A heading: a row or a column where it has no items, else a group of them.

    ``total`` marks the one leaf among its siblings that is the sum of all the
    leaves of the others. ``number`` is printed before ``label`` without a space.
    ``note`` says what is counted there.
    """

    key: str
    label: str
    items: tuple[Item, ...] = ()
    number: str = ""
    short: str = ""
    total: bool = False
    note: str = ""

    @property
    def text(self) -> str:
        """The heading as printed."""
        return self.number + self.label

    @property
    def brief(self) -> str:
        """The heading where room is short."""
        return self.short or self.label

    @cached_property
    def leaves(self) -> tuple[Item, ...]:
        """The rows or columns below this heading, itself where it is one."""
        return leaves(self.items) if self.items else (self,)


def leaves(items: tuple[Item, ...]) -> tuple[Item, ...]:
    """The rows or columns below some headings, in printed order."""
    return tuple(leaf for item in items for leaf in item.leaves)


def every(items: tuple[Item, ...]) -> Iterator[Item]:
    """All headings, the last of two with one key first."""
    for item in reversed(items):
        yield from every(item.items)
        yield item


def depth(items: tuple[Item, ...]) -> int:
    """How many headings stand above one another, 0 for none."""
    return max((1 + depth(item.items) for item in items), default=0)


def paths(items: tuple[Item, ...]) -> Iterator[tuple[Item, ...]]:
    """The way from the root to each leaf."""
    for item in items:
        if item.items:
            yield from ((item, *path) for path in paths(item.items))
        else:
            yield (item,)


def totals(items: tuple[Item, ...]) -> Iterator[tuple[Item, tuple[Item, ...]]]:
    """Each total with the leaves it adds up: all those beside it."""
    terms = leaves(tuple(item for item in items if not item.total))
    for item in items:
        if item.total:
            yield item, tuple(term for term in terms if not term.total)
        yield from totals(item.items)


@dataclass(frozen=True)
class Balance:
    """Rows whose sums are equal in every column, by key.

    ``carried_in`` is the row of what the year before has left, ``carried_out``
    that of what is left to the year after; "" where nothing is.
    """

    left: tuple[str, ...]
    right: tuple[str, ...]
    carried_in: str = ""
    carried_out: str = ""


class StockColumns(NamedTuple):
    """Columns of which the last is what there is at the end of a year, by key.

    It is that of the year before, and what has been ``added`` and ``removed`` since.
    """

    added: str
    removed: str
    standing: str


class Line(NamedTuple):
    """One row of a table: its heading, its name in a message, its figures.

    ``brief`` is the name where room is short.
    """

    row: Item
    name: str
    brief: str
    cells: tuple[Address, ...]


@dataclass(frozen=True)
class Table:
    """Rows by columns; ``across`` prints all rows side by side as one line.

    ``usual`` is the column that a figure given alone belongs to, if there is one;
    ``none`` says that there was nothing to count, so that every figure is 0;
    ``stock`` which columns tell of one thing from year to year.
    """

    key: str
    rows: tuple[Item, ...]
    columns: tuple[Item, ...]
    band: str = ""
    corner: str = ""
    across: bool = False
    kind: Kind = Kind.COUNT
    usual: str = ""
    none: str = ""
    balances: tuple[Balance, ...] = ()
    stock: StockColumns | None = None

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        """The rows in printed order, each with the addresses of its figures."""
        columns = leaves(self.columns)
        return tuple(
            Line(
                path[-1],
                name_of(path, path[-1].text),
                name_of(path, path[-1].number + path[-1].brief),
                tuple(Address(self.key, path[-1].key, column.key) for column in columns),
            )
            for path in paths(self.rows)
        )

    @cached_property
    def row_headings(self) -> dict[str, Item]:
        """Every heading of its rows by key, groups too."""
        return {item.key: item for item in every(self.rows)}

    @cached_property
    def column_headings(self) -> dict[str, Item]:
        """Every heading of its columns by key, groups too."""
        return {item.key: item for item in every(self.columns)}

    def stated(self, line: Line) -> tuple[Address, ...]:
        """The figures of a row without the totals beside them."""
        sums = {total.key for total, _ in totals(self.columns)}
        return tuple(cell for cell in line.cells if cell.column not in sums)

    def equations(self) -> Iterator[Equation]:
        """What must add up: rows, then columns, then balances."""
        rows, columns = leaves(self.rows), leaves(self.columns)
        for row in rows:
            for total, terms in totals(self.columns):
                yield Equation(
                    Law.ROW,
                    (Address(self.key, row.key, total.key),),
                    tuple(Address(self.key, row.key, term.key) for term in terms),
                )
        for total, terms in totals(self.rows):
            for column in columns:
                yield Equation(
                    Law.COLUMN,
                    (Address(self.key, total.key, column.key),),
                    tuple(Address(self.key, term.key, column.key) for term in terms),
                )
        for balance in self.balances:
            for column in columns:
                yield Equation(
                    Law.BALANCE,
                    tuple(Address(self.key, row, column.key) for row in balance.left),
                    tuple(Address(self.key, row, column.key) for row in balance.right),
                )


def name_of(path: tuple[Item, ...], text: str) -> str:
    """A heading named with its groups: by their numbers, else by their labels."""
    groups = (item.number.rstrip("、") or item.label + "：" for item in path[:-1])
    return "".join(groups) + text


class Topic(NamedTuple):
    """What a part of a section is usually about, by its heading.

    ``start`` is a wording to be edited, its figures as ``{address}``; a topic
    without a heading is about the section's lead.
    """

    heading: str
    note: str = ""
    start: str = ""


@dataclass(frozen=True)
class Section:
    """A numbered section: tables, or prose where it has none.

    ``topics`` are what its prose is usually about. ``widths`` are the columns of
    its printed grid in twips, ``style`` names the style of its tables in a
    template; ``note`` says what belongs there; ``short`` names it in a message.
    """

    key: str
    label: str
    short: str
    tables: tuple[Table, ...] = ()
    topics: tuple[Topic, ...] = ()
    widths: tuple[int, ...] = ()
    style: str = ""
    note: str = ""

    @property
    def parts(self) -> tuple[str, ...]:
        """The headings its prose usually has."""
        return tuple(topic.heading for topic in self.topics if topic.heading)

    @property
    def is_prose(self) -> bool:
        """Whether this section is written in sentences."""
        return not self.tables


@dataclass(frozen=True)
class Form:
    """A prescribed report: its sections, and the years it is used for."""

    key: str
    notice: str
    basis: str
    title: str
    years: range
    sections: tuple[Section, ...]

    @cached_property
    def tables(self) -> dict[str, Table]:
        """The tables by key, in printed order."""
        return {table.key: table for section in self.sections for table in section.tables}

    @cached_property
    def prose(self) -> dict[str, Section]:
        """The sections of prose by key, in printed order."""
        return {section.key: section for section in self.sections if section.is_prose}

    @cached_property
    def lines(self) -> dict[tuple[str, str], Line]:
        """Every row of every table, by keys of table and row."""
        return {
            (table.key, line.row.key): line
            for table in self.tables.values()
            for line in table.lines
        }

    @cached_property
    def addresses(self) -> tuple[Address, ...]:
        """Every figure of the form, in printed order."""
        return tuple(cell for line in self.lines.values() for cell in line.cells)

    @cached_property
    def by_name(self) -> dict[str, Address]:
        """The addresses as they are written in a text."""
        return {str(address): address for address in self.addresses}

    @cached_property
    def by_position(self) -> dict[tuple[str | int, ...], str]:
        """The addresses as they are written, by table, row and number of the column from 0."""
        return {
            (*keys, number): str(cell)
            for keys, line in self.lines.items()
            for number, cell in enumerate(line.cells)
        }

    @cached_property
    def equations(self) -> tuple[Equation, ...]:
        """Every sum and balance of the form."""
        return tuple(eq for table in self.tables.values() for eq in table.equations())

    @cached_property
    def sums(self) -> dict[Address, tuple[tuple[Address, ...], ...]]:
        """The figures that are sums, each with the terms of every sum it is."""
        found: dict[Address, tuple[tuple[Address, ...], ...]] = {}
        for law, (total, *_), terms in self.equations:
            if law is not Law.BALANCE:
                found[total] = (*found.get(total, ()), terms)
        return found

    @cached_property
    def above(self) -> dict[Address, tuple[Address, ...]]:
        """The sums that change with a figure, also those of sums."""
        direct: dict[Address, set[Address]] = {address: set() for address in self.addresses}
        for total, sums in self.sums.items():
            for term in (term for terms in sums for term in terms):
                direct[term].add(total)
        return {
            address: tuple(near | {far for total in near for far in direct[total]})
            for address, near in direct.items()
        }

    @cached_property
    def columns(self) -> dict[tuple[str, str], Item]:
        """Every column heading, by keys of table and column."""
        return {
            (table.key, column.key): column
            for table in self.tables.values()
            for column in leaves(table.columns)
        }

    @cached_property
    def homes(self) -> dict[str, Section]:
        """The section in which each table stands, by the table's key."""
        return {table.key: section for section in self.sections for table in section.tables}

    def lines_of(self, table: str) -> tuple[Line, ...]:
        """The rows of a table by its key, none where the form has no such table."""
        return self.tables[table].lines if table in self.tables else ()

    def cells_of(self, table: str, row: str) -> tuple[Address, ...]:
        """The figures of a row by its keys, none where the form has no such row."""
        line = self.lines.get((table, row))
        return line.cells if line else ()

    def kind(self, address: Address) -> Kind:
        """Whether a figure is a count or an amount."""
        return self.tables[address.table].kind

    def row_name(self, address: Address) -> str:
        """The row of a figure, as a message names it."""
        return self.lines[address.table, address.row].name

    def column_name(self, address: Address) -> str:
        """The column of a figure, as a message names it."""
        return self.columns[address.table, address.column].brief
