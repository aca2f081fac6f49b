"""The wheels of the portable folder are those that the project asks for."""

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[2]
PORTABLE = ROOT / ".ci" / "portable"
AGAIN = "run .ci/windows pins"


def pins(name: str) -> dict[str, tuple[str, int]]:
    """By package: its version, and how many wheels are pinned."""
    text = (PORTABLE / name).read_text("utf-8").replace("\\\n", "")
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    found = {}
    for line in lines:
        package, version = re.match(r"([\w-]+)==(\S+) ", line).groups()
        found[package] = version, line.count("--hash=sha256:")
    return found


@pytest.mark.parametrize("extra", [None, "pdf"])
def test_what_the_project_needs_is_pinned_within_its_bounds(extra):
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    wanted = project["optional-dependencies"].get(extra, []) if extra else project["dependencies"]
    pinned = pins("requirements-pdf.txt" if extra else "requirements.txt")
    for need in map(Requirement, wanted):
        version, _ = pinned.get(canonicalize_name(need.name), ("", 0))
        assert version in need.specifier, f"{need}: {AGAIN}"


def test_wheels_are_pinned_for_every_python_and_machine():
    """Four Pythons, two machines: one wheel for all, or one for each machine at least."""
    every = pins("requirements.txt") | pins("requirements-pdf.txt")
    assert every["colorama"][1] == 1
    assert every["lxml"][1] == 8
