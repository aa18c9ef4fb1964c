"""A tiny rule set, a check that reads two kinds of statement by it, and rows about it."""

import re
from datetime import date
from typing import Any

from assistant.eligibility.asked import CaseAsked
from assistant.eligibility.case import By, Case, Day, Doubt, Fact, Quote
from assistant.eligibility.checker import CaseCheck, PlaceOpen
from assistant.eligibility.deriving import derived
from assistant.eligibility.ruling import Rulebook, rule
from assistant.errors import NoCase
from evals.cases.rows import Row
from knowledge.clauses import Clause, ClauseRef
from knowledge.criteria import Mechanism
from knowledge.facts import FactKind, Option
from knowledge.rules import Rules

KINDS = {
    kind.name: kind
    for kind in (
        FactKind.model_validate(
            {"name": "post_start", "type": "date", "label": "任现职起始日", "question": "什么时候开始任现职？"}
        ),
        FactKind.model_validate(
            {
                "name": "years_in_post",
                "type": "years",
                "label": "任现职年限",
                "question": "在现任岗位上干了几年？",
                "derive": {"years_since": "post_start"},
            }
        ),
        FactKind(
            name="post_kind",
            type="choice",
            label="职务类别",
            question="现任单位正职还是单位副职？",
            options=(Option(value="单位正职"), Option(value="单位副职")),
        ),
        FactKind(name="misled", type="bool", label="恶意串通", question="是否恶意串通？", settled_by="body"),
    )
}
LENGTH = {"fact": "years_in_post", "at_least": 10, "clause": "demo@2024#9.1"}


def mechanism(id_: str = "rotation-demo@2024", place: str = "衡东县", document: str = "demo@2024") -> Mechanism:
    return Mechanism.model_validate(
        {
            "id": id_,
            "title": "轮岗的做法",
            "topic": "rotation",
            "jurisdiction": place,
            "in_force": {"from": "2024-01-01"},
            "clause": f"{document}#9",
            "asks": ["轮岗"],
            "competent_body": {"name": "县委", "clause": f"{document}#9"},
            "routes": [
                {
                    "outcome": "应当轮岗",
                    "kind": "applies",
                    "clause": f"{document}#9",
                    "when": {
                        "all": {
                            "clause": f"{document}#9",
                            "of": [
                                {"fact": "post_kind", "one_of": ["单位正职"], "clause": f"{document}#9.1"},
                                {**LENGTH, "clause": f"{document}#9.1"},
                                {
                                    "not": {
                                        "clause": f"{document}#9.2",
                                        "of": {"fact": "misled", "is": True, "clause": f"{document}#9.2"},
                                    }
                                },
                            ],
                        }
                    },
                }
            ],
        }
    )


MECHANISM, OTHER = mechanism(), mechanism("rotation-far@2024", "黄石市", "far@2024")
RULES = Rules(KINDS, {one.id: one for one in (MECHANISM, OTHER)}, {})
CLAUSES = {ref: Clause(ref, "轮岗", "任满10年的轮岗。", "第9条") for m in (MECHANISM, OTHER) for _, ref in m.refs()}
BOOK = Rulebook(RULES, lambda ref: CLAUSES[ref])


def quote(text: str, words: str) -> Quote:
    at = text.index(words)
    return Quote(words, at, at + len(words))


def read(text: str, as_of: date) -> Case:
    """`局长` is the head of a unit, `2010年3月` a beginning, `没有串通` and `涉嫌串通` what they say."""
    facts = []
    if "局长" in text:
        facts.append(Fact("post_kind", "单位正职", By.RULE, (quote(text, "局长"),)))
    if begun := re.search(r"(\d{4})年(\d+)月", text):
        day = Day.parse(f"{begun[1]}-{begun[2]}")
        facts.append(Fact("post_start", day, By.RULE, (quote(text, begun[0]),)))
    if "没有串通" in text:
        facts.append(Fact("misled", False, By.RULE, (quote(text, "没有串通"),), found=True))
    doubts = {"misled": Doubt("misled", "指控", (quote(text, "涉嫌串通"),), True)} if "涉嫌串通" in text else {}
    return Case(as_of, {fact.name: fact for fact in facts}, doubts)


def check(asked: CaseAsked) -> CaseCheck:
    """Raises NoCase for a text of which nothing is read; without a place both places are candidates."""
    case = read(asked.text, asked.as_of)
    given = {name: Fact(name, value, By.PERSON, found=True) for name, value in asked.facts.items() if value is not None}
    case = case.learning(*given.values())
    if not case.facts and not case.doubts:
        raise NoCase
    free = [one for one in (MECHANISM, OTHER) if asked.jurisdiction in (None, one.jurisdiction)]
    wanted = [RULES.mechanism(asked.mechanism)] if asked.mechanism else free
    rulings = tuple(rule(BOOK, one, case) for one in wanted)
    open_ = PlaceOpen("按哪里的规定核查？", rulings) if len(rulings) > 1 else None
    place = None if open_ else rulings[0].mechanism.jurisdiction
    return CaseCheck(asked, derived(case, KINDS), KINDS, rulings, place, open_)


def ref(number: str, edition: str = "demo@2024") -> ClauseRef:
    return ClauseRef(edition, number)


def row(**fields: Any) -> Row:
    given: dict[str, Any] = {
        "id": "c1",
        "text": "某局局长，2010年3月任现职至今，没有串通。",
        "as_of": "2024-06-01",
        "jurisdiction": "衡东县",
        "mechanism": "rotation-demo@2024",
        "expected_verdict": "applies",
        **fields,
    }
    return Row.model_validate(given)
