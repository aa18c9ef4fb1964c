"""An encoder that remembers: the sentences of clauses and their words come up again with every question."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from knowledge.encoder import Encoder, Vector, Vectors

_MOST = 16_384
"""Texts remembered: 32 MB at 512 dimensions."""


class Remembering:
    """Vectors of texts, each computed once until the memory is full and begins anew. Safe in many threads.

    For words and sentences of clauses only: what people write is not kept.
    """

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder
        self._known: dict[str, Vector] = {}

    def encode(self, texts: Sequence[str]) -> Vectors:
        """(n, d) float32, unit length; as the encoder's own `encode`."""
        known = self._known
        new = [text for text in dict.fromkeys(texts) if text not in known]
        fresh = dict(zip(new, self._encoder.encode(new), strict=True)) if new else {}
        vectors = [fresh[text] if text in fresh else known[text] for text in texts]
        if len(known) + len(fresh) > _MOST:
            self._known = dict(fresh)
        else:
            known.update(fresh)
        return np.stack(vectors) if vectors else self._encoder.encode([])
