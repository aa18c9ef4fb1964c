"""Figures a question states, held against the clauses: a wrong premise is corrected, a stated case compared."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.answering import wording
from assistant.answering.figures import Figure, figures
from assistant.answering.selection import Chosen

_STATED = re.compile(
    r"(干|任|任职|当|做|待|呆|坐|工作|担任|在岗|任期)(了|满了?|过|有|已经?|已有)?(整整|快|将近|差不多|大概|约)?\s*$|已经?(有)?\s*$|(我|他|她)(今年)?(已|都)?\s*$"
)
_THRESHOLD = re.compile(r"(满|达到|超过|不低于|至少|不超过|不少于)\s*$")
_AT_LEAST_AFTER = re.compile(r"^\s*(及|或|或者)?以上")
_UNITS_OF_CASES = {"年", "月", "个月", "岁", "%", "次"}


@dataclass(frozen=True, slots=True)
class Remark:
    """What a stated figure comes to, in an approved sentence."""

    text: str


def stated(text: str) -> list[Figure]:
    """Figures the asker states of a case: 干了十一年, 任职满8年."""
    found, at = [], 0
    for figure in figures(text):
        at = text.find(figure.words, at)
        if figure.unit in _UNITS_OF_CASES and _STATED.search(text[:at]):
            found.append(figure)
        at += len(figure.words)
    return found


def thresholds(text: str) -> list[Figure]:
    """Figures of a clause from which something follows: 满10年, 8年以上."""
    found, at = [], 0
    for figure in figures(text):
        at = text.find(figure.words, at)
        after = text[at + len(figure.words) :]
        if _THRESHOLD.search(text[:at]) or _AT_LEAST_AFTER.match(after):
            found.append(figure)
        at += len(figure.words)
    return found


def compared(text: str, chosen: Sequence[Chosen]) -> list[Remark]:
    """Stated figures against every threshold in the same unit, each once."""
    remarks = []
    for figure in stated(text):
        limits = [limit for one in chosen for limit in thresholds(one.sentence) if limit.unit == figure.unit]
        once = {limit.value: limit for limit in reversed(limits)}
        met = [limit.words for limit in once.values() if figure.value >= limit.value]
        unmet = [limit.words for limit in once.values() if figure.value < limit.value]
        if once:
            remarks.append(Remark(wording.reached(figure.words, met, unmet)))
    return remarks


def corrected(text: str, chosen: Sequence[Chosen]) -> list[Remark]:
    """Figures the question takes for granted which the clauses give otherwise in the same unit."""
    said = [figure for figure in figures(text) if figure not in stated(text)]
    written = [figure for one in chosen for figure in figures(one.sentence)]
    wrong = [
        figure
        for figure in said
        if any(other.unit == figure.unit for other in written) and not any(figure.same(other) for other in written)
    ]
    if not wrong:
        return []
    instead = [figure.words for figure in written if figure.unit in {one.unit for one in wrong}]
    words = tuple(dict.fromkeys(figure.words for figure in wrong))
    return [Remark(wording.premise_differs(words, tuple(dict.fromkeys(instead))[:3]))]
