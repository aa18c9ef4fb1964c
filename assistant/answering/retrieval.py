"""Finding clauses: `Search` is one signature, `(query) -> list[Passage]`, best first.

`ranked(reordered(blended(dense, lexical)))` is the design: dense and lexical hits of the texts of a query are pooled,
each clause of the pool gets its exact similarity and its share of the best lexical score, and the ranking learned for
the encoder orders them; with another encoder the blend does.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from knowledge.clauses import Clause
from knowledge.encoder import Encoder, Vectors
from knowledge.index import Hit, Index, Scope
from knowledge.ranking import Ranking, features, load_ranking

LEXICAL_SHARE = 0.25
"""Weight of the lexical score (0 … 1) beside cosine similarity; see docs/decisions/0003-extract-and-gate.md."""

_POOL = 60
"""Hits taken from each side for each text of a query, at least."""

_DEEPER = 3
"""Hits taken from each side for each clause wanted: what the ranking lifts is often further down."""


@dataclass(frozen=True, slots=True)
class Query:
    """What to search with: one or more texts of the same question, and which clauses count."""

    texts: tuple[str, ...]
    scope: Scope
    limit: int = 20


@dataclass(frozen=True, slots=True)
class Passage:
    """A clause found. `score` orders passages; `similarity` is the cosine −1 … 1, `lexical` the share 0 … 1."""

    clause: Clause
    score: float
    similarity: float
    lexical: float

    @property
    def blend(self) -> float:
        """Likeness and words alone: what clauses of different documents are compared by."""
        return self.similarity + LEXICAL_SHARE * self.lexical


Search = Callable[[Query], list[Passage]]
Hits = Callable[[Sequence[str], Vectors, int, Scope], list[list[Hit]]]
"""`(k texts, their vectors (k, d), limit, scope)` → for each text its hits, best first."""


def dense(index: Index) -> Hits:
    """Hits by cosine similarity."""
    return lambda _texts, vectors, limit, scope: index.nearest_each(vectors, limit, scope)


def lexical(index: Index) -> Hits:
    """Hits by BM25 over words and character bigrams."""
    return lambda texts, _vectors, limit, scope: [index.lexical(text, limit, scope) for text in texts]


@dataclass(frozen=True, slots=True)
class Scored:
    """The pool of a query: row ids and, in the same order, their blended score and its parts, each `(n,)`."""

    rows: list[int]
    score: npt.NDArray[np.float32]
    similarity: npt.NDArray[np.float32]
    lexical: npt.NDArray[np.float32]


Blend = Callable[[Query], Scored]


def depth(limit: int) -> int:
    """Hits taken from each side for each text, where `limit` clauses are wanted."""
    return max(_POOL, _DEEPER * limit)


def blended(index: Index, encoder: Encoder, by_meaning: Hits, by_words: Hits) -> Blend:
    """Pool the hits of both sides and score every clause of the pool by both.

    The fullest wording alone is looked up by meaning: it costs most, and the figures of the tuning half are the same
    without the others.
    """

    def blend(query: Query) -> Scored:
        pool = depth(query.limit)
        vectors = np.stack([encoder.encode_query(text) for text in query.texts])
        word_hits = by_words(query.texts, vectors, pool, query.scope)
        fullest = max(range(len(query.texts)), key=lambda at: len(query.texts[at]))
        near_hits = by_meaning(query.texts[fullest : fullest + 1], vectors[fullest : fullest + 1], pool, query.scope)
        rows = list(dict.fromkeys(hit.row for hits in (*near_hits, *word_hits) for hit in hits))
        if not rows:
            empty = np.zeros(0, dtype=np.float32)
            return Scored([], empty, empty, empty)
        similarity = np.mean([index.similarities(v, rows) for v in vectors], axis=0)
        words = np.mean([_shares(hits, rows) for hits in word_hits], axis=0)
        return Scored(rows, similarity + LEXICAL_SHARE * words, similarity, words)

    return blend


def _shares(hits: Sequence[Hit], rows: Sequence[int]) -> npt.NDArray[np.float32]:
    """Lexical scores of `rows` as shares of the best one, 0 where a row was not hit."""
    best = hits[0].score if hits else 1.0
    scores = {hit.row: hit.score / best for hit in hits}
    return np.array([scores.get(row, 0.0) for row in rows], dtype=np.float32)


def reordered(index: Index, blend: Blend, ranking: Ranking) -> Blend:
    """Order a blend by what was learned. The first keeps its score, and so its meaning; the others fall below it."""
    standing = ranking.standing(index.edition_means())

    def reorder(query: Query) -> Scored:
        scored = blend(query)
        if not scored.rows:
            return scored
        editions = index.edition_numbers(scored.rows)
        learned = ranking.scores(features(scored.similarity, scored.lexical, editions, standing))
        first = int(np.argmax(learned))
        return replace(scored, score=learned - learned[first] + scored.score[first])

    return reorder


def ranked(index: Index, blend: Blend) -> Search:
    """The best `query.limit` clauses of a blend, best first."""

    def search(query: Query) -> list[Passage]:
        scored = blend(query)
        order = np.argsort(-scored.score, kind="stable")[: query.limit]
        clauses = index.clauses([scored.rows[at] for at in order])
        return [
            Passage(clause, float(scored.score[at]), float(scored.similarity[at]), float(scored.lexical[at]))
            for clause, at in zip(clauses, order, strict=True)
        ]

    return search


def search_over(index: Index, encoder: Encoder) -> Search:
    """The product's search over an open index."""
    blend = blended(index, encoder, dense(index), lexical(index))
    ranking = load_ranking(encoder.identity)
    return ranked(index, reordered(index, blend, ranking) if ranking else blend)
