"""An .xlsx → rows, read as a stream: openpyxl opens it, `sheet.py` reads its rows."""

from __future__ import annotations

import io
import re
import warnings
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time
from itertools import chain
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.utils.datetime import from_excel, from_ISO8601
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
from assistant.eligibility.roster.tables.sheet import Sheet
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
    RuntimeError,  # zipfile: passwords, compressions it does not know
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
    """Reads the sheets of one open workbook. How a date is shown, its style alone tells."""

    def __init__(self, book: Workbook) -> None:
        opened: Any = book
        self._book = opened
        self._strings: list[str] = []
        self._kept: dict[str, str] = {}
        self._dates: dict[tuple[str, int], Cell] = {}
        styles = [style.numFmtId for style in opened._cell_styles]
        custom = dict(enumerate(opened._number_formats, 164))
        self._by_month = {
            at for at, number in enumerate(styles) if number in _BUILT_IN_MONTHS or _month_only(custom.get(number, ""))
        }
        unnamed = {at for at, number in enumerate(styles) if number in _BUILT_IN_MONTHS | _BUILT_IN_DAYS}
        self._dated: set[int] = opened._date_formats | unnamed

    def read(self, name: str) -> Table:
        filled, sheets = False, self._book.worksheets
        for one in sheets:
            self._strings = one._shared_strings
            sheet = Sheet(self._cell)
            with self._book._archive.open(one._worksheet_path) as source:
                rows = sheet.rows(source)
                first = _first(rows)
                filled = filled or bool(first)
                header = header_in([row for row in first if row.number <= LOOKED_AT])
                if header is None:
                    continue
                below = _below(header, first, rows)
            _refuse_unclear(sheet, header, below[-1].number)
            remarks = (f"文件有 {len(sheets)} 个工作表，读取的是“{one.title}”。",) if len(sheets) > 1 else ()
            return Table(name, one.title, header.row, header.names, below, remarks)
        raise NoHeader(LOOKED_AT) if filled else EmptyTable

    def _cell(self, kind: str, text: str, style: int) -> Cell:
        match kind:
            case "n":
                return self._date(text, style) if style in self._dated else _number(text)
            case "s":
                return self._string(self._strings[int(text)])
            case "b":
                return text.strip() == "1"
            case "d":
                return _day_or_time(from_ISO8601(text))  # type: ignore[no-untyped-call]  # its stub has no annotations
            case _:
                return self._string(text)

    def _string(self, text: str) -> str | None:
        """Equal texts are kept once."""
        plain = text.strip()
        return self._kept.setdefault(plain, plain) or None

    def _date(self, text: str, style: int) -> Cell:
        key = text, style
        if key not in self._dates:
            self._dates[key] = self._worked_out(_number(text), style)
        return self._dates[key]

    def _worked_out(self, number: int | float, style: int) -> Cell:
        """Programs store 2015年3月 as the first of the month: where it is shown so, the day is not known."""
        try:
            value = from_excel(number, self._book.epoch, timedelta=style in self._book._timedelta_formats)
        except (OverflowError, ValueError):
            return number
        if isinstance(value, datetime) and value.time() == time() and value.day == 1 and style in self._by_month:
            return Day.parse(f"{value:%Y-%m}")
        return _day_or_time(value)


def _first(rows: Iterator[Row]) -> list[Row]:
    """Rows among which the header is looked for, and the one after them."""
    first: list[Row] = []
    for row in rows:
        first.append(row)
        if row.number >= LOOKED_AT:
            break
    return first


def _below(header: Header, first: list[Row], rows: Iterator[Row]) -> tuple[Row, ...]:
    """All rows below the header; raises EmptyTable, TooManyRows."""
    below: list[Row] = []
    for row in chain((one for one in first if one.number > header.row), rows):
        below.append(row)
        if len(below) > MAX_ROWS:
            raise TooManyRows(MAX_ROWS)
    if not below:
        raise EmptyTable
    return tuple(below)


def _refuse_unclear(sheet: Sheet, header: Header, last: int) -> None:
    """Raises TooManyColumns, UncalculatedFormulas, MergedCells."""
    if sheet.width > MAX_COLUMNS:
        raise TooManyColumns(sheet.width, MAX_COLUMNS)
    uncalculated = [cell for cell, row in sheet.uncalculated if row >= header.row]
    if uncalculated:
        raise UncalculatedFormulas(uncalculated)
    merged = [one.name for one in sheet.merged if one.last_row > header.row and one.first_row <= last]
    if merged:
        raise MergedCells(merged)


def _number(text: str) -> int | float:
    number = float(text)
    return int(number) if number.is_integer() and abs(number) < 1e15 else number


def _day_or_time(value: object) -> Cell:
    match value:
        case datetime():
            return value.date() if value.time() == time() else value
        case date():
            return value
        case time():
            return value.isoformat("seconds")
        case _:
            return str(value)


def _month_only(code: str) -> bool:
    """Whether a number format shows year and month and no day: `yyyy"年"m"月"`, `yyyy.mm`, `mmm-yy`."""
    plain = _QUOTED.sub("", code.partition(";")[0]).lower()
    return "y" in plain and "m" in plain and "d" not in plain and "h" not in plain
