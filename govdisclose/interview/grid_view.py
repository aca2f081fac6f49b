"""The grid at a real terminal: headings that stay, a body that scrolls, keys."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from prompt_toolkit import Application
from prompt_toolkit.application import get_app
from prompt_toolkit.data_structures import Point
from prompt_toolkit.key_binding import KeyBindings
from prompt_toolkit.keys import Keys
from prompt_toolkit.layout import HSplit, Layout, Window
from prompt_toolkit.layout.controls import FormattedTextControl

from govdisclose.interview.table_editor import ALLOWED, TableEditor
from govdisclose.model.figures import shown
from govdisclose.model.form import Address, Balance, Line, Table
from govdisclose.model.report import Report
from govdisclose.model.text import wide

if TYPE_CHECKING:
    from prompt_toolkit.formatted_text import StyleAndTextTuples
    from prompt_toolkit.key_binding import KeyPressEvent

HINT = "方向键走，回车下一格，- 清空，z 本行余下填 0，u 撤销，可以粘贴整块；Esc 回到问题"


def edit(report: Report, table: Table, path: str, save: Callable[[], None]) -> None:
    """Fill a table as a grid until the officer leaves it; every change is saved."""
    editor = TableEditor(report, table, save)
    editor.go_to(path.partition(".")[2])
    body = FormattedTextControl(
        lambda: body_of(editor, columns()),
        focusable=True,
        show_cursor=False,
        get_cursor_position=lambda: Point(0, editor.row),
    )
    layout = HSplit(
        [
            Window(FormattedTextControl(lambda: head_of(editor, columns())), height=3),
            Window(body, wrap_lines=False),
            Window(FormattedTextControl(lambda: foot_of(editor, columns())), height=4),
        ]
    )
    app: Application[None] = Application(
        layout=Layout(layout, focused_element=body), key_bindings=keys(editor), full_screen=True
    )
    app.ttimeoutlen = 0.1
    app.run()


def columns() -> int:
    """How wide the terminal is now."""
    return get_app().output.get_size().columns


def widths(editor: TableEditor, room: int) -> tuple[int, int]:
    """The width of the row headings and of each column, for a terminal so wide."""
    cells = [cell for line in editor.lines for cell in line.cells]
    longest = max((len(shown(editor.report.figures.get(cell))) for cell in cells), default=1)
    heads = max(wide(editor.report.form.column_name(c)) for c in editor.lines[0].cells)
    count = len(editor.lines[0].cells)
    each = max(longest + 3, len(editor.typed) + 3, 6, heads + 1 if count < 5 else 0)
    return max(10, min(40, room - 1 - each * count)), each


def cut(text: str, width: int) -> str:
    """A text in a width of the screen: its end left out where it is too long, else filled up."""
    if wide(text) > width:
        while text and wide(text) > width - 2:
            text = text[:-1]
        text += "…"
    return text + " " * (width - wide(text))


def right(text: str, width: int) -> str:
    """A text at the right of a width of the screen."""
    return " " * (width - wide(text)) + text


def head_of(editor: TableEditor, room: int) -> StyleAndTextTuples:
    """The headings of the columns, which stay in sight."""
    label, each = widths(editor, room)
    form, table = editor.report.form, editor.table
    section, per = form.homes[table.key], (each - 1) // 2
    names = [form.column_name(cell) for cell in editor.lines[0].cells]
    upper = "".join(right(name[:per] if len(name) > per else "", each - 1) + " " for name in names)
    lower = "".join(
        right(name[per : 2 * per] if len(name) > per else name, each - 1) + " " for name in names
    )
    return [
        ("bold", f"{section.label}\n"),
        ("", f"{' ' * label}{upper}\n"),
        ("", f"{' ' * label}{lower}"),
    ]


def body_of(editor: TableEditor, room: int) -> StyleAndTextTuples:
    """The rows of the table, the cell under the cursor in brackets."""
    label, each = widths(editor, room)
    found: StyleAndTextTuples = []
    for row, line in enumerate(editor.lines):
        found.append(("bold" if row == editor.row else "", cut(line.brief, label)))
        for column, cell in enumerate(line.cells):
            is_here = (row, column) == (editor.row, editor.column)
            text = value_of(editor, cell, is_here)
            style = "reverse" if is_here else ("italic" if editor.is_sum(cell) else "")
            found += [("", " " * (each - wide(text))), (style, text)]
        found.append(("", "\n" if row < len(editor.lines) - 1 else ""))
    return found


def value_of(editor: TableEditor, cell: Address, is_here: bool) -> str:
    """A figure as the grid shows it: [5] under the cursor, 5! where it is wrong."""
    value = shown(editor.report.figures.get(cell)) or ("·" if editor.is_sum(cell) else "?")
    if is_here:
        return f"[{editor.typed + '_' if editor.typed else value}]"
    return f"{value}!" if editor.is_wrong(cell) else f"{value} "


def foot_of(editor: TableEditor, room: int) -> StyleAndTextTuples:
    """What balances, where the cursor is, what was said last, and the keys."""
    label, each = widths(editor, room)
    line = editor.lines[editor.row]
    column = editor.report.form.column_name(editor.cell)
    where = f"{line.name}｜{column}（{editor.unit}）"
    return [
        ("", balance_of(editor, label, each) + "\n"),
        ("bold", cut(where, room - 1) + "\n"),
        ("", cut(editor.said or note_of(line), room - 1) + "\n"),
        ("", cut(HINT, room - 1)),
    ]


def note_of(line: Line) -> str:
    """What is counted in a row."""
    return line.row.note or "这一行是算出来的"


def balance_of(editor: TableEditor, label: int, each: int) -> str:
    """Whether the balance holds, column by column: 平, or by how much it does not."""
    if not editor.table.balances:
        return ""
    wrong = dict(editor.imbalances())
    marks = []
    for column in range(len(editor.lines[0].cells)):
        difference = wrong.get(column)
        marks.append(right(f"差{shown(difference)}!" if difference else "平 ", each))
    balance = editor.table.balances[0]
    sides = ["＋".join(number_of(editor, row) for row in rows) for rows in balance_sides(balance)]
    return cut(" 与 ".join(sides), label) + "".join(marks)


def balance_sides(balance: Balance) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The rows on both sides of a balance."""
    return balance.left, balance.right


