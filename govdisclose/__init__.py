"""Annual reports on government information disclosure: read, check, print.

The small interface for programs. A report is one value, :class:`Report`; files are
read into it and documents printed from it, and nothing is loaded before it is used::

    import govdisclose

    reading = govdisclose.read("甲县乙局2024.toml")
    findings = govdisclose.check(reading)
    document = govdisclose.render(reading.report, "docx")

What is not named in ``__all__``, here or at the door of a room, is private.
"""

from __future__ import annotations

from os import PathLike
from typing import TYPE_CHECKING, Any

from govdisclose.model.version import __version__

if TYPE_CHECKING:
    from govdisclose.model.finding import Finding, Place, Severity, Unusable
    from govdisclose.model.form import Address, Form
    from govdisclose.model.notices import FORMS, form_for
    from govdisclose.model.report import Bureau, Part, Prose, Reading, Report

__all__ = [
    "FORMS",
    "Address",
    "Bureau",
    "Finding",
    "Form",
    "Part",
    "Place",
    "Prose",
    "Reading",
    "Report",
    "Severity",
    "Unusable",
    "__version__",
    "check",
    "form_for",
    "read",
    "render",
]

_ROOMS = {
    "finding": ("Finding", "Place", "Severity", "Unusable"),
    "form": ("Address", "Form"),
    "notices": ("FORMS", "form_for"),
    "report": ("Bureau", "Part", "Prose", "Reading", "Report"),
}


def read(path: str | PathLike[str]) -> Reading:
    """The report in a file of any readable format, and what is wrong with it.

    Gives ``(report, findings, places, digest)``: what could not be understood is a
    finding, never an exception; ``places`` maps an address or path to its line and
    column in a draft, and is empty for other formats. Raises Unusable, with a Chinese
    sentence that names the file, where there is no report in it at all.
    """
    from pathlib import Path

    from govdisclose.files import disk

    return disk.read(Path(path))


def check(given: Reading | Report, *, last_year: Report | None = None) -> list[Finding]:
    """What is wrong with a report, the gravest first: ``(code, severity, at, message, …)``.

    ``at`` is the address of a figure (``applications.received.total``) or the path of a
    text. ``last_year`` is the bureau's report of the year before, for the rules R3. The
    findings of a reading are among those given back; a finding that the report
    acknowledges is a hint.
    """
    from govdisclose import rules
    from govdisclose.model.report import Report

    if isinstance(given, Report):
        return rules.check(given, last=last_year)
    return rules.check(given.report, last=last_year, known=given.findings)


def render(report: Report, format: str = "docx", *, look: str = "standard") -> bytes:
    """The document of a report: docx, html, xlsx, pdf, or toml (a draft).

    The same report gives the same bytes, a PDF excepted. ``look`` is ``standard``
    (GB/T 9704) or ``annex``. Cells that are not answered stay blank: whether a report
    may be printed is for :func:`check` to say. Raises Unusable for another format, and
    for a PDF where there is no LibreOffice.
    """
    from govdisclose import formats

    return formats.printed(report, f".{format.lstrip('.')}", formats.PrintOptions(look=look))


def __getattr__(name: str) -> Any:  # noqa: ANN401 - whatever the name stands for
    """The values of the model, loaded when one is first asked for."""
    from importlib import import_module

    for module, names in _ROOMS.items():
        if name in names:
            return getattr(import_module(f"govdisclose.model.{module}"), name)
    raise AttributeError(f"module 'govdisclose' has no attribute {name!r}")
