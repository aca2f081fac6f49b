import ast
from pathlib import Path

from hypothesis import given

import govdisclose
from govdisclose.model import notices
from govdisclose.model.form import Address, Item, Law, leaves, totals
from govdisclose.model.notices import NEWEST
from tests.support.strategies import headings

PACKAGE = Path(govdisclose.__file__).parent


def test_the_form_has_200_figures_of_which_34_are_sums():
    assert len(NEWEST.addresses) == len(set(NEWEST.addresses)) == 200
    assert len(NEWEST.sums) == 34


def test_the_equations_are_those_printed_in_the_form():
    laws = [equation.law for equation in NEWEST.equations]
    assert [laws.count(law) for law in Law] == [25 + 3, 7, 7]
    assert sum(len(eq.right) for eq in NEWEST.equations if eq.law is Law.COLUMN) == 7 * 21


def test_a_figure_is_named_as_printed():
    refused = Address("applications", "repeated", "legal_service")
    assert str(refused) == "applications.repeated.legal_service"
    assert NEWEST.row_name(refused) == "三（五）2.重复申请"
    assert NEWEST.column_name(refused) == "法律服务"
    assert NEWEST.lines["disputes", "litigation_after"].name == "行政诉讼：复议后起诉"


def test_the_form_is_chosen_by_the_year():
    assert notices.form_for(2024) is NEWEST
    assert notices.form_for(2020) is None


def test_a_change_reaches_every_sum_above_it():
    cell = Address("applications", "granted", "research")
    assert {str(total) for total in NEWEST.above[cell]} == {
        "applications.granted.total",
        "applications.handled.research",
        "applications.handled.total",
    }


@given(headings(3, "r"))
def test_a_total_adds_up_only_what_is_no_total(items: tuple[Item, ...]):
    for total, terms in totals(items):
        assert total.total
        assert terms
        assert not any(term.total for term in terms)
        assert set(terms) < set(leaves(items))


def labels(items: tuple[Item, ...]):
    for item in items:
        yield item.label
        yield from labels(item.items)


def test_no_label_of_the_form_is_written_outside_its_notice():
    """DESIGN: one definition, everything else derived."""
    words = {section.label.partition("、")[2] for section in NEWEST.sections} | {
        label
        for table in NEWEST.tables.values()
        for label in (*labels(table.rows), *labels(table.columns), table.band, table.corner)
    }
    long = {word for word in words if len(word) > 4}
    assert len(long) > 30
    for path in PACKAGE.rglob("*.py"):
        if path.parent.name == "notices":
            continue
        tree = ast.parse(path.read_text("utf-8"))
        documentation = {
            id(node.body[0].value)
            for node in ast.walk(tree)
            if isinstance(node, ast.Module | ast.FunctionDef | ast.ClassDef)
            and node.body
            and isinstance(node.body[0], ast.Expr)
        }
        for node in ast.walk(tree):
            if (
                isinstance(node, ast.Constant)
                and isinstance(node.value, str)
                and id(node) not in documentation
            ):
                found = [word for word in long if word in node.value]
                assert not found, f"{path.name}:{node.lineno} writes {found} again"


ABOUT_A_TABLE = ("notices", "rules", "language")
"""The folders whose modules may know a table or a section by its key."""


def test_the_engine_knows_no_notice():
    """No key of a table stands outside the notices and the rules that are about it."""
    keys = {*NEWEST.tables, *(s.key for s in NEWEST.sections if not s.is_prose)}
    for path in PACKAGE.rglob("*.py"):
        if path.parent.name in ABOUT_A_TABLE:
            continue
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                known = node.value.partition(".")[0] in keys and not is_in_a_record(path, node)
                assert not known, f"{path.name}:{node.lineno} knows {node.value}"


def is_in_a_record(path: Path, node: ast.Constant) -> bool:
    """Whether a key is one of our own files and of JSON: the documents of a batch."""
    return node.value == "documents" and path.name in ("batch.py", "overwrite.py")
