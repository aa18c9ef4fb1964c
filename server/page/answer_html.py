"""An exchange as HTML: pure functions; everything that comes from outside is escaped here."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from html import escape

from assistant.answering.answer import Answer, Citation, Clarify, Statement
from server.api.seam import Shelf
from server.page import labels
from server.page.case.card_html import ruling_card_html
from server.page.conversation import Exchange

_MARK = re.compile(r"\[(\d+)\]")
_MARKS = re.compile(r"(?P<before>[^\[\]\s]{0,2})(?P<marks>(?:\[\d+\])+)")
_OPEN_MARK = re.compile(r"\[\d*$")
_ECHO = 400


def exchange_html(exchange: Exchange | None, shelf: Shelf | None = None) -> str:
    """One question with its answer; a ruling in it is drawn with the clauses of `shelf`.

    The nodes are the same for every state, so that the reply, a live region, stays the same element while it fills.
    None makes the empty frame.
    """
    if exchange is None:
        return (
            '<article class="turn" data-state="empty" data-serial="0" hidden><div class="asked"></div>'
            '<div class="reply" aria-live="polite" aria-busy="false"></div></article>'
        )
    state = exchange.state
    busy = "true" if state == "busy" else "false"
    body = _trouble(exchange.trouble) if exchange.trouble is not None else _reply(exchange, shelf)
    return (
        f'<article class="turn" data-state="{state}" data-serial="{exchange.serial}">'
        f'<div class="asked"><h2><span class="unseen">问：</span>{escape(_shortened(exchange.question))}</h2></div>'
        f'<div class="reply" aria-live="polite" aria-busy="{busy}">{body}</div></article>'
    )


def mark_html(citation: Citation, day: date) -> str:
    """The mark [n] as a button; it carries its clause's ref and the quoted words, and can open no other."""
    cited = labels.citation(citation.clause, citation.edition)
    return (
        f'<sup><button type="button" class="mark" {_opens(citation, day)} title="{escape(cited)}"'
        f' aria-label="[{citation.n}] 查看依据：{escape(cited)}">[{citation.n}]</button></sup>'
    )


def marked_text(text: str, citations: Mapping[int, Citation], day: date) -> str:
    """Text with its marks [n] as buttons, held to the words before them; a number without a citation stays text."""
    pieces, at = [], 0
    for run in _MARKS.finditer(text):
        cited = [citations.get(int(number)) for number in _MARK.findall(run["marks"])]
        marks = "".join(
            mark_html(citation, day) if citation else escape(mark[0])
            for citation, mark in zip(cited, _MARK.finditer(run["marks"]), strict=True)
        )
        held = f'<span class="held">{escape(run["before"])}{marks}</span>' if any(cited) else escape(run[0])
        pieces += [escape(text[at : run.start()]), held]
        at = run.end()
    return "".join(pieces) + escape(text[at:])


def plain_copy(exchange: Exchange, answer: Answer) -> str:
    """The answer as plain text with its numbered clauses, to paste elsewhere."""
    lines = [f"问：{exchange.question}", "", answer.text.strip()]
    if answer.citations:
        lines += ["", "依据："]
    for citation in answer.citations:
        edition = citation.edition
        about = "，".join(text for _, text in labels.badges(citation.clause, edition, exchange.day))
        lines.append(f"[{citation.n}] {labels.citation(citation.clause, edition)}（{about}）：{citation.quote}")
        if edition.source.url:
            lines.append(f"    来源：{edition.source.title} {edition.source.url}")
    lines += ["", f"查询日期：{exchange.day}。由干部政策助手依据所列文件整理，不作组织认定。"]
    return "\n".join(lines)


def _reply(exchange: Exchange, shelf: Shelf | None) -> str:
    answer = exchange.answer
    parts = [_how(exchange)]
    if answer is None:
        parts.append(_streaming(exchange))
    else:
        parts.append(_body(exchange, answer))
        if answer.clarify is not None:
            parts.append(_clarify(answer.clarify, answer.note or answer.text))
        if answer.ruling is not None and shelf is not None:
            parts.append(ruling_card_html(answer.ruling, shelf))
    nearest = answer is not None and not answer.statements
    parts.append(_sources(exchange.citations, exchange.day, "相近条款" if nearest else "依据"))
    if answer is not None:
        copied = escape(plain_copy(exchange, answer))
        parts.append(
            f'<div class="actions"><button type="button" class="quiet" data-copy="{copied}">'
            f"{'复制（含依据）' if answer.citations else '复制'}</button></div>"
        )
    return "".join(parts)


