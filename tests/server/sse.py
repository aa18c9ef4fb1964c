"""Server-sent events read by the letter of the standard: lines end in CR, LF or both; a blank line ends an event."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Received:
    id: str
    event: str
    data: Any


def received(stream: bytes) -> list[Received]:
    return list(_read(stream.decode("utf-8")))


def _read(text: str) -> Iterator[Received]:
    assert re.search(r"(\n\n|\r\r|\r\n\r\n)\Z", text), "the last event is cut off"
    fields: dict[str, list[str]] = {}
    for line in re.split(r"\r\n|\n|\r", text):
        if not line:
            if "data" in fields:
                yield Received(fields["id"][-1], fields["event"][-1], json.loads("\n".join(fields["data"])))
            fields = {}
        elif not line.startswith(":"):
            name, _, value = line.partition(":")
            assert name in {"id", "event", "data", "retry"}, line
            fields.setdefault(name, []).append(value.removeprefix(" "))
