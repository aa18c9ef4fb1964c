"""A description → the facts it states, with the exact words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from assistant.eligibility.case import Case
from assistant.eligibility.reading.language.description import Description
from assistant.eligibility.reading.proposing import Proposer
from assistant.eligibility.reading.service.tenure import POST_START, YEARS_IN_POST, tenure
from assistant.eligibility.reading.stated.acts import ACT_DATE, acts
from assistant.eligibility.reading.stated.choices import choices
from assistant.eligibility.reading.stated.mention import Mention, settled
from assistant.eligibility.reading.stated.quantities import quantities
from assistant.eligibility.reading.stated.statements import statements
from assistant.eligibility.reading.voice.hearing import Hearing
from assistant.eligibility.reading.voice.people import People
from knowledge.encoder import Encoder
from knowledge.facts import FactKind


@dataclass(frozen=True)
class Read:
    """What was read: the case, and remarks people should see (whose words were left aside)."""

    case: Case
    remarks: tuple[str, ...] = ()


class Reader:
    """Reads descriptions by the phrases of one fact vocabulary. Words that are not in a description make no fact.

    With an encoder, words that are near to a phrase in meaning are proposed.
    """

    def __init__(self, kinds: Mapping[str, FactKind], encoder: Encoder | None = None) -> None:
        self._kinds = kinds
        self._proposer = None if encoder is None else Proposer(encoder, kinds)

    def read(self, text: str, as_of: date) -> Read:
        """Raises SeveralCases, FactAhead, WrongOrder."""
        description = Description.of(text)
        if not description.pieces:
            return Read(Case(as_of))
        people = People(description)
        people.check_single()
        facts, doubts = settled(self._mentions(description, people, as_of), self._kinds)
        case = Case(as_of, facts, doubts)
        if self._proposer is not None:
            case = replace(case, proposals=self._proposer.propose(description, case))
        others = people.others()
        remarks = (f"文中还说到{'、'.join(others)}，其情况不计入。",) if others else ()
        return Read(case, remarks)

    def _mentions(self, text: Description, people: People, as_of: date) -> list[Mention]:
        hearing = Hearing(text)
        kinds: Iterable[FactKind] = self._kinds.values()
        served, present = tenure(self._kinds, text, hearing, people, as_of)
        made = [
            *statements(kinds, text, hearing, people),
            *choices(kinds, text, hearing, people, present),
            *quantities(kinds, text, hearing),
            *served,
        ]
        if ACT_DATE in self._kinds:
            taken = [(m.quote.start, m.quote.end) for m in served if m.name in {POST_START, YEARS_IN_POST}]
            made += acts(text, as_of, taken)
        return made
