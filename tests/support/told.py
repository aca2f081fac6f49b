"""What must be true of whatever a reader gives, or says, of a file of others."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from govdisclose.model.finding import Unusable
from govdisclose.model.report import Reading

PROGRAM = re.compile(r"Traceback|Error\b|Exception|0x[0-9a-f]{6}|<class|NoneType|None\b")


@contextmanager
def one_sentence() -> Iterator[None]:
    """Where something is unusable, one Chinese sentence without the program's own words says so."""
    try:
        yield
    except Unusable as why:
        words = str(why)
        assert re.search(r"[\u4e00-\u9fff]{4}", words), words
        assert "\n" not in words, words
        assert not PROGRAM.search(words), words


def read_or_told(loads: Callable[[bytes], Reading], data: bytes) -> Reading | None:
    """What a reader gives of a file, of which all is sound; None where it says why not."""
    reading = None
    with one_sentence():
        reading = loads(data)
    if reading:
        form, figures = reading.report.form, reading.report.figures
        assert figures.keys() <= set(form.addresses)
        assert all(0 <= figure < 10**12 for figure in figures.values())
        for finding in reading.findings:
            assert re.search(r"[\u4e00-\u9fff]", finding.message), finding
            assert not PROGRAM.search(finding.message), finding
    return reading
