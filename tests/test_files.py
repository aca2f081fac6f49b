"""What is said where the system refuses."""

import errno
import os
import signal
import sys
from pathlib import Path

import pytest

from govdisclose import files
from govdisclose.finding import Unusable
from tests.test_cli import LANGXI, run


@pytest.mark.parametrize("number", sorted(errno.errorcode))
def test_the_usual_refusals_are_said_in_chinese(number: int):
    said = files.reason(OSError(number, os.strerror(number)))
    usual = (errno.EEXIST, errno.EFBIG, errno.EIO, errno.ENOSPC, errno.EACCES, errno.ENOTEMPTY)
    assert said
    assert number not in usual or not any(sign.isascii() for sign in said)


def test_a_file_in_the_way_of_a_folder_is_told(tmp_path: Path):
    (tmp_path / "出").write_text("", "utf-8")
    with pytest.raises(Unusable, match="出：不能用作输出文件夹，已经有同名的文件"):
        files.make(tmp_path / "出")
    code, _, err = run("render", LANGXI, "-o", "出/", cwd=tmp_path)
    assert code == 2
    assert "File exists" not in err


@pytest.mark.skipif(sys.platform == "win32", reason="limits of Unix")
def test_a_file_too_large_for_the_system_is_told(tmp_path: Path):
    resource = pytest.importorskip("resource")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    try:
        resource.setrlimit(resource.RLIMIT_FSIZE, (1000, before[1]))
        with pytest.raises(Unusable, match="文件超过了系统允许的大小"):
            files.save(tmp_path / "a", b"x" * 2000)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, handler)
    assert list(tmp_path.iterdir()) == []
