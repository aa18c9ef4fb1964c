"""An answer as it comes: the clauses found first, then the sentences, each with its citations."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.answering.answer import Answer, Citation, Status, Understood

if TYPE_CHECKING:
    from assistant.eligibility.checker import CaseCheck


@dataclass(frozen=True, slots=True)
class Meta:
    """How the question was read."""

    understood: Understood


@dataclass(frozen=True, slots=True)
class Clauses:
    """The clauses the answer will rest on, before a word of it."""

    citations: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class Delta:
    """The next piece of the answer's text; all pieces joined are `Answer.text`."""

    text: str


@dataclass(frozen=True, slots=True)
class Cited:
    """A citation that the text has now used for the first time."""

    citation: Citation


@dataclass(frozen=True, slots=True)
class Ruled:
    """The case of the question held against the criteria; only where it states one."""

    check: CaseCheck


@dataclass(frozen=True, slots=True)
class Done:
    """The whole answer, the same that would have been returned at once."""

    status: Status
    answer: Answer


Event = Meta | Clauses | Delta | Cited | Ruled | Done
