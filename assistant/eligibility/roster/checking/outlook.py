"""Where a person stands under one rule.

What is costly (verdict, what would fall due, words) depends only on how each condition stands, not on the day someone
took office: it is worked out once for all who stand alike. Dates are counted for each.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from assistant.eligibility.case import Amount, Case, Day
from assistant.eligibility.deriving import anniversary, derived
from assistant.eligibility.evaluating import Finding, Standing, holds
from assistant.eligibility.evaluating.wording import criterion_text, value_text
from assistant.eligibility.roster.checking.facts import Stated
from assistant.eligibility.roster.checking.result import Outlook, Stage
from assistant.eligibility.roster.columns import Columns
from assistant.eligibility.ruling import Due, Rulebook, Verdict
from assistant.eligibility.ruling.flips import due_dates
from assistant.eligibility.ruling.verdict import Decision
from knowledge.clauses import ClauseRef
from knowledge.criteria import Condition, Mechanism, Route
from knowledge.facts import FactKind

_Key = tuple[tuple[bool | None, ...], frozenset[str]]
_OF_VERDICT = {
    Verdict.APPLIES: Stage.REACHED,
    Verdict.MAY_APPLY: Stage.REACHED,
    Verdict.BARRED: Stage.BARRED,
    Verdict.DEFERRED: Stage.DEFERRED,
    Verdict.NEEDS_DETERMINATION: Stage.BODY,
    Verdict.INSUFFICIENT: Stage.OPEN,
}


@dataclass(frozen=True)
class _Alike:
    """What holds for all whose conditions stand alike; `dues` have their days still to be set."""

    decision: Decision
    dues: tuple[Due, ...]
    reasons: str
    missing: tuple[str, ...]
    clauses: tuple[ClauseRef, ...]


class Looker:
    """Judges people by one rule on one day."""

    def __init__(self, book: Rulebook, mechanism: Mechanism, columns: Columns, as_of: date) -> None:
        self.mechanism = mechanism
        self.kinds = kinds_used(book.rules.facts, mechanism)
        self._book = book
        self._columns = columns
        self._as_of = as_of
        self._year_on = anniversary(as_of, 1)
        self._conditions = tuple(mechanism.conditions())
        self._alike: dict[_Key, _Alike] = {}
        self._seen: dict[Stated, Outlook] = {}

    def look(self, facts: Stated) -> Outlook:
        """Facts this rule does not ask for make no difference."""
        stated = tuple(fact for fact in facts if fact.name in self.kinds)
        if stated not in self._seen:
            self._seen[stated] = self._look(stated)
        return self._seen[stated]

    def _look(self, stated: Stated) -> Outlook:
        case = derived(Case(self._as_of, {fact.name: fact for fact in stated}), self.kinds)
        standings = tuple(holds(one, case.value(one.fact)) for one in self._conditions)
        key = standings, frozenset(case.facts)
        if key not in self._alike:
            self._alike[key] = self._work_out(case)
        alike = self._alike[key]
        return self._outlook(alike, case, self._dated(alike, case))

    def _work_out(self, case: Case) -> _Alike:
        decision = self._book.decide(self.mechanism, case)
        findings = _deciding(decision, self.mechanism)
        wording = dict.fromkeys(text for one in findings if (text := self._condition(one, case)))
        clauses = tuple(dict.fromkeys(one.clause for one in findings)) or (self.mechanism.clause,)
        names = decision.open_facts(self.mechanism)
        dues = due_dates(self._book, self.mechanism, case)
        return _Alike(decision, dues, "；".join(wording), self._missing(names, case), clauses)

    def _condition(self, finding: Finding, case: Case) -> str:
        """A choice is said as it is, all else as what was asked for."""
        assert isinstance(finding.criterion, Condition)  # noqa: S101 `_deciding` gives conditions only
        kind, value = self.kinds[finding.criterion.fact], case.value(finding.criterion.fact)
        if isinstance(value, str):
            return f"{kind.label}：{value}"
        text = criterion_text(finding.criterion, self.kinds)
        return f"没有达到“{text}”" if finding.standing is Standing.UNMET else text

    def _missing(self, names: tuple[str, ...], case: Case) -> tuple[str, ...]:
        return tuple(dict.fromkeys(self._lack(self.kinds[name], case) for name in names))

    def _lack(self, kind: FactKind, case: Case) -> str:
        if kind.discretion:
            return f"{kind.label}（须由有权机关认定）"
        sources = kind.derive.sources if kind.derive is not None else ()
        if kind.name in case.facts:
            first = self.kinds[sources[0]].label if sources and sources[0] in case.facts else kind.label
            return f"{first}（要更精确）"
        name = sources[0] if sources and self._columns.of(kind.name) is None else kind.name
        column, label = self._columns.source(name), self.kinds[name].label
        if column is None:
            return f"{label}（表中没有这一列）"
        own = self._columns.of(name) is not None
        return f"{label}（“{column.name}”列没有写明）" if own else f"{label}（从“{column.name}”列读不出）"

    def _dated(self, alike: _Alike, case: Case) -> tuple[Due, ...]:
        if any(due.estimated or due.years != int(due.years) for due in alike.dues):
            return first_dues(due_dates(self._book, self.mechanism, case))
        return first_dues(tuple(_on_its_day(due, case, self._as_of) for due in alike.dues))

    def _outlook(self, alike: _Alike, case: Case, dues: tuple[Due, ...]) -> Outlook:
        decision = alike.decision
        met = {route.outcome for route in decision.met}
        ahead = [due for due in dues if not due.passed and due.outcome not in met]
        leading, stage = decision.leading, _OF_VERDICT.get(decision.verdict)
        outcome = leading.outcome if leading is not None else None
        due = next((one for one in dues if one.passed and one.outcome == outcome), None)
        clauses = alike.clauses
        if stage is None:
            due = ahead.pop(0) if ahead else None
            stage = self._waiting(due)
            leading = self._route(due)
            clauses = (due.clause,) if due is not None else clauses
        elif stage is Stage.OPEN and due is None and ahead:
            due = ahead.pop(0)
            leading = self._route(due)
        later = ahead[0] if ahead else None
        found = Outlook(
            self.mechanism,
            decision.verdict,
            stage,
            leading.outcome if leading is not None else None,
            leading.modality if leading is not None else None,
            clauses,
            due,
            later,
            alike.missing if stage in {Stage.OPEN, Stage.BODY} else (),
            "",
        )
        return replace(found, text=finding_text(found, alike.reasons, self._served(case)))

    def _waiting(self, due: Due | None) -> Stage:
        if due is None:
            return Stage.OUTSIDE
        return Stage.SOON if due.on.first <= self._year_on else Stage.LATER

    def _route(self, due: Due | None) -> Route | None:
        return next((one for one in self.mechanism.routes if due is not None and one.outcome == due.outcome), None)

    def _served(self, case: Case) -> str:
        """How long so far: `任现职时间 2015-03，至今11年8个月`."""
        parts = []
        for name, kind in self.kinds.items():
            value = case.value(name)
            if isinstance(value, Day):
                parts.append(f"{kind.label} {value}")
            elif isinstance(value, Amount) and kind.measure == "年":
                parts.append(f"{kind.label} {value_text(value, kind)}")
        return "，".join(parts)


def finding_text(found: Outlook, reasons: str, served: str) -> str:
    """The finding in one sentence."""
    so_far = f"（{served}）" if served else ""
    due = due_text(found.due) if found.due is not None else ""
    later = f"另：{due_text(found.later)}，届时{found.later.outcome}。" if found.later is not None else ""
    match found.stage:
        case Stage.REACHED | Stage.BARRED | Stage.DEFERRED:
            said = f"{reasons}{so_far}：{found.outcome}{f'，{due}' if due else ''}。"
        case Stage.SOON | Stage.LATER:
            said = f"{due}{so_far}，届时{found.outcome}。"
        case Stage.BODY:
            said = f"是否“{found.outcome}”由有权机关认定{so_far}：{'、'.join(found.missing)}。"
        case Stage.OPEN:
            said = f"还不能下结论{so_far}，缺少：{'、'.join(found.missing)}。{f'{due}。' if due else ''}"
        case _:
            said = f"{reasons}{so_far}，目前不适用。"
    return said + later


def due_text(due: Due) -> str:
    """When how many years are full: `2025-03已满10年`, `约2027-01至2028-01将满10年`."""
    on = due.on
    span = due.estimated or (not on.exact and "/" in str(on))
    when = f"{'约' if due.estimated else ''}{on.first:%Y-%m}至{on.last:%Y-%m}" if span else str(on)
    return f"{when}{'已' if due.passed else '将'}满{due.years:g}年"


def kinds_used(kinds: Mapping[str, FactKind], *mechanisms: Mechanism) -> dict[str, FactKind]:
    """The facts the rules ask for and those they follow from."""
    asked = [condition.fact for one in mechanisms for condition in one.conditions()]
    sources = [source for name in asked if (derive := kinds[name].derive) for source in derive.sources]
    return {name: kinds[name] for name in dict.fromkeys((*sources, *asked))}


def first_dues(dues: tuple[Due, ...]) -> tuple[Due, ...]:
    """The earliest of each outcome: a longer time than the one that leads to it adds nothing."""
    first: dict[str, Due] = {}
    for due in sorted(dues, key=lambda one: (one.on.first, one.years)):
        first.setdefault(due.outcome, due)
    return tuple(first.values())


def _on_its_day(due: Due, case: Case, as_of: date) -> Due:
    start = case.value(due.kind.derive.years_since) if due.kind.derive and due.kind.derive.years_since else None
    assert isinstance(start, Day)  # noqa: S101 it is not estimated
    on = Day(anniversary(start.first, int(due.years)), anniversary(start.last, int(due.years)))
    return replace(due, on=on, passed=on.last <= as_of)


def _deciding(decision: Decision, mechanism: Mechanism) -> list[Finding]:
    """The conditions a verdict rests on: the met ones of its route; else the open ones; else the unmet ones."""
    pairs = list(zip(mechanism.routes, decision.findings, strict=True))
    trees = [finding for route, finding in pairs if decision.leading is None or route is decision.leading]
    wanted = {
        Verdict.INSUFFICIENT: Standing.UNKNOWN,
        Verdict.NEEDS_DETERMINATION: Standing.UNKNOWN,
        Verdict.DOES_NOT_APPLY: Standing.UNMET,
    }.get(decision.verdict, Standing.MET)
    return [leaf for tree in trees for leaf in _leaves(tree, wanted)]


def _leaves(finding: Finding, wanted: Standing) -> Iterator[Finding]:
    """Conditions that stand as wanted, below nodes that do: what stands otherwise explains nothing."""
    if isinstance(finding.criterion, Condition):
        if finding.standing is wanted:
            yield finding
        return
    turned = [one for one in finding.of if one.standing is wanted]
    for one in turned or finding.of:
        yield from _leaves(one, wanted if turned else ~wanted)
