"""The files for a person with Word and WPS can be made."""

from tests import acceptance


def test_twenty_files_and_a_checklist_are_made(tmp_path):
    files = acceptance.write(tmp_path / "out")
    assert len(files) == 21
    assert all(file.stat().st_size > 500 for file in files)
