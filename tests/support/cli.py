"""The command line as an officer runs it, and the samples."""

import os
import subprocess
import sys
from pathlib import Path

SAMPLES = Path(__file__).parents[2] / "samples"

LANGXI = SAMPLES / "郎溪县科技工信局2024.toml"
FAULTY = SAMPLES / "有错误的草稿.toml"


def run(*words, cwd: Path, stdin: bytes = b"", **variables: str):
    """A command as a person runs it, its output in UTF-8 unless told otherwise."""
    done = run_in_bytes(*words, cwd=cwd, stdin=stdin, **variables)
    encoding = variables.get("PYTHONIOENCODING", "utf-8")
    out, err = (data.decode(encoding).replace("\r\n", "\n") for data in (done.stdout, done.stderr))
    assert "Traceback" not in err, err
    return done.returncode, out, err


def run_in_bytes(*words, cwd: Path, stdin: bytes = b"", **variables: str):
    """The same, its output as it comes."""
    return subprocess.run(
        [sys.executable, "-m", "govdisclose", *map(str, words)],
        cwd=cwd,
        input=stdin,
        capture_output=True,
        env={**os.environ, "PYTHONIOENCODING": "utf-8", **variables},
        check=False,
    )
