"""The product as officers have it, by a real CPython for Windows: what it reads and writes."""

import pytest

from govdisclose.formats import draft
from tests.support.cli import FAULTY, LANGXI, run
from tests.support.generator import reports, write
from tests.windows.conftest import as_windows

NAME = "郎溪县科技工信局2024年政府信息公开工作年度报告"

HOLD = """
import ctypes, sys
ctypes.windll.kernel32.CreateFileW(sys.argv[1], 0x80000000, int(sys.argv[2]), None, 3, 0, None)
print("held", flush=True)
sys.stdin.read()
"""
"""A program that keeps a file open, sharing it only so far (0 not at all, 1 for reading)."""


@pytest.fixture
def place(tmp_path):
    """A folder as officers name them, with a draft."""
    folder = tmp_path / "政务 公开（2024）"
    folder.mkdir()
    (folder / "甲 县.toml").write_bytes(LANGXI.read_bytes())
    return folder


@pytest.mark.parametrize("suffix", ["docx", "xlsx", "html"])
def test_a_draft_is_printed_to_the_same_bytes_as_here(windows, place, suffix):
    done = windows.run("render", "甲 县.toml", "--to", suffix, cwd=place)
    assert done.code == 0, done.said
    assert done.out.decode("gbk") == f"{NAME}.{suffix}\r\n"
    made = place / f"{NAME}.{suffix}"
    theirs = made.read_bytes()
    made.unlink()
    run("render", "甲 县.toml", "--to", suffix, cwd=place)
    assert made.read_bytes() == theirs


def test_a_draft_is_checked_and_its_places_named(windows, place):
    (place / "错 误.toml").write_bytes(FAULTY.read_bytes())
    done = windows.run("check", "错 误.toml", cwd=place)
    assert done.code == 1
    assert "错 误.toml:85:26  R101 错误  三、收到和处理…" in done.said
    assert 'govdisclose check "错 误.toml" --acknowledge' in done.said


def test_a_folder_is_printed_by_several_processes(windows, tmp_path):
    write(tmp_path / "草稿", reports(104))
    done = windows.run("batch", "草稿", "-o", "文档", "--jobs", "2", cwd=tmp_path)
    assert done.code in (0, 1), done.said
    made = list((tmp_path / "文档").glob("*.docx"))
    assert len(made) >= 100, done.said


def test_a_sheet_comes_back_as_the_draft_it_was_made_from(windows, place):
    assert windows.run("sheet", "--from", "甲 县.toml", "-o", "表.xlsx", cwd=place).code == 0
    assert windows.run("import", "表.xlsx", "-o", "收回.toml", cwd=place).code == 0
    there, here = (draft.loads((place / name).read_bytes()) for name in ("收回.toml", "甲 县.toml"))
    assert there.report.figures == here.report.figures


def test_what_was_published_is_read_back(windows, place):
    for suffix in ("docx", "html"):
        windows.run("render", "甲 县.toml", "--to", suffix, cwd=place)
        done = windows.run("import", f"{NAME}.{suffix}", "-o", f"{suffix}.toml", cwd=place)
        assert done.code == 0, done.said
        read = draft.loads((place / f"{suffix}.toml").read_bytes()).report
        assert read.figures == draft.loads(LANGXI.read_bytes()).report.figures


# What Windows refuses


def test_a_draft_open_in_another_program_is_said_to_be_that(windows, place):
    with held(windows, place / "甲 县.toml", sharing=0):
        done = windows.run("check", "甲 县.toml", cwd=place)
    assert done.code == 2
    assert "甲 县.toml：没有权限，或者文件正被别的程序（Word、WPS、Excel）打开" in done.said


def test_a_document_open_in_word_is_left_as_it_is(windows, place):
    assert windows.run("render", "甲 县.toml", cwd=place).code == 0
    document = place / f"{NAME}.docx"
    before = document.read_bytes()
    (place / "甲 县.toml").write_bytes(LANGXI.read_bytes().replace(b"7012656", b"7012657"))
    with held(windows, document, sharing=1):
        done = windows.run("render", "甲 县.toml", "--force", cwd=place)
    assert done.code == 2, done.said
    assert f"{NAME}.docx：" in done.said
    assert "正被别的程序（Word、WPS、Excel）打开" in done.said
    assert document.read_bytes() == before
    assert not list(place.glob("*.tmp")) + list(place.glob(".*.tmp"))


