"""Twenty files to look at in Word and WPS, and what to look for.

``python -m tests.acceptance OUT`` makes what no test here can try: how the
office programs on an officer's desk show the documents.
"""

import sys
from pathlib import Path

from govdisclose.formats import PrintOptions, collection, printed
from govdisclose.formats.word import writer
from govdisclose.model.notices import NEWEST
from govdisclose.model.report import Bureau, Prose, Report, Signature
from tests.support import samples

CHECKLIST = """\
请在 Word 和 WPS 里各打开一遍，逐项看，约十分钟。

Word 文档（*.docx）
[ ] 打开时没有“需要修复”“缺失字体”的提示
[ ] 标题、正文、（一）各用方正小标宋、仿宋、楷体；没有一行被拉开，电话号码没有断成两行
[ ] 页码在版心下方，单页居右、双页居左，形如 — 1 —
[ ] “三”的标题和表在同一页，表没有断开；“二”只在四栏之间断开
[ ] 表里的数字都在一行内，没有被裁掉
[ ] 导航窗格里有六个部分和各个小标题
[ ] 插入一个新表格，文字离边线的距离和平常一样
[ ] 落款.docx：单位在日期上方居中，日期右空四字
[ ] 接排.docx：“三”接在上一页，下一页重复表头
[ ] 草稿.docx：每页右上角有红色“草稿”
[ ] 另存为 PDF，再看一遍页数

Excel 文件（*.xlsx）
[ ] 没有 ###、没有 E+；金额的小数照原样
[ ] 收集表.xlsx：合计自动算出，填错时变色，锁住的格不能改；存盘再打开仍然如此
[ ] 打印预览：每张表一页

网页（*.html）
[ ] 在手机上数字不断行，表格可以左右滑动；打印预览有页码
"""


def documents() -> dict[str, bytes]:
    """The files by their names."""
    reports = {
        "空白": samples.blank(),
        "小单位": samples.small(),
        "市政府": samples.city(),
        "最宽": samples.widest(),
        "长名称": samples.small(name="甘肃省临夏回族自治州东乡族自治县人民政府办公室"),
    }
    made = {
        f"{name}-{look}.docx": printed(report, ".docx", PrintOptions(look=look))
        for name, report in reports.items()
        for look in ("standard", "annex")
    }
    signed = samples.small()
    signed.signature = Signature(signed.bureau.name, "2025年1月20日")
    made["落款.docx"] = printed(signed, ".docx")
    made["接排.docx"] = printed(signed, ".docx", PrintOptions(flow=True))
    made["草稿.docx"] = printed(samples.city(), ".docx", PrintOptions(marked=True))
    made["网址.docx"] = printed(with_addresses(), ".docx")
    made["模板.docx"] = writer.template()
    for name in ("市政府", "最宽"):
        made[f"{name}.xlsx"] = printed(reports[name], ".xlsx")
        made[f"{name}.html"] = printed(reports[name], ".html")
    made["收集表.xlsx"] = collection.dumps(Report(NEWEST))
    return made


def with_addresses() -> Report:
    """A report with an e-mail and a web address, and a part typed in a text."""
    bureau = Bureau(
        "甲县科学技术局",
        address="甲县城关镇人民路6号",
        telephone="0563-7012656",
        postcode="242100",
        email="kjj@jiaxian.example.gov.cn",
        website="http://www.jiaxian.example.gov.cn/zwgk/",
    )
    return Report(year=2024, bureau=bureau, prose={"overview": Prose("（一）组织领导\n落实责任。")})


def write(folder: Path) -> list[Path]:
    """The files and the checklist in a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    files = {**documents(), "检查表.txt": CHECKLIST.encode("utf-8-sig")}
    for name, data in files.items():
        (folder / name).write_bytes(data)
    return [folder / name for name in files]


if __name__ == "__main__":
    for file in write(Path(sys.argv[1])):
        print(file)
