"""Which training questions are kept out for validation."""

from __future__ import annotations

import hashlib

HELD_OUT_PERCENT = 13


def is_held_out(question: str) -> bool:
    """Whether a question validates and so never trains: neither it, nor the lawyer's answer to it.

    Decided by the question's own text, so the split survives any reordering or renumbering of the files.
    """
    digest = hashlib.sha256(question.strip().encode("utf-8")).digest()
    return int.from_bytes(digest[:8], "big") % 100 < HELD_OUT_PERCENT
