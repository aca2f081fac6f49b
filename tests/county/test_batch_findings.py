"""A batch: last year, the roster, and what is told."""

import csv
import json
from io import BytesIO, StringIO
from pathlib import Path
from zipfile import ZipFile

import pytest

from govdisclose import rules
from govdisclose.county import batch
from govdisclose.county.batch import State
from govdisclose.files import disk, names
from govdisclose.formats import word
from govdisclose.formats.excel import reading
from govdisclose.model.finding import Unusable
from govdisclose.model.report import Acknowledged
from govdisclose.rules import registry
from tests.support.batches import outcome_of, put
from tests.support.generator import reports, write
from tests.support.samples import small


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
