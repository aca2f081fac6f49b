from govdisclose import rules
from govdisclose.model import input_errors
from govdisclose.model.finding import Finding
from govdisclose.model.form import Address
from govdisclose.model.notices import NEWEST
from govdisclose.model.report import Bureau, Prose, Report
from govdisclose.rules import registry


def sound() -> Report:
    """A made-up report in which everything adds up."""
    return Report(
        year=2024,
        bureau=Bureau("甲县乙局"),
        prose={key: Prose("有文字。") for key in NEWEST.prose},
        figures={a: 0 for a in NEWEST.addresses if a not in NEWEST.sums},
    )


def figure(name: str) -> Address:
    return NEWEST.by_name[name]


def found(report: Report, **given) -> list[tuple[str, str]]:
    return [(finding.code, finding.at) for finding in rules.check(report, **given)]


def errors(report: Report) -> list[Finding]:
    return [f for f in rules.check(report) if f.severity is registry.ERROR]


def test_a_sound_report_has_no_error():
    assert errors(sound()) == []


def test_an_unanswered_cell_gives_one_finding():
    report = sound()
    report.put({figure("applications.granted.research"): None})
    assert [(f.code, f.at) for f in errors(report)] == [("R101", "applications.granted")]
    assert errors(report)[0].message.startswith(
        "三、收到和处理…｜三（一）予以公开：科研机构还没有填报"
    )


def test_a_table_not_begun_gives_one_finding():
    report = sound()
    report.put({a: None for a in NEWEST.addresses if a.table == "applications"})
    assert [(f.code, f.at) for f in errors(report)] == [("R101", "applications")]


def test_what_could_not_be_read_is_not_called_unanswered():
    report = sound()
    cell = figure("licensing.licence.decided")
    report.put({cell: None})
    known = input_errors.unreadable("D003", str(cell), "…")
    assert found(report, known=[known])[0] == ("D003", str(cell))
    assert "R101" not in [code for code, _ in found(report, known=[known])]


def test_every_single_change_of_a_sum_table_is_caught():
    for address in NEWEST.addresses:
        if address.table in ("applications", "disputes"):
            report = sound()
            report.figures[address] += 1
            assert errors(report), address


def test_the_balance_names_both_sides():
    report = sound()
    report.put({figure("applications.received.natural_person"): 58})
    report.put({figure("applications.granted.natural_person"): 59})
    report.figures[figure("applications.carried_out.natural_person")] = 0
    message = next(f.message for f in errors(report) if f.code == "R203")
    assert message.startswith(
        "三、收到和处理…｜自然人：第一项加第二项为 58，第三项（七）加第四项为 59，相差 −1\n"
        "本年新收 58 + 上年结转 0 = 58；（七）总计 59 + 结转下年度 0 = 59"
    )


def test_more_carried_out_than_there_was_is_seen_before_the_outcomes_are_known():
    report = sound()
    report.put(
        {
            figure("applications.granted.natural_person"): None,
            figure("applications.carried_out.natural_person"): 4,
            figure("applications.received.natural_person"): 3,
        }
    )
    assert ("R207", "applications.carried_out.natural_person") in found(report)
    report.put({figure("applications.granted.natural_person"): 0})
    assert "R207" not in [code for code, _ in found(report)]


def test_every_rule_has_a_page_with_examples():
    for rule in registry.RULES:
        page = rule.check.__doc__
        assert page, rule.code
        for mark in ("依据：", "不通过：", "\n    通过："):
            assert mark in page, rule.code


def test_codes_are_unique_and_in_order():
    codes = [rule.code for rule in registry.RULES]
    assert codes == sorted(set(codes))
