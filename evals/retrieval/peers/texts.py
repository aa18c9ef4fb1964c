"""What a document is to a library that knows one text, and the words of a text for a library that takes a splitter."""

from __future__ import annotations

from functools import lru_cache

import rjieba

from evals.retrieval.bench import Document


def text_of(document: Document) -> str:
    """Title, heading and text, each on a line of its own, those that are there."""
    return "\n".join(part for part in (document.title, document.heading, document.text) if part)


def words(text: str) -> list[str]:
    """The words jieba sees, in their order and lower case; no punctuation, no spaces.

    This is what Chinese users give a BM25 that would otherwise split at spaces.
    """
    return [word.lower() for word in _jieba().cut(text) if any(letter.isalnum() for letter in word)]


@lru_cache(maxsize=1)
def _jieba() -> rjieba.Jieba:
    return rjieba.Jieba()
