"""Callers of a server over real sockets, one request after another or many at once."""

from __future__ import annotations

import http.client
import itertools
import json
import threading
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

_TIMEOUT_S = 30.0

Body = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Door:
    """Where callers ask; `refusals` are error codes (422) that answer a request as well as a 200 does."""

    path: str
    refusals: frozenset[str] = frozenset()


ASK = Door("/v1/ask")
_NO_CASE = frozenset({"no_case"})
CHECK, OPINION = Door("/v1/cases/check", _NO_CASE), Door("/v1/cases/opinion", _NO_CASE)


@dataclass(frozen=True, slots=True)
class Asked:
    """Seconds of the requests answered, how many were not, and how many of the answers were refusals."""

    seconds: tuple[float, ...]
    failures: int
    refusals: int = 0


@dataclass(frozen=True, slots=True)
class Crowd:
    """What many clients at once saw: as Asked, and how many answers came each second."""

    asked: Asked
    per_second: float


@dataclass(frozen=True, slots=True)
class Streamed:
    """Seconds to the first event, and to the event with the clauses found."""

    first: tuple[float, ...]
    clauses: tuple[float, ...]
    failures: int


@dataclass(frozen=True, slots=True)
class _Took:
    """Seconds until a whole answer was read."""

    seconds: float
    refused: bool


class Client:
    """One kept-alive connection to a server on loopback."""

    def __init__(self, port: int, door: Door = ASK) -> None:
        self._door = door
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=_TIMEOUT_S)

    def ask(self, body: Body) -> _Took | None:
        """How long it took; None when it was neither a 200 nor one of the door's refusals."""
        began = time.perf_counter()
        try:
            response = self._sent(body, "application/json")
            content = response.read()
        except (OSError, http.client.HTTPException):
            self._connection.close()
            return None
        seconds = time.perf_counter() - began
        if response.status == http.client.OK:
            return _Took(seconds, refused=False)
        refused = response.status == http.client.UNPROCESSABLE_ENTITY and _code(content) in self._door.refusals
        return _Took(seconds, refused=True) if refused else None

    def stream(self, body: Body) -> dict[str, float] | None:
        """Event name → seconds until it first came, in their order; None when it was not a 200."""
        came: dict[str, float] = {}
        began = time.perf_counter()
        try:
            response = self._sent(body, "text/event-stream")
            while line := response.readline():
                if line.startswith(b"event:"):
                    came.setdefault(line[6:].strip().decode(), time.perf_counter() - began)
        except (OSError, http.client.HTTPException):
            self._connection.close()
            return None
        return came if response.status == http.client.OK and came else None

    def close(self) -> None:
        self._connection.close()

    def _sent(self, body: Body, accept: str) -> http.client.HTTPResponse:
        content = json.dumps(body, ensure_ascii=False).encode()
        headers = {"Content-Type": "application/json", "Accept": accept}
        self._connection.request("POST", self._door.path, content, headers)
        return self._connection.getresponse()


def in_turn(port: int, bodies: Iterable[Body], limit_s: float, door: Door = ASK) -> Asked:
    """Each body once, one after another, no longer than `limit_s`."""
    client = Client(port, door)
    until = time.perf_counter() + limit_s
    taken = []
    for body in bodies:
        if time.perf_counter() > until:
            break
        taken.append(client.ask(body))
    client.close()
    return _asked(taken)


def streamed(port: int, bodies: Iterable[Body], limit_s: float) -> Streamed:
    """Each body once as a stream, read to its end, one after another, no longer than `limit_s`."""
    client = Client(port)
    until = time.perf_counter() + limit_s
    taken = []
    for body in bodies:
        if time.perf_counter() > until:
            break
        taken.append(client.stream(body))
    client.close()
    came = [events for events in taken if events is not None]
    return Streamed(
        first=tuple(next(iter(events.values())) for events in came),
        clauses=tuple(events["clauses"] for events in came if "clauses" in events),
        failures=len(taken) - len(came),
    )


def at_once(port: int, bodies: Sequence[Body], clients: int, seconds: float, door: Door = ASK) -> Crowd:
    """`clients` callers for `seconds`, each asking again as soon as it is answered."""
    taken: list[list[_Took | None]] = [[] for _ in range(clients)]
    began = time.perf_counter()
    until = began + seconds

    def call(number: int) -> None:
        client = Client(port, door)
        for body in itertools.islice(itertools.cycle(bodies), number * 7, None):
            if time.perf_counter() >= until:
                break
            taken[number].append(client.ask(body))
        client.close()

    threads = [threading.Thread(target=call, args=(number,)) for number in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    elapsed = time.perf_counter() - began
    asked = _asked([one for each in taken for one in each])
    return Crowd(asked, len(asked.seconds) / elapsed)


def _asked(taken: Sequence[_Took | None]) -> Asked:
    answered = [one for one in taken if one is not None]
    seconds = tuple(one.seconds for one in answered)
    return Asked(seconds, len(taken) - len(answered), sum(one.refused for one in answered))


def _code(content: bytes) -> str | None:
    """The code of an error of the server, `{"error": {"code": …}}`; None of anything else."""
    try:
        return str(json.loads(content)["error"]["code"])
    except (ValueError, TypeError, LookupError):
        return None
