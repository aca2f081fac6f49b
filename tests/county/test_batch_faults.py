"""A batch: whatever can be wrong with a draft, a disk or a process."""

import errno
import os
import signal
import sqlite3
import subprocess
import sys
import time
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from govdisclose import rules
from govdisclose.analysis import similarity
from govdisclose.county import batch, draft_store, workers
from govdisclose.county.batch import State
from govdisclose.county.workers import WorkStep
from govdisclose.formats import collection, draft, word
from govdisclose.formats.excel import listing
from govdisclose.model.report import Bureau, Report
from govdisclose.rules import cross_unit
from tests.support.batches import documents, outcome_of, put
from tests.support.generator import reports, write
from tests.support.samples import blank, small


def spoil(folder: Path) -> None:
    """Everything but a draft, under names of drafts."""
    (folder / "空.toml").write_bytes(b"")
    (folder / "乱.toml").write_bytes(bytes(range(256)) * 40)
    (folder / "表.toml").write_bytes(b"PK\x03\x04" + bytes(2000))
    (folder / "夹.toml").mkdir()
    (folder / "断.toml").symlink_to("nowhere")
    (folder / "圈.toml").symlink_to("圈.toml")
    (folder / "大.toml").write_bytes(b"#" * 5_000_000)
    os.mkfifo(folder / "管.toml")


def test_one_bad_draft_never_stops_the_rest(tmp_path: Path):
    put(tmp_path / "in", small())
    spoil(tmp_path / "in")
    told = batch.run([tmp_path / "in"], tmp_path / "out")
    assert len(told) == 8, "an empty file that is only found is no draft"
    good = outcome_of(told, "郎溪县科技工信局2024.toml")
    assert good.documents[0].exists()
    for each in told:
        if each is not good:
            assert each.state in (State.UNREADABLE, State.WRONG), each
            assert each.documents == ()
            assert each.findings or each.reason.startswith(str(each.path))
    assert "是文件夹" in outcome_of(told, "夹.toml").reason
    assert "没有这个文件" in outcome_of(told, "断.toml").reason
    assert "管道" in outcome_of(told, "管.toml").reason


def bomb() -> bytes:
    """A workbook of a few kilobytes that unpacks to 300 million."""
    file = BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/workbook.xml", bytes(300_000_000))
    return file.getvalue()


def test_workbooks_are_read_like_drafts_or_told(tmp_path: Path):
    for name, data in {
        "好.xlsx": collection.dumps(small()),
        "炸弹.xlsx": bomb(),
        "加密.xlsx": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
        + "EncryptedPackage".encode("utf-16-le") * 400,
        "坏.xlsx": collection.dumps(small())[:9000],
        "改名.xlsx": word.dumps(replace(small(), bureau=Bureau("乙县丙局"))),
        "台账.xlsx": listing.dumps(("序号", "标题"), [("1", "通知")], ".xlsx"),
    }.items():
        (tmp_path / name).write_bytes(data)
    told = batch.run(sorted(tmp_path.glob("*.xlsx")), tmp_path / "out")
    assert outcome_of(told, "好.xlsx").documents
    assert outcome_of(told, "改名.xlsx").bureau == "乙县丙局"  # read as what it is
    for name, words in {
        "炸弹.xlsx": "过大",
        "加密.xlsx": "密码",
        "坏.xlsx": "已损坏",
        "台账.xlsx": "没有认出",
    }.items():
        each = outcome_of(told, name)
        assert each.state is State.UNREADABLE
        assert words in each.reason
        assert "\n" not in each.reason


def test_a_loop_of_links_is_told(tmp_path: Path):
    put(tmp_path / "in", small())
    (tmp_path / "in" / "圈.toml").symlink_to("圈.toml")
    told = batch.run([tmp_path / "in"], tmp_path / "out")
    assert "圈" in outcome_of(told, "圈.toml").reason
    assert "链接" in outcome_of(told, "圈.toml").reason


def test_a_draft_without_permission_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    closed = put(tmp_path / "in", small())
    put(tmp_path / "in", next(reports(1)).report)
    read = Path.read_bytes

    def refuse(path: Path) -> bytes:  # as the system does, also where root runs the tests
        if path == closed:
            raise PermissionError(errno.EACCES, "Permission denied")
        return read(path)

    monkeypatch.setattr(Path, "read_bytes", refuse)
    told = batch.run([tmp_path / "in"], tmp_path / "out")
    bad = outcome_of(told, closed.name)
    assert bad.state is State.UNREADABLE
    assert "没有读取权限" in bad.reason
    assert len(documents(tmp_path / "out")) == 1


