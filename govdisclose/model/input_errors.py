"""D: what can be wrong with what is read, each code with its page."""

from __future__ import annotations

from govdisclose.model.finding import Finding, Severity


def unreadable(code: str, at: str, message: str) -> Finding:
    """A finding on a draft file, as grave as the page of its code says."""
    return Finding(code, PAGES[code][0], at, message)


PAGES: dict[str, tuple[Severity, str]] = {
    "D001": (
        Severity.ERROR,
        """草稿是写得通的 TOML 文件。

        引号、方括号要成对，逗号、等号、引号要用半角。指出行、列和那一行的内容。

        依据：草稿的写法。
        不通过：name = “某局”
        通过：name = "某局"
        """,
    ),
    "D002": (
        Severity.ERROR,
        """草稿里没有不认识的项目。

        名称写错时给出最接近的名称，写错的项目不会悄悄丢掉。

        依据：草稿的写法。
        不通过：recieved = [0, 0, 0, 0, 0, 0]
        通过：received = [0, 0, 0, 0, 0, 0]
        """,
    ),
    "D003": (
        Severity.ERROR,
        """每一项的内容是该有的种类。

        件数是不小于 0 的整数，收费金额可以有小数，文字写在引号里。

        依据：草稿的写法。
        不通过：licence = -3
        通过：licence = 3
        """,
    ),
    "D004": (
        Severity.ERROR,
        """一行的数字不多不少。

        不写总计时是其余各列，写总计时是全部各列。

        依据：草稿的写法。
        不通过：received = [58, 7, 0]
        通过：received = [58, 7, 0, 0, 1, 0]
        """,
    ),
    "D005": (
        Severity.ERROR,
        """写明格式和年份，年份在格式的适用范围内。

        2021 年度起用国办公开办函〔2021〕30号的格式。

        依据：格式。
        不通过：year = 2019
        通过：year = 2024
        """,
    ),
    "D006": (
        Severity.ERROR,
        """文字里没有 Word 文件装不下的字符。

        从别处复制的文字有时带着看不见的控制字符，删去即可。

        依据：Word 文件的格式。
        不通过：lead = "公开\\u0001信息"
        通过：lead = "公开信息"
        """,
    ),
    "D007": (
        Severity.ERROR,
        """文字里引用的数字在表里有。

        花括号里写表中一格的地址，打印时换成那一格的数字；要印出花括号本身，写两个。

        依据：草稿的写法。
        不通过：收到申请{applications.recieved.total}件
        通过：收到申请{applications.received.total}件
        """,
    ),
    "D008": (
        Severity.ERROR,
        """同一项只写一次。

        同一行数字、同一个部分写了两遍时，不知道该用哪一个。

        依据：草稿的写法。
        不通过：licence = 3 之后又写 licence = 4
        通过：licence = 4
        """,
    ),
    "D009": (
        Severity.HINT,
        """有些写法能读懂，但请核对读成了什么。

        全角数字、千分位、“12件”、全角标点、GBK 编码的文件都照读，并说明读成了什么。

        依据：草稿的写法。
        不通过：licence = "1,234件"
        通过：licence = 1234
        """,
    ),
    "D010": (
        Severity.ERROR,
        """收回的表格里没有放错地方的内容。

        表格旁边另写的数字、重复的行、认不出标题的行都不会悄悄丢掉，指出工作表和单元格。

        依据：草稿的写法，收集表同样。
        不通过：在表三下面另写一行“7 7 7 0 0 0”
        通过：数字都填在表格里自己的那一格
        """,
    ),
    "D011": (
        Severity.HINT,
        """收回的表格里没有与收集表无关的内容。

        改了说法的标题、另加的工作表没有读入，指出在哪里。

        依据：草稿的写法，收集表同样。
        不通过：另加一张工作表“台账”
        通过：只有收集表原有的几张工作表
        """,
    ),
}
