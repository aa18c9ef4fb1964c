"""Values and words of a case as they go over the wire: facts, doubts, proposals."""

from __future__ import annotations

from collections.abc import Mapping
from math import inf

from assistant.eligibility.case import Amount, Day, Doubt, Fact, Proposal, Quote, Value
from assistant.eligibility.evaluating.wording import value_text
from knowledge.facts import FactKind
from server.api.cases.read import AmountShown, DoubtShown, FactShown, ProposalShown, QuoteShown, ValueShown


def shown_value(value: Value) -> ValueShown:
    """An exact number as a number, any other as its bounds; a day as text. `ask_case` takes all of them back."""
    match value:
        case Amount(low, high, below) if low == high and not below:
            return low
        case Amount(low, high, below):
            return AmountShown(low=low, high=None if high == inf else high, below=below)
        case Day():
            return str(value)
        case _:
            return value


def shown_fact(fact: Fact, kind: FactKind) -> FactShown:
    """A fact with the words it rests on."""
    first = fact.quotes[0] if fact.quotes else None
    return FactShown(
        name=fact.name,
        label=kind.label,
        value=shown_value(fact.value),
        text=value_text(fact.value, kind),
        quote=first and first.text,
        start=first and first.start,
        end=first and first.end,
        by=fact.by.value,
        found=fact.found,
        quotes=_quotes(fact.quotes),
    )


def shown_doubt(doubt: Doubt, kind: FactKind) -> DoubtShown:
    """What was spoken of and is not settled."""
    return DoubtShown(
        name=doubt.name,
        label=kind.label,
        reason=doubt.reason,
        value=None if doubt.value is None else shown_value(doubt.value),
        text=None if doubt.value is None else value_text(doubt.value, kind),
        quotes=_quotes(doubt.quotes),
    )


def shown_proposals(proposals: tuple[Proposal, ...], kinds: Mapping[str, FactKind]) -> tuple[ProposalShown, ...]:
    """What the words might mean, the likeliest first."""
    return tuple(
        ProposalShown(
            name=one.name,
            label=kinds[one.name].label,
            question=kinds[one.name].question,
            value=shown_value(one.value),
            text=value_text(one.value, kinds[one.name]),
            quote=one.quote.text,
            start=one.quote.start,
            end=one.quote.end,
        )
        for one in proposals
    )


def _quotes(quotes: tuple[Quote, ...]) -> tuple[QuoteShown, ...]:
    return tuple(QuoteShown(text=quote.text, start=quote.start, end=quote.end) for quote in quotes)
