"""Finding the row that names the columns, below title rows and over one or two rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from assistant.eligibility.roster.fields import KNOWN, field_named
from assistant.eligibility.roster.tables.table import Row, shown

LOOKED_AT = 40
"""Rows in which the header is looked for."""
_ENOUGH = 2


@dataclass(frozen=True, slots=True)
class Header:
    """The names of the columns and the number of their (last) row."""

    row: int
    names: tuple[str, ...]


def header_in(rows: Sequence[Row]) -> Header | None:
    """The row, or pair of rows, that names most fields we know; None where none names two."""
    single = [Header(row.number, _names(row)) for row in rows]
    double = [Header(below.row, _joined(above.names, below.names)) for above, below in pairwise(single)]
    best = max(single, key=_known, default=None)
    if best is None:
        return None
    wider = max(double, key=_known, default=best)
    chosen = wider if _known(wider) > _known(best) else best
    return chosen if _known(chosen) >= _ENOUGH else None


def _names(row: Row) -> tuple[str, ...]:
    return tuple(shown(cell) if isinstance(cell, str) else "" for cell in row.cells)


def _joined(above: tuple[str, ...], below: tuple[str, ...]) -> tuple[str, ...]:
    """A header over two rows: the lower name where there is one, else the upper."""
    width = max(len(above), len(below))
    pad = ("",) * width
    return tuple(low or up for up, low in zip((above + pad)[:width], (below + pad)[:width], strict=True))


def _known(header: Header) -> int:
    return len({field.id for name in header.names if (field := field_named(name, KNOWN)) is not None})
