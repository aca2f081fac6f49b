"""The version of the product; the build reads it here."""

from __future__ import annotations

import re

__version__ = "0.2.0"


def parts(version: str) -> tuple[int, ...]:
    """The numbers of a version such as ``0.2``, none where it is no version."""
    is_version = re.fullmatch(r"\d{1,4}(\.\d{1,4}){0,3}", version, re.ASCII)
    return tuple(map(int, version.split("."))) if is_version else ()


def is_newer(version: str) -> bool:
    """Whether a version comes after this one."""
    return parts(version) > parts(__version__)
