"""The reports of the year before, found by bureau."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path

from govdisclose.county.arrivals import SUFFIXES
from govdisclose.county.workers import Failure, Progress, staged
from govdisclose.files import disk, search
from govdisclose.model.finding import Unusable
from govdisclose.model.text import plain

Earlier = Mapping[str, Mapping[int | None, Path]]


def before(reports: Mapping[int | None, Path], year: int | None) -> Path | None:
    """Of a unit's reports that of the year before, else any other."""
    others = [path for each, path in reports.items() if each != year]
    return reports.get((year or 0) - 1, others[-1] if others else None)


LAST_YEAR = search.FileKinds((search.DRAFT, *SUFFIXES))


def units_in(folder: Path, jobs: int | None, progress: Progress) -> Earlier:
    """The reports in a folder by unit and year; other files are passed over."""
    if not folder.is_dir():
        raise Unusable(f"{folder}：没有这个文件夹，这里要放着上年报告的文件夹")
    paths = search.found([folder], LAST_YEAR).paths
    units: dict[str, dict[int | None, Path]] = defaultdict(dict)
    known = staged("读上年", identity, paths, paths, jobs, progress)
    for path, found in zip(paths, known, strict=True):
        if not isinstance(found, Failure):  # a folder of last year's holds other things too
            units[found[0]][found[1]] = path
    return units


def identity(path: Path) -> tuple[str, int | None]:
    """Unit and year of a report; Unusable where there is none in the file."""
    report = disk.read(path).report
    if not report.figures:
        raise Unusable(f"{path}：没有读到数字")
    return plain(report.bureau.name), report.year
