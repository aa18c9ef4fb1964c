"""Clauses cut into sentences, each still verbatim in its clause."""

from __future__ import annotations

import re

_SENTENCE = re.compile(r"[^。！？\n]+[。！？]*[”’」』）)]*")
_LONG = 120
_PART = re.compile(r"[^；]+；?")


def sentences(text: str) -> list[str]:
    """The sentences of `text` in order, without blanks around them; one over 120 characters cut at its semicolons."""
    found = []
    for match in _SENTENCE.finditer(text):
        sentence = match.group().strip()
        if len(sentence) > _LONG:
            found += [part.strip() for part in _PART.findall(sentence)]
        elif sentence:
            found.append(sentence)
    return found
