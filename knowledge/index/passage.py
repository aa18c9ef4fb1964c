"""What is encoded of a clause, and who encodes it."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from knowledge.clauses import Clause, Edition

Vector = NDArray[np.float32]
"""(d,) float32, unit length, or all zero for a text without a known piece."""

Vectors = NDArray[np.float32]
"""(n, d) float32, each row a Vector."""


class SentenceEncoder(Protocol):
    """Text → vectors whose dot product is their likeness, in [-1, 1], more is closer."""

    @property
    def identity(self) -> str:
        """Names the weights: equal only for encoders that give equal vectors."""

    @property
    def dimensions(self) -> int: ...

    def encode(self, texts: Sequence[str]) -> Vectors: ...

    def encode_query(self, text: str) -> Vector: ...


def passage_text(clause: Clause, edition: Edition) -> str:
    """The text encoded for a clause: where it stands, then what it says.

    The only place that decides it; a change here needs a new `FORMAT` in generation.py.
    """
    return "\n".join((edition.title, *clause.headings, clause.heading, clause.text))


def passage_key(passage: str) -> bytes:
    """16 bytes: equal for equal passages, so that their vector is computed once."""
    return hashlib.sha256(passage.encode("utf-8", "surrogatepass")).digest()[:16]
