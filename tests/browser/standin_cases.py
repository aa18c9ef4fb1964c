"""A case checker over the stand-in's clauses: real criteria, two made-up mechanisms, a reader by fixed words."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from assistant.answering.understanding import Understanding
from assistant.eligibility.case import Amount, By, Case, Day, Doubt, Fact, Proposal, Quote, Value
from assistant.eligibility.checker import CaseChecker
from assistant.eligibility.reading import Read, Reader
from assistant.eligibility.ruling import Rulebook
from assistant.errors import SeveralCases
from knowledge.clauses import Clause, ClauseRef
from knowledge.criteria import Mechanism
from knowledge.facts import FactKind
from knowledge.library import BUNDLED
from knowledge.rules import Rules
from knowledge.vocabulary import load_vocabulary

NASTY_LABEL = '<b>标签</b>"&'
_POSTS = ("单位正职", "单位副职", "内设机构正职", "内设机构副职", "其他")


def _kind(name: str, type_: str, label: str, question: str, **more: Any) -> FactKind:
    return FactKind.model_validate({"name": name, "type": type_, "label": label, "question": question, **more})


KINDS = {
    kind.name: kind
    for kind in (
        _kind("post_kind", "choice", "职务类别", "现任的是哪一类职务？", options=[{"value": post} for post in _POSTS]),
        _kind("post_start", "date", "任现职时间", "从什么时候起任现职？", materials=["任免文件"]),
        _kind("years_in_post", "years", "任现职年限", "任现职多少年？", derive={"years_since": "post_start"}),
        _kind("open_case", "bool", "正在接受审查调查", "是否正在接受审查调查？", settled_by="officer"),
        _kind("in_training", "bool", "正在参加长期培训", "是否正在参加长期培训？"),
        _kind("consented", "bool", f"本人同意{NASTY_LABEL}", "本人是否同意？", materials=["<i>谈话记录</i>"]),
        _kind("found_unfit", "bool", "认定不胜任", "是否已认定不胜任？", settled_by="body"),
        _kind("warnings", "number", "黄牌次数", "被黄牌警告几次？", unit="次"),
        _kind("hometown", "bool", "籍贯在本县", "籍贯是否在本县？"),
    )
}


def _all(clause: str, *of: Any) -> dict[str, Any]:
    return {"all": {"clause": clause, "of": list(of)}}


def _any(clause: str, *of: Any) -> dict[str, Any]:
    return {"any": {"clause": clause, "of": list(of)}}


def _fact(fact: str, clause: str, **how: Any) -> dict[str, Any]:
    return {"fact": fact, "clause": clause, **how}


_H, _H1, _H2, _H3 = (f"hengdong@2024#{number}" for number in ("9", "9.1", "9.2", "9.3"))
_S, _S2 = "huangshi@2018#3", "huangshi@2018#4"
ROTATION = Mechanism.model_validate(
    {
        "id": "rotation-hengdong@2024",
        "title": "衡东县领导干部交流任职（测试）",
        "topic": "rotation",
        "jurisdiction": "衡东县",
        "in_force": {"from": date(2024, 2, 2), "until": None},
        "clause": _H,
        "asks": ["轮岗", "交流任职"],
        "about": ["任现职"],
        "competent_body": {"name": "未载明由哪个机关决定", "clause": _H3},
        "left_open": [{"text": "原文未载明例外情形", "clause": _H3}],
        "procedure": [{"text": "提出交流意见", "clause": _H}],
        "routes": [
            {
                "outcome": "审查调查期间不交流",
                "kind": "barred",
                "modality": "不得",
                "clause": _H3,
                "when": _fact("open_case", _H3, **{"is": True}),
            },
            {
                "outcome": "应当交流轮岗",
                "kind": "applies",
                "modality": "应当",
                "clause": _H,
                "when": _any(
                    _H,
                    _all(
                        _H1,
                        _fact("post_kind", _H1, one_of=["单位正职", "单位副职"]),
                        _fact("years_in_post", _H1, at_least=10),
                    ),
                    _all(
                        _H2,
                        _fact("post_kind", _H2, one_of=["内设机构正职", "内设机构副职"]),
                        _fact("years_in_post", _H2, at_least=5),
                        {"not": {"clause": _H2, "of": _fact("in_training", _H2, **{"is": True})}},
                    ),
                ),
                "consequences": [{"text": "办理交流手续", "clause": _H}],
                "next_steps": [{"text": "核对任免文件", "clause": _H1}],
            },
        ],
    }
)
RECALL = Mechanism.model_validate(
    {
        "id": "recall-huangshi@2018",
        "title": "黄石市召回管理（测试）",
        "topic": "rotation",
        "jurisdiction": "黄石市",
        "in_force": {"from": date(2018, 1, 5), "until": None},
        "clause": _S,
        "asks": ["召回", "轮岗"],
        "about": ["黄牌"],
        "competent_body": {"name": "市委组织部", "clause": _S},
        "routes": [
            {
                "outcome": "可以召回",
                "kind": "may_apply",
                "modality": "可以",
                "clause": _S,
                "when": _all(
                    _S,
                    _fact("warnings", _S, at_least=2),
                    _fact("found_unfit", _S, **{"is": True}),
                    _fact("consented", _S2, **{"is": True}),
                ),
            }
        ],
    }
)
RULES = Rules(KINDS, {one.id: one for one in (ROTATION, RECALL)}, {})

_WORDS: dict[str, tuple[str, Value]] = {
    "副局长": ("post_kind", "单位副职"),
    "科长": ("post_kind", "内设机构正职"),
    "2014年3月": ("post_start", Day.parse("2014-03")),
    "2020年": ("post_start", Day.parse("2020")),
    "干了11年": ("years_in_post", Amount(11, 12, below=True)),
    "没有被审查": ("open_case", False),
    "两次黄牌": ("warnings", Amount.exactly(2)),
    "本地人": ("hometown", True),
    "征得同意": ("consented", True),
}


class StandInReader(Reader):
    """Reads the words above; 据说被审查 is an allegation, 在党校学习 may mean training."""

    def __init__(self) -> None:
        super().__init__(KINDS)

    def read(self, text: str, as_of: date) -> Read:
        """Raises SeveralCases for 张三和李四."""
        if "甲和乙" in text:
            raise SeveralCases(("甲", "乙"))
        if "坏掉" in text:
            raise RuntimeError(text)
        facts = {
            name: Fact(name, value, By.RULE, (quote,))
            for words, (name, value) in _WORDS.items()
            if (quote := _quote(text, words)) is not None
        }
        doubts, proposals, remarks = {}, [], []
        if quote := _quote(text, "据说被审查"):
            doubts["open_case"] = Doubt("open_case", "只是听说，未经核实", (quote,), True)
        if quote := _quote(text, "在党校学习"):
            proposals.append(Proposal("in_training", True, quote, 0.7))
        if "妻子" in text:
            remarks.append("文中还说到妻子，其情况不计入。")
        return Read(Case(as_of, facts, doubts, tuple(proposals)), tuple(remarks))


def checker(clause: Callable[[ClauseRef], Clause]) -> CaseChecker:
    """The checker over these mechanisms."""
    vocabulary, _ = load_vocabulary(BUNDLED / "vocabulary")
    places = Understanding(vocabulary, frozenset({"衡东县", "黄石市"})).places
    return CaseChecker(Rulebook(RULES, clause), vocabulary, places, StandInReader())


def _quote(text: str, words: str) -> Quote | None:
    at = text.find(words)
    return None if at < 0 else Quote(words, at, at + len(words))
