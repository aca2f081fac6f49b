"""Parse a TOML file that an officer has edited, and say in Chinese what is wrong.

Slips with one meaning only (full-width digits, commas, quotes outside of
texts) are mended and reported; a line that cannot be read is reported and left
out, so that one reading shows every mistake.
"""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation
from typing import NamedTuple

import tomli

from govdisclose.formats.draft.positions import Lines
from govdisclose.model import limits
from govdisclose.model.finding import Finding, Place, Severity, Unusable

Value = str | int | bool | Decimal | list["Value"] | dict[str, "Value"] | object

_FULL = "０１２３４５６７８９，．［］｛｝＝＃－＂＿　“”？"
_HALF = '0123456789,.[]{}=#-"_ ""?'
_MEND = str.maketrans(_FULL, _HALF)
_TOO_LARGE = 10**limits.DIGITS
_OPENINGS = {
    "Unclosed array": re.compile(r"^[^#\n]*=\s*\[", re.MULTILINE),
    "Unclosed inline table": re.compile(r"^[^#\n]*=\s*\{", re.MULTILINE),
}
_QUOTES = {"Unterminated string": '"""', "Expected \"'''\"": "'''", 'Expected "\'"': "'"}
_UNPAIRED = "的引号没有成对：文字前后各要一个半角双引号，多行文字前后各要三个"
_REASONS = {
    **dict.fromkeys((*_QUOTES, "Illegal character", "Found invalid character"), _UNPAIRED),
    "Unclosed": "的括号没有成对，或者两个数之间缺少逗号",
    "Expected '='": "缺少等号：写成 名称 = 内容",
    "Expected ']": "的方括号没有成对：写成 [名称]",
    "Expected newline": "后面多了内容：一行只写一项，说明前面加 #",
    "Unescaped": "的文字里有反斜杠“\\”：要写两个",
    "Exceeds": "的数字太长，请核对",
    "Invalid value": '等号后面的内容读不懂：文字要写在半角双引号里，尚未填报的写 "?"',
}
_NAME = r"""(?:[\w-]++|"[^"\n]*+"|'[^'\n]*+')"""
_LONG_KEY = re.compile(
    rf"(?:^|[{{,])[ \t\[]*+(?:{_NAME}[ \t]*+\.[ \t]*+){{{limits.KEY_PARTS}}}",
    re.MULTILINE | re.ASCII,
)
_LONG_NUMBER = re.compile(r"[0-9_]{4300}")
_QUOTED = re.compile(r"""("(?:[^"\\]|\\.?)*+(?:"|\Z)|'[^']*+(?:'|\Z)|“[^“”]*+”)""")


class Parsed(NamedTuple):
    """The values of a file, the text they were read from, and what was wrong.

    ``torn`` where a header could not be read, so that keys may stand astray.
    """

    values: dict[str, Value]
    text: str
    findings: list[Finding]
    torn: bool


def decoded(data: bytes) -> tuple[str, list[Finding]]:
    """The text of a file in UTF-8, UTF-16 with a mark, or GBK, lines ended by LF."""
    if len(data) > limits.DRAFT_BYTES:
        raise Unusable("文件超过 1 MB，不像是一份草稿")
    marked = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    text, findings = "", []
    for encoding, name in (
        ("utf-16", "UTF-16") if marked else ("utf-8-sig", ""),
        ("gb18030", "GBK"),
    ):
        try:
            text = data.decode(encoding)
        except UnicodeError:
            continue
        if name:
            message = f"文件是 {name} 编码，已照读，保存时改为 UTF-8"
            findings = [Finding("D009", Severity.HINT, "", message, Place(1, 1))]
        break
    else:
        text = data.decode("utf-8-sig", errors="replace")
        findings = [unreadable_byte(data)]
    if "\0" in text:
        raise Unusable("不是文本文件，不像是一份草稿")
    return unix_lines(text), findings


