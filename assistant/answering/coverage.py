"""How much of what a question asks about is said by a text, term by term."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np

from assistant.answering.figures import figures
from assistant.answering.remembering import Remembering
from assistant.answering.terms import Measure, Reader, measures_asked
from assistant.answering.understanding import Reading
from knowledge.encoder import Encoder, Vector
from knowledge.numerals import NUMERAL

_LEAST = 0.01
_FIGURE = re.compile(rf"^[第约近几]?{NUMERAL}|^几|\d")
_NEAR = 0.62
"""Cosine between two words' vectors from which one stands for the other; chosen by eye, not tuned."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A term asked about, what else it may be called, how telling it is (> 0), and whether this turn said it.

    An `exact` term is a word of the field: only itself or one of its names stands for it, nothing merely near.
    """

    term: str
    names: tuple[str, ...]
    weight: float
    own: bool
    exact: bool
    vector: Vector = field(compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Covered:
    """The share 0 … 1 of the asked weight that a text covers; the terms, and the measures, it does not give."""

    share: float
    missing: tuple[Asked, ...]
    unmeasured: tuple[Measure, ...] = ()


class Coverage:
    """Tells which terms a text covers, by their letters, by synonyms, or by the nearness of a word."""

    def __init__(self, encoder: Encoder, reader: Reader, lexicon: Iterable[str]) -> None:
        self._encoder = encoder
        self._clause_words = Remembering(encoder)
        self._reader = reader
        self._lexicon = frozenset(lexicon)

    def asked(self, reading: Reading) -> tuple[Asked, ...]:
        """The terms of a question, those of this turn counting double against those carried over.

        Figures are left out, for `premises` holds them against the clauses, and what asks for a measure, for which
        `unmeasured` looks.
        """
        own = self._weighed(reading.text, reading.terms, reading, own=True)
        carried = self._weighed(reading.carried_text, reading.carried_terms, reading, own=False)
        return tuple(own + carried)

    def _weighed(self, text: str, terms: Sequence[str], reading: Reading, *, own: bool) -> list[Asked]:
        """Each term weighs as much as the text's vector turns (1 − cosine) when the term is taken out."""
        measures = [measure.words for measure in measures_asked(text)]
        terms = [
            term
            for term in terms
            if term in self._lexicon or not (_FIGURE.search(term) or any(term in words for words in measures))
        ]
        if not terms:
            return []
        left_out = [text.replace(term, "") for term in terms]
        vectors = self._encoder.encode([text, *left_out, *terms])
        turns = 1.0 - vectors[1 : len(terms) + 1] @ vectors[0]
        own_vectors = vectors[len(terms) + 1 :]
        share = 1.0 if own else 0.5
        return [
            Asked(term, _names(term, reading), share * max(float(turn), _LEAST), own, term in self._lexicon, vector)
            for term, turn, vector in zip(terms, turns, own_vectors, strict=True)
        ]

    def of(self, asked: Sequence[Asked], text: str) -> Covered:
        """What of `asked` the text covers; 1.0 when nothing is asked."""
        missing = [term for term in asked if not _literally(term, text)]
        missing = self._not_near(missing, text)
        total = sum(term.weight for term in asked)
        lost = sum(term.weight for term in missing)
        return Covered(1.0 - lost / total if total else 1.0, tuple(missing))

    def unmeasured(self, reading: Reading, text: str) -> tuple[Measure, ...]:
        """The measures asked for of which the text gives no figure."""
        units = {figure.unit for figure in figures(text)}
        return tuple(measure for measure in measures_asked(reading.text) if not measure.units & units)

    def literal(self, asked: Sequence[Asked], text: str) -> float:
        """The share covered by letters and synonyms alone: quick, for ordering sentences."""
        total = sum(term.weight for term in asked)
        return sum(term.weight for term in asked if _literally(term, text)) / total if total else 0.0

    def _not_near(self, terms: list[Asked], text: str) -> list[Asked]:
        words = [word for word in self._reader.words(text).matter if len(word) > 1] if terms else []
        if not words:
            return terms
        near = np.stack([term.vector for term in terms]) @ self._clause_words.encode(words).T
        return [term for term, best in zip(terms, np.max(near, axis=1), strict=True) if term.exact or best < _NEAR]


def _names(term: str, reading: Reading) -> tuple[str, ...]:
    means = (name for said, means in reading.expansions if term in said or said in term for name in means)
    return tuple(dict.fromkeys((term, *means)))


def _literally(asked: Asked, text: str) -> bool:
    if any(name in text for name in asked.names):
        return True
    return len(asked.term) >= 4 and not asked.exact and _bigrams_found(asked.term, text) >= 0.66


def _bigrams_found(term: str, text: str) -> float:
    pairs = [term[at : at + 2] for at in range(len(term) - 1)]
    return sum(pair in text for pair in pairs) / len(pairs)
