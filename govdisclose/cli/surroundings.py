"""What the program is started in: streams that are closed, a system without Chinese."""

from __future__ import annotations

import codecs
import os
import sys

ASIDE = "标准输出是关着的：结果没有显示出来\n"


def prepare() -> None:
    """Make the streams usable, whatever they are; one that is closed leads nowhere.

    Were it left closed, the next file that is opened would take its place.
    """
    in_utf8()
    is_silent = sys.stdout is None
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: SIM115
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    if hasattr(sys.stdin, "reconfigure"):
        sys.stdin.reconfigure(encoding="utf-8", errors="surrogateescape")
    if is_silent:
        sys.stderr.write(ASIDE)


def in_utf8() -> None:
    """Start anew in UTF-8 where the system's encoding holds no Chinese names (LC_ALL=C)."""
    has_chinese = codecs.lookup(sys.getfilesystemencoding()).name != "ascii"
    if os.name == "posix" and not has_chinese and sys.executable:
        os.execv(sys.executable, [sys.executable, "-X", "utf8", *sys.orig_argv[1:]])
