"""Which places a text is about: those of the vocabulary, and those the knowledge base holds nothing of."""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.answering.terms import Reader
from assistant.errors import UnknownPlace
from knowledge.vocabulary import Vocabulary

_EVERYWHERE = re.compile(
    r"各地|各个?(县|市|地方|地区)|哪些(地方|地区|县市?|市县?)|哪个(地方|地区|县|市)|哪几个(地方|地区|县|市)|几个(地方|县市|地区)"
    r"|(五|5|四|4|三|3)(个)?(地|地方|县市|地区|处)|不同(地方|地区|县市)|所有(地方|地区)|全部(地方|地区)|其他(地方|地区|县|市)|别的(地方|地区|县|市)|别处|外地"
)
_KINDS = "省市县区州盟旗"
_GENERIC = re.compile(
    r"^(全|各|本|我|该|某|外|这|那|同|两|哪|几)?(省|市|县|区|州|乡|镇|村|国)+$|^(中国|全国|国内|县级市?|市级|省级)$"
)


@dataclass(frozen=True, slots=True)
class Places:
    """`known`: names of the vocabulary in the order named; `unknown`: places we hold no rules of; `everywhere`: asks
    across places."""

    known: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    everywhere: bool = False


class PlaceFinder:
    """Finds places in text by every name and alias of the vocabulary, longest first."""

    def __init__(self, vocabulary: Vocabulary, reader: Reader, with_documents: frozenset[str]) -> None:
        self._vocabulary = vocabulary
        self._reader = reader
        self._with_documents = with_documents
        self._words = {*vocabulary.lexicon, *(synonym.say for synonym in vocabulary.synonyms)}
        bare = "|".join(sorted(vocabulary.divisions, key=len, reverse=True)) or "(?!)"
        self._divisions = re.compile(rf"(?:{bare})(?![省市县区州])")
        names = sorted(vocabulary.by_name, key=len, reverse=True)
        self._pattern = re.compile("|".join(re.escape(name) for name in names))

    def resolve(self, name: str) -> str:
        """The vocabulary's name for a place a caller chose; raises UnknownPlace."""
        place = self._vocabulary.by_name.get(name)
        if place is None:
            raise UnknownPlace(name, tuple(sorted(self._with_documents)))
        return place.name

    def has_rules(self, place: str) -> bool:
        """Whether documents of the place, or of one above it, are held."""
        return any(above in self._with_documents for above in self._vocabulary.with_parents(place))

    def find(self, text: str) -> Places:
        """The places named in `text`. A place above those with documents (湖北) counts as unknown unless it has rules
        of its own or above it, for rules do not pass upward."""
        named = list(dict.fromkeys(self._vocabulary.by_name[m.group()].name for m in self._pattern.finditer(text)))
        rest = self._pattern.sub("，", text)
        unknown = [place for place in named if not self.has_rules(place)]
        unknown += [w for w in self._reader.words(rest).places if self._is_place(w)]
        unknown += [m.group() for m in self._divisions.finditer(rest)]
        known = tuple(place for place in named if self.has_rules(place))
        if known and all(place in self._above(known) for place in unknown):
            unknown = []
        return Places(known, tuple(dict.fromkeys(unknown)), bool(_EVERYWHERE.search(text)))

    def part_of(self, text: str, place: str) -> str:
        """The stretch of `text` from the first name of `place` to the next place named, without the name."""
        marks = [(m.start(), m.end(), self._vocabulary.by_name[m.group()].name) for m in self._pattern.finditer(text)]
        for at, (_, end, name) in enumerate(marks):
            if name == place:
                until = marks[at + 1][0] if at + 1 < len(marks) else len(text)
                return text[end:until].strip("和与跟、，, 及")
        return ""

    def _is_place(self, word: str) -> bool:
        """Whether a word tagged as a place names one: it says its kind, and is no word of the field or 全县."""
        return len(word) > 2 and word[-1] in _KINDS and word not in self._words and not _GENERIC.match(word)

    def without(self, text: str) -> str:
        """`text` with the names of places taken out."""
        return self._pattern.sub("", text)

    def _above(self, known: tuple[str, ...]) -> set[str]:
        return {above for place in known for above in self._vocabulary.with_parents(place)}
