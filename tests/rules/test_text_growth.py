"""R411: growth of every row, in the ways people write it."""

import pytest

from govdisclose import rules
from govdisclose.model.notices import NEWEST
from tests.support import corpus

LAST_YEAR = """
applications.received.total 2870
applications.received.natural_person 2750
applications.carried_in.total 60
applications.handled.total 2836
applications.granted.total 1183
applications.partly_granted.total 400
applications.not_held.total 513
applications.must_be_created.total 8
applications.still_unclear.total 0
applications.carried_out.total 34
disputes.reconsideration.total 420
disputes.reconsideration.corrected 80
disputes.litigation_direct.total 30
disputes.litigation_after.total 22
licensing.licence.decided 400000
penalties.penalty.decided 4100000
documents.normative.issued 16
documents.normative.in_force 84
"""
RIGHT = """
全年新收政府信息公开申请3119件，同比增长8.7%。
申请量较上年增长8.68%，增加249件。
收到申请3119件，比上年多249件。
全市收到申请3119件，较2023年增加近一成。
办结申请3050件，同比增长7.5%。
行政复议351件，同比下降16.4%。
行政诉讼46件，较上年减少6件。
行政复议和行政诉讼案件分别为351件、46件，同比分别下降16.4%和11.5%。
行政复议案件较上年减少69件，下降16.4%。
全市作出行政许可决定447228件，同比增长11.8%。
作出行政处罚决定3985758件，较上年下降2.8%。
制发行政规范性文件8件，较上年减少一半。
制发行政规范性文件8件，同比下降50%。
现行有效行政规范性文件66件，比上年减少18件。
予以公开1362件，同比增长15.1%。
自然人申请3001件，同比增长9.1%。
无法提供781件，较上年增加近五成。
行政强制88283件，与上年持平。
结转下年度103件，是上年的3倍。
行政许可数量较上年增长一成多。
新收申请3119件，较上年有所增加。
复议案件同比下降一成多。
申请数量同比上升，复议数量同比下降。
受理申请3119件、办结3050件，同比分别增长8.7%、7.5%。
"""
WRONG = """
全年新收政府信息公开申请3119件，同比增长18.7%。
申请量较上年增长9.68%。
收到申请3119件，比上年多349件。
全市收到申请3119件，较2023年增加近三成。
办结申请3050件，同比下降7.5%。
行政复议351件，同比上升16.4%。
行政诉讼46件，较上年减少16件。
行政复议和行政诉讼案件分别为351件、46件，同比分别下降16.4%和31.5%。
行政复议案件较上年减少89件。
全市作出行政许可决定447228件，同比增长21.8%。
作出行政处罚决定3985758件，较上年增长2.8%。
制发行政规范性文件8件，较上年增加一半。
制发行政规范性文件8件，同比下降30%。
现行有效行政规范性文件66件，比上年减少28件。
予以公开1362件，同比增长25.1%。
自然人申请3001件，同比增长19.1%。
无法提供781件，较上年增加近七成。
行政复议351件，与上年持平。
新收申请3119件，较上年翻了一番。
行政许可数量较上年增长三成多。
新收申请3119件，较上年有所减少。
复议案件同比增长一成多。
受理申请3119件、办结3050件，同比分别增长8.7%、17.5%。
新收申请3119件，是上年的1.5倍。
新收申请较上年增长1.5倍。
收到申请比上年减少近三分之一。
依申请公开数量与去年基本持平。
全市新收申请3119件，相比去年增长20%。
"""


def found(text: str) -> list[str]:
    made = corpus.report("市", "依申请公开情况", text)
    last = dict(made.figures)
    for line in LAST_YEAR.split("\n")[1:-1]:
        name, value = line.split()
        last[NEWEST.by_name[name]] = int(value)
    made.last_year = last
    return [finding.code for finding in rules.check(made) if finding.code == "R411"]


@pytest.mark.parametrize("text", RIGHT.split())
def test_a_growth_that_the_two_years_bear_out_is_left_alone(text):
    assert found(text) == []


@pytest.mark.parametrize("text", WRONG.split())
def test_a_growth_that_they_do_not_bear_out_is_told(text):
    assert found(text) == ["R411"]
