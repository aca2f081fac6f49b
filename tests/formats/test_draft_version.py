"""A draft says which version reads it whole; an older one refuses it, and loses nothing."""

import pytest

from govdisclose.formats import draft
from govdisclose.formats.draft import writer
from govdisclose.model import version
from govdisclose.model.finding import Unusable
from tests.support import samples
from tests.support.cli import run


@pytest.mark.parametrize("needs", ["99", "99.1", "0.2.1", "0.99"])
def test_a_newer_draft_is_said_to_be_that(needs, monkeypatch):
    monkeypatch.setattr(version, "__version__", "0.2.0")
    text = f'needs = "{needs}"\nyear = 2024\n[something_of_later]\nx = 1\n'
    with pytest.raises(Unusable, match=f"要 govdisclose {needs} 以上的版本"):
        draft.loads(text.encode())


@pytest.mark.parametrize("needs", ["0.1", "0.2", version.__version__, "", "x"])
def test_a_draft_that_this_version_knows_is_read(needs):
    assert not draft.loads(f'needs = "{needs}"\nyear = 2024\n'.encode()).findings


def test_needs_is_a_text():
    [finding] = draft.loads(b"needs = 2\nyear = 2024\n").findings
    assert (finding.code, finding.at) == ("D003", "needs")


def test_a_draft_says_so_only_when_it_uses_what_is_new(monkeypatch):
    report = samples.city()
    assert "needs" not in draft.dumps(report)
    monkeypatch.setattr(writer, "NEW_FIELDS", {"0.1": ("bureau",), "0.2": ("prose",)})
    text = draft.dumps(report)
    assert text.splitlines()[3].startswith('needs = "0.2"')
    assert draft.loads(text.encode()).report == report


def test_the_interview_leaves_a_newer_draft_alone(tmp_path):
    path = tmp_path / "新.toml"
    path.write_text('needs = "99"\nyear = 2024\n[later]\nx = 1\n', "utf-8")
    before = path.read_bytes()
    code, _, err = run("fill", "--from", path, cwd=tmp_path, stdin=b"\n" * 20)
    assert (code, "请升级" in err) == (2, True)
    assert path.read_bytes() == before
    assert [*tmp_path.iterdir()] == [path]
