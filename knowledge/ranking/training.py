"""Learning the weights: on training questions, each through an encoder that has never seen it.

The encoder knows its own training questions by heart, so features taken with it would say that likeness is all. So the
questions are split in folds, and each fold's are asked through an encoder trained on the other folds.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import numpy.typing as npt
import torch
from tokenizers import Tokenizer

from knowledge.encoder import Vector, Vectors
from knowledge.encoder.training.measure import Figures, figures
from knowledge.encoder.training.pieces import pieces_of
from knowledge.encoder.training.recipe import Texts, train
from knowledge.encoder.training.sources import Article, Question
from knowledge.encoder.training.split import fold_of
from knowledge.encoder.training.table import encoded
from knowledge.index.lexical import LexicalIndex, write_lexical
from knowledge.index.scope import Coverage
from knowledge.index.tokens import Tokenizer as Words
from knowledge.ranking.laws import editions_of
from knowledge.ranking.ranking import features

FOLDS = 3
POOL = 300
"""Hits taken from each side."""

_STRANGERS = 12_000
_NEAR, _FAR = 60, 60
"""Wrong clauses a question is learned against: the first ones by likeness and words, and others of the pool."""
_RIDGE = 1e-3
_STEPS = 60


@dataclass(frozen=True, slots=True, eq=False)
class Candidates:
    """The pool of one question: rows, their features (n, 5), and which of them answer it."""

    rows: npt.NDArray[np.int64]
    features: npt.NDArray[np.float32]
    right: npt.NDArray[np.bool_]
    judged: tuple[int, ...]


class Bench:
    """The articles as an index: lexical search, and which edition each is of."""

    def __init__(self, articles: Sequence[Article], lexicon: Sequence[str], folder: Path) -> None:
        editions, clauses = editions_of(articles)
        numbers = {id_: number for number, id_ in enumerate(editions)}
        self.edition_of = np.array([numbers[clause.ref.edition] for clause in clauses], dtype=np.int32)
        words = Words(lexicon)
        write_lexical(folder / "lexical", clauses, editions, words)
        self.lexical = LexicalIndex(folder / "lexical", words, Coverage(list(editions.values()), self.edition_of))

    def means(self, vectors: Vectors) -> Vectors:
        """The mean vector of each edition's articles: (editions, d) float32."""
        sums = np.zeros((int(self.edition_of.max()) + 1, vectors.shape[1]), dtype=np.float32)
        np.add.at(sums, self.edition_of, vectors)
        sums /= np.bincount(self.edition_of)[:, np.newaxis].astype(np.float32)
        return sums

    def candidates(self, question: Question, vector: Vector, vectors: Vectors, standing: Vector) -> Candidates:
        """The first `POOL` by likeness and by words, with what the ranking knows of them."""
        cosines = vectors @ vector
        hits = self.lexical.search(question.text, POOL)
        near = np.argpartition(-cosines, POOL)[:POOL]
        rows = np.unique(np.concatenate([near, np.array([hit.row for hit in hits], dtype=np.int64)]))
        shares = dict.fromkeys(rows.tolist(), 0.0) | {hit.row: hit.score / hits[0].score for hit in hits}
        words = np.array([shares[row] for row in rows.tolist()], dtype=np.float32)
        known = features(cosines[rows], words, self.edition_of[rows], standing)
        return Candidates(rows, known, np.isin(rows, question.articles), question.articles)


def asked_direction(vectors: Vectors, questions: Sequence[Question], seed: int = 0) -> tuple[Vector, float]:
    """The direction and offset that tell articles judged to answer a training question from others, logistically."""
    rng = np.random.default_rng(seed)
    right = sorted({row for question in questions for row in question.articles})
    others = np.setdiff1d(np.arange(len(vectors)), right)
    wrong = rng.choice(others, min(_STRANGERS, len(others)), replace=False)
    inputs = torch.from_numpy(np.concatenate([vectors[right], vectors[wrong]]))
    target = torch.cat([torch.ones(len(right)), torch.zeros(len(wrong))])
    weights, offset = torch.zeros(inputs.shape[1], requires_grad=True), torch.zeros((), requires_grad=True)

    def loss() -> torch.Tensor:
        scores = inputs @ weights + offset
        misfit = torch.nn.functional.binary_cross_entropy_with_logits(scores, target, reduction="sum")
        return misfit + 0.5 * weights.square().sum()

    _minimize([weights, offset], loss, 200)
    return weights.detach().numpy(), offset.item()


