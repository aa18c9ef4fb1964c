"""A roster held against the rules on rotation, row by row."""

from assistant.eligibility.roster.checking.checking import check_roster
from assistant.eligibility.roster.checking.result import Basis, Outlook, Roster, RosterRow, Stage, Summary

__all__ = ["Basis", "Outlook", "Roster", "RosterRow", "Stage", "Summary", "check_roster"]
