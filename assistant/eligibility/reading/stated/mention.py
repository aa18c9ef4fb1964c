"""A mention: words that state a value of a fact, with their force; and what all mentions of a fact come to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from assistant.eligibility.case import Amount, By, Day, Doubt, Fact, Quote, Value
from assistant.eligibility.reading.voice.hearing import Force
from knowledge.facts import FactKind

CONTRADICTED = "文中前后说法不一"
_REASONS = {
    Force.SUPPOSED: "文中只是设想或要求，不是已有的事实",
    Force.ASKED: "文中是在问，没有说明",
    Force.ALLEGED: "文中只是举报、反映或听说，没有查实",
    Force.SUSPECTED: "文中只是怀疑、推测，没有查实",
    Force.STATED: "文中有此说法，但须由有权机关认定",
}
DISAGREE = "文中说材料不一致或没有查明"
NOTICED = "文中提到有关内容，但没有说明"


@dataclass(frozen=True, slots=True)
class Mention:
    """Words that state a value; `value` None only raises the matter. `note` is a reason of its own for a doubt.

    `weak` words give way to others that say the contrary.
    """

    name: str
    value: Value | None
    quote: Quote
    force: Force
    note: str | None = None
    weak: bool = False


def settled(mentions: Iterable[Mention], kinds: Mapping[str, FactKind]) -> tuple[dict[str, Fact], dict[str, Doubt]]:
    """What the mentions of each fact settle, and what they leave in doubt.

    The strongest mentions count; when they contradict each other the fact is unknown, with the words of both.
    """
    facts: dict[str, Fact] = {}
    doubts: dict[str, Doubt] = {}
    by_name: dict[str, list[Mention]] = {}
    for mention in mentions:
        by_name.setdefault(mention.name, []).append(mention)
    for name, all_ in by_name.items():
        made = _settled(all_, kinds[name])
        if isinstance(made, Fact):
            facts[name] = made
        else:
            doubts[name] = made
    return facts, doubts


def _settled(mentions: list[Mention], kind: FactKind) -> Fact | Doubt:
    strongest = max(mention.force for mention in mentions)
    said = [mention for mention in mentions if mention.force is strongest]
    valued = [mention for mention in said if mention.value is not None]
    if len({mention.value for mention in valued}) > 1:
        valued = [mention for mention in valued if not mention.weak] or valued
    quotes = _once(mention.quote for mention in valued or said)
    note = next((mention.note for mention in said if mention.note), None)
    if not valued:
        return Doubt(kind.name, note or (NOTICED if strongest >= Force.STATED else _REASONS[strongest]), quotes)
    values = list(dict.fromkeys(mention.value for mention in valued))
    value = values[0] if len(values) == 1 else _common(values)
    if value is None:
        return Doubt(kind.name, CONTRADICTED, quotes)
    if note is not None:
        return Doubt(kind.name, note, quotes, value)
    suffices = not kind.discretion or (kind.denial_suffices and value is False)
    if strongest is Force.FOUND or (strongest is Force.STATED and suffices):
        return Fact(kind.name, value, By.RULE, quotes, found=strongest is Force.FOUND)
    return Doubt(kind.name, _REASONS[strongest], quotes, value)


def _once(quotes: Iterable[Quote]) -> tuple[Quote, ...]:
    return tuple(sorted(dict.fromkeys(quotes), key=lambda quote: quote.start))


def found(mention: Mention, by: Quote, *, holds: bool) -> tuple[Mention, Mention]:
    """An allegation that a finding settled: its own words, and those of the finding, now stand for it."""
    value = mention.value if holds else (not mention.value if isinstance(mention.value, bool) else None)
    settled_one = replace(mention, value=value, force=Force.FOUND)
    return settled_one, replace(settled_one, quote=by)


def _common(values: Sequence[Value | None]) -> Value | None:
    """What several statements of one day or one number have in common; None when they contradict each other."""
    days = [value for value in values if isinstance(value, Day)]
    amounts = [value for value in values if isinstance(value, Amount)]
    if len(days) == len(values):
        first, last = max(day.first for day in days), min(day.last for day in days)
        return Day(first, last) if first <= last else None
    if len(amounts) == len(values):
        low, high = max(one.low for one in amounts), min(one.high for one in amounts)
        below = any(one.below for one in amounts if one.high == high)
        return Amount(low, high, below) if low < high or (low == high and not below) else None
    return None
