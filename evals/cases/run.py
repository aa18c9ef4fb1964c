"""Check every case of a dataset and count what comes back."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from evals.answers.rows import Half
from evals.cases.rows import Dataset, Row
from evals.cases.scores import Check, RowScore, checked, scored
from evals.cases.summary import OF_MECHANISM, Summary, by_mechanism, summarised
from evals.errors import NothingToMeasure
from knowledge.rules import Rules


@dataclass(frozen=True)
class Result:
    """The summaries of each half and mechanism, and the rows of the tuning half that missed something.

    `unknown_keys` says how often which keys of the dataset were left aside.
    """

    dataset: str
    unknown_keys: dict[str, int]
    halves: dict[Half, Summary]
    mechanisms: dict[Half, dict[str, Summary]]
    misses: tuple[RowScore, ...]


def measure(
    name: str,
    dataset: Dataset,
    rules: Rules,
    check: Check,
    halves: Sequence[Half] = tuple(Half),
    progress: Callable[[Iterable[Row], int], Iterable[Row]] | None = None,
) -> Result:
    """Check the rows of `halves`, one after another. Raises NothingToMeasure when they are empty."""
    wanted = [row for row in dataset.rows if row.half in halves]
    if not wanted:
        raise NothingToMeasure(f"{name} 中没有 {'、'.join(halves)} 一半的评测题")
    counted = progress(wanted, len(wanted)) if progress else wanted
    scores = [_scored(row, rules, check) for row in counted]
    of = {half: [score for score in scores if score.row.half is half] for half in halves}
    return Result(
        dataset=name,
        unknown_keys=dict(dataset.unknown_keys.most_common()),
        halves={half: summarised(some) for half, some in of.items()},
        mechanisms={half: by_mechanism(some) for half, some in of.items()},
        misses=tuple(sorted(filter(missed, of.get(Half.TUNING, [])), key=_gravity)),
    )


def _scored(row: Row, rules: Rules, check: Check) -> RowScore:
    given = checked(row, check, rules.facts, row.mechanism)
    free = checked(row, check, rules.facts, None) if row.mechanism is not None else None
    return scored(row, rules, given, free)


def missed(score: RowScore) -> bool:
    """Whether anything about the row is worth a look."""
    wrong = any(one.right is not True for one in score.criteria)
    overlooked = score.covered.value == 0 or score.chosen.value == 0 or bool(score.missed_words)
    return not score.right or wrong or overlooked or bool(score.stray)


def _gravity(score: RowScore) -> tuple[bool, bool, bool]:
    """Words that are not there first, then wrong definite verdicts, then other wrong ones."""
    return not score.stray, score.right or not score.definite, score.right


def as_json(result: Result) -> dict[str, Any]:
    """Counts and intervals; of rows, only those of the tuning half whose quotes are not verbatim."""
    return {
        "dataset": result.dataset,
        "unknown_keys": result.unknown_keys,
        "halves": {half.value: _summary(summary) for half, summary in result.halves.items()},
        "mechanisms": {
            half.value: {
                name: {
                    "rows": summary.rows,
                    **{measure: summary.rates[measure].as_json() for measure in OF_MECHANISM},
                }
                for name, summary in mechanisms.items()
            }
            for half, mechanisms in result.mechanisms.items()
        },
        "quotes_not_verbatim": [
            {"id": score.row.id, "fact": one.fact, "quote": one.quote.text, "start": one.quote.start}
            for score in result.misses
            for one in score.stray
        ],
    }


def _summary(summary: Summary) -> dict[str, Any]:
    return {
        "rows": summary.rows,
        "rates": {name: rate.as_json() for name, rate in summary.rates.items()},
        "confusion": summary.confusion,
        "milliseconds": summary.milliseconds.as_json(),
    }
