"""A report in windows of different widths, and for those who listen to it."""

import os
import re
import sys

import pytest

from govdisclose.formats import draft
from govdisclose.model.figures import shown
from tests.support.cli import FAULTY, LANGXI, SAMPLES, run

CITY = SAMPLES / "淮安市人民政府2024.toml"


@pytest.mark.parametrize("path", [CITY, LANGXI, FAULTY])
def test_in_lines_every_figure_is_told(tmp_path, path):
    _, out, _ = run("show", path, "--lines", cwd=tmp_path)
    report = draft.loads(path.read_bytes()).report
    told = out.splitlines()
    for table in report.form.tables.values():
        for line in table.lines:
            [words] = [
                each for each in told if re.match(rf"{re.escape(line.brief)}(（\w+）)?：", each)
            ]
            figures = [report.figures.get(cell) for cell in line.cells]
            if "各项都是 0" in words:
                assert set(figures) == {0}
            else:
                values = re.findall(r" ([\d.]+|尚未填报)(?:（(?:有错误|待核)）)?(?=，|$)", words)
                assert values == [shown(figure) or "尚未填报" for figure in figures]


def test_in_lines_marks_are_words(tmp_path):
    _, out, _ = run("show", FAULTY, "--lines", cwd=tmp_path)
    assert "总计 22（有错误）" in out
    assert "规章（待核）：" in out
    assert not set("─│!*") & set(out)


def without_size() -> dict[str, str]:
    """The environment without what overrides the size of a terminal."""
    return {name: value for name, value in os.environ.items() if name not in ("COLUMNS", "LINES")}


@pytest.mark.skipif(os.name == "nt", reason="a pseudo-terminal of Unix is needed")
@pytest.mark.parametrize(("columns", "has_tables"), [(40, False), (79, False), (80, True)])
def test_a_window_too_narrow_for_tables_gets_lines(tmp_path, columns, has_tables):
    import pexpect

    shown = pexpect.run(
        f"{sys.executable} -m govdisclose show {FAULTY}",
        env={**without_size(), "TERM": "xterm", "LANG": "C.UTF-8", "NO_COLOR": "1"},
        cwd=str(tmp_path),
        encoding="utf-8",
        dimensions=(24, columns),
    )
    assert ("───" in shown) is has_tables
    assert ("行政许可：决定数量 635" in shown) is not has_tables
    assert "\x1b[3" not in shown
