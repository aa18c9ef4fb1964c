"""A checked case as it goes over the wire."""

from __future__ import annotations

from assistant.eligibility.checker import CaseCheck, OtherDay, PlaceOpen
from assistant.eligibility.ruling import Ruling
from server.api.cases.ruled import shown_conclusion, shown_ruling
from server.api.cases.values import shown_doubt, shown_fact, shown_proposals
from server.api.cases.wire import (
    CaseResponse,
    FollowedShown,
    OpenQuestionShown,
    OtherDayShown,
    PlaceOpenShown,
    PlaceShown,
)
from server.api.seam import Shelf

PLACE = "jurisdiction"
"""The name under which the place is asked for, and taken back, beside the facts."""

DISCLAIMER = (
    "系统预审不代替组织认定。本结论只核对所给情况与所引条款是否相符，不是组织决定，不得作为任免、奖惩、处分的直接依据。"
)


def shown_case(check: CaseCheck, shelf: Shelf) -> CaseResponse:
    """The body of `POST /v1/cases/check`, of the event `ruling`, and `ruling` of an answer."""
    kinds, leading = check.kinds, check.leading
    first = None if leading is None else shown_ruling(leading, kinds, shelf)
    others = check.rulings if leading is None else check.rulings[1:]
    open_ = check.place_open
    return CaseResponse(
        mechanism=first and first.mechanism,
        title=first and first.title,
        verdict=check.verdict.value,
        verdict_label=check.verdict.label,
        outcome=first and first.outcome,
        modality=first and first.modality,
        facts=tuple(shown_fact(fact, kinds[name]) for name, fact in check.case.facts.items()),
        doubts=tuple(shown_doubt(doubt, kinds[name]) for name, doubt in check.case.doubts.items()),
        proposals=shown_proposals(check.case.proposals, kinds),
        findings=first.findings if first else (),
        open_questions=(*((_place_asked(open_),) if open_ else ()), *(first.open_questions if first else ())),
        flips=first.flips if first else (),
        due=first and first.due,
        consequences=first.consequences if first else (),
        next_steps=first.next_steps if first else (),
        competent_body=first and first.competent_body,
        left_open=first.left_open if first else (),
        receipt=first and first.receipt,
        citations=first.citations if first else (),
        as_of=check.case.as_of,
        place=PlaceShown(name=check.place, open=_place_open(open_) if open_ else None),
        other_mechanisms=() if leading is None else tuple(map(shown_conclusion, others)),
        rulings=tuple(shown_ruling(ruling, kinds, shelf) for ruling in others),
        other_days=tuple(_other_day(one, leading) for one in check.other_days),
        remarks=check.remarks,
        disclaimer=DISCLAIMER,
    )


def _place_open(open_: PlaceOpen) -> PlaceOpenShown:
    return PlaceOpenShown(question=open_.question, each=tuple(map(shown_conclusion, open_.each)))


def _place_asked(open_: PlaceOpen) -> OpenQuestionShown:
    """The place as the first thing to ask, in the shape of every other question."""
    answers = tuple(map(_in_place, open_.each))
    return OpenQuestionShown(
        fact=PLACE,
        label="地区",
        question=open_.question,
        clause=None,
        why="各地的规定不同，先要确定按哪里的规定核查",
        settled_by="anyone",
        settled_by_label="本人或知情人可以说明",
        so_far=None,
        if_yes=answers[0].text,
        if_no=answers[-1].text,
        answers=answers,
        materials=(),
    )


def _in_place(ruling: Ruling) -> FollowedShown:
    place = ruling.mechanism.jurisdiction
    said = "" if ruling.outcome is None else "：" if ruling.verdict.definite else "，可能是："
    text = f"按{place}的规定，{ruling.verdict.label}{said}{ruling.outcome or ''}"
    return FollowedShown(label=place, value=place, verdict=ruling.verdict.value, outcome=ruling.outcome, text=text)


def _other_day(other: OtherDay, leading: Ruling | None) -> OtherDayShown:
    then = other.ruling
    differs = then is None or leading is None or (then.verdict, then.outcome) != (leading.verdict, leading.outcome)
    return OtherDayShown(
        which=other.which,
        day=other.day,
        verdict=then and then.verdict.value,
        outcome=then and then.outcome,
        note=other.note,
        differs=differs,
    )
