"""Counts and spreads: a share with its 95 % interval, and times with their percentiles."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

_Z = 1.959963984540054  # the normal quantile of a two-sided 95 % interval


@dataclass(frozen=True, slots=True)
class Rate:
    """`hits` of `of`; with `of` 0 nothing was scored, which is not a rate of zero."""

    hits: int
    of: int

    def __post_init__(self) -> None:
        if not 0 <= self.hits <= self.of:
            raise ValueError(f"{self.hits} of {self.of} is no share")

    @property
    def value(self) -> float | None:
        """Between 0 and 1; None when nothing was scored."""
        return self.hits / self.of if self.of else None

    @property
    def interval(self) -> tuple[float, float] | None:
        """Wilson's 95 % interval, inside [0, 1]; None when nothing was scored."""
        if not self.of:
            return None
        share = self.hits / self.of
        squared = _Z * _Z
        middle = share + squared / (2 * self.of)
        reach = _Z * math.sqrt(share * (1 - share) / self.of + squared / (4 * self.of**2))
        whole = 1 + squared / self.of
        low = 0.0 if self.hits == 0 else max(0.0, (middle - reach) / whole)
        high = 1.0 if self.hits == self.of else min(1.0, (middle + reach) / whole)
        return low, high

    def as_json(self) -> dict[str, int | float | None]:
        low, high = self.interval or (None, None)
        return {"hits": self.hits, "of": self.of, "value": self.value, "low": low, "high": high}


def total(parts: Iterable[Rate]) -> Rate:
    """All parts counted together."""
    hits = of = 0
    for part in parts:
        hits, of = hits + part.hits, of + part.of
    return Rate(hits, of)


@dataclass(frozen=True, slots=True)
class Spread:
    """What a list of values looks like; None where there were none."""

    count: int
    mean: float | None
    p50: float | None
    p95: float | None

    def as_json(self) -> dict[str, int | float | None]:
        return {"count": self.count, "mean": self.mean, "p50": self.p50, "p95": self.p95}


def spread(values: Sequence[float]) -> Spread:
    """Mean and percentiles (linear between neighbours) of `values`, in their unit."""
    if not values:
        return Spread(0, None, None, None)
    p50, p95 = (float(value) for value in np.percentile(values, [50, 95]))
    return Spread(len(values), float(np.mean(values)), p50, p95)
