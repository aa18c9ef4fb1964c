"""The Chinese names people see for what a check and its parts are."""

from __future__ import annotations

from assistant.eligibility.case import By, Fact
from assistant.eligibility.evaluating import Finding, Standing
from assistant.eligibility.ruling import Verdict
from knowledge.criteria import Kind, Mechanism

DISCLAIMER = "系统预审不代替组织认定"

VERDICT_MARK = {
    Verdict.APPLIES: "✓",
    Verdict.MAY_APPLY: "✓",
    Verdict.DOES_NOT_APPLY: "—",
    Verdict.BARRED: "✕",
    Verdict.DEFERRED: "‖",
    Verdict.INSUFFICIENT: "?",
    Verdict.NEEDS_DETERMINATION: "!",
}
VERDICT_SAYS = {
    Verdict.APPLIES: "已知事实符合规定的条件。",
    Verdict.MAY_APPLY: "已知事实符合规定的条件，是否采用由有权机关决定。",
    Verdict.DOES_NOT_APPLY: "已知事实不符合规定的条件。",
    Verdict.BARRED: "已知事实属于规定不得适用的情形。",
    Verdict.DEFERRED: "已知事实属于规定暂缓的情形。",
    Verdict.INSUFFICIENT: "还缺少能够说明的事实，补充后再下结论。",
    Verdict.NEEDS_DETERMINATION: "余下的只能由有权机关认定，系统不作判断。",
}
ROUTE = {
    Kind.BARRED: "不得适用的情形",
    Kind.DEFERRED: "暂缓的情形",
    Kind.APPLIES: "适用的情形",
    Kind.MAY_APPLY: "可以适用的情形",
    Kind.CONSEQUENCE: "后果",
}
BY = {By.RULE: "读自描述", By.MODEL: "模型读出，请核对", By.PERSON: "您填写", By.DERIVED: "推算"}
_STANDING_MARK = {Standing.MET: "✓", Standing.UNMET: "✕", Standing.UNKNOWN: "?"}
_STOPPED = {Standing.MET: "属于", Standing.UNMET: "不属于", Standing.UNKNOWN: "未知"}


def standing(finding: Finding, *, stops: bool = False) -> tuple[str, str, str]:
    """(css class, mark, word) of a finding; that of a bar says whether the case falls under it."""
    if finding.pending:
        return "pending", "!", "待核"
    word = _STOPPED[finding.standing] if stops else finding.standing.label
    return finding.standing.value, _STANDING_MARK[finding.standing], word


def said_by(fact: Fact) -> str:
    """Where a fact comes from, and that a body found it."""
    return f"{BY[fact.by]} · 已有认定" if fact.found and fact.by is not By.PERSON else BY[fact.by]


def edition_of(mechanism: Mechanism) -> str:
    """Place and level of a mechanism's rule are shown with the version that counts: 2024-02."""
    return mechanism.id.partition("@")[2]
