"""One clause in full, as the right-hand panel shows it: pure functions; everything from outside is escaped here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from html import escape
from urllib.parse import urlsplit

from knowledge.clauses import Clause, Edition, TextKind
from server.page import labels


@dataclass(frozen=True, slots=True)
class Opened:
    """A clause and what stands around it: `above` it is part of, `replaced_by` is the edition after its own."""

    clause: Clause
    edition: Edition
    above: Clause | None = None
    siblings: Sequence[Clause] = ()
    children: Sequence[Clause] = ()
    referred: Sequence[Clause] = ()
    replaced_by: Edition | None = None


def clause_html(opened: Opened, quote: str, day: date) -> str:
    """The clause, its badges, its text with `quote` highlighted, its neighbours and its source."""
    clause, edition = opened.clause, opened.edition
    path = " › ".join(escape(heading) for heading in (*clause.headings, clause.heading))
    badges = "".join(f'<li class="{kind}">{escape(text)}</li>' for kind, text in labels.badges(clause, edition, day))
    replaced = (
        f'<p class="replaced">该版本已由{escape(labels.document(opened.replaced_by))}替代。</p>'
        if opened.replaced_by is not None
        else ""
    )
    return (
        f'<h2 tabindex="-1" id="cadre-clause-title">{escape(labels.document(edition))}</h2>'
        f'<p class="locator">{escape(clause.locator)}</p>'
        f'<ul class="badges" aria-label="条款状态">{badges}</ul>{replaced}'
        f'<p class="path">{path}</p>'
        f'<blockquote class="text">{highlighted(clause.text, quote)}</blockquote>'
        f"{_kind_note(edition)}{_around(opened)}{_source(edition)}"
    )


def highlighted(text: str, quote: str) -> str:
    """The text in paragraphs, the first occurrence of `quote` in <mark>; no mark where it is not verbatim."""
    begin = text.find(quote) if quote.strip() else -1
    end = begin + len(quote) if begin >= 0 else -1
    paragraphs, at = [], 0
    for line in text.split("\n"):
        low, high = max(begin, at) - at, min(end, at + len(line)) - at
        if line.strip():
            inner = escape(line)
            if begin >= 0 and low < high:
                inner = f"{escape(line[:low])}<mark>{escape(line[low:high])}</mark>{escape(line[high:])}"
            paragraphs.append(f"<p>{inner}</p>")
        at += len(line) + 1
    return "".join(paragraphs)


def missing_html(message: str) -> str:
    """What the panel says when a clause cannot be shown."""
    return f'<h2 tabindex="-1" id="cadre-clause-title">无法显示条款</h2><p class="locator">{escape(message)}</p>'


def _kind_note(edition: Edition) -> str:
    if edition.text_kind is TextKind.ORIGINAL:
        return ""
    return '<p class="kind-note">摘编：依据公开来源整理的要点，不是文件原文，引用前请核对来源。</p>'


def _around(opened: Opened) -> str:
    parts = []
    if opened.above is not None:
        parts.append(_group("所属条款", [opened.above], opened.clause))
    parts.append(_group("下含条款", opened.children, opened.clause))
    parts.append(_group("相邻条款", opened.siblings, opened.clause))
    parts.append(_group("引用条款", opened.referred, opened.clause))
    inside = "".join(parts)
    return f'<nav class="around" aria-label="相关条款">{inside}</nav>' if inside else ""


def _group(heading: str, clauses: Sequence[Clause], current: Clause) -> str:
    if not clauses or all(clause.ref == current.ref for clause in clauses):
        return ""
    rows = "".join(
        f'<li><span aria-current="true">{escape(clause.heading)}</span></li>'
        if clause.ref == current.ref
        else f'<li><button type="button" class="neighbour" data-ref="{escape(str(clause.ref))}">'
        f"{escape(clause.heading)}</button></li>"
        for clause in clauses
    )
    return f"<h3>{heading}</h3><ul>{rows}</ul>"


def _source(edition: Edition) -> str:
    source = edition.source
    title = escape(source.title)
    if source.url and urlsplit(source.url).scheme in {"http", "https"}:
        title = (
            f'<a href="{escape(source.url)}" target="_blank" rel="noopener noreferrer">{title}'
            '<span class="unseen">（在新窗口打开）</span></a>'
        )
    facts = [
        ("发文机关", escape(edition.issuer)),
        ("发布", labels.chinese_date(edition.issued)),
        ("施行", f"{labels.chinese_date(edition.in_force.from_)}起"),
        ("来源", title),
    ]
    if source.publisher:
        facts.append(("刊载", escape(source.publisher)))
    rows = "".join(f"<dt>{name}</dt><dd>{value}</dd>" for name, value in facts)
    return f'<dl class="origin">{rows}</dl>'
