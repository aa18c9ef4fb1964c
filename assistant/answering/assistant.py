"""The assistant: question → reading → passages → evidence → statements with citations → answer."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from threading import BoundedSemaphore

from assistant.answering import replies, wording
from assistant.answering.answer import Answer, Route, Status, Understood
from assistant.answering.citing import cite, unsupported, without
from assistant.answering.coverage import Coverage
from assistant.answering.events import Cited, Clauses, Delta, Done, Event, Meta, Ruled
from assistant.answering.evidence import Weighing
from assistant.answering.gathering import Gathering
from assistant.answering.look_up import LookUp
from assistant.answering.question import Question
from assistant.answering.replies import Reply
from assistant.answering.retrieval import search_over
from assistant.answering.selection import Selection
from assistant.answering.sufficiency import Enough, Gate, judged
from assistant.answering.understanding import Reading, Understanding
from assistant.eligibility.asked import CaseAsked
from assistant.eligibility.checker import CaseCheck, CaseChecker
from assistant.eligibility.reading import Reader
from assistant.eligibility.ruling import Rulebook
from assistant.errors import CallerError
from knowledge.clauses import Edition
from knowledge.encoder import Encoder
from knowledge.index import Index
from knowledge.rules import Rules
from knowledge.vocabulary import Vocabulary

_WHO = re.compile("是谁|什么人|哪里人|简历|多大年纪")
_WITH_A_RULE = {Status.ANSWERED, Status.PARTIAL, Status.CLARIFY}


class Assistant:
    """Answers questions over one open index. Safe to share between threads.

    `cases` checks described cases; None when the rules could not be loaded.
    """

    def __init__(
        self,
        index: Index,
        vocabulary: Vocabulary,
        encoder: Encoder,
        *,
        rules: Rules | None = None,
        gate: Gate | None = None,
        today: Callable[[], date] = date.today,
    ) -> None:
        self.index = index
        self.vocabulary = vocabulary
        self._today = today
        self._gate = gate or Gate()
        self._begins = _first_days(index.editions.values())
        self._understanding = Understanding(vocabulary, frozenset(self._begins))
        self.search = search_over(index, encoder)
        coverage = Coverage(encoder, self._understanding.reader, vocabulary.lexicon)
        weighing = Weighing(Selection(encoder, coverage), coverage)
        self._gathering = Gathering(index, vocabulary, self._understanding, self.search, weighing)
        self._look_up = LookUp(index)
        self._at_once = BoundedSemaphore(_cores())
        places = self._understanding.places
        self.cases: CaseChecker | None = None
        if rules is not None:
            book = Rulebook(rules, index.clause)
            self.cases = CaseChecker(book, vocabulary, places, Reader(rules.facts, encoder), today=today)

    def answer(self, question: Question) -> Answer:
        """The whole answer at once.

        Raises UnknownPlace for a chosen place we do not know.
        """
        as_of = question.as_of or self._today()
        reading = self._understanding.read(question)
        with self._at_once:
            check = self._check(reading, as_of)
            reply = self._reply(reading, as_of, check)
            cited = cite(reply.chosen, self.index.editions, as_of)
        cited = without(cited, unsupported(cited, said=reading.text))
        understood = Understood(reading.route, reading.places.known, reading.carried)
        text = replies.text_of(reply, cited, self.index.editions)
        ruling = check if reply.status in _WITH_A_RULE else None
        return Answer(
            reply.status, text, cited.statements, cited.citations, understood, reply.note, reply.clarify, ruling
        )

    def events(self, question: Question) -> Iterator[Event]:
        """The same answer as it is shown: how it was read, the clauses, then the text with its citations."""
        answer = self.answer(question)
        yield Meta(answer.understood)
        yield Clauses(answer.citations)
        for piece, citations in replies.pieces(answer):
            yield Delta(piece)
            for citation in citations:
                yield Cited(citation)
        if answer.ruling is not None:
            yield Ruled(answer.ruling)
        yield Done(answer.status, answer)

    def _check(self, reading: Reading, as_of: date) -> CaseCheck | None:
        """The rules applied to the case a question states; None where nothing of one was read."""
        if self.cases is None or reading.route is not Route.CASE or reading.talk is not None:
            return None
        place = reading.places.known[0] if reading.places.known else None
        try:
            check = self.cases.check(CaseAsked(reading.text, as_of, place))
        except CallerError:
            return None
        first = check.rulings[0]
        read = check.case.facts.keys() | check.case.doubts.keys()
        return check if read & first.facts_used else None

    def _reply(self, reading: Reading, as_of: date, check: CaseCheck | None) -> Reply:
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
        known = sorted(self._begins)
        if reading.places.unknown and not reading.places.known:
            return replies.to_unknown_place(reading, known)
        begins = self._first_day(reading.places.known or known)
        if as_of < begins:
            return replies.no_basis(wording.not_in_force(as_of.isoformat(), begins.isoformat()))
        in_field = self._in_field(reading)
        verdict = judged(self._gate, self._gathering.evidence(reading, as_of), reading, in_field=in_field)
        if verdict.enough is Enough.NOT:
            others = [e for e in self._gathering.elsewhere(reading, as_of) if self._gate.judge(e) is Enough.FULLY]
            return replies.without_basis(reading, [e.place for e in others if e.place], in_field=in_field)
        open_places = self._gathering.open_places(reading, as_of)
        reply = replies.with_basis(reading, verdict, known, open_places, check)
        unheld = dict.fromkeys((*foreign, *self._look_up.not_held_titles(reading)))
        return replies.besides(reply, [wording.no_such_document(title) for title in unheld])

    def _first_day(self, places: Sequence[str]) -> date:
        """The first day on which anything of these places, or above them, was in force."""
        chains = (above for place in places for above in self.vocabulary.with_parents(place))
        return min(self._begins[place] for place in chains if place in self._begins)

    def _in_field(self, reading: Reading) -> bool:
        """Whether the question is of our field: by its words, by a place we have rules of, or by what it carries."""
        return bool(reading.places.known or reading.carried_terms) or self._understanding.in_field(reading)


def _cores() -> int:
    """Cores this process may use.

    More threads than that at one time only push each other out of the caches: over 59,000 clauses 16 threads answer
    57 questions a second on 2 cores, and 100 when two at a time may compute.
    """
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _first_days(editions: Iterable[Edition]) -> dict[str, date]:
    """Every place with documents → the first day on which one of them was in force."""
    days: dict[str, date] = {}
    for edition in editions:
        first = edition.in_force.from_
        days[edition.jurisdiction] = min(first, days.get(edition.jurisdiction, first))
    return days
