"""A batch: its documents, their names, and those that somebody has changed."""

from pathlib import Path

import pytest

from govdisclose.county import batch
from govdisclose.county.batch import State
from govdisclose.files import disk
from govdisclose.formats import word
from govdisclose.model.finding import Unusable
from govdisclose.model.report import Limits
from tests.support.batches import documents, put
from tests.support.generator import reports
from tests.support.samples import small


def test_a_document_that_somebody_has_changed_is_not_overwritten(tmp_path: Path):
    put(tmp_path / "in", small())
    [told] = batch.run([tmp_path / "in"], tmp_path / "out")
    [polished] = told.documents
    polished.write_bytes(b"polished by hand")
    put(tmp_path / "in", small(500))
    for _ in range(2):
        [told] = batch.run([tmp_path / "in"], tmp_path / "out")
        assert told.state is State.UNWRITTEN
        assert "有人改动过，没有覆盖" in told.reason
        assert polished.read_bytes() == b"polished by hand"
    [told] = batch.run([tmp_path / "in"], tmp_path / "out", everything=True)
    assert polished.read_bytes() == word.dumps(small(500), made_from=disk.read(told.path).digest)


def test_a_document_of_ours_is_overwritten(tmp_path: Path):
    put(tmp_path / "in", small())
    batch.run([tmp_path / "in"], tmp_path / "out")
    put(tmp_path / "in", small(500))
    [told] = batch.run([tmp_path / "in"], tmp_path / "out")
    assert told.fresh
    assert told.documents[0].read_bytes() == word.dumps(
        small(500), made_from=disk.read(told.path).digest
    )


def test_a_document_of_a_draft_that_is_gone_is_named(tmp_path: Path):
    gone = put(tmp_path / "in", small())
    put(tmp_path / "in", next(reports(1)).report)
    batch.run([tmp_path / "in"], tmp_path / "out")
    gone.unlink()
    told = batch.run([tmp_path / "in"], tmp_path / "out")
    [left] = [each for each in told if each.state is State.LEFT]
    assert left.documents[0].name in left.reason
    assert left.documents[0].exists()
    (tmp_path / "in" / "乱.toml").write_bytes(bytes(9))
    told = batch.run([tmp_path / "in"], tmp_path / "out")
    assert {each.state for each in told} == {State.UNCHANGED, State.UNREADABLE}
    alone = list((tmp_path / "in").iterdir())
    assert State.LEFT not in {each.state for each in batch.run(alone, tmp_path / "out")}


def test_a_warning_stays_one_though_nothing_has_changed(tmp_path: Path):
    put(tmp_path / "in", small())
    limits = Limits(report_longest=100)
    for fresh in (True, False):
        [told] = batch.run([tmp_path / "in"], tmp_path / "out", limits=limits)
        assert told.state is State.DOUBTFUL
        assert told.fresh is fresh


def test_last_year_without_a_folder_is_unusable(tmp_path: Path):
    put(tmp_path / "in", small())
    with pytest.raises(Unusable, match="没有这个文件夹"):
        batch.run([tmp_path / "in"], tmp_path / "out", last=tmp_path / "none")


def test_two_drafts_of_one_unit_are_both_held_back(tmp_path: Path):
    put(tmp_path / "in", small())
    put(tmp_path / "in", small(1200), "改.toml")
    told = batch.run([tmp_path / "in"], tmp_path / "out")
    assert [o.state for o in told] == [State.WRONG] * 2
    for each, other in (told, told[::-1]):
        [finding] = [f for f in each.findings if f.code == "R601"]
        assert str(other.path) in finding.message
        assert finding.place is not None
    assert documents(tmp_path / "out") == {}


def test_one_draft_given_twice_is_one(tmp_path: Path):
    path = put(tmp_path / "in", small())
    (tmp_path / "in" / "同.toml").symlink_to(path)
    assert len(batch.run([tmp_path / "in", path], tmp_path / "out")) == 1


@pytest.mark.parametrize(
    "name",
    ["a/b局", "../../局", "CON", "局.", " 局 ", "局\\x", "局" * 300, "局\u202e", "。", "nul.局"],
)
def test_a_name_never_leaves_the_folder(name: str, tmp_path: Path):
    put(tmp_path / "in", small(name=name), "x.toml")
    [told] = batch.run([tmp_path / "in"], tmp_path / "out")
    assert [path.parent for path in told.documents] == [tmp_path / "out"]
    assert sorted(p.name for p in tmp_path.iterdir()) == ["in", "out"]


def test_names_that_become_equal_stay_apart(tmp_path: Path):
    for number, name in enumerate(("甲/乙局", "甲:乙局", "甲?乙局")):
        put(tmp_path / "in", small(name=name), f"{number}.toml")
    told = batch.run([tmp_path / "in"], tmp_path / "out")
    assert len({path for o in told for path in o.documents}) == 3
    (tmp_path / "in" / "0.toml").unlink()
    again = batch.run([tmp_path / "in"], tmp_path / "out", everything=True)
    *rest, left = again
    assert [o.documents for o in rest] == [o.documents for o in told[1:]]
    assert left.state is State.LEFT


def test_an_old_document_of_a_draft_now_wrong_is_named(tmp_path: Path):
    path = put(tmp_path / "in", small())
    batch.run([path], tmp_path / "out")
    report = small()
    report.figures[report.form.addresses[-1]] += 1
    put(tmp_path / "in", report)
    [told] = batch.run([path], tmp_path / "out")
    assert told.state is State.WRONG
    assert "是以前生成的" in told.reason


def test_a_folder_of_other_things_is_passed_over(tmp_path: Path):
    put(tmp_path / "in", small())
    for number in range(2_000):
        (tmp_path / "in" / f"{number}.txt").touch()
    assert len(batch.run([tmp_path / "in"], tmp_path / "out")) == 1


def test_nothing_to_do_is_unusable(tmp_path: Path):
    with pytest.raises(Unusable, match="没有草稿"):
        batch.run([tmp_path], tmp_path / "out")


def test_nowhere_to_write_is_unusable(tmp_path: Path):
    path = put(tmp_path / "in", small())
    with pytest.raises(Unusable, match="不能用作输出文件夹"):
        batch.run([path], path)