def unix_lines(text: str) -> str:
    """A text whose lines end in LF, whatever system they come from."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def unreadable_byte(data: bytes) -> Finding:
    """The complaint of the first byte of a file that is not UTF-8, at its place."""
    try:
        before = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = error.object[: error.start].decode("utf-8-sig")
    text = unix_lines(before)
    place = Lines(text).place(len(text))
    message = f"第 {place.line} 行有读不出的字节，文件可能不完整，请对照备份改正"
    return Finding("D001", Severity.ERROR, "", message, place)


def parsed(text: str) -> Parsed:
    """The values of a text; never raises over what the text says.

    After each slip the text is parsed again without it, until all that work
    comes to more than any draft is worth.
    """
    findings: list[Finding] = []
    torn = False
    work = limits.DRAFT_WORK
    if _LONG_KEY.search(text):
        raise Unusable("名称里的点太多，不像是一份草稿")
    while len(findings) < limits.DRAFT_SLIPS and work > 0:
        work -= len(text)
        try:
            values = tomli.loads(text, parse_float=decimal)
            return Parsed({key: bounded(values[key]) for key in values}, text, findings, torn)
        except RecursionError:
            raise Unusable("方括号套得太深，不像是一份草稿") from None
        except ValueError as error:
            finding, rest, tears = without_slip(error, text)
            findings.append(finding)
            torn = torn or tears
            if rest == text:
                return Parsed({}, "", findings, True)
            text = rest
    message = "写错的地方太多，后面的没有再查；先改正列出的这些"
    return Parsed(
        {}, "", [Finding("D001", Severity.ERROR, "", message, Place(1, 1)), *findings], True
    )


def bounded(value: Value, depth: int = 0) -> Value:
    """A value in which a whole number of too many digits is a text."""
    if depth > limits.DRAFT_DEPTH:
        raise RecursionError
    if isinstance(value, int) and abs(value) >= _TOO_LARGE:
        return f"{value:x}"[:12] + "…"
    if isinstance(value, list):
        if {*map(type, value)} == {int} and -_TOO_LARGE < min(value) <= max(value) < _TOO_LARGE:
            return value
        return [bounded(item, depth + 1) for item in value]
    if isinstance(value, dict):
        return {key: bounded(item, depth + 1) for key, item in value.items()}
    return value


def without_slip(error: ValueError, text: str) -> tuple[Finding, str, bool]:
    """What is wrong, the text without it, and whether a header went with it."""
    place, reason = located(error, text)
    lines = text.split("\n")
    line = lines[place.line - 1]
    mended = mend(line)
    if mended != line and mended.strip():
        lines[place.line - 1] = mended
        return mending(place, mended), "\n".join(lines), False
    open_ended = len(_QUOTES.get(reason, "")) == 3 and _QUOTES[reason] in line
    lines[place.line - 1 : None if open_ended else place.line] = [""]
    tears = open_ended or line.lstrip().startswith("[")
    at = key_of(line, lines[: place.line - 1])
    return complaint(place, reason, line)._replace(at=at), "\n".join(lines), tears


def decimal(text: str) -> Decimal:
    """A TOML float as it was written, trailing zeros kept."""
    try:
        return Decimal(text)
    except InvalidOperation:
        return Decimal("nan")


def located(error: ValueError, text: str) -> tuple[Place, str]:
    """Where the slip is, and what the parser says of it."""
    if not isinstance(error, tomli.TOMLDecodeError):  # int() says it of thousands of digits
        number = _LONG_NUMBER.search(text)
        return Lines(text).place(number.start() if number else 0), str(error)
    offset = min(error.pos, len(text.rstrip()))
    if error.msg.startswith("Unescaped") and text[offset - 1 : offset] == "\n":
        offset -= 1
    quotes = _QUOTES.get(error.msg, "")
    if quotes and (start := text.rfind(quotes, 0, offset)) >= 0:
        offset = start + len(quotes) - 1
    opening = _OPENINGS.get(error.msg)
    if opening and (openings := list(opening.finditer(text, 0, offset))):
        offset = openings[-1].end() - 1
    return Lines(text).place(offset), error.msg


def mend(line: str) -> str:
    """A line with its full-width signs outside of quotes made half-width."""
    pieces = _QUOTED.split(line)
    for index, piece in enumerate(pieces):
        if index % 2 == 0:
            pieces[index] = piece.translate(_MEND)
        elif piece.startswith("“") and '"' not in piece:
            pieces[index] = f'"{piece[1:-1]}"'
    return "".join(pieces)


def key_of(line: str, before: list[str]) -> str:
    """The dotted path of the key on a line, as far as it can be told."""
    match = re.match(r"\s*([\w.-]+)\s*=", line)
    headers = (re.match(r"\s*\[([\w.-]+)\]", header) for header in reversed(before))
    header = next((found[1] + "." for found in headers if found), "")
    return header + match[1] if match else ""


def mending(place: Place, mended: str) -> Finding:
    """The hint that full-width signs have been read as half-width ones."""
    message = f"第 {place.line} 行有全角的数字或标点，已按半角读，请核对\n{mended.strip()[:80]}"
    return Finding("D009", Severity.HINT, "", message, Place(place.line, 1))


def complaint(place: Place, reason: str, line: str) -> Finding:
    """What is wrong at a place, in an officer's words, with the line itself."""
    rest = line[place.column - 1 :]
    if reason.startswith(("Cannot overwrite", "Cannot declare")):
        code, words = "D008", "的项目前面已经写过一次：只留一处"
    elif reason.startswith(("Illegal", "Found invalid")) and rest.strip():
        code, words = "D006", "有看不见的控制字符，请删去后重新输入"
    else:
        code, words = "D001", explained(reason, rest, line)
    message = f"第 {place.line} 行{words}\n{line.strip()[:80]}".rstrip()
    return Finding(code, Severity.ERROR, "", message, place)


def explained(reason: str, rest: str, line: str) -> str:
    """What was expected where tomllib stopped."""
    value = line.partition("=")[2].lstrip()
    if (re.search if value.startswith("[") else re.match)(r"(?<![\w.])0\d", value):
        return "的数字不能以 0 开头；邮编、电话要写在引号里"
    if reason == "Invalid value" and not rest.strip():
        return '等号后面没有内容：尚未填报的写 "?"'
    for start, words in _REASONS.items():
        if reason.startswith(start):
            return words
    return "读不懂：应是 [名称]，或者 名称 = 内容"
