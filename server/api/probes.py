"""`/healthz`: the process lives. `/readyz`: its index is open and can be read."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import Response

from server.api.guard import request_id_of
from server.api.logs import log_fault
from server.api.refusals import refused
from server.api.seam import assistant_of
from server.api.wire import Alive, ErrorResponse, Ready
from server.errors import NOT_READY

probes = APIRouter(tags=["探针"])


@probes.get("/healthz", summary="进程是否在运行")
async def get_health() -> Alive:
    """只说明进程在运行，不查索引。不经线程池，线程池占满时也能回答。"""
    return Alive()


@probes.get(
    "/readyz",
    summary="是否可以回答问题",
    response_model=Ready,
    responses={503: {"model": ErrorResponse, "description": "索引不可用"}},
)
def get_readiness(request: Request) -> Ready | Response:
    """索引已打开时给出其代号、条款数和编码器；否则 503。"""
    try:
        index = assistant_of(request).index
        return Ready(generation=index.generation, clauses=len(index), encoder=index.encoder)
    except Exception as error:  # whatever it is, the answer is: not ready
        log_fault(request_id_of(request.scope), error)
        return refused(NOT_READY, request)
