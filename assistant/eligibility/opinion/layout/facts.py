"""The section on facts: what is settled, what is not, and what was read without being of use here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from assistant.eligibility.opinion.layout.blocks import Cell, Grid, GridRow, Line, Section, Text
from assistant.eligibility.opinion.opinion import Opinion, StatedFact, Unsettled

_FACTS = (("事实", 38), ("内容", 40), ("描述中的原话", 50), ("来源", 28))
_REST = (("事实", 38), ("内容", 38), ("描述中的原话", 40), ("来源或为何待核实", 40))
_DOUBTS = (("事实", 38), ("描述的说法", 30), ("描述中的原话", 44), ("为何待核实", 44))
_NONE = "没有读出与这项规定有关的事实。"


def facts_section(opinion: Opinion) -> Section:
    """Facts and doubts the rulings speak of, then the rest in one table."""
    facts = [_stated(one) for one in opinion.facts if one.used]
    doubts = [_unsettled(one) for one in opinion.unsettled if one.used]
    parts = [Section("已有的事实", (Grid(_FACTS, tuple(facts)) if facts else Text((Line(_NONE),)),))]
    if doubts:
        parts.append(Section("待核实的事项", (Grid(_DOUBTS, tuple(doubts)),)))
    rest = tuple(_rest(opinion))
    if rest:
        parts.append(Section("读出但本次核查没有用到的内容", (Grid(_REST, rest),)))
    if opinion.remarks:
        parts.append(Section("读取说明", (Text(tuple(Line(one) for one in opinion.remarks)),)))
    return Section("事实", parts=tuple(parts))


def _rest(opinion: Opinion) -> Iterator[GridRow]:
    yield from (_stated(one) for one in opinion.facts if not one.used)
    for one in opinion.unsettled:
        if not one.used:
            value = (Line("待核实" if one.value is None else f"待核实：{one.value}"),)
            yield GridRow(((Line(one.label),), value, quoted(one.quotes), (Line(one.reason),)))


def _stated(one: StatedFact) -> GridRow:
    return GridRow(((Line(one.label),), (Line(one.value),), quoted(one.quotes), (Line(one.source),)))


def _unsettled(one: Unsettled) -> GridRow:
    return GridRow(((Line(one.label),), (Line(one.value or "—"),), quoted(one.quotes), (Line(one.reason),)))


def quoted(quotes: Iterable[str], lead: str = "") -> Cell:
    """Words of the description between marks, a line each; a dash for none."""
    return tuple(Line(f"“{quote}”", lead=lead) for quote in quotes) or (Line("—"),)
