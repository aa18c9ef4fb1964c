"""A check as plain text, to paste elsewhere."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from assistant.eligibility.case import Case
from assistant.eligibility.checker import CaseCheck
from assistant.eligibility.evaluating import Finding
from assistant.eligibility.evaluating.wording import criterion_text, value_text
from assistant.eligibility.ruling import Ruling
from knowledge.facts import FactKind
from server.page import labels
from server.page.case.basis import Basis
from server.page.case.words import DISCLAIMER, ROUTE, standing


def check_text(check: CaseCheck, basis: Basis) -> str:
    """The leading ruling with its conditions and clauses; what is open; no words of the description but quotes."""
    ruling = check.leading
    return "" if ruling is None else "\n".join(_lines(check, ruling, basis))


def _lines(check: CaseCheck, ruling: Ruling, basis: Basis) -> Iterator[str]:
    outcome = f"：{ruling.outcome}" if ruling.outcome else ""
    modality = f"（{ruling.modality}）" if ruling.modality is not None else ""
    yield f"预审结论：{ruling.verdict.label}{outcome}{modality}"
    yield f"规定：{ruling.mechanism.title}（{ruling.mechanism.jurisdiction}），{basis.cited(ruling.mechanism.clause)}"
    yield f"核查日期：{labels.chinese_date(ruling.case.as_of)}　回执：{ruling.receipt.number}"
    for route, finding in zip(ruling.mechanism.routes, ruling.findings, strict=True):
        yield ""
        _, _, word = standing(finding, stops=route.kind.stops)
        yield f"{ROUTE[route.kind]}：{route.outcome} —— {word}"
        yield from _finding_lines(finding, ruling.case, check.kinds, basis, 1)
    if ruling.open_questions:
        yield from ("", "待弄清：")
        yield from (
            f"{n}. {one.kind.question}（{one.kind.settled_by.label}）" for n, one in enumerate(ruling.open_questions, 1)
        )
    if ruling.due:
        yield from ("", "期限：", *(one.text for one in ruling.due))
    yield from ("", f"{DISCLAIMER}。")


def _finding_lines(
    finding: Finding, case: Case, kinds: Mapping[str, FactKind], basis: Basis, level: int
) -> Iterator[str]:
    facts = "；".join(
        value_text(case.facts[name].value, kinds[name]) if name in case.facts else "未说明" for name in finding.facts
    )
    told = f"｜{facts}" if facts else ""
    _, _, word = standing(finding)
    text = criterion_text(finding.criterion, kinds)
    yield f"{'　' * level}{text}{told}｜{basis.cited(finding.clause)}｜{word}"
    for below in finding.of:
        yield from _finding_lines(below, case, kinds, basis, level + 1)
