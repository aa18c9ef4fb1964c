"""One ruling in full: conditions, questions, what would change it, materials, procedure, hashes."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping

from assistant.eligibility.checker import CaseCheck
from assistant.eligibility.evaluating import Finding
from assistant.eligibility.evaluating.wording import criterion_text
from assistant.eligibility.opinion.citing import Citations
from assistant.eligibility.opinion.opinion import (
    Hashes,
    Material,
    Procedure,
    Question,
    RouteRows,
    Row,
    RulingPart,
)
from assistant.eligibility.opinion.stated import UNKNOWN, unsettled
from assistant.eligibility.opinion.wording import (
    ALONE_NOT_ENOUGH,
    ANY_ANSWER,
    answer_lead,
    conclusion_of,
    dated,
    due_text,
    fact_text,
    in_force_text,
    reached_text,
)
from assistant.eligibility.ruling import OpenQuestion, Receipt, Ruling, Verdict
from knowledge.criteria import Condition, Route
from knowledge.facts import FactKind, FactType

_PENDING = "待核"


def part_of(ruling: Ruling, check: CaseCheck, cited: Citations) -> RulingPart:
    """Clauses are numbered in the order in which a reader meets them."""
    mechanism, leading = ruling.mechanism, ruling.leading
    basis = cited.number(mechanism.clause)
    grounds = None if leading is None else cited.sentence(leading.outcome, leading.clause)
    also = tuple(cited.sentence(one.outcome, one.clause) for one in ruling.met if one is not leading)
    pairs = zip(mechanism.routes, ruling.findings, strict=True)
    routes = tuple(_route(route, finding, ruling, check, cited) for route, finding in pairs)
    reached = [route for route in ruling.met if ruling.verdict.definite]
    return RulingPart(
        ruling.receipt.number,
        mechanism.title,
        mechanism.jurisdiction,
        in_force_text(mechanism.in_force),
        basis,
        ruling.verdict,
        conclusion_of(ruling),
        ruling.outcome,
        ruling.modality,
        grounds,
        also,
        routes,
        tuple(one for route in reached for one in cited.said(route.consequences)),
        tuple(one for route in reached for one in cited.said(route.next_steps)),
        tuple(_question(one, check, cited) for one in ruling.open_questions),
        tuple(dated(flip.text) for flip in ruling.flips),
        tuple(cited.sentence(due_text(one), one.clause) for one in ruling.due),
        tuple(_materials(ruling, check.kinds)),
        Procedure(
            cited.sentence(mechanism.competent_body.name, mechanism.competent_body.clause),
            cited.said(mechanism.procedure),
            cited.said(mechanism.left_open),
        ),
        _hashes(ruling.receipt),
    )


def _route(route: Route, finding: Finding, ruling: Ruling, check: CaseCheck, cited: Citations) -> RouteRows:
    basis = cited.number(route.clause)
    rows = tuple(_rows(finding, 0, ruling, check, cited))
    reached = reached_text(route, finding)
    return RouteRows(route.kind, route.outcome, reached, basis, cited.locator(route.clause), rows)


def _rows(finding: Finding, depth: int, ruling: Ruling, check: CaseCheck, cited: Citations) -> Iterator[Row]:
    yield Row(
        depth,
        dated(criterion_text(finding.criterion, check.kinds)),
        _fact(finding.criterion, ruling, check) if isinstance(finding.criterion, Condition) else None,
        _PENDING if finding.pending else finding.standing.label,
        cited.number(finding.clause),
        cited.locator(finding.clause),
    )
    for below in finding.of:
        yield from _rows(below, depth + 1, ruling, check, cited)


def _fact(condition: Condition, ruling: Ruling, check: CaseCheck) -> str:
    """What the case says on a condition; with its label where a bare 否 could be taken for the wrong thing."""
    name, kind = condition.fact, check.kinds[condition.fact]
    worded = criterion_text(condition, check.kinds)
    lead = f"{kind.label}：" if kind.type is FactType.BOOL and worded != kind.label else ""
    value = ruling.case.value(name)
    if value is not None:
        return f"{lead}{fact_text(value, kind)}"
    if name in ruling.case.doubts:
        said = ruling.case.doubts[name].value
        return "待核实" if said is None else f"{lead}{fact_text(said, kind)}（待核实）"
    return UNKNOWN if name in check.asked.facts else "未说明"


def _question(one: OpenQuestion, check: CaseCheck, cited: Citations) -> Question:
    return Question(
        one.kind.question,
        cited.sentence(one.why, one.clause),
        one.kind.settled_by.label,
        None if one.doubt is None else unsettled(one.doubt, one.kind, check.asked.text),
        _answers(one),
        one.kind.materials,
    )


def _answers(one: OpenQuestion) -> tuple[tuple[str, str], ...]:
    """What follows from each answer; said once where the matter stays open whatever the answer is."""
    if all(each.verdict is Verdict.INSUFFICIENT for each in one.answers):
        return ((ANY_ANSWER, ALONE_NOT_ENOUGH),)
    alike: dict[str, list[str]] = {}
    for each in one.answers:
        alike.setdefault(dated(each.text), []).append(each.answer.label)
    return tuple((answer_lead(labels), text) for text, labels in alike.items())


def _materials(ruling: Ruling, kinds: Mapping[str, FactKind]) -> Iterator[Material]:
    """Papers that settle what is open come first, then those that prove what the ruling rests on."""
    asked = {one.kind.name: one.kind for one in ruling.open_questions}
    for kind in asked.values():
        if kind.materials:
            yield Material(kind.label, kind.materials, "查明待明确的事实")
    used = [condition.fact for condition in ruling.mechanism.conditions() if condition.fact in ruling.case.facts]
    rests_on = [one for name in used for one in (name, *ruling.case.facts[name].sources)]
    for name in dict.fromkeys(rests_on):
        if kinds[name].materials and name not in asked:
            yield Material(kinds[name].label, kinds[name].materials, "佐证已有的事实")


def _hashes(receipt: Receipt) -> Hashes:
    return Hashes(receipt.engine, receipt.mechanism, receipt.rules, _hash(receipt.facts), _hash(receipt.clauses))


def _hash(value: Mapping[str, object]) -> str:
    return hashlib.sha256(json.dumps(value, sort_keys=True, ensure_ascii=False).encode()).hexdigest()[:16]
