"""Facts as cards people can confirm and correct: 是/否/不清楚, a choice, a number or a date."""

from __future__ import annotations

import json
from collections.abc import Sequence
from html import escape

from assistant.eligibility.case import By, Proposal
from assistant.eligibility.evaluating.wording import value_text
from knowledge.facts import FactKind, FactType
from server.page.case.entries import Entry, State, as_sent
from server.page.case.words import BY, said_by


def facts_html(shown: Sequence[Entry]) -> str:
    """Known and doubtful facts first; what is not known, and what no ruling uses, folded away."""
    at_hand = [e for e in shown if e.used and (e.state is not State.UNKNOWN or e.given)]
    unknown = [e for e in shown if e.used and e.state is State.UNKNOWN and not e.given]
    others = [e for e in shown if not e.used]
    none = "" if at_hand else '<p class="hint">没有读出这项规定要用的事实。请回答上面的问题，或在描述中补充。</p>'
    return (
        f"{none}{_list(at_hand)}{_folded('unknown', '尚不清楚的事实', unknown)}"
        f"{_folded('others', '读出但本规定不用的事实', others)}"
    )


def control_html(kind: FactKind, entry: Entry | None, place: str) -> str:
    """What a fact is set with; `place` keeps the same fact apart where it stands twice on the page."""
    fact = entry.fact if entry is not None else None
    key, label = f"{place}:{kind.name}", escape(kind.label)
    common = f'data-fact="{kind.name}" data-key="{key}" aria-label="{label}"'
    match kind.type:
        case FactType.BOOL:
            unclear = fact is None and (entry is None or entry.given)
            now = "unclear" if unclear and entry is not None else None if fact is None else fact.value
            return _three(kind, key, now)
        case FactType.CHOICE:
            value = fact.value if fact is not None else None
            options = "".join(
                f'<option value="{escape(option.value)}"{" selected" if option.value == value else ""}>'
                f"{escape(option.value)}</option>"
                for option in kind.options
            )
            return f'<select {common} data-type="choice"><option value="">不清楚</option>{options}</select>'
        case FactType.DATE:
            written = "" if fact is None else escape(str(as_sent(fact.value) or ""))
            return (
                f'<input type="text" inputmode="numeric" {common} data-type="date" value="{written}"'
                ' placeholder="如 2015-03" maxlength="10" size="11" autocomplete="off">'
            )
        case _:
            exact = None if fact is None else as_sent(fact.value)
            number = f"{round(exact, 2):g}" if isinstance(exact, float | int) else ""
            hint = "不清楚" if fact is None else "改为"
            return (
                f'<span class="measured"><input type="number" min="0" step="any" {common} data-type="number"'
                f' value="{number}" placeholder="{hint}" autocomplete="off"> {escape(kind.measure)}</span>'
            )


def _list(shown: Sequence[Entry]) -> str:
    return f'<ul class="facts">{"".join(_card(entry) for entry in shown)}</ul>' if shown else ""


def _folded(key: str, heading: str, shown: Sequence[Entry]) -> str:
    if not shown:
        return ""
    return (
        f'<details class="more" data-fold="{key}"><summary>{heading} <span>{len(shown)} 项</span></summary>'
        f"{_list(shown)}</details>"
    )


def _card(entry: Entry) -> str:
    kind, fact = entry.kind, entry.fact
    number = f'<span class="n" aria-hidden="true">{entry.number}</span>' if entry.number else ""
    named = f' data-n="{entry.number}"' if entry.number else ""
    derived = fact is not None and fact.by is By.DERIVED
    control = "" if derived else control_html(kind, entry, "fact")
    shown = f'<span class="value">{escape(value_text(fact.value, kind))}</span>' if fact and _in_words(entry) else ""
    return (
        f'<li class="fact {entry.state}" id="cadre-fact-{kind.name}"{named} tabindex="-1">'
        f'<p class="fact-top">{number}<b>{escape(kind.label)}</b> <span class="by">{escape(_by(entry))}</span></p>'
        f'<div class="fact-set">{shown}{control}{_undo(entry)}</div>{_words(entry)}{_notes(entry)}</li>'
    )


def _in_words(entry: Entry) -> bool:
    """Whether the control alone would not show the value."""
    fact = entry.fact
    return fact is not None and (fact.by is By.DERIVED or (entry.kind.type.is_number and as_sent(fact.value) is None))


def _by(entry: Entry) -> str:
    if entry.fact is not None:
        return said_by(entry.fact)
    if entry.given:
        return f"{BY[By.PERSON]}：不清楚"
    return {State.DOUBTFUL: "未确定", State.UNKNOWN: ""}.get(entry.state, "")


def _three(kind: FactKind, key: str, now: object) -> str:
    buttons = "".join(
        f'<button type="button" data-fact="{kind.name}" data-value="{sent}" data-key="{key}:{sent}"'
        f' aria-pressed="{"true" if now == is_now else "false"}">{word}</button>'
        for sent, is_now, word in (("true", True, "是"), ("false", False, "否"), ("null", "unclear", "不清楚"))
    )
    return f'<div class="three" role="group" aria-label="{escape(kind.label)}">{buttons}</div>'


def _undo(entry: Entry) -> str:
    if not entry.given:
        return ""
    label = escape(entry.kind.label)
    return (
        f'<button type="button" class="undo" data-unset="{entry.kind.name}" data-key="undo:{entry.kind.name}"'
        f' aria-label="撤回您填写的：{label}">撤回</button>'
    )


def _words(entry: Entry) -> str:
    proposed = {proposal.quote for proposal in entry.proposals}
    said = "、".join(f"“{escape(quote.text)}”" for quote in entry.quotes if quote not in proposed)
    if not said:
        return ""
    return f'<p class="fact-words">{said}</p>'


def _notes(entry: Entry) -> str:
    notes = []
    if entry.doubt is not None and entry.fact is None:
        notes.append(f'<p class="fact-doubt">{escape(entry.doubt.reason)}</p>')
    notes += [_proposed(entry.kind, proposal, at) for at, proposal in enumerate(entry.proposals)]
    if entry.kind.discretion and entry.state is not State.KNOWN:
        notes.append(f'<p class="fact-note">{escape(entry.kind.settled_by.label)}，认定后再填。</p>')
    if entry.fact is not None and entry.fact.by is By.DERIVED:
        notes.append('<p class="fact-note">由上列事实推算，改动它们即随之改动。</p>')
    return "".join(notes)


def _proposed(kind: FactKind, proposal: Proposal, at: int) -> str:
    value, key = as_sent(proposal.value), f"proposal:{kind.name}:{at}"
    meant = kind.label if proposal.value is True else f"{kind.label}：{value_text(proposal.value, kind)}"
    yes = (
        f'<button type="button" data-fact="{kind.name}" data-value="{escape(json.dumps(value))}" data-key="{key}:yes">'
        "是</button>"
        if value is not None
        else ""
    )
    return (
        f'<div class="proposed"><p>“{escape(proposal.quote.text)}”是否指“{escape(meant)}”？</p>'
        f'<span class="three" role="group" aria-label="{escape(kind.label)}">{yes}'
        f'<button type="button" data-fact="{kind.name}" data-value="null" data-key="{key}:no">否</button></span></div>'
    )
