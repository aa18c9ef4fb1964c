"""Chinese text → the words and character bigrams the lexical index is made of."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from itertools import pairwise

import rjieba

LONGEST = 64
"""Characters; a longer run without a boundary is noise, not a word."""

_HAN = re.compile(r"[\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af]+")


class Tokenizer:
    """Cuts text into words, keeping those of the domain lexicon whole (and their parts: 容错纠错, 容错, 纠错).

    Each tokenizer has a dictionary of its own (0.1 s to load), so one lexicon never leaks into another.
    Safe for concurrent threads: the dictionary does not change after construction.
    """

    def __init__(self, lexicon: Iterable[str]) -> None:
        self.lexicon = tuple(lexicon)
        self._jieba = rjieba.Jieba()
        for word in self.lexicon:
            self._jieba.add_word(_normal(word), None, None)

    def words(self, text: str) -> list[str]:
        """Lower-case NFKC words in reading order, repeated as in `text`; no punctuation, symbols or space."""
        return self._words(_normal(text))

    def bigrams(self, text: str) -> list[str]:
        """Pairs of neighbouring Han characters; a run of a single one gives nothing."""
        return _bigrams(_normal(text))

    def terms(self, text: str) -> tuple[list[str], list[str]]:
        """Words and bigrams at once, for less."""
        normal = _normal(text)
        return self._words(normal), _bigrams(normal)

    def _words(self, normal: str) -> list[str]:
        cut = self._jieba.cut_for_search(normal)
        return [word for word in cut if len(word) <= LONGEST and (word.isalnum() or any(map(str.isalnum, word)))]


def _bigrams(normal: str) -> list[str]:
    return [a + b for run in _HAN.findall(normal) for a, b in pairwise(run)]


def _normal(text: str) -> str:
    """NFKC, lower case; lone surrogates, which UTF-8 and so both Rust libraries refuse, become spaces."""
    if not text.isascii():
        text = unicodedata.normalize("NFKC", re.sub(r"[\ud800-\udfff]", " ", text))
    return text.lower()
