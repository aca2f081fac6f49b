"""Title, preamble and particulars of a report, as they are met in files."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from govdisclose.formats.document import Paragraph
from govdisclose.formats.labels import normal
from govdisclose.model.front_matter import preamble
from govdisclose.model.placeholders import without_braces
from govdisclose.model.report import Bureau, Report
from govdisclose.model.text import half, paragraphs

LONGEST_TITLE = 80
MOST_LINES = 4  # of a title
TITLE = re.compile(
    r"(?:(?P<early>\d{4})年度?)?(?P<bureau>.*?)(?:(?P<year>\d{4})年度?)?的?政府信息公开.{0,8}(?:报告|年报)"
    r"(?P<rest>.*)"
)
YEAR = re.compile(r"[二2][〇○零Oo0Ｏ][一二三四五六七八九〇○零０0]{2}(?=年)")
DIGITS = str.maketrans("〇○零Oo一二三四五六七八九", "00000123456789")
NAME = re.compile(
    r"(?!.*(?:当前位置|首页|正文|附件|索引|发布|目录|文件$|栏目|年报$|公开$))[\u3400-\u9fff（）()·\d年度〇○]{2,40}"
)
NUMBER = re.compile(r"[\[〔【(（]\s*20\d\d\s*[\]〕】)）]\s*(?:第\s*)?\d+\s*号")
SENTENCE = re.compile(r"[。；;！？]|根据|按照|编制|现将|现予|如下")
AFTER = re.compile(r"[》）)】\s]*(?:[（(].{0,12}[）)])?[》\s]*(?:的?(?:公告|通知|函))?")


NEXT = (
    r"(?=\s*(?:[，,；;。）)\n]|$)"
    r"|\s+(?:联系|邮政|邮\s*编|电\s*话|传\s*真|电子|邮\s*箱|地\s*址|网\s*址|E-?mail))"
)
SIGN = r"\s*(?:[：:为是]\s*|\s+)"
OWN = {
    "address": re.compile(r"地址[：:]([^，,；;。）)\n]+)"),
    "telephone": re.compile(r"电话[：:]([^，,；;。）)\n]+)"),
    "postcode": re.compile(r"(?:邮编|邮政编码)[：:]([^，,；;。）)\n]+)"),
    "email": re.compile(r"(?:邮箱|电子邮件)[：:]([^，,；;。）)\n]+)"),
    "website": re.compile(r"本报告[^，。]{0,20}?[在登录]+([^，。]{2,60}?)(?:查阅|下载|查看)"),
}
CONTACTS = {
    "address": re.compile(rf"地\s*址{SIGN}([^，,；;。）)\n]{{2,60}}?){NEXT}"),
    "telephone": re.compile(
        r"电\s*话(?:号码)?\s*[：:为是]?\s*([(（]?\d[\d\-—－–()（）、/ 转]{5,40}\d)"
    ),
    "postcode": re.compile(r"邮\s*(?:编|政\s*编\s*码)\s*[：:为是]?\s*(\d{6})(?!\d)"),
    "email": re.compile(
        r"(?:邮\s*箱|电子邮件|邮\s*件|E-?mail)(?:地址)?\s*[：:为是]?\s*([\w.+-]+@[\w-]+(?:\.[\w-]+)+)",
        re.IGNORECASE | re.ASCII,
    ),
    "website": re.compile(
        r"(?:可|请)?(?:在|登录|登陆|通过|访问)([^，,。；;\n在可请]{2,60}?)(?:[（(][^）)]{0,60}[）)])?"
        r"(?:上|中)?(?:进行)?(?:查阅|下载|查看|查询|浏览)"
    ),
}


class Front(NamedTuple):
    """What stands before the first section."""

    bureau: str
    year: int | None
    below: list[str]


def read_front(lines: Sequence[Paragraph], hints: Sequence[str] = ()) -> Front:
    """The bureau and the year of the title, and the paragraphs below it.

    ``hints`` are where a title may stand besides: the name of a page or a sheet.
    """
    texts = [line.text for line in lines]
    styled = [n for n, line in enumerate(lines) if line.level == 0]
    if styled and (found := titled("".join(texts[n] for n in styled), keep_blanks=True)):
        return Front(*found, below(texts[styled[-1] + 1 :]))
    best = best_title(texts)
    if best and not best.is_enough:
        other = next(filter(None, (titled(hint) for hint in hints)), None)
        if other and other[0]:
            return Front(*other, below(texts[best.end :]))
    if best:
        return Front(best.bureau, best.year, below(texts[best.end :]))
    for hint in hints:
        if found := titled(hint):
            return Front(*found, below(texts))
    return Front("", None, below(texts))


class Title(NamedTuple):
    """A title that some lines make together, and the line after it.

    ``known`` tells that the name stands elsewhere in the text, too.
    """

    bureau: str
    year: int | None
    start: int
    end: int
    known: bool

    @property
    def worth(self) -> tuple[bool, bool, bool, int, int]:
        """What tells the better title."""
        is_named = bool(self.bureau)
        return (is_named, self.year is not None, self.known, self.end, -self.start)

    @property
    def is_enough(self) -> bool:
        """Whether it says whose report it is, and of which year."""
        return bool(self.bureau) and self.year is not None


def best_title(texts: Sequence[str]) -> Title | None:
    """The title that some of the lines make, where they make one."""
    return max(candidates(texts), default=None, key=lambda each: each.worth)


def candidates(texts: Sequence[str]) -> Iterator[Title]:
    """The titles that some lines may make."""
    whole = ["".join(text.split()) for text in texts]
    for end in range(1, len(texts) + 1):
        if NUMBER.search(texts[end - 1]) or len(whole[end - 1]) > LONGEST_TITLE:
            continue
        for start in range(end - 1, max(-1, end - 1 - MOST_LINES), -1):
            some = whole[start:end]
            if start < end - 1 and not NAME.fullmatch(some[0]):
                break
            found = titled("".join(some))
            if found:
                name, year = found
                rest = "".join(whole[:start] + whole[end:])
                yield Title(name, year, start, end, bool(name) and name in rest)


def titled(text: str, *, keep_blanks: bool = False) -> tuple[str, int | None] | None:
    """The bureau and the year in a title, None where a text is none."""
    tight = text.replace("\n", "") if keep_blanks else "".join(text.split())
    plain = YEAR.sub(lambda match: match[0].translate(DIGITS), half(tight))
    plain = re.sub(r"(?<=\d{4}) *年|(?<=\d) (?=\d)", lambda m: m[0].strip(), plain)
    match = TITLE.fullmatch(plain.strip())
    if not match or len(plain) > LONGEST_TITLE + 120 * keep_blanks:
        return None
    if not AFTER.fullmatch(match["rest"]) or (not keep_blanks and SENTENCE.search(plain)):
        return None
    year = match["year"] or match["early"]
    return bureau_of(match["bureau"], tight, plain), int(year) if year else None


def bureau_of(name: str, tight: str, plain: str) -> str:
    """The name in a title, in its own characters, without what is put around it."""
    at = plain.find(name)
    own = tight[at : at + len(name)] if len(tight) == len(plain) else name
    return re.sub(
        r"^(?:关于(?:印发|公布|发布)?)|^[《〈\s]+|[《〈\s]+$|关于$", "", own.strip()
    ).strip()


def below(texts: Sequence[str]) -> list[str]:
    """The paragraphs below a title: those of the preamble."""
    return [text for paragraph in texts for text in paragraphs(paragraph)]


def with_preamble(report: Report, text: str) -> Report:
    """The report with its particulars, and the preamble where they do not make it."""
    own = particulars(OWN, text)
    name = report.bureau.name
    kind = "government" if name.endswith("政府") else "department"
    made = replace(report, bureau=Bureau(name, kind, **own))
    if preamble(made) == text:
        return made
    found = particulars(CONTACTS, unicodedata.normalize("NFC", text))
    whole = whole_name(name, text)
    kind = "government" if whole.endswith("政府") else "department"
    bureau = Bureau(whole, kind, **found)
    return replace(report, bureau=bureau, preamble=without_braces(text))


def particulars(patterns: dict[str, re.Pattern[str]], text: str) -> dict[str, str]:
    """The particulars that stand in a text; what is no such thing is passed over."""
    found = {key: pattern.search(text) for key, pattern in patterns.items()}
    return {key: match[1].strip() for key, match in found.items() if match and match[1].strip()}


def whole_name(name: str, text: str) -> str:
    """The name of a government that a title gives by its place only, as the text spells it."""
    whole = f"{name}人民政府"
    if name and name[-1] in "省市县区州盟旗镇乡" and normal(whole) in normal(text):
        return whole
    return name
