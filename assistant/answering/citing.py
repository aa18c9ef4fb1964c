"""From chosen sentences to statements with numbered citations, and the check that nothing is said without a clause."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from assistant.answering.answer import Citation, Statement
from assistant.answering.figures import numbers
from assistant.answering.selection import Chosen
from knowledge.clauses import Clause, ClauseRef, Edition, Modality, Verified


@dataclass(frozen=True, slots=True)
class Cited:
    """Statements and the citations they number, both in reading order."""

    statements: tuple[Statement, ...]
    citations: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class Unsupported:
    """Words of a statement that its clauses do not hold."""

    statement: Statement
    words: tuple[str, ...]


def cite(chosen: Sequence[Chosen], editions: Mapping[str, Edition], as_of: date) -> Cited:
    """One statement a chosen sentence; a clause cited twice keeps its number and quotes its first sentence."""
    citations: dict[ClauseRef, Citation] = {}
    statements = []
    for one in chosen:
        edition = editions[one.clause.ref.edition]
        if one.clause.ref not in citations:
            validity = edition.in_force.on(as_of)
            quote = _quoted(one, chosen)
            citations[one.clause.ref] = Citation(len(citations) + 1, one.clause, edition, quote, validity)
        text = one.sentence + ("（待核）" if one.clause.verified is Verified.UNVERIFIED else "")
        statements.append(Statement(text, (citations[one.clause.ref].n,), edition.jurisdiction))
    return Cited(tuple(statements), tuple(citations.values()))


def _quoted(one: Chosen, chosen: Sequence[Chosen]) -> str:
    """The stretch of the clause from the first to the last of its chosen sentences, verbatim."""
    text = one.clause.text
    spans = [(text.find(c.sentence), c.sentence) for c in chosen if c.clause.ref == one.clause.ref]
    start = min(at for at, _ in spans)
    end = max(at + len(sentence) for at, sentence in spans)
    return text[start:end]


def unsupported(cited: Cited, said: str = "") -> list[Unsupported]:
    """Statements with a number or modal word found neither in the clauses they cite nor in `said`, what people said.

    Every citation's quote must stand verbatim in its clause; one that does not counts as unsupported.
    """
    by_number = {citation.n: citation for citation in cited.citations}
    faults = []
    for statement in cited.statements:
        behind = [by_number[n] for n in statement.citations if n in by_number]
        text = " ".join(f"{c.clause.heading} {c.clause.text}" for c in behind)
        words = [f"{number:g}" for number in numbers(statement.text) - numbers(text) - numbers(said)]
        words += [modal for modal in Modality if modal in statement.text and modal not in text]
        words += [c.quote for c in behind if c.quote not in c.clause.text]
        if words or not behind:
            faults.append(Unsupported(statement, tuple(words)))
    return faults


def without(cited: Cited, faults: Sequence[Unsupported]) -> Cited:
    """`cited` with each faulty statement replaced by its clause's own text, or dropped where it has no clause."""
    wrong = {fault.statement for fault in faults}
    by_number = {citation.n: citation.clause for citation in cited.citations}
    statements = []
    for statement in cited.statements:
        if statement not in wrong:
            statements.append(statement)
        elif statement.citations and statement.citations[0] in by_number:
            clause: Clause = by_number[statement.citations[0]]
            statements.append(Statement(clause.text, statement.citations[:1], statement.place))
    return Cited(tuple(statements), cited.citations)
