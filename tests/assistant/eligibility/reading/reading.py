"""Reads with the bundled vocabulary."""

from __future__ import annotations

from datetime import date

from assistant.eligibility.case import Case, Quote, Value
from assistant.eligibility.reading import Reader
from tests.assistant.eligibility.cases import AS_OF, bundled

READER = Reader(bundled().rules.facts)


def read(text: str, as_of: date = AS_OF) -> Case:
    """The case of a description."""
    return READER.read(text, as_of).case


def value(text: str, name: str, as_of: date = AS_OF) -> Value | None:
    """The settled value of a fact; None while it is unknown."""
    return read(text, as_of).value(name)


def quotes(case: Case) -> list[Quote]:
    """All words that facts and doubts rest on."""
    said = [*(fact.quotes for fact in case.facts.values()), *(doubt.quotes for doubt in case.doubts.values())]
    return [quote for one in said for quote in one]
