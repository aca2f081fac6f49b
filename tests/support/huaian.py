"""The figures that 淮安市人民政府 published for 2024: all 49 sums hold."""

from decimal import Decimal

from govdisclose.model.figures import Figure
from govdisclose.model.form import Address
from govdisclose.model.notices import NEWEST
from govdisclose.model.report import Bureau, Prose, Report

ROWS = """
documents.rules 1 0 11
documents.normative 8 26 66
licensing.licence 447228
penalties.penalty 3985758
penalties.coercion 88283
fees.charge 96171.6
disputes.reconsideration 72 64 178 37 351
disputes.litigation_direct 13 4 8 1 26
disputes.litigation_after 12 1 1 6 20
applications.received 3001 53 0 0 61 4 3119
applications.carried_in 34 0 0 0 0 0 34
applications.granted 1288 21 0 0 50 3 1362
applications.partly_granted 447 7 0 0 0 0 454
applications.state_secret 2 0 0 0 0 0 2
applications.prohibited_by_law 30 1 0 0 0 0 31
applications.security_and_stability 5 0 0 0 0 0 5
applications.third_party_rights 6 0 0 0 0 0 6
applications.internal_affairs 7 1 0 0 0 0 8
applications.deliberative_process 12 0 0 0 0 0 12
applications.enforcement_files 9 0 0 0 0 0 9
applications.administrative_inquiry 105 0 0 0 0 0 105
applications.not_held 746 12 0 0 10 1 769
applications.must_be_created 11 0 0 0 0 0 11
applications.still_unclear 1 0 0 0 0 0 1
applications.petition 56 6 0 0 0 0 62
applications.repeated 25 0 0 0 0 0 25
applications.publication 0 0 0 0 0 0 0
applications.excessive 0 0 0 0 0 0 0
applications.reconfirmation 1 0 0 0 0 0 1
applications.not_corrected 67 3 0 0 1 0 71
applications.fee_unpaid 6 0 0 0 0 0 6
applications.otherwise 108 2 0 0 0 0 110
applications.handled 2932 53 0 0 61 4 3050
applications.carried_out 103 0 0 0 0 0 103
"""


def figures() -> dict[Address, Figure]:
    """The 200 figures as published."""
    found: dict[Address, Figure] = {}
    for line in ROWS.split("\n")[1:-1]:
        name, *values = line.split()
        table, row = name.split(".")
        for cell, value in zip(NEWEST.lines[table, row].cells, values, strict=True):
            found[cell] = Decimal(value) if table == "fees" else int(value)
    return found


def report() -> Report:
    """The city's report with its figures, and a word in each section of prose."""
    return Report(
        year=2024,
        bureau=Bureau("淮安市人民政府", kind="government"),
        prose={key: Prose("有文字。") for key in NEWEST.prose},
        figures=figures(),
    )
