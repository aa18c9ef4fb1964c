"""What a check knows of every fact it speaks of: the facts people see, confirm and correct, in their order."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from assistant.eligibility.case import Amount, By, Day, Doubt, Fact, Proposal, Quote, Value
from assistant.eligibility.checker import CaseCheck
from assistant.eligibility.ruling import Ruling
from knowledge.facts import FactKind


class State(StrEnum):
    """How far a fact is settled."""

    KNOWN = "known"
    DOUBTFUL = "doubtful"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Entry:
    """One fact as it is shown.

    `number` links it with its words in the description, 0 where it has none; `used` says that a ruling speaks of it,
    `given` that a person gave it (or said that it is not clear).
    """

    kind: FactKind
    number: int
    used: bool
    given: bool
    fact: Fact | None = None
    doubt: Doubt | None = None
    proposals: tuple[Proposal, ...] = ()

    @property
    def state(self) -> State:
        if self.fact is not None:
            return State.KNOWN
        return State.DOUBTFUL if self.doubt is not None or self.proposals else State.UNKNOWN

    @property
    def quotes(self) -> tuple[Quote, ...]:
        """Every stretch of the description it rests on; those of a fact that follows from others are theirs."""
        settled = self.fact.quotes if self.fact is not None and self.fact.by is not By.DERIVED else ()
        doubted = self.doubt.quotes if self.doubt is not None and self.fact is None else ()
        return tuple(dict.fromkeys((*settled, *doubted, *(proposal.quote for proposal in self.proposals))))


def shown_rulings(check: CaseCheck) -> Sequence[Ruling]:
    """The ruling the check comes to, or while the place is open what every place says."""
    return (check.rulings[0],) if check.place_open is None else check.place_open.each


def entries(check: CaseCheck) -> tuple[Entry, ...]:
    """Facts a ruling speaks of, in the order of its criteria, then others that were read; numbered as shown."""
    case, given = check.case, check.asked.facts
    used = dict.fromkeys(_spoken_of(check))
    proposed: dict[str, list[Proposal]] = {}
    for proposal in case.proposals:
        if proposal.name not in given and proposal.name not in case.facts:
            proposed.setdefault(proposal.name, []).append(proposal)
    names = dict.fromkeys((*used, *case.facts, *case.doubts, *proposed))
    made, number = [], 0
    for name in names:
        kind = check.kinds.get(name)
        if kind is None:
            continue
        fact, doubt = case.facts.get(name), case.doubts.get(name)
        entry = Entry(kind, 0, name in used, name in given, fact, doubt, tuple(proposed.get(name, ())))
        if entry.quotes:
            number += 1
            entry = Entry(kind, number, name in used, name in given, fact, doubt, entry.proposals)
        made.append(entry)
    return tuple(made)


def as_sent(value: Value) -> bool | str | float | None:
    """A value as the browser sends it back; None for a number known only as a range."""
    match value:
        case Amount():
            return value.low if value.low == value.high else None
        case Day():
            return str(value) if "/" not in str(value) else None
        case _:
            return value


def _spoken_of(check: CaseCheck) -> Iterable[str]:
    for ruling in shown_rulings(check):
        for condition in ruling.mechanism.conditions():
            kind = check.kinds[condition.fact]
            yield from kind.derive.sources if kind.derive is not None else ()
            yield condition.fact
