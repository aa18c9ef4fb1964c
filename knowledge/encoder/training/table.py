"""The table of piece vectors while it is trained: a piece is its own vector, the mean of the pieces inside it, and what
an English dictionary says of both.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import torch
from scipy.sparse import csr_matrix
from torch import Tensor, nn
from torch.nn import functional

from knowledge.encoder import Vectors
from knowledge.encoder.training.pieces import UNKNOWN, Pieces

_FRESH = 0.1
_TURN = 0.3
"""How large the first turned gloss is beside what is learned; its rate beside theirs is `TURN_RATE`."""

TURN_RATE = 0.05


class PieceTable(nn.Module):
    """(vocabulary, width) vectors, of which `own`, and `turn` from glosses to vectors, are learned.

    被侵权人 shares what is learned with 侵权, and a piece that was never trained still means what its characters and
    its gloss do. The sums are folded into plain rows once training ends, so the shipped model knows nothing of this.
    """

    def __init__(self, vocabulary: Mapping[str, int], width: int, seed: int, glosses: Vectors | None = None) -> None:
        """`glosses` are (vocabulary, g) float32, unit length or zero; without them there is nothing to turn."""
        super().__init__()
        generator = torch.Generator().manual_seed(seed)
        self.own = nn.Parameter(torch.randn(len(vocabulary), width, generator=generator) * _FRESH)
        self._mix = _mixing(vocabulary)
        self._glosses = np.zeros((len(vocabulary), 1), dtype=np.float32) if glosses is None else glosses
        depth = self._glosses.shape[1]
        self._glosses = self._glosses * np.float32(depth**0.5)
        self.turn = nn.Parameter(nn.init.orthogonal_(torch.empty(depth, width), generator=generator) * _TURN)

    def rows(self) -> Vectors:
        """The vectors of all pieces: (vocabulary, width) float32."""
        base = self.own.detach().numpy() + self._glosses @ self.turn.detach().numpy()
        rows: Vectors = self._mix @ base
        return rows

    def encode(self, texts: Sequence[Pieces]) -> Tensor:
        """The unit vector of each text: (n, width); gradients flow into `own` and `turn`."""
        bags = mean_of(texts, self._mix.shape[0]) @ self._mix
        glosses = torch.from_numpy(bags @ self._glosses)
        summed: Tensor = _Product.apply(self.own, bags)  # type: ignore[no-untyped-call]  # torch leaves it unannotated
        return functional.normalize(summed + glosses @ self.turn, dim=1)


class _Product(torch.autograd.Function):
    """`bags @ own`, sparse in both directions: a step costs a fifth of what torch's embedding bags take."""

    @staticmethod
    def forward(ctx: Any, own: Tensor, bags: csr_matrix) -> Tensor:
        ctx.bags = bags
        return torch.from_numpy(bags @ own.detach().numpy())

    @staticmethod
    def backward(ctx: Any, *gradients: Tensor) -> tuple[Tensor, None]:
        return torch.from_numpy(ctx.bags.T.tocsr() @ gradients[0].numpy()), None


def mean_of(texts: Sequence[Pieces], vocabulary: int) -> csr_matrix:
    """(n, vocabulary) float32: row i times a table of pieces is the mean of the pieces of text i."""
    lengths = np.array([len(pieces) for pieces in texts])
    shares = np.repeat((1 / np.maximum(lengths, 1)).astype(np.float32), lengths)
    starts = np.concatenate([[0], np.cumsum(lengths)])
    return csr_matrix((shares, np.concatenate(texts), starts), shape=(len(texts), vocabulary))


def encoded(rows: Vectors, texts: Sequence[Pieces]) -> Vectors:
    """The unit vector of each text over finished rows: (n, width) float32."""
    means: Vectors = mean_of(texts, len(rows)) @ rows
    means /= np.maximum(np.linalg.norm(means, axis=1, keepdims=True), np.float32(1e-9))
    return means


def _mixing(vocabulary: Mapping[str, int]) -> csr_matrix:
    """(vocabulary, vocabulary): row p has 1 at p and 1/k at each of the k pieces inside p."""
    rows, columns, values = [], [], []
    for piece, row in vocabulary.items():
        inside = [] if piece == UNKNOWN else _inside(piece, vocabulary)
        rows += [row] * (1 + len(inside))
        columns += [row, *inside]
        values += [1.0, *(1 / len(inside) for _ in inside)]
    size = (len(vocabulary), len(vocabulary))
    return csr_matrix((np.array(values, dtype=np.float32), (rows, columns)), shape=size)


def _inside(piece: str, vocabulary: Mapping[str, int]) -> list[int]:
    runs = [piece[start:end] for start in range(len(piece)) for end in range(start + 1, len(piece) + 1)]
    return [vocabulary[run] for run in runs if run != piece and run in vocabulary]
