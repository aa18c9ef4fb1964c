"""A roster of invented people as an .xlsx, the same people for the same number of rows."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from random import Random
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell

from evals.roster.people import HEADER, Entry, is_spoilt, person

_SEED = "cadre-roster-1"


def make_roster(file: Path, rows: int) -> int:
    """Write `rows` people below a title and a header; gives how many rows were spoilt."""
    book = Workbook(write_only=True)
    sheet: Any = book.create_sheet("花名册")
    sheet.append(["干部花名册（测试数据，人物均为虚构）"])
    sheet.append(HEADER)
    chance = Random(_SEED)  # noqa: S311 (a test roster, not a secret)
    for number in range(1, rows + 1):
        sheet.append([_cell(sheet, entry) for entry in person(number, chance)])
    book.save(file)
    return sum(map(is_spoilt, range(1, rows + 1)))


def _cell(sheet: Any, entry: Entry) -> Any:
    if isinstance(entry, str) and entry.startswith("="):
        cell = WriteOnlyCell(sheet, entry)
        cell.data_type = "s"  # words, not a formula
        return cell
    if isinstance(entry, tuple):
        day, form = entry
        cell = WriteOnlyCell(sheet, datetime(day.year, day.month, day.day))
        cell.number_format = form
        return cell
    return entry
