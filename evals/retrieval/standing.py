"""Where the product's search is ahead of the others, and where it is not, in sentences."""

from __future__ import annotations

from collections.abc import Mapping

from evals.retrieval.labels import QUALITY, called
from evals.retrieval.run import Result

_OURS = "ours"
_SPEED = "p50_ms"
_TOLD = ("recall@10", "recall@100", _SPEED)


def standing(result: Result) -> list[str]:
    """One sentence that counts, then one for each other system with the numbers; nothing without ours or others.

    Ahead means strictly better, in all measures of quality and in the median time of a question.
    """
    ours = result.systems.get(_OURS)
    others = {name: row for name, row in result.systems.items() if name != _OURS}
    if ours is None or not others:
        return []
    behind = {name: _not_ahead(ours, row) for name, row in others.items()}
    clear = sum(not measures for measures in behind.values())
    measured = len(QUALITY) + 1
    first = (
        f"{called(_OURS)}与其他 {len(others)} 种方法相比，{len(QUALITY)} 项质量和每问用时中位全都领先的有 {clear} 种。"
    )
    return [first, *(_against(name, ours, row, behind[name], measured) for name, row in others.items())]


def _not_ahead(ours: Mapping[str, float], other: Mapping[str, float]) -> list[str]:
    measures = [measure for measure in QUALITY if ours[measure] <= other[measure]]
    return measures if ours[_SPEED] < other[_SPEED] else [*measures, _SPEED]


def _against(name: str, ours: Mapping[str, float], other: Mapping[str, float], behind: list[str], measured: int) -> str:
    if not behind:
        numbers = "，".join(_pair(measure, ours, other) for measure in _TOLD)
        return f"对“{called(name)}”：{measured} 项都领先；{numbers}。"
    numbers = "，".join(_pair(measure, ours, other) for measure in behind)
    ahead = measured - len(behind)
    return f"对“{called(name)}”：{len(behind)} 项没有领先（{numbers}），{ahead} 项领先。"


def _pair(measure: str, ours: Mapping[str, float], other: Mapping[str, float]) -> str:
    if measure == _SPEED:
        return f"每问用时中位 {ours[measure]:,.1f} 对 {other[measure]:,.1f} 毫秒"
    return f"{QUALITY[measure]} {ours[measure]:.3f} 对 {other[measure]:.3f}"