def number_of(editor: TableEditor, row: str) -> str:
    """A row by its printed number alone: 一, 三（七）."""
    line = editor.report.form.lines[editor.table.key, row]
    return line.name.removesuffix(line.row.label).rstrip("、")


def keys(editor: TableEditor) -> KeyBindings:
    """What each key does in the grid."""
    bound = KeyBindings()
    moves = {"up": (-1, 0), "down": (1, 0), "left": (0, -1), "right": (0, 1)}
    for key, (down, across) in moves.items():

        @bound.add(key)
        def move(event: KeyPressEvent, down: int = down, across: int = across) -> None:
            editor.move(down, across)

    for key, by in {"enter": 1, "tab": 1, ">": 1, "s-tab": -1, "<": -1}.items():

        @bound.add(key)
        def step(event: KeyPressEvent, by: int = by) -> None:
            editor.step(by)

    page = {"pageup": -10, "pagedown": 10}
    for key, by in page.items():

        @bound.add(key)
        def turn(event: KeyPressEvent, by: int = by) -> None:
            editor.move(by, 0)

    for key in ("backspace", "delete", "-"):

        @bound.add(key)
        def rub_out(event: KeyPressEvent) -> None:
            editor.rub_out()

    for key in ("u", "c-z"):

        @bound.add(key)
        def undo(event: KeyPressEvent) -> None:
            editor.undo()

    @bound.add("z")
    def zeros(event: KeyPressEvent) -> None:
        editor.zeros()

    @bound.add(Keys.BracketedPaste)
    def paste(event: KeyPressEvent) -> None:
        editor.paste(event.data.replace("\r\n", "\n").replace("\r", "\n"))

    for key in ("escape", "q", "c-c", "c-d"):

        @bound.add(key)
        def leave(event: KeyPressEvent) -> None:
            if editor.commit():
                event.app.exit()

    @bound.add(Keys.Any)
    def other(event: KeyPressEvent) -> None:
        if ALLOWED.fullmatch(event.data):
            editor.type(event.data)

    return bound
