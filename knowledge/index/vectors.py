"""Nearest clauses by vector: exactly in numpy, or approximately in Chroma where that is faster.

Every generation has both. Measured over 59,000 x 512 with the built-in encoder: exact 4.5 ms of one core; Chroma
2.5 ms, 98 % of the true first 100, 2 s of importing and 400 MB. So a corpus up to `EXACT_ROWS` is searched exactly
and its Chroma is not even opened; above, or with a Chroma server, searches with a wide scope go to Chroma.

The matrix is float32, memory-mapped and so shared between processes: numpy has no fast arithmetic on smaller types
(100,000 x 512: float32 6 ms, int8 10 ms, bfloat16 15 ms, float16 190 ms). Products are taken with `np.vecdot`, which
stays in the calling thread: `matrix @ vector` wakes all OpenBLAS threads, and 16 callers then spin 67 ms each.
"""

from __future__ import annotations

import logging
from pathlib import Path

import numpy as np

from knowledge.encoder import Vector, Vectors
from knowledge.index.chroma import ChromaCollection, ChromaFailed
from knowledge.index.scope import ANYWHERE, Coverage, Hit, Kept, Scope, best, within

EXACT_ROWS = 60_000
"""A scope keeping no more is scored exactly."""

_MOST_FETCHED = 500
"""Over-fetching more than this from Chroma (12 ms for 300, 31 ms for 1,000) is slower than scoring exactly."""

_BLOCK = 4096
"""Rows scored at a time, so that the cache holds them: three vectors over 59,000 rows take 7 ms, one by one 12. Much
smaller blocks cost more among many threads, for each gives up the interpreter and waits for it again."""

_GATHERED = 5
"""Rows are gathered when a scope keeps less than 1 in 5; else all are scored and the others left out."""

_log = logging.getLogger(__name__)


class VectorIndex:
    """Searches the vectors of one generation; safe for concurrent threads."""

    def __init__(self, matrix: Vectors, coverage: Coverage, exact_rows: int = EXACT_ROWS) -> None:
        self._matrix = matrix
        self._coverage = coverage
        self._exact_rows = exact_rows
        self._chroma: ChromaCollection | None = None
        self._row_of: dict[str, int] = {}

    def use(self, chroma: ChromaCollection, refs: list[str]) -> None:
        """Send wide searches to `chroma`; `refs` by row."""
        self._row_of = {ref: row for row, ref in enumerate(refs)}
        self._chroma = chroma

    def __len__(self) -> int:
        return len(self._matrix)

    def nearest(self, vector: Vector, limit: int, scope: Scope = ANYWHERE) -> list[Hit]:
        """The clauses of the scope nearest to `vector`, best first; scores are cosines in [-1, 1]."""
        return self.nearest_each(vector[np.newaxis], limit, scope)[0]

    def nearest_each(self, vectors: Vectors, limit: int, scope: Scope = ANYWHERE) -> list[list[Hit]]:
        """`nearest` for each of `vectors` (k, d), which costs less than k times one: the matrix is read once."""
        kept = self._coverage.kept(scope)
        if limit <= 0 or not len(kept.rows):
            return [[] for _ in vectors]
        if self._chroma is not None and len(kept.rows) > self._exact_rows:
            return [self._wide(vector, limit, kept) for vector in vectors]
        return self._exact(vectors, limit, kept)

    def _wide(self, vector: Vector, limit: int, kept: Kept) -> list[Hit]:
        """From Chroma; scored exactly where Chroma fails or its hits are too few."""
        if self._chroma is not None:
            try:
                hits = self._approximate(self._chroma, vector, limit, kept)
            except ChromaFailed:
                _log.warning("Chroma failed, scored exactly instead", exc_info=True)
                hits = []
            if len(hits) == min(limit, len(kept.rows)):
                return hits
        return self._exact(vector[np.newaxis], limit, kept)[0]

    def similarities(self, vector: Vector, rows: list[int]) -> Vector:
        """(len(rows),) float32: the cosine of `vector` with each row, in their order."""
        cosines: Vector = _cosines(self._matrix[np.asarray(rows, dtype=np.intp)], vector[np.newaxis])[0]
        return cosines

    def close(self) -> None:
        if self._chroma is not None:
            self._chroma.close()
            self._chroma = None

    def _approximate(self, chroma: ChromaCollection, vector: Vector, limit: int, kept: Kept) -> list[Hit]:
        """Over-fetched, then filtered; too few hits when that would not pay."""
        fetched = limit if kept.everything else 3 * limit * len(self) // (2 * len(kept.rows)) + 16
        if not kept.everything and fetched > _MOST_FETCHED:
            return []
        found = chroma.nearest(vector, min(fetched, len(self)))
        return within((Hit(self._row_of[ref], score) for ref, score in found), kept, limit)

    def _exact(self, vectors: Vectors, limit: int, kept: Kept) -> list[list[Hit]]:
        if len(kept.rows) * _GATHERED < len(self):
            return [best(scores, kept.rows, limit) for scores in _cosines(self._matrix[kept.rows], vectors)]
        every = _cosines(self._matrix, vectors)
        if kept.everything:
            return [best(scores, None, limit) for scores in every]
        return [best(scores[kept.rows], kept.rows, limit) for scores in every]


def _cosines(matrix: Vectors, vectors: Vectors) -> Vectors:
    """(k, n): block by block, so that what was read for one vector is still in the cache for the next."""
    cosines = np.empty((len(vectors), len(matrix)), dtype=np.float32)
    for start in range(0, len(matrix), _BLOCK):
        block = matrix[start : start + _BLOCK]
        for vector, scores in zip(vectors, cosines, strict=True):
            np.vecdot(block, vector, out=scores[start : start + _BLOCK])
    return cosines


def open_matrix(file: Path) -> Vectors:
    """The vectors of a generation, by row, memory-mapped."""
    return np.asarray(np.load(file, mmap_mode="r"))
