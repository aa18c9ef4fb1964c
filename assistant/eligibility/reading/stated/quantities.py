"""Counts and shares: a figure belongs to the phrase it stands nearest to; every figure is used once."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from assistant.eligibility.case import Amount
from assistant.eligibility.reading.language.description import Description, Piece, disagreeing
from assistant.eligibility.reading.language.phrases import found
from assistant.eligibility.reading.stated.mention import DISAGREE, Mention
from assistant.eligibility.reading.voice.hearing import Force, Hearing
from knowledge.facts import FactKind, FactType
from knowledge.numerals import parse_numeral

_NUMERAL = r"(?:(?<!\d)\d{1,6}(?:\.\d{1,4})?|[零一二两三四五六七八九十百]{1,7})"
_COUNT = re.compile(rf"(?<![第\d.])(?P<n>{_NUMERAL})\s*(?P<unit>个人|个|名|人|位)(?!月|百分|方面|等次|季度|档)")
_SHARE = re.compile(
    rf"(?P<n>{_NUMERAL})\s*(?:%|％|个百分点)|百分之(?P<of>{_NUMERAL})"
    rf"|(?P<tenths>[一二两三四五六七八九])成(?P<half>[一二三四五六七八九半])?"
)
_BARE = re.compile(rf"(?<![第\d.])(?P<n>{_NUMERAL})(?=[，,、；;。（(）)]|$)")
_NOBODY = re.compile(
    r"(?:的|等次)?(?:没有人?|无人|空缺|[都均]?(?:是|为)零|[都均]?(?:是|为)0|零人?|一个(?:也|都)没有|为0|0人)"
)
_NONE = re.compile(r"(?:没有人?|无人|无|一个(?:也|都)没有?|零)[^，,。；;\d]{0,6}$")
_REST = re.compile(r"(?:其余|其他|其它|剩下|余下|剩余)[^，,。；;]{0,12}(?:优秀|良好|突出|一般|较差)")
_REACH = 12
_PLANNED = re.compile(r"打算|拟|准备|计划|想")
"""Counts that are planned are what is asked about (打算定12个优秀，行不行)."""


@dataclass(frozen=True, slots=True)
class _Figure:
    value: float
    start: int
    end: int
    bare: bool = False


def quantities(kinds: Iterable[FactKind], text: Description, hearing: Hearing) -> list[Mention]:
    """Mentions of every count and every share."""
    every = list(kinds)
    counted = [kind for kind in every if kind.type is FactType.NUMBER]
    shares = [kind for kind in every if kind.type is FactType.PERCENT]
    made: list[tuple[int, Mention]] = []
    for piece in _parts(text):
        made += _paired(counted, list(_counts(piece.text)), piece, text, hearing)
        made += _paired(shares, list(_shares(piece.text)), piece, text, hearing)
    if disagreeing(text):
        made = [(rank, replace(mention, note=DISAGREE)) for rank, mention in made]
    best = [_best([one for one in made if one[1].name == kind.name]) for kind in (*counted, *shares)]
    return [mention for mentions in best for mention in mentions] + list(_rest(counted, made, text))


def _parts(text: Description) -> Iterator[Piece]:
    """Pieces, those that a colon parts taken together: 领导班子：共20人."""
    held: Piece | None = None
    for piece in text.pieces:
        if held is not None and text.plain[held.end : piece.start] in {":", "："}:
            held = replace(held, text=text.plain[held.start : piece.end])
            continue
        if held is not None:
            yield held
        held = piece
    if held is not None:
        yield held


def _best(ranked: list[tuple[int, Mention]]) -> list[Mention]:
    """Those made by the phrase that is named first in the vocabulary: 公务员32人 goes before 在编86人."""
    if not ranked:
        return []
    first = min(rank for rank, _ in ranked)
    return [mention for rank, mention in ranked if rank == first]


def _rest(counted: Iterable[FactKind], made: list[tuple[int, Mention]], text: Description) -> Iterator[Mention]:
    """Where the rest of a whole is said to be something else (其余良好), grades that are not named have nobody."""
    rest = _REST.search(text.plain)
    named = {mention.name for _, mention in made}
    if rest is None or not named:
        return
    parts = {part for kind in counted if kind.derive and kind.derive.sum_of for part in kind.derive.sum_of}
    for kind in counted:
        if kind.name in parts and kind.name not in named and kind.label.strip("评为的人数") not in rest.group():
            yield Mention(kind.name, Amount.exactly(0), text.quote(rest.start(), rest.end()), Force.STATED)


def _paired(
    kinds: Iterable[FactKind], figures: list[_Figure], piece: Piece, text: Description, hearing: Hearing
) -> Iterator[tuple[int, Mention]]:
    """Phrases with their nearest figures; a phrase after 没有 counts none."""
    spans = [(kind, span.start, span.end) for kind in kinds for span in found(kind.says, piece.text, kind.unless)]
    spans = [one for one in spans if not any(_inside(one[1:], other[1:]) for other in spans)]
    pairs = sorted(
        (_distance(figure, start, end), at, number)
        for at, (_, start, end) in enumerate(spans)
        for number, figure in enumerate(figures)
    )
    used_spans: set[int] = set()
    used_figures: set[int] = set()
    for distance, at, number in pairs:
        if distance > (0 if figures[number].bare else _REACH) or at in used_spans or number in used_figures:
            continue
        used_spans.add(at)
        used_figures.add(number)
        kind, start, end = spans[at]
        figure = figures[number]
        low, high = piece.start + min(start, figure.start), piece.start + max(end, figure.end)
        force = hearing.assertion(piece.start + start, piece.start + end).force
        if force is Force.SUPPOSED and _PLANNED.search(piece.text):
            force = Force.STATED
        rank = _rank(kind, piece.text[start:end])
        yield rank, Mention(kind.name, Amount.exactly(figure.value), text.quote(low, high), force)
    for at, (kind, start, end) in enumerate(spans):
        if at in used_spans or kind.type is not FactType.NUMBER:
            continue
        if (nobody := _NOBODY.match(piece.text[end:])) is not None:
            quote = text.quote(piece.start + start, piece.start + end + nobody.end())
            yield _rank(kind, piece.text[start:end]), Mention(kind.name, Amount.exactly(0), quote, Force.STATED)
        elif (none := _NONE.search(piece.text[:start])) is not None:
            quote = text.quote(piece.start + none.start(), piece.start + end)
            yield (
                _rank(kind, piece.text[start:end]),
                Mention(
                    kind.name, Amount.exactly(0), quote, hearing.assertion(piece.start + end, piece.start + end).force
                ),
            )


def _rank(kind: FactKind, words: str) -> int:
    """Where the phrase stands in the vocabulary, the most telling first."""
    return next((at for at, phrase in enumerate(kind.says) if phrase == words), len(kind.says))


def _inside(span: tuple[int, int], other: tuple[int, int]) -> bool:
    return span != other and other[0] <= span[0] and span[1] <= other[1]


def _distance(figure: _Figure, start: int, end: int) -> float:
    """Characters between; a figure before its phrase is a little farther than one after it is."""
    if figure.start >= end:
        return figure.start - end
    return start - figure.end + 0.5 if figure.end <= start else 0


def _counts(text: str) -> Iterator[_Figure]:
    for match in _COUNT.finditer(text):
        yield _Figure(_number(match["n"]), match.start(), match.end())
    for match in _BARE.finditer(text):
        yield _Figure(_number(match["n"]), match.start(), match.end(), bare=True)


def _shares(text: str) -> Iterator[_Figure]:
    for match in _SHARE.finditer(text):
        if match["tenths"]:
            half = match["half"]
            value = 10.0 * parse_numeral(match["tenths"]) + (5 if half == "半" else parse_numeral(half) if half else 0)
        else:
            value = _number(match["n"] or match["of"])
        yield _Figure(value, match.start(), match.end())


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return float(parse_numeral(text))
