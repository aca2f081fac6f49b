"""Random forms and random reports for the laws."""

from decimal import Decimal

from hypothesis import strategies as st

from govdisclose.model.figures import Figure
from govdisclose.model.form import Address, Form, Item, Kind, Section, Table
from govdisclose.model.front_matter import title
from govdisclose.model.notices import NEWEST
from govdisclose.model.report import (
    KINDS,
    Acknowledged,
    Bureau,
    Limits,
    Part,
    Prose,
    Received,
    Report,
    Signature,
    Unread,
)


def headings(max_depth: int, prefix: str) -> st.SearchStrategy[tuple[Item, ...]]:
    """Random trees of headings with keys of their own; a total here and there."""

    def grow(shape: list, path: str) -> tuple[Item, ...]:
        return tuple(
            Item(
                f"{path}{n}", f"{path}{n}", grow(below, f"{path}{n}_") if below else (), total=last
            )
            for n, (below, last) in enumerate(
                (below, not below and n > 0 and n == len(shape) - 1)
                for n, below in enumerate(shape)
            )
        )

    shapes = st.lists(st.just([]), min_size=1, max_size=4)
    for _ in range(max_depth - 1):
        shapes = st.lists(st.just([]) | shapes, min_size=1, max_size=3)
    return shapes.map(lambda shape: grow(shape, prefix))


@st.composite
def tables(draw: st.DrawFn, key: str) -> Table:
    return Table(
        key,
        rows=draw(headings(3, "r")),
        columns=draw(headings(3, "c")),
        band=draw(st.sampled_from(["", "band"])),
        across=draw(st.booleans()),
    )


@st.composite
def sections(draw: st.DrawFn) -> Section:
    count = draw(st.integers(1, 3))
    return Section("s", "S", "S", tables=tuple(draw(tables(f"t{n}")) for n in range(count)))


counts = st.integers(0, 10**9)
amounts = st.decimals(0, 10**8, places=3, allow_nan=False).map(
    lambda d: d.copy_abs()
) | st.integers(0, 10**6).map(Decimal)
characters = st.characters(
    exclude_categories=("Cs", "Cc"), include_characters="\n\t"
) | st.sampled_from('县局“”，。{}"\\#=[]\n')
texts = st.text(characters, max_size=60).map(
    lambda t: t.replace("\ufffe", "").replace("\uffff", "")
)
lines = texts.map(lambda t: t.replace("\n", " ").replace("\t", " "))


def figure(form: Form, address: Address) -> st.SearchStrategy[Figure]:
    return amounts if form.kind(address) is Kind.AMOUNT else counts


@st.composite
def reports(draw: st.DrawFn, form: Form = NEWEST) -> Report:
    """Any report: figures missing anywhere, sums right or wrong."""
    chosen = draw(st.lists(st.sampled_from(form.addresses), unique=True, max_size=40))
    if draw(st.booleans()):
        chosen = [a for a in form.addresses if a not in chosen]
    seed = draw(st.randoms(use_true_random=False))
    figures = {
        a: Decimal(seed.randrange(10**6)).scaleb(-3)
        if form.kind(a) is Kind.AMOUNT
        else seed.choice((0, seed.randrange(10**7)))
        for a in chosen
    }
    if draw(st.booleans()):
        figures = {a: v for a, v in figures.items() if a not in form.sums}
    if chosen:
        picked = draw(st.sampled_from(chosen))
        figures[picked] = draw(figure(form, picked))
    parts = st.lists(st.builds(Part, lines, texts), max_size=3).map(tuple)
    unread = st.builds(Unread, st.sampled_from(["D003", "D010"]), st.just(""), lines)
    report = Report(
        received=draw(
            st.none()
            | st.builds(Received, lines, lines, unread=st.lists(unread, max_size=2).map(tuple))
        ),
        form=form,
        year=draw(st.none() | st.sampled_from(form.years)),
        bureau=draw(
            st.builds(
                Bureau, lines, st.sampled_from(sorted(KINDS)), lines, lines, lines, lines, lines
            )
        ),
        preamble=draw(st.just("") | texts),
        prose={key: draw(st.builds(Prose, texts, parts)) for key in form.prose},
        figures=figures,
        last_year=dict(draw(st.sampled_from([(), tuple(figures.items())[::7]]))),
        limits=draw(st.just(Limits()) | st.builds(Limits, *[st.none() | st.integers(0, 9999)] * 4)),
        acknowledged=draw(
            st.just(())
            | st.lists(
                st.builds(
                    Acknowledged,
                    st.sampled_from(["R205", "R404"]),
                    st.sampled_from(sorted(form.by_name)),
                    lines,
                    st.lists(
                        st.tuples(st.sampled_from(sorted(form.by_name)), counts.map(str)),
                        max_size=2,
                        unique_by=lambda pair: pair[0],
                    ).map(tuple),
                ),
                max_size=2,
            ).map(tuple)
        ),
    )
    report.signature = draw(st.just(Signature()) | st.builds(Signature, lines, lines))
    whole = "".join(title(report))
    at = draw(st.integers(0, len(whole)))
    report.title_lines = draw(st.just(()) | st.just((whole[:at], whole[at:])))
    return report
