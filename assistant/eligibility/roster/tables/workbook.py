"""An .xlsx → rows, read as a stream."""

from __future__ import annotations

import io
import re
import warnings
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from assistant.eligibility.case import Day
from assistant.eligibility.roster.errors import (
    DamagedWorkbook,
    EmptyTable,
    MergedCells,
    NoHeader,
    TooManyColumns,
    TooManyRows,
    UncalculatedFormulas,
)
from assistant.eligibility.roster.tables.header import LOOKED_AT, Header, header_in
from assistant.eligibility.roster.tables.opening import refuse_entities
from assistant.eligibility.roster.tables.scanning import Scan, scan
from assistant.eligibility.roster.tables.table import MAX_COLUMNS, MAX_ROWS, Cell, Row, Table

_BUILT_IN_MONTHS = frozenset({17, 27, 36, 50, 52, 55, 57})
"""Number formats Chinese spreadsheet programs refer to by number alone: 2015年3月 (ECMA-376, 18.8.30)."""
_BUILT_IN_DAYS = frozenset({28, 29, 30, 31, 51, 53, 54, 58})
_QUOTED = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.')
_DAMAGE = (
    InvalidFileException,
    zipfile.BadZipFile,
    zlib.error,
    SyntaxError,  # what XML parsers raise
    EOFError,
    OSError,
    KeyError,
    IndexError,
    ValueError,
    TypeError,
    AttributeError,
    OverflowError,
)


def read_workbook(data: bytes, name: str) -> Table:
    """The first sheet with a header we know.

    Raises DamagedWorkbook, EntitiesInside, EmptyTable, NoHeader, TooManyRows, TooManyColumns, UncalculatedFormulas,
    MergedCells.
    """
    with _damage_told(), zipfile.ZipFile(io.BytesIO(data)) as archive:
        refuse_entities(archive)
    warnings.filterwarnings("ignore", category=UserWarning, module="openpyxl")
    with _damage_told():
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
    try:
        with _damage_told():
            return _Reader(book).read(name)
    finally:
        book.close()


@contextmanager
def _damage_told() -> Iterator[None]:
    """The many ways in which the libraries find a file broken, as one of ours."""
    from assistant.eligibility.roster.errors import RosterError

    try:
        yield
    except RosterError:
        raise
    except _DAMAGE:
        raise DamagedWorkbook from None


class _Reader:
    """Reads the sheets of one open workbook. openpyxl tells how a date is shown by its style only."""

    def __init__(self, book: Workbook) -> None:
        opened: Any = book
        self._book = opened
        self._texts: dict[str, str] = {}
        styles = [style.numFmtId for style in opened._cell_styles]
        custom = dict(enumerate(opened._number_formats, 164))
        known = _BUILT_IN_MONTHS | _BUILT_IN_DAYS
        opened._date_formats.update(at for at, number in enumerate(styles) if number in known - set(custom))
        self._by_month = {
            at for at, number in enumerate(styles) if number in _BUILT_IN_MONTHS or _month_only(custom.get(number, ""))
        }

    def read(self, name: str) -> Table:
        filled, sheets = False, self._book.worksheets
        for sheet in sheets:
            with self._book._archive.open(sheet._worksheet_path) as source:
                seen = scan(source)
            if seen.width == 0:
                continue
            filled = True
            header = header_in(self._first(sheet, min(seen.width, MAX_COLUMNS)))
            if header is None:
                continue
            if seen.width > MAX_COLUMNS:
                raise TooManyColumns(seen.width, MAX_COLUMNS)
            rows = self._below(sheet, seen, header)
            remarks = (f"文件有 {len(sheets)} 个工作表，读取的是“{sheet.title}”。",) if len(sheets) > 1 else ()
            return Table(name, sheet.title, header.row, header.names, rows, remarks)
        raise NoHeader(LOOKED_AT) if filled else EmptyTable

    def _first(self, sheet: Any, width: int) -> list[Row]:
        return [row for row in self._rows(sheet, width, LOOKED_AT) if row.cells]

    def _below(self, sheet: Any, seen: Scan, header: Header) -> tuple[Row, ...]:
        uncalculated = [cell for cell, row in seen.uncalculated if row >= header.row]
        if uncalculated:
            raise UncalculatedFormulas(uncalculated)
        rows: list[Row] = []
        for row in self._rows(sheet, seen.width):
            if row.cells and row.number > header.row:
                rows.append(row)
                if len(rows) > MAX_ROWS:
                    raise TooManyRows(MAX_ROWS)
        if not rows:
            raise EmptyTable
        last = rows[-1].number
        merged = [one.name for one in seen.merged if one.last_row > header.row and one.first_row <= last]
        if merged:
            raise MergedCells(merged)
        return tuple(rows)

    def _rows(self, sheet: Any, width: int, until: int | None = None) -> Iterator[Row]:
        sheet.reset_dimensions()
        for number, row in enumerate(sheet.iter_rows(max_col=width, max_row=until), 1):
            cells = [None if (value := cell.value) is None else self._cell(value, cell) for cell in row]
            while cells and cells[-1] is None:
                cells.pop()
            yield Row(number, tuple(cells))

    def _cell(self, value: Any, cell: Any) -> Cell:
        match value:
            case str():
                text = value.strip()
                return self._texts.setdefault(text, text) or None
            case bool() | int():
                return value
            case float():
                return int(value) if value.is_integer() and abs(value) < 1e15 else value
            case datetime():
                return self._date(value, cell)
            case date() | None:
                return value
            case time():
                return value.isoformat("seconds")
            case _:
                return str(value)

    def _date(self, value: datetime, cell: Any) -> Cell:
        """Programs store 2015年3月 as the first of the month: where it is shown so, the day is not known."""
        if value.time() != time():
            return value
        if value.day == 1 and cell._style_id in self._by_month:
            return Day.parse(f"{value:%Y-%m}")
        return value.date()


def _month_only(code: str) -> bool:
    """Whether a number format shows year and month and no day: `yyyy"年"m"月"`, `yyyy.mm`, `mmm-yy`."""
    plain = _QUOTED.sub("", code.partition(";")[0]).lower()
    return "y" in plain and "m" in plain and "d" not in plain and "h" not in plain
