"""Flips: the smallest changes of known facts that would change the verdict, and when time alone will."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from assistant.eligibility.case import Amount, Case, Day, Fact, Value
from assistant.eligibility.deriving import anniversary
from assistant.eligibility.evaluating.wording import value_text
from assistant.eligibility.ruling.answers import Answer, answers
from assistant.eligibility.ruling.rulebook import Rulebook
from assistant.eligibility.ruling.verdict import Decision, Verdict
from knowledge.clauses import ClauseRef
from knowledge.criteria import Condition, Mechanism
from knowledge.facts import FactKind

_TRIED = 10
"""Known facts tried in pairs when no single one changes the verdict."""


@dataclass(frozen=True, slots=True)
class Change:
    """One fact as it is and as it would have to be."""

    kind: FactKind
    now: Value
    then: Answer

    @property
    def text(self) -> str:
        return f"{self.kind.label}由“{value_text(self.now, self.kind)}”变为“{self.then.label}”"


@dataclass(frozen=True, slots=True)
class Flip:
    """Changes that lead to another verdict together, and none of them alone."""

    changes: tuple[Change, ...]
    verdict: Verdict
    outcome: str | None

    @property
    def text(self) -> str:
        what = "、".join(change.text for change in self.changes)
        return f"若{what}，则{self.outcome or self.verdict.label}"


@dataclass(frozen=True, slots=True)
class Due:
    """When time alone changes the ruling: `on` is the day as far as it is known, `passed` whether it lies behind.

    `estimated` when it was counted from a stated length and not from a date.
    """

    kind: FactKind
    years: float
    on: Day
    outcome: str
    clause: ClauseRef
    passed: bool
    estimated: bool

    @property
    def text(self) -> str:
        when = str(self.on) if not self.estimated else f"约{self.on.first:%Y-%m}至{self.on.last:%Y-%m}"
        full = f"{self.kind.label}满{self.years:g}年"
        return f"{when}{'已' if self.passed else '将'}{full}：{self.outcome}"


def flips(book: Rulebook, mechanism: Mechanism, case: Case, decision: Decision) -> tuple[Flip, ...]:
    """Single changes of known facts that change a settled verdict; pairs where no single one does."""
    if not decision.verdict.definite:
        return ()
    changes = list(_changes(book, mechanism, case))
    found = [flip for change in changes if (flip := _tried(book, mechanism, case, decision, (change,))) is not None]
    if not found:
        known = changes[: 2 * _TRIED]
        pairs = (pair for pair in combinations(known, 2) if pair[0].kind.name != pair[1].kind.name)
        found = [flip for pair in pairs if (flip := _tried(book, mechanism, case, decision, pair)) is not None]
    once = {(tuple(change.kind.name for change in flip.changes), flip.outcome): flip for flip in reversed(found)}
    return tuple(reversed(once.values()))


def _changes(book: Rulebook, mechanism: Mechanism, case: Case) -> Iterator[Change]:
    by_fact: dict[str, list[Condition]] = {}
    for condition in mechanism.conditions():
        by_fact.setdefault(condition.fact, []).append(condition)
    for name, conditions in by_fact.items():
        fact = case.facts.get(name)
        if fact is None:
            continue
        kind = book.rules.facts[name]
        other = [answer for answer in answers(kind, conditions) if answer.value != fact.value]
        yield from (Change(kind, fact.value, answer) for answer in sorted(other, key=lambda one: _far(one.value, fact)))


def _far(value: Value, fact: Fact) -> float:
    """How far a number lies from the one that is known: the smallest change comes first."""
    if not isinstance(value, Amount) or not isinstance(fact.value, Amount):
        return 0.0
    return max(value.low - fact.value.high, fact.value.low - value.high, 0.0)


def _tried(
    book: Rulebook, mechanism: Mechanism, case: Case, decision: Decision, changes: tuple[Change, ...]
) -> Flip | None:
    then = book.decide(mechanism, case.learning(*(change.then.fact(change.kind.name) for change in changes)))
    if then.verdict is decision.verdict or not then.verdict.definite:
        return None
    return Flip(changes, then.verdict, then.leading.outcome if then.leading is not None else None)


def due_dates(book: Rulebook, mechanism: Mechanism, case: Case) -> tuple[Due, ...]:
    """When each threshold in years is reached, for those whose other criteria hold then."""
    found = []
    for route in mechanism.routes:
        if route.kind.stops:
            continue
        for condition in mechanism.conditions():
            due = _due(book, mechanism, case, condition)
            if due is not None and due not in found and due.outcome == route.outcome:
                found.append(due)
    return tuple(found)


def _due(book: Rulebook, mechanism: Mechanism, case: Case, condition: Condition) -> Due | None:
    kind = book.rules.facts[condition.fact]
    if condition.at_least is None or kind.measure != "年":
        return None
    fact = case.facts.get(kind.name)
    if fact is None or not isinstance(fact.value, Amount):
        return None
    only_this = Answer("", Amount(condition.at_least, condition.at_least), meets=True)
    then = book.decide(mechanism, case.learning(only_this.fact(kind.name)))
    before = Answer("", Amount(0, condition.at_least, below=True), meets=False)
    without = book.decide(mechanism, case.learning(before.fact(kind.name)))
    if (
        then.verdict not in {Verdict.APPLIES, Verdict.MAY_APPLY}
        or then.leading is None
        or without.verdict is then.verdict
    ):
        return None
    start = case.facts.get(kind.derive.years_since) if kind.derive and kind.derive.years_since else None
    dated = start is not None and isinstance(start.value, Day) and fact.sources
    on = (
        _reached(start.value, condition.at_least)
        if dated and start
        else _counted(fact.value, condition.at_least, case.as_of)
    )
    if on is None:
        return None
    passed = fact.value.at_least(condition.at_least) is True
    return Due(kind, condition.at_least, on, then.leading.outcome, condition.clause, passed, estimated=not dated)


def _reached(start: Value, years: float) -> Day | None:
    if not isinstance(start, Day):
        return None
    return Day(anniversary(start.first, int(years)), anniversary(start.last, int(years)))


def _counted(amount: Amount, years: float, as_of: date) -> Day | None:
    """Counted forward from a stated length; none for one already reached, whose beginning is not known."""
    if amount.at_least(years) is True or amount.high == float("inf"):
        return None
    return Day(_after(as_of, years - amount.high), _after(as_of, years - amount.low))


def _after(day: date, years: float) -> date:
    months = day.year * 12 + day.month - 1 + round(max(years, 0) * 12)
    return date(months // 12, months % 12 + 1, 1)
