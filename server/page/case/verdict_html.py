"""The verdict band, and what may change it: flips, due dates, other days, other mechanisms, other places."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from assistant.eligibility.checker import CaseCheck, OtherDay, PlaceOpen
from assistant.eligibility.ruling import Ruling
from knowledge.criteria import Said
from server.page import labels
from server.page.case.basis import Basis
from server.page.case.words import DISCLAIMER, VERDICT_MARK, VERDICT_SAYS


def band_html(ruling: Ruling, basis: Basis) -> str:
    """What the ruling comes to, under which rule, as of when."""
    verdict, mechanism = ruling.verdict, ruling.mechanism
    also = [route.outcome for route in ruling.met if route is not ruling.leading]
    more = f'<p class="also">同时符合：{escape("、".join(also))}</p>' if also else ""
    return (
        f'<section class="verdict {verdict}"><h2 tabindex="-1" id="cadre-verdict">'
        f'<span class="sign" aria-hidden="true">{VERDICT_MARK[verdict]}</span>'
        f'<span class="word">{verdict.label}</span>{_outcome(ruling)}</h2>'
        f'<p class="says">{VERDICT_SAYS[verdict]}</p>{more}'
        f'<dl class="under"><dt>规定</dt><dd>{escape(mechanism.title)} {basis.button(mechanism.clause)}</dd>'
        f"<dt>地区</dt><dd>{escape(place_of(ruling, basis))}</dd>"
        f"<dt>核查日期</dt><dd>{labels.chinese_date(ruling.case.as_of)}</dd>"
        f'<dt>回执</dt><dd class="receipt">{escape(ruling.receipt.number)}</dd></dl>'
        f'<p class="disclaimer">{DISCLAIMER}</p></section>'
    )


def place_of(ruling: Ruling, basis: Basis) -> str:
    """Place and level: 衡东县 · 县级."""
    edition = basis.shelf.editions.get(ruling.mechanism.clause.edition)
    place = ruling.mechanism.jurisdiction
    return place if edition is None or edition.level.label == place else f"{place} · {edition.level.label}"


def place_open_html(open_: PlaceOpen, agreed: str, basis: Basis) -> str:
    """The place asked for first, with what each place would say."""
    cards = "".join(
        f'<li class="card {ruling.verdict}"><h4>{escape(place_of(ruling, basis))}</h4>'
        f"<p>{escape(ruling.mechanism.title)}</p>{small_verdict_html(ruling)}"
        f'<button type="button" class="answer" data-place="{escape(ruling.mechanism.jurisdiction)}"'
        f' data-key="place:{escape(ruling.mechanism.jurisdiction)}">按{escape(ruling.mechanism.jurisdiction)}核查'
        "</button></li>"
        for ruling in open_.each
    )
    return (
        '<section class="next" aria-labelledby="cadre-verdict"><p class="next-head">先弄清这一点</p>'
        '<div class="question"><h2 class="place-question" tabindex="-1" id="cadre-verdict">'
        f"{escape(open_.question)}</h2>"
        f'<p class="hint">{escape(agreed)}各地的结论如下，选定后按该地规定核查。</p></div>'
        f'<ul class="cards">{cards}</ul><p class="disclaimer">{DISCLAIMER}</p></section>'
    )


def small_verdict_html(ruling: Ruling) -> str:
    """A verdict in one line."""
    verdict = ruling.verdict
    return (
        f'<p class="small-verdict {verdict}"><span class="sign" aria-hidden="true">{VERDICT_MARK[verdict]}</span>'
        f"<b>{verdict.label}</b> {_outcome(ruling)}</p>"
    )


def _outcome(ruling: Ruling) -> str:
    """The outcome with its modality; while the verdict is open it is said that it is not reached."""
    if ruling.outcome is None:
        return ""
    ahead = "" if ruling.verdict.definite else '<span class="ahead">条件全部具备时：</span>'
    modality = f' <span class="modality">{escape(str(ruling.modality))}</span>' if ruling.modality is not None else ""
    return f'<span class="outcome">{ahead}{escape(ruling.outcome)}{modality}</span>'


def turns_html(ruling: Ruling, basis: Basis) -> str:
    """When time alone changes the ruling, and which single changes of facts would."""
    due = "".join(
        f"<li>{escape(one.text)} {basis.button(one.clause)}"
        f"{'<span class=hint>（按描述中的年限估算）</span>' if one.estimated else ''}</li>"
        for one in ruling.due
    )
    flips = "".join(f"<li>{escape(flip.text)}</li>" for flip in ruling.flips)
    return _block("期限", due) + _block("什么会改变结论", flips)


def after_html(ruling: Ruling, basis: Basis) -> str:
    """Who decides, what follows, how, and what the source leaves open."""
    mechanism, leading = ruling.mechanism, ruling.leading
    body = mechanism.competent_body
    parts = [_block("由谁决定", f"<li>{escape(body.name)} {basis.button(body.clause)}</li>")]
    if leading is not None:
        parts += [_said("随后的结果", leading.consequences, basis), _said("接下来", leading.next_steps, basis)]
    parts += [_said("程序", mechanism.procedure, basis), _said("原文未载明", mechanism.left_open, basis)]
    inside = "".join(parts)
    return f'<details class="more" data-fold="after"><summary>办理与未载明事项</summary>{inside}</details>'


def other_days_html(days: Sequence[OtherDay], ruling: Ruling) -> str:
    """The same case under the rule of other days."""
    rows = "".join(
        f'<li class="card {one.ruling.verdict if one.ruling else "none"}"><h4>{escape(one.which)}'
        f" <span>{labels.chinese_date(one.day)}</span></h4>{_on(one, ruling)}"
        f'<button type="button" class="quiet" data-day-of="{one.day}" data-key="day:{one.day}">'
        "按这一天核查</button></li>"
        for one in days
    )
    return f'<section class="aside-block"><h3>换一个日期</h3><ul class="cards">{rows}</ul></section>' if rows else ""


def other_rulings_html(check: CaseCheck, basis: Basis) -> str:
    """Other mechanisms that may be meant, each to switch to."""
    rows = "".join(
        f'<li class="card {ruling.verdict}"><h4>{escape(ruling.mechanism.title)}</h4>'
        f"<p>{escape(place_of(ruling, basis))}</p>{small_verdict_html(ruling)}"
        f'<button type="button" class="quiet" data-mechanism="{ruling.mechanism.id}"'
        f' data-key="mechanism:{ruling.mechanism.id}">改按这项规定核查</button></li>'
        for ruling in check.rulings[1:]
    )
    if not rows:
        return ""
    return f'<section class="aside-block"><h3>也可能涉及的规定</h3><ul class="cards">{rows}</ul></section>'


def _on(other: OtherDay, ruling: Ruling) -> str:
    if other.ruling is None:
        return f'<p class="hint">{escape(other.note or "")}</p>'
    same = other.ruling.verdict is ruling.verdict and other.ruling.outcome == ruling.outcome
    note = "与本次结论相同" if same else "与本次结论不同"
    return f'{small_verdict_html(other.ruling)}<p class="hint">{note}</p>'


def _said(heading: str, said: Sequence[Said], basis: Basis) -> str:
    return _block(heading, "".join(f"<li>{escape(one.text)} {basis.button(one.clause)}</li>" for one in said))


def _block(heading: str, rows: str) -> str:
    return f'<section class="aside-block"><h3>{heading}</h3><ul class="plain">{rows}</ul></section>' if rows else ""
