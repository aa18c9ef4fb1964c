"""Around every request: an id, headers, one log line without a word of the question, and no error in another shape.

Pure ASGI, so that a streamed answer passes through piece by piece.
"""

from __future__ import annotations

from collections.abc import Mapping
from time import perf_counter
from urllib.parse import quote
from uuid import uuid4

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from server.api.logs import access, log_fault
from server.errors import UNFORESEEN, BodyTooLarge

_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Content-Security-Policy": "frame-ancestors 'self'",
}


def request_id_of(scope: Scope) -> str:
    """The id `Watched` gave; empty outside of it."""
    return str(scope.get("state", {}).get("request_id", ""))


class Watched:
    """Gives each request its id and headers, and logs method, path, status and milliseconds; never the query."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        request_id = scope.setdefault("state", {})["request_id"] = uuid4().hex
        started, status = perf_counter(), 0

        async def send_marked(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                headers = MutableHeaders(scope=message)
                headers["X-Request-ID"] = request_id
                for name, value in _HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        try:
            await self.app(scope, receive, send_marked)
        finally:
            spent = round((perf_counter() - started) * 1000)
            access.info("%s %s %d %dms", scope["method"], _loggable(scope["path"], status), status, spent)


def _loggable(path: str, status: int) -> str:
    """The path, percent-encoded; but none of one that leads nowhere, for people may have put anything into it."""
    if status in {403, 404, 405}:
        return "/v1/…" if path.startswith("/v1/") else "/…"
    return quote(path[:200])


class Unforeseen:
    """Turns an error nobody foresaw into a 500 of our shape, and logs where it happened but not what it says."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        started = False

        async def send_noted(message: Message) -> None:
            nonlocal started
            started = started or message["type"] == "http.response.start"
            await send(message)

        try:
            await self.app(scope, receive, send_noted)
        except Exception as error:  # the last line of defence: logged, and answered in our shape
            log_fault(request_id_of(scope), error)
            if not started:
                await _send_unforeseen(scope, send)


async def _send_unforeseen(scope: Scope, send: Send) -> None:
    content = UNFORESEEN.content(request_id_of(scope))
    headers = [(b"content-type", b"application/json"), (b"content-length", str(len(content)).encode())]
    await send({"type": "http.response.start", "status": UNFORESEEN.status, "headers": headers})
    await send({"type": "http.response.body", "body": content})


class Bounded:
    """Refuses to read more than `limit` bytes of a request; `larger` has other limits of single paths."""

    def __init__(self, app: ASGIApp, limit: int, larger: Mapping[str, int] | None = None) -> None:
        self.app = app
        self.limit = limit
        self.larger = dict(larger or {})

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        read = 0
        limit = self.larger.get(_own_path(scope), self.limit)

        async def receive_bounded() -> Message:
            nonlocal read
            message = await receive()
            read += len(message.get("body", b""))
            if read > limit:
                raise BodyTooLarge(limit)
            return message

        await self.app(scope, receive_bounded, send)


def _own_path(scope: Scope) -> str:
    """The path below where the application is mounted."""
    return str(scope.get("path", "")).removeprefix(scope.get("root_path", ""))
