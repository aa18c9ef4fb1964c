"""`GET /v1/documents…` and `/v1/clauses…`: what the documents say, for the panel beside an answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import lru_cache

from fastapi import APIRouter, Request

from knowledge.clauses import Clause, ClauseRef
from knowledge.errors import UnknownClause
from server.api.seam import Shelf, assistant_of
from server.api.showing import brief_clause, shown_clause, shown_edition
from server.api.wire import ClauseResponse, DocumentsResponse, EditionShown, ErrorResponse, OutlineResponse
from server.errors import UnknownEdition

reading = APIRouter(tags=["文件与条款"], responses={404: {"model": ErrorResponse, "description": "没有这个条款或文件"}})


@reading.get("/documents", summary="文件一览")
def get_documents(request: Request) -> DocumentsResponse:
    """知识库中的全部文件版本：级别、地区、施行日期、主题和条款数。"""
    shelf = assistant_of(request).index
    return DocumentsResponse(documents=tuple(_edition(shelf, edition) for edition in shelf.editions))


@reading.get("/documents/{edition}", summary="文件目录")
def get_document(request: Request, edition: str) -> OutlineResponse:
    """一个文件版本和它的条款目录，按文中顺序。版本编号如 hengdong-2024@2024-02。"""
    shelf = assistant_of(request).index
    if edition not in shelf.editions:
        raise UnknownEdition(edition)
    outline = tuple(map(brief_clause, shelf.edition_clauses(edition)))
    return OutlineResponse(edition=_edition(shelf, edition), outline=outline)


@reading.get("/clauses/{edition}/{number}", summary="条款（版本和条款号分开写）")
def get_numbered_clause(request: Request, edition: str, number: str) -> ClauseResponse:
    """一个条款、它的上级标题、下级条款和相邻条款。如 /v1/clauses/hengdong-2024@2024-02/9.1。"""
    return _around(assistant_of(request).index, f"{edition}#{number}")


@reading.get("/clauses/{ref:path}", summary="条款（完整编号）")
def get_clause(request: Request, ref: str) -> ClauseResponse:
    """一个条款、它的上级标题、下级条款和相邻条款。编号中的 # 须写成 %23，如 hengdong-2024@2024-02%239.1。"""
    return _around(assistant_of(request).index, ref)


def _edition(shelf: Shelf, edition: str) -> EditionShown:
    return shown_edition(shelf.editions[edition], _sizes(shelf)[edition], date.today())


@lru_cache(maxsize=2)
def _sizes(shelf: Shelf) -> Mapping[str, int]:
    """How many clauses each edition has; counted once, for an open index never changes."""
    return {edition: len(shelf.edition_clauses(edition)) for edition in shelf.editions}


def _around(shelf: Shelf, text: str) -> ClauseResponse:
    try:
        ref = ClauseRef.parse(text)
    except ValueError:
        raise UnknownClause(text) from None
    clause = shelf.clause(ref)
    before, after = _beside(ref, _siblings(shelf, ref))
    return ClauseResponse(
        clause=shown_clause(clause),
        ancestors=tuple(map(brief_clause, _ancestors(shelf, ref))),
        children=tuple(map(brief_clause, shelf.children(ref))),
        before=brief_clause(before) if before else None,
        after=brief_clause(after) if after else None,
        edition=_edition(shelf, ref.edition),
    )


def _ancestors(shelf: Shelf, ref: ClauseRef) -> list[Clause]:
    """Outermost first."""
    return [] if ref.parent is None else [*_ancestors(shelf, ref.parent), shelf.clause(ref.parent)]


def _siblings(shelf: Shelf, ref: ClauseRef) -> Sequence[Clause]:
    """The clauses beside this one, itself included."""
    if ref.parent is not None:
        return shelf.children(ref.parent)
    return [clause for clause in shelf.edition_clauses(ref.edition) if clause.ref.depth == 1]


def _beside(ref: ClauseRef, siblings: Sequence[Clause]) -> tuple[Clause | None, Clause | None]:
    at = next(n for n, other in enumerate(siblings) if other.ref == ref)
    return (siblings[at - 1] if at else None), (siblings[at + 1] if at + 1 < len(siblings) else None)
