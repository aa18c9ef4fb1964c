"""An answer as server-sent events: `meta, clauses, delta…, citation…, ruling, done`, or `error` when it breaks off.

A language model may think for long: every 10 seconds of silence a comment keeps proxies from hanging up.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator
from contextlib import closing
from dataclasses import dataclass
from itertools import count
from queue import Empty, SimpleQueue
from threading import Thread
from typing import Generic, TypeVar

from pydantic import BaseModel

from assistant.answering.events import Cited, Clauses, Delta, Done, Event, Meta, Ruled
from server.api.asking.showing import shown_answer, shown_understood
from server.api.asking.wire import ClausesSent, DeltaSent, MetaSent
from server.api.cases.showing import shown_case
from server.api.logs import log_fault
from server.api.seam import Shelf
from server.api.showing import shown_citation, shown_citations
from server.errors import UNFORESEEN, problem_of

Piece = TypeVar("Piece")

HEARTBEAT = b": \n\n"
HEARTBEAT_AFTER = 10.0
"""Seconds."""
STREAM_HEADERS = {"X-Accel-Buffering": "no", "Cache-Control": "no-transform, no-store"}


def as_stream(
    events: Iterator[Event], shelf: Shelf, request_id: str, heartbeat_after: float = HEARTBEAT_AFTER
) -> Iterator[bytes]:
    """The bytes of the response.

    The first event is awaited before this returns, so that a question which cannot be taken still becomes an
    error response of its own.
    """
    first = next(events)
    return _framed(_resumed(first, events), shelf, request_id, heartbeat_after)


def _resumed(first: Event, rest: Iterator[Event]) -> Generator[Event]:
    yield first
    yield from rest


def _framed(events: Generator[Event], shelf: Shelf, request_id: str, heartbeat_after: float) -> Iterator[bytes]:
    numbers = count(1)
    try:
        for event in with_heartbeats(events, heartbeat_after):
            yield HEARTBEAT if event is None else frame(next(numbers), *_sent(event, shelf, request_id))
    except Exception as error:  # the response has begun: the error can only be told inside it
        problem = problem_of(error)
        if problem is UNFORESEEN:
            log_fault(request_id, error)
        yield _framed_json(next(numbers), "error", problem.content(request_id))


def _sent(event: Event, shelf: Shelf, request_id: str) -> tuple[str, BaseModel]:
    match event:
        case Meta(understood):
            return "meta", MetaSent(request_id=request_id, understood=shown_understood(understood))
        case Clauses(citations):
            return "clauses", ClausesSent(citations=shown_citations(citations))
        case Delta(text):
            return "delta", DeltaSent(text=text)
        case Cited(citation):
            return "citation", shown_citation(citation)
        case Ruled(check):
            return "ruling", shown_case(check, shelf)
        case Done(answer=answer):
            return "done", shown_answer(answer, shelf)


def frame(number: int, name: str, data: BaseModel) -> bytes:
    """One event as it goes over the wire."""
    return _framed_json(number, name, data.model_dump_json().encode())


def _framed_json(number: int, name: str, data: bytes) -> bytes:
    """JSON has no raw line breaks, so one `data:` line holds it all."""
    return b"id: %d\nevent: %s\ndata: %s\n\n" % (number, name.encode(), data)


def with_heartbeats(pieces: Generator[Piece], after: float) -> Iterator[Piece | None]:
    """The pieces, and None after each `after` seconds without one.

    One thread takes all steps, and the closing when the reader leaves early, so that they never overlap. A reader who
    left is noticed by the garbage collector, in the middle of anything: so nothing here may wait for a lock, and
    `SimpleQueue.put` never does.
    """
    asked: SimpleQueue[bool] = SimpleQueue()
    taken: SimpleQueue[_Step[Piece]] = SimpleQueue()
    Thread(target=_take, args=(pieces, asked, taken), name="stream", daemon=True).start()
    try:
        while True:
            asked.put(True)
            while (step := _next_of(taken, after)) is None:
                yield None
            if step.error is not None:
                raise step.error
            if not step.pieces:
                return
            yield from step.pieces
    finally:
        asked.put(False)


@dataclass(frozen=True, slots=True)
class _Step(Generic[Piece]):
    """One piece, none at the end, or the error the step ended in."""

    pieces: tuple[Piece, ...] = ()
    error: Exception | None = None


def _take(pieces: Generator[Piece], asked: SimpleQueue[bool], taken: SimpleQueue[_Step[Piece]]) -> None:
    with closing(pieces):
        while asked.get():
            try:
                taken.put(_Step((next(pieces),)))
            except StopIteration:
                taken.put(_Step())
            except Exception as error:  # raised again where the pieces are read
                taken.put(_Step(error=error))


def _next_of(taken: SimpleQueue[_Step[Piece]], after: float) -> _Step[Piece] | None:
    try:
        return taken.get(timeout=after)
    except Empty:
        return None
