"""Two small rule sets and a reader of three phrases: a real checker over made-up rules, for the stand-in."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache

from assistant.answering.understanding import Understanding
from assistant.eligibility.case import By, Case, Day, Doubt, Fact, Proposal, Quote, Value
from assistant.eligibility.checker import CaseChecker
from assistant.eligibility.evaluating import Clauses
from assistant.eligibility.reading import Read, Reader
from assistant.eligibility.ruling import Rulebook
from knowledge.criteria import Mechanism
from knowledge.facts import FactKind
from knowledge.library import BUNDLED
from knowledge.rules import Example, Rules
from knowledge.vocabulary import load_vocabulary

TODAY = date(2026, 3, 1)
TOLD = "衡东县某局副局长，2014年3月任现职至今，是否应当轮岗？"
CLAUSE = "hengdong-2024@2024-02#9.1"
_KINDS = (
    {
        "name": "post_kind",
        "type": "choice",
        "label": "现任职务类别",
        "question": "现任职务是哪一类？",
        "options": [{"value": "单位正职"}, {"value": "单位副职"}, {"value": "一般干部"}],
        "materials": ["任免文件"],
    },
    {"name": "post_start", "type": "date", "label": "任现职时间", "question": "从哪一年开始任现职？"},
    {
        "name": "years_in_post",
        "type": "years",
        "label": "任现职年限",
        "question": "任现职多少年？",
        "derive": {"years_since": "post_start"},
    },
    {
        "name": "needed",
        "type": "bool",
        "label": "工作特殊需要",
        "question": "是否认定工作特殊需要？",
        "settled_by": "body",
        "about_person": False,
    },
)


def _mechanism(name: str, title: str, place: str, years: int, until: str | None = None) -> Mechanism:
    full = {"fact": "years_in_post", "at_least": years, "clause": CLAUSE}
    head = {"fact": "post_kind", "one_of": ["单位正职", "单位副职"], "clause": CLAUSE}
    return Mechanism.model_validate(
        {
            "id": name,
            "title": title,
            "topic": "rotation",
            "jurisdiction": place,
            "in_force": {"from": "2024-02-02", "until": until},
            "clause": "hengdong-2024@2024-02#9",
            "asks": ["轮岗"],
            "competent_body": {"name": "未载明", "clause": "hengdong-2024@2024-02#9"},
            "left_open": [{"text": "原文未载明例外情形。", "clause": "hengdong-2024@2024-02#9"}],
            "routes": [
                {
                    "outcome": "因工作特殊需要暂缓交流",
                    "kind": "deferred",
                    "clause": "hengdong-2024@2024-02#9.2",
                    "when": {"fact": "needed", "is": True, "clause": "hengdong-2024@2024-02#9.2"},
                },
                {
                    "outcome": "应当交流轮岗",
                    "kind": "applies",
                    "modality": "应当",
                    "clause": CLAUSE,
                    "when": {"all": {"clause": CLAUSE, "of": [head, full]}},
                    "next_steps": [{"text": "核对任职时间。", "clause": CLAUSE}],
                },
            ],
        }
    )


EXAMPLE = Example(name="单位副职满十年", as_of=TODAY, facts={"post_kind": "单位副职"}, verdict="insufficient")
MECHANISMS = (
    _mechanism("rotation-hengdong@2024", "衡东县交流轮岗", "衡东县", 10),
    _mechanism("rotation-wenzhou@2020", "温州市交流轮岗", "温州市", 8),
)
RULES = Rules(
    {kind.name: kind for kind in map(FactKind.model_validate, _KINDS)},
    {one.id: one for one in MECHANISMS},
    {one.id: (EXAMPLE,) for one in MECHANISMS},
)


class Phrases(Reader):
    """Reads 副局长 and 2014年3月; doubts 特殊需要; proposes a post for 领导."""

    def read(self, text: str, as_of: date) -> Read:
        said: Mapping[str, tuple[str, Value]] = {
            "副局长": ("post_kind", "单位副职"),
            "2014年3月": ("post_start", Day.parse("2014-03")),
        }
        facts = {
            name: Fact(name, value, By.RULE, (_quote(text, words),))
            for words, (name, value) in said.items()
            if words in text
        }
        doubts = {}
        if "特殊需要" in text:
            doubts["needed"] = Doubt("needed", "须由有权机关认定", (_quote(text, "特殊需要"),), True)
        proposals = (
            (Proposal("post_kind", "单位正职", _quote(text, "领导"), 0.5),)
            if "领导" in text and "副局长" not in text
            else ()
        )
        return Read(Case(as_of, facts, doubts, proposals), ("只核查本人的情况。",) if "同事" in text else ())


def _quote(text: str, words: str) -> Quote:
    at = text.index(words)
    return Quote(words, at, at + len(words))


@cache
def _understanding() -> Understanding:
    vocabulary, _ = load_vocabulary(BUNDLED / "vocabulary")
    return Understanding(vocabulary, frozenset({"衡东县", "温州市"}))


def checker(clauses: Clauses) -> CaseChecker:
    """A checker by these rules; its today is `TODAY`."""
    vocabulary, _ = load_vocabulary(BUNDLED / "vocabulary")
    book = Rulebook(RULES, clauses)
    return CaseChecker(book, vocabulary, _understanding().places, Phrases(RULES.facts), today=lambda: TODAY)
