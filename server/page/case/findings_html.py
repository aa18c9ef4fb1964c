"""The condition table: 条件 – 案情事实 – 依据 – 结论, one table a route, bars first."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

from assistant.eligibility.case import Case
from assistant.eligibility.checker import CaseCheck
from assistant.eligibility.evaluating import Finding, Standing
from assistant.eligibility.evaluating.wording import criterion_text, value_text
from assistant.eligibility.ruling import Ruling
from knowledge.criteria import Route
from knowledge.facts import FactKind
from server.page.case.basis import Basis
from server.page.case.words import ROUTE, standing

_SHORT = 12
"""Conditions up to which an open bar is unfolded."""
_DEEPEST = 4
"""Levels that are indented; deeper ones stand at the last."""


def findings_html(check: CaseCheck, ruling: Ruling, basis: Basis) -> str:
    """Every route with its tree of findings; those the verdict rests on or that are open stand open."""
    return "".join(
        _route(at, route, finding, ruling, check.kinds, basis)
        for at, (route, finding) in enumerate(zip(ruling.mechanism.routes, ruling.findings, strict=True))
    )


def standing_html(finding: Finding, *, stops: bool = False) -> str:
    """A standing as a sign with its word."""
    kind, mark, word = standing(finding, stops=stops)
    return f'<span class="standing {kind}"><span aria-hidden="true">{mark}</span> {word}</span>'


def _route(at: int, route: Route, finding: Finding, ruling: Ruling, kinds: Mapping[str, FactKind], basis: Basis) -> str:
    stops = route.kind.stops
    short = sum(1 for one in finding.walk() if one.facts) <= _SHORT
    open_ = route is ruling.leading or (finding.standing is not Standing.UNMET and (short or not stops))
    modality = f'<span class="modality">{escape(str(route.modality))}</span>' if route.modality else ""
    rows = "".join(_rows(finding, ruling.case, kinds, basis, str(at), 1, stops=stops))
    return (
        f'<details class="route {"stops" if stops else "leads"}" data-fold="route-{at}"{" open" if open_ else ""}>'
        f"<summary><span class='route-kind'>{ROUTE[route.kind]}</span> <b>{escape(route.outcome)}</b> {modality}"
        f"{standing_html(finding, stops=stops)}</summary>"
        f'<table class="conditions" role="table" aria-label="{escape(ROUTE[route.kind])}：{escape(route.outcome)}">'
        '<thead role="rowgroup"><tr role="row"><th role="columnheader" scope="col">条件</th>'
        '<th role="columnheader" scope="col">案情事实</th><th role="columnheader" scope="col">依据</th>'
        f'<th role="columnheader" scope="col">结论</th></tr></thead>'
        f'<tbody role="rowgroup">{rows}</tbody></table></details>'
    )


def _rows(
    finding: Finding,
    case: Case,
    kinds: Mapping[str, FactKind],
    basis: Basis,
    path: str,
    level: int,
    *,
    stops: bool,
) -> list[str]:
    text = escape(criterion_text(finding.criterion, kinds))
    if finding.of:
        text = (
            f'<button type="button" class="fold" aria-expanded="true" data-rows="{path}" data-key="rows:{path}">'
            f'<span class="turner" aria-hidden="true"></span>{text}</button>'
        )
    row = (
        f'<tr role="row" data-path="{path}" class="level-{min(level, _DEEPEST)} {"group" if finding.of else "leaf"}">'
        f'<th role="rowheader" scope="row"><span class="unseen">第{level}层：</span>{text}</th>'
        f'<td role="cell" data-head="案情事实">{_told(finding, case, kinds)}</td>'
        f'<td role="cell" data-head="依据">{basis.button(finding.clause, by_heading=True)}</td>'
        f'<td role="cell" data-head="结论">{standing_html(finding, stops=stops and level == 1)}</td></tr>'
    )
    below = [
        one
        for at, part in enumerate(finding.of)
        for one in _rows(part, case, kinds, basis, f"{path}.{at}", level + 1, stops=stops)
    ]
    return [row, *below]


def _told(finding: Finding, case: Case, kinds: Mapping[str, FactKind]) -> str:
    told = []
    for name in finding.facts:
        fact, doubt, kind = case.facts.get(name), case.doubts.get(name), kinds[name]
        if fact is None and doubt is not None:
            told.append(f'<span class="unclear">{escape(doubt.reason)}</span>')
        elif fact is None:
            told.append('<span class="unclear">未说明</span>')
        else:
            told.append(escape(value_text(fact.value, kind)))
    return "；".join(told) if told else '<span class="unseen">见下列各项</span>'
