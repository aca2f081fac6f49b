"""What a long command shows while it works: bars on a screen, lines elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from govdisclose.cli.common import complain

if TYPE_CHECKING:
    from govdisclose.county.workers import Progress, WorkStep


def stop_on_hang_up() -> None:
    """Take the end of the terminal for an interruption, so that everything is cleared away."""
    import signal

    def interrupt(*given: object) -> None:
        raise KeyboardInterrupt

    for name in ("SIGTERM", "SIGHUP"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), interrupt)


def progress() -> Progress:
    """A bar a stage on a terminal, else a line for each tenth.

    The bar draws itself only when it is told to: no thread of its own may run
    while worker processes are forked.
    """
    import sys

    return bars() if sys.stderr.isatty() else lines


def lines(step: WorkStep) -> None:
    """Progress in lines of text, one for a stage that is short."""
    tenth = step.total // 10 if step.total > 20 else step.total
    if step.done == step.total or step.done % tenth == 0:
        complain(f"{step.stage} {step.done}/{step.total}")


def bars() -> Progress:
    """Progress as a bar of Rich for each stage, drawn a hundred times."""
    from rich.console import Console
    from rich.progress import Progress as Bars

    from govdisclose.model.text import wide

    shown: dict[str, Bars] = {}

    def tell(step: WorkStep) -> None:
        if step.stage not in shown:
            bar = shown[step.stage] = Bars(console=Console(stderr=True), auto_refresh=False)
            bar.add_task(step.stage + " " * (8 - wide(step.stage)), total=step.total)
            bar.start()
        bar, [task] = shown[step.stage], shown[step.stage].tasks
        if step.done == step.total or step.done * 100 // step.total != task.percentage // 1:
            bar.update(task.id, completed=step.done, refresh=True)
        if step.done == step.total:
            bar.stop()

    return tell
