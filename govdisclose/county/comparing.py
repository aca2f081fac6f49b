"""Two years side by side on paper: one unit's, or a county's with all its units."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from govdisclose.analysis import comparison
from govdisclose.analysis.comparison import Change, Comparison, Identity, TextPair
from govdisclose.analysis.unit_names import UnitNames
from govdisclose.formats.paper import Block, Head, Paper, Rows, Text, Value
from govdisclose.model.figures import Figure, shown
from govdisclose.model.form import Address, Form, Kind
from govdisclose.model.report import Report
from govdisclose.rules.case import cell_name

UNKNOWN = "?"
MOST_SENTENCES = 5
FIGURE_HEADS = ("项目", "上年", "本年", "增减", "增减%")
FIGURE_WIDTHS = (36, 9, 9, 9, 9)


# One unit


def paper(found: Comparison, *, everything: bool = False) -> Paper:
    """Two reports of one unit: identities, figures, texts."""
    old, new = found.old, found.new
    title = f"{new.bureau.name}：{old.year or '上年'}年和{new.year or '本年'}年对照"
    return Paper(
        title,
        (
            *map(Text, found.warnings),
            Head("两年之间应当相等的"),
            *identity_blocks(found.identities, new.form),
            Head("数字"),
            *figure_blocks(found.every_cell if everything else found.changes, new.form),
            Head("文字"),
            *text_blocks(found.texts),
        ),
    )


def identity_blocks(identities: list[Identity], form: Form) -> Iterator[Block]:
    """What must hold: what does not, row by row, then how many do."""
    broken = [each for each in identities if each.is_broken]
    known = sum(each.is_known for each in identities)
    if broken:
        rows = tuple(
            (named(form, each.cell), shown(each.stated), shown(each.expected), each.because)
            for each in broken
        )
        heads = ("项目", "本年填", "应为", "算法")
        marked = frozenset(range(len(rows)))
        yield Rows("两年不相接", heads, rows, (36, 9, 9, 24), marked)
    yield Text(f"{known} 处可以核对，{known - len(broken)} 处相等，{len(broken)} 处不相等。")
    if unknown := len(identities) - known:
        yield Text(f"{unknown} 处有一年没有填，没有核对。")


def figure_blocks(changes: list[Change], form: Form) -> Iterator[Block]:
    """The cells, section by section; outcomes that came up or vanished are marked."""
    for section in form.sections:
        keys = {table.key for table in section.tables}
        some = [each for each in changes if each.cell.table in keys]
        if some:
            rows = tuple(figure_row(each, form) for each in some)
            marked = frozenset(n for n, each in enumerate(some) if appeared(each))
            yield Rows(section.short, FIGURE_HEADS, rows, FIGURE_WIDTHS, marked)
    came = [named(form, c.cell) for c in changes if c.old == 0 and c.new and is_inner(form, c)]
    went = [named(form, c.cell) for c in changes if c.new == 0 and c.old and is_inner(form, c)]
    if came:
        yield Text(f"上年没有、本年出现的：{'、'.join(came)}。")
    if went:
        yield Text(f"上年有、本年没有的：{'、'.join(went)}。")
    if not changes:
        yield Text("没有变化。")


def is_inner(form: Form, change: Change) -> bool:
    """Whether a cell is the total of a row that has one, or has none beside it."""
    line = form.lines[change.cell.table, change.cell.row]
    totals = [cell for cell in line.cells if cell in form.sums and cell.row == change.cell.row]
    return change.cell in totals[-1:] or not totals


def appeared(change: Change) -> bool:
    """Whether a figure came up or vanished."""
    return (change.old == 0) != (change.new == 0) and None not in (change.old, change.new)


def figure_row(change: Change, form: Form) -> tuple[Value, ...]:
    """A cell, last year's and this year's figure, and the difference."""
    return (
        cell_name(form, change.cell),
        number(change.old),
        number(change.new),
        signed(change.difference),
        change.percent,
    )


def named(form: Form, cell: Address) -> str:
    """A cell by its table, row and column."""
    return f"{form.homes[cell.table].short}｜{cell_name(form, cell)}"


def number(figure: Figure | None) -> Value:
    """A figure, a question mark where it is not answered."""
    return UNKNOWN if figure is None else figure


def signed(figure: Figure | None) -> Value:
    """A difference with its sign."""
    if figure is None:
        return None
    return f"+{shown(figure)}" if figure > 0 else shown(figure)


def text_blocks(pairs: Iterable[TextPair]) -> Iterator[Block]:
    """How much of each section is last year's, and which sentences."""
    pairs = list(pairs)
    if not pairs:
        yield Text("两年的文字没有可以对照的部分。")
    for pair in pairs:
        yield Text(f"{pair.label}：{pair.percent}% 的文字与上年相同。")
        yield from quoted("一字不差的句子", pair.repeated)
        yield from quoted("写着上年的句子", pair.stale)


