"""Foreign code that cannot be bounded from outside, run in a child with a watchdog.

One child serves all the files of a call. It may use so much memory and, for
each file, so many seconds; what needs more is unusable, and the next file is
given to a new child.
"""

from __future__ import annotations

import atexit
import importlib
import pickle
import queue
import struct
import subprocess
import sys
import threading
from contextlib import suppress
from typing import IO

from govdisclose.model.finding import Unusable

SECONDS = 5  # of computing for a file
PATIENCE = 30  # seconds by the clock, on a machine that has other things to do
MEMORY = 900_000_000  # bytes of addresses; about half of them are ever used
TOO_COSTLY = "文件的内容太复杂，读它要的时间或内存过多，没有读；请要 Word、Excel 或网页的原件"
LENGTH = struct.Struct(">Q")


class Child:
    """A process that computes for this one."""

    def __init__(self) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "govdisclose.formats.guarded"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        self.answers: queue.Queue[bytes | None] = queue.Queue()
        threading.Thread(target=self.listen, daemon=True).start()

    def listen(self) -> None:
        """Take the answers as they come; None when there will be no more."""
        assert self.process.stdout
        while (answer := received(self.process.stdout)) is not None:
            self.answers.put(answer)
        self.answers.put(None)

    def ask(self, task: str, data: bytes) -> bytes | None:
        """The answer to a task, None where there is none in time."""
        assert self.process.stdin
        try:
            send(self.process.stdin, pickle.dumps((task, data)))
            return self.answers.get(timeout=PATIENCE)
        except (OSError, queue.Empty):
            return None

    def end(self) -> None:
        """End the process."""
        with suppress(OSError):
            self.process.kill()
        self.process.wait()


_children: list[Child] = []


def call(task: str, data: bytes) -> object:
    """What a function, named ``module:function``, gives for some bytes; Unusable as it says."""
    if not _children:
        _children.append(Child())
        if len(_children) == 1:
            atexit.register(end)
    answer = _children[-1].ask(task, data)
    if answer is None:
        end()
        raise Unusable(TOO_COSTLY)
    kind, result = pickle.loads(answer)
    if kind == "unusable":
        raise Unusable(result)
    if kind == "error":
        raise RuntimeError(result)
    return result


def end() -> None:
    """End the child, where there is one."""
    while _children:
        _children.pop().end()


def send(stream: IO[bytes], message: bytes) -> None:
    """Write a message with its length."""
    stream.write(LENGTH.pack(len(message)) + message)
    stream.flush()


def received(stream: IO[bytes]) -> bytes | None:
    """The next message, None at the end."""
    head = stream.read(LENGTH.size)
    if len(head) < LENGTH.size:
        return None
    return stream.read(LENGTH.unpack(head)[0])


def serve() -> None:
    """Answer the tasks of the parent until it ends."""
    limit_memory()
    out = sys.stdout.buffer
    sys.stdout = sys.stderr
    while (message := received(sys.stdin.buffer)) is not None:
        task, data = pickle.loads(message)
        limit_seconds()
        send(out, pickle.dumps(answer(task, data)))


def answer(task: str, data: bytes) -> tuple[str, object]:
    """What a task gives: a result, a sentence for the officer, or an error."""
    module, _, name = task.partition(":")
    try:
        return "result", getattr(importlib.import_module(module), name)(data)
    except Unusable as why:
        return "unusable", str(why)
    except (MemoryError, RecursionError):
        return "unusable", TOO_COSTLY
    except Exception as why:
        return "error", f"{type(why).__name__}: {why}"


def limit_memory() -> None:
    """Bound the memory of this process, where the system can."""
    if sys.platform != "win32":
        import resource

        with suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


def limit_seconds() -> None:
    """Bound the computing for the next file, where the system can."""
    if sys.platform != "win32":
        import resource

        used = resource.getrusage(resource.RUSAGE_SELF)
        limit = int(used.ru_utime + used.ru_stime) + SECONDS + 1
        with suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_CPU, (limit, resource.RLIM_INFINITY))


if __name__ == "__main__":
    serve()
