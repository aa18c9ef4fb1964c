"""A description → the facts it states, with the exact words."""

from assistant.eligibility.reading.reader import Read, Reader

__all__ = ["Read", "Reader"]
