"""预审结论: everything a check says about one mechanism at one date."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.eligibility.case import Case
from assistant.eligibility.deriving import derived
from assistant.eligibility.evaluating import Finding
from assistant.eligibility.ruling.asking import OpenQuestion, open_questions
from assistant.eligibility.ruling.flips import Due, Flip, due_dates, flips
from assistant.eligibility.ruling.receipt import Receipt, receipt
from assistant.eligibility.ruling.rulebook import Rulebook
from assistant.eligibility.ruling.verdict import Verdict
from assistant.errors import NotInForce
from knowledge.clauses import Modality, Validity
from knowledge.criteria import Mechanism, Route


@dataclass(frozen=True)
class Ruling:
    """The tree of findings for a mechanism at a date, its verdict, and what is still open.

    `findings` has one tree a route, in the order of `mechanism.routes`; `met` are the routes reached, `leading` the one
    the verdict rests on (while it is open: the one that may still be reached). `case` includes what follows from the
    facts.
    """

    mechanism: Mechanism
    case: Case
    verdict: Verdict
    findings: tuple[Finding, ...]
    met: tuple[Route, ...]
    leading: Route | None
    open_questions: tuple[OpenQuestion, ...]
    flips: tuple[Flip, ...]
    due: tuple[Due, ...]
    receipt: Receipt

    @property
    def outcome(self) -> str | None:
        """The label of the leading route; None when nothing applies."""
        return self.leading.outcome if self.leading is not None else None

    @property
    def modality(self) -> Modality | None:
        return self.leading.modality if self.leading is not None else None

    @property
    def facts_used(self) -> frozenset[str]:
        """Names of the facts this mechanism speaks of."""
        return frozenset(condition.fact for condition in self.mechanism.conditions())


def rule(book: Rulebook, mechanism: Mechanism, case: Case) -> Ruling:
    """Rule on a case as of its day; raises NotInForce when the mechanism was not in force then."""
    if mechanism.in_force.on(case.as_of) is not Validity.IN_FORCE:
        raise NotInForce(mechanism.title, case.as_of, mechanism.in_force.from_, mechanism.in_force.until)
    decision = book.decide(mechanism, case)
    whole = derived(case, book.rules.facts)
    return Ruling(
        mechanism,
        whole,
        decision.verdict,
        decision.findings,
        decision.met,
        decision.leading,
        open_questions(book, mechanism, whole, decision),
        flips(book, mechanism, whole, decision),
        due_dates(book, mechanism, whole),
        receipt(book, mechanism, case, decision),
    )
