"""What the server needs of the assistant and its index, and nothing more; tests hand in small stand-ins."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping, Sequence
from typing import Protocol, cast

from starlette.requests import Request

from assistant.answering.answer import Answer
from assistant.answering.events import Event
from assistant.answering.question import Question
from assistant.eligibility.checker import CaseChecker
from knowledge.clauses import Clause, ClauseRef, Edition
from server.errors import RulesMissing


class Shelf(Hashable, Protocol):
    """The clauses being served. `clause` raises UnknownClause; sequences are in reading order."""

    @property
    def editions(self) -> Mapping[str, Edition]: ...
    @property
    def generation(self) -> str: ...
    @property
    def encoder(self) -> str: ...
    def __len__(self) -> int: ...
    def clause(self, ref: ClauseRef) -> Clause: ...
    def children(self, ref: ClauseRef) -> Sequence[Clause]: ...
    def edition_clauses(self, edition: str) -> Sequence[Clause]: ...


class Answering(Protocol):
    """Answers questions, whole or as they come; both raise CallerError.

    `cases` checks described cases; None while there are no rules to check by.
    """

    @property
    def index(self) -> Shelf: ...
    @property
    def cases(self) -> CaseChecker | None: ...
    def answer(self, question: Question) -> Answer: ...
    def events(self, question: Question) -> Iterator[Event]: ...


def assistant_of(request: Request) -> Answering:
    """The assistant of the application that serves `request`."""
    return cast(Answering, request.app.state.assistant)


def cases_of(request: Request) -> CaseChecker:
    """Its checker of cases; raises RulesMissing."""
    checker = assistant_of(request).cases
    if checker is None:
        raise RulesMissing
    return checker
