"""What puts one clause before another, beside likeness: words shared, and how the document stands to the question."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import numpy.typing as npt
from pydantic import BaseModel, ConfigDict, ValidationError

from knowledge.encoder import Vector, Vectors
from knowledge.errors import KnowledgeError

WEIGHTS = Path(__file__).parent / "weights.json"

FEATURES = ("words", "rank", "document", "asked")
"""Beside the cosine, whose weight is 1, so that scores stay on its scale."""

_RANKS = 10.0
"""The first by words is worth 1/10, the eleventh half as much."""

_ALIKE = np.float32(1e-4)
"""Equal texts score equally but for the last digits, so such a difference is none."""


class Ranking(BaseModel):
    """Weights of `FEATURES` for the vectors of one encoder.

    `words`: share of the best lexical score, 0 … 1. `rank`: 1 / (10 + rank by words), 0 for what shares none.
    `document`: the best cosine among the clauses found of the same edition. `asked`: how near the mean vector of the
    edition's clauses is to what people ask for at all, `direction` · mean + `offset`.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    encoder: str
    words: float
    rank: float
    document: float
    asked: float
    direction: tuple[float, ...]
    offset: float

    def standing(self, means: Vectors) -> Vector:
        """How much each edition is what people ask for: (editions,) float32, from the means of their vectors."""
        standing: Vector = means @ np.array(self.direction, dtype=np.float32) + np.float32(self.offset)
        return standing

    def scores(self, features: npt.NDArray[np.float32]) -> Vector:
        """(n,) float32, more is better, from (n, 5): the cosine and `FEATURES` of each clause found."""
        weights = np.array([1.0, self.words, self.rank, self.document, self.asked], dtype=np.float32)
        scores: Vector = features @ weights
        return scores


def features(
    similarity: Vector, words: Vector, editions: npt.NDArray[np.int32], standing: Vector
) -> npt.NDArray[np.float32]:
    """(n, 5) float32: cosine and `FEATURES` of n clauses found; `standing` by edition."""
    better = len(words) - np.searchsorted(np.sort(words), words + _ALIKE, side="right")
    best = np.full(len(standing), -1.0, dtype=np.float32)
    np.maximum.at(best, editions, similarity)
    by_rank = np.where(words > 0, 1 / (_RANKS + better), 0.0)
    return np.stack([similarity, words, by_rank, best[editions], standing[editions]], axis=1).astype(np.float32)


def load_ranking(encoder: str, file: Path = WEIGHTS) -> Ranking | None:
    """The ranking learned for the encoder of this identity, None when there is none.

    Raises KnowledgeError when the file is no ranking.
    """
    if not file.is_file():
        return None
    try:
        ranking = Ranking.model_validate_json(file.read_text(encoding="utf-8"))
    except (OSError, ValidationError) as error:
        raise KnowledgeError(f"排序权重 {file} 无法读取：{error}") from error
    return ranking if ranking.encoder == encoder else None
