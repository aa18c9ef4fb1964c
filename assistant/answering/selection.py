"""Choosing the sentences that answer: the few that say what is asked, from the passages found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from assistant.answering.coverage import Asked, Coverage
from assistant.answering.figures import figures
from assistant.answering.retrieval import Passage
from assistant.answering.sentences import sentences
from assistant.answering.understanding import Shape
from knowledge.clauses import Clause, Gap
from knowledge.encoder import Encoder

_WEIGHT_PASSAGE = 0.5
_WEIGHT_SENTENCE = 0.5
_WEIGHT_COVERAGE = 0.35
_BONUS_FIGURE = 0.08
_READ = 10
"""Passages whose sentences are read."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """A sentence chosen for the answer, verbatim in its clause, and how well it answers (higher is better)."""

    clause: Clause
    sentence: str
    score: float


@dataclass(frozen=True, slots=True)
class Room:
    """How much an answer may say: most sentences, most clauses, and how far below the best a sentence may score."""

    sentences: int = 4
    clauses: int = 3
    below: float = 0.2


class Selection:
    """Scores sentences of passages against a question and keeps the best."""

    def __init__(self, encoder: Encoder, coverage: Coverage) -> None:
        self._encoder = encoder
        self._coverage = coverage

    def scored(
        self, texts: Sequence[str], asked: Sequence[Asked], shape: Shape, passages: Sequence[Passage]
    ) -> list[Chosen]:
        """Every sentence of the first passages, best first; `texts` are the variants of the question."""
        pairs = [(p, s) for p in passages[:_READ] for s in sentences(p.clause.text)]
        if not pairs:
            return []
        question = np.mean([self._encoder.encode_query(text) for text in texts], axis=0)
        shown = [f"{passage.clause.heading} {sentence}" for passage, sentence in pairs]
        nearness = self._encoder.encode(shown) @ question
        found = []
        for (passage, sentence), near, text in zip(pairs, nearness, shown, strict=True):
            score = _WEIGHT_PASSAGE * passage.score + _WEIGHT_SENTENCE * float(near)
            score += _WEIGHT_COVERAGE * self._coverage.literal(asked, text)
            score += _BONUS_FIGURE * (shape.amount and bool(figures(sentence)))
            found.append(Chosen(passage.clause, sentence, score))
        return sorted(found, key=lambda chosen: -chosen.score)


def kept(scored: Sequence[Chosen], room: Room) -> list[Chosen]:
    """The best sentences within `room`, each said once, those of one clause together and in its order."""
    if not scored:
        return []
    best = scored[0].score
    picked: list[Chosen] = []
    for chosen in scored:
        if chosen.score < best - room.below or len(picked) >= room.sentences:
            break
        refs = {one.clause.ref for one in picked}
        if chosen.clause.ref not in refs and len(refs) >= room.clauses:
            continue
        if any(_repeats(chosen.sentence, one.sentence) for one in picked):
            continue
        picked.append(chosen)
    rank = {chosen.clause.ref: at for at, chosen in reversed(list(enumerate(picked)))}
    return sorted(picked, key=lambda c: (rank[c.clause.ref], c.clause.text.find(c.sentence)))


def _repeats(one: str, other: str) -> bool:
    """Whether two sentences say the same: nine tenths of the shorter one's character pairs stand in the other."""
    pairs, others = _pairs(one), _pairs(other)
    return len(pairs & others) >= 0.9 * min(len(pairs), len(others))


def _pairs(text: str) -> set[str]:
    return {text[at : at + 2] for at in range(len(text) - 1)}


def ordinary(passages: Sequence[Passage]) -> list[Passage]:
    """The passages that state something: all but those that only say what a source is silent about."""
    return [passage for passage in passages if passage.clause.gap is not Gap.SILENT]


def gaps(passages: Sequence[Passage], *kinds: Gap) -> list[Passage]:
    """The passages that say what a source leaves open, of the given kinds."""
    return [passage for passage in passages if passage.clause.gap in kinds]
