"""Batch: the laws first, then whatever can be wrong with a folder of drafts."""

import csv
import errno
import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from io import BytesIO, StringIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from govdisclose import formats, rules
from govdisclose.analysis import similarity
from govdisclose.county import batch, draft_store, workers
from govdisclose.county.batch import State
from govdisclose.county.workers import WorkStep
from govdisclose.files import disk, names
from govdisclose.files.overwrite import PRINTED
from govdisclose.formats import PrintOptions, collection, draft, libreoffice, word
from govdisclose.formats.excel import listing, reading
from govdisclose.formats.word import writer
from govdisclose.model.finding import Unusable
from govdisclose.model.report import Acknowledged, Limits, Report
from govdisclose.rules import cross_unit, registry
from tests.support.generator import reports, write
from tests.support.samples import blank, small


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of 24 drafts, some of them faulty."""
    write(tmp_path / "in", reports(24, faulty=0.3))
    return tmp_path / "in"


def put(folder: Path, report: Report, name: str = "") -> Path:
    folder.mkdir(exist_ok=True)
    path = folder / (name or names.draft_name(report))
    path.write_text(draft.dumps(report), encoding="utf-8")
    return path


def documents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.glob("*.docx")}


def states(outcomes: list[batch.Outcome]) -> dict[str, State]:
    return {outcome.path.name: outcome.state for outcome in outcomes}


def outcome_of(outcomes: list[batch.Outcome], name: str) -> batch.Outcome:
    [found] = [outcome for outcome in outcomes if outcome.path.name == name]
    return found


# Laws


def test_the_number_of_processes_changes_nothing(folder: Path, tmp_path: Path):
    alone = batch.run([folder], tmp_path / "one", jobs=1)
    beside = batch.run([folder], tmp_path / "two", jobs=2)
    assert [(o.path, o.state, o.findings) for o in alone] == [
        (o.path, o.state, o.findings) for o in beside
    ]
    assert documents(tmp_path / "one") == documents(tmp_path / "two") != {}


@pytest.mark.parametrize("method", ["spawn", "forkserver"])
def test_the_way_processes_start_changes_nothing(
    method: str, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    alone = batch.run([folder], tmp_path / "one", jobs=1)
    monkeypatch.setattr(workers, "METHOD", method)
    beside = batch.run([folder], tmp_path / "two", jobs=2)
    assert [each.findings for each in alone] == [each.findings for each in beside]
    assert documents(tmp_path / "one") == documents(tmp_path / "two")


def test_the_order_of_the_drafts_changes_nothing(folder: Path, tmp_path: Path):
    paths = sorted(folder.glob("*.toml"))
    forward = batch.run(paths, tmp_path / "one", jobs=1)
    backward = batch.run(paths[::-1], tmp_path / "two", jobs=1)
    assert states(forward) == states(backward)
    assert [o.path for o in backward] == paths[::-1]
    assert documents(tmp_path / "one") == documents(tmp_path / "two")


def test_a_draft_is_printed_as_if_it_were_alone(folder: Path, tmp_path: Path):
    for told in batch.run([folder], tmp_path / "out", jobs=2):
        reading = disk.read(told.path)
        found = rules.check(reading.report, known=reading.findings)
        assert [f.code for f in told.findings] == [f.code for f in found]
        stopped = any(f.severity is registry.ERROR for f in found)
        assert (told.state is State.WRONG) == stopped == (told.documents == ())
        for path in told.documents:
            assert path.read_bytes() == word.dumps(reading.report, made_from=reading.digest)


def test_what_is_planted_is_found(tmp_path: Path):
    made = list(reports(24, faulty=0.3))
    write(tmp_path / "in", iter(made))
    told = {o.bureau: o.state for o in batch.run([tmp_path / "in"], tmp_path / "out")}
    assert {one.report.bureau.name for one in made if one.fault} == {
        name for name, state in told.items() if state is State.WRONG
    }


def test_a_second_run_prints_nothing_and_finds_the_same(folder: Path, tmp_path: Path):
    first = batch.run([folder], tmp_path / "out")
    times = {path: path.stat().st_mtime_ns for path in (tmp_path / "out").glob("*.docx")}
    second = batch.run([folder], tmp_path / "out")
    assert {path: path.stat().st_mtime_ns for path in times} == times
    assert {o.state for o in second} == {State.UNCHANGED, State.WRONG}
    assert [(o.findings, o.documents) for o in first] == [(o.findings, o.documents) for o in second]


def test_only_what_changed_is_printed_again(folder: Path, tmp_path: Path):
    batch.run([folder], tmp_path / "out")
    report = next(reports(1)).report
    report.prose["other"] = report.prose["problems"]
    changed = put(folder, report)
    told = batch.run([folder], tmp_path / "out")
    assert [o.path for o in told if o.state in (State.PRINTED, State.DOUBTFUL)] == [changed]


def test_everything_prints_all(folder: Path, tmp_path: Path):
    batch.run([folder], tmp_path / "out")
    told = batch.run([folder], tmp_path / "out", everything=True)
    assert {o.state for o in told} == {State.PRINTED, State.WRONG}


def test_a_document_that_was_deleted_is_printed_again(tmp_path: Path):
    put(tmp_path / "in", small())
    [told] = batch.run([tmp_path / "in"], tmp_path / "out")
    told.documents[0].unlink()
    [again] = batch.run([tmp_path / "in"], tmp_path / "out")
    assert again.state is told.state
    assert again.documents[0].exists()


def test_another_template_prints_again(tmp_path: Path):
    put(tmp_path / "in", small())
    batch.run([tmp_path / "in"], tmp_path / "out")
    [told] = batch.run([tmp_path / "in"], tmp_path / "out", style=PrintOptions(writer.template()))
    assert told.state is not State.UNCHANGED


def test_the_limits_of_the_office_hold_for_every_draft(tmp_path: Path):
    put(tmp_path / "in", small())
    for longest, expected in ((100, True), (None, False)):
        limits = Limits(report_longest=longest)
        [told] = batch.run([tmp_path / "in"], tmp_path / "out", limits=limits)
        assert ("R511" in [finding.code for finding in told.findings]) is expected


@pytest.mark.parametrize("suffix", [".docx", ".html", ".xlsx"])
def test_every_format_is_printed_as_if_alone(suffix: str, tmp_path: Path):
    put(tmp_path / "in", small())
    [told] = batch.run([tmp_path / "in"], tmp_path / "out", suffixes=[suffix])
    assert told.documents[0].read_bytes() == formats.printed(
        small(), suffix, made_from=disk.read(told.path).digest
    )


@pytest.mark.parametrize("record", ["", "{", "[]", '{"documents": 3}', '{"documents": {"a": 1}}'])
def test_a_spoilt_record_only_costs_time(record: str, tmp_path: Path):
    put(tmp_path / "in", small())
    batch.run([tmp_path / "in"], tmp_path / "out")
    (tmp_path / "out" / PRINTED).write_text(record, encoding="utf-8")
    [told] = batch.run([tmp_path / "in"], tmp_path / "out")
    assert told.state is not State.UNCHANGED


def test_every_draft_is_told_of_in_each_stage_as_it_comes(folder: Path, tmp_path: Path):
    steps: list[WorkStep] = []
    batch.run([folder], tmp_path / "out", progress=steps.append)
    for stage in ("核对", "比对"):
        assert [step.done for step in steps if step.stage == stage] == list(range(1, 25))
    printed = [step for step in steps if step.stage == "生成"]
    assert [step.done for step in printed] == list(range(1, printed[0].total + 1))


# Whatever is wrong with a draft


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
        "加密.xlsx": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"EncryptedPackage" * 400,
        "坏.xlsx": collection.dumps(small())[:9000],
        "改名.xlsx": word.dumps(small()),
        "台账.xlsx": listing.dumps(("序号", "标题"), [("1", "通知")], ".xlsx"),
    }.items():
        (tmp_path / name).write_bytes(data)
    told = batch.run(sorted(tmp_path.glob("*.xlsx")), tmp_path / "out")
    assert outcome_of(told, "好.xlsx").documents
    for name, words in {
        "炸弹.xlsx": "过大",
        "加密.xlsx": "密码",
        "坏.xlsx": "已损坏",
        "改名.xlsx": "不是 Excel",
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


def test_a_fault_of_ours_is_told_by_its_name(
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


def test_a_fault_of_ours_beside_others_is_told_and_stops_nothing(
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
    write(tmp_path / "in", reports(300))
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
    assert 0 < len(made) < 300
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
    assert sorted(o.state.value for o in told) == [
        "已生成",
        "有错误",
        "有错误",
    ]  # two drafts of one unit


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


# PDF


@pytest.fixture
def converter(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """In place of LibreOffice: how many files each start was given."""
    starts: list[int] = []

    def convert(sources: dict[str, bytes], to: str = "pdf") -> dict[str, bytes]:
        starts.append(len(sources))
        return {name: b"%PDF" + data for name, data in sources.items() if "教育局" not in name}

    monkeypatch.setattr(libreoffice, "convert", convert)
    monkeypatch.setattr(libreoffice, "find", lambda: Path("soffice"))
    return starts


def test_pdf_is_made_some_at_a_time_and_only_of_what_changed(
    folder: Path, tmp_path: Path, converter: list[int]
):
    steps: list[WorkStep] = []
    told = batch.run([folder], tmp_path / "out", suffixes=[".pdf"], jobs=1, progress=steps.append)
    wanted = [each for each in told if each.state is not State.WRONG]
    assert sum(converter) == len(wanted)
    assert max(converter) == 10
    assert [step.done for step in steps if "PDF" in step.stage] == [*range(len(wanted) + 1)]
    made = {path.name for path in (tmp_path / "out").iterdir() if path.name != PRINTED}
    assert made == {path.name for each in wanted for path in each.documents}
    assert all(name.endswith(".pdf") for name in made)
    failed = [each for each in wanted if each.state is State.UNWRITTEN]
    assert [each.bureau for each in failed] == ["清河县教育局"]
    converter.clear()
    batch.run([folder], tmp_path / "out", suffixes=[".pdf"], jobs=1)
    assert converter == [1]


def test_pdf_stands_beside_word(tmp_path: Path, converter: list[int]):
    put(tmp_path / "in", small())
    [told] = batch.run([tmp_path / "in"], tmp_path / "out", suffixes=[".docx", ".pdf"])
    word_file, pdf = told.documents
    assert pdf.read_bytes() == b"%PDF" + word_file.read_bytes()


def test_pdf_without_libreoffice_is_told_before_anything(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(libreoffice, "find", lambda: None)
    put(tmp_path / "in", small())
    with pytest.raises(Unusable, match="LibreOffice"):
        batch.run([tmp_path / "in"], tmp_path / "out", suffixes=[".pdf"])
    assert not (tmp_path / "out").exists()


@pytest.mark.skipif(libreoffice.find() is None, reason="LibreOffice is not here")
def test_pdf_is_made_by_libreoffice(tmp_path: Path):
    write(tmp_path / "in", reports(12))
    told = batch.run([tmp_path / "in"], tmp_path / "out", suffixes=[".pdf"], jobs=2)
    assert all(each.documents[0].read_bytes().startswith(b"%PDF") for each in told)


# Names


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
    for number in range(10_000):
        (tmp_path / "in" / f"{number}.txt").touch()
    assert len(batch.run([tmp_path / "in"], tmp_path / "out")) == 1


def test_nothing_to_do_is_unusable(tmp_path: Path):
    with pytest.raises(Unusable, match="没有草稿"):
        batch.run([tmp_path], tmp_path / "out")


def test_nowhere_to_write_is_unusable(tmp_path: Path):
    path = put(tmp_path / "in", small())
    with pytest.raises(Unusable, match="不能用作输出文件夹"):
        batch.run([path], path)


# Last year and the roster


def test_last_year_is_matched_by_unit(tmp_path: Path):
    now, was = list(reports(12)), list(reports(12, seed=2, year=2023))
    write(tmp_path / "in", iter(now))
    paths = write(tmp_path / "last", iter(was[:6]))
    for one in was[6:9]:
        path = tmp_path / "last" / names.document_name(one.report, ".docx")
        path.write_bytes(word.dumps(one.report))
        paths.append(path)
    (tmp_path / "last" / "说明.docx").write_bytes(b"no report")
    told = batch.run([tmp_path / "in"], tmp_path / "out", last=tmp_path / "last")
    assert {o.last for o in told} == {*paths, None}
    for each in told:
        if each.last:
            last = disk.read(each.last).report
            assert last.bureau.name == each.bureau
            codes = [f.code for f in rules.check(disk.read(each.path).report, last=last)]
            assert [f.code for f in each.findings] == codes


def test_the_roster_tells_who_is_missing(tmp_path: Path):
    made = list(reports(4))
    names = [one.report.bureau.name for one in made]
    write(tmp_path / "in", iter(made[1:]))
    told = batch.run([tmp_path / "in"], tmp_path / "out", roster=names[:3])
    assert [o.bureau for o in told if o.state is State.MISSING] == [names[0]]
    assert [o.bureau for o in told if "R606" in [f.code for f in o.findings]] == [
        names[0],
        names[3],
    ]


def test_prose_of_another_is_told_until_it_is_acknowledged(tmp_path: Path):
    one, two = (made.report for made in reports(2))
    two.prose = dict(one.prose)
    put(tmp_path / "in", one)
    path = put(tmp_path / "in", two)
    told = outcome_of(batch.run([tmp_path / "in"], tmp_path / "out"), path.name)
    assert told.state is State.DOUBTFUL
    copied = [finding for finding in told.findings if finding.code == "R602"]
    assert {finding.at for finding in copied} == {"overview", "problems"}
    assert all(finding.place for finding in copied)
    two.acknowledged = tuple(
        Acknowledged("R602", f.at, "合署办公", ((f.at, f.message.partition("\n")[0]),))
        for f in copied
    )
    put(tmp_path / "in", two)
    told = outcome_of(batch.run([tmp_path / "in"], tmp_path / "out"), path.name)
    assert told.state is State.PRINTED
    assert {f.severity for f in told.findings if f.code == "R602"} == {registry.HINT}


# What is told


def test_the_findings_as_json_are_those_of_a_check(folder: Path, tmp_path: Path):
    told = batch.run([folder], tmp_path / "out")
    data = json.loads(batch.report(told, ".json"))["files"]
    assert [each["file"] for each in data] == [str(o.path) for o in told]
    assert [len(each["findings"]) for each in data] == [len(o.findings) for o in told]


def test_the_findings_as_a_list_have_a_row_each(folder: Path, tmp_path: Path):
    told = batch.run([folder], tmp_path / "out")
    text = batch.report(told, ".csv").decode("utf-8-sig")
    for each in told:
        assert all(finding.message.splitlines()[0] in text for finding in each.findings)


def test_the_findings_as_a_workbook_are_those_of_the_list(folder: Path, tmp_path: Path):
    told = batch.run([folder], tmp_path / "out")
    [page] = reading.read(batch.report(told, ".xlsx"))
    listed = csv.reader(StringIO(batch.report(told, ".csv").decode("utf-8-sig")))
    rows = [[cell.replace("\r\n", "\n") for cell in row] for row in listed]
    assert page.rows == rows


def test_the_workbook_has_a_filter(folder: Path, tmp_path: Path):
    data = batch.report(batch.run([folder], tmp_path / "out"), ".xlsx")
    with ZipFile(BytesIO(data)) as archive:
        assert b"<autoFilter " in archive.read("xl/worksheets/sheet1.xml")


def test_another_format_is_unusable():
    with pytest.raises(Unusable, match=r"\.txt"):
        batch.report([], ".txt")


def test_no_cell_of_a_list_is_a_formula(tmp_path: Path):
    put(tmp_path / "in", small(name="=1+1局"), "x.toml")
    text = batch.report(batch.run([tmp_path / "in"], tmp_path / "out"), ".csv").decode("utf-8-sig")
    assert "\n'=1+1局," in text
