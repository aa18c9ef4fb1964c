"""The description with the words of facts marked in it, each with the number of its fact."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from itertools import pairwise

from server.page.case.entries import Entry, State


def description_html(text: str, shown: Sequence[Entry]) -> str:
    """The text as it was sent; a quote that is not verbatim at its place marks nothing."""
    spans = [
        (quote.start, quote.end, entry)
        for entry in shown
        if entry.number
        for quote in entry.quotes
        if 0 <= quote.start < quote.end and text[quote.start : quote.end] == quote.text
    ]
    cuts = sorted({0, len(text), *(start for start, _, _ in spans), *(end for _, end, _ in spans)})
    pieces = []
    for begin, end in pairwise(cuts):
        over = [entry for start, stop, entry in spans if start <= begin and end <= stop]
        pieces.append(_piece(text[begin:end], over))
        pieces += [_number(entry) for _, stop, entry in spans if stop == end]
    return f'<div class="told" lang="zh-CN">{"".join(pieces)}</div>'


def _piece(words: str, over: Sequence[Entry]) -> str:
    if not over:
        return escape(words)
    numbers = " ".join(str(entry.number) for entry in over)
    doubtful = all(entry.state is not State.KNOWN for entry in over)
    reasons = "；".join(entry.doubt.reason for entry in over if entry.doubt is not None and entry.fact is None)
    title = f' title="{escape(reasons)}"' if reasons else ""
    return f'<mark class="{"doubtful" if doubtful else "known"}" data-facts="{numbers}"{title}>{escape(words)}</mark>'


def _number(entry: Entry) -> str:
    return (
        f'<button type="button" class="no" data-chip="{entry.number}"'
        f' aria-label="事实{entry.number}：{escape(entry.kind.label)}">{entry.number}</button>'
    )
