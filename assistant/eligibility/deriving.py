"""Facts that follow from others: calendar years between dates, shares of a whole."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping
from datetime import date

from assistant.eligibility.case import NO_LIMIT, Amount, By, Case, Day, Fact, Value
from knowledge.facts import FactKind

STEPS = 2
"""A fact may follow from one that follows from others; no further (knowledge/rules.py)."""


def derived(case: Case, kinds: Mapping[str, FactKind]) -> Case:
    """The case with everything that follows from its facts; what is stated or said by a person stays as it is."""
    for _ in range(STEPS):
        more = [fact for kind in kinds.values() if (fact := _derived(case, kind)) is not None]
        if not more:
            break
        case = case.learning(*more)
    return case


def _derived(case: Case, kind: FactKind) -> Fact | None:
    if kind.derive is None or kind.name in case.facts:
        return None
    sources = [case.facts.get(name) for name in kind.derive.sources]
    known = [fact for fact in sources if fact is not None]
    if not known or (len(known) < len(sources) and kind.derive.sum_of is None):
        return None
    values = [fact.value for fact in known]
    value = _sum(values, len(sources)) if kind.derive.sum_of else _value(kind, values, case.as_of)
    if value is None:
        return None
    quotes = tuple(quote for fact in known for quote in fact.quotes)
    found = all(fact.found for fact in known)
    return Fact(kind.name, value, By.DERIVED, quotes, found, tuple(fact.name for fact in known))


def _value(kind: FactKind, values: list[Value], as_of: date) -> Value | None:
    assert kind.derive is not None  # noqa: S101 the caller looked
    match kind.derive, values:
        case _, [Day() as start]:
            return years_since(start, as_of)
        case how, [Amount() as part, Amount() as whole] if whole.low > 0:
            if how.share_of is not None:
                return Amount(100 * part.low / whole.high, 100 * part.high / whole.low)
            if how.above_share is not None:
                share = how.above_share[2] / 100
                return Amount(_exact(part.low - share * whole.high), _exact(part.high - share * whole.low))
            if how.below_share is not None:
                share = how.below_share[2] / 100
                return Amount(_exact(share * whole.low - part.high), _exact(share * whole.high - part.low))
    return None


def _sum(values: list[Value], wanted: int) -> Amount | None:
    """The known counts together; while one is not known there may be more."""
    amounts = [value for value in values if isinstance(value, Amount)]
    high = sum(amount.high for amount in amounts) if len(amounts) == wanted else NO_LIMIT
    return Amount(sum(amount.low for amount in amounts), high)


def _exact(number: float) -> float:
    return round(number, 9)


def years_since(start: Day, as_of: date) -> Amount | None:
    """Full calendar years and the broken part of the next one; None for a start after the day."""
    if start.first > as_of:
        return None
    return Amount(years_between(min(start.last, as_of), as_of), years_between(start.first, as_of))


def years_between(start: date, end: date) -> float:
    """Calendar years; an anniversary that the month does not have falls on the month's last day."""
    full = end.year - start.year - (end < anniversary(start, end.year - start.year))
    before, after = anniversary(start, full), anniversary(start, full + 1)
    return full + (end - before).days / (after - before).days


def anniversary(start: date, years: int) -> date:
    """The day `years` after `start`."""
    year = start.year + years
    return date(year, start.month, min(start.day, monthrange(year, start.month)[1]))
