"""The county office's January, from the roster to what is published, on made-up data."""

import os
from dataclasses import replace
from pathlib import Path
from random import Random
from zipfile import ZipFile

import pytest

from govdisclose.formats import collection, draft, html, word
from govdisclose.formats.excel import reading
from govdisclose.model.notices import NEWEST
from govdisclose.model.report import Report
from tests.support.cli import run
from tests.support.samples import small

UNITS = (
    "云溪县教育体育局",
    "云溪县人力资源和社会保障局",
    "云溪县水利局",
    "云溪县财政局",
    "城关镇人民政府",
    "石门镇人民政府",
    "石门坎乡人民政府",
)
CELL = NEWEST.by_name["licensing.licence.decided"]
ROSTER = ("--roster", "名册.csv")
TAKE = ("-o", "草稿", *ROSTER, "--register", "台账.xlsx", "--deadline", "2024-01-20")


def report(unit: str, number: int, year: int = 2024) -> Report:
    made = small(900 + number, unit)
    made.year = year
    made.put({CELL: number})
    return made


def sent(path: Path, data: bytes, hour: int) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    os.utime(path, (1_705_000_000 + 3600 * hour,) * 2)
    return path


@pytest.fixture
def office(tmp_path: Path) -> Path:
    """A roster, last year's drafts, and what came back in three batches."""
    lines = "".join(f"{unit},联系人{n},0563-{n}\n" for n, unit in enumerate(UNITS))
    (tmp_path / "名册.csv").write_text(f"单位全称,联系人,电话\n{lines}", "utf-8")
    (tmp_path / "上年").mkdir()
    for n, unit in enumerate(UNITS):
        made = replace(report(unit, n, 2023), prose={})
        (tmp_path / "上年" / f"{unit}2023.toml").write_text(draft.dumps(made), "utf-8")
    first = tmp_path / "第一批"
    sent(first / "教体局.xlsx", collection.dumps(report(UNITS[0], 10)), 0)
    sent(first / "县人社局2024年报.docx", word.dumps(report(UNITS[1], 11)), 1)
    sent(first / "水利局.html", html.dumps(report(UNITS[2], 12)).encode(), 2)
    sent(first / "财政局盖章.jpg", b"\xff\xd8\xff", 3)
    sent(first / "石门镇.xlsx", collection.dumps(report(UNITS[5], 15)), 4)
    wrong = report(UNITS[5], 99)  # 石门坎乡 in the sheet of 石门镇
    sent(first / "石门坎乡.xlsx", collection.dumps(wrong), 5)
    with ZipFile(tmp_path / "第一批" / "城关.zip", "w") as archive:
        archive.writestr("城关镇.xlsx", collection.dumps(report("城关镇", 14)))
    second = tmp_path / "第二批"
    sent(second / "教体局（修改）.xlsx", collection.dumps(report(UNITS[0], 20)), 50)
    sent(second / "财政局.xlsx", collection.dumps(report(UNITS[3], 23)), 51)
    sent(second / "石门坎乡.xlsx", collection.dumps(report(UNITS[6], 26)), 52)
    return tmp_path


EXPECTED = dict(zip(UNITS, (20, 11, 12, 23, 14, 15, 26), strict=True))


def figures(office: Path) -> dict[str, object]:
    reports = (draft.loads(p.read_bytes()).report for p in (office / "草稿").glob("*.toml"))
    return {each.bureau.name: each.figures[CELL] for each in reports}


@pytest.mark.parametrize("seed", range(3))
def test_whatever_the_order_the_newest_stands_and_nothing_is_lost(office: Path, seed: int):
    order = ["第一批", "第二批", "第一批", "第二批"]
    Random(seed).shuffle(order)
    for batch in order:
        code, _, _ = run("import", batch, *TAKE, cwd=office)
        assert code in (0, 1)
    assert figures(office) == EXPECTED
    sheets = {s.name: s.rows for s in reading.read((office / "台账.xlsx").read_bytes())}
    assert [row[1] for row in sheets["收报台账"][3:]] == list(UNITS)
    assert {row[4] for row in sheets["收报台账"][3:]} == {"已报"}
    names = "".join(row[0] for row in sheets["收到的文件"])
    for path in (*(office / "第一批").iterdir(), *(office / "第二批").iterdir()):
        assert path.name in names


def test_the_whole_january(office: Path):
    code, _, _ = run(
        "sheet", "-o", "收集表", *ROSTER, "--last-year", "上年", "--year", "2024", cwd=office
    )
    assert code == 0
    handed = collection.loads((office / "收集表" / f"{UNITS[0]}2024年收集表.xlsx").read_bytes())
    assert handed.report.bureau == small(name=UNITS[0]).bureau
    run("import", "第一批", *TAKE, cwd=office)
    words = ("rollup", "草稿", "--name", "云溪县人民政府", *ROSTER)
    _, _, err = run(*words, "-o", "先.toml", "--partial", cwd=office)
    assert "已报 5/7，缺：云溪县财政局、石门坎乡人民政府" in err
    _, out, err = run(
        "batch",
        "草稿",
        "-o",
        "文档",
        *ROSTER,
        "--notices",
        "意见",
        "--report",
        "清单.xlsx",
        cwd=office,
    )
    assert "报了读不出" in out
    assert (office / "意见" / "云溪县财政局报送提醒.docx").exists()
    run("import", "第二批", *TAKE, cwd=office)
    assert figures(office) == EXPECTED
    code, _, err = run(*words, "-o", "县.toml", cwd=office)
    assert code == 0, err
    county = draft.loads((office / "县.toml").read_bytes()).report
    assert county.figures[CELL] == sum(EXPECTED.values())
    code, out, _ = run("compare", "上年", "草稿", "--to", "xlsx", "-o", "对照.xlsx", cwd=office)
    assert (code, "各单位两年对照（7 个单位）" in out) == (0, True)
    run("batch", "草稿", "-o", "公布", "--to", "html", "--index", *ROSTER, cwd=office)
    page = (office / "公布" / "index.html").read_text("utf-8")
    assert [page.index(unit) for unit in UNITS] == sorted(page.index(unit) for unit in UNITS)
