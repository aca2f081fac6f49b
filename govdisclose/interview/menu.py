"""A list to choose from at a real terminal: arrow keys, numbers, Enter."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from prompt_toolkit import Application
from prompt_toolkit.key_binding import KeyBindings
from prompt_toolkit.layout import Layout, Window
from prompt_toolkit.layout.controls import FormattedTextControl

from govdisclose.model.text import in_one_line

if TYPE_CHECKING:
    from prompt_toolkit.formatted_text import StyleAndTextTuples
    from prompt_toolkit.key_binding import KeyPressEvent

HINT = "↑↓ 选，回车确定，也可以直接打编号；q 退出"


def chosen(title: str, choices: Sequence[str]) -> int | None:
    """The choice that is taken, counted from 0; None for q, Esc or Ctrl-C."""
    at = [0]

    def shown() -> StyleAndTextTuples:
        lines: StyleAndTextTuples = [("", f"{title}\n")]
        for place, choice in enumerate(choices):
            mark, style = ("> ", "reverse") if place == at[0] else ("  ", "")
            lines.append((style, f"{mark}{place + 1} {choice}\n"))
        return [*lines, ("", HINT)]

    choices = [in_one_line(choice) for choice in choices]
    control = FormattedTextControl(shown, focusable=True, show_cursor=False)
    window = Window(control, height=len(choices) + 2, wrap_lines=False)
    app: Application[int | None] = Application(
        layout=Layout(window), key_bindings=keys(at, len(choices)), erase_when_done=True
    )
    taken = app.run()
    if taken is not None:
        print(f"{title}：{choices[taken]}", flush=True)
    return taken


def keys(at: list[int], count: int) -> KeyBindings:
    """The keys of a list: ``at`` holds the place that is marked."""
    bound = KeyBindings()

    @bound.add("up")
    @bound.add("k")
    def up(event: KeyPressEvent) -> None:
        at[0] = (at[0] - 1) % count

    @bound.add("down")
    @bound.add("j")
    @bound.add("tab")
    def down(event: KeyPressEvent) -> None:
        at[0] = (at[0] + 1) % count

    @bound.add("enter")
    def take(event: KeyPressEvent) -> None:
        event.app.exit(result=at[0])

    for number in range(1, min(count, 9) + 1):

        @bound.add(str(number))
        def jump(event: KeyPressEvent, place: int = number - 1) -> None:
            event.app.exit(result=place)

    for key in ("q", "escape", "c-c", "c-d", "<"):

        @bound.add(key, eager=key == "escape")
        def leave(event: KeyPressEvent) -> None:
            event.app.exit(result=None)

    return bound
