"""Which mechanisms a description is for: by what it asks, what it tells, and the place."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from assistant.eligibility.case import Case
from knowledge.criteria import Mechanism

_ASKED, _TOLD, _FACT, _TOPIC = 3.0, 1.0, 2.0, 1.0
_NEAR = 0.5
"""A mechanism is shown beside the first when it scores at least this share of it."""


@dataclass(frozen=True, slots=True)
class Relevance:
    """How much speaks for a mechanism."""

    mechanism: Mechanism
    score: float


def ranked(
    text: str,
    case: Case,
    mechanisms: Iterable[Mechanism],
    topics: Mapping[str, Sequence[str]],
) -> list[Relevance]:
    """Mechanisms that something speaks for, the one most is said of first.

    The words by which people ask for a mechanism weigh most, then words of cases it is for, facts it speaks of, and
    terms of its topic.
    """
    scored = [Relevance(one, _score(text, case, one, topics)) for one in mechanisms]
    return sorted((one for one in scored if one.score > 0), key=lambda one: -one.score)


def chosen(ranking: Sequence[Relevance]) -> tuple[Mechanism, ...]:
    """The first and those near it."""
    if not ranking:
        return ()
    floor = _NEAR * ranking[0].score
    return tuple(one.mechanism for one in ranking if one.score >= floor)


def _score(
    text: str,
    case: Case,
    mechanism: Mechanism,
    topics: Mapping[str, Sequence[str]],
) -> float:
    asked = _longest(word for word in mechanism.asks if word in text)
    told = _longest(word for word in mechanism.about if word in text)
    names = {condition.fact for condition in mechanism.conditions()}
    known = sum(1 for name in names if name in case.facts or name in case.doubts)
    topic = any(term in text for term in topics.get(mechanism.topic, ()))
    return _ASKED * min(len(asked), 3) + _TOLD * min(len(told), 3) + _FACT * known + _TOPIC * topic


def _longest(words: Iterable[str]) -> Collection[str]:
    """Words that are not part of another one found."""
    found = list(dict.fromkeys(words))
    return [word for word in found if not any(word != other and word in other for other in found)]
