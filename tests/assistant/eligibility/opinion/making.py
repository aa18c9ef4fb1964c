"""Small rules over the bundled clauses, and cases checked by them, for tests of the opinion."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import cache
from typing import Any

from assistant.eligibility.asked import CaseAsked
from assistant.eligibility.case import By, Case, Day, Doubt, Fact, Proposal, Quote, Value
from assistant.eligibility.checker import CaseCheck, OtherDay, PlaceOpen
from assistant.eligibility.opinion import Opinion, opinion_of
from assistant.eligibility.ruling import Rulebook, rule
from knowledge.clauses import Clause, ClauseRef, Edition, Verified
from knowledge.criteria import Mechanism
from knowledge.facts import FactKind
from knowledge.library import BUNDLED
from knowledge.markdown import read_edition
from knowledge.rules import Rules

ISSUED = date(2026, 11, 22)
AS_OF = date(2024, 6, 1)
TEXT = (
    "衡东县自然资源局副局长张某，2013年3月12日起任现职，到今天一直管耕地保护，没有换过岗位。\n"
    "据反映，他曾因病离岗半年，是否算中断，局里说法不一。请核对是否到了换岗年限。"
)
TOLERANCE_TEXT = (
    "2023年8月，李某在改革试点中推动项目落地，方案经党组会集体研究，未谋取私利。试点因政策调整造成损失，"
    "事后主动整改。据说有群众反映其收受礼品，尚未查实。想问能不能容错免责。"
)
_ROTATION = "hengdong-2024@2024-02#"
_HUANGSHI = "huangshi-2018@2018-01#"
_WENZHOU = "wenzhou-2018@2018-09#"

FACTS: tuple[dict[str, Any], ...] = (
    {
        "name": "post_kind",
        "type": "choice",
        "label": "现任职务类别",
        "question": "现任职务是哪一类：单位正职、单位副职、内设机构正职、内设机构副职，还是一般干部？",
        "options": [{"value": one} for one in ("单位正职", "单位副职", "内设机构正职", "内设机构副职", "一般干部")],
        "materials": ["任职文件", "干部任免审批表"],
    },
    {
        "name": "post_start",
        "type": "date",
        "label": "任现职时间",
        "question": "从哪一年哪一月（最好到日）开始担任现在的职务？",
        "materials": ["任职文件", "干部任免审批表"],
    },
    {
        "name": "years_in_post",
        "type": "years",
        "label": "在现职岗位连续任职年限",
        "question": "在现在这个岗位上连续干了多少年（可以写到月）？",
        "derive": {"years_since": "post_start"},
    },
    {
        "name": "continuous",
        "type": "bool",
        "label": "在现职岗位任职没有中断",
        "question": "在现职岗位任职期间有没有中断过？",
        "settled_by": "officer",
        "materials": ["考勤记录", "请假审批表"],
    },
    {
        "name": "private_gain",
        "type": "bool",
        "label": "为个人、他人或者单位谋取私利",
        "question": "当事人有没有为个人、他人或者单位谋取私利？",
        "settled_by": "officer",
        "materials": ["审计报告", "纪检监察机关的核查结论"],
    },
    {
        "name": "collective_decision",
        "type": "bool",
        "label": "经集体研究决定",
        "question": "这件事当时是否经过集体研究决定？",
        "settled_by": "officer",
        "materials": ["会议记录", "会议纪要"],
    },
    {
        "name": "reform",
        "type": "bool",
        "label": "在推进改革中先行先试",
        "question": "失误是不是在推进改革、先行先试中发生的？",
    },
    {
        "name": "remedied",
        "type": "bool",
        "label": "主动挽回损失、消除不良影响",
        "question": "事后有没有主动挽回损失、消除不良影响？",
    },
    {
        "name": "listed_case",
        "type": "bool",
        "label": "其他情形（原文未列明）",
        "question": "有权机关是否认定属于规定的9种免责减责情形之一？",
        "settled_by": "body",
        "residual": True,
    },
    {
        "name": "review_on",
        "type": "date",
        "label": "立项时间",
        "question": "项目是哪一天立项的？",
    },
)


def _is(fact: str, value: object, clause: str) -> dict[str, Any]:
    return {"fact": fact, "is": value, "clause": clause}


def _in_post(kinds: list[str], years: int, clause: str) -> dict[str, Any]:
    parts = [
        {"fact": "post_kind", "one_of": kinds, "clause": clause},
        {"fact": "years_in_post", "at_least": years, "clause": clause},
        _is("continuous", True, f"{_ROTATION}9.5"),
    ]
    return {"all": {"clause": clause, "of": parts}}


ROTATION: dict[str, Any] = {
    "id": "rotation-hengdong@2024",
    "title": "衡东县领导干部交流任职（轮岗）",
    "topic": "rotation",
    "jurisdiction": "衡东县",
    "in_force": {"from": "2024-02-02", "until": None},
    "clause": f"{_ROTATION}9",
    "asks": ["轮岗", "换岗"],
    "competent_body": {"name": "未载明由哪个机关决定", "clause": f"{_ROTATION}9.5"},
    "left_open": [
        {"text": "不交流的例外情形", "clause": f"{_ROTATION}9.5"},
        {"text": "满年限后多长时间内完成交流", "clause": f"{_ROTATION}9.5"},
    ],
    "routes": [
        {
            "outcome": "应当交流轮岗",
            "kind": "applies",
            "modality": "应当",
            "clause": f"{_ROTATION}9",
            "when": {
                "any": {
                    "clause": f"{_ROTATION}9",
                    "of": [
                        _in_post(["单位正职", "单位副职"], 10, f"{_ROTATION}9.1"),
                        _in_post(["内设机构正职", "内设机构副职"], 5, f"{_ROTATION}9.2"),
                    ],
                }
            },
            "next_steps": [{"text": "列入交流任职的人选范围", "clause": f"{_ROTATION}9.1"}],
        }
    ],
}


def _tolerance(id_: str, title: str, place: str, numbers: tuple[str, str, str, str], source: str) -> dict[str, Any]:
    main, list_, effect, silent = (f"{source}{number}" for number in numbers)
    situation = {"any": {"clause": list_, "of": [_is("reform", True, main), _is("listed_case", True, list_)]}}
    parts = [
        situation,
        _is("collective_decision", True, main),
        {"not": {"clause": main, "of": _is("private_gain", True, main)}},
        {"at_least_n": {"clause": main, "n": 1, "of": [_is("remedied", True, main)]}},
    ]
    bar = {"outcome": "谋取私利的不予容错", "kind": "barred", "clause": main}
    return {
        "id": id_,
        "title": title,
        "topic": "tolerance",
        "jurisdiction": place,
        "in_force": {"from": "2018-12-01", "until": None},
        "clause": main,
        "asks": ["容错", "免责"],
        "competent_body": {"name": "由有权机关认定，原文没有写明是哪个机关", "clause": silent},
        "procedure": [{"text": "查清事实", "clause": main}, {"text": "由有权机关认定", "clause": main}],
        "left_open": [{"text": "申请的期限", "clause": silent}],
        "routes": [
            {**bar, "when": _is("private_gain", True, main)},
            {
                "outcome": "可以免责或者减责",
                "kind": "may_apply",
                "modality": "可以",
                "clause": effect,
                "when": {"all": {"clause": main, "of": parts}},
                "consequences": [{"text": "年度考核、选拔任用不受影响", "clause": effect}],
            },
        ],
    }


TOLERANCE = _tolerance(
    "tolerance-huangshi@2018", "黄石市容错免责减责", "黄石市", ("4.1", "4.1.3", "4.1.2", "4.1.4"), _HUANGSHI
)
WENZHOU = _tolerance("tolerance-wenzhou@2018", "温州市容错纠错", "温州市", ("5.3", "5.2", "5.1", "5.8"), _WENZHOU)


@cache
def library() -> tuple[Mapping[ClauseRef, Clause], Mapping[str, Edition]]:
    """The bundled documents without their rules."""
    read = [read_edition(file) for file in sorted((BUNDLED / "documents").glob("*.md"))]
    clauses = {clause.ref: clause for one in read for clause in one.clauses}
    return clauses, {one.edition.id: one.edition for one in read if one.edition}


def clause(ref: ClauseRef) -> Clause:
    return library()[0][ref]


def unverified(ref: ClauseRef) -> Clause:
    return replace(clause(ref), verified=Verified.UNVERIFIED)


def book(clauses: Any = clause, mechanisms: Sequence[Mapping[str, Any]] = (ROTATION, TOLERANCE, WENZHOU)) -> Rulebook:
    kinds = [FactKind.model_validate(one) for one in FACTS]
    made = [Mechanism.model_validate(one) for one in mechanisms]
    return Rulebook(Rules({one.name: one for one in kinds}, {one.id: one for one in made}, {}), clauses)


def quote(words: str, text: str = TEXT) -> Quote:
    start = text.index(words)
    return Quote(words, start, start + len(words))


def stated(name: str, value: Value, *words: str, text: str = TEXT, by: By = By.RULE) -> Fact:
    return Fact(name, value, by, tuple(quote(one, text) for one in words))


def doubted(name: str, reason: str, words: str, text: str = TEXT, value: Value | None = None) -> Doubt:
    return Doubt(name, reason, (quote(words, text),), value)


def case_of(*facts: Fact, doubts: Sequence[Doubt] = (), as_of: date = AS_OF) -> Case:
    return Case(as_of, {one.name: one for one in facts}, {one.name: one for one in doubts})


DEPUTY = stated("post_kind", "单位副职", "副局长")
START = stated("post_start", Day.parse("2013-03-12"), "2013年3月12日起任现职")
UNBROKEN = stated("continuous", True, "没有换过岗位")
INTERRUPTED = doubted("continuous", "只是听说，没有说明是否属实", "据反映，他曾因病离岗半年", value=False)


def checked(
    case: Case,
    *names: str,
    text: str = TEXT,
    rules: Rulebook | None = None,
    place: str | None = None,
    open_: bool = False,
    given: Mapping[str, Value | None] | None = None,
    remarks: tuple[str, ...] = (),
) -> CaseCheck:
    """A check of a case by mechanisms (rotation when none is named), the first of them asked for."""
    rules = rules or book()
    rulings = tuple(rule(rules, rules.rules.mechanisms[name], case) for name in names or (ROTATION["id"],))
    question = PlaceOpen("按哪里的规定核查？黄石市、温州市的规定不同。", rulings) if open_ else None
    today = OtherDay("今天", ISSUED, replace(rulings[0], case=replace(rulings[0].case, as_of=ISSUED)))
    then = OtherDay("行为发生时", date(2013, 3, 12), None, "规定2024-02-02起施行，2013-03-12没有施行的版本。")
    asked = CaseAsked(text, case.as_of, facts=given or {})
    return CaseCheck(
        asked,
        rulings[0].case,
        rules.rules.facts,
        rulings,
        None if open_ else place or rulings[0].mechanism.jurisdiction,
        question,
        () if open_ else (then, today),
        remarks,
    )


def opinion(check: CaseCheck, clauses: Any = clause) -> Opinion:
    return opinion_of(check, clauses, library()[1], issued=ISSUED)


def rotation_opinion() -> Opinion:
    """A doubt is left open: 事实不足."""
    case = case_of(DEPUTY, START, doubts=[INTERRUPTED])
    case = replace(case, proposals=(Proposal("reform", True, quote("换岗年限"), 0.6),))
    return opinion(checked(case, remarks=("“据反映”之后的话没有作为事实读取。",)))


def tolerance_case() -> Case:
    facts = (
        stated("reform", True, "在改革试点中推动项目落地", text=TOLERANCE_TEXT),
        stated("collective_decision", True, "经党组会集体研究", text=TOLERANCE_TEXT),
        stated("remedied", True, "事后主动整改", text=TOLERANCE_TEXT),
        stated("private_gain", False, "未谋取私利", text=TOLERANCE_TEXT),
    )
    return case_of(*facts)


def tolerance_opinion() -> Opinion:
    """可以适用, with another ruling beside it."""
    return opinion(checked(tolerance_case(), TOLERANCE["id"], WENZHOU["id"], text=TOLERANCE_TEXT))


def open_opinion() -> Opinion:
    """The place is not known."""
    facts = [one for one in tolerance_case().facts.values() if one.name != "private_gain"]
    doubt = doubted("private_gain", "尚未查实", "据说有群众反映其收受礼品", TOLERANCE_TEXT, value=True)
    case = case_of(*facts, doubts=[doubt])
    return opinion(checked(case, TOLERANCE["id"], WENZHOU["id"], text=TOLERANCE_TEXT, open_=True))
