"""`POST /v1/ask`: one question, answered whole as JSON or piece by piece as server-sent events."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Body, Request
from starlette.responses import Response, StreamingResponse

from assistant.answering.question import Question, Turn, ask
from server.api.asking.examples import ANSWER_EXAMPLE, ASK_EXAMPLES, STREAM_EXAMPLE
from server.api.asking.showing import shown_answer
from server.api.asking.streaming import STREAM_HEADERS, as_stream
from server.api.asking.wire import HISTORY_USED, AskRequest, AskResponse
from server.api.guard import request_id_of
from server.api.seam import assistant_of
from server.api.wire import ErrorResponse

asking = APIRouter(tags=["问答"])

_EVENTS = (
    "以 `Accept: text/event-stream` 请求时，依次发送事件 meta、clauses、delta、citation、done；"
    "问题说的是个案时 done 之前有 ruling；中途出错时发送 error。"
)


@asking.post(
    "/ask",
    summary="提问",
    description=f"回答一个政策问题，每句话都附条款依据。{_EVENTS}",
    response_model=AskResponse,
    responses={
        200: {
            "description": "回答",
            "content": {
                "application/json": {"example": ANSWER_EXAMPLE},
                "text/event-stream": {"example": STREAM_EXAMPLE},
            },
        },
        413: {"model": ErrorResponse, "description": "请求体过大"},
    },
)
def post_ask(request: Request, asked: Annotated[AskRequest, Body(openapi_examples=ASK_EXAMPLES)]) -> Response:
    """JSON, or events for who accepts them. The answer is written out here: FastAPI would validate it once more."""
    assistant = assistant_of(request)
    question = question_of(asked, request.app.state.question_limit)
    if "text/event-stream" in request.headers.get("accept", ""):
        pieces = as_stream(assistant.events(question), assistant.index, request_id_of(request.scope))
        return StreamingResponse(pieces, headers=STREAM_HEADERS, media_type="text/event-stream")
    content = shown_answer(assistant.answer(question), assistant.index).model_dump_json()
    return Response(content, headers={"Cache-Control": "no-store"}, media_type="application/json")


def question_of(asked: AskRequest, limit: int) -> Question:
    """Raises CallerError."""
    history = [Turn(turn.role, turn.content) for turn in asked.history[-HISTORY_USED:]]
    return ask(asked.question, history=history, jurisdiction=asked.jurisdiction, as_of=asked.as_of, limit=limit)
