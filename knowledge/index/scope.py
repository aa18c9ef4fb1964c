"""Which clauses count for a question, and the clauses found."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from knowledge.clauses import Edition

Rows = NDArray[np.int32]
"""(k,) int32: dense clause numbers 0 … n-1, ascending, the same in all parts of a generation."""


@dataclass(frozen=True, slots=True)
class Hit:
    """One clause found: its row, and a score of which more is better, comparable within one search only."""

    row: int
    score: float


@dataclass(frozen=True, slots=True)
class Scope:
    """Which clauses count: those of these places, in force on this day; None is any.

    An edition is in force from its first day to its last, both included.
    """

    jurisdictions: frozenset[str] | None = None
    as_of: date | None = None


ANYWHERE = Scope()


@dataclass(frozen=True, slots=True)
class Kept:
    """The rows a scope keeps, once as a mask ((n,) bool) and once as numbers."""

    mask: NDArray[np.bool_]
    rows: Rows
    editions: tuple[int, ...]

    @property
    def everything(self) -> bool:
        return len(self.rows) == len(self.mask)


class Coverage:
    """Where and when every clause applies; answers for the last 32 scopes are remembered.

    `edition_of` is (n,) int32, the number of each row's edition in `editions`.
    """

    def __init__(self, editions: Sequence[Edition], edition_of: Rows) -> None:
        self._edition_of = edition_of
        self._places = [edition.jurisdiction for edition in editions]
        self._from = np.array([edition.in_force.from_.toordinal() for edition in editions], dtype=np.int32)
        untils = (edition.in_force.until or date.max for edition in editions)
        self._until = np.array([until.toordinal() for until in untils], dtype=np.int32)
        self.kept = lru_cache(maxsize=32)(self._kept)

    def __len__(self) -> int:
        return len(self._edition_of)

    def editions_of(self, rows: NDArray[np.integer]) -> Rows:
        """The number of the edition of each of `rows`."""
        numbers: Rows = self._edition_of[rows]
        return numbers

    def _kept(self, scope: Scope) -> Kept:
        editions = np.ones(len(self._places), dtype=np.bool_)
        if scope.jurisdictions is not None:
            editions &= [place in scope.jurisdictions for place in self._places]
        if scope.as_of is not None:
            day = scope.as_of.toordinal()
            editions &= (self._from <= day) & (day <= self._until)
        mask = editions[self._edition_of]
        rows = np.flatnonzero(mask).astype(np.int32)
        return Kept(mask, rows, tuple(np.flatnonzero(editions).tolist()))


def best(scores: NDArray[np.float32], rows: Rows | None, limit: int) -> list[Hit]:
    """The `limit` highest of `scores`, best first, equal ones in reading order; `rows[i]`, or i, is the row of i."""
    if limit <= 0 or not len(scores):
        return []
    at = np.arange(len(scores))
    if limit < len(scores):
        at = np.argpartition(scores, len(scores) - limit)[-limit:]
    at = at[np.lexsort((at, -scores[at]))]
    numbers = at if rows is None else rows[at]
    return [Hit(row, score) for row, score in zip(numbers.tolist(), scores[at].tolist(), strict=True)]


def within(hits: Iterable[Hit], kept: Kept, limit: int) -> list[Hit]:
    """The first `limit` hits of those a scope keeps, in their order."""
    return [hit for hit in hits if kept.mask[hit.row]][:limit]
