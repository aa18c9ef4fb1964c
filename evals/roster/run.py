"""One roster run: invented people written to a file, and a process of its own that checks them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from evals.errors import MeasuringFailed
from evals.readings import Bar, Machine, Reading, this_machine
from evals.roster.making import make_roster
from evals.roster.people import AS_OF
from evals.roster.seen import Seen

ROOT = Path(__file__).parents[2]
ROWS = 100_000
WHOLE = Bar(60)
"""Seconds of the whole command for ROWS rows; other numbers of rows have no bar."""


@dataclass(frozen=True)
class Result:
    """The readings, what came of the rows, and of how many rows it was known that they could not be checked."""

    machine: Machine
    seen: Seen
    spoilt: int
    readings: tuple[Reading, ...]

    def as_json(self) -> dict[str, Any]:
        return {
            "machine": str(self.machine),
            "rows": self.seen.rows,
            "spoilt": self.spoilt,
            "noted": self.seen.noted,
            "stages": self.seen.stages,
            "places": self.seen.places,
            "readings": {reading.name: reading.as_json() for reading in self.readings},
        }


def run(rows: int, scratch: Path, say: Callable[[str], None]) -> Result:
    """Make and check a roster of `rows` rows in `scratch`. Raises MeasuringFailed."""
    source, target = scratch / "花名册.xlsx", scratch / "结果.xlsx"
    say(f"造 {rows:,} 行的花名册")
    spoilt = make_roster(source, rows)
    machine = this_machine()
    say("读取、核查、写出")
    began = time.perf_counter()
    seen = in_own_process(source, target, scratch / "seen.json")
    whole = time.perf_counter() - began
    return Result(machine, seen, spoilt, readings(seen, whole, _size(source), _size(target)))


def in_own_process(source: Path, target: Path, out: Path) -> Seen:
    """Run the child to its end; its errors go to our stderr. Raises MeasuringFailed."""
    command = [sys.executable, "-m", "evals.roster.child", str(source), str(target), AS_OF.isoformat(), str(out)]
    done = subprocess.run(command, cwd=ROOT, env={**os.environ}, stdout=sys.stderr, check=False)  # noqa: S603
    if done.returncode or not out.is_file():
        raise MeasuringFailed(f"核查花名册的进程以 {done.returncode} 结束，没有结果")
    return Seen(**json.loads(out.read_text(encoding="utf-8")))


def readings(seen: Seen, whole: float, source: str, target: str) -> tuple[Reading, ...]:
    """The numbers of one run that took `whole` seconds; `source` and `target` are notes on the two files."""
    note = "新进程从启动到结束，包括以上各步"
    return (
        Reading("load", "载入规定", seen.load_s, "秒"),
        Reading("read", "读取名册", seen.read_s, "秒", note=source),
        Reading("check", "逐行核查", seen.check_s, "秒"),
        Reading("write", "写出结果", seen.write_s, "秒", note=target),
        Reading("whole", "全部用时", whole, "秒", WHOLE if seen.rows == ROWS else None, note),
        Reading("per_second", "平均速度", seen.rows / whole, "行/秒", note="按全部用时计"),
        Reading("peak", "内存峰值", seen.peak_bytes / 1e6, "MB"),
    )


def _size(file: Path) -> str:
    return f"文件 {file.stat().st_size / 1e6:.1f} MB"
