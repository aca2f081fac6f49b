"""The portable folder under Wine, where `.ci/windows test` has laid it out.

Elsewhere these tests skip. A command gets pipes for its three streams: CPython for
Windows does not start on Wine with a stream that is a Unix file.
"""

import os
import subprocess
from pathlib import Path
from typing import NamedTuple

import pytest

ANSI = "gbk"
"""What Windows in Chinese calls code page 936."""


class Done(NamedTuple):
    code: int
    out: bytes
    err: bytes

    @property
    def said(self) -> str:
        """What a person sees, both streams."""
        return (self.out + self.err).decode(ANSI, "backslashreplace")


class Windows(NamedTuple):
    """The unpacked folder of an officer, and how programs of Windows are run."""

    folder: Path

    @property
    def python(self) -> Path:
        return self.folder / "python" / "python.exe"

    def run(self, *words, cwd: Path, stdin: bytes = b"", **variables: str) -> Done:
        """A govdisclose command, by the interpreter; nothing may end in a traceback."""
        done = self.wine(
            self.python, "-m", "govdisclose", *words, cwd=cwd, stdin=stdin, **variables
        )
        assert b"Traceback" not in done.err, done.said
        return done

    def double_click(self, *words, cwd: Path, stdin: bytes = b"", **variables: str) -> Done:
        """What the .cmd does, with no words as Explorer starts it."""
        return self.wine(
            *("cmd", "/c", as_windows(self.folder / "govdisclose.cmd")),
            *words,
            cwd=cwd,
            stdin=stdin,
            **variables,
        )

    def script(self, code: str, *words, cwd: Path) -> subprocess.Popen[bytes]:
        """A program of somebody else that goes on beside ours, until its input is closed."""
        command = ["wine", str(self.python), "-c", code, *map(str, words)]
        pipe = subprocess.PIPE
        return subprocess.Popen(command, cwd=cwd, stdin=pipe, stdout=pipe, stderr=pipe)

    def wine(self, *words, cwd: Path, stdin: bytes = b"", **variables: str) -> Done:
        done = subprocess.run(
            ["wine", *map(str, words)],
            cwd=cwd,
            input=stdin,
            capture_output=True,
            env={**os.environ, **variables},
            timeout=180,
            check=False,
        )
        return Done(done.returncode, done.stdout, done.stderr)


def as_windows(path: Path) -> str:
    """A path as programs of Windows know it; Wine calls the root Z:."""
    return "Z:" + str(path).replace("/", "\\")


@pytest.fixture(scope="session")
def windows() -> Windows:
    folder = os.environ.get("GOVDISCLOSE_WINDOWS")
    if not folder:
        pytest.skip("Windows is tried by .ci/windows test")
    return Windows(Path(folder))
