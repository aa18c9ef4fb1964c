"""A .csv → rows: UTF-8 or GB18030, parted by commas, semicolons or tabs."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from itertools import chain, islice

from assistant.eligibility.roster.errors import (
    EmptyTable,
    NoHeader,
    NotATable,
    TooManyColumns,
    TooManyRows,
    UnknownEncoding,
)
from assistant.eligibility.roster.tables.header import LOOKED_AT, header_in
from assistant.eligibility.roster.tables.table import MAX_COLUMNS, MAX_ROWS, Row, Table

_DELIMITERS = ",;\t，；"
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_SNIFFED = 20


def read_delimited(data: bytes, name: str) -> Table:
    """Raises UnknownEncoding, NotATable, EmptyTable, NoHeader, TooManyRows, TooManyColumns."""
    text = decoded(data)
    rows = _rows(text, _delimiter(text))
    first = list(islice(rows, LOOKED_AT))
    if not first:
        raise EmptyTable
    header = header_in(first)
    if header is None:
        raise NoHeader(LOOKED_AT)
    kept: list[Row] = []
    for row in chain((one for one in first if one.number > header.row), rows):
        kept.append(row)
        if len(kept) > MAX_ROWS:
            raise TooManyRows(MAX_ROWS)
    if not kept:
        raise EmptyTable
    return Table(name, None, header.row, header.names, tuple(kept))


def decoded(data: bytes) -> str:
    """The text of a file in UTF-8 (with or without its mark), UTF-16 with its mark, or GB18030."""
    marked = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    for encoding in ("utf-16",) if marked else ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise UnknownEncoding


def _delimiter(text: str) -> str:
    """The delimiter that most lines hold equally often."""
    lines = [line for line in text[:20_000].splitlines() if line.strip()][:_SNIFFED]

    def agreement(mark: str) -> tuple[int, int]:
        counts = Counter(count for line in lines if (count := line.count(mark)))
        return max(((times, count) for count, times in counts.items()), default=(0, 0))

    return max(_DELIMITERS, key=agreement)


def _rows(text: str, delimiter: str) -> Iterator[Row]:
    kept: dict[str, str] = {}
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        for number, fields in enumerate(reader, 1):
            cells = [
                kept.setdefault(cell, cell) if (cell := _CONTROL.sub("", field).strip()) else None for field in fields
            ]
            while cells and cells[-1] is None:
                cells.pop()
            if len(cells) > MAX_COLUMNS:
                raise TooManyColumns(len(cells), MAX_COLUMNS)
            if cells:
                yield Row(number, tuple(cells))
    except csv.Error:
        raise NotATable("无法分列的文本") from None
