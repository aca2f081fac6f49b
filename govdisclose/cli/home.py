"""The home screen: ``govdisclose`` alone at a terminal."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import typer

from govdisclose.cli.common import FINE, INTERRUPTED, complain

if TYPE_CHECKING:
    from govdisclose.interview.home import Choice, DraftHere
    from govdisclose.interview.terminal import ScreenTerminal

NEW, LEAVE = "从头填一份新的", "退出"


def is_for_a_person() -> bool:
    """Whether a person sits at the terminal."""
    import os
    import sys

    return sys.stdin.isatty() and sys.stdout.isatty() and os.environ.get("TERM") != "dumb"


def home() -> None:
    """Show what is here, state first, and do what is chosen until the officer leaves."""
    from govdisclose.interview import home as looked
    from govdisclose.interview.terminal import ScreenTerminal

    screen, folder = ScreenTerminal(), Path()
    while True:
        here = looked.drafts(folder)
        choices = [*looked.choices(folder, here), *looked.actions(here, folder)]
        screen.say("政府信息公开工作年度报告")
        for line in states(here):
            screen.say(f"  {line}")
        labels = [*(choice.label for choice in choices), NEW, LEAVE]
        chosen = screen.choose("接下来做什么", labels)
        if chosen is None or chosen == len(choices) + 1:
            return
        choice = choices[chosen] if chosen < len(choices) else None
        if run(choice, screen) == INTERRUPTED:
            raise typer.Exit(INTERRUPTED)
        screen.say()


def states(here: list[DraftHere]) -> list[str]:
    """The state of each draft that lies here, in a line."""
    if not here:
        return ["这个文件夹里还没有草稿"]
    more = [f"等 {len(here)} 份草稿"] if len(here) > 5 else []
    return [f"{each.path}：{each.state}" for each in here[:5]] + more


def run(choice: Choice | None, screen: ScreenTerminal) -> int:
    """Do what was chosen; a new report where nothing was. Gives the exit code."""
    try:
        do(choice, screen)
    except typer.Exit as ended:
        return ended.exit_code
    except (EOFError, KeyboardInterrupt):
        return FINE
    return FINE


def do(choice: Choice | None, screen: ScreenTerminal) -> None:
    """Run the command that a choice stands for."""
    from govdisclose.cli import check, fill, import_, render, set_

    if choice is None:
        raise typer.Exit(fill.sit_down(screen, None, None, None, "", False))
    path = choice.path
    if choice.action == "next":
        path = fill.begun_from(path, screen)
    if choice.action in ("fill", "next"):
        is_new = choice.action == "next"
        raise typer.Exit(fill.sit_down(screen, path, None, None, "", is_new))
    if choice.action == "check":
        check.check([path])
    elif choice.action == "render":
        render.render([path])
    elif choice.action == "merge":
        import_.take_in([choice.document or path], into=path)
    elif choice.action == "set":
        place = screen.line("改哪个数（例如 行政许可、本年新收.自然人、联系电话）").strip()
        value = screen.line("新的数（整行就写几个，空格隔开）").strip() if place else ""
        if not value:
            complain("没有改")
            return
        set_.set_(path, place, value.split())
