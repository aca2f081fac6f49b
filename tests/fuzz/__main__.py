"""Run ``python -m tests.fuzz [--count N] [--seed N] [FORMAT …]``: what became of them all."""

from __future__ import annotations

import argparse
import tempfile
from collections import Counter
from pathlib import Path

from tests.fuzz import MUTATORS, Outcome, made, tried
from tests.support.cli import run_in_bytes

TIMES_DRAFTS = 10  # as many drafts as files of any other format
OF_A_FOLDER = 100


def shown(suffix: str, outcomes: list[Outcome]) -> None:
    """A line for a format, then its first faults."""
    counts = Counter(each.state for each in outcomes)
    slowest = max((each.seconds for each in outcomes), default=0.0)
    told = "，".join(f"{state} {count}" for state, count in sorted(counts.items()))
    print(f"{suffix:6} {len(outcomes):6}  {told}，slowest {slowest:.2f} s", flush=True)
    for fault in Counter(each.fault for each in outcomes if each.fault).most_common(5):
        print(f"{fault[1]} ×\n{fault[0]}")


def folders(seeds: range) -> Outcome:
    """Drafts by the hundred through batch and rollup, as an officer runs them."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        for seed, data in zip(seeds, made(".toml", seeds), strict=True):
            (folder / f"{seed}.toml").write_bytes(data)
        for words in (("batch", ".", "-o", "出"), ("rollup", ".", "-o", "和.toml", "--partial")):
            done = run_in_bytes(*words, cwd=folder)
            said = (done.stdout + done.stderr).decode("utf-8", "replace")
            if "Traceback" in said or "程序在这份草稿上出错" in said:
                return Outcome("traceback", 0, said[-2000:])
    return Outcome("read", 0)


def main() -> None:
    """Try all, and end with 1 where there was any fault."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz")
    parser.add_argument("formats", nargs="*", default=list(MUTATORS), choices=[[], *MUTATORS])
    parser.add_argument("--count", type=int, default=2_000)
    parser.add_argument("--seed", type=int, default=0)
    given = parser.parse_args()
    faults = 0
    for suffix in given.formats or MUTATORS:
        count = given.count * (TIMES_DRAFTS if suffix == ".toml" else 1)
        seeds = range(given.seed, given.seed + count)
        outcomes = [tried(suffix, data) for data in made(suffix, seeds)]
        shown(suffix, outcomes)
        faults += sum(bool(each.fault) or each.seconds > 5 for each in outcomes)
    if ".toml" in (given.formats or MUTATORS):
        starts = range(given.seed, given.seed + max(1, given.count // 10), OF_A_FOLDER)
        outcomes = [folders(range(start, start + OF_A_FOLDER)) for start in starts]
        shown("batch", outcomes)
        faults += sum(bool(each.fault) for each in outcomes)
    raise SystemExit(1 if faults else 0)


if __name__ == "__main__":
    main()
