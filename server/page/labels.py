"""The Chinese names people see for what an answer, a clause and an edition are."""

from __future__ import annotations

from datetime import date

from assistant.answering.answer import Status
from knowledge.clauses import Clause, Edition, Gap, TextKind, Validity, Verified

STATUS = {
    Status.ANSWERED: "有依据",
    Status.PARTIAL: "部分有依据",
    Status.CLARIFY: "需要补充",
    Status.NO_BASIS: "未找到依据",
    Status.OUT_OF_SCOPE: "不在范围",
    Status.GREETING: "使用说明",
    Status.REFUSED: "不予回答",
    Status.UNAVAILABLE: "暂不可用",
}
_TEXT_KIND = {TextKind.DIGEST: "摘编", TextKind.ORIGINAL: "原文"}
_VERIFIED = {Verified.PARTLY: "部分待核", Verified.UNVERIFIED: "待核"}
_GAP = {Gap.COUNTED: "原文未列全", Gap.CONFLICT: "原文有出入", Gap.SILENT: "原文未载明"}


def citation(clause: Clause, edition: Edition) -> str:
    """《title》（文号）locator: how a clause is cited in full."""
    return f"{document(edition)}{clause.locator}"


def document(edition: Edition) -> str:
    """《title》（文号）."""
    title = edition.title if edition.title.startswith("《") else f"《{edition.title}》"
    return f"{title}（{edition.doc_number}）" if edition.doc_number else title


def place(edition: Edition) -> str:
    """Jurisdiction and level: 衡东县 · 县级."""
    level = edition.level.label
    return edition.jurisdiction if edition.jurisdiction == level else f"{edition.jurisdiction} · {level}"


def chinese_date(written: str | date) -> str:
    """2024-02 → 2024年2月, as far as the date is known."""
    parts = str(written).split("-")
    return "".join(f"{int(part)}{unit}" for part, unit in zip(parts, "年月日", strict=False))


def validity(edition: Edition, day: date) -> str:
    """Whether the edition is in force on `day`, with the date that decides it."""
    state = edition.in_force.on(day)
    if state is Validity.ENDED and edition.in_force.until is not None:
        return f"{state}（有效至{chinese_date(edition.in_force.until)}）"
    if state is Validity.NOT_YET:
        return f"{state}（{chinese_date(edition.in_force.from_)}起施行）"
    return str(state)


def badges(clause: Clause, edition: Edition, day: date) -> list[tuple[str, str]]:
    """(kind, text) of every badge of a clause; `kind` names its colour in page.css."""
    force = edition.in_force.on(day)
    found = [
        ("place", place(edition)),
        ("in-force" if force is Validity.IN_FORCE else "not-in-force", validity(edition, day)),
    ]
    if clause.modality is not None:
        found.append(("modality", str(clause.modality)))
    found.append(("kind", _TEXT_KIND[edition.text_kind]))
    if clause.verified in _VERIFIED:
        found.append(("doubt", _VERIFIED[clause.verified]))
    if clause.gap is not None:
        found.append(("doubt", _GAP[clause.gap]))
    return found
