"""The evaluator: criteria over a case → a tree of findings, which is its own explanation."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from assistant.eligibility.case import Amount, Case, Day, Value
from assistant.eligibility.evaluating.standing import Standing, at_least, every, some, standing_of
from knowledge.clauses import Clause, ClauseRef, Verified
from knowledge.criteria import All, AnyOf, AtLeast, Condition, Criterion, Not, clause_of

Clauses = Callable[[ClauseRef], Clause]
Leaf = Callable[[Condition], Standing]


@dataclass(frozen=True, slots=True)
class Finding:
    """One criterion with its standing, its clause and the facts it was judged by.

    `pending` (待核): its clause is unverified, so that it carries no verdict whatever the facts are.
    """

    criterion: Criterion
    standing: Standing
    clause: ClauseRef
    facts: tuple[str, ...] = ()
    of: tuple[Finding, ...] = ()
    pending: bool = False

    def walk(self) -> Iterator[Finding]:
        """Itself and every finding under it, in order."""
        yield self
        for finding in self.of:
            yield from finding.walk()


def find(criterion: Criterion, leaf: Leaf, unverified: Callable[[ClauseRef], bool]) -> Finding:
    """Judge a criterion by `leaf`; every node is visited, whatever the ones before it came to."""
    clause = clause_of(criterion)
    if unverified(clause):
        below = tuple(find(one, leaf, unverified) for one in _parts(criterion))
        return Finding(criterion, Standing.UNKNOWN, clause, _facts(criterion), below, pending=True)
    match criterion:
        case Condition():
            return Finding(criterion, leaf(criterion), clause, (criterion.fact,))
        case Not(not_=inner):
            opposite = find(inner.of, leaf, unverified)
            return Finding(criterion, ~opposite.standing, clause, (), (opposite,))
        case All(all=group):
            below = tuple(find(one, leaf, unverified) for one in group.of)
            return Finding(criterion, every(one.standing for one in below), clause, (), below)
        case AnyOf(any=group):
            below = tuple(find(one, leaf, unverified) for one in group.of)
            return Finding(criterion, some(one.standing for one in below), clause, (), below)
        case AtLeast(at_least_n=group):
            below = tuple(find(one, leaf, unverified) for one in group.of)
            return Finding(criterion, at_least(group.n, (one.standing for one in below)), clause, (), below)


def judged(case: Case) -> Leaf:
    """Conditions judged by what is settled of a case."""
    return lambda condition: standing_of(holds(condition, case.value(condition.fact)))


def holds(condition: Condition, value: Value | None) -> bool | None:
    """Whether a condition holds for a value; None where that is not certain."""
    match value:
        case None:
            return None
        case Amount():
            if condition.at_least is not None:
                return value.at_least(condition.at_least)
            return None if condition.at_most is None else value.at_most(condition.at_most)
        case Day():
            return _dated(condition, value)
        case _:
            if condition.one_of is not None:
                return value in condition.one_of
            return None if condition.is_ is None else value == condition.is_


def _dated(condition: Condition, day: Day) -> bool | None:
    if condition.before is not None:
        return True if day.last < condition.before else False if day.first >= condition.before else None
    if condition.after is not None:
        return True if day.first > condition.after else False if day.last <= condition.after else None
    return None


def unverified_among(clauses: Clauses) -> Callable[[ClauseRef], bool]:
    """Which clauses are 待核."""
    return lambda ref: clauses(ref).verified is Verified.UNVERIFIED


def _parts(criterion: Criterion) -> tuple[Criterion, ...]:
    match criterion:
        case All(all=group) | AnyOf(any=group) | AtLeast(at_least_n=group):
            return group.of
        case Not(not_=inner):
            return (inner.of,)
        case _:
            return ()


def _facts(criterion: Criterion) -> tuple[str, ...]:
    return (criterion.fact,) if isinstance(criterion, Condition) else ()


def open_facts(finding: Finding) -> Iterator[str]:
    """Facts that can still change a finding: below a settled node nothing is open any more."""
    if finding.standing is not Standing.UNKNOWN or finding.pending:
        return
    yield from finding.facts
    for below in finding.of:
        yield from open_facts(below)
