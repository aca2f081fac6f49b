"""Whose text is read: which years and which organs are its own."""

from __future__ import annotations

import re
from dataclasses import dataclass

from govdisclose.model.report import Bureau, Report
from govdisclose.rules.language.tokens import Token

_DIVISION = re.compile(r"[省市县区旗州盟]")


@dataclass(frozen=True)
class Reporter:
    """The year, whether a government, what its name ends in, and its names."""

    year: int = 0
    government: bool = False
    level: str = ""
    names: tuple[str, ...] = ()

    @staticmethod
    def of(report: Report) -> Reporter:
        """The reporter of a report."""
        name = re.sub(r"(?:人民政府|办事处|管理委员会)", "", report.bureau.name)
        level = "街道" if name.endswith("街道") else name[-1:]
        government = report.bureau.kind == "government"
        return Reporter(report.year or 0, government, level, own_names(report.bureau))

    def time(self, token: Token) -> str:
        """The year a word means: own, last, next or other."""
        if token.sense != "year":
            return token.sense
        years = re.findall(r"(?:19|20)\d\d", token.text)
        if not years:
            if token.text.startswith("二"):
                digits = "零一二三四五六七八九"
                text = token.text.replace("〇", "零").replace("○", "零")
                years = ["".join(str(digits.index(sign)) for sign in text[:4])]
            else:
                return "own"
        year = int(years[-1])
        if not self.year or year == self.year:
            return "own"
        if "以来" in token.text:
            return "other"
        return {-1: "last", 1: "next"}.get(year - self.year, "other")

    def organ(self, token: Token, before: str) -> str:
        """Whether a word means the bureau that reports; an unclear one changes nothing."""
        if token.sense == "own":
            text = token.text
            if self.government and text[-1:] in "局委厅办" and text[0] in "我本全":
                return "other"
            return "own"
        if token.sense == "level":
            is_own = self.government and token.text[1] in self.level
            return "own" if is_own or token.text[1] == self.level[-1:] else "other"
        if token.sense == "city":
            return "unclear" if self.government else "other"
        if token.sense == "all":
            return before if self.government else "other"
        if token.sense == "street":
            return "own" if self.level == "街道" else "other"
        return "other"


def own_names(bureau: Bureau) -> tuple[str, ...]:
    """The names by which a bureau speaks of itself, the longest first."""
    name = re.sub(r"\s", "", bureau.name)
    if len(name) < 4:
        return (name,) if name else ()
    short = re.sub(r"(?:人民政府)?(?:办事处)?$", "", name)
    found = {name, short, short + "政府"} if short != name else {name}
    for match in _DIVISION.finditer(short[:-2]):
        tail = short[match.start() :]
        if len(tail) >= 4 and bureau.kind != "government":
            found |= {tail, tail[1:]} if len(tail) > 5 else {tail}
    return tuple(sorted((each for each in found if len(each) >= 3), key=len, reverse=True))
