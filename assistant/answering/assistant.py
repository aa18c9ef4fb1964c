"""The assistant: question → reading → passages → evidence → statements with citations → answer."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date

from assistant.answering import replies, wording
from assistant.answering.answer import Answer, Route, Understood
from assistant.answering.citing import cite, unsupported, without
from assistant.answering.coverage import Coverage
from assistant.answering.events import Cited, Clauses, Delta, Done, Event, Meta
from assistant.answering.evidence import Evidence, Weighing
from assistant.answering.look_up import LookUp
from assistant.answering.premises import stated
from assistant.answering.question import Question
from assistant.answering.replies import Reply
from assistant.answering.retrieval import Passage, Query, search_over
from assistant.answering.selection import Room, Selection, ordinary
from assistant.answering.sufficiency import Enough, Gate, judged
from assistant.answering.understanding import Reading, Understanding
from knowledge.clauses import Edition
from knowledge.encoder import Encoder
from knowledge.index import Index, Scope
from knowledge.vocabulary import Vocabulary

_ONE_PLACE = Room(clauses=3, below=0.25)
_EACH_OF_SEVERAL = Room(clauses=2, below=0.15)
_CASE = Room(clauses=2, below=0.4, one_matter=True)
"""For a case whose figures are held against thresholds: the next clause may set another one."""
_WHO = re.compile("是谁|什么人|哪里人|简历|多大年纪")
_FOUND = 24
_NEAR_BEST = 0.12
"""A place answers beside the best one when its best passage scores within this of it."""
_PLACES_SHOWN = 5


class Assistant:
    """Answers questions over one open index. Safe to share between threads."""

    def __init__(
        self,
        index: Index,
        vocabulary: Vocabulary,
        encoder: Encoder,
        *,
        gate: Gate | None = None,
        today: Callable[[], date] = date.today,
    ) -> None:
        self.index = index
        self.vocabulary = vocabulary
        self._today = today
        self._gate = gate or Gate()
        self._understanding = Understanding(vocabulary, _places_of(index.editions.values()))
        self.search = search_over(index, encoder)
        coverage = Coverage(encoder, self._understanding.reader, vocabulary.lexicon)
        self._weighing = Weighing(Selection(encoder, coverage), coverage)
        self._look_up = LookUp(index)

    def answer(self, question: Question) -> Answer:
        """The whole answer at once.

        Raises UnknownPlace for a chosen place we do not know.
        """
        as_of = question.as_of or self._today()
        reading = self._understanding.read(question)
        reply = self._reply(reading, as_of)
        cited = cite(reply.chosen, self.index.editions, as_of)
        cited = without(cited, unsupported(cited, said=reading.text))
        understood = Understood(reading.route, reading.places.known, reading.carried)
        text = replies.text_of(reply, cited, self.index.editions)
        return Answer(reply.status, text, cited.statements, cited.citations, understood, reply.note, reply.clarify)

    def events(self, question: Question) -> Iterator[Event]:
        """The same answer as it is shown: how it was read, the clauses, then the text with its citations."""
        answer = self.answer(question)
        yield Meta(answer.understood)
        yield Clauses(answer.citations)
        for piece, citations in replies.pieces(answer):
            yield Delta(piece)
            for citation in citations:
                yield Cited(citation)
        yield Done(answer.status, answer)

    def _reply(self, reading: Reading, as_of: date) -> Reply:
        if reading.talk is not None:
            return replies.to_talk(reading.talk)
        found = self._look_up.find(reading, as_of)
        if found is not None:
            return replies.to_look_up(found)
        only_articles = bool(reading.articles) and len(reading.terms) <= len(reading.articles)
        if only_articles or not (reading.terms or reading.carried_terms):
            return replies.to_vague(reading)
        foreign = self._look_up.not_held(reading)
        if foreign and not reading.places.known:
            return replies.no_basis("".join(wording.no_such_document(title) for title in foreign))
        if reading.people and (_WHO.search(reading.text) or not self._in_field(reading)):
            return replies.to_talk("person")
        known = sorted(_places_of(self.index.editions.values()))
        if reading.places.unknown and not reading.places.known:
            return replies.to_unknown_place(reading, known)
        if not self._anything_in_force(reading, as_of):
            return self._before_all(reading, as_of)
        in_field = self._in_field(reading)
        verdict = judged(self._gate, self._evidence(reading, as_of), reading, in_field=in_field)
        if verdict.enough is Enough.NOT:
            return replies.without_basis(reading, self._elsewhere(reading, as_of), in_field=in_field)
        reply = replies.with_basis(reading, verdict, known, self._open_places(reading, as_of))
        unheld = dict.fromkeys((*foreign, *self._look_up.not_held_titles(reading)))
        return replies.besides(reply, [wording.no_such_document(title) for title in unheld])

    def _evidence(self, reading: Reading, as_of: date) -> list[Evidence]:
        """One piece of evidence a place: each place named, or those whose clauses are nearest."""
        named = reading.places.known
        if named and not reading.places.everywhere:
            room = _ONE_PLACE if len(named) == 1 else _EACH_OF_SEVERAL
            room = _CASE if stated(reading.text) else room
            of_place = [self._understanding.of_place(reading, place) for place in named]
            return [
                self._weighing.weigh(one, self._found(one, (place,), as_of), room, place)
                for place, one in zip(named, of_place, strict=True)
            ]
        passages = self._found(reading, (), as_of, limit=2 * _FOUND)
        groups = self._by_place(passages)
        wide = reading.places.everywhere or reading.shape.compares or reading.route is Route.CASE
        wide = wide or len(reading.terms) + len(reading.carried_terms) <= 1
        margin = 3 * _NEAR_BEST if wide else _NEAR_BEST
        near = {place: group for place, group in groups.items() if group[0].score >= passages[0].score - margin}
        room = _ONE_PLACE if len(near) == 1 else _EACH_OF_SEVERAL
        room = _CASE if stated(reading.text) else room
        return [
            self._weighing.weigh(reading, group, room, place) for place, group in list(near.items())[:_PLACES_SHOWN]
        ]

    def _found(self, reading: Reading, places: Sequence[str], as_of: date, limit: int = _FOUND) -> list[Passage]:
        within = frozenset(above for place in places for above in self.vocabulary.with_parents(place)) or None
        return self.search(Query(reading.variants, Scope(within, as_of), limit))

    def _open_places(self, reading: Reading, as_of: date) -> tuple[str, ...]:
        """Places with rules on the matter of a case whose place is not said: the one thing to ask back."""
        if reading.route is not Route.CASE or reading.places.known:
            return ()
        passages = ordinary(self._found(reading, (), as_of, limit=2 * _FOUND))
        topics = set(passages[0].clause.topics) if passages else set()
        return tuple(self._by_place(passage for passage in passages if topics & set(passage.clause.topics)))

    def _by_place(self, passages: Iterable[Passage]) -> dict[str, list[Passage]]:
        groups: dict[str, list[Passage]] = {}
        for passage in passages:
            place = self.index.editions[passage.clause.ref.edition].jurisdiction
            groups.setdefault(place, []).append(passage)
        return groups

    def _elsewhere(self, reading: Reading, as_of: date) -> tuple[str, ...]:
        """Places whose clauses would answer, when the named ones do not."""
        if not reading.places.known:
            return ()
        groups = self._by_place(self._found(reading, (), as_of))
        others = [(p, g) for p, g in groups.items() if p not in reading.places.known]
        weighed = [self._weighing.weigh(reading, group, _EACH_OF_SEVERAL, place) for place, group in others]
        return tuple(e.place for e in weighed if e.place and self._gate.judge(e) is Enough.FULLY)

    def _in_field(self, reading: Reading) -> bool:
        """Whether the question is of our field: by its words, by a place we have rules of, or by what it carries."""
        return bool(reading.places.known or reading.carried_terms) or self._understanding.in_field(reading)

    def _anything_in_force(self, reading: Reading, as_of: date) -> bool:
        return any(edition.in_force.from_ <= as_of for edition in self._editions(reading))

    def _before_all(self, reading: Reading, as_of: date) -> Reply:
        first = min(edition.in_force.from_ for edition in self._editions(reading))
        return replies.no_basis(wording.not_in_force(as_of.isoformat(), first.isoformat()))

    def _editions(self, reading: Reading) -> list[Edition]:
        editions = self.index.editions.values()
        return [e for e in editions if not reading.places.known or e.jurisdiction in reading.places.known]


def _places_of(editions: Iterable[Edition]) -> frozenset[str]:
    return frozenset(edition.jurisdiction for edition in editions)