def test_an_internal_error_is_told_by_its_name(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    check = rules.check

    def faulty(report: Report, **given):
        if report.bureau.name.endswith("水利局"):
            raise KeyError("documents")
        return check(report, **given)

    monkeypatch.setattr(rules, "check", faulty)
    told = batch.run([folder], tmp_path / "out", jobs=2)
    bad = outcome_of(told, "清河县水利局2024.toml")
    assert bad.state is State.UNREADABLE
    assert "KeyError" in bad.reason
    assert sum(o.state is State.UNREADABLE for o in told) == 1


def test_an_internal_error_beside_others_is_told_and_stops_nothing(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    def faulty(*given: object) -> None:
        raise KeyError("telephone")

    monkeypatch.setattr(cross_unit, "digits", faulty)
    *rest, told = batch.run([folder], tmp_path / "out", jobs=2)
    assert told.state is State.UNREADABLE
    assert "R604" in told.reason
    assert "KeyError" in told.reason
    assert len(documents(tmp_path / "out")) == sum(bool(each.documents) for each in rest) > 0
    monkeypatch.setattr(similarity, "likeness", faulty)
    monkeypatch.setattr(cross_unit, "named", faulty)
    *rest, told = batch.run([folder], tmp_path / "new", jobs=2)
    for each in rest:
        [finding] = [finding for finding in each.findings if finding.code == "R602"]
        assert "KeyError" in finding.message
    assert documents(tmp_path / "new").keys() == documents(tmp_path / "out").keys()


def test_a_temporary_disk_that_fills_costs_only_the_comparison(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    room, put_in = iter(range(5)), draft_store.put

    def full(*given) -> None:
        if next(room, None) is None:
            raise sqlite3.OperationalError("database or disk is full")
        put_in(*given)

    monkeypatch.setattr(draft_store, "put", full)
    *rest, told = batch.run([folder], tmp_path / "out", jobs=2)
    assert told.state is State.UNREADABLE
    assert "没有比对各单位的文字" in told.reason
    assert len(rest) == 24
    assert len(documents(tmp_path / "out")) == sum(bool(each.documents) for each in rest) > 0


@pytest.mark.skipif(sys.platform != "linux", reason="needs fork")
def test_a_process_that_dies_takes_one_draft_with_it(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    check, parent = rules.check, os.getpid()

    def deadly(report: Report, **given):
        if report.bureau.name.endswith("水利局") and os.getpid() != parent:
            os._exit(9)
        return check(report, **given)

    monkeypatch.setattr(rules, "check", deadly)
    told = batch.run([folder], tmp_path / "out", jobs=2)
    assert len(told) == 24
    assert [o.path.stem for o in told if o.state is State.UNREADABLE] == ["清河县水利局2024"]
    assert "意外结束" in outcome_of(told, "清河县水利局2024.toml").reason


def test_a_disk_that_fills_leaves_every_other_document_whole(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    sync, room = os.fsync, iter(range(6))

    def full(handle: int) -> None:
        if next(room, None) is None:
            raise OSError(errno.ENOSPC, "No space left on device")
        sync(handle)

    monkeypatch.setattr(os, "fsync", full)
    told = batch.run([folder], tmp_path / "out", jobs=1)
    written = [o for o in told if o.documents]
    failed = [o for o in told if o.state is State.UNWRITTEN]
    assert len(written) == 6
    assert failed
    assert all("磁盘已满" in o.reason for o in failed)
    assert len(documents(tmp_path / "out")) == 6
    for each in written:
        word.loads(each.documents[0].read_bytes())
    assert not list((tmp_path / "out").glob("*.tmp"))
    monkeypatch.setattr(os, "fsync", sync)
    again = batch.run([folder], tmp_path / "out", jobs=1)
    assert State.UNWRITTEN not in {o.state for o in again}


@pytest.mark.skipif(sys.platform == "win32", reason="signals of Unix")
def test_an_interruption_leaves_whole_files_only(tmp_path: Path):
    write(tmp_path / "in", reports(100))
    script = (
        "import sys; from pathlib import Path; from govdisclose.county import batch\n"
        "def tell(step):\n"
        "    if step.stage == '生成': print(step.done, flush=True)\n"
        "try: batch.run([Path(sys.argv[1])], Path(sys.argv[2]), jobs=2, progress=tell)\n"
        "except KeyboardInterrupt: sys.exit(130)\n"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", script, tmp_path / "in", tmp_path / "out"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    assert process.stdout
    process.stdout.readline()
    os.killpg(process.pid, signal.SIGINT)
    _, complaint = process.communicate(timeout=60)
    assert process.returncode == 130
    assert b"Traceback" not in complaint
    time.sleep(0.2)
    assert not list((tmp_path / "out").glob("*.tmp"))
    made = documents(tmp_path / "out")
    assert 0 < len(made) < 100
    for data in made.values():
        word.loads(data)


def test_a_draft_changed_meanwhile_is_not_printed(tmp_path: Path):
    path = put(tmp_path / "in", small())

    def meddle(step: WorkStep) -> None:
        path.write_text(draft.dumps(blank()), encoding="utf-8")

    [told] = batch.run([tmp_path / "in"], tmp_path / "out", progress=meddle)
    assert told.state is State.UNWRITTEN
    assert "又改动过" in told.reason
    assert documents(tmp_path / "out") == {}


def test_drafts_taken_away_meanwhile_stop_nothing(tmp_path: Path):
    paths = [put(tmp_path / "in", small(), name) for name in ("一.toml", "二.toml")]
    put(tmp_path / "in", next(reports(1)).report)

    def meddle(step: WorkStep) -> None:
        for path in paths if step.done == step.total else ():
            path.unlink(missing_ok=True)

    told = batch.run([tmp_path / "in"], tmp_path / "out", progress=meddle)
    assert sorted(o.state.value for o in told) == ["已生成", "有错误", "有错误"]


def test_what_one_item_may_do_wrong_is_caught_in_one_place():
    """HOUSE: an internal error in one item of many is caught and worded by the workers alone."""
    folder = Path(workers.__file__).parent
    catching = [
        path.name for path in folder.glob("*.py") if "except Exception" in path.read_text("utf-8")
    ]
    assert catching == ["workers.py"]
