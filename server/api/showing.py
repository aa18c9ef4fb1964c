"""Our values as they go over the wire: one function a value. Answers and rulings have modules of their own."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from assistant.answering.answer import Citation
from knowledge.clauses import Clause, Edition, InForce, Source
from server.api.wire import (
    CitationShown,
    ClauseBrief,
    ClauseShown,
    EditionShown,
    InForceShown,
    SourceShown,
)


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
