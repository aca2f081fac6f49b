"""Folders of drafts, and what has become of them in a batch."""

from pathlib import Path

from govdisclose.county import batch
from govdisclose.county.batch import State
from govdisclose.files import names
from govdisclose.formats import draft
from govdisclose.model.report import Report


def put(folder: Path, report: Report, name: str = "") -> Path:
    folder.mkdir(exist_ok=True)
    path = folder / (name or names.draft_name(report))
    path.write_text(draft.dumps(report), encoding="utf-8")
    return path


def documents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.glob("*.docx")}


def states(outcomes: list[batch.Outcome]) -> dict[str, State]:
    return {outcome.path.name: outcome.state for outcome in outcomes}


def outcome_of(outcomes: list[batch.Outcome], name: str) -> batch.Outcome:
    [found] = [outcome for outcome in outcomes if outcome.path.name == name]
    return found
