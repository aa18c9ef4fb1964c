"""Which questions and synonyms are kept out of training, to measure with."""

from __future__ import annotations

import hashlib

HELD_OUT_PERCENT = 13
FIELD_HELD_OUT_PERCENT = 15


def is_held_out(question: str) -> bool:
    """Whether a question validates and so never trains: neither it, nor the lawyer's answer to it.

    Decided by the question's own text, so the split survives any reordering or renumbering of the files.
    """
    return _falls_below(HELD_OUT_PERCENT, question)


def is_field_held_out(say: str) -> bool:
    """Whether a synonym, known by what people say, checks the field and so trains in no form."""
    return _falls_below(FIELD_HELD_OUT_PERCENT, say)


def fold_of(question: str, folds: int) -> int:
    """Which of `folds` parts a training question is in, 0 … folds - 1, by its own text."""
    return _number_of(f"fold {question.strip()}") % folds


def _falls_below(percent: int, text: str) -> bool:
    return _number_of(text.strip()) % 100 < percent


def _number_of(text: str) -> int:
    return int.from_bytes(hashlib.sha256(text.encode("utf-8")).digest()[:8], "big")
