"""The result as a .csv that Excel and WPS open with a double click."""

from __future__ import annotations

import csv
import io

from assistant.eligibility.roster.checking import Roster
from assistant.eligibility.roster.tables import Cell, shown
from assistant.eligibility.roster.writing.lines import headers, lines
from assistant.eligibility.roster.writing.safe import inert, writable


def as_csv(roster: Roster) -> bytes:
    """UTF-8 with its mark, one line for every row; counts, clauses and the rest are in the .xlsx only."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow([inert(writable(name)) for name in headers(roster)])
    writer.writerows([_text(cell) for cell in line] for line in lines(roster))
    return out.getvalue().encode("utf-8-sig")


def _text(cell: Cell) -> str:
    return inert(writable(cell)) if isinstance(cell, str) else shown(cell)
