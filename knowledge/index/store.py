"""The clause store: editions and clauses of one generation, in SQLite."""

from __future__ import annotations

import json
import sqlite3
import unicodedata
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

import numpy as np

from knowledge.clauses import Clause, ClauseRef, Edition, Gap, Modality, Verified
from knowledge.errors import UnknownClause
from knowledge.index.scope import Rows

_SCHEMA = """
CREATE TABLE editions (number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, edition TEXT NOT NULL);
CREATE TABLE clauses (
    row INTEGER PRIMARY KEY, ref TEXT NOT NULL UNIQUE, edition INTEGER NOT NULL REFERENCES editions,
    article TEXT NOT NULL, parent TEXT, heading TEXT NOT NULL, text TEXT NOT NULL, locator TEXT NOT NULL,
    modality TEXT, verified TEXT NOT NULL, gap TEXT, topics TEXT NOT NULL, refers_to TEXT NOT NULL,
    headings TEXT NOT NULL, passage_key BLOB NOT NULL
);
"""
_INDEXES = """
CREATE INDEX clauses_parent ON clauses (parent) WHERE parent IS NOT NULL;
CREATE INDEX clauses_article ON clauses (article);
CREATE INDEX clauses_edition ON clauses (edition);
"""
_INSERT = f"INSERT INTO clauses VALUES ({', '.join('?' * 15)})"  # noqa: S608 (fifteen question marks)
_CLAUSE = "ref, heading, text, locator, modality, verified, gap, topics, refers_to, headings"
_Record = tuple[str, str, str, str, str | None, str, str | None, str, str, str]


def write_store(
    file: Path, editions: Iterable[Edition], clauses: Iterable[Clause], passage_keys: Iterable[bytes]
) -> None:
    """Write a new store; rows are numbered 0 … n-1 in the order of `clauses`, which is reading order."""
    with closing(sqlite3.connect(file)) as db:
        db.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;" + _SCHEMA)
        numbers: dict[str, int] = {}
        for number, edition in enumerate(editions):
            numbers[edition.id] = number
            db.execute(
                "INSERT INTO editions VALUES (?, ?, ?)", (number, edition.id, edition.model_dump_json(by_alias=True))
            )
        keyed = enumerate(zip(clauses, passage_keys, strict=True))
        db.executemany(_INSERT, (_values(row, clause, numbers, key) for row, (clause, key) in keyed))
        db.executescript(_INDEXES)
        db.commit()


def _values(row: int, clause: Clause, numbers: Mapping[str, int], key: bytes) -> tuple[object, ...]:
    ref = clause.ref
    return (
        row,
        str(ref),
        numbers[ref.edition],
        _article(ref),
        str(ref.parent) if ref.parent else None,
        clause.heading,
        clause.text,
        clause.locator,
        clause.modality,
        clause.verified,
        clause.gap,
        json.dumps(clause.topics),
        json.dumps([str(other) for other in clause.refers_to]),
        json.dumps(clause.headings),
        key,
    )


def _article(ref: ClauseRef) -> str:
    return f"{ref.edition}#{ref.number.partition('.')[0]}"


@lru_cache(maxsize=8192)  # the same clauses come up again and again, and reading their lists takes longest
def _clause(record: _Record) -> Clause:
    ref, heading, text, locator, modality, verified, gap, topics, refers_to, headings = record
    return Clause(
        ref=ClauseRef.parse(ref),
        heading=heading,
        text=text,
        locator=locator,
        modality=Modality(modality) if modality else None,
        verified=Verified(verified),
        gap=Gap(gap) if gap else None,
        topics=tuple(json.loads(topics)),
        refers_to=tuple(ClauseRef.parse(other) for other in json.loads(refers_to)),
        headings=tuple(json.loads(headings)),
    )


def _title(text: str) -> str:
    """A title as people may write it: full-width or not, with or without 《》 and spaces."""
    return "".join(c for c in unicodedata.normalize("NFKC", text) if not c.isspace() and c not in "《》〈〉")