def quoted(label: str, sentences: tuple[str, ...]) -> Iterator[Block]:
    """Some sentences, not too many."""
    for sentence in sentences[:MOST_SENTENCES]:
        yield Text(f"　{label}：{sentence}")
    if sentences[MOST_SENTENCES:]:
        yield Text(f"　{label}还有 {len(sentences) - MOST_SENTENCES} 句")


# A county


@dataclass(frozen=True)
class CountyComparison:
    """The reports of a county's units of two years, by unit."""

    old: Mapping[str, Report]
    new: Mapping[str, Report]

    @property
    def form(self) -> Form:
        """The form of this year."""
        return next(iter(self.new.values())).form

    @property
    def both(self) -> dict[str, Comparison]:
        """The units that reported in both years."""
        return {
            name: Comparison(self.old[name], report)
            for name, report in self.new.items()
            if name in self.old
        }

    @property
    def only_new(self) -> list[str]:
        """The units without a report of last year."""
        return [report.bureau.name for name, report in self.new.items() if name not in self.old]

    @property
    def only_old(self) -> list[str]:
        """The units without a report of this year."""
        return [report.bureau.name for name, report in self.old.items() if name not in self.new]

    @property
    def broken(self) -> list[tuple[str, Identity]]:
        """What does not hold between the two years, with its unit."""
        return [
            (each.new.bureau.name, identity)
            for each in self.both.values()
            for identity in each.broken
        ]

    @property
    def outliers(self) -> list[tuple[str, Change]]:
        """The totals that have grown or shrunk beyond belief, with their unit."""
        return [
            (each.new.bureau.name, change)
            for each in self.both.values()
            for change in each.changes
            if change.old is not None
            and change.new is not None
            and is_inner(self.form, change)
            and self.form.kind(change.cell) is Kind.COUNT
            and comparison.is_outlier(change.new, change.old)
        ]

    @property
    def totals(self) -> list[Change]:
        """The figures of the units that reported in both years, added up."""
        old = comparison.total({name: each.old for name, each in self.both.items()})
        new = comparison.total({name: each.new for name, each in self.both.items()})
        return [Change(cell, old.get(cell), new.get(cell)) for cell in self.form.addresses]


def matched(old: Iterable[Report], new: Iterable[Report]) -> tuple[CountyComparison, list[str]]:
    """The units of two years side by side, and whose reports are there twice."""
    news = list(new)
    names = UnitNames(report.bureau.name for report in news)
    by_unit: list[dict[str, Report]] = []
    twice: list[str] = []
    for reports in (list(old), news):
        found: dict[str, Report] = {}
        for report in reports:
            key = names.key(report.bureau.name)
            if key in found:
                twice.append(report.bureau.name)
            found[key] = report
        by_unit.append(found)
    return CountyComparison(*by_unit), twice


def county_paper(found: CountyComparison, *, everything: bool = False) -> Paper:
    """A county against last year: the whole, the units ranked, what stands out."""
    form, both = found.form, found.both
    changes = found.totals
    some = changes if everything else [each for each in changes if each.old != each.new]
    return Paper(
        f"各单位两年对照（{len(both)} 个单位）",
        (
            *absent_blocks(found),
            Head("两年之间应当相等的"),
            *broken_blocks(found),
            Head(f"合计（两年都有报告的 {len(both)} 个单位）"),
            *figure_blocks(some, form),
            Head("各单位排名"),
            *(ranking(found, cell) for cell in comparison.headline(form)),
            Head("增减悬殊的"),
            *outlier_blocks(found),
        ),
    )


