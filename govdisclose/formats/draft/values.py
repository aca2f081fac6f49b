"""Take typed values out of a parsed file, complaining in an officer's words.

Every function is given the path it has come down, and the list that takes the
complaints; what is wrong counts as absent.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, time
from decimal import Decimal

from govdisclose.formats.draft.toml import Value
from govdisclose.model import limits
from govdisclose.model.figures import LARGEST, UNANSWERED, Figure, figure, shown
from govdisclose.model.finding import Finding
from govdisclose.model.form import Kind
from govdisclose.model.input_errors import unreadable
from govdisclose.model.text import UNPRINTABLE

Values = dict[str, Value]

_TYPES: tuple[tuple[type, str], ...] = (
    (bool, "true 或 false"),
    (str, "文字"),
    (int, "整数"),
    (Decimal, "小数"),
    (list, "一串"),
    (date, "日期"),
    (time, "时刻"),
)


def known(given: Values, names: Iterable[str], path: str, found: list[Finding]) -> None:
    """Complain of each key that is not one of the names, with the nearest one."""
    names = list(names)
    strange = [key for key in given if key not in names]
    for number, key in enumerate(strange):
        near = nearest(key[:80], names) if number < limits.SAME_FINDINGS else ""
        found.append(unreadable("D002", joined(path, key), f"没有“{key[:80]}”这一项{near}"))


def nearest(key: str, names: list[str]) -> str:
    """The known name that looks most like a wrong one, as the end of a sentence."""
    from difflib import get_close_matches

    close = get_close_matches(key, names, n=1)
    return f"，最接近的是 {close[0]}" if close else f"；可写的有 {'、'.join(names[:8])}"


def joined(path: str, key: str) -> str:
    """A dotted path with one more key."""
    return f"{path}.{key}" if path else key


def words(given: Values, key: str, path: str, found: list[Finding]) -> str:
    """A text, empty where there is none or it cannot be printed."""
    value = given.get(key, "")
    at = joined(path, key)
    if not isinstance(value, str):
        found.append(
            unreadable("D003", at, f"{key}：这里要文字，写的是{type_name(value)}；文字写在引号里")
        )
        return ""
    if unprintable := UNPRINTABLE.search(value):
        message = f"{key}：有 Word 装不下的字符 U+{ord(unprintable[0]):04X}，请删去后重新输入"
        found.append(unreadable("D006", at, message))
    return value


def group(given: Values, key: str, path: str, found: list[Finding]) -> Values:
    """A table of the file, empty where there is none."""
    value = given.get(key, {})
    if isinstance(value, dict):
        return value
    at = joined(path, key)
    found.append(unreadable("D003", at, f"{key}：这里要一组项目，写在 [{at}] 下面"))
    return {}


def groups(given: Values, key: str, path: str, found: list[Finding]) -> Iterator[Values]:
    """The tables of an array of tables."""
    value = given.get(key, [])
    if isinstance(value, list) and all(isinstance(item, dict) for item in value):
        yield from (item for item in value if isinstance(item, dict))
    else:
        at = joined(path, key)
        found.append(unreadable("D003", at, f"{key}：这里要几组项目，每组写在 [[{at}]] 下面"))


def type_name(value: Value) -> str:
    """What a value is, in an officer's words."""
    return next((name for kind, name in _TYPES if isinstance(value, kind)), "一组项目")


def whole_number(given: Value, kind: Kind) -> Figure | None:
    """The figure that a whole number is, as nearly all are; None for anything else."""
    if type(given) is int and 0 <= given < LARGEST:
        return Decimal(given) if kind is Kind.AMOUNT else given
    return None


def read_figure(given: Value, kind: Kind, at: str, found: list[Finding]) -> Figure | None:
    """A figure, None where it is not answered; ValueError says what is wrong."""
    if isinstance(given, bool) or not isinstance(given, int | str | Decimal):
        raise ValueError(f"这里要一个数，写的是{type_name(given)}")
    text = given if isinstance(given, str) else str(given)
    if text.strip() in (UNANSWERED, ""):
        return None
    if isinstance(given, Decimal) and not (given.is_finite() and abs(given.adjusted()) < 20):
        raise ValueError(f"“{text}”不是数字，没有发生的填 0")
    if isinstance(given, Decimal) and kind is Kind.COUNT and given == given.to_integral_value():
        text = format(given, ".0f")
    value = figure(
        format(given, "f") if kind is Kind.AMOUNT and isinstance(given, Decimal) else text, kind
    )
    if isinstance(given, str) or (isinstance(given, Decimal) and kind is Kind.COUNT):
        found.append(unreadable("D009", at, f"“{given}”按 {shown(value)} 读，请核对"))
    return value
