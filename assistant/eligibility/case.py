"""What is known about a case: values with the words that state them."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from math import inf
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Amount:
    """A number as far as it is known: from `low` to `high`, `high` itself left out when `below`.

    干了11年 is 11 to below 12: it says that eleven years are full.
    """

    low: float
    high: float
    below: bool = False

    def __post_init__(self) -> None:
        if self.low > self.high:
            raise ValueError(f"{self.low} > {self.high}")

    @classmethod
    def exactly(cls, value: float) -> Amount:
        return cls(value, value)

    def at_least(self, limit: float) -> bool | None:
        """True or False where it is certain, else None."""
        if self.low >= limit:
            return True
        return False if self.high < limit or (self.below and self.high == limit) else None

    def at_most(self, limit: float) -> bool | None:
        """True or False where it is certain, else None."""
        if self.low > limit:
            return False
        return True if self.high <= limit else None


@dataclass(frozen=True, slots=True)
class Day:
    """A date as far as it is known: some day from `first` to `last`."""

    first: date
    last: date

    @classmethod
    def parse(cls, text: str) -> Day:
        """`2015`, `2015-03` or `2015-03-10`; ValueError for anything else."""
        parts = [int(part) for part in text.split("-")]
        match parts:
            case [year]:
                return cls(date(year, 1, 1), date(year, 12, 31))
            case [year, month]:
                return cls(date(year, month, 1), date(year, month, monthrange(year, month)[1]))
            case [year, month, day]:
                return cls(date(year, month, day), date(year, month, day))
        raise ValueError(f"“{text}”不是日期")

    @property
    def exact(self) -> bool:
        return self.first == self.last

    def __str__(self) -> str:
        if self.exact:
            return self.first.isoformat()
        if (self.first.year, self.first.month) == (self.last.year, self.last.month):
            return f"{self.first:%Y-%m}"
        if self.first.year == self.last.year and (self.first.month, self.last.month) == (1, 12):
            return f"{self.first.year}"
        return f"{self.first:%Y-%m}/{self.last:%Y-%m}"


Value: TypeAlias = bool | str | Amount | Day


class By(StrEnum):
    """Where a fact comes from. A person's word goes before what was read."""

    RULE = "rule"
    MODEL = "model"
    PERSON = "person"
    DERIVED = "derived"


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of the description, verbatim: `text == description[start:end]`."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Fact:
    """One settled fact with the words it rests on; a person's word needs none.

    `found` says that a competent body established it.
    """

    name: str
    value: Value
    by: By
    quotes: tuple[Quote, ...] = ()
    found: bool = False
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Doubt:
    """A fact that was spoken of and yet is not settled: `reason` says why, in approved words.

    `value` is what the words would state (an allegation, a statement on what only a body may settle); None where they
    contradict each other.
    """

    name: str
    reason: str
    quotes: tuple[Quote, ...]
    value: Value | None = None


@dataclass(frozen=True, slots=True)
class Proposal:
    """A fact the words might mean (是否指……？): nothing rests on it until a person confirms it."""

    name: str
    value: Value
    quote: Quote
    score: float


@dataclass(frozen=True)
class Case:
    """All that is known on the day `as_of`. What is not stated is absent: never False, 0 or empty."""

    as_of: date
    facts: Mapping[str, Fact] = field(default_factory=dict)
    doubts: Mapping[str, Doubt] = field(default_factory=dict)
    proposals: tuple[Proposal, ...] = ()

    def value(self, name: str) -> Value | None:
        """The settled value, None while it is unknown."""
        fact = self.facts.get(name)
        return None if fact is None else fact.value

    def learning(self, *facts: Fact) -> Case:
        """The case with these facts settled."""
        return replace(self, facts={**self.facts, **{fact.name: fact for fact in facts}})

    def without(self, name: str) -> Case:
        """The case with one fact unknown."""
        return replace(self, facts={key: fact for key, fact in self.facts.items() if key != name})


NO_LIMIT = inf
