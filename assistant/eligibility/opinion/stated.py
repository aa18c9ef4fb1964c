"""Facts and doubts in words, each with the description's own."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.eligibility.case import Doubt, Fact, Quote
from assistant.eligibility.checker import CaseCheck
from assistant.eligibility.opinion.opinion import StatedFact, Unsettled
from assistant.eligibility.opinion.wording import dated, fact_text, source_text
from knowledge.facts import FactKind

UNKNOWN = "不清楚"
_MAYBE = "原文可能说的是这件事，未经人工确认，不作为依据"


def facts_of(check: CaseCheck) -> Iterator[StatedFact]:
    """Facts the rulings use come first, then the others that were read, then what a person does not know."""
    used = _used(check)
    for name in dict.fromkeys([*used, *check.case.facts]):
        if name in check.case.facts:
            yield _stated(check.case.facts[name], check, name in used)
    for name, value in check.asked.facts.items():
        if value is None and name not in check.case.facts:
            yield StatedFact(check.kinds[name].label, UNKNOWN, "人工填写", (), name in used)


def unsettled_of(check: CaseCheck) -> Iterator[Unsettled]:
    """Doubts, then what the words might mean and nobody confirmed; those the rulings use first."""
    used = _used(check)
    for doubt in sorted(check.case.doubts.values(), key=lambda one: one.name not in used):
        yield unsettled(doubt, check.kinds[doubt.name], check.asked.text, used=doubt.name in used)
    for one in check.case.proposals:
        kind = check.kinds[one.name]
        quotes = verbatim((one.quote,), check.asked.text)
        yield Unsettled(kind.label, fact_text(one.value, kind), _MAYBE, quotes, one.name in used)


def _used(check: CaseCheck) -> dict[str, None]:
    """Facts the rulings speak of, each followed by those it is worked out from."""
    used: dict[str, None] = {}
    for ruling in check.rulings:
        for condition in ruling.mechanism.conditions():
            kind = check.kinds[condition.fact]
            used |= dict.fromkeys((condition.fact, *(kind.derive.sources if kind.derive else ())))
    return used


def unsettled(doubt: Doubt, kind: FactKind, description: str, *, used: bool = True) -> Unsettled:
    """A doubt in words."""
    value = None if doubt.value is None else fact_text(doubt.value, kind)
    return Unsettled(kind.label, value, dated(doubt.reason), verbatim(doubt.quotes, description), used)


def verbatim(quotes: tuple[Quote, ...], description: str) -> tuple[str, ...]:
    """The words of quotes, each once; raises ValueError for one that does not stand in the description."""
    for quote in quotes:
        if description[quote.start : quote.end] != quote.text:
            raise ValueError(f"引文“{quote.text}”不在情况描述的第{quote.start}至{quote.end}字")
    return tuple(dict.fromkeys(quote.text for quote in quotes))


def _stated(fact: Fact, check: CaseCheck, used: bool) -> StatedFact:
    kind = check.kinds[fact.name]
    quotes = verbatim(fact.quotes, check.asked.text)
    return StatedFact(kind.label, fact_text(fact.value, kind), source_text(fact, check.kinds), quotes, used)
