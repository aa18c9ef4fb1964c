"""What a caller asks to have checked, validated before anything is read."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from assistant.answering.question import cleaned, day_asked, is_chinese
from assistant.eligibility.case import NO_LIMIT, Amount, Day, Value
from assistant.errors import EmptyQuestion, FactAhead, NotChinese, QuestionTooLong, UnknownFact, WrongFactValue
from knowledge.facts import FactKind, FactType

_YEARS = range(1949, 2101)
_MOST = 1e9


@dataclass(frozen=True, slots=True)
class CaseAsked:
    """A description with what a person adds: the day, the place, the mechanism, and facts confirmed or corrected.

    A fact set to None is one the person does not know (不清楚): what was read of it does not count.
    """

    text: str
    as_of: date
    jurisdiction: str | None = None
    mechanism: str | None = None
    facts: Mapping[str, Value | None] = field(default_factory=dict)


def ask_case(
    text: str,
    kinds: Mapping[str, FactKind],
    *,
    as_of: str | None = None,
    jurisdiction: str | None = None,
    mechanism: str | None = None,
    facts: Mapping[str, Any] | None = None,
    limit: int = 20_000,
    today: date | None = None,
) -> CaseAsked:
    """Raises EmptyQuestion, NotChinese, QuestionTooLong, ImpossibleDate, UnknownFact, WrongFactValue, FactAhead.

    The text stays exactly as it was sent: offsets of quotes refer to it.
    """
    if len(text) > limit:
        raise QuestionTooLong(len(text), limit)
    given = {name: _given(name, value, kinds) for name, value in (facts or {}).items()}
    words = cleaned(text)
    if not given and not any(c.isalnum() for c in words):
        raise EmptyQuestion
    if words and not is_chinese(words):
        raise NotChinese
    day = day_asked(as_of) or today or date.today()
    for name, value in given.items():
        if isinstance(value, Day) and value.first > day:
            raise FactAhead(f"{kinds[name].label}：{value}", day)
    return CaseAsked(text, day, jurisdiction or None, mechanism or None, given)


def _given(name: str, value: Any, kinds: Mapping[str, FactKind]) -> Value | None:
    kind = kinds.get(name)
    if kind is None:
        raise UnknownFact(name)
    return None if value is None else fact_value(kind, value)


def fact_value(kind: FactKind, value: Any) -> Value:
    """A value as JSON gives it, as one of ours; raises WrongFactValue."""
    match kind.type, value:
        case FactType.BOOL, bool():
            return value
        case FactType.CHOICE, str() if value in [option.value for option in kind.options]:
            return value
        case FactType.DATE, str():
            return _date_value(kind, value)
        case _, bool():
            pass
        case _, int() | float() if kind.type.is_number and _least(kind) <= value < _MOST:
            return Amount.exactly(float(value))
        case _, {"low": low, "high": high, "below": bool(below), **more} if kind.type.is_number and not more:
            return _amount_value(kind, low, high, below=below)
    raise WrongFactValue(kind.label, _wanted(kind))


def _least(kind: FactKind) -> float:
    """How many more or fewer than a share there are may be less than none."""
    signed = kind.derive is not None and (kind.derive.above_share or kind.derive.below_share)
    return -_MOST if signed else 0


def _amount_value(kind: FactKind, low: Any, high: Any, *, below: bool) -> Amount:
    """Bounds as a ruling shows them; `high` None is no upper limit."""
    numbers = [low] if high is None else [low, high]
    plain = all(isinstance(one, int | float) and not isinstance(one, bool) and abs(one) < _MOST for one in numbers)
    if not plain or low > (NO_LIMIT if high is None else high):
        raise WrongFactValue(kind.label, _wanted(kind))
    return Amount(float(low), NO_LIMIT if high is None else float(high), below)


def _date_value(kind: FactKind, text: str) -> Day:
    """A day as far as it is known, also as `2015-03/2016-02` from one month to another."""
    ends = [one.strip() for one in text.split("/")]
    if len(ends) > 2 or not all(re.fullmatch(r"[0-9]{4}(-[0-9]{1,2}){0,2}", one) for one in ends):
        raise WrongFactValue(kind.label, _wanted(kind))
    try:
        first, last = Day.parse(ends[0]), Day.parse(ends[-1])
    except ValueError:
        raise WrongFactValue(kind.label, _wanted(kind)) from None
    if first.first.year not in _YEARS or last.last.year not in _YEARS or last.last < first.first:
        raise WrongFactValue(kind.label, _wanted(kind))
    return Day(first.first, last.last)


def _wanted(kind: FactKind) -> str:
    match kind.type:
        case FactType.BOOL:
            return "true 或 false，不清楚写 null"
        case FactType.CHOICE:
            return f"下列之一：{'、'.join(option.value for option in kind.options)}"
        case FactType.DATE:
            return "日期，如 2015-03 或 2015-03-10"
        case _:
            return f"不小于0的数字（{kind.measure}）"
