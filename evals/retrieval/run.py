"""Run every system over a bench, each in its own process, and put their numbers side by side."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from evals.counts import spread
from evals.errors import MeasuringFailed
from evals.retrieval.bench import Bench, read_bench
from evals.retrieval.measures import measured

ROOT = Path(__file__).parents[2]
SYSTEM_NAMES = ("ours", "encoder", "bm25")


@dataclass(frozen=True, slots=True)
class Seen:
    """What a child process saw: document ids best first for each question, seconds for each, its cost."""

    ranked: dict[str, list[str]]
    seconds: list[float]
    build_s: float
    peak_bytes: int


@dataclass(frozen=True)
class Result:
    """Sizes, and for each system its measures, milliseconds, build seconds and peak megabytes (10⁶ bytes)."""

    dataset: str
    queries: int
    documents: int
    systems: dict[str, dict[str, float]]

    def as_json(self) -> dict[str, Any]:
        return {
            "dataset": self.dataset,
            "queries": self.queries,
            "documents": self.documents,
            "systems": self.systems,
        }


Observe = Callable[[str], Seen]
"""A system's name → what it did."""


def measure(folder: Path, split: str | None, systems: Sequence[str] = SYSTEM_NAMES) -> Result:
    """Measure `systems` over the bench in `folder`. Raises FaultyDataset, NothingToMeasure or MeasuringFailed."""
    return compared(read_bench(folder, split), systems, lambda name: in_own_process(name, folder, split))


def compared(bench: Bench, systems: Sequence[str], observe: Observe) -> Result:
    """The numbers of each system over one bench."""
    rows = {name: _numbers(bench, observe(name)) for name in systems}
    return Result(bench.name, len(bench.queries), len(bench.documents), rows)


def in_own_process(system: str, folder: Path, split: str | None) -> Seen:
    """Run the child to its end; its progress and errors go to our stderr. Raises MeasuringFailed."""
    with tempfile.TemporaryDirectory(prefix="cadre-evals-") as scratch:
        out = Path(scratch) / "seen.json"
        command = [sys.executable, "-m", "evals.retrieval.child", system, str(folder.resolve()), split or "", str(out)]
        done = subprocess.run(command, cwd=ROOT, env={**os.environ}, stdout=sys.stderr, check=False)  # noqa: S603
        if done.returncode or not out.is_file():
            raise MeasuringFailed(f"系统“{system}”的评测进程以 {done.returncode} 结束，没有结果")
        return Seen(**json.loads(out.read_text(encoding="utf-8")))


def _numbers(bench: Bench, seen: Seen) -> dict[str, float]:
    milliseconds = spread([seconds * 1000 for seconds in seen.seconds])
    return {
        **measured(bench.judged, seen.ranked),
        "p50_ms": milliseconds.p50 or 0.0,
        "p95_ms": milliseconds.p95 or 0.0,
        "build_s": seen.build_s,
        "peak_mb": seen.peak_bytes / 1e6,
    }
