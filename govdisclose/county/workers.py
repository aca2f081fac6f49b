"""Work spread over processes: results in order, and no item stops another."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Generator, Sequence
from contextlib import closing
from functools import partial
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from govdisclose.model.finding import Unusable

if TYPE_CHECKING:
    from concurrent.futures import ProcessPoolExecutor

Work = TypeVar("Work")
Result = TypeVar("Result")

METHOD = "fork" if sys.platform == "linux" else "spawn"
MIN_ITEMS = {"fork": 10, "spawn": 50}[METHOD]
"""With fewer items the processes cost more time than they save."""


MOST_PROCESSES = 61
"""Windows waits for no more at once; a pool of more is refused there."""


def cores() -> int:
    """How many processes this machine can run side by side."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def spread(
    work: Callable[[Work], Result],
    items: Sequence[Work],
    jobs: int | None = None,
    *,
    pays: int = MIN_ITEMS,
) -> Generator[Result | None, None, None]:
    """The result of each item, in their order; None where its process died.

    With fewer than ``pays`` items a process none but this is started: few where
    one is heavy. An interruption ends the processes after the items they are at.
    """
    jobs = min(jobs or cores(), MOST_PROCESSES, max(1, len(items) // pays))
    if jobs == 1:
        yield from map(work, items)
        return
    from concurrent.futures.process import BrokenProcessPool

    done = 0
    pool = started(jobs)
    try:
        for result in pool.map(work, items, chunksize=chunk(len(items), jobs, pays)):
            yield result
            done += 1
    except BrokenProcessPool:
        yield from (alone(work, item) for item in items[done:])
    finally:
        pool.shutdown(cancel_futures=True)


def started(jobs: int) -> ProcessPoolExecutor:
    """A pool whose processes leave it to this one to end."""
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    return ProcessPoolExecutor(jobs, get_context(METHOD), initializer=detach_signals)


def detach_signals() -> None:
    """Go on when the terminal interrupts or is gone: the parent ends this process."""
    if hasattr(os, "setpgrp"):
        os.setpgrp()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    Thread(target=end_with_parent, daemon=True).start()


def end_with_parent() -> None:
    """End this process as soon as the one that started it is gone, however it went."""
    from multiprocessing import connection, parent_process

    parent = parent_process()
    if parent is not None:
        connection.wait([parent.sentinel])
        os._exit(1)


def chunk(count: int, jobs: int, pays: int) -> int:
    """How many items a process takes at once: few of a short list, one that is heavy."""
    return max(1, min(32, count // (jobs * 8))) if pays > 1 else 1


def alone(work: Callable[[Work], Result], item: Work) -> Result | None:
    """The result of an item in a process of its own, None where that dies."""
    from concurrent.futures.process import BrokenProcessPool

    with started(1) as pool:
        try:
            return pool.submit(work, item).result()
        except BrokenProcessPool:
            return None


# One item of many


class Failure(NamedTuple):
    """Why there is no result of an item, in one sentence for the officer."""

    reason: str


def attempt(path: Path, work: Callable[[], Result]) -> Result | Failure:
    """The result of some work on a file; whatever is wrong with it stops no other."""
    try:
        return work()
    except Unusable as error:
        return Failure(str(error))
    except Exception as error:  # an internal error in one item must not stop the others
        kind = f"{type(error).__name__}：{error}"[:200]
        words = f"程序在这份草稿上出错（{kind}），请连同草稿告诉开发者；其他草稿不受影响"
        return Failure(f"{path}：{words}")


def died(path: Path) -> Failure:
    """What there is of an item whose process died, for lack of memory or an internal error."""
    return Failure(f"{path}：处理这份草稿的进程意外结束，可能是内存不足；其他草稿不受影响")


# Stages of a batch


class WorkStep(NamedTuple):
    """How far a stage of the work is, and the draft that is done."""

    stage: str
    done: int
    total: int
    path: Path


Progress = Callable[[WorkStep], None]


def staged(
    stage: str,
    work: Callable[[Work], Result],
    items: Sequence[Work],
    paths: Sequence[Path],
    jobs: int | None,
    progress: Progress,
) -> Generator[Result | Failure, None, None]:
    """The results of a stage in the order of its items, each told as it comes."""
    pairs = list(zip(paths, items, strict=True))
    with closing(spread(partial(attempt_item, work=work), pairs, jobs)) as results:
        for done, (path, result) in enumerate(zip(paths, results, strict=True), start=1):
            progress(WorkStep(stage, done, len(items), path))
            yield died(path) if result is None else result


def attempt_item(pair: tuple[Path, Work], work: Callable[[Work], Result]) -> Result | Failure:
    """The result of an item that is about a file."""
    path, item = pair
    return attempt(path, partial(work, item))
