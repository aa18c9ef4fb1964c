"""Measures one system in a process of its own (`python -m evals.retrieval.child`): its peak memory is its own."""

from __future__ import annotations

import json
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from evals.memory import high_water
from evals.progress import counted
from evals.retrieval.bench import read_bench
from evals.retrieval.peers.encoders import seconds_kept
from evals.retrieval.systems import build_of

DEPTH = 100
"""Documents ranked for each question."""


def main(system: str, folder: str, split: str, out: str, kept: str) -> None:
    """Build `system` over the bench, ask every question once, write what was seen to the file `out`.

    `kept` is the folder with this system's vectors where they were made beforehand, else "": the seconds they took
    count as time of building. A question's time has the encoding of the question in it.
    """
    bench = read_bench(Path(folder), split or None)
    vectors = Path(kept) if kept else None
    encoding_s = seconds_kept(vectors) if vectors else 0.0
    build = build_of(system, vectors)
    with tempfile.TemporaryDirectory(prefix="cadre-evals-") as scratch:
        began = time.perf_counter()
        search = build(bench.documents, Path(scratch))
        build_s = encoding_s + time.perf_counter() - began
        search(bench.queries[0].text, DEPTH)  # the first question pays for what is loaded on demand
        ranked: dict[str, list[str]] = {}
        seconds: list[float] = []
        for query in counted(bench.queries, len(bench.queries), f"{system}：提问"):
            began = time.perf_counter()
            found = search(query.text, DEPTH)
            seconds.append(time.perf_counter() - began)
            ranked[query.id] = [id_ for id_, _ in found]
    seen: dict[str, Any] = {"ranked": ranked, "seconds": seconds, "build_s": build_s, "peak_bytes": high_water()}
    Path(out).write_text(json.dumps(seen), encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
