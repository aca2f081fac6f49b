"""The one adapter to a terminal: a line editor at a real one, else plain lines.

Reading raises EOFError when the input has ended and KeyboardInterrupt on
Ctrl-C. A text of several lines ends with a line that holds one full stop.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Collection, Sequence
from typing import TYPE_CHECKING, Protocol

from govdisclose.interview.swap import DELAY
from govdisclose.model.text import half, visible

if TYPE_CHECKING:
    from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent

    from govdisclose.model.form import Table
    from govdisclose.model.report import Report

STOPS = (".", "。")


class Unfinished(KeyboardInterrupt):
    """Ctrl-C, or a closed window, in the middle of a text; holds what there is."""

    @property
    def text(self) -> str:
        """The text as far as it was typed."""
        return str(self.args[0]) if self.args else ""


class HungUp(Unfinished):
    """The window was closed in the middle of a text: nobody is there to be asked."""


def unhinted(typed: str) -> str:
    """Nothing to say of what is typed."""
    return ""


class Terminal(Protocol):
    """What an interview needs of a terminal.

    ``keep`` is told what stands in a text as it is typed.
    """

    keep: Callable[[str], None]

    def say(self, text: str = "") -> None:
        """Print some lines."""

    def line(self, prompt: str, proposal: str = "", hint: Callable[[str], str] = unhinted) -> str:
        """Ask for one line; an unchanged proposal is what Enter gives.

        ``hint`` says of what stands there what to look at; it stops nothing.
        """

    def lines(self, prompt: str, words: Collection[str] = (), text: str = "") -> str:
        """Ask for paragraphs; Enter at once, or a word on a line of its own, ends them."""

    def edit_table(self, report: Report, table: Table, path: str, save: Callable[[], None]) -> bool:
        """Fill a table as a grid, from a row on; False where that is not possible."""

    def choose(self, title: str, choices: Sequence[str]) -> int | None:
        """One of some choices, counted from 0; None where none is wanted."""


def forget(text: str) -> None:
    """Keep nothing of a text that is being typed."""


class PlainTerminal:
    """Plain lines, for input that comes from a file or another program."""

    def __init__(self) -> None:
        self.keep: Callable[[str], None] = forget

    def say(self, text: str = "") -> None:
        """Print some lines."""
        import typer

        typer.echo(visible(text))

    def line(self, prompt: str, proposal: str = "", hint: Callable[[str], str] = unhinted) -> str:
        """Ask for one line; an empty one takes the proposal, and nothing is hinted at."""
        shown = f"{prompt} [{proposal}]" if proposal else prompt
        return self.read(visible(f"{shown}: ")) or proposal

    def lines(self, prompt: str, words: Collection[str] = (), text: str = "") -> str:
        """Ask for paragraphs, read line by line; a text to be changed is shown."""
        self.say(f"  {text}\n{prompt}" if text else prompt)
        first = self.read("")
        if half(first).strip() in ("", *words, *STOPS):
            return first.strip().strip("。.")
        typed = [first]

        def read() -> str:
            self.keep("\n".join(typed))
            typed.append(self.read(""))
            return typed[-1]

        return "\n".join([first, *until_stop(read, EOFError, words)])

    def edit_table(self, report: Report, table: Table, path: str, save: Callable[[], None]) -> bool:
        """A table is filled line by line here."""
        return False

    def choose(self, title: str, choices: Sequence[str]) -> int | None:
        """One of some choices by its number, from 0; None for Enter at nothing."""
        for place, choice in enumerate(choices, start=1):
            self.say(f"  {place} {choice}")
        typed = self.read(f"{title}: ").strip()
        return int(typed) - 1 if typed in map(str, range(1, len(choices) + 1)) else None

    def read(self, prompt: str) -> str:
        """One line of input, its bytes in UTF-8 or GBK."""
        import typer

        try:
            typed: str = typer.prompt(prompt, default="", show_default=False, prompt_suffix="")
        except typer.Abort:
            raise EOFError from None
        return repaired(typed)


class ScreenTerminal:
    """A line editor that knows wide characters, paste, history and arrow keys."""

    def __init__(self) -> None:
        from prompt_toolkit import PromptSession

        self.session: PromptSession[str] = PromptSession(rprompt=self.hinted)
        self.keep: Callable[[str], None] = forget
        self.hint: Callable[[str], str] = unhinted
        self.is_text = self.is_waiting = False
        self.session.default_buffer.on_text_changed += self.put_by_soon
        for name in ("SIGHUP", "SIGTERM", "SIGBREAK"):  # the last: a console of Windows is closed
            if hasattr(signal, name):
                signal.signal(getattr(signal, name), self.hang_up)

    def hang_up(self, *_: object) -> None:
        """End the question when the window is closed, with what has been typed."""
        app = self.session.app
        self.put_by()
        if not (app.is_running and app.loop):
            raise HungUp
        ended = HungUp(self.session.default_buffer.text)
        app.loop.call_soon_threadsafe(lambda: app.exit(exception=ended))

    def put_by_soon(self, _: object) -> None:
        """See to it that what has been typed is kept, not at every key."""
        loop = self.session.app.loop
        if self.is_text and loop and not self.is_waiting:
            self.is_waiting = True
            loop.call_later(DELAY, self.put_by)

    def put_by(self) -> None:
        """Keep what stands in the text."""
        self.is_waiting = False
        if self.is_text:
            self.keep(self.session.default_buffer.text)

    def hinted(self) -> str:
        """What to say of the line as it stands; nothing is left of it after Enter.

        It is at the right end: a bar below needs to know where on the screen it is,
        which not every terminal tells.
        """
        return (
            "" if self.session.app.is_done else visible(self.hint(self.session.default_buffer.text))
        )

    def say(self, text: str = "") -> None:
        """Print some lines."""
        print(visible(text), flush=True)

    def line(self, prompt: str, proposal: str = "", hint: Callable[[str], str] = unhinted) -> str:
        """Ask for one line, the proposal in grey; a paste may hold several.

        Enter takes the proposal, → or Tab brings it in to be changed. What is
        hinted at stands at the end of the line as it is typed.
        """
        self.say(prompt)
        self.hint = hint
        try:
            typed = self.session.prompt(
                "> ",
                multiline=False,
                placeholder=[("fg:ansibrightblack", visible(proposal))],
                key_bindings=bringing(proposal),
            )
        finally:
            self.hint = unhinted
        return typed or proposal

    def lines(self, prompt: str, words: Collection[str] = (), text: str = "") -> str:
        """Ask for paragraphs in an editor of several lines; Ctrl-D ends it too."""
        self.say(prompt)
        self.is_text, self.is_waiting = True, False
        try:
            typed = self.session.prompt(
                "> ",
                default=text,
                placeholder="",
                multiline=True,
                key_bindings=ending(words),
                prompt_continuation="  ",
            )
        finally:
            self.is_text = False
        kept = until_stop(iter(typed.split("\n")).__next__, StopIteration)
        return "\n".join(kept)

    def choose(self, title: str, choices: Sequence[str]) -> int | None:
        """One of some choices by arrow keys or its number; None for Esc, q or Ctrl-C."""
        from govdisclose.interview.menu import chosen

        return chosen(title, choices)

    def edit_table(self, report: Report, table: Table, path: str, save: Callable[[], None]) -> bool:
        """Fill a table as a grid, from a row on."""
        from govdisclose.interview.grid_view import edit

        edit(report, table, path, save)
        return True


def bringing(proposal: str) -> KeyBindings:
    """Keys that bring a proposal into an empty line."""
    from prompt_toolkit.filters import Condition
    from prompt_toolkit.key_binding import KeyBindings

    keys = KeyBindings()

    @Condition
    def is_offered() -> bool:
        from prompt_toolkit.application import get_app

        return bool(proposal) and not get_app().current_buffer.text

    @keys.add("right", filter=is_offered)
    @keys.add("tab", filter=is_offered)
    def bring(event: KeyPressEvent) -> None:
        event.current_buffer.insert_text(proposal)

    @keys.add("tab", filter=~is_offered)
    def part(event: KeyPressEvent) -> None:
        event.current_buffer.insert_text(" ")

    return keys


def ending(words: Collection[str]) -> KeyBindings:
    """Keys that end a text: Enter on nothing, a word or a full stop; Ctrl-D, and Esc as ?."""
    from prompt_toolkit.key_binding import KeyBindings

    keys = KeyBindings()

    @keys.add("enter")
    def enter(event: KeyPressEvent) -> None:
        buffer = event.current_buffer
        line = half(buffer.document.current_line).strip()
        is_last = buffer.document.is_cursor_at_the_end
        if not buffer.text.strip() or line in STOPS or (is_last and line in words):
            buffer.validate_and_handle()
        else:
            buffer.insert_text("\n")

    if "?" in words:

        @keys.add("escape")
        def leave(event: KeyPressEvent) -> None:
            buffer = event.current_buffer
            buffer.text = f"{buffer.text.rstrip()}\n?".lstrip()
            buffer.cursor_position = len(buffer.text)
            buffer.validate_and_handle()

    @keys.add("c-c")
    def interrupt(event: KeyPressEvent) -> None:
        event.app.exit(exception=Unfinished(event.current_buffer.text))

    @keys.add("c-d")
    def end(event: KeyPressEvent) -> None:
        if event.current_buffer.text:
            event.current_buffer.validate_and_handle()
        else:
            event.app.exit(exception=EOFError)

    return keys


def until_stop(
    read: Callable[[], str], end: type[Exception] = EOFError, words: Collection[str] = ()
) -> list[str]:
    """Lines up to one that holds a full stop alone, or the end of the input.

    One of the words on a line of its own ends them too, and is the last.
    """
    found: list[str] = []
    while True:
        try:
            text = read()
        except end:
            return found
        if text.strip() in STOPS:
            return found
        found.append(text)
        if text.strip() and half(text).strip() in words:
            return found


def repaired(typed: str) -> str:
    """A line of input whose bytes were taken for UTF-8, read as GBK where that is what it is.

    Some words of two-byte characters are letters of other alphabets in UTF-8 (目 is Ŀ):
    on a system whose own encoding is GBK they are Chinese.
    """
    data = typed.encode("utf-8", "surrogateescape")
    is_utf8 = data.decode("utf-8", "ignore").encode() == data
    if is_utf8 and not (is_gbk_system() and "\x7f" < max(typed, default="") < "\u0800"):
        return typed
    try:
        return data.decode("gb18030")
    except UnicodeDecodeError:
        return data.decode("utf-8", "replace")


def is_gbk_system() -> bool:
    """Whether programs here take bytes for GBK unless told otherwise."""
    import codecs
    import locale

    return codecs.lookup(locale.getencoding()).name in ("gbk", "gb2312", "gb18030")


def connect() -> Terminal:
    """A line editor where a person sits, plain lines otherwise."""
    if sys.stdin.isatty() and sys.stdout.isatty() and os.environ.get("TERM") != "dumb":
        return ScreenTerminal()
    return PlainTerminal()


def editor_here() -> str:
    """An editor that is on this computer; one for a terminal only where there is one."""
    import shutil

    if os.name == "nt":
        return "notepad"
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        return ""
    return next((name for name in ("nano", "vi") if shutil.which(name)), "")


def edited(text: str) -> str | None:
    """A text changed in ``$VISUAL``, ``$EDITOR``, notepad, nano or vi; None where there is none.

    What the editor has saved counts, however it ended.
    """
    import shlex
    import subprocess
    import tempfile
    from pathlib import Path

    command = os.environ.get("VISUAL") or os.environ.get("EDITOR") or editor_here()
    if not command:
        return None
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "text.txt"
        file.write_text(text, "utf-8")
        try:
            subprocess.run([*shlex.split(command, posix=os.name != "nt"), str(file)], check=False)
            return file.read_text("utf-8-sig").replace("\r\n", "\n").rstrip("\n")
        except (OSError, ValueError):
            return None
