"""A check → what its 预审意见 says. Everything in it is taken from the check or made by code; nothing is generated."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from assistant.eligibility.checker import CaseCheck, OtherDay
from assistant.eligibility.opinion.citing import Citations
from assistant.eligibility.opinion.detail import part_of
from assistant.eligibility.opinion.opinion import Opinion, ShortRuling
from assistant.eligibility.opinion.stated import facts_of, unsettled_of
from assistant.eligibility.opinion.wording import (
    DIGEST,
    DISCLAIMER,
    PLACE_OPEN,
    SIGNATURES,
    TITLE,
    chinese_date,
    conclusion_of,
    dated,
)
from assistant.eligibility.ruling import Ruling
from knowledge.clauses import Clause, ClauseRef, Edition


def opinion_of(
    check: CaseCheck,
    clauses: Callable[[ClauseRef], Clause],
    editions: Mapping[str, Edition],
    *,
    issued: date,
) -> Opinion:
    """The 预审意见 on a check; raises ValueError for a quote that is not in the description, and UnknownClause."""
    cited = Citations(clauses, editions)
    detailed = check.place_open.each if check.place_open is not None else check.rulings[:1]
    parts = tuple(part_of(ruling, check, cited) for ruling in detailed)
    others = [ruling for ruling in check.rulings if all(ruling is not one for one in detailed)]
    places = tuple(_short(one, one.mechanism.jurisdiction, cited) for one in detailed) if check.place_open else ()
    days = tuple(_on_day(one, cited) for one in check.other_days)
    short = tuple(_short(one, one.mechanism.jurisdiction, cited) for one in others)
    hashes = {ref: text for ruling in detailed for ref, text in ruling.receipt.clauses.items()}
    number = parts[0].number if len(parts) == 1 else f"{parts[0].number}等{len(parts)}个"
    return Opinion(
        TITLE,
        number,
        check.case.as_of,
        issued,
        PLACE_OPEN if check.place_open is not None else (check.place or detailed[0].mechanism.jurisdiction),
        _conclusion(check),
        check.asked.text,
        tuple(facts_of(check)),
        tuple(unsettled_of(check)),
        check.remarks,
        check.place_open.question if check.place_open is not None else None,
        places,
        parts,
        days,
        short,
        cited.in_full(hashes),
        SIGNATURES,
        DISCLAIMER,
        DIGEST if cited.any_digest() else None,
    )


def _conclusion(check: CaseCheck) -> str:
    if check.leading is not None:
        return conclusion_of(check.leading)
    if check.verdict.definite:
        return f"{check.verdict.label}（各地规定的核查结论相同）"
    return f"{check.verdict.label}：先要明确按哪里的规定核查"


def _short(ruling: Ruling, which: str, cited: Citations) -> ShortRuling:
    ref = ruling.leading.clause if ruling.leading is not None else ruling.mechanism.clause
    return ShortRuling(which, ruling.mechanism.title, conclusion_of(ruling), cited.number(ref))


def _on_day(other: OtherDay, cited: Citations) -> ShortRuling:
    which = f"{other.which}（{chinese_date(other.day)}）"
    if other.ruling is None:
        return ShortRuling(which, "—", dated(other.note or "当日没有施行的规定"), None)
    return _short(other.ruling, which, cited)
