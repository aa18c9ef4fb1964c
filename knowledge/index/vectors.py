"""Nearest clauses by vector: exactly from the generation's own matrix, or approximately in Chroma.

Every generation has both. Measured with the built-in encoder over 100,000 / 200,000 x 512, the first 100: exact 2.0 /
4.0 ms of one core; Chroma 1.8 / 1.8 ms with 95 / 96 % of the true ones, 2 s of importing and 400 MB; and it cannot
filter fast. So a corpus up to `EXACT_ROWS` is searched exactly and its Chroma is not even opened; above, or with a
Chroma server, searches with a wide scope go to Chroma.
"""

from __future__ import annotations

import logging

import numpy as np

from knowledge.encoder import Vector, Vectors
from knowledge.index.chroma import ChromaCollection, ChromaFailed
from knowledge.index.matrix import Matrix
from knowledge.index.scope import ANYWHERE, Coverage, Hit, Kept, Scope, best, within

EXACT_ROWS = 200_000
"""A scope keeping no more is scored exactly."""

_MOST_FETCHED = 500
"""Over-fetching more than this from Chroma (12 ms for 300, 31 ms for 1,000) is slower than scoring exactly."""

_log = logging.getLogger(__name__)


class VectorIndex:
    """Searches the vectors of one generation; safe for concurrent threads."""

    def __init__(self, matrix: Matrix, coverage: Coverage, exact_rows: int = EXACT_ROWS) -> None:
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
        kept = self._coverage.kept(scope)
        if limit <= 0 or not len(kept.rows):
            return []
        if self._chroma is not None and len(kept.rows) > self._exact_rows:
            return self._wide(vector, limit, kept)
        return self._exact(vector, limit, kept)

    def nearest_each(self, vectors: Vectors, limit: int, scope: Scope = ANYWHERE) -> list[list[Hit]]:
        """`nearest` for each of `vectors` (k, d)."""
        return [self.nearest(vector, limit, scope) for vector in vectors]

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
        return self._exact(vector, limit, kept)

    def similarities(self, vector: Vector, rows: list[int]) -> Vector:
        """(len(rows),) float32: the cosine of `vector` with each row, in their order, to 0.0001."""
        return self._matrix.cosines(vector, np.asarray(rows, dtype=np.intp))

    def means(self, editions: int) -> Vectors:
        """The mean vector of the clauses of each edition: (editions, d) float32, in the order of `Coverage`."""
        return self._matrix.means(self._coverage.editions_of(np.arange(len(self))), editions)

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

    def _exact(self, vector: Vector, limit: int, kept: Kept) -> list[Hit]:
        rows = self._matrix.likeliest(vector, kept.rows, limit)
        return best(self._matrix.cosines(vector, rows), rows, limit)
