"""The table of piece vectors while it is trained: a piece is its own vector plus the mean of the pieces inside it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn

from knowledge.encoder.training.pieces import UNKNOWN, Pieces

_FRESH = 0.1


class PieceTable(nn.Module):
    """(vocabulary, width) vectors, of which `own` is learned.

    被侵权人 shares what is learned with 侵权, and a piece that was never trained still means what its characters do.
    The sums are folded into plain rows once training ends, so the shipped model knows nothing of this.
    """

    def __init__(self, vocabulary: Mapping[str, int], width: int, seed: int) -> None:
        super().__init__()
        generator = torch.Generator().manual_seed(seed)
        self.own = nn.Parameter(torch.randn(len(vocabulary), width, generator=generator) * _FRESH)
        mix = _mixing(vocabulary)
        self._mix = mix.to_sparse_csr()
        self._mix_transposed = mix.t().coalesce().to_sparse_csr()

    def rows(self) -> Tensor:
        """The vectors of all pieces: (vocabulary, width)."""
        mixed: Tensor = _Mixed.apply(  # type: ignore[no-untyped-call]  # torch leaves Function.apply unannotated
            self.own, self._mix, self._mix_transposed
        )
        return mixed


class _Mixed(torch.autograd.Function):
    """`mix @ own` with a sparse product in both directions; torch's own gradient of it is not sparse."""

    @staticmethod
    def forward(ctx: Any, own: Tensor, mix: Tensor, transposed: Tensor) -> Tensor:
        ctx.transposed = transposed
        return mix @ own

    @staticmethod
    def backward(ctx: Any, *gradients: Tensor) -> tuple[Tensor, None, None]:
        return ctx.transposed @ gradients[0], None, None


def _mixing(vocabulary: Mapping[str, int]) -> Tensor:
    """(vocabulary, vocabulary) sparse: row p has 1 at p and 1/k at each of the k pieces inside p."""
    rows, columns, values = [], [], []
    for piece, row in vocabulary.items():
        inside = [] if piece == UNKNOWN else _inside(piece, vocabulary)
        rows += [row] * (1 + len(inside))
        columns += [row, *inside]
        values += [1.0, *(1 / len(inside) for _ in inside)]
    size = (len(vocabulary), len(vocabulary))
    cells = torch.tensor([rows, columns])
    return torch.sparse_coo_tensor(cells, torch.tensor(values), size, check_invariants=True).coalesce()


def _inside(piece: str, vocabulary: Mapping[str, int]) -> list[int]:
    runs = [piece[start:end] for start in range(len(piece)) for end in range(start + 1, len(piece) + 1)]
    return [vocabulary[run] for run in runs if run != piece and run in vocabulary]


def mean_vectors(rows: Tensor, texts: Sequence[Pieces]) -> Tensor:
    """The mean vector of each text's pieces: (n, width), not normalized."""
    offsets = np.cumsum([0, *(len(pieces) for pieces in texts[:-1])])
    flat = torch.from_numpy(np.concatenate(texts).astype(np.int64))
    return nn.functional.embedding_bag(flat, rows, torch.from_numpy(offsets), mode="mean")
