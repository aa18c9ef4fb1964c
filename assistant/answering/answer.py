"""An answer: statements, the clauses each rests on, and how far the answer goes."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from knowledge.clauses import Clause, Edition, Validity

if TYPE_CHECKING:
    from assistant.eligibility.checker import CaseCheck


class Status(StrEnum):
    """How far an answer goes."""

    ANSWERED = "answered"
    PARTIAL = "partial"
    CLARIFY = "clarify"
    NO_BASIS = "no_basis"
    OUT_OF_SCOPE = "out_of_scope"
    GREETING = "greeting"
    REFUSED = "refused"
    UNAVAILABLE = "unavailable"


class Route(StrEnum):
    """What kind of question it was taken for; shown to the reader."""

    LOOK_UP = "条文查询"
    POLICY = "政策问答"
    CASE = "个案核查"
    SMALL_TALK = "寒暄"
    OUTSIDE = "范围外"


@dataclass(frozen=True, slots=True)
class Citation:
    """A clause as cited: `quote` are words of `clause.text` the statement rests on, verbatim."""

    n: int
    clause: Clause
    edition: Edition
    quote: str
    validity: Validity


@dataclass(frozen=True, slots=True)
class Statement:
    """One sentence of an answer and the numbers of the citations behind it; `place` groups statements side by side."""

    text: str
    citations: tuple[int, ...]
    place: str | None = None


@dataclass(frozen=True, slots=True)
class Clarify:
    """The one question whose reply would make the answer definite, with replies to choose from."""

    question: str
    options: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Understood:
    """How the question was read: shown as chips, so that people can see and change it."""

    route: Route
    places: tuple[str, ...] = ()
    carried: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """`text` is what people read: notes and statements with marks [1][2]; `note` is its part that states no rule.

    `ruling` applies the rules to the case a question states; None when it states none.
    """

    status: Status
    text: str
    statements: tuple[Statement, ...]
    citations: tuple[Citation, ...]
    understood: Understood
    note: str = ""
    clarify: Clarify | None = None
    ruling: CaseCheck | None = None
