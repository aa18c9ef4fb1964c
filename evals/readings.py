"""What was measured, each number beside its bar, and on which machine."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil


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
    """One number with its unit; `value` None was not measured, `bar` None has no bar here."""

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
