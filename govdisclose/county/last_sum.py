"""What each unit gave to a sum, remembered beside it: which of them has changed since."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from govdisclose.county.rollup import Shares
from govdisclose.files import disk
from govdisclose.model.figures import shown
from govdisclose.model.finding import Unusable
from govdisclose.model.text import plain

RECORD = ".govdisclose-rollup.json"
MOST_CELLS = 5
"""So many changed cells of a unit are told."""

Figures = dict[str, str]
"""The figures of a unit by their address, as texts."""


def keep(path: Path, shares: Shares) -> None:
    """Remember what a sum was made of; where that fails, --check knows no names."""
    every = recorded_all(path.parent)
    every[path.name] = figures_of(shares)
    text = json.dumps({"sums": every}, ensure_ascii=False, indent=1)
    with suppress(Unusable):
        disk.save(path.parent / RECORD, text.encode())


def figures_of(shares: Shares) -> dict[str, Figures]:
    """The figures of each unit that has answered."""
    found: dict[str, Figures] = {plain(unit): {} for unit in shares.units}
    for cell, figures in shares.figures.items():
        for unit, figure in zip(shares.units, figures, strict=True):
            if figure is not None:
                found[plain(unit)][str(cell)] = shown(figure)
    return {unit: figures for unit, figures in found.items() if figures}


def recorded_all(folder: Path) -> dict[str, dict[str, Figures]]:
    """What the sums in a folder were made of; nothing where that is not known."""
    with suppress(OSError, ValueError, TypeError, AttributeError, KeyError):
        known = json.loads((folder / RECORD).read_text(encoding="utf-8"))["sums"]
        return {
            str(name): {
                str(unit): {str(at): str(value) for at, value in figures.items()}
                for unit, figures in units.items()
            }
            for name, units in known.items()
        }
    return {}


def changed(path: Path, shares: Shares) -> Iterator[str]:
    """The units that give something else now than they gave to a sum, a line each."""
    before = recorded_all(path.parent).get(path.name)
    if before is None:
        return
    now = figures_of(shares)
    for unit in shares.units:
        old, new = before.get(plain(unit)), now.get(plain(unit))
        if old is None and new is not None:
            yield f"{unit}：汇总以后才报"
        elif old is not None and new is None:
            yield f"{unit}：汇总时计入过，现在没有它的草稿"
        elif old and new and old != new:
            yield f"{unit}：汇总以后改过：{cells_changed(shares, old, new)}"
    there = {plain(unit) for unit in shares.units}
    yield from (f"{unit}：汇总时计入过，现在没有它的草稿" for unit in before if unit not in there)


def cells_changed(shares: Shares, old: Figures, new: Figures) -> str:
    """The cells in which a unit has changed, from what to what."""
    form = shares.form
    cells = [cell for cell in form.addresses if old.get(str(cell)) != new.get(str(cell))]
    told = "，".join(
        f"{form.row_name(cell)}｜{form.column_name(cell)} "
        f"{old.get(str(cell), '没有填')} → {new.get(str(cell), '没有填')}"
        for cell in cells[:MOST_CELLS]
    )
    return told + (f"等 {len(cells)} 格" if cells[MOST_CELLS:] else "")
