"""One question scored: what its answer holds, what it cites, and whether what it says is covered."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from assistant.answering.answer import Answer, Citation
from evals.answers.rows import Row
from evals.answers.wording import numbers_in, numbers_stated, occurs
from evals.counts import Rate
from knowledge.clauses import ClauseRef

NOT_SCORED = Rate(0, 0)
FIRST_CITATIONS = 3


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back for a row: an answer, or the code of the error the caller would have got."""

    answer: Answer | None
    refused_as: str | None
    seconds: float

    @property
    def status(self) -> str:
        return self.answer.status.value if self.answer else f"error:{self.refused_as}"

    @property
    def citations(self) -> tuple[Citation, ...]:
        return self.answer.citations if self.answer else ()


@dataclass(frozen=True, slots=True)
class Coverage:
    """What stands without cover: all rates are of violations, best zero.

    A number that only the question states is counted apart from one that stands nowhere.
    """

    uncited: Rate
    not_verbatim: Rate
    foreign_numbers: Rate
    asked_numbers: Rate


@dataclass(frozen=True, slots=True)
class RowScore:
    """Each rate is this row's part of a count; NOT_SCORED where the row says nothing about it.

    `near` is 1 of 1 when no expected clause is cited but one above or below it is: right article, wrong 款.
    """

    row: Row
    status: str
    seconds: float
    missing: tuple[tuple[str, ...], ...]
    forbidden: tuple[str, ...]
    cited: tuple[ClauseRef, ...]
    document: Rate
    clause: Rate
    near: Rate
    precision: Rate
    recall: Rate
    coverage: Coverage
    characters: int

    @property
    def strings(self) -> Rate:
        """Entries of `must_include` that occur."""
        return Rate(len(self.row.wanted) - len(self.missing), len(self.row.wanted))

    @property
    def complete(self) -> Rate:
        """1 of 1 when every entry of `must_include` occurs."""
        return Rate(int(not self.missing), 1) if self.row.wanted else NOT_SCORED

    @property
    def violated(self) -> Rate:
        """1 of 1 when a string of `must_not_include` occurs."""
        return Rate(int(bool(self.forbidden)), 1) if self.row.must_not_include else NOT_SCORED


def scored(row: Row, reply: Reply) -> RowScore:
    """Score one reply against its row."""
    text = reply.answer.text if reply.answer else ""
    expected = row.expected
    cited = tuple(dict.fromkeys(citation.clause.ref for citation in reply.citations))
    right = expected.intersection(cited)
    near = not right and any(_lineal(ref, wanted) for ref in cited for wanted in expected)
    documents = {_document(ref) for ref in expected}
    return RowScore(
        row=row,
        status=reply.status,
        seconds=reply.seconds,
        missing=tuple(entry for entry in row.wanted if not any(occurs(words, text) for words in entry)),
        forbidden=tuple(words for words in row.must_not_include if occurs(words, text)),
        cited=cited,
        document=_yes(any(_document(ref) in documents for ref in cited[:FIRST_CITATIONS]), expected),
        clause=_yes(bool(right), expected),
        near=_yes(near, expected),
        precision=Rate(len(right), len(cited)) if expected else NOT_SCORED,
        recall=Rate(len(right), len(expected)),
        coverage=_coverage(row, reply),
        characters=len(text),
    )


def _yes(met: bool, expected: Collection[ClauseRef]) -> Rate:
    return Rate(int(met), 1) if expected else NOT_SCORED


def _document(ref: ClauseRef) -> str:
    return ref.edition.partition("@")[0]


def _lineal(one: ClauseRef, other: ClauseRef) -> bool:
    """Whether one stands above the other in the same edition."""
    if one.edition != other.edition:
        return False
    short, long = sorted((one.order, other.order), key=len)
    return len(short) < len(long) and long[: len(short)] == short


def _coverage(row: Row, reply: Reply) -> Coverage:
    if reply.answer is None:
        return Coverage(NOT_SCORED, NOT_SCORED, NOT_SCORED, NOT_SCORED)
    by_number = {citation.n: citation for citation in reply.citations}
    asked = numbers_in(" ".join((row.question, *(turn.content for turn in row.history))))
    uncited = stated = foreign = only_asked = 0
    for statement in reply.answer.statements:
        behind = [by_number[n] for n in statement.citations if n in by_number]
        uncited += not behind or len(behind) < len(statement.citations)
        covered = frozenset[str]().union(*(_numbers_of(citation) for citation in behind))
        said = numbers_stated(statement.text)
        stated += len(said)
        foreign += len(said - covered - asked)
        only_asked += len((said - covered) & asked)
    unquoted = sum(not c.quote or c.quote not in c.clause.text for c in reply.citations)
    return Coverage(
        uncited=Rate(uncited, len(reply.answer.statements)),
        not_verbatim=Rate(unquoted, len(reply.citations)),
        foreign_numbers=Rate(foreign, stated),
        asked_numbers=Rate(only_asked, stated),
    )


def _numbers_of(citation: Citation) -> frozenset[str]:
    """Numbers of a clause and of what is shown beside it: headings, locator, title, number and dates."""
    clause, edition = citation.clause, citation.edition
    in_force = (edition.in_force.from_, edition.in_force.until)
    shown = (clause.text, clause.heading, *clause.headings, clause.locator, edition.title, *edition.short_titles)
    about = (edition.doc_number or "", edition.issued, *(day.isoformat() for day in in_force if day))
    return numbers_in(" ".join((*shown, *about)))