class held:  # noqa: N801
    """A file while another program has it open."""

    def __init__(self, windows, path, sharing):
        self.program = windows.script(HOLD, as_windows(path), sharing, cwd=path.parent)
        assert self.program.stdout.readline().strip() == b"held", self.program.stderr.read()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.program.communicate(timeout=30)


def test_a_file_that_is_read_only_stays(windows, place):
    draft_file = place / "甲 县.toml"
    draft_file.chmod(0o444)
    before = draft_file.read_bytes()
    done = windows.run("sheet", "--from", "甲 县.toml", "-o", "甲 县.toml", cwd=place)
    assert done.code == 2, done.said
    assert draft_file.read_bytes() == before
    assert windows.run("check", "甲 县.toml", cwd=place).code == 0


@pytest.mark.parametrize("name", ["con", "NUL.toml", "aux", "a?b.toml", "a|b.toml", "Q:\\a.toml"])
def test_a_name_that_is_no_file_ends_in_one_sentence(windows, place, name):
    for words in (("check", name), ("render", "甲 县.toml", "-o", f"{name}.docx")):
        done = windows.run(*words, cwd=place)
        assert done.code in (0, 2), done.said
        assert len(done.said.splitlines()) <= 2


def test_a_bureau_with_the_name_of_a_device_gets_a_file(windows, tmp_path):
    report = draft.loads(LANGXI.read_bytes()).report
    report.bureau = report.bureau.__class__("CON")
    (tmp_path / "a.toml").write_text(draft.dumps(report), "utf-8")
    done = windows.run("render", "a.toml", "--force", cwd=tmp_path)
    assert len(list(tmp_path.glob("*CON2024*.docx"))) == 1, done.said


def test_a_path_longer_than_windows_takes_is_told(windows, tmp_path):
    deep = tmp_path.joinpath(*["很长的文件夹名字" * 8] * 4)
    deep.mkdir(parents=True)
    (deep / "a.toml").write_bytes(LANGXI.read_bytes())
    path = as_windows(deep / "a.toml")
    done = windows.run("check", path, cwd=tmp_path)
    assert done.code == 0 or "路径超过 259 个字符" in done.said, done.said


# What is said, and in which encoding


def test_what_people_read_is_in_the_code_page_and_json_in_utf8(windows, place):
    (place / "错.toml").write_bytes(FAULTY.read_bytes())
    text = windows.run("check", "错.toml", cwd=place).out
    assert "科研机构还没有填报" in text.decode("gbk")
    data = windows.run("check", "错.toml", "--json", cwd=place).out
    assert "科研机构还没有填报" in data.decode("utf-8")
    assert b"\r" not in data
    wide = windows.run("check", "错.toml", cwd=place, PYTHONUTF8="1").out
    assert wide.decode("utf-8") == text.decode("gbk")


def test_a_sign_that_the_code_page_lacks_stops_nothing(windows, place):
    report = draft.loads(LANGXI.read_bytes()).report
    report.bureau = report.bureau.__class__("𬭎县🏛局")
    (place / "b.toml").write_text(draft.dumps(report), "utf-8")
    done = windows.run("show", "b.toml", cwd=place)
    assert done.code in (0, 1)
    assert "?县?局" in done.out.decode("gbk")


@pytest.mark.parametrize("encoding", ["gbk", "utf-8"])
def test_answers_in_a_file_are_read_in_either_encoding(windows, tmp_path, encoding):
    answers = "甲县乙局\r\n2024\r\n1\r\n甲县目前路 1 号\r\n"
    done = windows.run("fill", cwd=tmp_path, stdin=answers.encode(encoding))
    assert done.code in (0, 130), done.said
    [file] = tmp_path.glob("*.toml")
    assert file.name == "甲县乙局2024.toml"
    bureau = draft.loads(file.read_bytes()).report.bureau
    assert (bureau.name, bureau.address) == ("甲县乙局", "甲县目前路 1 号")
