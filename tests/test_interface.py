"""The door for programs: small, typed, documented, and light until it is used."""

import inspect
import re
import subprocess
import sys
from pathlib import Path

import pytest

import govdisclose
from govdisclose.formats import libreoffice
from tests.support import samples
from tests.support.cli import FAULTY, LANGXI

ROOT = Path(__file__).parents[1]
HEAVY = {"typer", "rich", "docx", "lxml", "xlsxwriter", "python_calamine", "prompt_toolkit"}


def test_every_public_name_is_there_and_documented():
    for name in govdisclose.__all__:
        value = getattr(govdisclose, name)
        assert name == "__version__" or name == "FORMS" or inspect.getdoc(value)
    with pytest.raises(AttributeError):
        assert govdisclose.nothing_of_the_kind


def test_importing_it_loads_nothing_heavy():
    code = "import sys, govdisclose; govdisclose.Report; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert HEAVY.isdisjoint(name.partition(".")[0] for name in done.stdout.split())


def test_a_report_is_read_checked_and_printed():
    reading = govdisclose.read(str(LANGXI))
    assert govdisclose.check(reading) == govdisclose.check(reading.report)
    for format in ("docx", "html", "xlsx", "toml"):
        document = govdisclose.render(reading.report, format)
        assert document == govdisclose.render(reading.report, format)
    assert {f.severity for f in govdisclose.check(govdisclose.read(FAULTY))} >= {
        govdisclose.Severity.ERROR
    }


@pytest.mark.parametrize("format", ["docx", "html", "toml"])
def test_what_is_rendered_reads_back(format: str, tmp_path: Path):
    path = tmp_path / f"a.{format}"
    path.write_bytes(govdisclose.render(samples.city(), format))
    assert govdisclose.read(path).report.figures == samples.city().figures


@pytest.mark.skipif(libreoffice.find() is None, reason="LibreOffice is not installed")
def test_a_report_is_printed_as_pdf():
    assert govdisclose.render(samples.small(), "pdf").startswith(b"%PDF-")


def test_what_cannot_be_used_is_one_sentence(tmp_path: Path):
    with pytest.raises(govdisclose.Unusable, match="没有这个文件"):
        govdisclose.read(tmp_path / "无.toml")
    with pytest.raises(govdisclose.Unusable, match="不能生成"):
        govdisclose.render(samples.small(), "odt")


def test_the_lines_in_the_readme_run(capsys, monkeypatch):
    monkeypatch.chdir(ROOT)
    [code] = re.findall(r"```python\n(.*?)```", (ROOT / "README.md").read_text("utf-8"), re.S)
    names: dict[str, object] = {}
    exec(code, names)
    assert names["document"] == govdisclose.render(govdisclose.Report.copy(names["reading"].report))
    assert "R204 error disputes.reconsideration." in capsys.readouterr().out


def test_a_start_loads_only_what_any_command_needs():
    code = "import sys, govdisclose.cli; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    rooms = {".".join(name.split(".")[:2]) for name in done.stdout.split() if "govdisclose" in name}
    assert rooms <= {"govdisclose", "govdisclose.cli", "govdisclose.model"}
