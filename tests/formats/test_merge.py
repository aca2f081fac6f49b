"""What was changed in a printed document comes back into its draft, and nothing else moves."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from govdisclose.formats import merge, printed, word
from govdisclose.formats.merge import Change
from govdisclose.model.form import Address
from govdisclose.model.report import Part, Prose, Report
from tests.support import samples
from tests.support.strategies import reports

RECEIVED = "{applications.received.total}"


def read_back(report: Report) -> Report:
    """What a reader makes of the Word document of a report."""
    return word.loads(printed(report, ".docx")).report


def with_lead(report: Report, text: str) -> Report:
    """The report with another lead of its first section."""
    return replace(report, prose=report.prose | {"overview": Prose(text, ())})


@settings(max_examples=10, deadline=None)
@given(report=reports())
def test_a_document_as_it_was_printed_says_nothing_new(report: Report):
    base = read_back(report)
    assert merge.differences(report, base, base) == []


@settings(max_examples=10, deadline=None)
@given(report=reports())
def test_what_is_not_accepted_changes_nothing(report: Report):
    assert merge.merged(report, []) == report


@settings(max_examples=10, deadline=None)
@given(one=reports(), other=reports())
def test_all_accepted_the_draft_prints_what_the_document_says(one: Report, other: Report):
    draft, document = replace(one, year=2024), replace(other, year=2024)
    found = merge.differences(draft, draft, document)
    result = merge.merged(draft, found)
    sums = set(map(str, draft.form.sums))  # they follow their terms, whatever was stated
    left = merge.differences(result, result, document)
    assert [one for one in left if one.at not in sums] == []


def test_one_sentence_changed_is_one_difference():
    draft = with_lead(samples.city(), f"新收{RECEIVED}件。全部办结。另起一句。")
    base = read_back(draft)
    document = with_lead(base, "新收3119件。都已办结。另起一句。")
    [found] = merge.differences(draft, base, document)
    assert (found.change, found.at) == (Change.WORDS, "overview.lead")
    assert (found.draft, found.document) == ("全部办结。", "都已办结。")
    result = merge.merged(draft, [found])
    assert result.prose["overview"].lead == f"新收{RECEIVED}件。都已办结。另起一句。"


@pytest.mark.parametrize(
    ("new", "expected"),
    [
        ("本年新收3119件申请。", f"本年新收{RECEIVED}件申请。"),
        ("新收3120件。", "新收3120件。"),
        ("新收13119件。", "新收13119件。"),
        ("新收3119.5件。", "新收3119.5件。"),
        ("新收31190件。", "新收31190件。"),
        ("一共{3119}件。", f"一共{{{{{RECEIVED}}}}}件。"),
    ],
)
def test_an_address_stays_where_its_number_stands(new: str, expected: str):
    assert merge.bound(f"新收{RECEIVED}件。", new, samples.city()) == expected


@given(st.text("新收3件19.{}，", max_size=30))
def test_bound_words_print_as_they_were_written(new: str):
    report = samples.city()
    assert report.says(merge.bound(f"新收{RECEIVED}件，{RECEIVED}件。", new, report)) == new


def test_parts_added_gone_and_renamed():
    parts = tuple(Part(f"第{n}", f"文字{n}。") for n in "甲乙丙")
    draft = replace(samples.city(), prose=samples.city().prose | {"overview": Prose("", parts)})
    base = read_back(draft)
    new = (parts[0], Part("新加", "一段。\n又一段。"), Part("第丙", "文字改了。"))
    document = replace(base, prose=base.prose | {"overview": Prose("", new)})
    found = merge.differences(draft, base, document)
    assert merge.merged(draft, found).prose["overview"].parts == new
    gone = replace(base, prose=base.prose | {"overview": Prose("", parts[:1])})
    changes = [one.change for one in merge.differences(draft, base, gone)]
    assert changes == [Change.PART_GONE, Change.PART_GONE]
    assert (
        merge.merged(draft, merge.differences(draft, base, gone)).prose["overview"].parts
        == (parts[:1])
    )


def test_a_figure_changed_takes_its_sums_along():
    draft = samples.city()
    base = read_back(draft)
    address = Address("applications", "received", "natural_person")
    document = base.copy()
    document.figures[address] = 3002
    [found] = merge.differences(draft, base, document)
    assert (found.change, found.draft, found.document) == (Change.FIGURE, "3001", "3002")
    result = merge.merged(draft, [found])
    assert result.figures[address] == 3002
    assert result.figures[address._replace(column="total")] == 3120


def test_particulars_come_back():
    draft = samples.small()
    base = read_back(draft)
    document = replace(base, bureau=replace(base.bureau, telephone="0563-1234567"))
    [found] = merge.differences(draft, base, document)
    assert found.at == "bureau.telephone"
    assert merge.merged(draft, [found]).bureau.telephone == "0563-1234567"
