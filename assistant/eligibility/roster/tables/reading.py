"""A file → its table, by what it is and not by what it is called."""

from __future__ import annotations

from assistant.eligibility.roster.errors import EmptyTable, InflatedWorkbook
from assistant.eligibility.roster.tables.delimited import read_delimited
from assistant.eligibility.roster.tables.opening import MAX_UNPACKED, FileKind, kind_of
from assistant.eligibility.roster.tables.table import Table
from assistant.eligibility.roster.tables.workbook import read_workbook


def read_table(data: bytes, name: str) -> Table:
    """The table in an .xlsx or a .csv; raises a RosterError that says what is wrong with the file."""
    if not data.strip():
        raise EmptyTable
    if len(data) > MAX_UNPACKED:
        raise InflatedWorkbook(len(data), MAX_UNPACKED)
    match kind_of(data, name):
        case FileKind.WORKBOOK:
            return read_workbook(data, name)
        case FileKind.TEXT:
            return read_delimited(data, name)
