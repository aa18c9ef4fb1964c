"""Numbers clauses in the order in which they are first cited, so that each is given in full once."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from assistant.eligibility.opinion.opinion import Basis, Sentence
from assistant.eligibility.opinion.wording import dated, document_of, in_force_text, marks_of
from knowledge.clauses import Clause, ClauseRef, Edition, TextKind
from knowledge.criteria import Said


class Citations:
    """The clauses cited so far. One is made for one opinion."""

    def __init__(self, clauses: Callable[[ClauseRef], Clause], editions: Mapping[str, Edition]) -> None:
        self._clauses = clauses
        self._editions = editions
        self._numbers: dict[ClauseRef, int] = {}

    def number(self, ref: ClauseRef) -> int:
        """The clause's number, a new one when it is cited for the first time."""
        return self._numbers.setdefault(ref, len(self._numbers) + 1)

    def locator(self, ref: ClauseRef) -> str:
        return self._clauses(ref).locator

    def sentence(self, text: str, ref: ClauseRef) -> Sentence:
        return Sentence(dated(text), self.number(ref))

    def said(self, sentences: tuple[Said, ...]) -> tuple[Sentence, ...]:
        return tuple(self.sentence(one.text, one.clause) for one in sentences)

    def in_full(self, hashes: Mapping[str, str]) -> tuple[Basis, ...]:
        """Every clause cited, in order; `hashes` by ref as text. Raises UnknownClause."""
        return tuple(self._basis(number, ref, hashes.get(str(ref))) for ref, number in self._numbers.items())

    def any_digest(self) -> bool:
        """Whether any clause cited is in our own words."""
        return any(self._editions[ref.edition].text_kind is TextKind.DIGEST for ref in self._numbers)

    def _basis(self, number: int, ref: ClauseRef, hash_: str | None) -> Basis:
        clause, edition = self._clauses(ref), self._editions[ref.edition]
        return Basis(
            number,
            ref,
            document_of(edition),
            clause.locator,
            clause.heading,
            clause.text,
            clause.modality,
            in_force_text(edition.in_force),
            marks_of(clause, edition),
            hash_,
        )
