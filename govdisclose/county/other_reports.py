"""Reports among the drafts that are none: Word files and web pages of units without a draft."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import NamedTuple

from govdisclose.analysis.unit_names import UnitNames
from govdisclose.county.arrivals import SUFFIXES
from govdisclose.county.contributions import contribution
from govdisclose.county.workers import Failure, attempt
from govdisclose.files import disk, search
from govdisclose.model.finding import Unusable
from govdisclose.model.report import Reading
from govdisclose.model.text import plain
from govdisclose.rules.double_counting import Contribution

REPORTS = search.FileKinds((*SUFFIXES, ".pdf"))


@dataclass
class OtherReports:
    """The reports that are counted, and the files that are not, each with the reason."""

    units: list[Contribution] = field(default_factory=list)
    passed: list[tuple[Path, str]] = field(default_factory=list)

    @property
    def is_open(self) -> bool:
        """Whether a file may be a unit's report that was not counted."""
        return any(why not in (HAS_DRAFT, OTHER_YEAR, THE_COUNTY) for _, why in self.passed)


class Aside(NamedTuple):
    """What is the county's own: its files, and its names."""

    files: set[str]
    names: set[str]


THE_COUNTY = "是汇总单位自己的，没有当作下属单位计入"
HAS_DRAFT = "它的单位有草稿，按草稿计入"
OTHER_YEAR = "是另一年度的，没有计入"


def beside(
    paths: Iterable[Path], drafts: Sequence[Contribution], roster: UnitNames, aside: Aside
) -> OtherReports:
    """The reports in the folders of some drafts whose units have none."""
    folders = [path for path in paths if path.is_dir()]
    found = OtherReports()
    there = {roster.key(each.name) for each in drafts}
    years = {each.year for each in drafts}
    files = search.found(folders, REPORTS).paths if folders else []
    for path in (path for path in files if search.identity(path) not in aside.files):
        reading = attempt(path, partial(read, path))
        if isinstance(reading, Failure):
            found.passed.append((path, reading.reason.removeprefix(f"{path}：")))
            continue
        name = reading.report.bureau.name
        if plain(name) in set(map(plain, aside.names)):
            found.passed.append((path, THE_COUNTY))
        elif roster.key(name) in there:
            found.passed.append((path, HAS_DRAFT))
        elif years and reading.report.year not in years:
            found.passed.append((path, OTHER_YEAR))
        else:
            there.add(roster.key(name))
            found.units.append(contribution(reading, str(path)))
    return found


def read(path: Path) -> Reading:
    """A report of a unit; Unusable where there is none in the file."""
    if path.suffix.lower() not in SUFFIXES:
        raise Unusable("是 PDF，没有读")
    reading = disk.read(path)
    if not reading.report.figures:
        raise Unusable("里面没有读到数字")
    if not reading.report.bureau.name.strip():
        raise Unusable("没有写单位名称")
    return reading
