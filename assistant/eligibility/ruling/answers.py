"""The answers a fact can have, as far as the criteria tell them apart: what is tried out for questions and flips."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import pairwise

from assistant.eligibility.case import Amount, By, Day, Fact, Value
from assistant.eligibility.evaluating import holds
from assistant.eligibility.evaluating.wording import figure
from knowledge.criteria import Condition
from knowledge.facts import FactKind, FactType


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer: `label` in words, `meets` the condition it was made for."""

    label: str
    value: Value
    meets: bool

    def fact(self, name: str) -> Fact:
        """As a fact a person states."""
        return Fact(name, self.value, By.PERSON, found=True)


def answers(kind: FactKind, conditions: Sequence[Condition]) -> tuple[Answer, ...]:
    """Every answer that some condition tells from the others; those that meet the first condition come first."""
    first = conditions[0]
    made = [Answer(label, value, holds(first, value) is True) for label, value in _values(kind, conditions)]
    return tuple(sorted(made, key=lambda answer: not answer.meets))


def _values(kind: FactKind, conditions: Sequence[Condition]) -> list[tuple[str, Value]]:
    match kind.type:
        case FactType.BOOL:
            return [("是", True), ("否", False)]
        case FactType.CHOICE:
            return [(option.value, option.value) for option in kind.options]
        case FactType.DATE:
            limits = sorted({limit for c in conditions for limit in (c.before, c.after) if limit is not None})
            days = [limits[0] - timedelta(1), *limits, limits[-1] + timedelta(1)]
            return [(day.isoformat(), Day(day, day)) for day in days]
        case _:
            return _ranges(kind, conditions)


def _ranges(kind: FactKind, conditions: Sequence[Condition]) -> list[tuple[str, Value]]:
    """The number line cut at every threshold: `at_least` cuts before its figure, `at_most` after it."""
    cuts: set[tuple[float, int]] = set()
    for condition in conditions:
        if condition.at_least is not None:
            cuts.add((condition.at_least, 0))
        if condition.at_most is not None:
            cuts.add((condition.at_most, 1))
    found: list[tuple[str, Value]] = []
    for low, high in pairwise([None, *sorted(cuts), None]):
        found.append((_range_label(kind, low, high), _inside(low, high)))
    return found


def _inside(low: tuple[float, int] | None, high: tuple[float, int] | None) -> Amount:
    """What lies between two cuts; above the last one, or above one that is itself excluded, a number that does."""
    if low is None:
        assert high is not None  # noqa: S101 there is at least one cut
        return Amount.exactly(high[0]) if high[1] else Amount(min(0, high[0] - 1), high[0], below=True)
    if low[1] == 0:
        return Amount.exactly(low[0]) if high is None else Amount(low[0], high[0], below=high[1] == 0)
    return Amount.exactly(low[0] + 1 if high is None else (low[0] + high[0]) / 2)


def _range_label(kind: FactKind, low: tuple[float, int] | None, high: tuple[float, int] | None) -> str:
    unit = kind.measure
    parts = []
    if low is not None:
        parts.append(
            f"超过{figure(low[0])}{unit}"
            if low[1]
            else f"满{figure(low[0])}{unit}"
            if unit == "年"
            else f"达到{figure(low[0])}{unit}"
        )
    if high is not None:
        parts.append(f"不超过{figure(high[0])}{unit}" if high[1] else f"不到{figure(high[0])}{unit}")
    return "、".join(parts)
