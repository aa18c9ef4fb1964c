"""From findings to a verdict: bars first, then deferrals, then the outcomes; what is open stays open."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from assistant.eligibility.case import Case
from assistant.eligibility.evaluating import Finding, Standing, find, judged, open_facts
from knowledge.clauses import ClauseRef
from knowledge.criteria import All, AnyOf, AtLeast, Condition, Criterion, Kind, Mechanism, Not, Route
from knowledge.facts import FactKind


class Verdict(StrEnum):
    """What a ruling comes to."""

    APPLIES = "applies"
    MAY_APPLY = "may_apply"
    DOES_NOT_APPLY = "does_not_apply"
    BARRED = "barred"
    DEFERRED = "deferred"
    INSUFFICIENT = "insufficient"
    NEEDS_DETERMINATION = "needs_determination"

    @property
    def definite(self) -> bool:
        """Whether nothing that is still open can change it."""
        return self not in {Verdict.INSUFFICIENT, Verdict.NEEDS_DETERMINATION}

    @property
    def label(self) -> str:
        return _LABELS[self]


_LABELS = {
    Verdict.APPLIES: "适用",
    Verdict.MAY_APPLY: "可以适用",
    Verdict.DOES_NOT_APPLY: "不适用",
    Verdict.BARRED: "不得适用",
    Verdict.DEFERRED: "暂缓",
    Verdict.INSUFFICIENT: "事实不足",
    Verdict.NEEDS_DETERMINATION: "需组织认定",
}
_OF_KIND = {
    Kind.BARRED: Verdict.BARRED,
    Kind.DEFERRED: Verdict.DEFERRED,
    Kind.APPLIES: Verdict.APPLIES,
    Kind.CONSEQUENCE: Verdict.APPLIES,
    Kind.MAY_APPLY: Verdict.MAY_APPLY,
}


@dataclass(frozen=True, slots=True)
class Decision:
    """A verdict, the finding of every route in order, and the routes that are met.

    `leading` is the route the verdict rests on; while the verdict is open, the first that may still be reached.
    """

    verdict: Verdict
    findings: tuple[Finding, ...]
    met: tuple[Route, ...]
    leading: Route | None

    def open_facts(self, mechanism: Mechanism) -> tuple[str, ...]:
        """Facts that can still change the ruling, in the order of the criteria."""
        if self.verdict in {Verdict.BARRED, Verdict.DEFERRED, Verdict.DOES_NOT_APPLY}:
            return ()
        pairs = zip(mechanism.routes, self.findings, strict=True)
        return tuple(dict.fromkeys(name for _, finding in pairs for name in open_facts(finding)))


def decide(
    mechanism: Mechanism, case: Case, kinds: Mapping[str, FactKind], unverified: Callable[[ClauseRef], bool]
) -> Decision:
    """Judge every route and draw the verdict.

    Outcomes do not exclude each other: all that are met are named, the first of them leads. Where all outcomes are
    unmet nothing applies, whatever the bars are.
    """
    leaf = judged(case)
    findings = tuple(find(route.when, leaf, unverified) for route in mechanism.routes)
    pairs = list(zip(mechanism.routes, findings, strict=True))
    stops = [(route, finding) for route, finding in pairs if route.kind.stops]
    outcomes = [(route, finding) for route, finding in pairs if not route.kind.stops]
    met = tuple(route for route, finding in pairs if finding.standing is Standing.MET)
    stopped = next((route for route in met if route.kind.stops), None)
    if stopped is not None:
        return Decision(_OF_KIND[stopped.kind], findings, met, stopped)
    if outcomes and all(finding.standing is Standing.UNMET for _, finding in outcomes):
        return Decision(Verdict.DOES_NOT_APPLY, findings, met, None)
    unstopped = all(finding.standing is Standing.UNMET for _, finding in stops)
    if met and unstopped:
        return Decision(_OF_KIND[met[0].kind], findings, met, met[0])
    verdict, leading = _still_open(stops, outcomes, case, kinds)
    return Decision(verdict, findings, met, leading)


def _still_open(
    stops: list[tuple[Route, Finding]],
    outcomes: list[tuple[Route, Finding]],
    case: Case,
    kinds: Mapping[str, FactKind],
) -> tuple[Verdict, Route | None]:
    """Whether all that is open is for a competent body to settle, or facts are missing that people can state."""
    may_pass = [(route, _Possible.of(finding, case, kinds)) for route, finding in outcomes]
    reachable = next((route for route, possible in may_pass if possible.met), None)
    unstopped = all(_Possible.of(finding, case, kinds).unmet for _, finding in stops)
    if reachable is not None and unstopped:
        return Verdict.NEEDS_DETERMINATION, reachable
    first = next((route for route, finding in outcomes if finding.standing is not Standing.UNMET), None)
    return Verdict.INSUFFICIENT, reachable or first


@dataclass(frozen=True, slots=True)
class _Possible:
    """Whether a criterion could come to be met, or unmet, by nothing but what a competent body settles.

    Of several situations any of which is enough, only those count that the description raises: that a body might find
    one of which nothing was said is no determination to wait for.
    """

    met: bool
    unmet: bool

    @classmethod
    def of(cls, finding: Finding, case: Case, kinds: Mapping[str, FactKind], raised_only: bool = False) -> _Possible:
        if finding.standing is not Standing.UNKNOWN:
            return cls(finding.standing is Standing.MET, finding.standing is Standing.UNMET)
        if finding.pending:
            return cls(False, False)
        criterion: Criterion = finding.criterion
        match criterion:
            case Condition(fact=fact):
                kind = kinds[fact]
                doubt = case.doubts.get(fact)
                raised = not (raised_only or kind.residual) if doubt is None else doubt.value is not False
                return cls(kind.discretion and raised, kind.discretion)
            case Not():
                inner = cls.of(finding.of[0], case, kinds, raised_only)
                return cls(inner.unmet, inner.met)
            case All():
                only = raised_only and not _stated(finding, kinds)
                below = [cls.of(one, case, kinds, only) for one in finding.of]
                return cls(all(one.met for one in below), any(one.unmet for one in below))
            case AnyOf():
                below = [cls.of(one, case, kinds, True) for one in finding.of]
                return cls(any(one.met for one in below), all(one.unmet for one in below))
            case AtLeast(at_least_n=group):
                below = [cls.of(one, case, kinds, True) for one in finding.of]
                enough = sum(one.met for one in below) >= group.n
                return cls(enough, sum(one.unmet for one in below) > len(below) - group.n)


def _stated(finding: Finding, kinds: Mapping[str, FactKind]) -> bool:
    """Whether one of its parts is met by what people can state."""
    return any(
        part.standing is Standing.MET
        and any(not kinds[name].discretion for below in part.walk() for name in below.facts)
        for part in finding.of
    )
