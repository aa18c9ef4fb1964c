"""Criteria over a case: Kleene's three standings, and a tree of findings."""

from assistant.eligibility.evaluating.finding import Clauses, Finding, find, holds, judged, open_facts, unverified_among
from assistant.eligibility.evaluating.standing import Standing

__all__ = ["Clauses", "Finding", "Standing", "find", "holds", "judged", "open_facts", "unverified_among"]