class ClauseStore:
    """Reads one store. It never changes, so any number of threads and processes read it without locks."""

    def __init__(self, file: Path) -> None:
        """Raises sqlite3.Error when `file` is no store."""
        self._uri = f"{file.absolute().as_uri()}?mode=ro&immutable=1"
        self._idle: deque[sqlite3.Connection] = deque()
        records = self._all("SELECT edition FROM editions ORDER BY number")
        by_id = {edition.id: edition for edition in (Edition.model_validate_json(text) for (text,) in records)}
        self.editions: Mapping[str, Edition] = MappingProxyType(by_id)
        self._titled: dict[str, list[Edition]] = {}
        for edition in by_id.values():
            for name in {_title(name) for name in (edition.title, *edition.short_titles)}:
                self._titled.setdefault(name, []).append(edition)
        (self._count,) = self._all("SELECT count(*) FROM clauses")[0]

    def __len__(self) -> int:
        return int(self._count)

    def titled(self, name: str) -> list[Edition]:
        """Editions with this title or short title, 《》 or not; none is an empty list."""
        return list(self._titled.get(_title(name), ()))

    def clause(self, ref: ClauseRef) -> Clause:
        """Raises UnknownClause."""
        found = self._clauses("ref = ?", str(ref))
        if not found:
            raise UnknownClause(str(ref))
        return found[0]

    def clauses(self, rows: Sequence[int]) -> list[Clause]:
        """One clause a row, in the order of `rows`; IndexError for a row that does not exist."""
        query = f"SELECT row, {_CLAUSE} FROM clauses WHERE row IN (SELECT value FROM json_each(?))"  # noqa: S608 (constant columns)
        found = {record[0]: record[1:] for record in self._all(query, json.dumps(list(map(int, rows))))}
        try:
            return [_clause(found[int(row)]) for row in rows]
        except KeyError as missing:
            raise IndexError(f"没有第 {missing} 行") from None

    def rows(self, refs: Sequence[ClauseRef]) -> list[int]:
        """The row of each ref, in their order; UnknownClause for the first that does not exist."""
        query = "SELECT ref, row FROM clauses WHERE ref IN (SELECT value FROM json_each(?))"
        found = dict(self._all(query, json.dumps([str(ref) for ref in refs])))
        for ref in refs:
            if str(ref) not in found:
                raise UnknownClause(str(ref))
        return [found[str(ref)] for ref in refs]

    def children(self, ref: ClauseRef) -> list[Clause]:
        """The clauses directly below, in reading order."""
        return self._clauses("parent = ?", str(ref))

    def article(self, ref: ClauseRef) -> list[Clause]:
        """The whole top-level clause `ref` is or belongs to, with all below it, in reading order."""
        return self._clauses("article = ?", _article(ref))

    def edition_clauses(self, edition: str) -> list[Clause]:
        """All clauses of an edition in reading order; none for an edition that does not exist."""
        return self._clauses("edition = (SELECT number FROM editions WHERE id = ?)", edition)

    def edition_numbers(self) -> Rows:
        """(n,) int32: for each row the number of its edition, counted as in `editions`."""
        found = self._all("SELECT edition FROM clauses ORDER BY row")
        return np.fromiter((number for (number,) in found), dtype=np.int32, count=len(found))

    def refs(self) -> list[str]:
        """Every ref as text, by row."""
        return [ref for (ref,) in self._all("SELECT ref FROM clauses ORDER BY row")]

    def passage_keys(self) -> list[bytes]:
        """The key of the passage encoded for each row."""
        return [key for (key,) in self._all("SELECT passage_key FROM clauses ORDER BY row")]

    def close(self) -> None:
        while self._idle:
            self._idle.pop().close()

    def _clauses(self, where: str, value: str) -> list[Clause]:
        query = f"SELECT {_CLAUSE} FROM clauses WHERE {where} ORDER BY row"  # noqa: S608 (constant text)
        return [_clause(record) for record in self._all(query, value)]

    def _all(self, query: str, *values: str) -> list[Any]:
        with self._connection() as db:
            return db.execute(query, values).fetchall()

    @contextmanager
    def _connection(self) -> Iterator[sqlite3.Connection]:
        """An idle connection, or a new one; back to the idle ones after use."""
        try:
            db = self._idle.pop()
        except IndexError:
            db = sqlite3.connect(self._uri, uri=True, check_same_thread=False)
        try:
            yield db
        finally:
            self._idle.append(db)
