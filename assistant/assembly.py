"""Puts the parts together: knowledge, encoder, index, assistant."""

from __future__ import annotations
