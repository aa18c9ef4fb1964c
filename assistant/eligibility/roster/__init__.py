"""A list of cadres → who must, should or may rotate, and when each falls due, by clause.

`read_table` → `columns_of` (shown to people, changed by them) → `check_roster` → `as_xlsx` or `as_csv`.
"""

from assistant.eligibility.roster.checking import Basis, Outlook, Roster, RosterRow, Stage, Summary, check_roster
from assistant.eligibility.roster.columns import Column, Columns, Field, columns_of
from assistant.eligibility.roster.errors import RosterError
from assistant.eligibility.roster.tables import Cell, Row, Table, read_table
from assistant.eligibility.roster.writing import DISCLAIMER, as_csv, as_xlsx

__all__ = [
    "DISCLAIMER",
    "Basis",
    "Cell",
    "Column",
    "Columns",
    "Field",
    "Outlook",
    "Roster",
    "RosterError",
    "RosterRow",
    "Row",
    "Stage",
    "Summary",
    "Table",
    "as_csv",
    "as_xlsx",
    "check_roster",
    "columns_of",
    "read_table",
]
