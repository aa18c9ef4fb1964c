"""Mechanisms as they go over the wire."""

from __future__ import annotations

from datetime import date

from assistant.eligibility.evaluating.wording import Kinds, criterion_text
from assistant.eligibility.ruling import Verdict
from knowledge.criteria import All, AnyOf, AtLeast, Condition, Criterion, Mechanism, Not, Route, clause_of
from knowledge.facts import FactKind
from knowledge.rules import Example, Rules
from server.api.cases.ruled import cited_by, shown_body, shown_said
from server.api.mechanisms.wire import (
    CriterionShown,
    ExampleShown,
    FactKindShown,
    MechanismBrief,
    MechanismResponse,
    OutcomeShown,
    RouteShown,
)
from server.api.seam import Shelf
from server.api.showing import shown_in_force


def brief_mechanism(mechanism: Mechanism, today: date) -> MechanismBrief:
    """A mechanism as a line of a list, with its validity on `today`."""
    return MechanismBrief(
        id=mechanism.id,
        title=mechanism.title,
        topic=mechanism.topic,
        jurisdiction=mechanism.jurisdiction,
        in_force=shown_in_force(mechanism.in_force),
        validity=mechanism.in_force.on(today).value,
        outcomes=tuple(
            OutcomeShown(outcome=route.outcome, kind=route.kind.value, modality=route.modality)
            for route in mechanism.routes
        ),
        clause=str(mechanism.clause),
    )


def shown_mechanism(mechanism: Mechanism, rules: Rules, shelf: Shelf, today: date) -> MechanismResponse:
    """A mechanism in full."""
    return MechanismResponse(
        **dict(brief_mechanism(mechanism, today)),
        routes=tuple(_route(route, rules.facts) for route in mechanism.routes),
        facts=tuple(_fact(kind) for kind in kinds_of(mechanism, rules)),
        procedure=shown_said(mechanism.procedure),
        competent_body=shown_body(mechanism),
        left_open=shown_said(mechanism.left_open),
        examples=tuple(map(_example, rules.examples.get(mechanism.id, ()))),
        citations=cited_by(mechanism, shelf, today),
    )


def kinds_of(mechanism: Mechanism, rules: Rules) -> tuple[FactKind, ...]:
    """The facts it speaks of, each after those it can be derived from."""
    names: dict[str, None] = {}
    for condition in mechanism.conditions():
        derive = rules.facts[condition.fact].derive
        names.update(dict.fromkeys((*(derive.sources if derive else ()), condition.fact)))
    return tuple(rules.facts[name] for name in names)


def _route(route: Route, kinds: Kinds) -> RouteShown:
    return RouteShown(
        outcome=route.outcome,
        kind=route.kind.value,
        modality=route.modality,
        clause=str(route.clause),
        when=_criterion(route.when, kinds),
        consequences=shown_said(route.consequences),
        next_steps=shown_said(route.next_steps),
    )


def _criterion(criterion: Criterion, kinds: Kinds) -> CriterionShown:
    return CriterionShown(
        text=criterion_text(criterion, kinds),
        clause=str(clause_of(criterion)),
        fact=criterion.fact if isinstance(criterion, Condition) else None,
        of=tuple(_criterion(one, kinds) for one in _parts(criterion)),
    )


def _parts(criterion: Criterion) -> tuple[Criterion, ...]:
    match criterion:
        case All(all=group) | AnyOf(any=group) | AtLeast(at_least_n=group):
            return group.of
        case Not(not_=inner):
            return (inner.of,)
        case Condition():
            return ()


def _fact(kind: FactKind) -> FactKindShown:
    return FactKindShown(
        name=kind.name,
        label=kind.label,
        question=kind.question,
        type=kind.type.value,
        unit=kind.measure,
        options=tuple(option.value for option in kind.options),
        settled_by=kind.settled_by.value,
        settled_by_label=kind.settled_by.label,
        materials=kind.materials,
        residual=kind.residual,
        derived_from=kind.derive.sources if kind.derive else (),
    )


def _example(example: Example) -> ExampleShown:
    return ExampleShown(
        name=example.name,
        as_of=example.as_of,
        text=example.text,
        facts=example.facts,
        verdict=example.verdict,
        verdict_label=Verdict(example.verdict).label,
        outcome=example.outcome,
    )
