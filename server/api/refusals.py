"""Errors on their way out: every exception becomes one JSON shape, in Chinese, without the words of the question."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import Response

from assistant.errors import CallerError
from knowledge.errors import KnowledgeError, UnknownClause, UnknownMechanism
from server.api.guard import request_id_of
from server.api.logs import log_fault
from server.errors import MALFORMED, MALFORMED_FORM, Problem, UnknownEdition, problem_of

_SAYS = {
    "missing": "必须填写",
    "extra_forbidden": "不是可用的字段",
    "string_type": "应为字符串",
    "string_unicode": "含有无法识别的字符",
    "invalid_key": "的名称应为字符串",
    "string_too_long": "过长，最多 {max_length} 个字符",
    "too_long": "过长，最多 {max_length} 项",
    "tuple_type": "应为数组",
    "dict_type": "应为 JSON 对象",
    "literal_error": "只能是 {expected}",
    "model_attributes_type": "应为 JSON 对象",
    "model_type": "应为 JSON 对象",
}
_NO_OBJECT = {"missing", "model_attributes_type", "model_type"}


def refused(problem: Problem, request: Request, headers: dict[str, str] | None = None) -> Response:
    """The response that tells `problem`."""
    content = problem.content(request_id_of(request.scope))
    return Response(content, problem.status, headers, media_type="application/json")


def install_refusals(app: FastAPI) -> None:
    """Have `app` answer every foreseen error in our shape."""
    for kind in (CallerError, UnknownClause, UnknownEdition, UnknownMechanism):
        app.add_exception_handler(kind, _foreseen)
    app.add_exception_handler(KnowledgeError, _not_ready)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(RequestValidationError, _invalid)


async def _foreseen(request: Request, error: Exception) -> Response:
    return refused(problem_of(error), request)


async def _not_ready(request: Request, error: Exception) -> Response:
    log_fault(request_id_of(request.scope), error)
    return refused(problem_of(error), request)


async def _http(request: Request, error: Exception) -> Response:
    headers = dict(error.headers or {}) if isinstance(error, HTTPException) else None
    problem = problem_of(error)
    if problem is MALFORMED and request.headers.get("content-type", "").startswith("multipart/"):
        problem = MALFORMED_FORM
    return refused(problem, request, headers)


async def _invalid(request: Request, error: Exception) -> Response:
    return refused(invalid(cast(RequestValidationError, error).errors()), request)


def invalid(errors: Sequence[Any]) -> Problem:
    """What is wrong with a request, of pydantic's errors: up to five fields, each by name."""
    if any(error["type"] == "json_invalid" for error in errors):
        return MALFORMED
    if errors[0]["type"] in _NO_OBJECT and tuple(errors[0]["loc"]) == ("body",):
        said_whole = "请求体应为 JSON 对象，并带请求头 Content-Type: application/json。"
        return Problem(422, "invalid_request", said_whole, MALFORMED.hint)
    said = [f"{_field(error['loc'])} {_says(error)}" for error in errors[:5]]
    return Problem(422, "invalid_request", f"{'；'.join(said)}。", "字段说明见 GET /v1/openapi.json")


def _says(error: Any) -> str:
    said = _SAYS.get(error["type"], "取值不合要求").format_map(error.get("ctx", {}))
    return said.replace(" or ", " 或 ")


def _field(loc: Sequence[str | int]) -> str:
    """`("body", "history", 3, "content")` → `history[3].content`; a name of the caller's own is cut short."""
    name = ""
    for part in loc[1:]:
        name += f"[{part}]" if isinstance(part, int) else f".{part[:40]}"
    return name.lstrip(".") or "请求体"
