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
    env = {**os.environ, "PYTHONIOENCODING": "utf-8", **variables}
    done = subprocess.run(
        [sys.executable, "-m", "govdisclose", *map(str, words)],
        cwd=cwd,
        input=stdin,
        capture_output=True,
        env=env,
        check=False,
    )
    encoding = env["PYTHONIOENCODING"]
    out, err = done.stdout.decode(encoding), done.stderr.decode(encoding)
    assert "Traceback" not in err, err
    return done.returncode, out, err
