"""One case scored: its verdict, its key criteria, the words its facts rest on, and what is asked next."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from assistant.eligibility.asked import CaseAsked, ask_case
from assistant.eligibility.checker import CaseCheck
from assistant.eligibility.evaluating import Standing
from assistant.eligibility.ruling import Ruling, Verdict
from assistant.errors import CallerError
from evals.cases.matching import Asked, covers, same_words, standing_given
from evals.cases.quoting import StrayQuote, quotes_read, stray_quotes, unquoted_facts
from evals.cases.rows import KeyCriterion, Row
from evals.counts import Rate
from knowledge.clauses import ClauseRef
from knowledge.criteria import Mechanism
from knowledge.facts import FactKind
from knowledge.rules import Rules

NOT_SCORED = Rate(0, 0)
FIRST_QUESTIONS = 3

Check = Callable[[CaseAsked], CaseCheck]


@dataclass(frozen=True)
class Checked:
    """What came back for a row: a check, or the code of the error the caller would have got."""

    check: CaseCheck | None
    refused_as: str | None
    seconds: float

    @property
    def verdict(self) -> str:
        return self.check.verdict.value if self.check else f"error:{self.refused_as}"

    @property
    def ruling(self) -> Ruling | None:
        """The ruling whose criteria, facts and questions are scored: the first, also while the place is open."""
        return self.check.rulings[0] if self.check else None


@dataclass(frozen=True, slots=True)
class JudgedCriterion:
    """A key criterion and what the ruling says of it; None where there is no ruling or no such criterion in it."""

    criterion: KeyCriterion
    given: Standing | None

    @property
    def right(self) -> bool | None:
        return None if self.given is None else self.given is self.criterion.standing


@dataclass(frozen=True)
class RowScore:
    """Each rate is this row's part of a count; NOT_SCORED where the row says nothing about it.

    `mechanism` is the one the row is about, "" where it cannot be told. `recall` is of expected words, `precision` of
    quotes; `covered` is 1 of 1 when one of the first questions asks for a missing fact; `changing` counts open
    questions with an answer that changes the verdict or the outcome.
    """

    row: Row
    verdict: str
    seconds: float
    mechanism: str
    criteria: tuple[JudgedCriterion, ...]
    chosen: Rate
    free_first: Rate
    free_listed: Rate
    recall: Rate
    precision: Rate
    missed_words: tuple[str, ...]
    quotes: Rate
    stray: tuple[StrayQuote, ...]
    unquoted: Rate
    questions: tuple[Asked, ...]
    covered: Rate
    changing: Rate

    @property
    def right(self) -> bool:
        """Whether the verdict is the expected one or one as good; an error never is."""
        return self.verdict in {verdict.value for verdict in self.row.acceptable}

    @property
    def refused(self) -> bool:
        return self.verdict.startswith("error:")

    @property
    def definite(self) -> bool:
        return not self.refused and Verdict(self.verdict).definite

    @property
    def standings(self) -> Rate:
        """Key criteria judged as expected, of those that could be scored."""
        known = [one.right for one in self.criteria if one.right is not None]
        return Rate(sum(known), len(known))


def checked(row: Row, check: Check, kinds: Mapping[str, FactKind], mechanism: str | None) -> Checked:
    """Check one row; an error the caller could mend is a result, any other error is ours and goes on."""
    facts: dict[str, Any] = dict(row.facts)
    began = time.perf_counter()
    try:
        asked = ask_case(
            row.text,
            kinds,
            as_of=row.as_of.isoformat(),
            jurisdiction=row.jurisdiction,
            mechanism=mechanism,
            facts=facts,
        )
        made = check(asked)
    except CallerError as error:
        return Checked(None, error.code, time.perf_counter() - began)
    return Checked(made, None, time.perf_counter() - began)


def scored(row: Row, rules: Rules, given: Checked, free: Checked | None = None) -> RowScore:
    """Score what came back; `free` is the same row checked without its mechanism, for rows that name one."""
    ruling, text = given.ruling, row.text
    meant = meant_by(row, rules)
    case = given.check.case if given.check else None
    read = quotes_read(ruling, rules.facts) if ruling else ()
    missed = tuple(words for words in row.expected_words if not any(same_words(quote, words, text) for quote in read))
    hits = sum(any(same_words(quote, words, text) for words in row.expected_words) for quote in read)
    stray, quotes = stray_quotes(case, text) if case else ((), NOT_SCORED)
    questions = _questions(given)
    wants = row.expected_verdict is Verdict.INSUFFICIENT
    return RowScore(
        row=row,
        verdict=given.verdict,
        seconds=given.seconds,
        mechanism=next(iter(meant)) if len(meant) == 1 else "",
        criteria=tuple(
            JudgedCriterion(one, standing_given(one, ruling.findings, rules.facts) if ruling else None)
            for one in row.key_criteria
        ),
        chosen=_among(meant, given, first=True) if row.mechanism is None else NOT_SCORED,
        free_first=_among(meant, free, first=True) if free else NOT_SCORED,
        free_listed=_among(meant, free, first=False) if free else NOT_SCORED,
        recall=Rate(len(row.expected_words) - len(missed), len(row.expected_words)),
        precision=Rate(hits, len(read)) if row.expected_words else NOT_SCORED,
        missed_words=missed,
        quotes=quotes,
        stray=stray,
        unquoted=unquoted_facts(case) if case else NOT_SCORED,
        questions=questions,
        covered=Rate(int(asks_for(questions, row)), 1) if wants and row.missing_facts else NOT_SCORED,
        changing=_changing(ruling) if wants and ruling else NOT_SCORED,
    )


def asks_for(questions: tuple[Asked, ...], row: Row) -> bool:
    """Whether one of the first questions asks for a missing fact of the row."""
    return any(covers(question, wanted) for question in questions[:FIRST_QUESTIONS] for wanted in row.missing_facts)


def meant_by(row: Row, rules: Rules) -> frozenset[str]:
    """The mechanism a row is about: the one it names, else those that cite most of its key clauses; maybe none."""
    if row.mechanism is not None:
        return frozenset({rules.mechanism(row.mechanism).id})
    wanted = {one.ref for one in row.key_criteria if one.ref is not None}
    cited = {id_: len(wanted.intersection(_refs(mechanism))) for id_, mechanism in rules.mechanisms.items()}
    most = max(cited.values(), default=0)
    return frozenset(id_ for id_, count in cited.items() if count == most and most)


def _refs(mechanism: Mechanism) -> Iterator[ClauseRef]:
    yield from (ref for _, ref in mechanism.refs())


def _among(meant: Collection[str], given: Checked, *, first: bool) -> Rate:
    """Whether the first ruling (or any) is by the mechanism meant; not scored where none can be told."""
    if not meant:
        return NOT_SCORED
    rulings = given.check.rulings if given.check else ()
    return Rate(int(any(ruling.mechanism.id in meant for ruling in rulings[: 1 if first else None])), 1)


def _questions(given: Checked) -> tuple[Asked, ...]:
    """What is asked next, the place first while it is open."""
    if given.check is None or given.ruling is None:
        return ()
    place = given.check.place_open
    asked = tuple(Asked.of(one.kind) for one in given.ruling.open_questions)
    return asked if place is None else (Asked("哪里的规定", place.question), *asked)


def _changing(ruling: Ruling) -> Rate:
    now = (ruling.verdict, ruling.outcome)
    asked = ruling.open_questions
    return Rate(sum(any((one.verdict, one.outcome) != now for one in q.answers) for q in asked), len(asked))
