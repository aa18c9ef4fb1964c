"""Clauses as buttons that open them in the panel."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from html import escape

from knowledge.clauses import ClauseRef
from knowledge.errors import UnknownClause
from server.api.seam import Shelf
from server.page import labels


@dataclass(frozen=True)
class Basis:
    """Draws a clause as it stood on `day`; `home` is the edition whose title need not be repeated."""

    shelf: Shelf
    day: date
    home: str = ""

    def button(self, ref: ClauseRef, *, by_heading: bool = False) -> str:
        """The clause as a button, by its locator or its heading; a ref the served index does not hold stays text."""
        try:
            clause = self.shelf.clause(ref)
        except UnknownClause:
            return f'<span class="basis">{escape(str(ref))}</span>'
        full = labels.citation(clause, self.shelf.editions[ref.edition])
        short = clause.heading if by_heading else clause.locator if ref.edition == self.home else full
        return (
            f'<button type="button" class="basis" data-ref="{escape(str(ref))}" data-day="{self.day}"'
            f' aria-controls="cadre-clause" title="{escape(full)}" aria-label="查看条款：{escape(full)}">'
            f"{escape(short)}</button>"
        )

    def cited(self, ref: ClauseRef) -> str:
        """The clause as text, in full."""
        try:
            return labels.citation(self.shelf.clause(ref), self.shelf.editions[ref.edition])
        except UnknownClause:
            return str(ref)
