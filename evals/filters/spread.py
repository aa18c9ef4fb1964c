"""Where and when made-up clauses apply, so that scopes keep from nearly none to all of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate
from random import Random

from knowledge.clauses import InForce
from knowledge.index import Scope

SHARES = (0.0001, 0.001, 0.01, 0.03, 0.10, 0.33, 0.60, 0.97, 1.0)
"""Shares of the clauses that the scopes by place alone, and by date alone, keep."""

PLACES = tuple(f"第{number}测试区" for number in range(1, len(SHARES) + 1))
"""The n-th share is kept by the first n places together, and by a day in the n-th period."""

_BOTH = (
    *((0.0001, 0.97), (0.01, 0.10), (0.10, 0.10), (0.10, 0.33), (0.33, 0.33)),
    *((0.60, 0.60), (0.97, 0.60), (0.97, 0.97), (1.0, 1.0)),
)
_FIRST_YEAR, _YEARS = 1950, 5
_SIZES = (10, 70)
"""Fewest and most clauses of an edition."""


@dataclass(frozen=True, slots=True)
class Filter:
    """A way to restrict a search: to so many places, to a day of such a period, or both; None is unrestricted."""

    places: int | None
    period: int | None

    @property
    def kind(self) -> str:
        """What it restricts, in Chinese."""
        named = (("地区", self.places), ("日期", self.period))
        return "和".join(name for name, value in named if value is not None)

    @property
    def share(self) -> float:
        """About what share of all clauses it keeps."""
        return (SHARES[self.places - 1] if self.places else 1.0) * (SHARES[self.period - 1] if self.period else 1.0)

    def scope(self, number: int = 0) -> Scope:
        """The scope; another `number` (0 … 1,799) is another scope that keeps the same clauses."""
        names = None if self.places is None else frozenset((*PLACES[: self.places], f"没有规定的地区{number}"))
        if self.period is None:
            return Scope(names)
        return Scope(names, _first_day(self.period) + timedelta(days=number))


FILTERS = (
    *(Filter(number, None) for number in range(1, len(SHARES) + 1)),
    *(Filter(None, number) for number in range(1, len(SHARES) + 1)),
    *(Filter(SHARES.index(place) + 1, SHARES.index(day) + 1) for place, day in _BOTH),
)


@dataclass(frozen=True, slots=True)
class Slot:
    """One edition to be made: how many clauses it has, where and from when they apply."""

    clauses: int
    place: str
    in_force: InForce


def slots(clauses: int, seed: str) -> list[Slot]:
    """Editions of 10 to 70 clauses, `clauses` together; places and first days do not depend on each other."""
    chance = Random(seed)  # noqa: S311 (made-up documents, not a secret)
    sizes: list[int] = []
    while (left := clauses - sum(sizes)) > 0:
        sizes.append(min(left, chance.randint(*_SIZES)))
    places, periods = (_groups(sizes, chance) for _ in range(2))
    return [
        Slot(size, PLACES[place], InForce.model_validate({"from": _first_day(period + 1)}))
        for size, place, period in zip(sizes, places, periods, strict=True)
    ]


def _groups(sizes: Sequence[int], chance: Random) -> list[int]:
    """For each edition the group it falls into by chance: the first n groups hold the n-th of SHARES together."""
    order = list(range(len(sizes)))
    chance.shuffle(order)
    order.sort(key=lambda at: sizes[at] > _SIZES[0])  # the smallest ones first: a share of 0.01 % is 10 clauses
    total = sum(sizes)
    bounds = [share * total for share in SHARES]
    groups = [0] * len(sizes)
    group = 0
    for at, before in zip(order, accumulate((sizes[at] for at in order), initial=0), strict=False):
        while group + 1 < len(bounds) and before and before + sizes[at] / 2 > bounds[group]:
            group += 1
        groups[at] = group
    return groups


def _first_day(period: int) -> date:
    return date(_FIRST_YEAR + _YEARS * period, 1, 1)
