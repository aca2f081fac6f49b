"""What holds a document: the same bytes wherever it is packed."""

import sys

import pytest

from govdisclose.formats import PrintOptions, printed
from tests.support import samples


@pytest.mark.parametrize("suffix", [".docx", ".xlsx", ".html"])
def test_a_document_has_the_same_bytes_on_every_system(suffix, monkeypatch):
    ours = printed(samples.small(), suffix, PrintOptions())
    other = "linux" if sys.platform == "win32" else "win32"
    monkeypatch.setattr(sys, "platform", other)
    assert printed(samples.small(), suffix, PrintOptions()) == ours
