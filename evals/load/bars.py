"""The bars of the design for a server, by how much knowledge it carries."""

from __future__ import annotations

from enum import StrEnum

from evals.readings import Bar


class Scale(StrEnum):
    """How much knowledge the server carries."""

    BUNDLED = "bundled"
    STATUTES = "59k"


_BARS: dict[Scale, dict[str, Bar]] = {
    Scale.STATUTES: {
        "ask_p50": Bar(25),
        "ask_p95": Bar(60),
        "requests": Bar(80, at_most=False),
        "place_p95": Bar(30),
        "date_p95": Bar(30),
        "clauses_event_p95": Bar(100),
        "build": Bar(100),
        "build_peak": Bar(1500),
        "rebuild": Bar(10),
        "memory": Bar(1200),
    },
    Scale.BUNDLED: {
        "clauses_event_p95": Bar(100),
        "check_p95": Bar(80),
        "cold_ask": Bar(4),
        "memory": Bar(700),
    },
}


def bar_for(scale: Scale, name: str) -> Bar | None:
    """The design's bar for a reading at this scale, None where it sets none."""
    return _BARS[scale].get(name)
