"""`POST /v1/cases/check`: a described case held against the criteria. `POST /v1/cases/opinion`: the same on paper."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Mapping
from datetime import date
from hashlib import sha256
from typing import Annotated, Any

from fastapi import APIRouter, Body, Request
from starlette.responses import Response

from assistant.eligibility.asked import CaseAsked, ask_case
from assistant.errors import WrongFactValue
from knowledge.facts import FactKind
from server.api.cases.examples import CASE_EXAMPLES, OPINION_EXAMPLES
from server.api.cases.showing import PLACE, shown_case
from server.api.cases.wire import CaseRequest, CaseResponse, OpinionRequest
from server.api.downloads import attachment
from server.api.seam import assistant_of, cases_of
from server.api.wire import ErrorResponse

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_REFUSED: dict[int | str, dict[str, Any]] = {
    404: {"model": ErrorResponse, "description": "没有这个机制"},
    413: {"model": ErrorResponse, "description": "请求体过大"},
}
_FILE = {"schema": {"type": "string", "format": "binary"}}

cases = APIRouter(tags=["个案核查"], prefix="/cases", responses=_REFUSED)


@cases.post(
    "/check",
    summary="核查一个情况",
    description="从描述中读出事实，逐项对照规定的条件，给出预审结论、依据的条款、还要弄清的问题和凭证。"
    "结论只由程序按条件得出；没有写明的不作推断，需组织认定的留待认定。",
    response_model=CaseResponse,
)
def post_check(request: Request, sent: Annotated[CaseRequest, Body(openapi_examples=CASE_EXAMPLES)]) -> Response:
    """JSON, written out here: FastAPI would validate it once more."""
    checker = cases_of(request)
    check = checker.check(case_of(sent, checker.rules.facts))
    content = shown_case(check, assistant_of(request).index).model_dump_json()
    return Response(content, headers={"Cache-Control": "no-store"}, media_type="application/json")


@cases.post(
    "/opinion",
    summary="出具预审意见",
    description="把核查结论写成预审意见：Word 文件，或可以打印的网页。",
    response_class=Response,
    responses={200: {"description": "预审意见", "content": {DOCX: _FILE, "text/html": {"schema": {"type": "string"}}}}},
)
def post_opinion(
    request: Request, sent: Annotated[OpinionRequest, Body(openapi_examples=OPINION_EXAMPLES)]
) -> Response:
    """A Word file to save, or a page that may load and run nothing."""
    from assistant.eligibility.opinion import as_docx, as_page, opinion_of  # python-docx waits until it is needed

    checker, shelf = cases_of(request), assistant_of(request).index
    check = checker.check(case_of(sent, checker.rules.facts))
    opinion = opinion_of(check, shelf.clause, shelf.editions, issued=date.today())
    if sent.format == "html":
        page = as_page(opinion)
        headers = {"Cache-Control": "no-store", "Content-Security-Policy": page_policy(page)}
        return Response(page, headers=headers, media_type="text/html")
    headers = {"Cache-Control": "no-store", "Content-Disposition": attachment("预审意见", opinion.number, "docx")}
    return Response(as_docx(opinion), headers=headers, media_type=DOCX)


def case_of(sent: CaseRequest, kinds: Mapping[str, FactKind]) -> CaseAsked:
    """What is asked; a place answered among the facts goes before the one sent beside them. Raises CallerError."""
    facts = dict(sent.facts or {})
    place = sent.jurisdiction
    if PLACE in facts and PLACE not in kinds:
        answered = facts.pop(PLACE)
        if not isinstance(answered, str | None):
            raise WrongFactValue("地区", "地区名")
        place = answered or place
    return ask_case(
        sent.text, kinds, as_of=sent.as_of, jurisdiction=place, mechanism=sent.mechanism or None, facts=facts
    )


def page_policy(page: str) -> str:
    """What a page of ours may do: show itself with its own style, of which the hash is told, and nothing else."""
    styles = re.findall(r"<style[^>]*>(.*?)</style>", page, re.DOTALL)
    hashes = " ".join(f"'sha256-{b64encode(sha256(style.encode()).digest()).decode()}'" for style in styles)
    rest = "base-uri 'none'; form-action 'none'; frame-ancestors 'self'"
    return f"default-src 'none'; style-src {hashes}; {rest}" if hashes else f"default-src 'none'; {rest}"
