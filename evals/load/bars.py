"""What was measured, beside the bars of the design."""

from __future__ import annotations

import os
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

import psutil


class Scale(StrEnum):
    """How much knowledge the server carries."""

    BUNDLED = "bundled"
    STATUTES = "59k"


@dataclass(frozen=True, slots=True)
class Bar:
    """A value of the design: reached at most, or at least."""

    value: float
    at_most: bool = True

    def passed(self, measured: float) -> bool:
        return measured <= self.value if self.at_most else measured >= self.value

    def __str__(self) -> str:
        return f"{'≤' if self.at_most else '≥'} {self.value:g}"


@dataclass(frozen=True, slots=True)
class Reading:
    """One number with its unit; `value` None was not measured, `bar` None has no bar at this scale."""

    name: str
    label: str
    value: float | None
    unit: str
    bar: Bar | None = None
    note: str = ""

    @property
    def verdict(self) -> str:
        if self.value is None:
            return "未测"
        if self.bar is None:
            return "—"
        return "达到" if self.bar.passed(self.value) else "未达到"

    def as_json(self) -> dict[str, Any]:
        passed = None if self.bar is None or self.value is None else self.bar.passed(self.value)
        return {
            "value": self.value,
            "unit": self.unit,
            "bar": None if self.bar is None else str(self.bar),
            "passed": passed,
            "note": self.note,
        }


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
    Scale.BUNDLED: {"clauses_event_p95": Bar(100), "cold_ask": Bar(4), "memory": Bar(700)},
}


def bar_for(scale: Scale, name: str) -> Bar | None:
    """The design's bar for a reading at this scale, None where it sets none."""
    return _BARS[scale].get(name)


@dataclass(frozen=True, slots=True)
class Machine:
    """Where it was measured; `load` is the one-minute load average before the run began: 0 is an idle machine."""

    cpu: str
    cores: int
    memory_gb: float
    load: float

    def __str__(self) -> str:
        return f"{self.cpu}，{self.cores} 核，内存 {self.memory_gb:.0f} GB；开始前系统负载 {self.load:.1f}"


def this_machine() -> Machine:
    """The machine we run on."""
    lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    cpu = next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), "未知处理器")
    return Machine(cpu, psutil.cpu_count() or 1, psutil.virtual_memory().total / 1e9, os.getloadavg()[0])
