"""The words a check rests on: which it read, and whether they stand in the text where it says."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from assistant.eligibility.case import By, Case, Quote
from assistant.eligibility.ruling import Ruling
from evals.counts import Rate
from knowledge.facts import FactKind


@dataclass(frozen=True, slots=True)
class StrayQuote:
    """A quote that is not the text at its offsets."""

    fact: str
    quote: Quote


def quotes_read(ruling: Ruling, kinds: Mapping[str, FactKind]) -> tuple[Quote, ...]:
    """The quotes of what the ruling's mechanism speaks of, settled or in doubt, each passage once."""
    used = set(ruling.facts_used)
    for name in ruling.facts_used:
        derive = kinds[name].derive
        used.update(derive.sources if derive else ())
    return tuple(dict.fromkeys(quote for name, quote in _stated(ruling.case) if name in used))


def stray_quotes(case: Case, text: str) -> tuple[tuple[StrayQuote, ...], Rate]:
    """The quotes that are not `text` at their offsets, and their share of all, proposals included; best zero."""
    proposed = ((proposal.name, proposal.quote) for proposal in case.proposals)
    every = dict.fromkeys((*_stated(case), *proposed))
    stray = tuple(StrayQuote(name, quote) for name, quote in every if not _verbatim(quote, text))
    return stray, Rate(len(stray), len(every))


def unquoted_facts(case: Case) -> Rate:
    """The share of facts read from the text that rest on no words of it; best zero."""
    read = [fact for fact in case.facts.values() if fact.by in {By.RULE, By.MODEL}]
    return Rate(sum(not fact.quotes for fact in read), len(read))


def _stated(case: Case) -> Iterator[tuple[str, Quote]]:
    for fact in case.facts.values():
        yield from ((fact.name, quote) for quote in fact.quotes)
    for doubt in case.doubts.values():
        yield from ((doubt.name, quote) for quote in doubt.quotes)


def _verbatim(quote: Quote, text: str) -> bool:
    return bool(quote.text) and quote.start >= 0 and text[quote.start : quote.end] == quote.text
