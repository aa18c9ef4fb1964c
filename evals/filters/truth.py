"""What a restricted search should find, by brute force: every clause scored in float32, then those outside left out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from assistant.answering.retrieval import LEXICAL_SHARE, depth
from knowledge.encoder import Encoder, Vectors
from knowledge.index import ANYWHERE, Index, Scope, passage_text
from knowledge.library import Library
from knowledge.ranking import features, load_ranking

FIRST = 20
"""How many of the best clauses are compared."""

PASSAGES = 24
"""Clauses wanted of the whole search, as when a question is answered."""

_POOL = depth(PASSAGES)
_SAME = 5e-4
"""Scores no further apart count as equal: stored vectors are rounded, and made-up clauses may be alike."""

_BATCH = 1_024

Scores = npt.NDArray[np.float32]
Mask = npt.NDArray[np.bool_]
Order = Callable[[Scores, Scores, npt.NDArray[np.intp]], Scores]
"""`(cosines, shares of the best lexical score, rows)` of a pool → the scores that order it."""


def order_of(index: Index, encoder: Encoder) -> Order:
    """How the product orders a pool with this encoder."""
    ranking = load_ranking(encoder.identity)
    if ranking is None:
        return blended_order
    standing = ranking.standing(index.edition_means())
    return lambda cosines, shares, rows: ranking.scores(
        features(cosines, shares, index.edition_numbers(rows.tolist()), standing)
    )


def blended_order(cosines: Scores, shares: Scores, rows: npt.NDArray[np.intp]) -> Scores:  # noqa: ARG001 (an Order)
    """Cosine and a share of the words: the order for an encoder without a learned one."""
    return cosines + np.float32(LEXICAL_SHARE) * shares


def vectors_of(library: Library, encoder: Encoder) -> Vectors:
    """(n, d) float32: the vector of every clause, as the index encodes it, in its order."""
    clauses = library.clauses
    vectors = np.empty((len(clauses), encoder.dimensions), dtype=np.float32)
    for at in range(0, len(clauses), _BATCH):
        some = clauses[at : at + _BATCH]
        vectors[at : at + _BATCH] = encoder.encode([passage_text(c, library.editions[c.ref.edition]) for c in some])
    return vectors


def mask_of(library: Library, scope: Scope) -> Mask:
    """(n,) bool: whether each clause counts, asked of each edition itself."""
    counts = {
        id_: (scope.jurisdictions is None or edition.jurisdiction in scope.jurisdictions)
        and (scope.as_of is None or edition.in_force.on(scope.as_of) == "现行")
        for id_, edition in library.editions.items()
    }
    return np.fromiter((counts[clause.ref.edition] for clause in library.clauses), dtype=np.bool_)


@dataclass(frozen=True, slots=True, eq=False)
class Truth:
    """The scores of all clauses for one question: by meaning for each of its texts, and by words, 0 where none."""

    by_meaning: Scores
    by_words: Scores
    fullest: int
    order: Order = blended_order

    def nearest_right(self, rows: Sequence[int], mask: Mask) -> tuple[int, int]:
        """How many of the true first by meaning are among `rows`, and of how many; equal scores may swap."""
        return _right(np.where(mask, self.by_meaning[self.fullest], -np.inf), rows, int(mask.sum()))

    def found_right(self, rows: Sequence[int], mask: Mask) -> tuple[int, int]:
        """The same of the product's whole search, which pools the first of both sides and orders them."""
        near = _first(np.where(mask, self.by_meaning[self.fullest], -np.inf), _POOL)
        words = [np.where(mask, scores, 0.0) for scores in self.by_words]
        hits = [_first(scores, _POOL) for scores in words]
        hits = [at[scores[at] > 0.0] for at, scores in zip(hits, words, strict=True)]
        pool = np.unique(np.concatenate([near[mask[near]], *hits]))
        shares = np.zeros(len(mask), dtype=np.float64)
        for at, scores in zip(hits, words, strict=True):
            if len(at):
                shares[at] += scores[at] / scores[at].max() / len(words)
        ordered = np.full(len(mask), -np.inf)
        if len(pool):
            cosines = self.by_meaning.mean(axis=0)[pool].astype(np.float32)
            ordered[pool] = self.order(cosines, shares[pool].astype(np.float32), pool)
        return _right(ordered, rows, len(pool))


def truth(texts: Sequence[str], index: Index, encoder: Encoder, vectors: Vectors, order: Order) -> Truth:
    """Every clause scored for a question of these texts."""
    asked = np.stack([encoder.encode_query(text) for text in texts])
    by_words = np.zeros((len(texts), len(vectors)), dtype=np.float32)
    for text, scores in zip(texts, by_words, strict=True):
        for hit in index.lexical(text, len(vectors), ANYWHERE):
            scores[hit.row] = hit.score
    fullest = max(range(len(texts)), key=lambda at: len(texts[at]))
    return Truth(np.stack([vectors @ vector for vector in asked]), by_words, fullest, order)


def _first(scores: npt.NDArray[np.floating], count: int) -> npt.NDArray[np.intp]:
    """The best `count`, best first, equal ones in reading order."""
    if count < len(scores):
        least = np.partition(scores, len(scores) - count)[len(scores) - count]
        at = np.flatnonzero(scores >= least)
    else:
        at = np.arange(len(scores))
    return at[np.argsort(-scores[at], kind="stable")][:count]


def _right(scores: npt.NDArray[np.floating], rows: Sequence[int], most: int) -> tuple[int, int]:
    wanted = min(FIRST, most)
    if not wanted:
        return 0, 0
    least = np.partition(scores, len(scores) - wanted)[len(scores) - wanted]
    return sum(bool(scores[row] >= least - _SAME) for row in set(rows[:wanted])), wanted
