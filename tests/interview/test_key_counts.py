"""How many keys it takes, counted in a real terminal: what the README says."""

import os
import shutil
import sys

import pexpect
import pytest

from govdisclose.formats import draft
from tests.support.cli import LANGXI

READY = "\x1b[?25h"

pytestmark = pytest.mark.skipif(os.name == "nt", reason="a pseudo-terminal of Unix is needed")


class Counted:
    """A person at a terminal of 80 columns and 24 lines whose keys are counted."""

    def __init__(self, folder, *words: str) -> None:
        self.child = pexpect.spawn(
            sys.executable,
            ["-m", "govdisclose", *words],
            cwd=str(folder),
            dimensions=(24, 80),
            encoding="utf-8",
            timeout=20,
            env={**os.environ, "TERM": "xterm", "LANG": "C.UTF-8", "PROMPT_TOOLKIT_NO_CPR": "1"},
        )
        self.child.delaybeforesend = 0.05
        self.keys = self.pastes = 0

    def at(self, question: str, *, paste: str = "", keys: str = "\r") -> None:
        self.child.expect_exact(question)
        self.child.expect_exact(READY)
        if paste:
            self.child.send(f"\x1b[200~{paste}\x1b[201~")
            self.pastes += 1
        self.child.send(keys)
        self.keys += len(keys)

    def chooses(self, question: str, key: str) -> None:
        self.child.expect_exact(question)
        self.child.expect_exact("q 退出")
        self.child.send(key)
        self.keys += len(key)


def test_langxi_from_nothing_takes_under_50_keys_and_a_paste_a_part(tmp_path):
    source = draft.loads(LANGXI.read_bytes()).report
    bureau, prose = source.bureau, source.prose
    person = Counted(tmp_path, "fill")
    person.at("单位全称", paste=bureau.name)
    person.at("报告哪一年", keys="2024\r")
    person.at("单位类别")
    person.at("联系地址", paste=bureau.address)
    person.at("联系电话", paste=bureau.telephone)
    person.at("邮政编码", paste=bureau.postcode)
    person.at("电子邮箱")
    person.at("在哪里可以下载", paste=bureau.website)
    for part in prose["overview"].parts:
        person.at(f"）{part.heading}", paste=part.text, keys="\x04")
    for row in ("规章", "行政规范性文件", "行政许可", "行政处罚", "行政强制", "收费"):
        person.at(f"] {row}" if row != "收费" else "] 行政事业性收费", keys="0\r")
    person.at("一、本年新收", keys="0\r")
    person.at("二、上年结转", keys="0\r")
    person.at("逐行填", keys="0\r")
    person.at("逐行填", keys="0\r")
    for part in prose["problems"].parts:
        person.at(f"）{part.heading}", paste=part.text, keys="\x04")
    person.at("正文", paste=prose["other"].lead, keys="\x04")
    person.at("回车生成 Word 文档并结束")
    person.child.expect_exact("已生成")
    person.child.expect(pexpect.EOF)
    held = draft.loads((tmp_path / "郎溪县科技工信局2024.toml").read_bytes()).report
    assert held.figures == source.figures
    assert held.prose["overview"].parts == source.prose["overview"].parts
    assert person.pastes == 5 + 5 + 2 + 1
    assert person.keys < 50
    print(person.keys)


def test_one_figure_changed_afterwards_takes_under_15_keys(tmp_path):
    shutil.copy(LANGXI, tmp_path / "a.toml")
    person = Counted(tmp_path, "fill", "a.toml", "--missing")
    person.at("回车生成 Word", keys="二\r")
    person.at("输入编号去改", keys="3\r")
    person.at("行政许可", keys="12\r")
    person.at("回车生成 Word")
    person.child.expect_exact("已生成")
    person.child.expect(pexpect.EOF)
    held = draft.loads((tmp_path / "a.toml").read_bytes()).report
    assert held.figures[held.form.by_name["licensing.licence.decided"]] == 12
    assert person.keys < 15
    print(person.keys)


def test_the_new_years_draft_is_ready_for_its_figures_in_under_5_keys(tmp_path):
    shutil.copy(LANGXI, tmp_path / "a.toml")
    person = Counted(tmp_path)
    person.chooses("接下来做什么", "1")
    person.at("上面有 5 处要填", keys="")
    assert (tmp_path / "郎溪县科技工信局2025.toml").exists()
    assert person.keys < 5
    person.child.close()
    print(person.keys)
