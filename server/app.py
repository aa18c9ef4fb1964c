"""The web application: probes, the API under `/v1`, the page at `/`."""

from __future__ import annotations

from collections.abc import Callable

from fastapi import FastAPI
from fastapi.routing import APIRoute
from fastapi.telemetry import TelemetryConfig
from starlette.middleware import Middleware

from server.api.asking.routes import asking
from server.api.cases.routes import cases
from server.api.guard import Bounded, Unforeseen, Watched
from server.api.mechanisms.routes import mechanisms
from server.api.probes import probes
from server.api.reading import reading
from server.api.refusals import install_refusals
from server.api.roster.routes import roster
from server.api.seam import Answering
from server.api.wire import ErrorResponse

BODY_LIMIT = 256 * 1024
"""Bytes of a request to the API."""

ROSTER_LIMIT = 64 * 1024 * 1024
"""Bytes of an uploaded roster."""

_LARGER = {"/roster/check": ROSTER_LIMIT, "/roster/columns": ROSTER_LIMIT}

_SILENT: TelemetryConfig = {
    "tracing": False,
    "metrics": False,
    "logs": False,
    "operation_spans": False,
    "auto_configure": False,
}


def make_app(
    assistant: Answering, *, page: Callable[[FastAPI], object] | None = None, question_limit: int = 4000
) -> FastAPI:
    """The site; `page` mounts the page, last of all, for at `/` it answers whatever the others leave."""
    site = FastAPI(
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        telemetry=_SILENT,
        middleware=[Middleware(Watched), Middleware(Unforeseen)],
    )
    site.state.assistant = assistant
    install_refusals(site)
    site.include_router(probes)
    site.mount("/v1", make_api(assistant, question_limit=question_limit))
    if page is not None:
        page(site)
    return site


def make_api(assistant: Answering, *, question_limit: int = 4000) -> FastAPI:
    """The API alone, an application of its own: so an unknown path under it is a 404 of ours and not the page's.

    Swagger and ReDoc stay off, since they load scripts from elsewhere; `openapi.json` is served.
    """
    api = FastAPI(
        title="干部政策助手",
        summary="回答干部激励、容错纠错和交流轮岗的政策问题，按规定的条件核查个案，每句话都附条款依据",
        version="1",
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        generate_unique_id_function=_operation_id,
        telemetry=_SILENT,
        middleware=[Middleware(Unforeseen), Middleware(Bounded, limit=BODY_LIMIT, larger=_LARGER)],
        responses={
            422: {"model": ErrorResponse, "description": "请求须修改；message 说明如何修改"},
            500: {"model": ErrorResponse, "description": "服务内部出错"},
            503: {"model": ErrorResponse, "description": "知识库暂时不可用"},
        },
    )
    api.state.assistant = assistant
    api.state.question_limit = question_limit
    install_refusals(api)
    api.include_router(asking)
    api.include_router(cases)
    api.include_router(roster)
    api.include_router(mechanisms)
    api.include_router(reading)
    return api


def _operation_id(route: APIRoute) -> str:
    return route.name
