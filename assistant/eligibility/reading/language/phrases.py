"""The mini language of phrases in facts.yaml: `…` is up to eight characters without a stop, `(a|b)` one of several."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

_GAP = r"[^。！？!?；;，,\n]{0,8}?"


class Span(NamedTuple):
    """Where a phrase was found, and what stood in its gaps."""

    start: int
    end: int
    gaps: str = ""


def pattern_of(phrase: str) -> str:
    """One phrase as a regular expression; blanks between its characters are allowed nowhere."""
    made = re.escape(phrase).replace(re.escape("…"), f"({_GAP})")
    return made.replace(r"\(", "(?:").replace(r"\|", "|").replace(r"\)", ")")


@lru_cache(maxsize=4096)
def compiled(phrases: tuple[str, ...]) -> re.Pattern[str] | None:
    """All phrases together, the longest first; None when there are none."""
    if not phrases:
        return None
    return re.compile("|".join(pattern_of(phrase) for phrase in sorted(phrases, key=len, reverse=True)))


def found(phrases: tuple[str, ...], text: str, unless: tuple[str, ...] = ()) -> Iterator[Span]:
    """Every place where one of the phrases stands, and not as a part of one of `unless`."""
    pattern = compiled(phrases)
    if pattern is None:
        return
    longer = list(places(unless, text))
    for match in pattern.finditer(text):
        if not any(one.start <= match.start() and match.end() <= one.end for one in longer):
            yield Span(match.start(), match.end(), "".join(gap or "" for gap in match.groups()))


def places(phrases: tuple[str, ...], text: str) -> Iterable[Span]:
    """Every place where one of the phrases stands."""
    pattern = compiled(phrases)
    return [] if pattern is None else [Span(m.start(), m.end()) for m in pattern.finditer(text)]
