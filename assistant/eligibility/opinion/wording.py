"""The sentences of an 预审意见 that are made from values: verdicts, dates, citations, where a fact comes from."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date

from assistant.eligibility.case import By, Day, Fact, Value
from assistant.eligibility.evaluating import Finding, Standing
from assistant.eligibility.evaluating.wording import value_text
from assistant.eligibility.ruling import Due, Ruling, Verdict
from knowledge.clauses import Clause, Edition, Gap, InForce, Modality, TextKind, Verified
from knowledge.criteria import Kind, Route
from knowledge.facts import FactKind

TITLE = "干部政策适用预审意见"
DISCLAIMER = (
    "系统预审不代替组织认定。本意见只核对所给情况与所引条款是否相符，不是组织决定，不得作为任免、奖惩、处分的直接依据。"
)
DIGEST = "标有“摘编”的条款是按来源内容摘编的，不是原文。正式引用前，应当与原件核对。"
SIGNATURES = ("承办人", "审核人")
NO_DESCRIPTION = "没有文字描述，只有人工填写的事实。"
PLACE_OPEN = "适用地区待明确"
ANY_ANSWER = "不论怎样答复"
ALONE_NOT_ENOUGH = "单凭这一项还不能下结论，还要弄清其他问题"
_MEASURED = ("满", "不到", "达到", "超过", "不超过")
_DATE = re.compile(r"(?<!\d)([12]\d{3})-(\d{2})(?:-(\d{2}))?(?!\d)")
_UNDATED = re.compile(r"(?<=\d)/(?=[12]\d{3}年)|(?<=[月日])/(?=[12]\d{3}年)")
_MARK = {Verified.PARTLY: "部分待核", Verified.UNVERIFIED: "待核"}
_GAP = {Gap.COUNTED: "原文未列全", Gap.CONFLICT: "原文有出入", Gap.SILENT: "原文未载明"}


def chinese_date(day: date) -> str:
    """2024年2月2日."""
    return f"{day.year}年{day.month}月{day.day}日"


def dated(text: str) -> str:
    """Words of ours with their dates as official papers write them: 2015-03 → 2015年3月. Never for quoted words."""

    def chinese(found: re.Match[str]) -> str:
        return "".join(f"{int(part)}{unit}" for part, unit in zip(found.groups(), "年月日", strict=True) if part)

    return _UNDATED.sub("至", _DATE.sub(chinese, text))


def fact_text(value: Value, kind: FactKind) -> str:
    """A value as the document says it."""
    written = value_text(value, kind)
    if not isinstance(value, Day):
        return written
    return f"{written}年" if written.isdigit() else dated(written)


def source_text(fact: Fact, kinds: Mapping[str, FactKind]) -> str:
    """Where a fact comes from."""
    match fact.by:
        case By.RULE:
            words = "原文读出"
        case By.MODEL:
            words = "原文读出（模型）"
        case By.PERSON:
            words = "人工确认"
        case By.DERIVED:
            words = f"由{'、'.join(f'“{kinds[name].label}”' for name in fact.sources)}推算"
    return f"{words}，经有权机关认定" if fact.found and kinds[fact.name].discretion else words


def conclusion_of(ruling: Ruling) -> str:
    """The verdict as one sentence without a full stop."""
    label, outcome = ruling.verdict.label, ruling.outcome
    match ruling.verdict:
        case Verdict.DOES_NOT_APPLY:
            return f"{label}：不符合这项规定的适用条件"
        case Verdict.INSUFFICIENT:
            return f"{label}：是否“{outcome}”，还不能下结论" if outcome else f"{label}：还不能下结论"
        case Verdict.NEEDS_DETERMINATION:
            return f"{label}：是否“{outcome}”，由有权机关认定"
        case _:
            return f"{label}：{outcome}"


def modality_text(verdict: Verdict, modality: Modality) -> str:
    """How strongly the clause binds, in its own word."""
    open_ = {Verdict.INSUFFICIENT: "若最终适用，", Verdict.NEEDS_DETERMINATION: "若经认定适用，"}.get(verdict, "")
    return f"{open_}条款用词为“{modality}”"


def reached_text(route: Route, finding: Finding) -> str:
    """Whether the case has come to a route."""
    if finding.pending:
        return "待核"
    if route.kind.stops:
        words = {Standing.MET: "属于该情形", Standing.UNMET: "不属于该情形"}
    else:
        words = {Standing.MET: "条件具备", Standing.UNMET: "条件不具备"}
    return words.get(finding.standing, "尚不能确定")


KIND = {
    Kind.BARRED: "不得适用的情形",
    Kind.DEFERRED: "暂缓的情形",
    Kind.APPLIES: "适用条件",
    Kind.MAY_APPLY: "可以适用的条件",
    Kind.CONSEQUENCE: "后果的条件",
}


def answer_lead(labels: Sequence[str]) -> str:
    """若是, 若否, 若满10年, 若为“单位正职”或“单位副职”; answers that lead to the same are said together."""
    if all(label in {"是", "否"} or label.startswith(_MEASURED) for label in labels):
        return ANY_ANSWER if {"是", "否"} <= set(labels) else f"若{'，或'.join(labels)}"
    return f"若为{'或'.join(dated(label) if _DATE.search(label) else f'“{label}”' for label in labels)}"


def due_text(due: Due) -> str:
    """2025年3月将满10年（现职岗位连续工作年限），届时：应当交流轮岗."""
    first, last = dated(str(due.on)), f"{due.on.last.year}年{due.on.last.month}月"
    if due.estimated:
        begin = f"{due.on.first.year}年{due.on.first.month}月"
        first = f"约在{begin}" if begin == last else f"约在{begin}至{last}之间"
    elif first.isdigit():
        first = f"{first}年"
    return f"{first}{'已' if due.passed else '将'}满{due.years:g}年（{due.kind.label}）：{due.outcome}"


def in_force_text(in_force: InForce) -> str:
    """自2024年2月2日起施行."""
    begins = f"自{chinese_date(in_force.from_)}起施行"
    return begins if in_force.until is None else f"{begins}，至{chinese_date(in_force.until)}止"


def document_of(edition: Edition) -> str:
    """《title》（文号）."""
    title = edition.title if edition.title.startswith("《") else f"《{edition.title}》"
    return f"{title}（{edition.doc_number}）" if edition.doc_number else title


def marks_of(clause: Clause, edition: Edition) -> tuple[str, ...]:
    """What a reader must know of a clause."""
    marks = ["摘编，不是原文" if edition.text_kind is TextKind.DIGEST else "原文"]
    marks += [_MARK[clause.verified]] if clause.verified in _MARK else []
    return (*marks, _GAP[clause.gap]) if clause.gap is not None else tuple(marks)
