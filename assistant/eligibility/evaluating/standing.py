"""Kleene's three standings. They have no truth value: `if finding.standing:` is a bug we refuse to run."""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum
from typing import NoReturn


class Standing(Enum):
    """Of one criterion: met, unmet, or not known."""

    MET = "met"
    UNMET = "unmet"
    UNKNOWN = "unknown"

    def __bool__(self) -> NoReturn:
        raise TypeError("a standing has no truth value; compare it with Standing.MET")

    def __invert__(self) -> Standing:
        return {Standing.MET: Standing.UNMET, Standing.UNMET: Standing.MET}.get(self, Standing.UNKNOWN)

    @property
    def label(self) -> str:
        return {"met": "符合", "unmet": "不符合", "unknown": "未知"}[self.value]


def standing_of(known: bool | None) -> Standing:
    """True, False, or None for not known."""
    return Standing.UNKNOWN if known is None else Standing.MET if known else Standing.UNMET


def every(standings: Iterable[Standing]) -> Standing:
    """One unmet: unmet; else one unknown: unknown; else met."""
    seen = set(standings)
    return next((one for one in (Standing.UNMET, Standing.UNKNOWN) if one in seen), Standing.MET)


def some(standings: Iterable[Standing]) -> Standing:
    """One met: met; else one unknown: unknown; else unmet."""
    return ~every(~one for one in standings)


def at_least(n: int, standings: Iterable[Standing]) -> Standing:
    """Met when `n` are; unmet when `n` can no longer be."""
    seen = list(standings)
    met, open_ = seen.count(Standing.MET), seen.count(Standing.UNKNOWN)
    return standing_of(True if met >= n else False if met + open_ < n else None)
