"""ONLYOFFICE's document builder, the second engine that documents are laid out by.

A separate program that tests start (``.ci/install`` fetches it); no part of it
is imported. It knows no fonts but those of ``fonts``, under the document's names.
"""

import fcntl
import os
import subprocess
from collections.abc import Iterable, Mapping
from pathlib import Path

from tests.support import fonts
from tests.support.ooxml import TOOLS

FOLDER = TOOLS / "onlyoffice"
SECONDS = 300


def program() -> Path | None:
    """Where it is, None where it is not installed."""
    return next(FOLDER.glob("lib/python*/site-packages/docbuilder/lib/docbuilder"), None)


def missing() -> list[str]:
    """What is not here that it needs."""
    return [] if program() else ["ONLYOFFICE's document builder"]


def convert(files: Mapping[str, bytes], to: str, folder: Path) -> dict[str, Path]:
    """Each file in another format, by its name; a name's suffix says what a file is.

    A file that is not converted is left out. All are done with one start.
    """
    outputs = {name: folder / f"{Path(name).stem}.oo.{to}" for name in files}
    commands = []
    for name, output in outputs.items():
        (folder / name).write_bytes(files[name])
        commands += [
            f'builder.OpenFile("{folder / name}");',
            f'builder.SaveFile("{to}", "{output}");',
            "builder.CloseFile();",
        ]
    run(commands, folder)
    return {name: output for name, output in outputs.items() if output.exists()}


def run(commands: Iterable[str], folder: Path) -> None:
    """Let it carry out a script, one command a line."""
    found = program()
    assert found, "ONLYOFFICE's document builder is not here"
    script = folder / "script.docbuilder"
    script.write_text("\n".join(commands), "utf-8")
    learn_fonts(found)
    start(found, script)


def start(found: Path, script: Path, *options: str) -> None:
    """Start it once; it says nothing of use, and its licence line is not ours."""
    subprocess.run(
        [found, f"--fonts-dir={fonts.named()}", "--fonts-system=false", *options, script],
        env={**os.environ, "LD_LIBRARY_PATH": str(found.parent)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        timeout=SECONDS,
        check=False,
    )


def learn_fonts(found: Path) -> None:
    """Let it look for fonts once: later it goes by the list it has made then."""
    known = found.parent / "sdkjs/common/AllFonts.js"
    with (FOLDER / "fonts.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if known.exists() and str(fonts.named()) in known.read_text("utf-8"):
            return
        for file in (known, known.with_name("font_selection.bin")):
            file.unlink(missing_ok=True)
        script = FOLDER / "empty.docbuilder"
        script.write_text('builder.CreateFile("docx");\nbuilder.CloseFile();', "utf-8")
        start(found, script, "--check-fonts=true")
