"""Our values as they go over the wire: one function a value."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from assistant.answering.answer import Answer, Citation, Statement, Understood
from knowledge.clauses import Clause, Edition, InForce, Source
from server.api.wire import (
    AskResponse,
    CitationShown,
    ClarifyShown,
    ClauseBrief,
    ClauseShown,
    EditionShown,
    InForceShown,
    SourceShown,
    StatementShown,
    UnderstoodShown,
)


def shown_answer(answer: Answer) -> AskResponse:
    """The body of `POST /v1/ask` and of the event `done`."""
    asked = answer.clarify
    return AskResponse(
        status=answer.status.value,
        answer=answer.text,
        note=answer.note,
        statements=tuple(map(shown_statement, answer.statements)),
        citations=shown_citations(answer.citations),
        clarify=ClarifyShown(question=asked.question, options=asked.options) if asked else None,
        understood=shown_understood(answer.understood),
    )


def shown_statement(statement: Statement) -> StatementShown:
    """One sentence with the numbers of its citations."""
    return StatementShown(text=statement.text, citations=statement.citations, place=statement.place)


def shown_understood(understood: Understood) -> UnderstoodShown:
    """How the question was read."""
    return UnderstoodShown(route=understood.route.value, places=understood.places, carried=understood.carried)


def shown_citations(citations: Iterable[Citation]) -> tuple[CitationShown, ...]:
    """Citations in the order of their numbers."""
    return tuple(map(shown_citation, citations))


def shown_citation(citation: Citation) -> CitationShown:
    """A clause as cited, with all that is needed to show and check it without another request."""
    clause, edition = citation.clause, citation.edition
    return CitationShown(
        n=citation.n,
        ref=str(clause.ref),
        edition=edition.id,
        document=edition.title,
        doc_number=edition.doc_number,
        issuer=edition.issuer,
        locator=clause.locator,
        heading=clause.heading,
        text=clause.text,
        quote=citation.quote,
        jurisdiction=edition.jurisdiction,
        level=edition.level.value,
        issued=edition.issued,
        validity=citation.validity.value,
        text_kind=edition.text_kind.value,
        modality=clause.modality,
        verified=clause.verified.value,
        gap=clause.gap,
        source=shown_source(edition.source),
    )


def shown_source(source: Source) -> SourceShown:
    """Where the text was published."""
    return SourceShown(title=source.title, publisher=source.publisher, date=source.date, url=source.url)


def shown_clause(clause: Clause) -> ClauseShown:
    """A clause in full."""
    return ClauseShown(
        ref=str(clause.ref),
        heading=clause.heading,
        locator=clause.locator,
        text=clause.text,
        modality=clause.modality,
        verified=clause.verified.value,
        gap=clause.gap,
        topics=clause.topics,
        refers_to=tuple(map(str, clause.refers_to)),
    )


def brief_clause(clause: Clause) -> ClauseBrief:
    """A clause as a line of an outline."""
    return ClauseBrief(ref=str(clause.ref), heading=clause.heading, locator=clause.locator)


def shown_edition(edition: Edition, clauses: int, today: date) -> EditionShown:
    """An edition, its validity on `today` and the number of its `clauses`."""
    return EditionShown(
        edition=edition.id,
        title=edition.title,
        short_titles=edition.short_titles,
        issuer=edition.issuer,
        doc_number=edition.doc_number,
        level=edition.level.value,
        jurisdiction=edition.jurisdiction,
        issued=edition.issued,
        in_force=shown_in_force(edition.in_force),
        validity=edition.in_force.on(today).value,
        replaced_by=edition.replaced_by,
        implements=edition.implements,
        topics=edition.topics,
        text_kind=edition.text_kind.value,
        verified=edition.verified.value,
        source=shown_source(edition.source),
        clauses=clauses,
    )


def shown_in_force(in_force: InForce) -> InForceShown:
    """First and last day, both included."""
    return InForceShown(from_=in_force.from_, until=in_force.until)
