"""Ask every question of a dataset and count what comes back."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from assistant.answering.answer import Answer
from assistant.answering.question import Question, Turn, ask
from assistant.errors import CallerError
from evals.answers.rows import Half, Row, of_half
from evals.answers.scores import Reply, RowScore, scored
from evals.answers.summary import KIND_MEASURES, TAKEN_UP, Summary, by_kind, summarised
from evals.errors import NothingToMeasure


@dataclass(frozen=True)
class Result:
    """The summaries of each half and kind, and the rows of the tuning half that missed something."""

    dataset: str
    halves: dict[Half, Summary]
    kinds: dict[Half, dict[str, Summary]]
    misses: tuple[RowScore, ...]


def measure(
    dataset: str,
    rows: Sequence[Row],
    answer: Callable[[Question], Answer],
    halves: Sequence[Half] = tuple(Half),
    progress: Callable[[Iterable[Row], int], Iterable[Row]] | None = None,
) -> Result:
    """Ask the rows of `halves`, one after another. Raises NothingToMeasure when they are empty."""
    wanted = [row for row in rows if row.half in halves]
    if not wanted:
        raise NothingToMeasure(f"{dataset} 中没有 {'、'.join(halves)} 一半的评测题")
    counted = progress(wanted, len(wanted)) if progress else wanted
    score_of = {row.id: scored(row, replied(row, answer)) for row in counted}
    of = {half: [score_of[row.id] for row in of_half(wanted, half)] for half in halves}
    return Result(
        dataset=dataset,
        halves={half: summarised(scores) for half, scores in of.items()},
        kinds={half: by_kind(scores) for half, scores in of.items()},
        misses=tuple(score for score in of.get(Half.TUNING, []) if missed(score)),
    )


def replied(row: Row, answer: Callable[[Question], Answer]) -> Reply:
    """Ask one row; an error the caller could mend is a reply, any other error is ours and goes on."""
    history = [Turn(turn.role, turn.content) for turn in row.history]
    began = time.perf_counter()
    try:
        given = answer(ask(row.question, history=history, jurisdiction=row.jurisdiction, as_of=row.as_of))
    except CallerError as error:
        return Reply(None, error.code, time.perf_counter() - began)
    return Reply(given, None, time.perf_counter() - began)


def missed(score: RowScore) -> bool:
    """Whether anything about the row is worth a look; a partial answer that holds and cites all it should is none."""
    uncovered = (score.coverage.uncited, score.coverage.not_verbatim, score.coverage.foreign_numbers)
    if score.forbidden or any(rate.hits for rate in uncovered):
        return True
    if not score.row.answerable:
        return score.status == "answered"
    return bool(score.missing) or score.clause.value == 0 or score.status not in TAKEN_UP


def as_json(result: Result) -> dict[str, Any]:
    """Counts and intervals only: no question, so that the held-out half stays unseen."""
    return {
        "dataset": result.dataset,
        "halves": {half.value: _summary(summary) for half, summary in result.halves.items()},
        "kinds": {
            half.value: {
                kind: {
                    "rows": summary.answerable + summary.unanswerable,
                    **{name: summary.rates[name].as_json() for name in KIND_MEASURES},
                }
                for kind, summary in kinds.items()
            }
            for half, kinds in result.kinds.items()
        },
    }


def _summary(summary: Summary) -> dict[str, Any]:
    return {
        "answerable": summary.answerable,
        "unanswerable": summary.unanswerable,
        "rates": {name: rate.as_json() for name, rate in summary.rates.items()},
        "statuses": summary.statuses,
        "statuses_unanswerable": summary.statuses_unanswerable,
        "citations": summary.citations.as_json(),
        "characters": summary.characters.as_json(),
        "milliseconds": summary.milliseconds.as_json(),
    }
