from __future__ import annotations

import gc
import threading
from collections.abc import Generator, Iterator
from concurrent.futures.thread import _global_shutdown_lock  # held while it starts a thread

import pytest

from assistant.answering.answer import Route, Understood
from assistant.answering.events import Delta, Event, Meta
from assistant.answering.question import Question
from assistant.errors import EmptyQuestion
from knowledge.errors import IndexUnusable
from server.api.asking.streaming import HEARTBEAT, as_stream, with_heartbeats
from tests.server.sse import received
from tests.server.standin import StandIn, StandInIndex

SHELF = StandInIndex()
BEGUN = Meta(Understood(Route.POLICY))


def broken_after_a_word(error: Exception) -> Iterator[Event]:
    yield BEGUN
    yield Delta("单位")
    raise error


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (RuntimeError("衡东县的秘密"), "internal_error"),
        (IndexUnusable("/secret"), "not_ready"),
        (TimeoutError("秘密"), "internal_error"),
    ],
)
def test_what_breaks_after_the_first_byte_is_an_error_event_in_the_common_shape(error: Exception, code: str) -> None:
    stream = b"".join(as_stream(broken_after_a_word(error), SHELF, "id-1"))
    events = received(stream)
    assert [event.event for event in events] == ["meta", "delta", "error"]
    assert events[-1].data["error"]["code"] == code
    assert events[-1].data["error"]["request_id"] == "id-1"
    assert "秘密" not in stream.decode()
    assert "secret" not in stream.decode()


def test_what_breaks_before_the_first_byte_is_raised() -> None:
    def none_at_all() -> Iterator[Event]:
        raise EmptyQuestion
        yield

    with pytest.raises(EmptyQuestion):
        as_stream(none_at_all(), SHELF, "id-1")


def test_a_long_silence_is_filled_with_comments_that_are_no_events() -> None:
    spoken = threading.Event()

    def slow() -> Iterator[Event]:
        yield BEGUN
        spoken.wait(10)
        yield Delta("单位")

    stream = []
    for piece in as_stream(slow(), SHELF, "id-1", heartbeat_after=0.02):
        stream.append(piece)
        if stream.count(HEARTBEAT) == 3:
            spoken.set()
    assert stream.count(HEARTBEAT) >= 3
    assert [event.event for event in received(b"".join(stream))] == ["meta", "delta"]


def test_leaving_early_closes_the_answer_on_the_thread_that_makes_it() -> None:
    closed = threading.Event()
    threads: set[int] = set()

    def endless() -> Generator[int]:
        try:
            while True:
                threads.add(threading.get_ident())
                yield 1
        finally:
            threads.add(threading.get_ident())
            closed.set()

    pieces = with_heartbeats(endless(), 10)
    assert isinstance(pieces, Generator)
    assert [next(pieces), next(pieces)] == [1, 1]
    pieces.close()
    assert closed.wait(5)
    assert len(threads) == 1
    assert threading.get_ident() not in threads


def test_line_breaks_in_the_text_do_not_break_the_framing() -> None:
    texts = ["一\n二", "\r\n", "\n\nevent: x\n\n", "\u2028"]
    stream = b"".join(as_stream(iter([BEGUN, *map(Delta, texts)]), SHELF, "id-1"))
    assert [event.data["text"] for event in received(stream)[1:]] == texts


def test_the_stream_of_the_standin_is_whole() -> None:
    events = received(b"".join(as_stream(StandIn().events(Question("满几年？")), SHELF, "id-1")))
    assert events[-1].event == "done"


def test_a_reader_who_leaves_is_let_go_at_any_moment() -> None:
    """The garbage collector may close a stream while a thread is being started; that must not wait for anything."""
    closed = threading.Event()

    def watched() -> Generator[int]:
        try:
            yield from range(10)
        finally:
            closed.set()

    def leave() -> None:
        pieces = with_heartbeats(watched(), 10)
        next(pieces)
        with _global_shutdown_lock:
            del pieces
            gc.collect()

    reader = threading.Thread(target=leave, daemon=True)
    reader.start()
    reader.join(5)
    assert not reader.is_alive()
    assert closed.wait(5)
