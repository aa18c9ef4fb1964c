"""Reads, checks and writes one roster in a process of its own (`python -m evals.roster.child`): its memory is its own.

What `cadre roster` does, stage by stage, without its questions.
"""

from __future__ import annotations

import json
import sys
import time
from dataclasses import asdict
from datetime import date
from itertools import pairwise
from pathlib import Path

from assistant.eligibility.roster import as_xlsx, check_roster, columns_of, read_table
from assistant.eligibility.ruling import Rulebook
from evals.memory import high_water
from evals.roster.seen import Seen
from knowledge.library import load_library


def main(source: str, target: str, as_of: str, out: str) -> None:
    """Check the roster `source` for the day `as_of`, write the result to `target` and what was seen to `out`."""
    marks = [time.perf_counter()]
    library = load_library()
    book = Rulebook(library.rules, library.clause)
    marks.append(time.perf_counter())
    table = read_table(Path(source).read_bytes(), Path(source).name)
    columns = columns_of(table, library.rules.facts.values())
    marks.append(time.perf_counter())
    day = date.fromisoformat(as_of)
    roster = check_roster(table, columns, book, library.vocabulary, as_of=day, editions=library.editions)
    marks.append(time.perf_counter())
    Path(target).write_bytes(as_xlsx(roster))
    marks.append(time.perf_counter())
    load_s, read_s, check_s, write_s = (after - before for before, after in pairwise(marks))
    seen = Seen(
        rows=roster.summary.total,
        load_s=load_s,
        read_s=read_s,
        check_s=check_s,
        write_s=write_s,
        peak_bytes=high_water(),
        stages={stage.value: count for stage, count in roster.summary.by_stage},
        places=dict(roster.summary.by_place),
        noted=sum(bool(row.notes) for row in roster.rows),
    )
    Path(out).write_text(json.dumps(asdict(seen)), encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
