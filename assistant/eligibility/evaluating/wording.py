"""A criterion and a value in words: made from labels and figures, so that they cannot drift from the logic."""

from __future__ import annotations

from collections.abc import Mapping

from assistant.eligibility.case import Amount, Day, Value
from knowledge.criteria import All, AnyOf, AtLeast, Condition, Criterion, Not
from knowledge.facts import FactKind, FactType

Kinds = Mapping[str, FactKind]


def criterion_text(criterion: Criterion, kinds: Kinds) -> str:
    """What a criterion asks for, as a line of the condition table."""
    match criterion:
        case Condition():
            return criterion.says or _condition_text(criterion, kinds[criterion.fact])
        case All(all=group):
            return group.says or "以下各项都要符合"
        case AnyOf(any=group):
            return group.says or "符合以下任一项"
        case AtLeast(at_least_n=group):
            return group.says or f"以下各项至少符合{group.n}项"
        case Not(not_=inner):
            return inner.says or f"不属于：{criterion_text(inner.of, kinds)}"


def _condition_text(condition: Condition, kind: FactKind) -> str:
    match condition.operator:
        case "is" if isinstance(condition.is_, bool):
            return kind.label if condition.is_ else f"没有：{kind.label}"
        case "is":
            return f"{kind.label}：{condition.is_}"
        case "one_of":
            return f"{kind.label}：{'、'.join(condition.one_of or ())}"
        case "at_least":
            return f"{kind.label}达到{figure(condition.at_least)}{kind.measure}"
        case "at_most":
            return f"{kind.label}不超过{figure(condition.at_most)}{kind.measure}"
        case "before":
            return f"{kind.label}早于{condition.before}"
        case _:
            return f"{kind.label}晚于{condition.after}"


def value_text(value: Value | None, kind: FactKind) -> str:
    """A value as people read it; 不清楚 for none."""
    match value:
        case None:
            return "不清楚"
        case bool():
            return "是" if value else "否"
        case Amount():
            return amount_text(value, kind)
        case Day():
            return str(value)
        case _:
            return value


def amount_text(amount: Amount, kind: FactKind) -> str:
    """`9年8个月`, `满11年、不到12年`, `9年至10年`, `11年以上`."""
    say = _years if kind.type is FactType.YEARS else lambda value: f"{figure(value)}{kind.measure}"
    low, high = say(amount.low), say(amount.high) if amount.high != float("inf") else ""
    if not high:
        return f"{low}以上"
    if amount.low <= 0 < amount.high:
        return f"不到{high}" if amount.below else f"不超过{high}"
    if low == high or (kind.type is FactType.YEARS and amount.high - amount.low <= _MONTH):
        return low
    if amount.below and amount.high - amount.low <= 1:
        return f"满{low}、不到{high}"
    return f"{low}至{high}"


_MONTH = 1 / 12 + 1e-6


def _years(value: float) -> str:
    """Years and full months."""
    years, months = divmod(int(value * 12 + 1e-6), 12)
    return f"{years}年{months}个月" if years and months else f"{years}年" if years or not months else f"{months}个月"


def figure(value: float | None) -> str:
    """`10`, `2.5`."""
    return "" if value is None else f"{round(value, 2):g}"
