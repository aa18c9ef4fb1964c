"""Fitting the table of piece vectors: contrastive, within the batch."""

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
from knowledge.encoder.training.table import TURN_RATE, PieceTable

log = logging.getLogger(__name__)

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
    learned = [{"params": [table.own], "ratio": 1.0}, {"params": [table.turn], "ratio": TURN_RATE}]
    optimizer = torch.optim.AdamW(learned, lr=stage.rate, weight_decay=0.0, fused=True)
    started = time.monotonic()
    for epoch in range(stage.epochs):
        batches = _batches(sources, rng)
        total = 0.0
        for step, pairs in enumerate(batches):
            done = (epoch + step / len(batches)) / stage.epochs
            for group in optimizer.param_groups:
                rise = min(done / stage.warmup, (1 - done) / (1 - stage.warmup))
                group["lr"] = stage.rate * rise * group["ratio"]
            loss = _loss(table, pairs, stage, rng)
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


def _loss(table: PieceTable, pairs: Sequence[Pair], stage: Stage, rng: np.random.Generator) -> Tensor:
    """Multiple-negatives ranking loss; other answers to a query are masked, not negatives."""
    keys, documents = _documents(pairs)
    queries = table.encode([_trimmed(pair.query, stage, rng) for pair in pairs])
    texts = table.encode([_trimmed(document, stage, rng) for document in documents])
    mask = torch.from_numpy(other_answers(pairs, keys))
    scores = (queries @ texts.T * stage.scale).masked_fill(mask, -torch.inf)
    return functional.cross_entropy(scores, torch.arange(len(pairs)))


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
