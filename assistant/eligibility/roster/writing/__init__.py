"""A checked roster as a file to hand on."""

from assistant.eligibility.roster.writing.delimited import as_csv
from assistant.eligibility.roster.writing.lines import DISCLAIMER
from assistant.eligibility.roster.writing.workbook import as_xlsx

__all__ = ["DISCLAIMER", "as_csv", "as_xlsx"]
