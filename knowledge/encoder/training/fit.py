"""Fitting the table of piece vectors: contrastive, within the batch, at several widths at once."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from knowledge.encoder.training.pairs import Pair, thinned
from knowledge.encoder.training.pieces import Pieces

log = logging.getLogger(__name__)

WIDTHS = (512, 256, 128, 64)
"""Matryoshka widths: the first so many components must do as vectors of their own (arXiv 2205.13147)."""

LONGEST_TEXT = 320
"""Pieces of a text beyond which training looks no further."""

Draw = Callable[[np.random.Generator], Sequence[Pair]]
"""The pairs of one source for one epoch."""


@dataclass(frozen=True, slots=True)
class Source:
    """Pairs that share batches; `weight` scales their loss."""

    name: str
    draw: Draw
    batch: int = 1024
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Stage:
    """How one stage of training runs; `drop` is the share of pieces left out of each text at random."""

    epochs: int
    rate: float
    seed: int
    scale: float = 20.0
    drop: float = 0.0
    warmup: float = 0.1


def fresh_table(vocabulary: int, width: int, seed: int) -> nn.EmbeddingBag:
    """An untrained table of piece vectors: (vocabulary, width)."""
    torch.manual_seed(seed)
    return nn.EmbeddingBag(vocabulary, width, mode="mean")


def fit(table: nn.EmbeddingBag, sources: Sequence[Source], stage: Stage) -> None:
    """Train `table` in place. Each batch comes from one source; batches of all sources are shuffled together."""
    rng = np.random.default_rng(stage.seed)
    optimizer = torch.optim.AdamW(table.parameters(), lr=stage.rate, weight_decay=0.0, fused=True)
    started = time.monotonic()
    for epoch in range(stage.epochs):
        batches = _batches(sources, rng)
        losses: list[float] = []
        for step, (source, pairs) in enumerate(batches):
            done = (epoch + step / len(batches)) / stage.epochs
            for group in optimizer.param_groups:
                group["lr"] = stage.rate * min(done / stage.warmup, (1 - done) / (1 - stage.warmup))
            loss = _loss(table, pairs, stage, rng) * source.weight
            optimizer.zero_grad(set_to_none=True)
            loss.backward()  # type: ignore[no-untyped-call]  # torch leaves Tensor.backward unannotated
            optimizer.step()
            losses.append(loss.item())
        log.info(
            "epoch %d: %d batches, loss %.3f, %.0f s",
            epoch + 1,
            len(batches),
            float(np.mean(losses)),
            time.monotonic() - started,
        )


def _batches(sources: Sequence[Source], rng: np.random.Generator) -> list[tuple[Source, list[Pair]]]:
    batches: list[tuple[Source, list[Pair]]] = []
    for source in sources:
        pairs = source.draw(rng)
        order = rng.permutation(len(pairs))
        for start in range(0, len(order), source.batch):
            chosen = order[start : start + source.batch]
            if len(chosen) >= min(source.batch, len(order)) // 2:
                batches.append((source, [pairs[i] for i in chosen]))
    return [batches[i] for i in rng.permutation(len(batches))]


def _loss(table: nn.EmbeddingBag, pairs: Sequence[Pair], stage: Stage, rng: np.random.Generator) -> Tensor:
    """Multiple-negatives ranking loss, mean over widths; other answers to a query are masked, not negatives."""
    documents: list[Pieces] = [pair.document for pair in pairs]
    keys = [pair.key for pair in pairs]
    for pair in pairs:
        for key, pieces in pair.negatives:
            documents.append(pieces)
            keys.append(key)
    queries = embedded(table, [thinned(pair.query, stage.drop, rng) for pair in pairs])
    texts = embedded(table, [thinned(pieces, stage.drop, rng) for pieces in documents])
    mask = torch.from_numpy(_other_answers(pairs, keys))
    target = torch.arange(len(pairs))
    total = torch.zeros(())
    for width in WIDTHS:
        left = functional.normalize(queries[:, :width], dim=1)
        right = functional.normalize(texts[:, :width], dim=1)
        scores = (left @ right.T * stage.scale).masked_fill(mask, -torch.inf)
        total = total + functional.cross_entropy(scores, target)
    return total / len(WIDTHS)


def _other_answers(pairs: Sequence[Pair], keys: Sequence[int]) -> np.ndarray[tuple[int, int], np.dtype[np.bool_]]:
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


def embedded(table: nn.EmbeddingBag, texts: Sequence[Pieces]) -> Tensor:
    """The mean vector of each text: (n, width), not normalized."""
    cut = [pieces[:LONGEST_TEXT] for pieces in texts]
    offsets = np.cumsum([0, *(len(pieces) for pieces in cut[:-1])])
    flat = torch.from_numpy(np.concatenate(cut).astype(np.int64))
    vectors: Tensor = table(flat, torch.from_numpy(offsets))
    return vectors
