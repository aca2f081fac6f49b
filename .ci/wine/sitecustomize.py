"""For the tests: Wine 8 loses empty messages in a pipe, and a pool wakes itself with those."""

import concurrent.futures.process


def wakeup(self) -> None:  # noqa: ANN001
    """Wake the pool with a message that is not empty; Windows itself needs no such thing."""
    if not self._closed:
        self._writer.send_bytes(b"w")


concurrent.futures.process._ThreadWakeup.wakeup = wakeup
