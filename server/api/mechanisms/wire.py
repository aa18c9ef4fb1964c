"""Mechanisms over the wire; `showing` makes these of our own values.

The docstrings here are Chinese: they are the descriptions people read in the OpenAPI document.
"""

from __future__ import annotations

from datetime import date

from server.api.cases.wire import SaidShown
from server.api.wire import CitationShown, InForceShown, Wire


class OutcomeShown(Wire):
    """一条路径的结果、种类和情态。"""

    outcome: str
    kind: str
    modality: str | None


class MechanismBrief(Wire):
    """一个可以核查的机制。"""

    id: str
    title: str
    topic: str
    jurisdiction: str
    in_force: InForceShown
    validity: str
    outcomes: tuple[OutcomeShown, ...]
    clause: str


class CriterionShown(Wire):
    """一项条件：文字、依据的条款、用到的事实和下级条件。"""

    text: str
    clause: str
    fact: str | None
    of: tuple[CriterionShown, ...]


class RouteShown(OutcomeShown):
    """一条路径：达到什么条件、得出什么结果、随后怎样办。"""

    clause: str
    when: CriterionShown
    consequences: tuple[SaidShown, ...]
    next_steps: tuple[SaidShown, ...]


class FactKindShown(Wire):
    """可以写明的一个事实。

    type 是 bool、number、years、percent、date 或 choice；options 是选择类的选项。
    residual 表示原文只概括、没有列明的其他情形；derived_from 是可以推出它的事实。
    """

    name: str
    label: str
    question: str
    type: str
    unit: str
    options: tuple[str, ...]
    settled_by: str
    settled_by_label: str
    materials: tuple[str, ...]
    residual: bool
    derived_from: tuple[str, ...]


class ExampleShown(Wire):
    """一个例子：情况和它的结论。"""

    name: str
    as_of: date
    text: str | None
    facts: dict[str, bool | float | str]
    verdict: str
    verdict_label: str
    outcome: str | None


class MechanismsResponse(Wire):
    """全部可以核查的机制。"""

    mechanisms: tuple[MechanismBrief, ...]


class MechanismResponse(MechanismBrief):
    """一个机制的全文：路径和条件、事实、程序、决定机关、原文没有写明的、例子，以及引用的全部条款。"""

    routes: tuple[RouteShown, ...]
    facts: tuple[FactKindShown, ...]
    procedure: tuple[SaidShown, ...]
    competent_body: SaidShown
    left_open: tuple[SaidShown, ...]
    examples: tuple[ExampleShown, ...]
    citations: tuple[CitationShown, ...]
