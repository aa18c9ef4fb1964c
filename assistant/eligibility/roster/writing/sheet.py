"""Writing one sheet: text is text, dates are dates, the header stays in sight."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from assistant.eligibility.case import Day
from assistant.eligibility.roster.tables import Cell
from assistant.eligibility.roster.writing.safe import looks_like_formula, writable

_HEAD = PatternFill("solid", fgColor="FFD9E1F2")
_BOLD = Font(bold=True)
_WRAPPED = Alignment(wrap_text=True, vertical="center")
_ERRORS = "#"


def add_sheet(book: Workbook, title: str, header: Sequence[str], widths: Sequence[float]) -> Any:
    """A sheet with its header written; rows are to be appended by `append`."""
    sheet: Any = book.create_sheet(title)
    sheet.freeze_panes = "A2"
    for at, width in enumerate(widths, 1):
        sheet.column_dimensions[get_column_letter(at)].width = width
    sheet.append([_head(sheet, name) for name in header])
    return sheet


def append(sheet: Any, lines: Iterable[Sequence[Cell]]) -> int:
    """Append lines; returns how many."""
    count = 0
    for line in lines:
        sheet.append([cell if cell.__class__ is int else written(sheet, cell) for cell in line])
        count += 1
    return count


def written(sheet: Any, cell: Cell) -> Any:
    """As openpyxl takes it. Text it would take for a formula or an error is marked as text."""
    match cell:
        case str():
            text = writable(cell)
            return _as_text(sheet, text) if looks_like_formula(text) or text.startswith(_ERRORS) else text
        case Day():
            return _month(sheet, cell.first)
        case _:
            return cell


def filter_all(sheet: Any, columns: int, rows: int) -> None:
    """Filters on the header of all columns."""
    sheet.auto_filter.ref = f"A1:{get_column_letter(columns)}{rows + 1}"


def _head(sheet: Any, name: str) -> Any:
    cell = _as_text(sheet, writable(name))
    cell.font, cell.fill, cell.alignment = _BOLD, _HEAD, _WRAPPED
    return cell


def _as_text(sheet: Any, text: str) -> Any:
    cell: Any = WriteOnlyCell(sheet)
    cell.value = text
    cell.data_type = "s"
    cell.quotePrefix = looks_like_formula(text)
    return cell


def _month(sheet: Any, first: date) -> Any:
    cell: Any = WriteOnlyCell(sheet)
    cell.value = first
    cell.number_format = "yyyy-mm"
    return cell
