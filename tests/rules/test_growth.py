"""The work of the text rules grows with the text, not with its square."""

import time

import pytest

from govdisclose import rules
from govdisclose.rules.language.clauses import REACH, STRETCH, Sentence
from tests.support import corpus

PHRASES = """
收到政府信息公开申请1件，
制发规范性文件1件，
政府信息公开行政复议维持1件，
行政处罚1件，
申请公开3件，其中1件，
自然人申请1件，
申请1件
没有收到申请，
没有复议，
全部申请办结，
比上年增加申请公开1件
与上年相比，申请增加1件
同比增长1%，
公开信息3条，其中政策1条、动态5条。
{abcd}
"""
SHORT = 2000


def seconds(phrase: str, length: int, runs: int) -> float:
    """The shortest time of the processor in which one long text is checked."""
    made = corpus.report("局", "依申请公开情况", (phrase * length)[:length])
    spans = []
    for _ in range(runs):
        start = time.process_time()
        rules.check(made)
        spans.append(time.process_time() - start)
    return min(spans)


@pytest.mark.parametrize("phrase", PHRASES.split())
def test_eight_times_the_text_is_no_more_than_twenty_times_the_work(phrase):
    """It would be sixty-four times if every number looked through all before it."""
    assert seconds(phrase, 8 * SHORT, 2) < 20 * max(seconds(phrase, SHORT, 3), 0.01)


@pytest.mark.parametrize("text", ["收到申请1件，" * 300, "申请1件" * 600, "，" * 3000])
def test_a_place_is_seen_with_enough_before_it_and_not_more(text):
    sentence = Sentence("a", "", text)
    for place in range(0, len(text) + 1, 7):
        said = sentence.said_before(place)
        assert text[:place].endswith(said)
        assert min(place, REACH) <= len(said) <= REACH + STRETCH


def test_what_is_seen_begins_with_a_clause():
    text = "收到政府信息公开申请1件，" * 300
    said = Sentence("a", "", text).said_before(2000)
    assert said.startswith("收到")


@pytest.mark.parametrize("clauses", [1, 20])
def test_a_number_is_told_by_words_some_clauses_before_it(clauses):
    """The year before is remembered over a long sentence."""
    text = "2023年，" + "稳步推进，" * clauses + "共收到政府信息公开申请15件。"
    made = corpus.report("局", "依申请公开情况", text)
    assert "R401" not in {finding.code for finding in rules.check(made)}
