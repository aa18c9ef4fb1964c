"""The words of a question that carry its matter."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import rjieba
import yaml

from knowledge.vocabulary import Vocabulary

_MATTER = ("n", "v", "a", "i", "l", "j", "z", "t", "eng", "m", "b")
_PLACE_TAG = "ns"
_PERSON_TAG = "nr"


@cache
def _lists() -> Any:
    return yaml.safe_load(Path(__file__).with_suffix(".yaml").read_text(encoding="utf-8"))


@cache
def _idle() -> frozenset[str]:
    return frozenset(word for words in _lists()["idle"].values() for word in words)


@dataclass(frozen=True, slots=True)
class Measure:
    """A measure asked for, in the words that ask for it, and the units of the figures that give it."""

    words: str
    units: frozenset[str]


def measures_asked(text: str) -> tuple[Measure, ...]:
    """The measures a question asks for: 几年, 多少名, 比例."""
    found = ((pattern.search(text), units) for pattern, units in _measures())
    return tuple(Measure(match.group(), units) for match, units in found if match)


@dataclass(frozen=True, slots=True)
class Detail:
    """A kind of detail people ask for, and the words of a clause that leaves it open.

    A `measured` kind is given by a figure: where there is one, nothing is open.
    """

    asked: re.Pattern[str]
    open: re.Pattern[str]
    measured: bool


def details_asked(text: str) -> tuple[Detail, ...]:
    """The kinds of detail a question asks for: who, how, when, how much, exceptions, consequences, criteria."""
    return tuple(detail for detail in _details() if detail.asked.search(text))


@cache
def _details() -> tuple[Detail, ...]:
    return tuple(
        Detail(re.compile(one["asked"]), re.compile(one["open"]), bool(one.get("measured")))
        for one in _lists()["details"]
    )


@cache
def _measures() -> tuple[tuple[re.Pattern[str], frozenset[str]], ...]:
    return tuple((re.compile(one["asked"]), frozenset(one["units"])) for one in _lists()["measures"])


@dataclass(frozen=True, slots=True)
class Words:
    """A text cut into words: those that carry matter, and the names of places and people among them."""

    matter: tuple[str, ...]
    places: tuple[str, ...]
    people: tuple[str, ...]


class Reader:
    """Cuts text into words with the domain lexicon kept whole. Safe to share between threads."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._jieba = rjieba.Jieba()
        for word in sorted(_idle()):
            if len(word) > 1:
                self._jieba.add_word(word, None, "r")
        for word in _own_words(vocabulary):
            self._jieba.add_word(word, None, "nz")

    def is_word(self, text: str) -> bool:
        """Whether `text` is a word of the language or of the field."""
        return bool(self._jieba.has_word(text))

    def words(self, text: str) -> Words:
        """Matter words in order, each once; idle words, particles and punctuation left out."""
        tagged = self._jieba.tag(text)
        matter = dict.fromkeys(
            word
            for word, tag in tagged
            if word not in _idle() and any(c.isalnum() for c in word) and (tag.startswith(_MATTER) or len(word) > 1)
        )
        places = dict.fromkeys(word for word, tag in tagged if tag == _PLACE_TAG)
        people = dict.fromkeys(word for word, tag in tagged if tag.startswith(_PERSON_TAG) and len(word) > 1)
        return Words(tuple(matter), tuple(places), tuple(people))


def _own_words(vocabulary: Vocabulary) -> Iterable[str]:
    yield from vocabulary.lexicon
    for topic in vocabulary.topics:
        yield from topic.terms
    for synonym in vocabulary.synonyms:
        yield synonym.say
