"""What is encoded of a clause."""

from __future__ import annotations

import hashlib

from knowledge.clauses import Clause, Edition


def passage_text(clause: Clause, edition: Edition) -> str:
    """The text encoded for a clause: where it stands, then what it says.

    The only place that decides it; a change here needs a new `FORMAT` in generation.py.
    """
    return "\n".join((edition.title, *clause.headings, clause.heading, clause.text))


def passage_key(passage: str) -> bytes:
    """16 bytes: equal for equal passages, so that their vector is computed once."""
    return hashlib.sha256(passage.encode("utf-8", "surrogatepass")).digest()[:16]
