"""Text that a spreadsheet program takes as text, whatever it begins with."""

from __future__ import annotations

import re

_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_UNWRITABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_LONGEST = 32_767


def writable(text: str) -> str:
    """Without characters that XML cannot hold, and no longer than a cell."""
    return _UNWRITABLE.sub("", text)[:_LONGEST]


def looks_like_formula(text: str) -> bool:
    """Whether a program might run it (CWE-1236)."""
    return text.startswith(_STARTS)


def inert(text: str) -> str:
    """For a .csv, which cannot say that a cell is text: an apostrophe before what looks like a formula."""
    return f"'{text}" if looks_like_formula(text) else text
