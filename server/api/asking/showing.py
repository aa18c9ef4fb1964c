"""An answer as it goes over the wire."""

from __future__ import annotations

from assistant.answering.answer import Answer, Statement, Understood
from server.api.asking.wire import AskResponse, ClarifyShown, StatementShown, UnderstoodShown
from server.api.cases.showing import shown_case
from server.api.seam import Shelf
from server.api.showing import shown_citations


def shown_answer(answer: Answer, shelf: Shelf) -> AskResponse:
    """The body of `POST /v1/ask` and of the event `done`; the clauses a ruling cites are those of `shelf`."""
    asked = answer.clarify
    return AskResponse(
        status=answer.status.value,
        answer=answer.text,
        note=answer.note,
        statements=tuple(map(shown_statement, answer.statements)),
        citations=shown_citations(answer.citations),
        ruling=shown_case(answer.ruling, shelf) if answer.ruling else None,
        clarify=ClarifyShown(question=asked.question, options=asked.options) if asked else None,
        understood=shown_understood(answer.understood),
    )


def shown_statement(statement: Statement) -> StatementShown:
    """One sentence with the numbers of its citations."""
    return StatementShown(text=statement.text, citations=statement.citations, place=statement.place)


def shown_understood(understood: Understood) -> UnderstoodShown:
    """How the question was read."""
    return UnderstoodShown(route=understood.route.value, places=understood.places, carried=understood.carried)
