"""Which option of a choice the words of a cell name: 党组成员、副局长 → 单位副职."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from assistant.eligibility.reading.language.phrases import found
from assistant.eligibility.roster.columns.dates import UnreadableCell
from knowledge.facts import FactKind

_NOT_NOW = re.compile(r"^(原任|拟任|前任)|[（(](原|拟任|拟免|试用期?满|已免)[）)]|^原(?!州|阳|平)")
_GAP = "…"
_Name = tuple[int, int, str]


def option_in(kind: FactKind, text: str, gaps: bool = True) -> str | None:
    """The option `text` names; None where it names none. Longer words win over those within them.

    Phrases with a gap (委…主任) count only where no plain one is found, for a gap may hold anything; with `gaps` false
    never.

    Raises UnreadableCell where it names several (副局长兼办公室主任), or what someone is no longer or not yet.
    """
    plain = re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))
    for option in kind.options:
        if plain == unicodedata.normalize("NFKC", option.value):
            return option.value
    if _NOT_NOW.search(plain):
        raise UnreadableCell(f"“{text}”不能确定是不是现任职务")
    names = list(_named(kind, re.sub(r"\s+", "", text), gaps=False))
    if not names and gaps:
        names = list(_named(kind, re.sub(r"\s+", "", text), gaps=True))
    kept = {one[2] for one in names if not any(_within(one, other) for other in names)}
    if len(kept) > 1:
        raise UnreadableCell(f"“{text}”可能是{'、'.join(sorted(kept))}，请在“{kind.label}”列写明")
    return next(iter(kept), None)


def _named(kind: FactKind, text: str, gaps: bool) -> Iterator[_Name]:
    for option in kind.options:
        phrases = tuple(one for one in (*option.says, option.value) if (_GAP in one) == gaps)
        for span in found(phrases, text, option.unless):
            yield span.start, span.end, option.value


def _within(one: _Name, other: _Name) -> bool:
    """Whether it is part of longer words that name another option."""
    inside = other[0] <= one[0] and one[1] <= other[1]
    return inside and other[1] - other[0] > one[1] - one[0] and other[2] != one[2]