def fold_candidates(texts: Texts, tokenizer: Tokenizer, glosses: Vectors, bench: Bench, fold: int) -> list[Candidates]:
    """The candidates of the questions of one fold, through an encoder trained on the others."""
    learned = [question for question in texts.questions if fold_of(question.text, FOLDS) != fold]
    asked = [question for question in texts.questions if fold_of(question.text, FOLDS) == fold]
    rows = train(replace(texts, questions=learned), tokenizer, glosses)
    passages = [article.passage for article in texts.corpus]
    vectors = encoded(rows, pieces_of(tokenizer, passages))
    direction, offset = asked_direction(vectors, learned)
    standing = bench.means(vectors) @ direction + np.float32(offset)
    questions = encoded(rows, pieces_of(tokenizer, [question.text for question in asked]))
    return [bench.candidates(one, vector, vectors, standing) for one, vector in zip(asked, questions, strict=True)]


def fitted(candidates: Sequence[Candidates], seed: int = 0) -> npt.NDArray[np.float32]:
    """The weights (5,) that put what answers first, the first of them, of the cosine, made 1."""
    rng = np.random.default_rng(seed)
    known = [_contrasted(one, rng) for one in candidates if one.right.any()]
    inputs = np.concatenate([one.features for one in known])
    spread = inputs.std(axis=0) + 1e-9
    every = torch.from_numpy((inputs - inputs.mean(axis=0)) / spread)
    right = torch.from_numpy(np.concatenate([one.right / one.right.sum() for one in known]).astype(np.float32))
    lengths = [len(one.rows) for one in known]
    weights = torch.zeros(every.shape[1], requires_grad=True)

    def loss() -> torch.Tensor:
        lots = torch.split(every @ weights, lengths)
        shares = torch.cat([torch.log_softmax(lot, dim=0) for lot in lots])
        return -(shares * right).sum() / len(known) + _RIDGE * weights.square().sum()

    _minimize([weights], loss, _STEPS)
    raw = weights.detach().numpy() / spread
    scaled: npt.NDArray[np.float32] = (raw / raw[0]).astype(np.float32)
    return scaled


def scored(candidates: Sequence[Candidates], weights: npt.NDArray[np.float32]) -> Figures:
    """How well `weights` order the candidates."""
    best = []
    for one in candidates:
        order = np.argsort(-(one.features @ weights), kind="stable")[:100]
        best.append(np.pad(one.rows[order], (0, 100 - len(order)), constant_values=-1))
    return figures(np.array(best), [one.judged for one in candidates])


def _contrasted(one: Candidates, rng: np.random.Generator) -> Candidates:
    """The right ones among the nearest and some others: thousands of easy ones would only cost time."""
    near = np.argsort(-(one.features[:, 0] + 0.1 * one.features[:, 1]), kind="stable")[:_NEAR]
    far = rng.choice(len(one.rows), min(_FAR, len(one.rows)), replace=False)
    kept = np.unique(np.concatenate([near, far, np.flatnonzero(one.right)]))
    return Candidates(one.rows[kept], one.features[kept], one.right[kept], one.judged)


def _minimize(parameters: list[torch.Tensor], loss: Callable[[], torch.Tensor], steps: int) -> None:
    optimizer = torch.optim.LBFGS(parameters, max_iter=steps, line_search_fn="strong_wolfe")

    def closure() -> torch.Tensor:
        optimizer.zero_grad()
        value = loss()
        value.backward()  # type: ignore[no-untyped-call]  # torch leaves Tensor.backward unannotated
        return value

    optimizer.step(closure)  # type: ignore[no-untyped-call]  # torch leaves LBFGS.step unannotated
