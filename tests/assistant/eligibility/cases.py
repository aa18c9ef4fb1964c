"""The bundled rules, and cases made for them."""

from __future__ import annotations

from datetime import date
from functools import cache

from hypothesis import strategies as st

from assistant.eligibility.case import Amount, By, Case, Day, Fact, Value
from assistant.eligibility.ruling import Rulebook
from assistant.eligibility.ruling.answers import answers
from knowledge.criteria import Mechanism
from knowledge.facts import FactKind, FactType
from knowledge.library import load_library

AS_OF = date(2024, 6, 1)


@cache
def bundled() -> Rulebook:
    """All rules this repository ships, over the digests they cite."""
    library = load_library()
    return Rulebook(library.rules, library.clause)


def settled(name: str, value: Value) -> Fact:
    return Fact(name, value, By.PERSON, found=True)


def value_of(kind: FactKind, written: bool | float | str) -> Value:
    """A value as examples.yaml writes it."""
    if kind.type is FactType.DATE:
        return Day.parse(str(written))
    if kind.type.is_number:
        return Amount.exactly(float(written))
    return written if isinstance(written, bool) else str(written)


def values(mechanism: Mechanism, name: str) -> list[Value]:
    """Every value of a fact that the mechanism tells apart."""
    kind = bundled().rules.facts[name]
    conditions = [condition for condition in mechanism.conditions() if condition.fact == name]
    return [answer.value for answer in answers(kind, conditions)]


@st.composite
def cases(draw: st.DrawFn) -> tuple[Mechanism, Case]:
    """A mechanism and a case of which some facts are known."""
    mechanism = draw(st.sampled_from(list(bundled().rules.mechanisms.values())))
    names = list(dict.fromkeys(condition.fact for condition in mechanism.conditions()))
    known = draw(st.lists(st.sampled_from(names), unique=True, max_size=len(names)))
    facts = [settled(name, draw(st.sampled_from(values(mechanism, name)))) for name in known]
    return mechanism, Case(AS_OF).learning(*facts)
