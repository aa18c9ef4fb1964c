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
from evals.errors import MeasuringFailed, UnknownSystem
from evals.retrieval.bench import Bench, read_bench
from evals.retrieval.measures import measured
from evals.retrieval.peers.named import PEERS, QUIET, check_installed

ROOT = Path(__file__).parents[2]
SYSTEM_NAMES = ("ours", "encoder", "bm25", *PEERS)


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


def chosen(names: str | None) -> tuple[str, ...]:
    """The systems named in `names`, between commas, each once; all of them without it.

    Raises UnknownSystem, or MissingPackage for a peer whose library is not installed.
    """
    systems = SYSTEM_NAMES if names is None else tuple(dict.fromkeys(name.strip() for name in names.split(",")))
    for name in systems:
        if name not in SYSTEM_NAMES:
            raise UnknownSystem(name, SYSTEM_NAMES)
        if name in PEERS:
            check_installed(name)
    return systems


def measure(folder: Path, split: str | None, systems: Sequence[str] = SYSTEM_NAMES) -> Result:
    """Measure `systems` over the bench in `folder`. Raises FaultyDataset, NothingToMeasure or MeasuringFailed."""
    bench = read_bench(folder, split)
    sharing = [name for name in systems if name in PEERS and PEERS[name].minilm]
    with tempfile.TemporaryDirectory(prefix="cadre-evals-") as scratch:
        if len(sharing) > 1:
            _child("MiniLM", "evals.retrieval.peers.encoders", str(folder.resolve()), split or "", scratch)

        def observe(name: str) -> Seen:
            return in_own_process(name, folder, split, Path(scratch) if len(sharing) > 1 and name in sharing else None)

        return compared(bench, systems, observe)


def compared(bench: Bench, systems: Sequence[str], observe: Observe) -> Result:
    """The numbers of each system over one bench."""
    rows = {name: _numbers(bench, observe(name)) for name in systems}
    return Result(bench.name, len(bench.queries), len(bench.documents), rows)


def in_own_process(system: str, folder: Path, split: str | None, kept: Path | None = None) -> Seen:
    """Run the child to its end, with the vectors in `kept` if any; its output goes to our stderr.

    Raises MeasuringFailed.
    """
    with tempfile.TemporaryDirectory(prefix="cadre-evals-") as scratch:
        out = Path(scratch) / "seen.json"
        vectors = str(kept) if kept else ""
        _child(system, "evals.retrieval.child", system, str(folder.resolve()), split or "", str(out), vectors)
        if not out.is_file():
            raise MeasuringFailed(f"系统“{system}”的评测进程没有写出结果")
        return Seen(**json.loads(out.read_text(encoding="utf-8")))


def _child(system: str, module: str, *arguments: str) -> None:
    command = [sys.executable, "-m", module, *arguments]
    done = subprocess.run(command, cwd=ROOT, env={**os.environ, **QUIET}, stdout=sys.stderr, check=False)  # noqa: S603
    if done.returncode:
        raise MeasuringFailed(f"系统“{system}”的评测进程以 {done.returncode} 结束，没有结果")


def _numbers(bench: Bench, seen: Seen) -> dict[str, float]:
    milliseconds = spread([seconds * 1000 for seconds in seen.seconds])
    return {
        **measured(bench.judged, seen.ranked),
        "p50_ms": milliseconds.p50 or 0.0,
        "p95_ms": milliseconds.p95 or 0.0,
        "build_s": seen.build_s,
        "peak_mb": seen.peak_bytes / 1e6,
    }