def _how(exchange: Exchange) -> str:
    answer, understood = exchange.answer, exchange.understood
    if answer is not None:
        chips = [f'<li class="status {answer.status.value}">{labels.STATUS[answer.status]}</li>']
    else:
        chips = [
            '<li class="status busy">正在查找…</li>' if not exchange.found else '<li class="status busy">正在作答…</li>'
        ]
    if understood is not None:
        chips.append(f"<li>{escape(understood.route.value)}</li>")
        chips += [f"<li>{escape(place)}</li>" for place in understood.places]
        if understood.carried:
            chips.append(f"<li>承接上文：{escape('、'.join(understood.carried))}</li>")
    chips.append(f"<li>按{labels.chinese_date(exchange.day)}有效的规定</li>")
    if answer is None and exchange.found:
        chips.append(f'<li class="found">检索到 {len(exchange.found)} 条依据</li>')
    return f'<ul class="how" aria-label="问题的理解">{"".join(chips)}</ul>'


def _streaming(exchange: Exchange) -> str:
    shown = _OPEN_MARK.sub("", exchange.text)
    numbered = {citation.n: citation for citation in exchange.found}
    return f'<div class="body">{_paragraphs(shown, numbered, exchange.day)}</div>'


def _body(exchange: Exchange, answer: Answer) -> str:
    numbered = {citation.n: citation for citation in answer.citations}
    parts = []
    if answer.note:
        parts.append(f'<div class="note">{_paragraphs(answer.note, numbered, exchange.day)}</div>')
    elif not answer.statements:
        parts.append(_paragraphs(answer.text, numbered, exchange.day))
    groups: dict[str | None, list[Statement]] = {}
    for statement in answer.statements:
        groups.setdefault(statement.place, []).append(statement)
    sections = [_group(place, group, numbered, exchange.day) for place, group in groups.items()]
    if sections:
        parts.append(f'<div class="places" data-places="{min(len(sections), 3)}">{"".join(sections)}</div>')
    return f'<div class="body">{"".join(parts)}</div>'


def _group(place: str | None, statements: Sequence[Statement], numbered: Mapping[int, Citation], day: date) -> str:
    said = "".join(f"<p>{_statement(statement, numbered, day)}</p>" for statement in statements)
    if place is None:
        return f'<section class="place">{said}</section>'
    editions = {
        numbered[n].edition.id: numbered[n].edition for s in statements for n in s.citations if n in numbered
    }.values()
    local = [edition for edition in editions if edition.jurisdiction == place] or list(editions)
    level = "".join(f"<span>{label}</span>" for label in dict.fromkeys(e.level.label for e in local) if label != place)
    issued = "、".join(sorted({labels.chinese_date(edition.issued) for edition in local}))
    dated = f"<span>{issued}发布</span>" if issued else ""
    return f'<section class="place"><h3>{escape(place)} {level} {dated}</h3>{said}</section>'


def _statement(statement: Statement, numbered: Mapping[int, Citation], day: date) -> str:
    """Its marks open the clause at its own words where it is taken from the clause verbatim."""
    own = {
        n: replace(numbered[n], quote=statement.text)
        for n in statement.citations
        if n in numbered and statement.text in numbered[n].clause.text
    }
    written = {int(n) for n in _MARK.findall(statement.text)}
    missing = "".join(f"[{n}]" for n in statement.citations if n not in written)
    return marked_text(statement.text + missing, {**numbered, **own}, day)


def _clarify(clarify: Clarify, said: str) -> str:
    question = "" if clarify.question in said else f"<p>{escape(clarify.question)}</p>"
    options = "".join(
        f'<button type="button" class="choice" data-ask="{escape(option)}">{escape(option)}</button>'
        for option in clarify.options
    )
    choices = f'<div class="choices" role="group" aria-label="可选的回答">{options}</div>'
    return f'<div class="clarify">{question}{choices}</div>'


def _sources(citations: Sequence[Citation], day: date, heading: str) -> str:
    if not citations:
        return ""
    rows = "".join(
        f'<li><button type="button" class="source" {_opens(citation, day)}>'
        f'<span class="n">[{citation.n}]</span> <span class="cited">'
        f"{escape(labels.citation(citation.clause, citation.edition))}</span> "
        f'<span class="about">{escape(_about(citation, day))}</span></button></li>'
        for citation in citations
    )
    return f'<div class="sources"><h3>{heading} <span>{len(citations)} 条</span></h3><ol>{rows}</ol></div>'


def _about(citation: Citation, day: date) -> str:
    return " · ".join(text for _, text in labels.badges(citation.clause, citation.edition, day))


def _opens(citation: Citation, day: date) -> str:
    return (
        f'data-ref="{escape(str(citation.clause.ref))}" data-n="{citation.n}" data-day="{day}"'
        f' data-quote="{escape(citation.quote)}" aria-controls="cadre-clause"'
    )


def _paragraphs(text: str, numbered: Mapping[int, Citation], day: date) -> str:
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return "".join(f"<p>{marked_text(line, numbered, day)}</p>" for line in lines)


def _trouble(message: str) -> str:
    kept = '<p class="hint">您输入的内容还在下方，可以修改后再问。</p>'
    return f'<div class="trouble" role="note"><p>{escape(message)}</p>{kept}</div>'


def _shortened(question: str) -> str:
    return question if len(question) <= _ECHO else f"{question[:_ECHO]}……"
