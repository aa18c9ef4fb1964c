"""A file → a table: a header and rows, or why the file cannot be taken."""

from assistant.eligibility.roster.tables.reading import read_table
from assistant.eligibility.roster.tables.table import Cell, Row, Table, shown

__all__ = ["Cell", "Row", "Table", "read_table", "shown"]
