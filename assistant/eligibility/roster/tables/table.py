"""The table of a roster: what stands in which column of which row."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple, TypeAlias

from openpyxl.utils import get_column_letter

from assistant.eligibility.case import Day

MAX_ROWS = 200_000
MAX_COLUMNS = 100

Cell: TypeAlias = str | int | float | date | Day | None
"""What a cell holds. A `Day` is a date shown by its month only; text is never empty and has no blanks around it."""


class Row(NamedTuple):
    """One row: its number in the sheet as the program shows it, and its cells from column A on, without empty ends."""

    number: int
    cells: tuple[Cell, ...]

    def cell(self, index: int) -> Cell:
        """The cell of a column counted from 0; None beyond the end."""
        return self.cells[index] if index < len(self.cells) else None


@dataclass(frozen=True)
class Table:
    """A roster as it was read.

    `headers` from column A on, empty where a column has no name; `sheet` None for a .csv; `remarks` are what people
    should know of how it was read.
    """

    name: str
    sheet: str | None
    header_row: int
    headers: tuple[str, ...]
    rows: tuple[Row, ...]
    remarks: tuple[str, ...] = ()


def shown(cell: Cell) -> str:
    """A cell as text; empty for none."""
    match cell:
        case None:
            return ""
        case bool():
            return "是" if cell else "否"
        case datetime():
            return cell.isoformat(" ", "seconds")
        case float():
            return f"{cell:.10g}"
        case _:
            return str(cell)


def column_letter(index: int) -> str:
    """`A` for 0."""
    return get_column_letter(index + 1)
