"""The interview in a real pseudo-terminal of 80 columns and 24 lines."""

import os
import signal
import sys
import time

import pexpect
import pytest

from govdisclose.formats import draft
from govdisclose.model.notices import NEWEST

READY = "\x1b[?25h"  # the line editor shows its cursor: it waits for keys

pytestmark = pytest.mark.skipif(os.name == "nt", reason="a pseudo-terminal of Unix is needed")


class Person:
    """Somebody at a terminal: types, and waits for the next question."""

    def __init__(self, folder, *words: str) -> None:
        self.child = pexpect.spawn(
            sys.executable,
            ["-m", "govdisclose", "fill", *words],
            cwd=str(folder),
            dimensions=(24, 80),
            encoding="utf-8",
            timeout=20,
            env={**os.environ, "TERM": "xterm", "LANG": "C.UTF-8", "PROMPT_TOOLKIT_NO_CPR": "1"},
        )
        self.child.delaybeforesend = 0.05

    def sees(self, text: str) -> None:
        self.child.expect_exact(text)

    def types(self, keys: str) -> None:
        self.child.send(keys)

    def answers(self, question: str, keys: str) -> None:
        self.sees(question)
        self.sees(READY)
        self.types(keys + "\r")


def started(folder) -> Person:
    person = Person(folder)
    person.answers("单位全称", "甲县乙局")
    person.answers("报告哪一年", "2024")
    return person


def held(folder):
    return draft.loads((folder / "甲县乙局2024.toml").read_bytes()).report


def test_chinese_is_typed_deleted_and_corrected(tmp_path):
    person = Person(tmp_path)
    person.sees("单位全称")
    person.sees(READY)
    person.types("淮安市\x7f\x7f阴县局\x1b[D乙\r")
    person.answers("报告哪一年", "\t\x7f\x7f\x7f\x7f2024")
    person.answers("单位类别", "")
    person.sees("联系地址")
    person.sees(READY)
    person.types("\x03")
    person.sees("接着填：govdisclose fill 淮阴县乙局2024.toml")
    person.child.expect(pexpect.EOF)
    person.child.close()
    assert person.child.exitstatus == 130
    assert (tmp_path / "淮阴县乙局2024.toml").exists()


def test_a_shape_is_doubted_while_it_is_typed_and_nothing_is_blocked(tmp_path):
    person = started(tmp_path)
    for question in ("单位类别", "联系地址", "联系电话"):
        person.answers(question, "")
    person.sees("邮政编码")
    person.sees(READY)
    person.types("23000")
    person.sees("邮政编码是 6 位数字")
    person.types("0")
    person.types("\r")
    person.sees("电子邮箱")
    assert "请核对" not in person.child.before
    person.sees(READY)
    person.types("a@b")
    person.sees("邮箱写成 名字@网站")
    person.types("\r")
    person.sees("已记下“a@b”，请核对")
    person.sees("下载")
    person.sees(READY)
    person.types("\x04")
    person.child.expect(pexpect.EOF)
    assert (held(tmp_path).bureau.postcode, held(tmp_path).bureau.email) == ("230000", "a@b")


def test_a_pasted_second_paragraph_answers_no_other_question(tmp_path):
    person = started(tmp_path)
    for question in (
        "单位类别",
        "联系地址",
        "联系电话",
        "邮政编码",
        "电子邮箱",
        "在哪里可以下载",
    ):
        person.answers(question, "")
    person.sees("主动公开")
    person.sees(READY)
    person.types("\x1b[200~第一段。\n第二段。\x1b[201~")
    person.types("\r.\r")
    person.answers("依申请公开", "<")
    person.answers("已有 9 字：第一段。", "q")
    person.child.expect(pexpect.EOF)
    assert held(tmp_path).prose["overview"].parts[0].text == "第一段。\n第二段。"


def test_a_whole_table_is_pasted_after_a_resize(tmp_path):
    person = started(tmp_path)
    person.answers("单位类别", "=")
    person.answers("输入编号选一部分", "3")
    person.answers("输入编号去改那一题", "1")
    person.sees("一、本年新收")
    person.sees("法律服务 其他")
    person.sees(READY)
    person.child.setwinsize(40, 100)
    time.sleep(0.2)
    lines = NEWEST.tables["applications"].lines
    ones = ("received", "granted", "handled")
    rows = ["1\t0\t0\t0\t0\t0\t1" if line.row.key in ones else "0\t" * 7 for line in lines]
    block = "\n".join(f"{line.row.text}\t{row}" for line, row in zip(lines, rows, strict=True))
    person.types(f"\x1b[200~{block}\x1b[201~\r")
    person.sees("读出 25 行")
    person.types("\r")
    person.sees("25 行已填入")
    person.sees("== 四")
    person.sees(READY)
    person.types("\x04")
    person.sees("接着填")
    figures = held(tmp_path).figures
    assert figures[NEWEST.by_name["applications.handled.total"]] == 1
    assert figures[NEWEST.by_name["applications.carried_out.other"]] == 0


def test_tabs_typed_between_figures_part_them(tmp_path):
    person = started(tmp_path)
    person.answers("单位类别", "=")
    person.answers("输入编号选一部分", "3")
    person.answers("输入编号去改那一题", "1")
    person.answers("法律服务 其他", "58\t7\t0\t0\t1\t0")
    person.sees("总计 66")
    person.types("\x04")
    person.sees("接着填")
    assert held(tmp_path).figures[NEWEST.by_name["applications.received.natural_person"]] == 58


@pytest.mark.parametrize("end", ["\x03", "hang up"])
def test_a_text_broken_off_is_kept(tmp_path, end):
    person = started(tmp_path)
    person.answers("单位类别", "=")
    person.answers("输入编号选一部分", "5")
    person.answers("输入编号去改那一题", "2")
    person.sees("存在的主要问题")
    person.sees(READY)
    person.types("第一行。\r第二行。")
    person.sees("第二行。")
    if end == "hang up":
        person.child.kill(signal.SIGHUP)
    else:
        person.types(end)
        person.sees("回车接着写，q 存好退出")
        person.sees(READY)
        person.types(end)
    person.child.expect(pexpect.EOF)
    assert held(tmp_path).prose["problems"].parts[0].text == "第一行。\n第二行。"


def test_escape_leaves_a_text_with_what_was_written_and_names_the_keys(tmp_path):
    person = started(tmp_path)
    person.answers("单位类别", "=")
    person.answers("输入编号选一部分", "5")
    person.answers("输入编号去改那一题", "2")
    person.sees("存在的主要问题")
    person.sees(READY)
    person.types("写了一句。\x1b")
    person.sees("< 上一题")
    person.answers("已有 5 字：写了一句。", "q")
    person.sees("接着填")
    assert held(tmp_path).prose["problems"].parts[0].text == "写了一句。"
