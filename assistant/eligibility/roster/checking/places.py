"""Which rules on rotation a place has on a day: its own and those of the places above it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from assistant.eligibility.roster.errors import NoRotationRules
from assistant.errors import NotInForce
from knowledge.clauses import Validity
from knowledge.criteria import Mechanism
from knowledge.rules import Rules
from knowledge.vocabulary import Vocabulary

ROTATION = "rotation"


@dataclass(frozen=True)
class PlaceRules:
    """A place by its name in the vocabulary, and the rules in force there."""

    place: str
    mechanisms: tuple[Mechanism, ...]


def rules_of(name: str, rules: Rules, vocabulary: Vocabulary, as_of: date) -> PlaceRules:
    """For a place by any of its names, also as the end of a longer one (湖南省衡阳市衡东县).

    Raises NoRotationRules, and NotInForce where rules are held and none was in force on the day.
    """
    about = [one for one in rules.mechanisms.values() if one.topic == ROTATION]
    known = tuple(sorted({one.jurisdiction for one in about}))
    wanted = "".join(name.split())
    ends = sorted((one for one in vocabulary.by_name if wanted.endswith(one)), key=len, reverse=True)
    if not ends:
        raise NoRotationRules(f"“{name}”", known)
    place = vocabulary.by_name[ends[0]].name
    above = vocabulary.with_parents(place)
    held = [one for one in about if one.jurisdiction in above]
    if not held:
        raise NoRotationRules(place, known)
    now = tuple(one for one in held if one.in_force.on(as_of) is Validity.IN_FORCE)
    if not now:
        first = held[0]
        raise NotInForce(first.title, as_of, first.in_force.from_, first.in_force.until)
    return PlaceRules(place, now)
