"""One ruling as it goes over the wire."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from assistant.answering.answer import Citation
from assistant.eligibility.evaluating import Finding
from assistant.eligibility.evaluating.wording import criterion_text, value_text
from assistant.eligibility.ruling import Due, Flip, OpenQuestion, Ruling
from knowledge.clauses import ClauseRef
from knowledge.criteria import Mechanism, Route, Said
from knowledge.facts import FactKind
from server.api.cases.values import shown_value
from server.api.cases.wire import (
    ChangeShown,
    ConclusionShown,
    DueShown,
    FindingShown,
    FlipShown,
    FollowedShown,
    OpenQuestionShown,
    ReceiptShown,
    RulingShown,
    SaidShown,
)
from server.api.seam import Shelf
from server.api.showing import shown_citations
from server.api.wire import CitationShown

Kinds = Mapping[str, FactKind]


def shown_conclusion(ruling: Ruling) -> ConclusionShown:
    """A ruling in short."""
    return ConclusionShown(
        mechanism=ruling.mechanism.id,
        title=ruling.mechanism.title,
        jurisdiction=ruling.mechanism.jurisdiction,
        verdict=ruling.verdict.value,
        verdict_label=ruling.verdict.label,
        outcome=ruling.outcome,
        modality=ruling.modality,
    )


def shown_ruling(ruling: Ruling, kinds: Kinds, shelf: Shelf) -> RulingShown:
    """A ruling in full, with every clause its mechanism cites."""
    mechanism, leading = ruling.mechanism, ruling.leading
    pairs = zip(mechanism.routes, ruling.findings, strict=True)
    return RulingShown(
        **dict(shown_conclusion(ruling)),
        findings=tuple(_route(route, finding, kinds) for route, finding in pairs),
        open_questions=tuple(map(shown_question, ruling.open_questions)),
        flips=tuple(map(_flip, ruling.flips)),
        due=tuple(map(shown_due, ruling.due)) or None,
        consequences=shown_said(leading.consequences if leading else ()),
        next_steps=shown_said(leading.next_steps if leading else ()),
        competent_body=shown_body(mechanism),
        left_open=shown_said(mechanism.left_open),
        receipt=ReceiptShown.model_validate(ruling.receipt.model_dump()),
        citations=cited_by(mechanism, shelf, ruling.case.as_of),
    )


def _route(route: Route, finding: Finding, kinds: Kinds) -> FindingShown:
    top = {"outcome": route.outcome, "kind": route.kind.value, "modality": route.modality}
    return _finding(finding, kinds).model_copy(update=top)


def _finding(finding: Finding, kinds: Kinds) -> FindingShown:
    return FindingShown(
        criterion=criterion_text(finding.criterion, kinds),
        standing=finding.standing.value,
        clause=str(finding.clause),
        facts=finding.facts,
        of=tuple(_finding(one, kinds) for one in finding.of),
        pending=finding.pending,
    )


def shown_question(asked: OpenQuestion) -> OpenQuestionShown:
    """An open question with what follows from each answer."""
    kind = asked.kind
    return OpenQuestionShown(
        fact=kind.name,
        label=kind.label,
        question=kind.question,
        clause=str(asked.clause),
        why=asked.why,
        settled_by=kind.settled_by.value,
        settled_by_label=kind.settled_by.label,
        so_far=asked.doubt and asked.doubt.reason,
        if_yes=asked.if_yes,
        if_no=asked.if_no,
        answers=tuple(
            FollowedShown(
                label=one.answer.label,
                value=shown_value(one.answer.value),
                verdict=one.verdict.value,
                outcome=one.outcome,
                text=one.text,
            )
            for one in asked.answers
        ),
        materials=kind.materials,
    )


def _flip(flip: Flip) -> FlipShown:
    changes = tuple(
        ChangeShown(
            fact=change.kind.name,
            label=change.kind.label,
            now=value_text(change.now, change.kind),
            then=change.then.label,
        )
        for change in flip.changes
    )
    return FlipShown(text=flip.text, changes=changes, verdict=flip.verdict.value, outcome=flip.outcome)


def shown_due(due: Due) -> DueShown:
    """When time alone changes the ruling."""
    return DueShown(
        text=due.text,
        on=str(due.on),
        outcome=due.outcome,
        clause=str(due.clause),
        passed=due.passed,
        estimated=due.estimated,
    )


def shown_said(said: Iterable[Said]) -> tuple[SaidShown, ...]:
    """Sentences with the clauses behind them."""
    return tuple(SaidShown(text=one.text, clause=str(one.clause)) for one in said)


def shown_body(mechanism: Mechanism) -> SaidShown:
    """Who decides."""
    return SaidShown(text=mechanism.competent_body.name, clause=str(mechanism.competent_body.clause))


def cited_by(mechanism: Mechanism, shelf: Shelf, day: date) -> tuple[CitationShown, ...]:
    """Every clause a mechanism cites, once, in the order of the document, with its validity on `day`."""
    return cited({ref for _, ref in mechanism.refs()}, shelf, day)


def cited(refs: Iterable[ClauseRef], shelf: Shelf, day: date) -> tuple[CitationShown, ...]:
    """Clauses as citations, in the order of their documents, with their validity on `day`."""
    ordered = sorted(refs, key=lambda ref: (ref.edition, ref.order))
    return shown_citations(_citation(n, ref, shelf, day) for n, ref in enumerate(ordered, 1))


def _citation(n: int, ref: ClauseRef, shelf: Shelf, day: date) -> Citation:
    clause, edition = shelf.clause(ref), shelf.editions[ref.edition]
    return Citation(n, clause, edition, clause.text, edition.in_force.on(day))
