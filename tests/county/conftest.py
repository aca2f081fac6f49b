"""What the tests of many drafts share."""

from pathlib import Path

import pytest

from tests.support.generator import reports, write


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of 24 drafts, some of them faulty."""
    write(tmp_path / "in", reports(24, faulty=0.3))
    return tmp_path / "in"
