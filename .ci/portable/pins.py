"""Pin the wheels of the portable folder: the versions, and a hash for every Windows there is.

Run as ``.ci/windows pins``. pip decides the versions for the oldest Python; for each other
Python and machine the wheels of those same versions must be there, or this fails. pip judges
the markers of dependencies by the system it runs on, so those that hold only on Windows are
looked for here.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

HERE = Path(__file__).parent
PROJECT = HERE.parent.parent / "pyproject.toml"
PYTHONS = ("3.11", "3.12", "3.13", "3.14")
PLATFORMS = ("win_amd64", "win_arm64")
HEAD = "# Written by .ci/windows pins: {}, for Windows {}, Python 3.11 to 3.14.\n"

Pins = dict[str, tuple[str, set[str]]]
"""By name: the version and the hashes of its wheels."""


def main() -> None:
    """Write one file for what govdisclose needs and one for what its extra ``pdf`` adds.

    What reads PDF has wheels for x64 alone.
    """
    project = tomllib.loads(PROJECT.read_text("utf-8"))["project"]
    needed = project["dependencies"]
    extra = project.get("optional-dependencies", {}).get("pdf", [])
    base = pinned(needed, PLATFORMS, {})
    write("requirements.txt", "what govdisclose needs", "x64 and arm64", base)
    everything = pinned([*needed, *extra], PLATFORMS[:1], base)
    rest = {name: pin for name, pin in everything.items() if name not in base}
    write("requirements-pdf.txt", "what reading PDF files adds", "x64", rest)


def pinned(requirements: Iterable[str], platforms: Iterable[str], known: Pins) -> Pins:
    """The versions that pip takes for some requirements, with the hashes of all wheels."""
    pins: Pins = {name: (version, set(hashes)) for name, (version, hashes) in known.items()}
    for python in PYTHONS:
        for platform in platforms:
            for name, (version, hashes) in resolved(requirements, python, platform, pins).items():
                pins.setdefault(name, (version, set()))[1].update(hashes)
    return pins


def resolved(requirements: Iterable[str], python: str, platform: str, known: Pins) -> Pins:
    """What some requirements come to on one Windows, kept to the versions that are known."""
    wanted = list(requirements)
    while True:
        found = report(wanted, python, platform, known)
        names = {canonicalize_name(item["metadata"]["name"]) for item in found}
        missing = {
            need.name: str(need).partition(";")[0]
            for item in found
            for need in map(Requirement, item["metadata"].get("requires_dist", []))
            if is_needed(need, python, item.get("requested_extras", []))
            and canonicalize_name(need.name) not in names
        }
        if not missing:
            return {
                canonicalize_name(item["metadata"]["name"]): (
                    item["metadata"]["version"],
                    {item["download_info"]["archive_info"]["hashes"]["sha256"]},
                )
                for item in found
            }
        wanted += missing.values()


def is_needed(need: Requirement, python: str, extras: Iterable[str]) -> bool:
    """Whether a dependency holds on Windows."""
    windows = {
        "sys_platform": "win32",
        "platform_system": "Windows",
        "os_name": "nt",
        "python_version": python,
        "python_full_version": f"{python}.0",
        "platform_python_implementation": "CPython",
        "implementation_name": "cpython",
    }
    return need.marker is None or any(
        need.marker.evaluate({**windows, "extra": extra}) for extra in ("", *extras)
    )


def report(
    requirements: Iterable[str], python: str, platform: str, known: Pins
) -> list[dict[str, Any]]:
    """What pip would install, from its own report."""
    with tempfile.TemporaryDirectory() as folder:
        constraints = Path(folder) / "constraints.txt"
        constraints.write_text("".join(f"{n}=={v}\n" for n, (v, _) in known.items()), "utf-8")
        command = [
            *(sys.executable, "-m", "pip", "install", "-qq", "--dry-run"),
            *("--ignore-installed", "--only-binary=:all:", "--target", folder),
            *("--python-version", python, "--platform", platform, "--implementation", "cp"),
            *("--constraint", str(constraints), "--report", f"{folder}/report.json"),
            *requirements,
        ]
        subprocess.run(command, check=True)
        items: list[dict[str, Any]] = json.loads(Path(folder, "report.json").read_text())["install"]
        return items


def write(name: str, what: str, machines: str, pins: Pins) -> None:
    """Write pins as pip reads them."""
    lines = [HEAD.format(what, machines)]
    for package, (version, hashes) in sorted(pins.items()):
        given = "".join(f" \\\n    --hash=sha256:{digest}" for digest in sorted(hashes))
        lines.append(f"{package}=={version}{given}\n")
    (HERE / name).write_text("".join(lines), "utf-8")
    print(f"{name}: {len(pins)} packages", file=sys.stderr)


if __name__ == "__main__":
    main()
