"""Open questions: only facts that can still change the ruling, the most decisive first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.eligibility.case import Case, Doubt
from assistant.eligibility.evaluating import Standing
from assistant.eligibility.evaluating.wording import criterion_text
from assistant.eligibility.ruling.answers import Answer, answers
from assistant.eligibility.ruling.rulebook import Rulebook
from assistant.eligibility.ruling.verdict import Decision, Verdict
from knowledge.clauses import ClauseRef
from knowledge.criteria import Condition, Mechanism
from knowledge.facts import FactKind


@dataclass(frozen=True, slots=True)
class Followed:
    """What follows from one answer: the verdict then, its outcome, and what would still be open, in words."""

    answer: Answer
    verdict: Verdict
    outcome: str | None
    text: str


@dataclass(frozen=True, slots=True)
class OpenQuestion:
    """One thing to ask, why, and what follows from each answer; `doubt` is what the description says of it so far."""

    kind: FactKind
    clause: ClauseRef
    why: str
    answers: tuple[Followed, ...]
    doubt: Doubt | None = None

    @property
    def if_yes(self) -> str:
        """What follows when its criterion is met."""
        return self.answers[0].text

    @property
    def if_no(self) -> str:
        """What follows when it is not."""
        return self.answers[-1].text


def open_questions(book: Rulebook, mechanism: Mechanism, case: Case, decision: Decision) -> tuple[OpenQuestion, ...]:
    """The questions worth asking.

    Those of which an answer changes the verdict come first; among them those people can answer before those for a
    competent body, and the one whose answers settle most. What a source does not list is asked about last.
    """
    names = decision.open_facts(mechanism)
    asked = [_question(book, mechanism, case, name) for name in names]
    order = {name: at for at, name in enumerate(names)}
    return tuple(sorted(asked, key=lambda one: (*_rank(one, decision), order[one.kind.name])))


def _question(book: Rulebook, mechanism: Mechanism, case: Case, name: str) -> OpenQuestion:
    kind = book.rules.facts[name]
    conditions = [condition for condition in mechanism.conditions() if condition.fact == name]
    followed = tuple(_followed(book, mechanism, case, name, answer) for answer in answers(kind, conditions))
    why = criterion_text(conditions[0], book.rules.facts)
    return OpenQuestion(kind, conditions[0].clause, why, followed, case.doubts.get(name))


def _followed(book: Rulebook, mechanism: Mechanism, case: Case, name: str, answer: Answer) -> Followed:
    then = book.decide(mechanism, case.learning(answer.fact(name)))
    left = [book.rules.facts[fact] for fact in then.open_facts(mechanism)]
    outcome = then.leading.outcome if then.leading is not None else None
    return Followed(answer, then.verdict, outcome, _text(then, left))


def _text(then: Decision, left: Sequence[FactKind]) -> str:
    outcome = then.leading.outcome if then.leading is not None else ""
    match then.verdict:
        case Verdict.DOES_NOT_APPLY:
            return "不适用这项规定"
        case Verdict.INSUFFICIENT:
            still = [kind.label for kind in left if not kind.residual] or [kind.label for kind in left]
            return f"还不能下结论，仍需弄清：{'、'.join(still[:3])}{'等' if len(still) > 3 else ''}"
        case Verdict.NEEDS_DETERMINATION:
            return f"其余条件具备，是否“{outcome}”由有权机关认定"
        case Verdict.BARRED:
            return f"属于不得适用的情形：{outcome}"
        case Verdict.DEFERRED:
            return f"暂缓：{outcome}"
        case _:
            return f"结论为“{outcome}”"


def _rank(question: OpenQuestion, now: Decision) -> tuple[bool, bool, bool, int, int]:
    same = all(one.verdict is now.verdict for one in question.answers)
    settles = sum(one.verdict.definite for one in question.answers)
    determines = sum(one.verdict is Verdict.NEEDS_DETERMINATION for one in question.answers)
    return question.kind.residual, same, question.kind.discretion, -settles, -determines


def condition_standings(decision: Decision) -> list[tuple[Condition, Standing]]:
    """Every condition with its standing, in order."""
    return [
        (one.criterion, one.standing)
        for finding in decision.findings
        for one in finding.walk()
        if isinstance(one.criterion, Condition)
    ]
