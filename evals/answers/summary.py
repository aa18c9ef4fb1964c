"""Many rows counted together: every measure with its count and interval, by half and by kind of question."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from evals.answers.scores import NOT_SCORED, RowScore
from evals.counts import Rate, Spread, spread, total

TAKEN_UP = frozenset({"answered", "partial", "clarify"})
"""Statuses that do not turn a question away."""


class Best(StrEnum):
    """Which way a measure is better."""

    HIGH = "越高越好"
    LOW = "越低越好"
    ZERO = "应为 0"


@dataclass(frozen=True, slots=True)
class Measure:
    """What one row adds to one count; `label` is shown to people."""

    name: str
    label: str
    best: Best
    of: Callable[[RowScore], Rate]


def _answerable(part: Callable[[RowScore], Rate]) -> Callable[[RowScore], Rate]:
    return lambda score: part(score) if score.row.answerable else NOT_SCORED


def _unanswerable(part: Callable[[RowScore], Rate]) -> Callable[[RowScore], Rate]:
    return lambda score: NOT_SCORED if score.row.answerable else part(score)


def _status(met: Callable[[str], bool]) -> Callable[[RowScore], Rate]:
    return lambda score: Rate(int(met(score.status)), 1)


def _states_nothing(score: RowScore) -> Rate:
    """Whether an answered row states nothing: then no citation could be missing."""
    return Rate(int(score.coverage.uncited.of == 0), 1) if score.status == "answered" else NOT_SCORED


MEASURES = (
    Measure("must_include", "要点齐全的题", Best.HIGH, _answerable(lambda s: s.complete)),
    Measure("must_include_strings", "出现的要点", Best.HIGH, _answerable(lambda s: s.strings)),
    Measure("must_not_include", "出现禁用说法（可回答）", Best.LOW, _answerable(lambda s: s.violated)),
    Measure("document_at_3", "前三条引用中有应引文件", Best.HIGH, _answerable(lambda s: s.document)),
    Measure("clause", "引用了应引条款", Best.HIGH, _answerable(lambda s: s.clause)),
    Measure("near_clause", "引对了条、没引对款", Best.LOW, _answerable(lambda s: s.near)),
    Measure("clause_precision", "引用中属应引条款的", Best.HIGH, _answerable(lambda s: s.precision)),
    Measure("clause_recall", "应引条款中被引用的", Best.HIGH, _answerable(lambda s: s.recall)),
    Measure("answered", "可回答的题：完整回答", Best.HIGH, _answerable(_status(lambda s: s == "answered"))),
    Measure("over_refusal", "可回答的题：误拒", Best.LOW, _answerable(_status(lambda s: s not in TAKEN_UP))),
    Measure("not_answered", "不可回答的题：没有硬答", Best.HIGH, _unanswerable(_status(lambda s: s != "answered"))),
    Measure("must_not_include_unanswerable", "出现禁用说法（不可回答）", Best.LOW, _unanswerable(lambda s: s.violated)),
    Measure("answered_without_statement", "没有任何陈述的“完整回答”", Best.ZERO, _states_nothing),
    Measure("uncited_statements", "没有引用的陈述", Best.ZERO, lambda s: s.coverage.uncited),
    Measure("quotes_not_verbatim", "与条款原文不一致的引文", Best.ZERO, lambda s: s.coverage.not_verbatim),
    Measure("foreign_numbers", "所引条款和问题中都没有的数字", Best.ZERO, lambda s: s.coverage.foreign_numbers),
    Measure("asked_numbers", "只在问题中有的数字", Best.LOW, lambda s: s.coverage.asked_numbers),
)

KIND_MEASURES = ("must_include", "document_at_3", "clause", "answered", "over_refusal", "not_answered")
"""The measures shown for each kind of question."""


@dataclass(frozen=True)
class Summary:
    """One group of rows: its rates by name, how replies ended, and their size and time."""

    answerable: int
    unanswerable: int
    rates: dict[str, Rate]
    statuses: dict[str, int]
    statuses_unanswerable: dict[str, int]
    citations: Spread
    characters: Spread
    milliseconds: Spread


def summarised(scores: Sequence[RowScore]) -> Summary:
    """Count all rows together; measures no row is scored by come out as 0 of 0."""
    can = [score for score in scores if score.row.answerable]
    cannot = [score for score in scores if not score.row.answerable]
    return Summary(
        answerable=len(can),
        unanswerable=len(cannot),
        rates={measure.name: total(measure.of(score) for score in scores) for measure in MEASURES},
        statuses=dict(Counter(score.status for score in can).most_common()),
        statuses_unanswerable=dict(Counter(score.status for score in cannot).most_common()),
        citations=spread([float(len(score.cited)) for score in can]),
        characters=spread([float(score.characters) for score in can]),
        milliseconds=spread([score.seconds * 1000 for score in scores]),
    )


def by_kind(scores: Sequence[RowScore]) -> dict[str, Summary]:
    """A summary for each kind of question, in alphabetical order; "" are rows without a kind."""
    kinds = sorted({score.row.kind or "" for score in scores})
    return {kind: summarised([score for score in scores if (score.row.kind or "") == kind]) for kind in kinds}
