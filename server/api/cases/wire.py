"""A case and the ruling on it over the wire; `showing` makes these of our own values.

The docstrings here are Chinese: they are the descriptions people read in the OpenAPI document.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import Field

from server.api.cases.read import DoubtShown, FactShown, ProposalShown, ValueShown
from server.api.wire import CitationShown, Text, Wire

_FACTS = """本人或承办人员确认、更正的事实：名称对应的值。是否类写 true 或 false，选择类写选项，数字写数字或
{"low": 11, "high": 12, "below": true}，日期写 2015-03 或 2015-03-10；不清楚写 null。名称见 GET /v1/mechanisms/{id}"""


class CaseRequest(Wire):
    """要核查的一个情况。只核查一个人、一件事；没有写明的不作推断。"""

    text: Text = Field(default="", description="情况描述，中文，最长 20000 字；给出 facts 时可以为空")
    as_of: Text | None = Field(default=None, max_length=40, description="按哪一天的规定核查；不填为今天")
    jurisdiction: Text | None = Field(default=None, max_length=100, description="地区名或简称；不填则由描述判断")
    mechanism: Text | None = Field(default=None, max_length=100, description="按哪个机制核查；不填则由描述判断")
    facts: dict[Annotated[Text, Field(max_length=64)], Any] | None = Field(
        default=None, max_length=200, description=_FACTS
    )


class OpinionRequest(CaseRequest):
    """要出具预审意见的一个情况。"""

    format: Literal["docx", "html"] = Field(default="docx", description="docx 为 Word 文件，html 为可打印的网页")


class FindingShown(Wire):
    """一项条件是否符合（met、unmet、unknown）、依据的条款、用到的事实和下级条件；pending 表示条款待核。

    最外层还有这条路径的结果 outcome、种类 kind 和情态 modality。
    """

    criterion: str
    standing: str
    clause: str
    facts: tuple[str, ...]
    of: tuple[FindingShown, ...]
    pending: bool
    outcome: str | None = None
    kind: str | None = None
    modality: str | None = None


class FollowedShown(Wire):
    """一种回答和由此得出的结论；value 可以原样填入请求的 facts。"""

    label: str
    value: ValueShown
    verdict: str
    outcome: str | None
    text: str


class OpenQuestionShown(Wire):
    """还要弄清的一个问题：为什么问、由谁确定、各种回答的后果、可用的材料。fact 为 jurisdiction 时问的是地区。"""

    fact: str
    label: str
    question: str
    clause: str | None
    why: str
    settled_by: str
    settled_by_label: str
    so_far: str | None
    if_yes: str
    if_no: str
    answers: tuple[FollowedShown, ...]
    materials: tuple[str, ...]


class ChangeShown(Wire):
    """一个事实现在的值和要变成的值。"""

    fact: str
    label: str
    now: str
    then: str


class FlipShown(Wire):
    """能使结论改变的最小变动。"""

    text: str
    changes: tuple[ChangeShown, ...]
    verdict: str
    outcome: str | None


class DueShown(Wire):
    """只随时间到来的变化；estimated 表示由所述年数推算。"""

    text: str
    on: str
    outcome: str
    clause: str
    passed: bool
    estimated: bool


class SaidShown(Wire):
    """一句话和它依据的条款。"""

    text: str
    clause: str


class ConclusionShown(Wire):
    """一个机制的结论。"""

    mechanism: str
    title: str
    jurisdiction: str
    verdict: str
    verdict_label: str
    outcome: str | None
    modality: str | None


class ReceiptShown(Wire):
    """凭证：结论依据的事实、规则和条款（以哈希表示）。据此可以重新核查并指出变化；不含描述的文字。"""

    number: str
    engine: str
    mechanism: str
    as_of: date
    facts: dict[str, Any]
    found: tuple[str, ...]
    raised: tuple[str, ...]
    verdict: str
    outcome: str | None
    rules: str
    clauses: dict[str, str]


class RulingShown(ConclusionShown):
    """一个机制的预审结论全文；receipt 是凭证，可以据此重新核查，不含描述的文字。"""

    findings: tuple[FindingShown, ...]
    open_questions: tuple[OpenQuestionShown, ...]
    flips: tuple[FlipShown, ...]
    due: tuple[DueShown, ...] | None
    consequences: tuple[SaidShown, ...]
    next_steps: tuple[SaidShown, ...]
    competent_body: SaidShown
    left_open: tuple[SaidShown, ...]
    receipt: ReceiptShown
    citations: tuple[CitationShown, ...]


class PlaceOpenShown(Wire):
    """地区不明而各地规定不同：要先问的问题，以及按各地规定会得出的结论。"""

    question: str
    each: tuple[ConclusionShown, ...]


class PlaceShown(Wire):
    """按哪个地区的规定核查；name 为 null 时 open 是要先问清的。"""

    name: str | None
    open: PlaceOpenShown | None


class OtherDayShown(Wire):
    """同一情况按另一天的规定；differs 表示与本结论不同，note 说明为什么没有结论。"""

    which: str
    day: date
    verdict: str | None
    outcome: str | None
    note: str | None
    differs: bool


class CaseResponse(Wire):
    """预审结论。地区不明时 mechanism 等为 null，rulings 中是按各地规定的结论全文；否则 rulings 是其他相关机制的。"""

    mechanism: str | None
    title: str | None
    verdict: str
    verdict_label: str
    outcome: str | None
    modality: str | None
    facts: tuple[FactShown, ...]
    doubts: tuple[DoubtShown, ...]
    proposals: tuple[ProposalShown, ...]
    findings: tuple[FindingShown, ...]
    open_questions: tuple[OpenQuestionShown, ...]
    flips: tuple[FlipShown, ...]
    due: tuple[DueShown, ...] | None
    consequences: tuple[SaidShown, ...]
    next_steps: tuple[SaidShown, ...]
    competent_body: SaidShown | None
    left_open: tuple[SaidShown, ...]
    receipt: ReceiptShown | None
    citations: tuple[CitationShown, ...]
    as_of: date
    place: PlaceShown
    other_mechanisms: tuple[ConclusionShown, ...]
    rulings: tuple[RulingShown, ...]
    other_days: tuple[OtherDayShown, ...]
    remarks: tuple[str, ...]
    disclaimer: str
