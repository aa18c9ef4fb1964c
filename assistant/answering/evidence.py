"""Weighing what was found: which sentences answer, how much of the question they cover, what the source leaves open."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.answering.coverage import Asked, Coverage, Covered
from assistant.answering.retrieval import Passage
from assistant.answering.selection import Chosen, Room, Selection, gaps, kept, ordinary
from assistant.answering.sentences import sentences
from assistant.answering.terms import details_asked
from assistant.answering.understanding import Reading
from knowledge.clauses import Gap

_UNSTATED = re.compile("未载明|没有载明|未列|没有列|隐去|未说明|没有说明")
_OPEN_SHARE = 0.5
"""A sentence on what the source leaves open speaks to a question when it holds this share of what is not covered."""
_OUTSPOKEN = 0.02
"""A sentence on what the source is silent about that answers better by this than any other is what was asked for."""
_ON_THE_DETAIL = 0.12
"""One that names the kind of detail asked for (who, how, when …) may score this much below the best."""
_LISTED_WITHIN = 3
"""A clause that only counts its items answers a question for the list when it is among this many passages."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What one place's clauses say to a question.

    `strength` is the best passage's score, `covered` what the chosen sentences cover of the asked terms; `open` says
    that the source itself leaves the asked thing open, and `chosen` then holds the sentence that says so.
    """

    place: str | None
    chosen: tuple[Chosen, ...]
    covered: Covered
    strength: float
    open: bool = False


class Weighing:
    """Weighs passages against a question."""

    def __init__(self, selection: Selection, coverage: Coverage) -> None:
        self._selection = selection
        self._coverage = coverage

    def weigh(self, reading: Reading, passages: Sequence[Passage], room: Room, place: str | None) -> Evidence:
        """The evidence in `passages`, best first."""
        asked = self._coverage.asked(reading)
        if not passages:
            return Evidence(place, (), self._coverage.of(asked, ""), 0.0)
        scored = self._selection.scored(reading, asked, ordinary(passages))
        chosen = kept(scored, room)
        shown = _shown(chosen)
        covered = self._coverage.of(asked, shown)
        covered = replace(covered, unmeasured=self._coverage.unmeasured(reading, _shown(_family(chosen))))
        said_open = self._spoken_up(reading, asked, passages, scored, covered)
        said_open = said_open or self._left_open(reading, passages, scored, covered)
        if said_open:
            keep = {one.sentence for one in said_open}
            chosen = [one for one in chosen if one.sentence not in keep]
            chosen = self._in_rank(chosen, said_open, passages)
        return Evidence(place, tuple(chosen), covered, passages[0].score, open=bool(said_open))

    def _spoken_up(
        self,
        reading: Reading,
        asked: Sequence[Asked],
        passages: Sequence[Passage],
        scored: Sequence[Chosen],
        covered: Covered,
    ) -> list[Chosen]:
        """The sentence on what the source is silent about that answers best, or nearly so on just the detail asked."""
        silent = self._selection.scored(reading, asked, gaps(passages, Gap.SILENT))
        if not silent or not scored:
            return []
        best = scored[0].score
        if silent[0].score >= best + _OUTSPOKEN:
            return silent[:1]
        details = [d for d in details_asked(reading.text) if covered.unmeasured or not d.measured]
        on_it = [one for one in silent if any(detail.open.search(one.sentence) for detail in details)]
        return on_it[:1] if on_it and on_it[0].score >= best - _ON_THE_DETAIL else []

    def _left_open(
        self, reading: Reading, passages: Sequence[Passage], scored: Sequence[Chosen], covered: Covered
    ) -> list[Chosen]:
        """The sentences that say the source leaves the asked thing open."""
        counting = gaps(passages[:_LISTED_WITHIN], Gap.COUNTED, Gap.CONFLICT)
        leads = bool(scored) and scored[0].clause.gap is not None and not (reading.shape.amount or reading.shape.yes_no)
        if counting and (reading.shape.lists or leads):
            return [Chosen(counting[0].clause, s, counting[0].score) for s in sentences(counting[0].clause.text)]
        missing = [term for term in covered.missing if term.own]
        if covered.unmeasured:
            missing = list(self._coverage.asked(reading))
        if not missing:
            return []
        best: tuple[float, Chosen] | None = None
        for passage in gaps(passages, Gap.SILENT):
            for sentence in sentences(passage.clause.text):
                if covered.unmeasured and not _UNSTATED.search(sentence):
                    continue
                share = self._share(missing, sentence)
                if share >= _OPEN_SHARE and (best is None or share + passage.score > best[0]):
                    best = (share + passage.score, Chosen(passage.clause, sentence, passage.score))
        return [best[1]] if best else []

    def _share(self, missing: Sequence[Asked], sentence: str) -> float:
        return self._coverage.of(missing, sentence).share

    @staticmethod
    def _in_rank(chosen: list[Chosen], said_open: list[Chosen], passages: Sequence[Passage]) -> list[Chosen]:
        """What is stated, then what is left open; a clause that counts its items leads when it was found first."""
        leads = passages[0].clause.gap in {Gap.COUNTED, Gap.CONFLICT}
        return [*said_open, *chosen] if leads else [*chosen, *said_open]


def _family(chosen: Sequence[Chosen]) -> list[Chosen]:
    """The sentences of the first clause, and of those it is a part of or that are parts of the same."""
    if not chosen:
        return []
    first = chosen[0].clause.ref
    near = {first, first.parent} - {None}
    return [one for one in chosen if one.clause.ref in near or one.clause.ref.parent in near]


def _shown(chosen: Sequence[Chosen]) -> str:
    return " ".join(f"{' '.join(c.clause.headings)} {c.clause.heading} {c.sentence}" for c in chosen)
