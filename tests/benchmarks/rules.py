"""How fast a report is checked, and how its memory grows: ``python -m tests.benchmarks.rules``."""

from __future__ import annotations

import gc
import resource
import subprocess
import sys
import time
from collections.abc import Callable

from govdisclose import rules
from govdisclose.model.report import Part, Prose, Report
from govdisclose.rules import registry
from govdisclose.rules.case import Case
from tests.support import corpus, huaian

PROSE = 5000
DRAFTS = 10_000


def long_report() -> Report:
    """A city's report with 5 000 characters of prose."""
    made = huaian.report()
    texts = [text for report in corpus.reports() for _, text in report.texts() if len(text) > 30]
    parts: list[Part] = []
    while sum(len(part.text) for part in parts) < PROSE:
        parts.append(Part("依申请公开情况", texts[len(parts) % len(texts)]))
    made.prose = {
        "overview": Prose(parts=tuple(parts)),
        "problems": Prose("无。"),
        "other": Prose("无。"),
    }
    return made


def best(run: Callable[[], object], times: int = 20) -> float:
    """The shortest of several runs, in milliseconds of the processor."""
    spans = []
    for _ in range(times):
        start = time.process_time()
        run()
        spans.append(time.process_time() - start)
    return min(spans) * 1000


def prose_rules(report: Report) -> None:
    """Run R4 and R5 alone."""
    case = Case(report)
    for rule in registry.RULES:
        if rule.code.startswith(("R4", "R5")):
            list(rule.check(case))


def memory() -> float:
    """The most memory used so far, in megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    """Print every measure on a line."""
    report, small = long_report(), next(iter(corpus.reports()))
    size = sum(len(text) for _, text in report.texts())
    print(f"R4 and R5 on {size} characters: {best(lambda: prose_rules(report)):.1f} ms")
    print(f"all rules on the same report: {best(lambda: rules.check(report)):.1f} ms")
    wrong = huaian.report()
    wrong.figures[next(a for a in wrong.figures if a.row == "granted")] = 1
    print(f"a wrong cell explained: {best(lambda: rules.check(wrong)):.1f} ms")
    start, drafts = time.process_time(), DRAFTS
    rules.check(small)
    before = memory()
    for _ in range(drafts):
        rules.check(
            Report(
                small.form, small.year, small.bureau, prose=small.prose, figures=dict(small.figures)
            )
        )
    span = time.process_time() - start
    gc.collect()
    print(f"{drafts} drafts: {drafts / span:.0f} a second, memory +{memory() - before:.1f} MB")
    code = "from time import process_time as t; s = t(); import govdisclose.rules; print(t() - s)"
    spent = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    print(f"import govdisclose.rules: {float(spent.stdout) * 1000:.0f} ms")


if __name__ == "__main__":
    main()
