"""A table filled as a grid: arrows, digits, paste, undo, sums and balances live."""

import os
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from govdisclose.formats import draft
from govdisclose.interview import grid_view
from govdisclose.interview.table_editor import TableEditor
from govdisclose.model.notices import NEWEST
from govdisclose.model.report import Bureau, Report
from govdisclose.model.text import wide
from tests.support.cli import SAMPLES

BY = NEWEST.by_name
APPLICATIONS = NEWEST.tables["applications"]
HUAIAN = SAMPLES / "淮安市人民政府2024.toml"


def editing(table: str = "applications", report: Report | None = None) -> TableEditor:
    report = report or Report(year=2024, bureau=Bureau("甲"))
    saves: list[int] = []
    editor = TableEditor(report, NEWEST.tables[table], lambda: saves.append(1))
    editor.saves = saves
    return editor


def press(editor: TableEditor, *keys: str) -> None:
    for key in keys:
        if key in ("up", "down", "left", "right"):
            moves = {"up": (-1, 0), "down": (1, 0), "left": (0, -1), "right": (0, 1)}
            editor.move(*moves[key])
        elif key == "enter":
            editor.step(1)
        else:
            for character in key:
                editor.type(character)


KEYS = st.lists(st.sampled_from(["up", "down", "left", "right", "enter", "1", "20", "0"]))


@given(KEYS)
@settings(max_examples=60, deadline=None)
def test_whatever_is_pressed_sums_hold_and_undo_leads_back_to_the_start(keys):
    editor = editing()
    press(editor, *keys)
    editor.commit()
    for total, sums in NEWEST.sums.items():
        for terms in sums:
            value = editor.report.add(terms)
            assert value is None or editor.report.figures[total] == value
    while editor.before:
        editor.undo()
    assert editor.report.figures == {}


def huaian_block(labels: bool, sums: bool) -> str:
    figures = draft.loads(HUAIAN.read_bytes()).report.figures
    rows = []
    for line in APPLICATIONS.lines:
        if not sums and all(cell in NEWEST.sums for cell in line.cells):
            continue
        cells = [cell for cell in line.cells if sums or cell not in NEWEST.sums]
        label = [line.row.text] if labels else []
        rows.append("\t".join([*label, *(str(figures[cell]) for cell in cells)]))
    return "\n".join(rows)


@pytest.mark.parametrize("labels", [True, False])
@pytest.mark.parametrize("sums", [True, False])
def test_a_whole_table_is_pasted_with_or_without_labels_and_sums(labels, sums):
    editor = editing()
    editor.paste(huaian_block(labels, sums))
    assert editor.report.figures[BY["applications.handled.total"]] == 3050
    assert editor.report.figures[BY["applications.carried_out.natural_person"]] == 103
    assert list(editor.imbalances()) == []
    editor.undo()
    assert editor.report.figures == {}


def test_a_block_is_laid_where_the_cursor_is():
    editor = editing()
    editor.go_to("granted")
    press(editor, "right")
    editor.paste("1\t2\n3\t4")
    assert editor.report.figures[BY["applications.granted.enterprise"]] == 1
    assert editor.report.figures[BY["applications.partly_granted.research"]] == 4
    assert "粘贴了 4 格" in editor.said
    editor.go_to("carried_out")
    editor.paste("1\n2\n3")
    assert "粘贴的有 3 行" in editor.said


def test_a_fault_is_said_and_keeps_what_was_typed():
    editor = editing()
    press(editor, "1.5", "down")
    assert editor.row == 0
    assert "整数" in editor.said
    assert editor.typed == "1.5"
    editor.rub_out()
    editor.rub_out()
    press(editor, "down")
    assert editor.row == 1


def test_sums_are_not_typed_and_enter_passes_them_over():
    editor = editing()
    editor.go_to("received")
    press(editor, *["right"] * 6, "5")
    assert editor.typed == ""
    assert "算出来的" in editor.said
    editor.go_to("otherwise")
    press(editor, *["1", "enter"] * 6)
    assert editor.lines[editor.row].row.key == "carried_out"


def test_every_change_is_saved_and_zeros_fill_a_row():
    editor = editing()
    editor.go_to("received")
    press(editor, "5", "enter")
    editor.zeros()
    assert editor.report.figures[BY["applications.received.total"]] == 5
    assert len(editor.saves) == 2
    editor.undo()
    assert len(editor.saves) == 3


def test_wrong_ones_are_marked_by_more_than_colour():
    report = draft.loads(HUAIAN.read_bytes()).report
    editor = editing(report=report)
    report.figures[BY["applications.received.total"]] = 1
    body = "".join(text for _, text in grid_view.body_of(editor, 80))
    assert " 1!" in body
    foot = "".join(text for _, text in grid_view.foot_of(editor, 80))
    assert "一＋二 与 三（七）＋四" in foot
    assert "差-3118!" in foot
    assert foot.count("平") == 6


@pytest.mark.parametrize("room", [80, 100, 200])
@pytest.mark.parametrize("table", list(NEWEST.tables))
def test_no_line_is_wider_than_the_terminal(table, room):
    editor = editing(table, draft.loads(HUAIAN.read_bytes()).report)
    for part in (grid_view.head_of, grid_view.body_of, grid_view.foot_of):
        for line in "".join(text for _, text in part(editor, room)).splitlines():
            assert wide(line) <= room, line


@pytest.mark.skipif(os.name == "nt", reason="a pseudo-terminal of Unix is needed")
@pytest.mark.parametrize(("rows", "width"), [(24, 80), (30, 100)])
def test_the_grid_in_a_real_terminal(tmp_path, rows, width):
    import pexpect

    (tmp_path / "a.toml").write_bytes(HUAIAN.read_bytes())
    child = pexpect.spawn(
        sys.executable,
        ["-m", "govdisclose", "fill", "a.toml", "--section", "三"],
        cwd=str(tmp_path),
        dimensions=(rows, width),
        encoding="utf-8",
        timeout=20,
        env={**os.environ, "TERM": "xterm", "LANG": "C.UTF-8", "PROMPT_TOOLKIT_NO_CPR": "1"},
    )
    child.delaybeforesend = 0.1
    child.expect_exact("法律服务 其他")
    child.expect_exact("\x1b[?25h")
    child.send("g\r")
    child.expect_exact("Esc 回到")
    child.send("3005\x1b[B")
    child.expect_exact("差4!")
    child.send("\x1b[A")
    child.setwinsize(rows + 10, width + 20)
    child.send("\x1b[200~3001\t54\x1b[201~")
    child.expect_exact("2 格，u")
    child.send("u")
    child.expect_exact("已撤销")
    child.send("\x1b")
    child.expect_exact("自然人：3001 → 3005")
    child.expect_exact("\x1b[?25h")
    child.send("q\r")
    child.expect_exact("接着填")
    child.close()
    held = draft.loads((tmp_path / "a.toml").read_bytes()).report
    assert held.figures[BY["applications.received.natural_person"]] == 3005
