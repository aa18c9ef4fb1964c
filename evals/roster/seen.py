"""What the process that checks a roster reports."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Seen:
    """Seconds of each stage, peak resident bytes, and what came out: rows by stage and by place.

    `noted` rows were checked although something of them could not be read.
    """

    rows: int
    load_s: float
    read_s: float
    check_s: float
    write_s: float
    peak_bytes: int
    stages: dict[str, int]
    places: dict[str, int]
    noted: int
