"""Many cases counted together: every measure with its count and interval, by half and by mechanism."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from evals.answers.summary import Best
from evals.cases.scores import NOT_SCORED, RowScore, asks_for
from evals.counts import Rate, Spread, spread, total


@dataclass(frozen=True, slots=True)
class Measure:
    """What one row adds to one count; `label` is shown to people."""

    name: str
    label: str
    best: Best
    of: Callable[[RowScore], Rate]


def _yes(met: bool) -> Rate:
    return Rate(int(met), 1)


def _wrong(score: RowScore) -> bool:
    return score.definite and not score.right


def _unmatched(score: RowScore) -> Rate:
    unscored = sum(one.given is None for one in score.criteria)
    return Rate(0 if score.refused else unscored, len(score.criteria))


def _unruled(score: RowScore) -> Rate:
    return Rate(len(score.criteria) if score.refused else 0, len(score.criteria))


MEASURES = (
    Measure("verdict", "结论正确", Best.HIGH, lambda s: _yes(s.right)),
    Measure("wrong_definite", "下了定论而定论错（占全部）", Best.LOW, lambda s: _yes(_wrong(s))),
    Measure(
        "wrong_of_definite",
        "下了定论而定论错（占下了定论的）",
        Best.LOW,
        lambda s: _yes(_wrong(s)) if s.definite else NOT_SCORED,
    ),
    Measure("errors", "报错，没有结论", Best.LOW, lambda s: _yes(s.refused)),
    Measure("standing", "关键条件判断正确", Best.HIGH, lambda s: s.standings),
    Measure("criteria_unmatched", "结论中没有的关键条件（不评分）", Best.LOW, _unmatched),
    Measure("criteria_unruled", "因报错而未判断的关键条件（不评分）", Best.LOW, _unruled),
    Measure("mechanism", "未指定机制的题：首选的机制正确", Best.HIGH, lambda s: s.chosen),
    Measure("mechanism_free", "指定机制的题：不指定时首选也是它", Best.HIGH, lambda s: s.free_first),
    Measure("mechanism_free_listed", "指定机制的题：不指定时列出了它", Best.HIGH, lambda s: s.free_listed),
    Measure("words_recall", "应读出的话中读出的", Best.HIGH, lambda s: s.recall),
    Measure("words_precision", "读出的话中应读出的", Best.HIGH, lambda s: s.precision),
    Measure("quotes_not_verbatim", "与原文位置不符的引文", Best.ZERO, lambda s: s.quotes),
    Measure("facts_unquoted", "读出而没有引文的事实", Best.ZERO, lambda s: s.unquoted),
    Measure("questions_cover", "事实不足的题：前三问问到缺的事实", Best.HIGH, lambda s: s.covered),
    Measure("questions_changing", "事实不足的题：追问中能改变结论的", Best.HIGH, lambda s: s.changing),
)

BY_CHANCE = "questions_cover_by_chance"
"""The control of `questions_cover`, see `covered_by_chance`."""

LABELS = {measure.name: measure.label for measure in MEASURES} | {BY_CHANCE: "　对照：换成其他机制的题的前三问"}

OF_MECHANISM = ("verdict", "wrong_definite", "standing", "words_recall", "questions_cover")
"""The measures shown for each mechanism."""


@dataclass(frozen=True)
class Summary:
    """One group of rows: its rates by name, given verdicts by expected one, and the time of a check."""

    rows: int
    rates: dict[str, Rate]
    confusion: dict[str, dict[str, int]]
    milliseconds: Spread


def summarised(scores: Sequence[RowScore]) -> Summary:
    """Count all rows together; measures no row is scored by come out as 0 of 0."""
    confusion: dict[str, Counter[str]] = {}
    for score in scores:
        confusion.setdefault(score.row.expected_verdict.value, Counter())[score.verdict] += 1
    return Summary(
        rows=len(scores),
        rates={m.name: total(m.of(score) for score in scores) for m in MEASURES}
        | {BY_CHANCE: covered_by_chance(scores)},
        confusion={expected: dict(given) for expected, given in confusion.items()},
        milliseconds=spread([score.seconds * 1000 for score in scores]),
    )


def covered_by_chance(scores: Sequence[RowScore]) -> Rate:
    """How often the first questions of a row about another mechanism seem to ask for a missing fact.

    What `questions_cover` would be by wording alone, over all such pairs of rows: its interval is too narrow, since a
    row stands in many pairs.
    """
    wanting = [score for score in scores if score.covered.of]
    asking = [score for score in wanting if score.questions]
    pairs = [(one, other) for one in wanting for other in asking if one.mechanism != other.mechanism]
    return Rate(sum(asks_for(other.questions, one.row) for one, other in pairs), len(pairs))


def by_mechanism(scores: Sequence[RowScore]) -> dict[str, Summary]:
    """A summary for each mechanism, in alphabetical order; "" are rows whose mechanism cannot be told."""
    names = sorted({score.mechanism for score in scores})
    return {name: summarised([score for score in scores if score.mechanism == name]) for name in names}
