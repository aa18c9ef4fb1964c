"""A description → the facts it states, with the exact words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from assistant.eligibility.case import Case
from knowledge.facts import FactKind


@dataclass(frozen=True)
class Read:
    """What was read: the case, and remarks people should see (whose words were left aside, and why)."""

    case: Case
    remarks: tuple[str, ...] = ()


class Reader:
    """Reads descriptions by the phrases of one fact vocabulary."""

    def __init__(self, kinds: Mapping[str, FactKind]) -> None:
        self._kinds = kinds

    def read(self, text: str, as_of: date) -> Read:
        """Raises SeveralCases, FactAhead, WrongOrder."""
        del text
        return Read(Case(as_of))
