"""Choosing the sentences that answer: the few that say what is asked, from the passages found."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from assistant.answering.coverage import Asked, Coverage
from assistant.answering.figures import figures
from assistant.answering.remembering import Remembering
from assistant.answering.retrieval import Passage
from assistant.answering.sentences import sentences
from assistant.answering.terms import measures_asked
from assistant.answering.understanding import Reading
from knowledge.clauses import Clause, ClauseRef, Gap
from knowledge.encoder import Encoder

_WEIGHT_PASSAGE = 0.5
_WEIGHT_SENTENCE = 0.5
_WEIGHT_COVERAGE = 0.35
_BONUS_FIGURE = 0.1
_BONUS_LIST = 0.1
_BONUS_TOP = 0.03
_A_LIST = 2
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
    """How much an answer may say.

    At most `clauses`, each scoring no more than `below` under the best. A clause of up to `whole` characters is said
    whole; of a longer one, up to `sentences` that score no more than `within` under its best.
    """

    clauses: int = 3
    below: float = 0.15
    whole: int = 200
    sentences: int = 4
    within: float = 0.2
    one_matter: bool = False


class Selection:
    """Scores sentences of passages against a question and keeps the best."""

    def __init__(self, encoder: Encoder, coverage: Coverage) -> None:
        self._encoder = encoder
        self._sentences = Remembering(encoder)
        self._coverage = coverage

    def scored(self, reading: Reading, asked: Sequence[Asked], passages: Sequence[Passage]) -> list[Chosen]:
        """Every sentence of the first passages, best first."""
        overview = reading.shape.lists or len(reading.terms) <= 1
        units = {unit for measure in measures_asked(reading.text) for unit in measure.units}
        pairs = [(p, s) for p in passages[:_READ] for s in sentences(p.clause.text)]
        if not pairs:
            return []
        question = np.mean([self._encoder.encode_query(text) for text in reading.variants], axis=0)
        shown = [f"{passage.clause.heading} {sentence}" for passage, sentence in pairs]
        nearness = self._sentences.encode(shown) @ question
        found = []
        for (passage, sentence), near, text in zip(pairs, nearness, shown, strict=True):
            score = _WEIGHT_PASSAGE * passage.score + _WEIGHT_SENTENCE * float(near)
            score += _WEIGHT_COVERAGE * self._coverage.literal(asked, text)
            score += _BONUS_FIGURE * bool(units & {figure.unit for figure in figures(sentence)})
            score += _BONUS_TOP * (overview and passage.clause.ref.depth == 1)
            score += _BONUS_LIST * (reading.shape.lists and sentence.count("、") >= _A_LIST)
            found.append(Chosen(passage.clause, sentence, score))
        return sorted(found, key=lambda chosen: -chosen.score)


def kept(scored: Sequence[Chosen], room: Room) -> list[Chosen]:
    """The best clauses within `room` in the order of their best sentence, each said once, in its own order.

    With `room.one_matter`, clauses that share no topic with the best one are left out.
    """
    by_clause: dict[ClauseRef, list[Chosen]] = {}
    for chosen in scored:
        by_clause.setdefault(chosen.clause.ref, []).append(chosen)
    picked: list[Chosen] = []
    best = scored[0].score if scored else 0.0
    for group in _parent_first(by_clause, room.clauses):
        strays = room.one_matter and picked and not set(picked[0].clause.topics) & set(group[0].clause.topics)
        if strays or group[0].score < best - room.below:
            continue
        fresh = [c for c in _said(group, room) if not any(_repeats(c.sentence, p.sentence) for p in picked)]
        picked += fresh
    return picked


def _parent_first(by_clause: dict[ClauseRef, list[Chosen]], room: int) -> list[list[Chosen]]:
    """The best clauses; where two of them are parts of one clause, that clause, which tells them all, leads."""
    refs = list(by_clause)[:room]
    parents = Counter(ref.parent for ref in refs if ref.parent is not None)
    for parent, children in parents.items():
        if children > 1 and parent in by_clause and parent not in refs:
            refs = [parent, *refs[: room - 1]]
    return [by_clause[ref] for ref in refs]


def _said(group: Sequence[Chosen], room: Room) -> list[Chosen]:
    """The sentences of one clause, best first in `group`, that are said, in their own order."""
    text = group[0].clause.text
    if len(text) > room.whole:
        group = [one for one in group if one.score >= group[0].score - room.within][: room.sentences]
    return sorted(group, key=lambda one: text.find(one.sentence))


def _repeats(one: str, other: str) -> bool:
    """Whether two sentences say the same: three quarters of the shorter one's character pairs stand in the other."""
    pairs, others = _pairs(one), _pairs(other)
    return len(pairs & others) >= 0.75 * min(len(pairs), len(others))


def _pairs(text: str) -> set[str]:
    return {text[at : at + 2] for at in range(len(text) - 1)}


def ordinary(passages: Sequence[Passage]) -> list[Passage]:
    """The passages that state something: all but those that only say what a source is silent about."""
    return [passage for passage in passages if passage.clause.gap is not Gap.SILENT]


def gaps(passages: Sequence[Passage], *kinds: Gap) -> list[Passage]:
    """The passages that say what a source leaves open, of the given kinds."""
    return [passage for passage in passages if passage.clause.gap in kinds]
