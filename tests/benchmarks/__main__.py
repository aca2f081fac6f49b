"""Measure printing, reading, memory and start-up; ``python -m tests.benchmarks``."""

import os
import shutil
import subprocess
import sys
import tempfile
import time
import tomllib
from collections.abc import Callable
from functools import partial
from itertools import count as count_from
from pathlib import Path
from statistics import median

from govdisclose.county import batch
from govdisclose.formats import draft, word
from govdisclose.formats.container import packed, unpacked
from tests.benchmarks.ways import WAYS
from tests.support import generator, samples

BARE_TYPER = """
import typer
app = typer.Typer(rich_markup_mode=None)
@app.command()
def one(name: str, loud: bool = False): ...
@app.command()
def two(name: str, loud: bool = False): ...
app()
"""


def timed(way: Callable[[], object], seconds: float = 2.0) -> float:
    """The median time of a call in milliseconds, after a first one."""
    way()
    times: list[float] = []
    while sum(times) < seconds and len(times) < 200:
        start = time.perf_counter()
        way()
        times.append(time.perf_counter() - start)
    return median(times) * 1000


def resident() -> float:
    """The resident memory of this process in MB (Linux)."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def process(*command: str) -> float:
    """The median time of a process in milliseconds, its modules compiled beforehand."""
    env = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    run = partial(subprocess.run, command, check=True, stdout=subprocess.DEVNULL, env=env)
    return timed(run, seconds=4.0)


def report_writing() -> None:
    """Ours beside the others, one report in one process."""
    report = samples.full()
    times = {name: timed(make(report)) for name, make in WAYS.items()}
    ours = times["govdisclose"]
    print("printing one full report, in one process after the first")
    for name, took in times.items():
        print(f"  {name:42}{took:9.2f} ms  {took / ours:7.2f} × ours")
    data = word.dumps(report)
    print(f"  reading it back{timed(lambda: word.loads(data)):36.2f} ms")
    print(f"  size of the file{len(data) / 1000:35.1f} KB")


def report_memory(count: int = 1000) -> None:
    """Resident memory while many reports are printed."""
    report = samples.full()
    word.dumps(report)
    before = resident()
    for number in range(count):
        report.year = 2021 + number % 70
        word.dumps(report)
    print(f"memory over {count} reports: {before:.1f} MB → {resident():.1f} MB")


def report_batch(count: int = 300, turns: int = 5) -> None:
    """Many drafts read, checked, compared and printed, beside what no program can do without.

    That is to parse each with tomllib and to zip as much text; in one process, in
    seconds of the processor, the fastest of several turns of each.
    """
    with tempfile.TemporaryDirectory() as folder:
        drafts, outputs = Path(folder) / "in", count_from(1)
        generator.write(drafts, generator.reports(count, copied=0.02))
        texts = [path.read_text("utf-8") for path in drafts.iterdir()]

        def ours() -> None:
            batch.run([drafts], Path(folder) / f"{next(outputs)}", jobs=1)

        ours()
        documents = [unpacked(path.read_bytes()) for path in Path(folder).glob("1/*.docx")]
        assert len(documents) == count

        def least() -> None:
            for text in texts:
                tomllib.loads(text)
            for parts in documents:
                packed(parts)

        spent = [(processor(ours), processor(least)) for _ in range(turns)]
    mine, floor = (min(column) / count for column in zip(*spent, strict=True))
    print(f"{count} drafts read, checked, compared and printed, in one process")
    print(f"  govdisclose {mine:40.2f} ms each")
    print(f"  parsed with tomllib and zipped{floor:22.2f} ms each  {mine / floor:6.2f} × as much")


def processor(work: Callable[[], None]) -> float:
    """The milliseconds that the processor works on something."""
    start = time.process_time()
    work()
    return (time.process_time() - start) * 1000


def report_processes() -> None:
    """Whole processes, with start-up."""
    python = sys.executable
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "report.toml"
        path.write_text(draft.dumps(samples.small()), "utf-8")
        bare = Path(folder) / "bare.py"
        bare.write_text(BARE_TYPER)
        render = (python, "-m", "govdisclose", "render", str(path), "-o", f"{folder}/report.docx")
        times = {
            'python -c "import docx, typer"': process(python, "-c", "import docx, typer"),
            "govdisclose render": process(*render),
            "bare Typer --help": process(python, str(bare), "--help"),
            "govdisclose --help": process(python, "-m", "govdisclose", "--help"),
            "govdisclose --version": process(python, "-m", "govdisclose", "--version"),
        }
        if shutil.which("pandoc"):
            page = Path(folder) / "report.html"
            render_page = (*render[:-1], str(page), "--to", "html")
            subprocess.run(render_page, check=True, stdout=subprocess.DEVNULL)
            times["pandoc, HTML to docx"] = process(
                "pandoc", str(page), "-o", f"{folder}/pandoc.docx"
            )
    print("whole processes")
    for name, took in times.items():
        print(f"  {name:42}{took:9.0f} ms")


if __name__ == "__main__":
    report_writing()
    report_memory()
    report_batch()
    report_processes()