def absent_blocks(found: CountyComparison) -> Iterator[Block]:
    """The units that reported in one year only."""
    if found.only_new:
        yield Text(f"没有上年报告的 {len(found.only_new)} 个：{'、'.join(found.only_new)}。")
    if found.only_old:
        yield Text(f"没有本年报告的 {len(found.only_old)} 个：{'、'.join(found.only_old)}。")


def broken_blocks(found: CountyComparison) -> Iterator[Block]:
    """What does not hold, unit by unit."""
    rows = tuple(
        (unit, named(found.form, each.cell), shown(each.stated), shown(each.expected))
        for unit, each in found.broken
    )
    if rows:
        marked = frozenset(range(len(rows)))
        heads = ("单位", "项目", "本年填", "应为")
        yield Rows("两年不相接", heads, rows, (22, 36, 9, 9), marked)
    yield Text(f"{len({row[0] for row in rows})} 个单位有 {len(rows)} 处不相等。")


def ranking(found: CountyComparison, cell: Address) -> Rows:
    """The units by a figure of this year, with last year's and its rank."""
    now = {name: report.figures.get(cell) for name, report in found.new.items()}
    before = {name: report.figures.get(cell) for name, report in found.old.items()}
    ranks, was = ranked(now), ranked(before)
    order = sorted(found.new, key=lambda name: ranks.get(name, len(ranks) + 1))
    rows = []
    for name in order:
        change = Change(cell, before.get(name), now.get(name))
        rows.append(
            (
                found.new[name].bureau.name,
                number(change.new),
                ranks.get(name),
                number(change.old),
                was.get(name),
                signed(change.difference),
                change.percent,
            )
        )
    heads = ("单位", "本年", "名次", "上年", "上年名次", "增减", "增减%")
    name = found.form.row_name(cell)
    return Rows(name, heads, tuple(rows), (24, 9, 6, 9, 8, 9, 9), bars=(3, 1))


def ranked(figures: Mapping[str, Figure | None]) -> dict[str, int]:
    """The rank of each unit, the same for equal figures."""
    known = sorted((f for f in figures.values() if f is not None), reverse=True)
    return {name: known.index(f) + 1 for name, f in figures.items() if f is not None}


def outlier_blocks(found: CountyComparison) -> Iterator[Block]:
    """The figures that stand out, unit by unit."""
    rows = tuple(
        (unit, named(found.form, each.cell), number(each.old), number(each.new), each.percent)
        for unit, each in found.outliers
    )
    if rows:
        heads = ("单位", "项目", "上年", "本年", "增减%")
        yield Rows("增减悬殊", heads, rows, (22, 36, 9, 9, 9))
    yield Text(f"{len(rows)} 处相差 {comparison.TIMES} 倍以上，核对有没有多打、少打一位。")


# For programs


def as_data(found: Comparison, *, everything: bool = False) -> dict[str, object]:
    """Two reports of one unit as JSON gives them; amounts and figures unknown as null."""
    return {
        "bureau": found.new.bureau.name,
        "years": [found.old.year, found.new.year],
        "warnings": found.warnings,
        "identities": [
            {
                "at": str(each.cell),
                "stated": plain(each.stated),
                "expected": plain(each.expected),
                "broken": each.is_broken,
            }
            for each in found.identities
        ],
        "changes": [
            {
                "at": str(each.cell),
                "old": plain(each.old),
                "new": plain(each.new),
                "difference": plain(each.difference),
                "percent": each.percent or None,
            }
            for each in (found.every_cell if everything else found.changes)
        ],
        "texts": [
            {
                "section": each.label,
                "percent": each.percent,
                "repeated": list(each.repeated),
                "stale": list(each.stale),
            }
            for each in found.texts
        ],
    }


def plain(figure: Figure | None) -> int | str | None:
    """A figure as JSON gives it, an amount as text."""
    return shown(figure) if isinstance(figure, Decimal) else figure


def county_as_data(found: CountyComparison, *, everything: bool = False) -> dict[str, object]:
    """A county's units of two years as JSON gives them."""
    return {
        "only_this_year": found.only_new,
        "only_last_year": found.only_old,
        "units": [as_data(each, everything=everything) for each in found.both.values()],
        "totals": [
            {"at": str(each.cell), "old": plain(each.old), "new": plain(each.new)}
            for each in found.totals
        ],
        "outliers": [{"bureau": unit, "at": str(each.cell)} for unit, each in found.outliers],
    }
