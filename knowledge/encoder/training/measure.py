"""How well a table of piece vectors finds the articles that answer a question."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import torch
from torch import nn

from knowledge.encoder.training.fit import embedded
from knowledge.encoder.training.pieces import Pieces

Vectors = npt.NDArray[np.float32]
"""(n, d) float32, unit length."""


@dataclass(frozen=True, slots=True)
class Figures:
    """Means over `questions`, each in 0…1, higher is better.

    Recall is the share of a question's judged articles among the first k; MRR@10 one over the rank of the first.
    """

    questions: int
    recall_10: float
    recall_100: float
    mrr_10: float

    def __str__(self) -> str:
        return f"R@10 {self.recall_10:.3f}  R@100 {self.recall_100:.3f}  MRR@10 {self.mrr_10:.3f}  n={self.questions}"


def vectors_of(table: nn.EmbeddingBag, texts: Sequence[Pieces], batch: int = 4096) -> Vectors:
    """Unit vectors of texts given as pieces."""
    parts = []
    with torch.no_grad():
        for start in range(0, len(texts), batch):
            part = nn.functional.normalize(embedded(table, texts[start : start + batch]), dim=1)
            parts.append(part.numpy())
    found: Vectors = np.concatenate(parts).astype(np.float32)
    return found


def nearest(queries: Vectors, documents: Vectors, k: int) -> npt.NDArray[np.int64]:
    """(queries, k) rows of `documents`, nearest first."""
    scores = queries @ documents.T
    top = np.argpartition(-scores, k, axis=1)[:, :k]
    order = np.argsort(-np.take_along_axis(scores, top, axis=1), axis=1, kind="stable")
    return np.take_along_axis(top, order, axis=1).astype(np.int64)


def figures(found: npt.NDArray[np.int64], judged: Sequence[Sequence[int]]) -> Figures:
    """Score `found`, (questions, ≥ 100) rows nearest first, against the judged rows of each question."""
    recall_10, recall_100, reciprocal = [], [], []
    for row, right in zip(found, judged, strict=True):
        hits = np.isin(row[:100], np.asarray(right))
        recall_10.append(hits[:10].sum() / len(right))
        recall_100.append(hits.sum() / len(right))
        first = np.flatnonzero(hits[:10])
        reciprocal.append(1 / (first[0] + 1) if len(first) else 0.0)
    return Figures(len(judged), *(float(np.mean(values)) for values in (recall_10, recall_100, reciprocal)))
