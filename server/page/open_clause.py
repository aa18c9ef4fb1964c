"""Opens the clause a mark points to: what the browser sends comes in here, as text, and is read strictly."""

from __future__ import annotations

from datetime import date

from knowledge.clauses import Clause, ClauseRef
from knowledge.errors import UnknownClause
from server.api.seam import Shelf
from server.page.clause_html import Opened, clause_html, missing_html

_BESIDE = 4


def opened_html(index: Shelf, asked: object) -> str:
    """The panel for `{"ref": …, "quote": …, "day": …}`; a message where that names no clause."""
    if not isinstance(asked, dict):
        return missing_html("没有指明条款。")
    try:
        ref = ClauseRef.parse(str(asked.get("ref", "")))
        clause = index.clause(ref)
    except (ValueError, UnknownClause):
        return missing_html("知识库中没有这一条，可能已随文件更新而调整。请重新提问。")
    try:
        day = date.fromisoformat(str(asked.get("day", "")))
    except ValueError:
        day = date.today()
    return clause_html(around(index, clause), str(asked.get("quote", "")), day)


def around(index: Shelf, clause: Clause) -> Opened:
    """The clause with the clauses above, beside and below it, and those it refers to."""
    edition = index.editions[clause.ref.edition]
    above = clause.ref.parent
    if above is not None:
        beside = list(index.children(above))
    else:
        beside = [other for other in index.edition_clauses(edition.id) if other.ref.parent is None]
    at = next((i for i, other in enumerate(beside) if other.ref == clause.ref), 0)
    return Opened(
        clause=clause,
        edition=edition,
        above=_known(index, above) if above is not None else None,
        siblings=beside[max(0, at - _BESIDE) : at + _BESIDE + 1],
        children=index.children(clause.ref),
        referred=[found for ref in clause.refers_to if (found := _known(index, ref)) is not None],
        replaced_by=index.editions.get(edition.replaced_by) if edition.replaced_by else None,
    )


def _known(index: Shelf, ref: ClauseRef) -> Clause | None:
    try:
        return index.clause(ref)
    except UnknownClause:
        return None
