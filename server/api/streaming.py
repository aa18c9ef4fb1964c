"""An answer as server-sent events: `meta, clauses, delta…, citation…, done`, or `error` when it breaks off.

A language model may think for long: every 10 seconds of silence a comment keeps proxies from hanging up.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator
from concurrent.futures import ThreadPoolExecutor, wait
from itertools import count
from typing import TypeVar

from pydantic import BaseModel

from assistant.answering.events import Cited, Clauses, Delta, Done, Event, Meta
from server.api.logs import log_fault
from server.api.showing import shown_answer, shown_citation, shown_citations, shown_understood
from server.api.wire import ClausesSent, DeltaSent, MetaSent
from server.errors import UNFORESEEN, problem_of

Piece = TypeVar("Piece")

HEARTBEAT = b": \n\n"
HEARTBEAT_AFTER = 10.0
"""Seconds."""
STREAM_HEADERS = {"X-Accel-Buffering": "no", "Cache-Control": "no-transform, no-store"}


def as_stream(events: Iterator[Event], request_id: str, heartbeat_after: float = HEARTBEAT_AFTER) -> Iterator[bytes]:
    """The bytes of the response.

    The first event is awaited before this returns, so that a question which cannot be taken still becomes an
    error response of its own.
    """
    first = next(events)
    return _framed(_resumed(first, events), request_id, heartbeat_after)


def _resumed(first: Event, rest: Iterator[Event]) -> Generator[Event]:
    yield first
    yield from rest


def _framed(events: Generator[Event], request_id: str, heartbeat_after: float) -> Iterator[bytes]:
    numbers = count(1)
    try:
        for event in with_heartbeats(events, heartbeat_after):
            yield HEARTBEAT if event is None else frame(next(numbers), *_sent(event, request_id))
    except Exception as error:  # the response has begun: the error can only be told inside it
        problem = problem_of(error)
        if problem is UNFORESEEN:
            log_fault(request_id, error)
        yield _framed_json(next(numbers), "error", problem.content(request_id))


def _sent(event: Event, request_id: str) -> tuple[str, BaseModel]:
    match event:
        case Meta(understood):
            return "meta", MetaSent(request_id=request_id, understood=shown_understood(understood))
        case Clauses(citations):
            return "clauses", ClausesSent(citations=shown_citations(citations))
        case Delta(text):
            return "delta", DeltaSent(text=text)
        case Cited(citation):
            return "citation", shown_citation(citation)
        case Done(answer=answer):
            return "done", shown_answer(answer)


def frame(number: int, name: str, data: BaseModel) -> bytes:
    """One event as it goes over the wire."""
    return _framed_json(number, name, data.model_dump_json().encode())


def _framed_json(number: int, name: str, data: bytes) -> bytes:
    """JSON has no raw line breaks, so one `data:` line holds it all."""
    return b"id: %d\nevent: %s\ndata: %s\n\n" % (number, name.encode(), data)


def with_heartbeats(pieces: Generator[Piece], after: float) -> Iterator[Piece | None]:
    """The pieces, and None after each `after` seconds without one.

    One thread takes all steps, and the closing when the reader leaves early, so that they never overlap.
    """
    hand = ThreadPoolExecutor(1, thread_name_prefix="stream")
    end = object()
    try:
        while True:
            step = hand.submit(next, pieces, end)
            while not wait((step,), after).done:
                yield None
            if (piece := step.result()) is end:
                return
            yield piece  # type: ignore[misc]  # not `end`, so a piece
    finally:
        hand.submit(pieces.close)
        hand.shutdown(wait=False)
