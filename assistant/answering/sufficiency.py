"""The gate: is what was found enough to answer, to answer in part, or no basis at all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from assistant.answering.answer import Route
from assistant.answering.evidence import Evidence
from assistant.answering.understanding import Reading


class Enough(Enum):
    """How far evidence carries an answer."""

    FULLY = "fully"
    PARTLY = "partly"
    NOT = "not"


_BESIDE = 0.5
"""What answers in part stands beside what answers fully from this share of its strength."""


@dataclass(frozen=True, slots=True)
class Gate:
    """Thresholds of the gate: `full` was found on the tuning half (docs/decisions/0003), the others chosen by eye.

    Coverage is the share of asked weight covered (0 … 1), strength the best passage's score. Below `strength`, or below
    `basis` of coverage, there is no basis. The answer is partial where the best sentence's score and half the coverage
    together stay below `full`.
    """

    basis: float = 0.34
    strength: float = 0.30
    full: float = 0.77
    sure: float = 0.75

    def near(self, evidence: Evidence) -> bool:
        """Whether the evidence is worth showing beside that of another place which answers."""
        return bool(evidence.chosen) and evidence.strength >= self.strength

    def judge(self, evidence: Evidence, *, in_field: bool = False) -> Enough:
        """Whether this evidence answers.

        What is asked in words of the field, or of a place we hold, has at least a partial answer unless a word of the
        field in it is nowhere in the evidence: then the thing asked for is not there.
        """
        share = evidence.covered.share
        if not evidence.chosen or evidence.strength < self.strength:
            return Enough.NOT
        lost = any(term.exact and term.own for term in evidence.covered.missing)
        if share < self.basis and evidence.strength < self.sure and (lost or not in_field):
            return Enough.NOT
        sureness = max(one.score for one in evidence.chosen) + 0.5 * share
        if evidence.open or evidence.covered.unmeasured or sureness < self.full:
            return Enough.PARTLY
        return Enough.FULLY


@dataclass(frozen=True, slots=True)
class Judged:
    """The evidence that may be shown, and how far it carries."""

    enough: Enough
    evidence: tuple[Evidence, ...]


def judged(gate: Gate, evidence: Sequence[Evidence], reading: Reading, *, in_field: bool) -> Judged:
    """Keep what has a basis. Several places asked for are answered fully when each is.

    Asked across places, or of a case whose place is open, what answers in part stands beside what answers fully as long
    as it is on the same matter.
    """
    verdicts = [(gate.judge(one, in_field=in_field), one) for one in evidence]
    named = len(reading.places.known) > 1
    kept = [(enough, one) for enough, one in verdicts if enough is not Enough.NOT or (named and gate.near(one))]
    if all(enough is Enough.NOT for enough, _ in kept):
        return Judged(Enough.NOT, ())
    full = [one for enough, one in kept if enough is Enough.FULLY]
    if named:
        enough = Enough.FULLY if len(full) == len(verdicts) else Enough.PARTLY
        return Judged(enough, tuple(one for _, one in kept))
    if full:
        wide = reading.places.everywhere or reading.route is Route.CASE
        matter = set(full[0].chosen[0].clause.topics)
        near = _BESIDE * max(one.strength for one in full)
        beside = [
            one
            for _, one in kept
            if one in full or (wide and one.strength >= near and matter & set(one.chosen[0].clause.topics))
        ]
        return Judged(Enough.FULLY, tuple(beside))
    return Judged(Enough.PARTLY, tuple(one for _, one in kept))
