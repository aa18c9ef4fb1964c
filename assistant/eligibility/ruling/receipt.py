"""A receipt: what a ruling rested on, in hashes, so that it can be run again and every difference be named.

It holds facts by name and value, never the words of a description.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from datetime import date
from typing import Any

from pydantic import BaseModel, ConfigDict

from assistant.eligibility.case import Amount, By, Case, Day, Fact, Value
from assistant.eligibility.ruling.rulebook import ENGINE, Rulebook
from assistant.eligibility.ruling.verdict import Decision
from knowledge.criteria import Mechanism
from knowledge.errors import UnknownClause
from knowledge.rules import fingerprint_of


class Receipt(BaseModel):
    """Everything needed to run a ruling again; `number` is made from all the rest."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    number: str
    engine: str
    mechanism: str
    as_of: date
    facts: dict[str, Any]
    found: tuple[str, ...]
    raised: tuple[str, ...]
    verdict: str
    outcome: str | None
    rules: str
    clauses: dict[str, str]


def receipt(book: Rulebook, mechanism: Mechanism, case: Case, decision: Decision) -> Receipt:
    """The receipt of a ruling on what is known of a case."""
    stated = {name: fact for name, fact in sorted(case.facts.items()) if fact.by is not By.DERIVED}
    body = {
        "engine": ENGINE,
        "mechanism": mechanism.id,
        "as_of": case.as_of.isoformat(),
        "facts": {name: written(fact.value) for name, fact in stated.items()},
        "found": sorted(name for name, fact in stated.items() if fact.found),
        "raised": sorted(case.doubts),
        "verdict": decision.verdict.value,
        "outcome": decision.leading.outcome if decision.leading is not None else None,
        "rules": fingerprint_of(mechanism)[:16],
        "clauses": clause_hashes(book, mechanism),
    }
    digest = hashlib.sha256(json.dumps(body, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
    return Receipt.model_validate({"number": f"YS{case.as_of:%Y%m%d}-{digest[:12].upper()}", **body})


def clause_hashes(book: Rulebook, mechanism: Mechanism) -> dict[str, str]:
    """The text of every cited clause as a hash."""
    hashes = {}
    for ref in sorted({str(ref) for _, ref in mechanism.refs()}):
        clause = next(clause for r, clause in _cited(book, mechanism) if r == ref)
        hashes[ref] = hashlib.sha256(f"{clause.text}|{clause.modality}|{clause.verified}".encode()).hexdigest()[:12]
    return hashes


def _cited(book: Rulebook, mechanism: Mechanism) -> Iterable[tuple[str, Any]]:
    for _, ref in mechanism.refs():
        yield str(ref), book.clauses(ref)


def recheck(book: Rulebook, given: Receipt) -> tuple[str, ...]:
    """What differs when the ruling is run again, one sentence each; nothing when it is reproduced.

    Raises UnknownMechanism.
    """
    mechanism = book.rules.mechanism(given.mechanism)
    case = Case(
        given.as_of,
        {
            name: Fact(name, unwritten(value), By.PERSON, found=name in given.found)
            for name, value in given.facts.items()
        },
    )
    changed: list[str] = []
    if given.engine != ENGINE:
        changed.append(f"核查程序的版本由 {given.engine} 变为 {ENGINE}")
    if mechanism.id != given.mechanism:
        changed.append(f"机制的版本由 {given.mechanism} 变为 {mechanism.id}")
    if fingerprint_of(mechanism)[:16] != given.rules:
        changed.append(f"机制 {mechanism.id} 的条件已改动")
    changed += _changed_clauses(book, mechanism, given)
    changed += [f"事实 {name} 已不在词表中" for name in given.facts if name not in book.rules.facts]
    known = Case(case.as_of, {name: fact for name, fact in case.facts.items() if name in book.rules.facts})
    raised = [name for name in given.raised if name in book.rules.facts]
    again = book.decide(mechanism, _with_doubts(known, raised))
    if again.verdict.value != given.verdict:
        changed.append(f"结论由“{given.verdict}”变为“{again.verdict.value}”")
    outcome = again.leading.outcome if again.leading is not None else None
    if outcome != given.outcome:
        changed.append(f"结果由“{given.outcome or '无'}”变为“{outcome or '无'}”")
    return tuple(changed)


def _changed_clauses(book: Rulebook, mechanism: Mechanism, given: Receipt) -> list[str]:
    try:
        now = clause_hashes(book, mechanism)
    except UnknownClause as error:
        return [f"{error}"]
    changed = [f"条款 {ref} 的文字已改动" for ref in now if ref in given.clauses and now[ref] != given.clauses[ref]]
    changed += [f"不再引用条款 {ref}" for ref in given.clauses if ref not in now]
    return changed + [f"新引用条款 {ref}" for ref in now if ref not in given.clauses]


def _with_doubts(case: Case, names: Iterable[str]) -> Case:
    from assistant.eligibility.case import Doubt

    return Case(case.as_of, case.facts, {name: Doubt(name, "", ()) for name in names})


def written(value: Value) -> Any:
    """A value as JSON."""
    match value:
        case Amount():
            high = None if value.high == float("inf") else float(value.high)
            return {"low": float(value.low), "high": high, "below": value.below}
        case Day():
            return {"first": value.first.isoformat(), "last": value.last.isoformat()}
        case _:
            return value


def unwritten(value: Any) -> Value:
    """The value that was written."""
    match value:
        case {"low": low, "high": high, "below": below}:
            return Amount(float(low), float("inf") if high is None else float(high), bool(below))
        case {"first": first, "last": last}:
            return Day(date.fromisoformat(first), date.fromisoformat(last))
        case bool() | str():
            return value
    raise ValueError(f"“{value}”不是事实的值")
