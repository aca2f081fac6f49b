"""LibreOffice, where it is installed: many files converted with one start of it."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

from govdisclose.formats import fonts
from govdisclose.model.finding import Unusable

NAMES = ("soffice", "libreoffice")
START, EACH = 90, 20  # seconds at most
MOST_AT_ONCE = 100  # more would not fit into a command line of Windows

MISSING = (
    "没有找到 LibreOffice：生成 PDF、读旧格式的文件要用它。"
    "请从 https://zh-cn.libreoffice.org 下载安装（Ubuntu、统信、麒麟：apt install libreoffice），"
    "或者在 Word、WPS 里打开生成的 .docx 另存"
)
SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="MacroSecurityLevel" oor:op="fuse"><value>3</value></prop>
<prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop>
<prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop>
</item>
<item oor:path="/org.openoffice.Office.Common/Misc">
<prop oor:name="FirstRun" oor:op="fuse"><value>false</value></prop>
</item>
<item oor:path="/org.openoffice.Setup/L10N">
<prop oor:name="ooSetupSystemLocale" oor:op="fuse"><value>zh-CN</value></prop>
</item>
<item oor:path="/org.openoffice.Office.Common/Filter/PDF/Export">
<prop oor:name="UseTaggedPDF" oor:op="fuse"><value>true</value></prop>
<prop oor:name="PDFUACompliance" oor:op="fuse"><value>true</value></prop>
<prop oor:name="SelectPdfVersion" oor:op="fuse"><value>2</value></prop>
<prop oor:name="ExportBookmarks" oor:op="fuse"><value>true</value></prop>
</item>
<item oor:path="/org.openoffice.Office.Common/Font/Substitution">
<prop oor:name="Replacement" oor:op="fuse"><value>true</value></prop>
</item>
{fonts}</oor:items>
"""
"""A profile without macros, that writes tagged PDF/UA and PDF/A-2b in Chinese."""

FONT = """<item oor:path="/org.openoffice.Office.Common/Font/Substitution/FontPairs">
<node oor:name="_{number}" oor:op="replace">
<prop oor:name="ReplaceFont" oor:op="fuse"><value>{font}</value></prop>
<prop oor:name="SubstituteFont" oor:op="fuse"><value>{other}</value></prop>
<prop oor:name="OnScreenOnly" oor:op="fuse"><value>false</value></prop>
<prop oor:name="Always" oor:op="fuse"><value>false</value></prop>
</node></item>
"""


def find() -> Path | None:
    """The program, on the search path or where its installers put it."""
    for name in NAMES:
        if found := shutil.which(name):
            return Path(found)
    return next((path for path in usual_places() if path.is_file()), None)


def usual_places() -> Iterator[Path]:
    """Where the installers of Windows, macOS and Linux put the program."""
    for variable in ("PROGRAMFILES", "PROGRAMFILES(X86)", "PROGRAMW6432"):
        if folder := os.environ.get(variable):
            yield Path(folder, "LibreOffice", "program", "soffice.exe")
    yield Path("/Applications/LibreOffice.app/Contents/MacOS/soffice")
    for installed in sorted(Path("/opt").glob("libreoffice*"), reverse=True):
        yield installed / "program" / "soffice"


def convert(files: Mapping[str, bytes], to: str = "pdf") -> dict[str, bytes]:
    """The files in another format, by the same names; what fails is left out.

    A name's suffix says what a file is. LibreOffice starts once for a hundred,
    with a profile of its own, without macros and links; a file that it leaves
    out is tried again apart. Unusable where it is not installed.
    """
    program = find()
    if program is None:
        raise Unusable(MISSING)
    names, done = list(files), dict[str, bytes]()
    for start in range(0, len(names), MOST_AT_ONCE):
        some = names[start : start + MOST_AT_ONCE]
        done |= batch(program, {name: files[name] for name in some}, to)
    for name in names if len(names) > 1 else ():
        if name not in done:
            done |= batch(program, {name: files[name]}, to)
    return {name: done[name] for name in names if name in done}


def pdf(documents: Mapping[str, bytes]) -> dict[str, bytes]:
    """Word documents as PDF, by the same names; Unusable says which one fails."""
    done = convert({f"{name}.docx": data for name, data in documents.items()})
    failed = [name for name in documents if f"{name}.docx" not in done]
    if failed:
        raise Unusable(
            f"LibreOffice 没有生成 {'、'.join(failed[:5])} 的 PDF，请在 Word、WPS 里另存"
        )
    return {name: in_chinese(done[f"{name}.docx"]) for name in documents}


def in_chinese(pdf: bytes) -> bytes:
    """A PDF whose text is Chinese throughout, as screen readers are told.

    The documents call their Latin letters English, since LibreOffice else breaks
    numbers over lines; it then tags all text so. Both names are equally long.
    """
    return pdf.replace(b"/Lang(en-US)", b"/Lang(zh-CN)")


def batch(program: Path, files: Mapping[str, bytes], to: str) -> dict[str, bytes]:
    """The files converted with one start, under plain names in a folder of its own."""
    with tempfile.TemporaryDirectory(prefix="govdisclose-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        settings = folder / "profile" / "user"
        settings.mkdir(parents=True)
        (settings / "registrymodifications.xcu").write_text(profile_settings(), "utf-8")
        inputs = {file: folder / f"{n}{Path(file).suffix}" for n, file in enumerate(files)}
        for file, path in inputs.items():
            path.write_bytes(files[file])
        outputs = folder / "out"
        profile = (folder / "profile").as_uri()
        command = [str(program), f"-env:UserInstallation={profile}", "--headless", "--norestore"]
        command += ["--convert-to", to, "--outdir", str(outputs), *map(str, inputs.values())]
        run(command, START + EACH * len(files))
        made = {file: outputs / f"{path.stem}.{to}" for file, path in inputs.items()}
        return {file: path.read_bytes() for file, path in made.items() if path.is_file()}


def profile_settings() -> str:
    """The settings of a profile, each missing font replaced by the nearest Chinese one."""
    pairs = fonts.replacements(fonts.installed())
    drawn = "".join(
        FONT.format(number=number, font=font, other=other)
        for number, (font, other) in enumerate(pairs.items())
    )
    return SETTINGS.format(fonts=drawn)


def run(command: list[str], timeout: float) -> None:
    """Run a program to its end; Unusable when it takes more seconds than that."""
    quiet = subprocess.DEVNULL
    process = subprocess.Popen(
        command, stdin=quiet, stdout=quiet, stderr=quiet, start_new_session=True
    )
    try:
        process.wait(timeout)
    except subprocess.TimeoutExpired:
        stop(process)
        raise Unusable(f"LibreOffice {timeout:.0f} 秒还没有转换完，已停下；请关掉它再试") from None
    except BaseException:
        stop(process)
        raise


def stop(process: subprocess.Popen[bytes]) -> None:
    """End a program with those it has started."""
    if sys.platform == "win32":
        subprocess.run(
            ["taskkill", "/F", "/T", "/PID", str(process.pid)], capture_output=True, check=False
        )
    else:
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
