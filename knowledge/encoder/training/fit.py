"""Fitting the table of piece vectors: contrastive, within the batch, at several widths at once."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor
from torch.nn import functional

from knowledge.encoder.training.pairs import Pair, thinned
from knowledge.encoder.training.pieces import Pieces
from knowledge.encoder.training.table import PieceTable, mean_vectors

log = logging.getLogger(__name__)

WIDTHS = (512, 256, 128, 64)
"""Matryoshka widths: the first so many components must do as vectors of their own (arXiv 2205.13147)."""

LONGEST_TEXT = 320
"""Pieces of a text beyond which training looks no further."""

Draw = Callable[[np.random.Generator], Sequence[Pair]]
"""The pairs of one source for one epoch."""


@dataclass(frozen=True, slots=True)
class Source:
    """Pairs that share batches of `batch`; `draw` gives them anew for each epoch."""

    draw: Draw
    batch: int = 1024


@dataclass(frozen=True, slots=True)
class Stage:
    """How one stage runs. The rate rises over the first tenth, then falls to 0; cosines are scaled by `scale`.

    `drop` is the share of pieces left out of each text at random.
    """

    epochs: int
    rate: float
    drop: float
    seed: int
    scale: float = 20.0
    warmup: float = 0.1


def fit(table: PieceTable, sources: Sequence[Source], stage: Stage) -> None:
    """Train `table` in place. Each batch comes from one source; batches of all sources are shuffled together."""
    rng = np.random.default_rng(stage.seed)
    optimizer = torch.optim.AdamW(table.parameters(), lr=stage.rate, weight_decay=0.0, fused=True)
    started = time.monotonic()
    for epoch in range(stage.epochs):
        batches = _batches(sources, rng)
        total = 0.0
        for step, pairs in enumerate(batches):
            done = (epoch + step / len(batches)) / stage.epochs
            for group in optimizer.param_groups:
                group["lr"] = stage.rate * min(done / stage.warmup, (1 - done) / (1 - stage.warmup))
            loss = _loss(table.rows(), pairs, stage, rng)
            optimizer.zero_grad(set_to_none=True)
            loss.backward()  # type: ignore[no-untyped-call]  # torch leaves Tensor.backward unannotated
            optimizer.step()
            total += loss.item()
        elapsed = time.monotonic() - started
        log.info("epoch %d: %d batches, loss %.3f, %.0f s", epoch + 1, len(batches), total / len(batches), elapsed)


def _batches(sources: Sequence[Source], rng: np.random.Generator) -> list[Sequence[Pair]]:
    batches: list[Sequence[Pair]] = []
    for source in sources:
        pairs = source.draw(rng)
        order = rng.permutation(len(pairs))
        for start in range(0, len(order), source.batch):
            chosen = order[start : start + source.batch]
            if len(chosen) >= min(source.batch, len(order)) // 2:  # a small rest would be an easy batch
                batches.append([pairs[i] for i in chosen])
    return [batches[i] for i in rng.permutation(len(batches))]


def _loss(rows: Tensor, pairs: Sequence[Pair], stage: Stage, rng: np.random.Generator) -> Tensor:
    """Multiple-negatives ranking loss, mean over widths; other answers to a query are masked, not negatives."""
    keys, documents = _documents(pairs)
    queries = mean_vectors(rows, [_trimmed(pair.query, stage, rng) for pair in pairs])
    texts = mean_vectors(rows, [_trimmed(document, stage, rng) for document in documents])
    mask = torch.from_numpy(other_answers(pairs, keys))
    target = torch.arange(len(pairs))
    total = torch.zeros(())
    for width in WIDTHS:
        left = functional.normalize(queries[:, :width], dim=1)
        right = functional.normalize(texts[:, :width], dim=1)
        scores = (left @ right.T * stage.scale).masked_fill(mask, -torch.inf)
        total = total + functional.cross_entropy(scores, target)
    return total / len(WIDTHS)


def _trimmed(pieces: Pieces, stage: Stage, rng: np.random.Generator) -> Pieces:
    return thinned(pieces[:LONGEST_TEXT], stage.drop, rng)


def _documents(pairs: Sequence[Pair]) -> tuple[list[int], list[Pieces]]:
    """Keys and pieces of the batch's documents: first every pair's own, in order, then all hard negatives."""
    keyed = [(pair.key, pair.document) for pair in pairs]
    keyed += [negative for pair in pairs for negative in pair.negatives]
    return [key for key, _ in keyed], [pieces for _, pieces in keyed]


def other_answers(pairs: Sequence[Pair], keys: Sequence[int]) -> npt.NDArray[np.bool_]:
    """(queries, documents) bool: true where a document answers the query and is not its own positive."""
    columns: dict[int, list[int]] = {}
    for column, key in enumerate(keys):
        columns.setdefault(key, []).append(column)
    mask = np.zeros((len(pairs), len(keys)), dtype=np.bool_)
    for row, pair in enumerate(pairs):
        for key in pair.answers:
            mask[row, columns.get(key, [])] = True
        mask[row, row] = False
    return mask
