"""Checking a case: description → facts → mechanisms → rulings."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from assistant.answering.places import PlaceFinder
from assistant.eligibility.asked import CaseAsked
from assistant.eligibility.case import By, Case, Day, Fact
from assistant.eligibility.choosing import chosen, ranked
from assistant.eligibility.deriving import derived
from assistant.eligibility.reading import Reader
from assistant.eligibility.ruling import Rulebook, Ruling, Verdict, rule
from assistant.errors import NoCase, NotInForce
from knowledge.clauses import Validity
from knowledge.criteria import Mechanism
from knowledge.facts import FactKind
from knowledge.rules import Rules
from knowledge.vocabulary import Vocabulary

ACT_DATE = "act_date"
"""The fact that names the day of the act (行为发生日)."""


@dataclass(frozen=True)
class OtherDay:
    """The same case under the rule of another day: `which` names the day; `note` says why there is no ruling."""

    which: str
    day: date
    ruling: Ruling | None
    note: str | None = None


@dataclass(frozen=True)
class PlaceOpen:
    """The place is not known, and the rules of places differ: the first thing to ask.

    `each` is what every candidate place would say.
    """

    question: str
    each: tuple[Ruling, ...]


@dataclass(frozen=True)
class CaseCheck:
    """A description as it was read, and what follows.

    `rulings` has the asked mechanism first; while the place is open it holds those of every candidate place. `case`
    has all facts read, also those no ruling uses; its quotes are words of `asked.text`.
    """

    asked: CaseAsked
    case: Case
    kinds: Mapping[str, FactKind]
    rulings: tuple[Ruling, ...]
    place: str | None
    place_open: PlaceOpen | None = None
    other_days: tuple[OtherDay, ...] = ()
    remarks: tuple[str, ...] = ()

    @property
    def leading(self) -> Ruling | None:
        """The ruling the check comes to; None while the place is open."""
        return None if self.place_open is not None else self.rulings[0]

    @property
    def verdict(self) -> Verdict:
        """The leading verdict; while the place is open, the one several places agree on, else INSUFFICIENT."""
        if self.place_open is None:
            return self.rulings[0].verdict
        verdicts = {ruling.verdict for ruling in self.rulings} if len(self.place_open.each) > 1 else set()
        only = verdicts.pop() if len(verdicts) == 1 else None
        return only if only is not None and only.definite else Verdict.INSUFFICIENT


class CaseChecker:
    """Checks cases by one set of rules. Safe to share between threads."""

    def __init__(
        self,
        book: Rulebook,
        vocabulary: Vocabulary,
        places: PlaceFinder,
        reader: Reader,
        *,
        today: Callable[[], date] = date.today,
    ) -> None:
        self.book = book
        self.vocabulary = vocabulary
        self._topics = {topic.id: topic.terms for topic in vocabulary.topics}
        self._places = places
        self._reader = reader
        self._today = today

    @property
    def rules(self) -> Rules:
        return self.book.rules

    def check(self, asked: CaseAsked) -> CaseCheck:
        """Read the description and rule on it.

        Raises UnknownMechanism, UnknownPlace, NoCase, SeveralCases, NotInForce, FactAhead, WrongOrder.
        """
        read = self._reader.read(asked.text, asked.as_of)
        case = _corrected(read.case, asked)
        place = self._place(asked)
        if asked.mechanism is not None:
            mechanism = self.rules.mechanism(asked.mechanism)
            mechanisms: tuple[Mechanism, ...] = (mechanism,)
            place = place or mechanism.jurisdiction
        else:
            mechanisms = self._mechanisms(asked.text, case, place)
        rulings = self._ruled(mechanisms, case)
        open_ = self._place_open(mechanisms, rulings) if place is None else None
        if place is None and open_ is None:
            place = rulings[0].mechanism.jurisdiction
        whole = derived(case, self.rules.facts)
        days = () if open_ is not None else self._other_days(rulings[0].mechanism, case)
        return CaseCheck(asked, whole, self.rules.facts, rulings, place, open_, days, read.remarks)

    def _place(self, asked: CaseAsked) -> str | None:
        if asked.jurisdiction is not None:
            return self._places.resolve(asked.jurisdiction)
        known = self._places.find(asked.text).known
        return known[0] if known else None

    def _mechanisms(self, text: str, case: Case, place: str | None) -> tuple[Mechanism, ...]:
        all_ = self.rules.mechanisms.values()
        above = None if place is None else set(self.vocabulary.with_parents(place))
        of_place = [one for one in all_ if above is None or one.jurisdiction in above]
        if not of_place:
            raise NoCase(f"知识库里没有{place}可以核查的规定。")
        found = chosen(ranked(text, derived(case, self.rules.facts), of_place, self._topics))
        if not found:
            raise NoCase
        if place is not None:
            return found
        return _everywhere(found, all_)

    def _ruled(self, mechanisms: Sequence[Mechanism], case: Case) -> tuple[Ruling, ...]:
        """Rulings of those in force; raises NotInForce when none is."""
        made, refused = [], []
        for mechanism in mechanisms:
            try:
                made.append(rule(self.book, mechanism, case))
            except NotInForce as error:
                refused.append(error)
        if not made:
            raise refused[0]
        return tuple(made)

    def _place_open(self, mechanisms: Sequence[Mechanism], rulings: Sequence[Ruling]) -> PlaceOpen | None:
        """Open where several places have such rules, though only those of one were in force on the day."""
        places = list(dict.fromkeys(mechanism.jurisdiction for mechanism in mechanisms))
        if len(places) < 2:
            return None
        standing = {ruling.mechanism.jurisdiction: ruling for ruling in reversed(rulings)}
        first = tuple(standing[place] for place in places if place in standing)
        silent = "、".join(place for place in places if place not in standing)
        question = f"按哪里的规定核查？{'、'.join(places)}的规定不同。"
        return PlaceOpen(f"{question}这一天{silent}的规定不在施行期内。" if silent else question, first)

    def _other_days(self, mechanism: Mechanism, case: Case) -> tuple[OtherDay, ...]:
        """The day of the act, where one is known, and today, when they are not the day asked for."""
        days = {}
        act = case.value(ACT_DATE)
        if isinstance(act, Day) and act.last < case.as_of:
            days["行为发生时"] = act.last
        today = self._today()
        if today != case.as_of:
            days["今天"] = today
        return tuple(self._on(which, day, mechanism, case) for which, day in days.items())

    def _on(self, which: str, day: date, mechanism: Mechanism, case: Case) -> OtherDay:
        candidates = [one for one in self.rules.mechanisms.values() if one.name == mechanism.name]
        then = next((one for one in candidates if one.in_force.on(day) is Validity.IN_FORCE), mechanism)
        try:
            return OtherDay(which, day, rule(self.book, then, replace(case, as_of=day)))
        except NotInForce as error:
            return OtherDay(which, day, None, str(error))


def _everywhere(found: Sequence[Mechanism], mechanisms: Iterable[Mechanism]) -> tuple[Mechanism, ...]:
    """Where no place is known: those found on the first one's topic, and what other places have of the same kind."""
    first = found[0]
    alike = [one for one in mechanisms if one.topic == first.topic and set(one.asks) & set(first.asks)]
    places = {one.jurisdiction for one in found if one.topic == first.topic}
    return (
        *(one for one in found if one.topic == first.topic),
        *(one for one in alike if one.jurisdiction not in places),
    )


def _corrected(case: Case, asked: CaseAsked) -> Case:
    """What was read, with what a person confirmed, corrected or does not know."""
    facts = dict(case.facts)
    doubts = dict(case.doubts)
    for name, value in asked.facts.items():
        facts.pop(name, None)
        if value is not None:
            facts[name] = Fact(name, value, By.PERSON, found=True)
            doubts.pop(name, None)
    return replace(case, facts=facts, doubts=doubts)
