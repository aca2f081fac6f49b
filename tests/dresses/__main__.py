"""Measure the importer: ``python -m tests.dresses [COUNT] [SEED] [KIND…]``."""

import sys
from collections import Counter
from time import perf_counter

from tests.dresses.measure import SILENT, WRONG, dresses, judged
from tests.dresses.tailors import TAILORS

count = int(sys.argv[1]) if len(sys.argv) > 1 else 6 * 38
seed = int(sys.argv[2]) if len(sys.argv) > 2 else 1
total: Counter[str] = Counter()
start = perf_counter()
for dress in dresses(count, seed, sys.argv[3:] or TAILORS):
    found = judged(dress)
    total += found.counts
    if found.faults or found.counts["right"] < 200:
        print(dress.name, dict(found.counts), *found.faults[:4], sep="  ")
print(count, "dresses", dict(total), f"{perf_counter() - start:.1f} s")
sys.exit(1 if total[WRONG] or total[SILENT] else 0)
