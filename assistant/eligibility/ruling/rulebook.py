"""What rulings are made with: the rules, the clauses behind them, and the engine's own version."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from assistant.eligibility.case import Case
from assistant.eligibility.deriving import derived
from assistant.eligibility.evaluating import Clauses, unverified_among
from assistant.eligibility.ruling.verdict import Decision, decide
from knowledge.clauses import ClauseRef
from knowledge.criteria import Mechanism
from knowledge.rules import Rules

ENGINE = "1"
"""Raised whenever the same facts and rules could come to another ruling."""


@dataclass(frozen=True)
class Rulebook:
    """Rules and clauses together; `clauses` raises UnknownClause."""

    rules: Rules
    clauses: Clauses

    @property
    def unverified(self) -> Callable[[ClauseRef], bool]:
        return unverified_among(self.clauses)

    def decide(self, mechanism: Mechanism, case: Case) -> Decision:
        """The verdict on a case, with everything that follows from its facts."""
        return decide(mechanism, derived(case, self.rules.facts), self.rules.facts, self.unverified)
