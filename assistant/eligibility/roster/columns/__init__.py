"""Which column is what: a proposal with samples that people see and may change, and the reading of cells by it."""

from assistant.eligibility.roster.columns.columns import Column, Columns, columns_of
from assistant.eligibility.roster.fields import Field

__all__ = ["Column", "Columns", "Field", "columns_of"]
