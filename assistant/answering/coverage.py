"""How much of what a question asks about is said by a text, term by term."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from assistant.answering.figures import figures
from assistant.answering.retrieval import SentenceEncoder
from assistant.answering.terms import Reader
from assistant.answering.understanding import Reading

_NEAR = 0.62
"""Cosine between two words' vectors from which one stands for the other; measured on the tuning half."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A term asked about, what else it may be called, how telling it is (> 0), and whether this turn said it."""

    term: str
    names: tuple[str, ...]
    weight: float
    own: bool


@dataclass(frozen=True, slots=True)
class Covered:
    """The share 0 … 1 of the asked weight that a text covers, and the terms it does not."""

    share: float
    missing: tuple[Asked, ...]


class Coverage:
    """Tells which terms a text covers, by their letters, by synonyms, by figures, or by the nearness of a word."""

    def __init__(self, encoder: SentenceEncoder, reader: Reader, rarity: Callable[[str], float]) -> None:
        self._encoder = encoder
        self._reader = reader
        self._rarity = rarity

    def asked(self, reading: Reading) -> tuple[Asked, ...]:
        """The terms of a question, its own ones counting double against those carried over."""
        own = [self._asked(term, reading, own=True) for term in reading.terms]
        carried = [self._asked(term, reading, own=False) for term in reading.carried_terms]
        return tuple(own + carried)

    def _asked(self, term: str, reading: Reading, *, own: bool) -> Asked:
        names = [term]
        for said, means in reading.expansions:
            if term in said or said in term:
                names += means
        return Asked(term, tuple(dict.fromkeys(names)), self._rarity(term) * (1.0 if own else 0.5), own)

    def of(self, asked: Sequence[Asked], text: str) -> Covered:
        """What of `asked` the text covers; 1.0 when nothing is asked."""
        missing = [term for term in asked if not _literally(term, text)]
        missing = self._not_near(missing, text)
        total = sum(term.weight for term in asked)
        lost = sum(term.weight for term in missing)
        return Covered(1.0 - lost / total if total else 1.0, tuple(missing))

    def literal(self, asked: Sequence[Asked], text: str) -> float:
        """The share covered by letters, synonyms and figures alone: quick, for ordering sentences."""
        total = sum(term.weight for term in asked)
        return sum(term.weight for term in asked if _literally(term, text)) / total if total else 0.0

    def _not_near(self, terms: list[Asked], text: str) -> list[Asked]:
        words = [word for word in self._reader.words(text).matter if len(word) > 1]
        if not terms or not words:
            return terms
        near = self._encoder.encode([term.term for term in terms]) @ self._encoder.encode(words).T
        return [term for term, best in zip(terms, np.max(near, axis=1), strict=True) if best < _NEAR]


def _literally(asked: Asked, text: str) -> bool:
    if any(name in text for name in asked.names):
        return True
    wanted = figures(asked.term)
    if wanted and all(any(figure.same(other) for other in figures(text)) for figure in wanted):
        return True
    return len(asked.term) >= 4 and _bigrams_found(asked.term, text) >= 0.66


def _bigrams_found(term: str, text: str) -> float:
    pairs = [term[at : at + 2] for at in range(len(term) - 1)]
    return sum(pair in text for pair in pairs) / len(pairs)


def rarity(documents: int, found_in: int) -> float:
    """How telling a term is: ln of how rare it is among `documents` clauses, at least 0.5."""
    return max(0.5, math.log((documents + 1) / (found_in + 1)))
