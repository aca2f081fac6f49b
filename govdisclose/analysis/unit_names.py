"""Which unit a name means: 城关镇, 县人社局, 教体局, and what it was called before.

A name is held against all that a roster says and all that follows from it: the
full name without its county, endings said shorter (镇 for 镇人民政府, 委 for
委员会), and contractions (人社局). Where several units could be meant all are
given; nothing is picked.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from enum import IntEnum
from functools import cached_property
from typing import NamedTuple

from govdisclose.model.roster import Listed, RosterUnit, unit_of
from govdisclose.model.text import plain

LIKE, LIKE_IN_SHORT = 0.7, 0.55
"""So like must two names, or two with their endings said briefly, be for a suggestion."""

FEWEST = 3
"""Characters: a shorter form is not looked for inside a text."""

_PLACE = re.compile(r"[县市区旗州盟省]")
_ZONE = re.compile(r"(?:开发|园|新|景|示范|社|特|小|库|矿|林|牧|保税|自治|度假|风景)区$")
_LEVEL = re.compile(r"[本我]?[省市县区州旗](?=..)")
_BRACKETS = re.compile(r"\([^()]*\)")
_ENDINGS = (
    (re.compile(r"(?:人民)?政府办公室$|人民政府办$|(?<!政)府办(?:公室)?$"), "政府办"),
    (re.compile(r"(?<=[镇乡道])(?:人民)?政府$"), ""),
    (re.compile(r"街道(?:办事处|办)$"), "街道"),
    (re.compile(r"管(?:理)?委(?:员)?会$"), "管委"),
    (re.compile(r"委员会$"), "委"),
    (re.compile(r"办公室$"), "办"),
)
_TOWN = re.compile(r"(?P<stem>.{2,})(?:镇|乡|街道)$")
_OFFICE = re.compile(r"(?P<stem>.{2,})(?P<ending>局|委|办|中心|会|院|队|处|所|站)$")
_ALIKE = {"委": "局"}
_WORDS = re.compile(r"[\u4e00-\u9fff]{2,}")


class Rank(IntEnum):
    """How sure it is that a name means a unit, the surest first."""

    NAME = 0
    STATED = 1
    FORM = 2
    CONTRACTED = 3


class Meaning(NamedTuple):
    """The units that a name can mean: none, one, or several between which nobody has chosen."""

    units: tuple[RosterUnit, ...] = ()
    rank: Rank = Rank.NAME

    @property
    def unit(self) -> RosterUnit | None:
        """The unit that is meant, None where none is or several may be."""
        return self.units[0] if len(self.units) == 1 else None

    @property
    def is_open(self) -> bool:
        """Whether several units can be meant."""
        return len(self.units) > 1


class UnitNames:
    """The units of a roster, found by whatever they are called."""

    def __init__(self, listed: Iterable[Listed]) -> None:
        units = {plain(unit.name): unit for unit in map(unit_of, listed)}
        self.units = tuple(units.values())
        self.by_name = units
        self.known: dict[str, Meaning] = {}

    def find(self, name: str) -> Meaning:
        """What a name means."""
        key = plain(name)
        if key not in self.known:
            self.known[key] = self.worked_out(key)
        return self.known[key]

    def key(self, name: str) -> str:
        """A name by which a unit is the same, whatever it is called."""
        unit = self.find(name).unit
        return plain(unit.name if unit else name)

    def worked_out(self, key: str) -> Meaning:
        """What a name means that has not been asked for before."""
        if unit := self.by_name.get(key):
            return Meaning((unit,))
        if not key:
            return Meaning()
        wanted = set(forms(key, self.places))
        for rank, index in ((Rank.STATED, self.stated), (Rank.FORM, self.formed)):
            if units := tuple(dict.fromkeys(u for form in wanted for u in index.get(form, ()))):
                return Meaning(self.in_order(units), rank)
        if longer := [u for form, us in self.formed.items() if ends(key, form) for u in us]:
            return Meaning(self.in_order(longer), Rank.FORM)
        loose = (
            u for u in self.units if any(is_short_for(w, f) for w in wanted for f in self.of(u))
        )
        return Meaning(tuple(loose), Rank.CONTRACTED)

    def in_order(self, units: Iterable[RosterUnit]) -> tuple[RosterUnit, ...]:
        """Some units in the order of the roster, each once."""
        wanted = set(units)
        return tuple(unit for unit in self.units if unit in wanted)

    def of(self, unit: RosterUnit) -> tuple[str, ...]:
        """All that a unit may be called, stated or formed."""
        names = (unit.name, *unit.short, *unit.former)
        return tuple(dict.fromkeys(form for name in names for form in forms(name, self.places)))

    @cached_property
    def places(self) -> tuple[str, ...]:
        """What many full names begin with, the longest first: the county, its city."""
        counts = Counter(start for name in self.by_name for start in starts_of(name))
        enough = max(2, len(self.units) / 4)
        found = [start for start, count in counts.items() if count >= enough]
        if not found:
            found = [start for name in self.by_name for start in list(starts_of(name))[:1]]
        return tuple(sorted(set(found), key=lambda start: (-len(start), start)))

    @cached_property
    def formed(self) -> dict[str, list[RosterUnit]]:
        """The units by the forms of their full names."""
        return indexed((form, u) for u in self.units for form in forms(u.name, self.places))

    @cached_property
    def stated(self) -> dict[str, list[RosterUnit]]:
        """The units by the forms of the names that the roster states beside."""
        return indexed(
            (form, unit)
            for unit in self.units
            for name in (*unit.short, *unit.former)
            for form in forms(name, self.places)
        )

    def named_in(self, text: str) -> tuple[RosterUnit, ...]:
        """The units that a text such as a file name names."""
        text = canonical(text)
        spans = [
            (text.find(form), text.find(form) + len(form), unit)
            for index in (self.stated, self.formed)
            for form, units in index.items()
            if len(form) >= FEWEST and form in text
            for unit in units
        ]
        widest = [
            unit
            for start, end, unit in spans
            if not any(s <= start and end <= e and e - s > end - start for s, e, _ in spans)
        ]
        if widest:
            return self.in_order(widest)
        meanings = (self.find(words) for words in _WORDS.findall(text))
        return self.in_order(unit for each in meanings for unit in each.units)


def indexed(pairs: Iterable[tuple[str, RosterUnit]]) -> dict[str, list[RosterUnit]]:
    """Units by each form of their names."""
    found: dict[str, list[RosterUnit]] = defaultdict(list)
    for form, unit in pairs:
        if unit not in found[form]:
            found[form].append(unit)
    return found


def likest(name: str, names: Iterable[str]) -> str:
    """The name most like one, also where one is said in short; empty where none is near."""
    names = list(names)
    if close := get_close_matches(name, names, n=1, cutoff=LIKE):
        return close[0]
    brief = {canonical(each): each for each in names}
    close = get_close_matches(canonical(name), brief, n=1, cutoff=LIKE_IN_SHORT)
    return brief[close[0]] if close else ""


# Forms of a name


def starts_of(name: str) -> Iterator[str]:
    """What a name may begin with that is a place: 云溪县, 宣城市云溪县."""
    for match in _PLACE.finditer(name):
        start, rest = name[: match.end()], name[match.end() :]
        is_whole = rest in ("人民政府", "政府")
        if len(start) >= 3 and len(rest) >= 2 and not (is_whole or _ZONE.search(start)):
            yield start


def forms(name: str, places: Iterable[str]) -> Iterator[str]:
    """A name and its shorter forms: endings said briefly, without its county."""
    name = plain(name)
    yield canonical(name)
    if level := _LEVEL.match(name):
        yield canonical(name[level.end() :])
    for place in places:
        if name.startswith(place) and len(name) > len(place) + 1:
            yield canonical(name[len(place) :])
            yield canonical(place[:-1] + name[len(place) :])


def canonical(name: str) -> str:
    """A name with its ending said briefly, without what stands in brackets."""
    name = _BRACKETS.sub("", plain(name)) or name
    for pattern, brief in _ENDINGS:
        name, count = pattern.subn(brief, name)
        if count:
            break
    return name


def ends(name: str, form: str) -> bool:
    """Whether a name is a form with a larger place before it: 宣城市云溪县教育局."""
    whole = canonical(name)
    before = whole.removesuffix(form)
    return len(form) > FEWEST + 1 and before != whole and before[-1:] in tuple("省市州盟区")


def is_short_for(short: str, full: str) -> bool:
    """Whether a name is a contraction of another: 人社局, 城关 of 城关镇."""
    town = _TOWN.fullmatch(full)
    if town:
        return short == town["stem"]
    own, other = _OFFICE.fullmatch(short), _OFFICE.fullmatch(full)
    if not own or not other or len(own["stem"]) >= len(other["stem"]):
        return False
    kinds = {_ALIKE.get(each["ending"], each["ending"]) for each in (own, other)}
    return (
        len(kinds) == 1 and own["stem"][0] == other["stem"][0] and runs(own["stem"], other["stem"])
    )


def runs(short: str, full: str) -> bool:
    """Whether the characters of one text stand in another in their order."""
    rest = iter(full)
    return all(sign in rest for sign in short)
