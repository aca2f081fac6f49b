"""How batch and similarity grow: ``python -m tests.benchmarks.scale [COUNT]``.

Prints drafts per second with one and two processes, milliseconds a draft and
memory from 100 to COUNT drafts (1 000 unless said), a loop of docxtpl over the
same drafts, and the similarity of all texts beside comparing every pair.
"""

import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from random import Random

from govdisclose.county.draft_store import stored_draft, temporary_store
from govdisclose.files import disk
from govdisclose.model.report import Reading, Report
from govdisclose.rules import cross_unit
from tests.benchmarks.ways import with_docxtpl
from tests.support.generator import reports, write

ALONE = """
import resource, sys, time
from pathlib import Path
from govdisclose.county import batch
start = time.perf_counter()
batch.run([Path(sys.argv[1])], Path(sys.argv[2]), jobs=int(sys.argv[3]))
spent = time.perf_counter() - start
status = dict(line.split(":", 1) for line in open("/proc/self/status"))
own = int(status["VmHWM"].split()[0])  # ru_maxrss would count what started this process
child = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
print(spent, own // 1024, child // 1024)
"""


def run(drafts: Path, jobs: int) -> tuple[float, int, int]:
    """Seconds of a batch in a new process, and megabytes of it and of its largest child."""
    with tempfile.TemporaryDirectory() as out:
        command = [sys.executable, "-c", ALONE, str(drafts), out, str(jobs)]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
    spent, own, child = done.stdout.split()
    return float(spent), int(own), int(child)


def bests(drafts: Path, *jobs: int, times: int = 5) -> list[float]:
    """Seconds of the fastest of some batches for each number of processes, by turns."""
    turns = [[run(drafts, each)[0] for each in jobs] for _ in range(times)]
    return [min(spent) for spent in zip(*turns, strict=True)]


def timed(work: Callable[[], object]) -> float:
    """Seconds that something takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def tell_processes(drafts: Path, count: int) -> float:
    """Print how two processes compare with one; gives seconds a draft with one."""
    one, two = bests(drafts, 1, 2)
    print(f"{count} drafts read, checked, compared, printed")
    print(f"  1 process     {count / one:7.0f} a second   {1000 * one / count:6.2f} ms each")
    print(f"  2 processes   {count / two:7.0f} a second   efficiency {one / two / 2:.0%}")
    return one / count


def tell_docxtpl(drafts: Path, ours: float, count: int = 30) -> None:
    """Print what a loop of docxtpl takes for the printing alone."""
    read = [disk.read(path).report for path in sorted(drafts.glob("*.toml"))[:count]]
    ways = [with_docxtpl(report) for report in read]
    each = timed(lambda: [way() for way in ways]) / count
    print(f"  docxtpl loop  {1 / each:7.0f} a second   {1000 * each:6.2f} ms each, printing alone")
    print(f"                {each / ours:7.1f} times ours")


def tell_growth(folder: Path, counts: list[int]) -> None:
    """Print time and memory a draft for more and more drafts."""
    print("\ndrafts    ms each   MB of the parent   MB of a worker   (2 processes)")
    for count in counts:
        drafts = folder / str(count)
        if not drafts.exists():
            write(drafts, reports(count, copied=0.02))
        spent, own, child = run(drafts, 2)
        print(f"{count:6}   {1000 * spent / count:8.2f}   {own:16}   {child:14}")


def tell_similarity(counts: list[int]) -> None:
    """Print the time to find all copied texts, beside that of comparing every pair."""
    print("\ndrafts   seconds   us a draft   found   every pair with rapidfuzz (estimated)")
    for count in counts:
        made = [one.report for one in reports(count, seed=3, copied=0.05)]
        found = set[int]()
        spent = timed(lambda made=made, found=found: found.update(flagged(made)))
        pairs = every_pair([said(report) for report in made])
        print(f"{count:6}   {spent:7.2f}   {1e6 * spent / count:10.0f}   {len(found):5}   {pairs}")


def said(report: Report) -> str:
    """Section one in one piece."""
    return "\n".join(report.says(part.text) for part in report.prose["overview"].parts)


def flagged(made: list[Report]) -> set[int]:
    """The drafts of which more than half of a section stands in another, in one process."""
    with temporary_store() as store:
        store.fill((n, stored_draft(Reading(report, [], {}))) for n, report in enumerate(made))
        return {
            number
            for number in range(len(made))
            if any(cross_unit.prose_of_its_own(store.beside(number)))
        }


def every_pair(texts: list[str], sample: int = 4000) -> str:
    """What comparing all pairs would take, judged by a sample of them."""
    try:
        from rapidfuzz import fuzz
    except ImportError:
        return "rapidfuzz is not installed"
    random = Random(1)
    pairs = [random.sample(texts, 2) for _ in range(sample)]
    ratios: list[float] = []
    spent = timed(lambda: ratios.extend(fuzz.ratio(*pair) for pair in pairs))
    whole = spent / sample * len(texts) * (len(texts) - 1) / 2
    mean = sum(ratios) / sample
    return (
        f"{whole:.1f} s; two texts that share nothing score {mean:.0f}, at most {max(ratios):.0f}"
    )


def main(most: int) -> None:
    """Print all of it."""
    folder = Path(tempfile.mkdtemp(prefix="govdisclose-scale-"))
    try:
        drafts = folder / "1000"
        write(drafts, reports(1000, copied=0.02))
        tell_docxtpl(drafts, tell_processes(drafts, 1000))
        tell_growth(folder, [count for count in (100, 300, 1000, 3000, 10_000) if count <= most])
        tell_similarity([count for count in (250, 500, 1000, 2000, 4000, 8000) if count <= most])
    finally:
        shutil.rmtree(folder)


if __name__ == "__main__":
    main(int(sys.argv[1]) if sys.argv[1:] else 1000)
