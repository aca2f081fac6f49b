"""Many drafts as they were read, on disk while they are compared and printed.

A store is a SQLite database of one batch, so that ten thousand drafts take
hardly more memory than ten, and each is parsed once. To compare each with all
others would cost a square: runs of characters are sampled and sorted, drafts
that share some are pairs, and of a run that very many share each draft meets
only a few.
"""

from __future__ import annotations

import json
import pickle
import sqlite3
from array import array
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from os import getpid
from pathlib import Path
from tempfile import TemporaryDirectory, gettempdir
from typing import NamedTuple

from govdisclose.analysis.similarity import may_be_alike, sketch
from govdisclose.model.finding import Unusable
from govdisclose.model.report import Reading
from govdisclose.rules.cross_unit import is_long
from govdisclose.rules.peers import NameIndex, ReportTexts, SimilarPeers, names_of, texts_of

BESIDE = 2
"""With so many texts on either side of it a text is paired, of those with one run."""

MOST = 8
"""So many texts at most are compared with one, those that share most runs."""

_TABLES = """
create table name (name text);
create table draft (number integer primary key, said text, reading blob);
create table prose (id integer primary key, draft integer, sketch blob);
create table run (hash integer, prose integer);
"""

_STEPS = range(1, BESIDE + 1)
_PAIRS = f"""
create table pair as
with nearby as (
  select prose, {", ".join(f"lead(prose, {n}) over scattered as next{n}" for n in _STEPS)}
  from run
  window scattered as (partition by hash order by (prose + 1) * (hash | 1) % 4294967291)
), meeting (one, two) as (
  {" union all ".join(f"select prose, next{n} from nearby" for n in _STEPS)}
), met (one, two, times) as (
  select min(one, two), max(one, two), count(*) from meeting where two > 0 group by 1, 2
)
select one, two, times from met union all select two, one, times from met;
drop table run;
create index pairs on pair (one, times);
create index proses on prose (draft);
"""


class StoredDraft(NamedTuple):
    """What a draft says in words, the sketch of each of its sections, and its pickled reading."""

    said: ReportTexts
    sketches: tuple[bytes, ...]
    reading: bytes


def stored_draft(reading: Reading) -> StoredDraft:
    """A draft to be put into a store; of short sections no sketch is made."""
    own = texts_of(reading.report)
    texts = (own.prose(section) for section in own.labels)
    runs = (sketch(text) if is_long(text) else () for text in texts)
    sketches = tuple(array("I", each).tobytes() for each in runs)
    return StoredDraft(own, sketches, pickle.dumps(reading))


@dataclass(frozen=True)
class DraftStore:
    """The database at a path; every process opens it for itself."""

    path: Path

    def fill(self, drafts: Iterable[tuple[int, StoredDraft]], names: Iterable[str] = ()) -> None:
        """Put numbered drafts into it, and more names of units.

        Unusable where the disk does not hold them.
        """
        with told(self.path), closing(connected(self.path, "rwc")) as db:
            db.executescript(_TABLES)
            db.executemany("insert into name values (?)", ((name,) for name in names))
            for number, each in drafts:
                put(db, number, each)
            db.executescript(_PAIRS)
            db.commit()

    def beside(self, number: int) -> SimilarPeers:
        """The words of a draft and of those that may be like it."""
        with told(self.path):
            db = reading(self.path, getpid())
            own = stored(db, number)
            others = {
                section: [stored(db, other) for other in most_similar(db, prose, runs)]
                for section, (prose, runs) in zip(own.labels, proses(db, number), strict=True)
            }
            return SimilarPeers(own, others, names(self.path))

    def reading(self, number: int) -> Reading:
        """A draft as it was read; Unusable where the disk fails it."""
        with told(self.path):
            db = reading(self.path, getpid())
            row = db.execute("select reading from draft where number = ?", (number,)).fetchone()
        found: Reading = pickle.loads(row[0])
        return found


@contextmanager
def temporary_store() -> Iterator[DraftStore]:
    """A store that is gone in the end; Unusable where there is no place for it."""
    try:
        folder = TemporaryDirectory(prefix="govdisclose-", ignore_cleanup_errors=True)
    except OSError:
        raise Unusable(
            f"{gettempdir()}：临时文件夹不能用；清理磁盘，或者用 TMPDIR 另指一个"
        ) from None
    with folder as path:
        store = DraftStore(Path(path) / "drafts.sqlite")
        try:
            yield store
        finally:
            if reading.cache_info().currsize:  # Windows removes no file that is open
                reading(store.path, getpid()).close()
                reading.cache_clear()


@contextmanager
def told(path: Path) -> Iterator[None]:
    """Where the disk fails a database, Unusable says so."""
    try:
        yield
    except sqlite3.Error:
        raise Unusable(
            f"{path.parent.parent}：临时文件夹写不下，没有比对各单位的文字（R602、R603）；"
            "清理磁盘，或者用 TMPDIR 另指一个，再运行一次"
        ) from None


def connected(path: Path, mode: str) -> sqlite3.Connection:
    """A database that is gone before it could be found after a crash."""
    db = sqlite3.connect(f"{path.absolute().as_uri()}?mode={mode}", uri=True)
    db.execute("pragma journal_mode = off")
    db.execute("pragma synchronous = off")
    return db


@lru_cache(maxsize=1)
def reading(path: Path, process: int) -> sqlite3.Connection:
    """A database opened once to be read; one that was opened before a fork is not used."""
    return connected(path, "ro")


def put(db: sqlite3.Connection, number: int, draft: StoredDraft) -> None:
    """Put a draft into a database; only like sections meet."""
    text = json.dumps(vars(draft.said), ensure_ascii=False)
    db.execute("insert into draft values (?, ?, ?)", (number, text, draft.reading))
    db.execute("insert into name values (?)", (draft.said.name,))
    for section, runs in enumerate(draft.sketches):
        prose = db.execute(
            "insert into prose (draft, sketch) values (?, ?)", (number, runs)
        ).lastrowid
        rows = ((section << 32 | run, prose) for run in array("I", runs))
        db.executemany("insert into run values (?, ?)", rows)


def stored(db: sqlite3.Connection, number: int) -> ReportTexts:
    """What a draft says."""
    (text,) = db.execute("select said from draft where number = ?", (number,)).fetchone()
    return ReportTexts(**json.loads(text))


def proses(db: sqlite3.Connection, number: int) -> list[tuple[int, bytes]]:
    """Number and sketch of each section of a draft."""
    return db.execute(
        "select id, sketch from prose where draft = ? order by id", (number,)
    ).fetchall()


def most_similar(db: sqlite3.Connection, prose: int, runs: bytes) -> Iterator[int]:
    """The drafts that share enough runs with a section."""
    own = frozenset(array("I", runs))
    met = db.execute(
        "select draft, sketch from pair join prose on id = two"
        " where one = ? order by times desc limit ?",
        (prose, MOST),
    ).fetchall()
    return (other for other, theirs in met if may_be_alike(own, array("I", theirs)))


@lru_cache(maxsize=1)
def names(path: Path) -> NameIndex:
    """The names of all units."""
    found = reading(path, getpid()).execute("select name from name")
    return names_of(chain.from_iterable(found))
