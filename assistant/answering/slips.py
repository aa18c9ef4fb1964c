"""Words of the field written by sound, as most slips of typing are: 墩描计划 for 墩苗计划, dunmiao for 墩苗."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import lru_cache

from pypinyin import lazy_pinyin

_LONGEST = 8
_LATIN = re.compile(r"[a-z]{4,}")


class Slips:
    """Finds stretches of a text that sound like a word of the lexicon and are not that word."""

    def __init__(self, lexicon: Iterable[str], is_word: Callable[[str], bool]) -> None:
        """`is_word` tells the words of the language, so that 权利 is not taken for 权力."""
        self._is_word = is_word
        self._by_sound: dict[tuple[str, ...], list[str]] = {}
        self._by_letters: dict[str, list[str]] = {}
        for word in lexicon:
            if len(word) <= _LONGEST:
                sound = tuple(_sound(c) for c in word)
                self._by_sound.setdefault(sound, []).append(word)
                self._by_letters.setdefault("".join(sound), []).append(word)
        self._lengths = sorted({len(sound) for sound in self._by_sound}, reverse=True)

    def find(self, text: str) -> list[tuple[str, tuple[str, ...]]]:
        """(as written, words it may stand for), longest first; nothing inside a stretch that is spelt right."""
        found = [
            (m.group(), tuple(self._by_letters[m.group()]))
            for m in _LATIN.finditer(text.lower())
            if m.group() in self._by_letters
        ]
        sounds = [_sound(c) for c in text]
        taken = [False] * len(text)
        for length in self._lengths:
            for at in range(len(text) - length + 1):
                words = self._by_sound.get(tuple(sounds[at : at + length]))
                if words is None or any(taken[at : at + length]):
                    continue
                written = text[at : at + length]
                if written not in words and not (length == 2 and self._is_word(written)):
                    found.append((written, tuple(words)))
                taken[at : at + length] = [True] * length
        return found


@lru_cache(maxsize=8192)
def _sound(character: str) -> str:
    return str(lazy_pinyin(character)[0])
