"""Make the portable folder: a Windows Python, the wheels, samples, and how to start, as one zip.

Run as ``.ci/windows bundle``. The same interpreter, pins and commit give the same bytes.
"""

from __future__ import annotations

import argparse
import re
import shutil
import struct
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

HERE = Path(__file__).parent
REPOSITORY = HERE.parent.parent
EPOCH = (1980, 1, 1, 0, 0, 0)
MACHINES = {0x8664: ("x64", "win_amd64"), 0xAA64: ("arm64", "win_arm64")}
"""By the field of a program's header: what officers call the machine, what pip calls it."""

TESTS = ("pytest>=8", "hypothesis>=6.100", "jsonschema>=4.20", "pexpect>=4.9", "colorama")


class Interpreter(NamedTuple):
    """An embeddable distribution: its version as 3.13, the machine as above."""

    archive: Path
    version: str
    machine: str
    platform: str


def main() -> None:
    """Make the zip that the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("interpreter", type=Path, help="the embeddable zip of python.org")
    parser.add_argument("out", type=Path, help="the folder for the zip")
    parser.add_argument("--wheels", type=Path, help="where downloaded wheels are kept")
    parser.add_argument("--slim", action="store_true", help="without reading of PDF files")
    parser.add_argument("--tests", action="store_true", help="only what the tests need, unpacked")
    given = parser.parse_args()
    python = examined(given.interpreter)
    given.out.mkdir(parents=True, exist_ok=True)
    if given.tests:
        pip("install", "--no-compile", "--target", given.out, *target(python), *TESTS)
        return
    pins = ["requirements.txt"] + ([] if given.slim else ["requirements-pdf.txt"])
    with tempfile.TemporaryDirectory() as folder:
        wheels = given.wheels or Path(folder, "wheels")
        name, root = assembled(Path(folder), python, pins, wheels)
        archive = given.out / f"{name}{'-slim' if given.slim else ''}.zip"
        pack(root, archive)
    print(f"{archive} {archive.stat().st_size / 1e6:.1f} MB")


def examined(archive: Path) -> Interpreter:
    """What an embeddable distribution is, by the files in it."""
    with ZipFile(archive) as zipped:
        names = {Path(name).name: name for name in zipped.namelist()}
        found = [re.fullmatch(r"python3(\d+)\._pth", name) for name in names]
        minor = next((match[1] for match in found if match), None)
        if minor is None or "python.exe" not in names:
            sys.exit(f"{archive}: no embeddable distribution of Python 3")
        program = zipped.read(names["python.exe"])
    header = struct.unpack_from("<I", program, 0x3C)[0]
    kind = struct.unpack_from("<H", program, header + 4)[0]
    if kind not in MACHINES:
        sys.exit(f"{archive}: for another machine than x64 or arm64")
    return Interpreter(archive, f"3.{minor}", *MACHINES[kind])


def assembled(folder: Path, python: Interpreter, pins: list[str], wheels: Path) -> tuple[str, Path]:
    """The portable folder, laid out; its name and where it lies."""
    ours = folder / "ours"
    pip("wheel", "--no-deps", "--no-build-isolation", "--wheel-dir", ours, REPOSITORY)
    [wheel] = ours.glob("govdisclose-*.whl")
    name = f"govdisclose-{wheel.name.split('-')[1]}-windows-{python.machine}"
    root = folder / name
    lay_interpreter(python, root / "python")
    wanted = [word for pin in pins for word in ("-r", HERE / pin)]
    pip("download", "--require-hashes", "--no-deps", "-d", wheels, *target(python), *wanted)
    library = ("--target", root / "lib", "--no-compile", "--no-deps", "--upgrade")
    offline = ("--no-index", "--find-links", wheels)
    pip("install", *library, *target(python), *offline, "--require-hashes", *wanted)
    pip("install", *library, *target(python), *offline, wheel)
    for scripts in (root / "lib" / "bin", root / "lib" / "Scripts"):
        shutil.rmtree(scripts, ignore_errors=True)
    for note in ("direct_url.json", "RECORD"):  # they name a folder of this very run
        for path in (root / "lib").glob(f"*.dist-info/{note}"):
            path.unlink()
    shutil.copytree(REPOSITORY / "samples", root / "samples")
    for page in ("govdisclose.cmd", "开始使用.html"):
        text = (HERE / page).read_text("utf-8")
        (root / page).write_text(text, "utf-8", newline="\r\n")
    return name, root


def lay_interpreter(python: Interpreter, folder: Path) -> None:
    """Unpack the interpreter, and point it at the libraries beside it and nowhere else."""
    with ZipFile(python.archive) as zipped:
        for entry in zipped.infolist():
            if not entry.is_dir():
                entry.filename = Path(entry.filename).name
                zipped.extract(entry, folder)
    number = python.version.replace(".", "")
    (folder / f"python{number}._pth").write_bytes(
        f"python{number}.zip\r\n.\r\n..\\lib\r\n".encode()
    )


def target(python: Interpreter) -> Iterator[str]:
    """How pip is told of the machine that wheels are for."""
    yield from ("--only-binary=:all:", "--implementation", "cp")
    yield from ("--python-version", python.version, "--platform", python.platform)


def pip(*words: str | Path) -> None:
    """Run pip; its complaint is ours."""
    command = [sys.executable, "-m", "pip", "-qq", "--disable-pip-version-check"]
    done = subprocess.run([*command, *map(str, words)], check=False)
    if done.returncode:
        sys.exit(done.returncode)


def pack(root: Path, archive: Path) -> None:
    """Zip a folder, the same bytes at any time and on any system."""
    with ZipFile(archive, "w", ZIP_DEFLATED) as zipped:
        for path in sorted(path for path in root.rglob("*") if path.is_file()):
            entry = ZipInfo(path.relative_to(root.parent).as_posix(), EPOCH)
            entry.compress_type = ZIP_DEFLATED
            entry.create_system = 0
            zipped.writestr(entry, path.read_bytes())


if __name__ == "__main__":
    main()
