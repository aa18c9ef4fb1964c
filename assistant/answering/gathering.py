"""Gathering evidence: for each place named, or for those whose clauses are nearest."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from assistant.answering.answer import Route
from assistant.answering.evidence import Evidence, Weighing
from assistant.answering.premises import stated
from assistant.answering.retrieval import Passage, Query, Search
from assistant.answering.selection import Room, ordinary
from assistant.answering.understanding import Reading, Understanding
from knowledge.index import Index, Scope
from knowledge.vocabulary import Vocabulary

ONE_PLACE = Room(clauses=3, below=0.25)
EACH_OF_SEVERAL = Room(clauses=2, below=0.15)
CASE = Room(clauses=2, below=0.4, one_matter=True)
"""For a case whose figures are held against thresholds: the next clause may set another one."""

_FOUND = 24
_NEAR_BEST = 0.12
"""A place answers beside the best one when its best passage scores within this of it; three times that when the
question asks across places, and twice again when it states figures of a case, to be held against each place's."""
_PLACES_SHOWN = 5


class Gathering:
    """Searches and weighs, place by place."""

    def __init__(
        self, index: Index, vocabulary: Vocabulary, understanding: Understanding, search: Search, weighing: Weighing
    ) -> None:
        self._index = index
        self._vocabulary = vocabulary
        self._understanding = understanding
        self._search = search
        self._weighing = weighing

    def evidence(self, reading: Reading, as_of: date) -> list[Evidence]:
        """One piece of evidence a place, those named first as named, others nearest first."""
        if reading.places.known and not reading.places.everywhere:
            return self._of_named(reading, as_of)
        passages = self._found(reading, (), as_of, limit=2 * _FOUND)
        groups = self._by_place(passages)
        margin = 3 * _NEAR_BEST if _wide(reading) else _NEAR_BEST
        margin = 2 * margin if stated(reading.text) else margin
        best = {place: max(one.blend for one in group) for place, group in groups.items()}
        near = {place: groups[place] for place, score in best.items() if score >= max(best.values()) - margin}
        room = _room(reading, len(near))
        return [
            self._weighing.weigh(reading, group, room, place) for place, group in list(near.items())[:_PLACES_SHOWN]
        ]

    def elsewhere(self, reading: Reading, as_of: date) -> list[Evidence]:
        """What places other than the named ones have; nothing when none is named."""
        if not reading.places.known:
            return []
        groups = self._by_place(self._found(reading, (), as_of))
        others = ((place, group) for place, group in groups.items() if place not in reading.places.known)
        return [self._weighing.weigh(reading, group, EACH_OF_SEVERAL, place) for place, group in others]

    def open_places(self, reading: Reading, as_of: date) -> tuple[str, ...]:
        """Places with rules on the matter of a case whose place is not said: the one thing to ask back."""
        if reading.route is not Route.CASE or reading.places.known:
            return ()
        passages = ordinary(self._found(reading, (), as_of, limit=2 * _FOUND))
        topics = set(passages[0].clause.topics) if passages else set()
        return tuple(self._by_place(passage for passage in passages if topics & set(passage.clause.topics)))

    def _of_named(self, reading: Reading, as_of: date) -> list[Evidence]:
        named = reading.places.known
        room = _room(reading, len(named))
        of_place = [self._understanding.of_place(reading, place) for place in named]
        return [
            self._weighing.weigh(one, self._found(one, (place,), as_of), room, place)
            for place, one in zip(named, of_place, strict=True)
        ]

    def _found(self, reading: Reading, places: Sequence[str], as_of: date, limit: int = _FOUND) -> list[Passage]:
        within = frozenset(above for place in places for above in self._vocabulary.with_parents(place)) or None
        return self._search(Query(reading.variants, Scope(within, as_of), limit))

    def _by_place(self, passages: Iterable[Passage]) -> dict[str, list[Passage]]:
        groups: dict[str, list[Passage]] = {}
        for passage in passages:
            place = self._index.editions[passage.clause.ref.edition].jurisdiction
            groups.setdefault(place, []).append(passage)
        return groups


def _room(reading: Reading, places: int) -> Room:
    if stated(reading.text):
        return CASE
    return ONE_PLACE if places == 1 else EACH_OF_SEVERAL


def _wide(reading: Reading) -> bool:
    """Whether the question asks across places: in words, by comparing, by a case of no place or a bare topic."""
    bare_topic = len(reading.terms) + len(reading.carried_terms) <= 1
    asks = reading.places.everywhere or reading.shape.compares or reading.route is Route.CASE
    return asks or bare_topic
