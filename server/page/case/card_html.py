"""A ruling as it stands under an answer in the chat: small, with a way into the case tab."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from assistant.eligibility.checker import CaseCheck
from assistant.eligibility.evaluating import Finding, Standing
from assistant.eligibility.evaluating.wording import criterion_text
from server.api.seam import Shelf
from server.page.case.basis import Basis
from server.page.case.findings_html import standing_html
from server.page.case.questions_html import in_order
from server.page.case.result_html import basis_of
from server.page.case.verdict_html import place_of, small_verdict_html
from server.page.case.words import DISCLAIMER

_SHOWN = 6
"""Conditions of the leading route that are shown."""


def ruling_card_html(check: CaseCheck, shelf: Shelf) -> str:
    """Verdict, conditions with their standings, next question; while the place is open, what each place says."""
    if check.place_open is not None:
        basis = Basis(shelf, check.asked.as_of)
        rows = "".join(
            f'<li class="card {one.verdict}"><h4>{escape(place_of(one, basis))}</h4>{small_verdict_html(one)}</li>'
            for one in check.place_open.each
        )
        inside = f'<p>{escape(check.place_open.question)}</p><ul class="cards">{rows}</ul>'
    else:
        inside = _ruled(check, basis_of(check, shelf))
    place = check.asked.jurisdiction or check.place or ""
    return (
        f'<section class="ruling-card" aria-label="个案预审"><h3>个案预审 <span>{DISCLAIMER}</span></h3>{inside}'
        f'<button type="button" class="quiet strong" data-open-case="{escape(check.asked.text)}"'
        f' data-open-place="{escape(place)}" data-open-day="{check.asked.as_of}"'
        f' data-open-mechanism="{escape(check.asked.mechanism or "")}">在个案预审中打开</button></section>'
    )


def _ruled(check: CaseCheck, basis: Basis) -> str:
    ruling = check.rulings[0]
    routes = list(zip(ruling.mechanism.routes, ruling.findings, strict=True))
    leading = next((finding for route, finding in routes if route is ruling.leading), routes[-1][1])
    leaves = list(_deciding(leading))
    rows = "".join(_condition(one, check, basis) for one in leaves[:_SHOWN])
    more = f'<li class="hint">另有 {len(leaves) - _SHOWN} 项条件</li>' if len(leaves) > _SHOWN else ""
    asked = in_order(check, ruling)
    question = f'<p class="card-next"><b>先弄清：</b>{escape(asked[0].kind.question)}</p>' if asked else ""
    return (
        f'{small_verdict_html(ruling)}<p class="hint">{escape(ruling.mechanism.title)} · '
        f'{escape(place_of(ruling, basis))}</p><ul class="card-conditions">{rows}{more}</ul>{question}'
    )


def _deciding(finding: Finding) -> Iterator[Finding]:
    """The conditions a finding rests on: of an `any` that is met those that are, of an `all` that is not those not."""
    if finding.facts:
        yield finding
    settled = finding.standing is not Standing.UNKNOWN
    alike = [one for one in finding.of if one.standing is finding.standing] if settled else []
    for one in alike or finding.of:
        yield from _deciding(one)


def _condition(finding: Finding, check: CaseCheck, basis: Basis) -> str:
    text = escape(criterion_text(finding.criterion, check.kinds))
    return f"<li>{standing_html(finding)} <span>{text}</span> {basis.button(finding.clause, by_heading=True)}</li>"
