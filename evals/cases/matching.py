"""When a row and a check speak of the same thing: by clause, by place in the text, or by shared pairs of characters."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from assistant.eligibility.case import Quote
from assistant.eligibility.evaluating import Finding, Standing
from assistant.eligibility.evaluating.wording import criterion_text
from assistant.eligibility.reading.language.phrases import found
from evals.answers.wording import normalized
from evals.cases.rows import KeyCriterion
from knowledge.clauses import ClauseRef
from knowledge.facts import FactKind

LIKE_A_CRITERION = 0.25
"""Two wordings of one criterion share at least this much (Dice); below it nothing matches, rather than anything.

Of the labels of facts taken at random, 1.6 % are so much like a given wording.
"""

COVERS = 0.4
"""A question asks for a missing fact when they share at least this much.

Chosen on the tuning half over all 77 facts: from 0.35 to 0.5 nothing changes much, and one fact in a hundred is like a
given wording; at 0.25 it is three. With the phrases of facts, 84 % of the wordings have a fact that covers them (66 %
without), and 2.3 % of the facts taken at random cover one. So the measure can hardly pass 90 %, and each report gives
what other rows' questions come to beside it.
"""

_ASKING = re.compile(
    "是否|是不是|有没有|有无|什么|怎样|如何|哪些|哪个|哪年|何时|何|多少|几|请问|当时|具体|情况|[的了吗呢在是经和与或对其该这]"
)
_APART = re.compile(r"[^\w]+|_")


def pairs(text: str) -> frozenset[str]:
    """Neighbouring characters, without stops and the small words by which one asks; a lone character is its own."""
    parts = [part for part in _APART.split(_ASKING.sub(" ", normalized(text))) if part]
    if all(len(part) == 1 for part in parts):
        return frozenset(parts)
    return frozenset(part[at : at + 2] for part in parts for at in range(len(part) - 1))


def dice(one: str, other: str) -> float:
    """Shared pairs of both, 0 to 1."""
    left, right = pairs(one), pairs(other)
    return 2 * len(left & right) / (len(left) + len(right)) if left and right else 0.0


def contained(part: str, whole: str) -> float:
    """Which share of the pairs of `part` stand in `whole`, 0 to 1."""
    wanted = pairs(part)
    return len(wanted & pairs(whole)) / len(wanted) if wanted else 0.0


@dataclass(frozen=True, slots=True)
class Asked:
    """One thing that is asked next: its short name, its sentence, and the words that raise it in a text."""

    label: str
    sentence: str
    phrases: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()

    @classmethod
    def of(cls, kind: FactKind) -> Asked:
        """The question for a fact."""
        options = (*(option.value for option in kind.options), *(one for option in kind.options for one in option.says))
        phrases = (*kind.says, *kind.denies, *kind.noticed, *options)
        return cls(kind.label, kind.question, phrases, kind.unless)


def covers(asked: Asked, wanted: str) -> bool:
    """Whether a question asks for a missing fact, as a row words it.

    It does when its name or sentence is like the fact (`COVERS`), or the fact is worded by one of its phrases.
    """
    alike = (max(dice(one, wanted), contained(wanted, one)) for one in (asked.label, asked.sentence))
    return max(alike) >= COVERS or any(True for _ in found(asked.phrases, wanted, asked.unless))


def standing_given(
    criterion: KeyCriterion, findings: Sequence[Finding], kinds: Mapping[str, FactKind]
) -> Standing | None:
    """What a ruling says of a key criterion; None when it has no such criterion.

    A clause stands for the outermost findings that cite it: met when one of them is, else unknown when one is, else
    unmet. Words stand for the criterion most like them.
    """
    ref = criterion.ref
    about = tuple(_citing(findings, ref)) if ref is not None else _worded(criterion.said, findings, kinds)
    seen = {finding.standing for finding in about}
    return next((one for one in (Standing.MET, Standing.UNKNOWN, Standing.UNMET) if one in seen), None)


def _citing(findings: Iterable[Finding], ref: ClauseRef) -> Iterator[Finding]:
    for finding in findings:
        if finding.clause == ref:
            yield finding
        else:
            yield from _citing(finding.of, ref)


def _worded(words: str, findings: Sequence[Finding], kinds: Mapping[str, FactKind]) -> tuple[Finding, ...]:
    every = [one for finding in findings for one in finding.walk()]
    likeness = [dice(words, criterion_text(one.criterion, kinds)) for one in every]
    best = max(likeness, default=0.0)
    return (every[likeness.index(best)],) if best >= LIKE_A_CRITERION else ()


def same_words(quote: Quote, words: str, text: str) -> bool:
    """Whether a quote and a passage that stands in `text` (anywhere, if several times) share half of the shorter."""
    least = min(len(quote.text), len(words)) / 2
    return any(min(quote.end, at + len(words)) - max(quote.start, at) >= least for at in _places(words, text))


def _places(words: str, text: str) -> Iterator[int]:
    at = text.find(words)
    while at >= 0:
        yield at
        at = text.find(words, at + 1)
