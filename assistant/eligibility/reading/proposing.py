"""Proposals: facts that words might mean (是否指……？). Nearness in meaning proposes; only words or people settle."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cached_property

import numpy as np
import numpy.typing as npt

from assistant.eligibility.case import Case, Proposal
from assistant.eligibility.reading.language.description import Description, Piece
from knowledge.encoder import Encoder
from knowledge.facts import FactKind, FactType

NEAR = 0.62
"""Cosine from which a stretch of words is near enough to a phrase to be asked about."""
_PHRASES = 8
_SHORTEST = 6
_ASKS = re.compile(r"能否|能不能|可否|是否|是不是|要不要|请|问|吗|算不算|该不该")
_MARKS = re.compile(r"…|\([^)]*\)")


class Proposer:
    """Compares the pieces of a description with the first phrases of every yes-or-no fact."""

    def __init__(self, encoder: Encoder, kinds: Mapping[str, FactKind]) -> None:
        self._encoder = encoder
        self._kinds = [kind for kind in kinds.values() if kind.type is FactType.BOOL and not kind.residual]

    def propose(self, text: Description, case: Case) -> tuple[Proposal, ...]:
        """At most one proposal a fact that nothing was read of: the nearest stretch of words, best first."""
        said = [*(fact.quotes for fact in case.facts.values()), *(doubt.quotes for doubt in case.doubts.values())]
        quoted = [(quote.start, quote.end) for quotes in said for quote in quotes]
        pieces = [piece for piece in text.pieces if _states(piece) and not _holds(text, piece, quoted)]
        if not pieces:
            return ()
        names, vectors = self._phrases
        scores = self._encoder.encode([piece.text for piece in pieces]) @ vectors.T
        found = []
        for name in dict.fromkeys(names):
            if name in case.facts or name in case.doubts:
                continue
            columns = [at for at, other in enumerate(names) if other == name]
            best = scores[:, columns].max(axis=1)
            at = int(best.argmax())
            if best[at] >= NEAR:
                piece = pieces[at]
                found.append(Proposal(name, True, text.quote(piece.start, piece.end), round(float(best[at]), 3)))
        return tuple(sorted(found, key=lambda one: -one.score))

    @cached_property
    def _phrases(self) -> tuple[list[str], npt.NDArray[np.float32]]:
        """Names of facts, and the vectors of their phrases in the same order."""
        pairs = [(kind.name, _MARKS.sub("", phrase)) for kind in self._kinds for phrase in _first(kind)]
        return [name for name, _ in pairs], self._encoder.encode([phrase for _, phrase in pairs])


def _first(kind: FactKind) -> tuple[str, ...]:
    longest = sorted(kind.says, key=len, reverse=True)[:_PHRASES]
    return (kind.label, *longest)


def _states(piece: Piece) -> bool:
    return len(piece.text) >= _SHORTEST and not piece.asked and not _ASKS.search(piece.text)


def _holds(text: Description, piece: Piece, quoted: list[tuple[int, int]]) -> bool:
    """Whether words of a piece already state something."""
    whole = text.quote(piece.start, piece.end)
    return any(start < whole.end and whole.start < end for start, end in quoted)
