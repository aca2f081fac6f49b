"""A finding that complains of words says where they stand."""

from hypothesis import given
from hypothesis import strategies as st

from govdisclose import rules
from govdisclose.formats import draft
from govdisclose.formats.draft.positions import character, place_of
from govdisclose.model.report import Report
from tests.support import corpus

RECEIVED = "{applications.received.total}"


def test_a_span_is_of_the_text_as_the_draft_holds_it():
    text = f"共收到政府信息公开申请{RECEIVED}件，上年结转申请9件。"
    made = corpus.report("局", "依申请公开", text)
    (found,) = [each for each in rules.check(made) if each.code == "R402"]
    assert found.span is not None
    assert text[slice(*found.span)] == "上年结转申请9件"


def test_the_place_is_that_of_the_words_not_of_the_first_like_them():
    text = '这一"目的的"确立\\。\n及时更新公开的的信息。'
    reading = draft.loads(draft.dumps(corpus.report("局", "主动公开", text)).encode())
    (found,) = [each for each in rules.check(reading.report) if each.code == "R510"]
    place = place_of(found, reading)
    lines = draft.dumps(reading.report).splitlines()
    assert place is not None
    assert lines[place.line - 1][place.column - 1 :].startswith("的的信息")


@given(st.lists(st.sampled_from(["甲", "{{", RECEIVED, "}}", "12", "，"]), max_size=8), st.data())
def test_a_stretch_as_printed_is_found_again(pieces: list[str], data: st.DataObject):
    report: Report = corpus.report("局", "", "")
    text = "".join(pieces)
    printed = report.says(text)
    start = data.draw(st.integers(0, len(printed)))
    end = data.draw(st.integers(start, len(printed)))
    begin, stop = report.drafted(text, (start, end))
    assert 0 <= begin <= stop <= len(text)
    assert printed[start:end] in report.says(text[begin:stop])


@given(st.text(alphabet='甲"\\\n乙\t', max_size=12), st.data())
def test_a_character_of_a_toml_string_is_found(text: str, data: st.DataObject):
    report = corpus.report("局", "", "")
    report.preamble = f"首{text}尾"
    written = draft.dumps(report)
    string = written[written.index("[preamble]") :].partition("= ")[2]
    string = string[: string.index('尾"') + 2] if string[:3] != '"""' else string.partition("尾")[0]
    index = data.draw(st.integers(0, len(text)))
    at = character(string + '"""' * string.startswith('"""'), index)
    want = report.preamble[index]
    assert string[at : at + 1] in (want, "\\")
